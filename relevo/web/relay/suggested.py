"""Candidates for the items of a hand-off in the language in force, and as they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.relay.prefill import Candidate, DealFacts, Kind
from relevo.desk.relay.actions_items import ItemText
from relevo.desk.relay.templates import DISCOVERY, SUMMARY
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.relay.item_words import item_name
from relevo.web.relay.words import STEPS, SURE, source_words

Suggested = Mapping[str, tuple[Candidate, ...]]
_DATED = (Kind.NOTE, Kind.TOUCH, Kind.CONVERSATION, Kind.ISSUE)


@dataclass(frozen=True)
class Choice:
    """A candidate as words: `value` is what its button sends."""

    value: str
    text: str
    beneath: str


def words_of(candidate: Candidate) -> str:
    """The text of a candidate."""
    if candidate.text:
        return candidate.text
    if candidate.deal is not None:
        return _deal(candidate.deal)
    return "; ".join(f"{label(STEPS, e.kind)}: {written.day(e.on)}" for e in candidate.events)


def as_item(candidate: Candidate) -> ItemText:
    """A candidate as it is kept: where it is from stays with it."""
    return ItemText(
        words_of(candidate), candidate.said_by, candidate.said_on, candidate.sure, candidate.link, _source(candidate)
    )


def known_items(found: Suggested, items: Sequence[str]) -> dict[str, ItemText]:
    """What a draft begins with: the best candidate of each item, all of them as lines where one box is asked for."""
    if SUMMARY not in items:
        return {item: as_item(found[item][0]) for item in items if found.get(item)}
    lines = [f"{item_name(item)}: {words_of(found[item][0])}" for item in DISCOVERY if found.get(item)]
    return {SUMMARY: ItemText("\n".join(lines))} if lines else {}


def choices(found: Suggested, item: str, stands: str) -> list[Choice]:
    """The candidates of an item but the one that stands in it; all of them for the one box of a small company."""
    named = DISCOVERY if item == SUMMARY else (item,)
    return [
        Choice(f"{name}.{i}", words_of(each), _beneath(each))
        for name in named
        for i, each in enumerate(found.get(name, ()))
        if words_of(each) not in stands
    ]


def chosen(found: Suggested, value: str) -> Candidate | None:
    """The candidate that a button stands for; None where it is gone."""
    item, _sign, place = value.partition(".")
    listed = found.get(item, ())
    return listed[int(place)] if place.isascii() and place.isdigit() and int(place) < len(listed) else None


def _beneath(candidate: Candidate) -> str:
    sure = label(SURE, candidate.sure) if candidate.sure else ""
    return " · ".join(each for each in (source_words(_source(candidate)), candidate.said_by, sure) if each)


def _source(candidate: Candidate) -> str:
    day = candidate.said_on.isoformat() if candidate.said_on and candidate.kind in _DATED else ""
    return f"{candidate.kind} {day or candidate.ref}".strip()


def _deal(deal: DealFacts) -> str:
    """Plan, amount and term of a deal, as far as they are known."""
    term = deal.term_months
    told = (
        _("Plan %(plan)s") % {"plan": deal.plan} if deal.plan else "",
        written.money(deal.amount_cents, deal.currency) if deal.amount_cents is not None else "",
        ngettext("%(n)s month", "%(n)s months", term) % {"n": term} if term else "",
        _("from %(day)s") % {"day": written.day(deal.closed_on)} if term and deal.closed_on else "",
    )
    return ", ".join(each for each in told if each)
