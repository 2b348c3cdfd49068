"""Survival and revenue by tenure, each in its frame."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from relevo.answers.money import MoneyPage
from relevo.answers.survival import Survival
from relevo.answers.values import RowsAsk, Sentence, text
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.staying import survival_picture, tenure_picture
from relevo.web.labels import slice_value
from relevo.web.parts import ChartView, Grid, chart, measure_grid
from relevo.web.sentences import say


def tenure_chart(page: MoneyPage) -> ChartView:
    """Mean revenue by tenure, in two ways."""
    answer = page.tenure
    rows = [row for row in answer.rows if row["survivors_cents"] is not None]
    foot = ""
    if rows:
        values = {
            "first": written.count(rows[0]["n_started"]),
            "n": written.count(rows[-1]["n"]),
            "age": rows[-1]["tenure_month"],
        }
        foot = _("n %(first)s at the start, %(n)s at month %(age)s") % values
    return chart(
        "tenure",
        page.tenure_title,
        _("Average %(currency)s a month per customer, by months since the start; the gone count 0")
        % {"currency": answer.currency},
        tenure_picture(answer) if rows else None,
        [answer],
        grid=measure_grid(answer, lambda r: rows_address(RowsAsk("arpa_by_tenure", age=r["tenure_month"]))),
        foot=foot,
    )


def survival_chart(found: Survival) -> ChartView:
    """Survival with its interval, together or by a dimension."""
    answer, by = found.answer, found.by
    return chart(
        "survival",
        _named(found.title),
        _("Share of customers still here, by months since the start"),
        survival_picture(found.curves, by) if found.curves else None,
        [answer],
        by=by,
        grid=Grid("", (), ()),
        rows_href=rows_address(RowsAsk("survival")),
        table_href=reverse("survival-table") + (f"?by={by}" if by else ""),
        foot=_foot(found),
    )


def survival_title(found: Survival) -> str:
    """The finding of survival in words."""
    return say(_named(found.title))


def survival_grid(found: Survival) -> Grid:
    """Every month of every value; it is long, so it is sent when it is asked for."""
    by = found.by

    def rows_of(row: Mapping[str, Any]) -> str:
        ask = RowsAsk("survival", age=row["tenure_month"], by=by or None, value=row[by] if by else None)
        return rows_address(ask)

    return measure_grid(found.answer, rows_of)


def _named(sentence: Sentence) -> Sentence:
    """A sentence whose values of a dimension are in words."""
    values = {
        name: text(slice_value(str(value.amount))) if name in ("best", "worst") else value
        for name, value in sentence.values.items()
    }
    return replace(sentence, values=values)


def _foot(found: Survival) -> str:
    """Method, sample, and what is not drawn."""
    if not found.answer.rows:
        return ""
    told = [
        _("Kaplan-Meier, 95 %% band; n %(n)s, of whom %(events)s left; drawn while ten or more could leave")
        % {
            "n": written.count(sum(curve.customers for curve in found.curves)),
            "events": written.count(sum(curve.left for curve in found.curves)),
        }
    ]
    if found.chance is not None:
        told.append(_("chance of such differences if all left alike: %(p)s (log-rank)") % {"p": _chance(found.chance)})
    if found.by and found.too_few:
        told.append(_("too few: %(names)s") % {"names": _names(found.too_few)})
    if found.undrawn:
        told.append(_("in the table alone: %(names)s") % {"names": _names(found.undrawn)})
    return " · ".join(told)


def _names(values: tuple[str, ...]) -> str:
    return ", ".join(slice_value(value) for value in values)


def _chance(p: float) -> str:
    return f"< {written.rate(0.001)}" if p < 0.001 else written.rate(p)
