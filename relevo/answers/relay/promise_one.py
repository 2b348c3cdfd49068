"""One promise with its history and what the viewer may do with it, and what a new one begins with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from relevo.answers.customers import customer_card
from relevo.answers.identity import current_id
from relevo.answers.reading import NotFound, Reading
from relevo.answers.relay.acting import (
    customer_to_hand_on,
    handoff_taken_part_in,
    my_person,
    person_names,
    promise_seen,
    takes_part,
)
from relevo.answers.relay.issues import Issue, issue_named
from relevo.answers.relay.promise_lines import Lines, PromiseLine
from relevo.answers.relay.unread import unread_promise
from relevo.answers.viewers import HERE
from relevo.base.errors import WrongUse
from relevo.desk.relay.promises import KeptPromise, history_of_promise


class Act(StrEnum):
    """What can be done with a promise."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    KEEP = "keep"
    BREAK = "break"
    CHANGE = "change"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class PromiseEvent:
    """One entry of the history; `text` is None where the viewer may not read the words."""

    at: datetime
    who: str
    kind: str
    text: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True)
class PromiseOne:
    """A promise of the Desk as of `today`; `acts` is what the viewer may do with it now, `issue` that of the book.

    Where the text of `line` is None the words of `kept` and `events` are left out as well.
    """

    line: PromiseLine
    kept: KeptPromise
    today: date
    issue: Issue | None
    decided_by: str
    written_by: str
    events: tuple[PromiseEvent, ...]
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class PromiseStart:
    """What a new promise begins with: the customer, the deal and hand-off it goes with, who is proposed as promiser."""

    customer_id: str
    customer: str
    deal_id: str
    handoff_id: int | None
    person_id: str
    persons: tuple[tuple[str, str], ...]


def promise_one(reading: Reading, key: int, today: date) -> PromiseOne:
    """A promise of the Desk. NotFound where there is none, or none that the viewer may see."""
    kept = promise_seen(reading, key)
    line, names = Lines.of(reading, today).ours(kept), person_names(reading)
    reads = line.text is not None
    events = tuple(
        PromiseEvent(e.at, _who(e.who, names), e.kind, e.text if reads else None, e.details if reads else {})
        for e in history_of_promise(key)
    )
    kept = kept if reads else unread_promise(kept)
    issue = issue_named(reading, kept.issue_id) if kept.issue_id else None
    acts = _acts(kept) if takes_part(reading) and reads else ()
    return PromiseOne(
        line, kept, today, issue, _who(kept.decided_by, names), _who(kept.created_by, names), events, acts
    )


def promise_start(reading: Reading, customer_id: str, deal_id: str = "", handoff: int | None = None) -> PromiseStart:
    """What a promise to a customer, or with a hand-off, begins with.

    NotFound for a customer or hand-off that the viewer may not see; Refused for a role that only looks on. WrongUse
    where neither is named.
    """
    if handoff is not None:
        kept = handoff_taken_part_in(reading, handoff)
        customer_id, deal_id = current_id(reading, kept.customer_id), deal_id or kept.deal_id
        name = _name_of(reading, customer_id)
    else:
        customer_id = _customer(reading, customer_id)
        name = customer_card(reading, customer_id).name
    mine, names = my_person(reading), person_names(reading)
    # Who signs in and is somebody of the book is named once: as that one.
    known = {each: told for each, told in names.items() if each == mine or not each.startswith(HERE)}
    persons = tuple(sorted(known.items(), key=lambda pair: pair[1].casefold()))
    return PromiseStart(customer_id, name, deal_id, handoff, mine, persons)


def moment_made(reading: Reading, on: date, now: datetime) -> datetime:
    """When something was promised of which the day is known: now for today, noon of an earlier day at the company."""
    zone = ZoneInfo(reading.company_book.company.timezone)
    return now if on == now.astimezone(zone).date() else datetime.combine(on, time(12), zone)


def known_issue(reading: Reading, issue_id: str) -> str:
    """An issue that the book has, '' for none; WrongUse for one that it has not."""
    if issue_id and issue_named(reading, issue_id) is None:
        raise WrongUse(f"The book has no issue {issue_id[:80]!r}.", "Look for it by its title, or give a link to it.")
    return issue_id


def _customer(reading: Reading, customer_id: str) -> str:
    if not customer_id:
        raise WrongUse("A promise is made to a customer.", "Open the customer, and write it down from there.")
    return customer_to_hand_on(reading, customer_id)


def _name_of(reading: Reading, customer_id: str) -> str:
    """The name where the customer may be seen; who was asked to take it over may know no more than its id."""
    try:
        return customer_card(reading, customer_id).name
    except NotFound:
        return customer_id


def _acts(kept: KeptPromise) -> tuple[Act, ...]:
    """What the state of a promise allows, whoever may; the actions of the Desk hold the same."""
    is_undecided = not kept.accepted_at and not kept.refused_at
    is_open = not kept.kept_at and not kept.broken_at
    allowed = {
        Act.ACCEPT: is_undecided,
        Act.REFUSE: is_undecided,
        Act.KEEP: not kept.kept_at,
        Act.BREAK: is_open,
        Act.CHANGE: is_undecided and is_open,
        Act.WITHDRAW: is_undecided and is_open,
    }
    return tuple(act for act, may in allowed.items() if may)


def _who(username: str, names: Mapping[str, str]) -> str:
    return names.get(HERE + username, username)
