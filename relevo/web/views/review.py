"""The quarterly joint review: a page to read and print, the same as JSON, and the button that freezes it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from relevo.answers.review import ReviewPage, pack_to_freeze, review_page
from relevo.answers.values import Sentence, Unit, Value, money, rate, text
from relevo.desk.house.actions_frozen import freeze
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head, column_name
from relevo.web.reader import reading_of
from relevo.web.sentences import full, say
from relevo.web.trail import note_export

NAMES = {
    "net_revenue_retention": gettext_lazy("Net revenue retention, 12 months"),
    "gross_revenue_retention": gettext_lazy("Gross revenue retention, 12 months"),
    "renewal_rate": gettext_lazy("Contracts renewed, by revenue"),
    "logo_churn": gettext_lazy("Customers lost in a year"),
    "voluntary": gettext_lazy("They chose to leave"),
    "involuntary": gettext_lazy("A payment failed"),
    "unknown": gettext_lazy("Nobody asked why"),
    "net_cents": gettext_lazy("New + upsell − churn"),
}


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """The pack of a quarter; `?quarter=2026-Q3` names it."""
    page = review_page(reading_of(request), request.GET.get("quarter") or None)
    told = {
        "review": page,
        "sentence": _sentence(page),
        "bridge": _bridge(page),
        "kept": _listed(page, ("kept", "lost"), _("Kept and lost")),
        "causes": _listed(page, ("causes",), _("Why they left"), has_months=False),
        "frozen_at": written.minute(page.frozen_at) if page.frozen_at else "",
        "quarters": [(q, f"{reverse('review')}?quarter={q}", q == page.quarter) for q in page.others],
    }
    return render(request, "relevo/review.html", told)


@require_safe
def review_json(request: HttpRequest) -> HttpResponse:
    """The same pack as a JSON file."""
    page = review_page(reading_of(request), request.GET.get("quarter") or None)
    note_export(request, 1)
    attached = {"Content-Disposition": f'attachment; filename="review-{page.quarter}.json"'}
    return JsonResponse(page.as_dict(), json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=attached)


@require_POST
def freeze_review(request: HttpRequest) -> HttpResponse:
    """Keep the pack of a quarter as it is now; one that was frozen before stays as it was."""
    quarter = request.POST.get("quarter", "")
    freeze(pack_to_freeze(reading_of(request), quarter), request.user.get_username(), now())
    return HttpResponseRedirect(f"{reverse('review')}?quarter={quarter}")


def _sentence(page: ReviewPage) -> str:
    net = sum(r["value"] for r in page.rows if r["name"] == "net_cents")
    values = {
        "quarter": text(page.quarter),
        "net": money(net, page.currency),
        "nrr": rate(page.value("net_revenue_retention")),
        "grr": rate(page.value("gross_revenue_retention")),
    }
    return say(Sentence("review.quarter", values))


def _bridge(page: ReviewPage) -> Grid:
    """One row per part of the bridge, one column per month."""
    rows = [r for r in page.rows if r["section"] == "bridge"]
    months, names = dict.fromkeys(r["month"] for r in rows), dict.fromkeys(r["name"] for r in rows)
    cells = {(r["name"], r["month"]): r["value"] for r in rows}
    heads = (Head(_("MRR")), *(Head(written.month(m), is_number=True) for m in months))
    body = tuple(
        (
            Cell(_name(name)),
            *(Cell(written.money(cells.get((name, m)), page.currency), is_number=True) for m in months),
        )
        for name in names
    )
    return Grid(_("Movement of MRR"), heads, body)


def _listed(page: ReviewPage, sections: tuple[str, ...], caption: str, *, has_months: bool = True) -> Grid:
    rows = [r for r in page.rows if r["section"] in sections]
    months = (Head(_("Month")),) if has_months else ()
    heads = (Head(_("Figure")), *months, Head(_("Value"), is_number=True), Head(_("95 % interval")))
    return Grid(caption, heads, tuple(_line(r, has_months=has_months) for r in rows))


def _line(row: Mapping[str, Any], *, has_months: bool) -> tuple[Cell, ...]:
    interval = ""
    if row["low"] is not None and row["high"] is not None:
        interval = f"{written.hundredths(row['low'])} – {written.rate(row['high'])}"
    return (
        Cell(_name(row["name"]), f"{reverse('definitions')}#{row['measure']}"),
        *((Cell(written.month(row["month"])),) if has_months else ()),
        Cell(full(Value(row["value"], Unit.RATE)), is_number=True),
        Cell(interval),
    )


def _name(code: str) -> str:
    return label(NAMES, code) if code in NAMES else column_name(code)
