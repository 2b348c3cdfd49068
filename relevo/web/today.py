"""The lists of the first page as words and tables."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from relevo.answers.benefit import Benefit
from relevo.answers.freshness import StaleSource
from relevo.answers.today import TodayPage
from relevo.answers.today_lists import TodayLists
from relevo.answers.values import Sentence, count, day, text
from relevo.jobs.notice_words import waiting_path, waiting_words
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.customer.notes import task_view
from relevo.web.labels import BENEFITS, CAUSES, KINDS, label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.sentences import say


def benefit_words(found: Benefit) -> str:
    """What customers gained, in a sentence."""
    if not found.is_known:
        return say(Sentence("benefit.unknown"))
    if not found.events:
        return say(Sentence("benefit.none", {"since": day(found.since)}))
    kinds = ", ".join(
        _("%(n)s × %(kind)s") % {"n": written.count(n), "kind": label(BENEFITS, k)} for k, n in found.kinds
    )
    values = {"since": day(found.since), "customers": count(found.customers), "kinds": text(kinds)}
    return say(Sentence("benefit.reached", values))


def lists_view(page: TodayPage, lists: TodayLists, timezone: str) -> Mapping[str, Any]:
    """The lists for the template."""
    zone = ZoneInfo(timezone)
    return {
        "benefit": benefit_words(lists.benefit),
        "tasks": [task_view(task, zone) for task in lists.tasks],
        "waiting": [
            (waiting_words(line, written.day), waiting_path(line), line.is_late) for line in lists.waiting.lines
        ],
        "waiting_left": lists.waiting.left,
        "week": _week(page, lists),
        "week_left": lists.week_found - len(lists.week),
        "week_since": lists.week_since,
        "stale": [_stale(each, zone) for each in lists.stale],
    }


def _week(page: TodayPage, lists: TodayLists) -> Grid:
    heads = (
        Head(_("Customer")),
        Head(_("Day")),
        Head(_("What happened")),
        Head(_("Cause")),
        Head(_("Change of MRR"), is_number=True),
    )
    rows = tuple(
        (
            Cell(page.names.get(m.customer_id, m.customer_id), customer_address(m.customer_id)),
            Cell(written.day(m.on)),
            Cell(label(KINDS, m.kind)),
            Cell(label(CAUSES, m.cause) or written.MISSING),
            Cell(written.signed(written.money, m.cents, page.stamp.currency), is_number=True),
        )
        for m in lists.week
    )
    return Grid(_("Customers whose MRR moved"), heads, rows)


def _stale(found: StaleSource, zone: ZoneInfo) -> str:
    values = {
        "source": found.source,
        "moment": written.minute(found.loaded_at.astimezone(zone)),
        "days": written.count(found.allowed.days),
    }
    return _("%(source)s was last loaded on %(moment)s; it is expected every %(days)s days at the latest.") % values
