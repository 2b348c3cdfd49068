"""The sections of unit economics: payback, value per cost, the table, and what moved the lifetime value."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.lines import LineSource
from relevo.answers.unit_economics import OWN_CURVE, TOTAL, EconomicsPage, EconomicsRow, LifetimeBridge
from relevo.answers.values import RowsAsk, Sentence, text
from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.economics import payback_picture, ratios_picture
from relevo.web.charts.waterfall import Step, money_scale, waterfall
from relevo.web.labels import DIMENSIONS, LIFETIME_PARTS, label, slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head, chart, measure_grid

_COLOURS = ("var(--expansion)", "var(--churn)")


def name_of(value: str) -> str:
    """A value of a dimension, or all of them."""
    return _("All") if value == TOTAL else slice_value(value)


def payback_chart(page: EconomicsPage, source: LineSource | None) -> ChartView:
    """The payback curve with the line of habit and what was lost before payback."""
    curve, total = page.curve, page.total
    seen = [row for row in curve.rows if row["survival_cents"] is not None]
    spec = None
    if seen and total is not None and not total.too_few:
        amounts = [row[c] or 0 for row in seen for c in ("simple_cents", "survival_cents", "cac_cents")]
        scale = money_scale(max(amounts), curve.currency)
        spec = payback_picture(replace(curve, rows=tuple(seen)), scale, total.months, _habit(page, source))
        unit = scale.name
    else:
        unit = curve.currency
    return chart(
        "payback",
        page.curve_title,
        _("Gross margin of a new customer added up by months paid, %(unit)s") % {"unit": unit},
        spec,
        [curve],
        grid=measure_grid(curve),
        rows_href=rows_address(RowsAsk("cac_payback")) if total and total.lost else "",
        foot=_lost(page),
    )


def _habit(page: EconomicsPage, source: LineSource | None) -> str:
    """The line with its source, and what it is here."""
    values = {
        "months": page.curve.rows[0]["line_months"],
        "ours": page.total.months if page.total and page.total.months is not None else written.MISSING,
    }
    if source is None:
        return _("%(months)s months, a rule of thumb; yours: %(ours)s") % values
    return _("%(months)s months, house rule since %(day)s; yours: %(ours)s") % {
        **values, "day": written.day(source.since)
    }  # fmt: skip


def _lost(page: EconomicsPage) -> str:
    total = page.total
    if total is None or total.lost is None:
        return ""
    values = {"n": written.count(total.lost), "money": written.short_money(total.lost_cents, page.curve.currency)}
    return (
        ngettext(
            "%(n)s customer left before payback in a year: %(money)s not earned back",
            "%(n)s customers left before payback in a year: %(money)s not earned back",
            total.lost,
        )
        % values
    )


def ratios_chart(page: EconomicsPage, source: LineSource | None) -> ChartView:
    """Lifetime value per cost of a customer, by a dimension, with the labelled line."""
    words = ""
    if page.line_ratio is not None:
        words = _ratio_words(page.line_ratio, source)
    spec = ratios_picture(page.rows, page.line_ratio, words) if page.line_ratio is not None else None
    return chart(
        "ratios",
        _named(page.table_title),
        _("Lifetime value divided by acquisition cost, with 95 % intervals of the value"),
        spec,
        [page.table],
        by=page.by,
        grid=measure_grid(page.table),
        foot=_("value: margin over %(months)s months, discounted; cost: spend one sales cycle earlier")
        % {"months": 60},
    )


def _ratio_words(at: float, source: LineSource | None) -> str:
    values = {"line": written.number(at, 0 if float(at).is_integer() else 2)}
    if source is None:
        return _("%(line)s, a rule of thumb") % values
    return _("%(line)s, house rule since %(day)s") % {**values, "day": written.day(source.since)}


def _named(sentence: Sentence) -> Sentence:
    values = {
        name: text(name_of(str(value.amount))) if name in ("best", "worst") else value
        for name, value in sentence.values.items()
    }
    return replace(sentence, values=values)


def economics_grid(page: EconomicsPage) -> Grid:
    """Value, cost, ratio, payback and losses, one row per value; every figure leads to its rows."""
    heads = (
        Head(label(DIMENSIONS, page.by)),
        Head(_("Won in a year"), is_number=True),
        Head(_("Lifetime value"), is_number=True),
        Head(_("Cost to win"), is_number=True),
        Head(_("Value : cost"), is_number=True),
        Head(_("Payback, months"), is_number=True),
        Head(_("Left before payback"), is_number=True),
    )
    rows = tuple(_row(page, row) for row in page.rows)
    return Grid(_("Unit economics"), heads, rows, _row(page, page.total) if page.total else ())


def _row(page: EconomicsPage, row: EconomicsRow) -> tuple[Cell, ...]:
    is_total = row.value == TOTAL
    by, value = (None, None) if is_total else (page.by, row.value)
    won, lost, worth = (rows_address(RowsAsk(n, by=by, value=value)) for n in ("ltv_to_cac", "cac_payback", "ltv"))
    if row.too_few:
        few = (Cell("", is_number=True, small=_("too few")) for _i in range(6))
        return (Cell(name_of(row.value)), *few)
    currency = page.table.currency
    return (
        Cell(name_of(row.value), worth),
        Cell(written.count(row.won), won, is_number=True),
        Cell(written.money(row.ltv_cents, currency, decimals=False), worth, is_number=True,
             small=_interval(row, currency)),
        Cell(written.money(row.cac_cents, currency, decimals=False), won, is_number=True, small=_cost_from(row)),
        Cell(written.ratio(row.ratio), won, is_number=True, small=_ratio_interval(row)),
        Cell(written.count(row.months), lost, is_number=True),
        Cell(written.count(row.lost), lost, is_number=True, small=written.short_money(row.lost_cents, currency)
             if row.lost else ""),
    )  # fmt: skip


def _interval(row: EconomicsRow, currency: str) -> str:
    """Ends of the interval, and how much of the curve is the company's where customers are few."""
    if row.ltv_low is None or row.ltv_high is None:
        return ""
    low, high = (written.number(Decimal(cents).scaleb(-exponent(currency))) for cents in (row.ltv_low, row.ltv_high))
    ends = f"{low}–{high}"
    if row.own_share >= 1:
        return ends
    few = _("n %(n)s of %(enough)s, the rest from the company") % {"n": row.customers, "enough": OWN_CURVE}
    return f"{ends}, {few}"


def _cost_from(row: EconomicsRow) -> str:
    return "" if row.has_own_cost or row.cac_cents is None else _("of the company")


def _ratio_interval(row: EconomicsRow) -> str:
    return f"{written.ratio(row.low)}–{written.ratio(row.high)}" if row.low is not None else ""


def lifetime_chart(page: EconomicsPage) -> ChartView:
    """What moved the value of a new customer between two years, less what it cost to win."""
    bridge = page.bridge
    if bridge is None:
        return chart("lifetime", page.bridge_title, "", None, [page.bridge_answer])
    values = {name: v for name, v in page.bridge_title.values.items() if name != "part"}
    part = text(label(LIFETIME_PARTS, str(page.bridge_title.values["part"].amount)))
    scale = money_scale(max(abs(bridge.opening), abs(bridge.closing)), bridge.currency)
    return chart(
        "lifetime",
        replace(page.bridge_title, values={**values, "part": part}),
        _("%(who)s: lifetime value less acquisition cost, %(unit)s; the year before and the last one")
        % {"who": name_of(bridge.value), "unit": scale.name},
        waterfall(_steps(bridge), scale, bridge.currency, width=1000),
        [page.bridge_answer],
        grid=measure_grid(page.bridge_answer),
        is_wide=True,
        foot=_("a part is the mean over all orders in which the parts could change (Shapley)"),
    )


def _steps(bridge: LifetimeBridge) -> list[Step]:
    steps = [Step(label(LIFETIME_PARTS, "opening"), 0, bridge.opening, "var(--neutral)", is_level=True)]
    level = bridge.opening
    for name, change in bridge.parts.items():
        colour = _COLOURS[0] if change >= 0 else _COLOURS[1]
        steps.append(Step(label(LIFETIME_PARTS, name), level, level + change, colour))
        level += change
    return [*steps, Step(label(LIFETIME_PARTS, "closing"), 0, bridge.closing, "var(--neutral)", is_level=True)]
