"""The tabs of a customer's page: what each says, and what its file holds. One list; its order is that of the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from relevo.answers.reading import Reading
from relevo.base.errors import WrongUse
from relevo.web.customer import joins, money, notes, people, relay, talks, timeline

Told = Callable[[HttpRequest, Reading, str], Mapping[str, Any]]
Records = Callable[[HttpRequest, Reading, str], tuple[list[str], list[Any]]]


@dataclass(frozen=True)
class Tab:
    """A tab: its template, what it says, and its rows for a file."""

    template: str
    told: Told
    records: Records


TABS: Mapping[str, Tab] = {
    "timeline": Tab("timeline", timeline.told, timeline.records),
    "notes": Tab("notes", notes.notes, notes.note_records),
    "hand-offs": Tab("relay", relay.relay, relay.relay_records),
    "contacts": Tab("tables", people.contacts, people.contact_records),
    "deals": Tab("tables", people.deals, people.deal_records),
    "conversations": Tab("tables", talks.conversations, talks.conversation_records),
    "usage": Tab("usage", talks.usage, talks.usage_records),
    "money": Tab("tables", money.money, money.money_records),
    "traits": Tab("tables", people.traits, people.trait_records),
    "joins": Tab("tables", joins.joins, joins.join_records),
}
FIRST = "timeline"
# The picture above the tabs is a file too.
HISTORY = "history"


def tab_named(name: str) -> Tab:
    """A tab by its name; WrongUse where there is none."""
    if name not in TABS:
        raise WrongUse(f"There is no tab {name[:40]!r} on this page.", f"Known: {', '.join(TABS)}.")
    return TABS[name]


def records_of(name: str) -> Records:
    """What the file of a tab, or of the picture, holds."""
    return money.history_records if name == HISTORY else tab_named(name).records
