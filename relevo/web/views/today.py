"""Today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.identity_review import identity_news
from relevo.answers.running import running
from relevo.answers.today import today_page
from relevo.answers.today_lists import today_lists
from relevo.answers.values import RowsAsk
from relevo.base.periods import month_of, month_text
from relevo.jobs.clock import now
from relevo.web.addresses import rows_address
from relevo.web.identity import news as identity_words
from relevo.web.money.ahead import renewals_grid
from relevo.web.parts import scope_words, tile_view
from relevo.web.reader import home, reading_of
from relevo.web.running import running_news
from relevo.web.sentences import say
from relevo.web.today import lists_view


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page: what customers gained, the star and its guardrails, and what needs whoever signed in."""
    reading = reading_of(request)
    page = today_page(reading)
    lists = today_lists(reading, home(), now())
    told = {
        "page": page,
        "running_news": running_news(running(reading, now())) if reading.viewer.sees_all else None,
        "sentence": say(page.sentence),
        "identity": identity_words(identity_news(reading)),
        "tiles": [tile_view(tile) for tile in page.tiles],
        "renewals": renewals_grid(page),
        "renewals_href": rows_address(RowsAsk("renewals_due")),
        "moves_href": rows_address(RowsAsk("movement_log", month=month_text(month_of(page.stamp.as_of)))),
        "whose": scope_words(page.stamp.scope),
        **lists_view(page, lists, reading.company_book.company.timezone),
    }
    return render(request, "relevo/today.html", told)
