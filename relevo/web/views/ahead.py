"""Money: what is ahead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relevo.answers.ahead import AheadPage, ahead_page
from relevo.answers.forecasts import scored_forecasts
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.answers.values import RowsAsk
from relevo.web.addresses import rows_address
from relevo.web.money.ahead import forecast_chart, leaving_grid, renewals_grid, scores_grid, scores_sentence
from relevo.web.parts import ChartView, tile_view
from relevo.web.reader import reading_of
from relevo.web.sentences import say

_CHARTS: Remembered[ChartView] = Remembered(8)


@require_safe
def ahead(request: HttpRequest) -> HttpResponse:
    """Forecast, who may leave, how good forecasts were, and contracts that come up for renewal."""
    reading = reading_of(request)
    page = ahead_page(reading)
    scores = scored_forecasts(reading)
    told = {
        "page": page,
        "sentence": " ".join(say(s) for s in (page.sentence, page.second) if s),
        "tiles": [tile_view(tile) for tile in page.tiles],
        "chart": ahead_chart(reading, page),
        "leaving_title": say(page.churn_title),
        "leaving": leaving_grid(page),
        "scores_title": say(scores_sentence(scores)),
        "scores": scores_grid(scores),
        "renewals_title": say(page.renewals_title),
        "renewals": renewals_grid(page),
        "renewals_href": rows_address(RowsAsk("renewals_due")),
    }
    return render(request, "relevo/ahead.html", told)


def ahead_chart(reading: Reading, page: AheadPage) -> ChartView:
    """The forecast as a picture, made once per book and language: it shows the company."""
    return _CHARTS.get(reading.company_book, get_language(), lambda: forecast_chart(page))
