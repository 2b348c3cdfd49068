"""Money: unit economics."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.lines import PAYBACK_LINE, RATIO_LINE, LineSource, line_source
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.answers.selling import selling_table
from relevo.answers.unit_economics import SEGMENT, TOTAL, EconomicsPage, economics_page
from relevo.web.labels import DIMENSIONS, label
from relevo.web.money.economics import economics_grid, lifetime_chart, name_of, payback_chart, ratios_chart
from relevo.web.money.selling import selling_grid
from relevo.web.money.switch import switch
from relevo.web.parts import ChartView, tile_view
from relevo.web.reader import reading_of
from relevo.web.sentences import say

_CHARTS: Remembered[Mapping[str, ChartView]] = Remembered(64)


@require_safe
def unit_economics(request: HttpRequest) -> HttpResponse:
    """What a new customer costs and brings; `?by=` cuts it, `?part=` is the value whose bridge is shown."""
    reading = reading_of(request)
    page = economics_page(reading, request.GET.get("by") or SEGMENT, request.GET.get("part", TOTAL))
    dimensions = [(d, label(DIMENSIONS, d)) for d in page.choices]
    parts = [(value, name_of(value)) for value in page.bridges]
    sold = selling_table(reading)
    told = {
        "page": page,
        "sentence": " ".join(say(s) for s in (page.sentence, page.second) if s),
        "tiles": [tile_view(tile) for tile in page.tiles],
        "charts": economics_charts(reading, page),
        "grid": economics_grid(page),
        "selling": selling_grid(sold) if not sold.is_empty else None,
        "by": switch(request, "by", "main", _("Slice by"), dimensions, page.by),
        "part": switch(request, "part", "value", _("Whose value"), parts, page.bridge.value if page.bridge else TOTAL),
    }
    return render(request, "relevo/unit_economics.html", told)


def economics_charts(reading: Reading, page: EconomicsPage) -> Mapping[str, ChartView]:
    """The pictures of the page, made once per book, language, cut and line; what is withheld is withheld in them."""
    sources = line_source(reading, PAYBACK_LINE), line_source(reading, RATIO_LINE)
    assumed = reading.assumed()
    part = page.bridge.value if page.bridge else ""
    hidden = page.table.hidden, page.bridge_answer.hidden
    about = get_language(), page.by, part, hidden, sources, assumed
    return _CHARTS.get(reading.company_book, about, lambda: _charts(page, *sources))


def _charts(
    page: EconomicsPage, payback_line: LineSource | None, ratio_line: LineSource | None
) -> Mapping[str, ChartView]:
    return {
        "payback": payback_chart(page, payback_line),
        "ratios": ratios_chart(page, ratio_line),
        "lifetime": lifetime_chart(page),
    }
