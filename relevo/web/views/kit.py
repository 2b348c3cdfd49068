"""The kit: every component of the pages, in every state."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.today import today_page
from relevo.web import kit as samples
from relevo.web.parts import tile_view
from relevo.web.reader import reading_of

COLOURS = ("new", "reactivation", "expansion", "contraction", "churn", "neutral", "good", "bad", "warn", "accent")
SIZES = (12, 14, 16, 20, 28)


@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """All components together: real figures where there is a book, invented ones for every state."""
    reading = reading_of(request)
    grid, more = samples.table()
    drawn, early = samples.charts()
    told = {
        "tiles": [tile_view(tile) for tile in samples.tiles()],
        "real": [tile_view(tile) for tile in today_page(reading).tiles] if reading.published else [],
        "colours": COLOURS,
        "sizes": SIZES,
        "grid": grid,
        "more": more,
        "drawn": drawn,
        "early": early,
    }
    return render(request, "relevo/kit.html", told)
