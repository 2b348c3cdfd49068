"""Conversations: channels."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relevo.answers.conversations.channel_sheet import COSTS_RULE
from relevo.answers.conversations.channels import Audit, channels_page
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.web.conversations import channel_sheet as sheet_words
from relevo.web.conversations import channels as words
from relevo.web.parts import ChartView
from relevo.web.reader import reading_of

_CHARTS: Remembered[ChartView] = Remembered(16)


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """The audit of channels, and the decision sheet of one that is proposed: `?channel=` and its plan."""
    reading = reading_of(request)
    page = channels_page(reading, sheet_words.asked_of(request.GET))
    audit, sheet = page.audit, page.sheet
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "lock": words.page_lock(page.lock) if page.lock else None,
        "closed": words.audit_lock(page.audit_lock) if page.audit_lock else None,
        "chart": demand_picture(reading, audit) if audit else None,
        "demand": words.demand_grid(audit) if audit else None,
        "service": words.service_grid(audit) if audit else None,
        "answers": words.answers_grid(audit) if audit else None,
        "notes": words.notes(audit) if audit else [],
        "costs_rule": COSTS_RULE,
    }
    if sheet:
        told |= {
            "sheet": sheet,
            "channels": sheet_words.channels(sheet),
            "days": sheet_words.days(sheet),
            "roles": sheet_words.roles(sheet),
            "wrong": sheet_words.wrong(sheet),
            "problem": sheet_words.problem(sheet),
            "finding": sheet_words.finding(sheet, sheet.staffing) if sheet.staffing else "",
            "facts": sheet_words.facts(sheet, sheet.staffing) if sheet.staffing else [],
        }
    return render(request, "relevo/conversations/channels.html", told)


def demand_picture(reading: Reading, audit: Audit) -> ChartView:
    """What came to nothing by channel, drawn once per book, language and what is told."""
    return _CHARTS.get(reading.company_book, (get_language(), audit), lambda: words.demand_chart(audit))
