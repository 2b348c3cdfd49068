"""What became of what hand-offs told, line by line; what could be followed up; and who may say so.

Whoever sees a hand-off sees how its lines stand; their words and numbers are for who reads its words. Giver, receiver
and those who lead them take lines over and say what became of them.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from relevo.answers.identity import former_ids
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.relay.acting import handoff_seen, reads_words, sides
from relevo.answers.relay.one import handoff_to_tell_of
from relevo.desk.relay.follow_ups import (
    KeptFollowUp,
    follow_up_with,
    follow_ups_about,
    follow_ups_of,
    taken_keys,
    text_first_given,
)
from relevo.desk.relay.following import DATES, FOLLOWED, Standing
from relevo.desk.relay.handoffs import KeptHandOff, handoffs_about, items_of
from relevo.desk.relay.line_reading import Proposal, proposed
from relevo.desk.relay.states import State

# What of a line is somebody's words, or numbers that somebody told.
_WORDS = dict.fromkeys(("text", "metric", "unit", "baseline", "target", "actual", "evidence", "reason"))


@dataclass(frozen=True)
class FollowLine:
    """A line as of a day. Words and numbers of `kept` are None where the viewer may not read them.

    `share` is the part of an expected value that was realised, `slip` the days by which the calendar moved; None where
    it is not known, or not asked of such a line.
    """

    kept: KeptFollowUp
    standing: Standing
    share: Fraction | None
    slip: int | None


@dataclass(frozen=True)
class FollowUps:
    """What is followed up of a hand-off. `items` are those of its items that have lines, empty before it was given.

    `may_write` says whether the viewer takes lines over and says what became of them.
    """

    items: tuple[str, ...]
    lines: tuple[FollowLine, ...]
    may_write: bool


@dataclass(frozen=True)
class Proposed:
    """A line of the text that could be taken over. `first_due_on` is the day that its first giving named for it."""

    proposal: Proposal
    first_due_on: date | None


def follow_ups(reading: Reading, key: int, today: date) -> FollowUps:
    """What is followed up of a hand-off as of today; NotFound where the viewer may not see it."""
    kept = handoff_seen(reading, key)
    reads = reads_words(reading, kept)
    return FollowUps(
        items=_items(kept),
        lines=tuple(_line(each, today, reads) for each in follow_ups_of(key)),
        may_write=reads and bool(sides(reading, kept)) and bool(_items(kept)),
    )


def customer_follow_ups(reading: Reading, customer_id: str, today: date) -> tuple[FollowLine, ...]:
    """What is followed up of every hand-off of a customer; NotFound where the viewer may not see it."""
    reading.check_customer(customer_id)
    ids = former_ids(reading, customer_id)
    reads = {each.id: reads_words(reading, each) for each in handoffs_about(ids)}
    return tuple(_line(each, today, reads[each.handoff_id]) for each in follow_ups_about(ids))


def proposals(reading: Reading, key: int, items: Collection[str]) -> tuple[Proposed, ...]:
    """The lines of some items' texts that were not taken over yet; none for who may not take them over."""
    kept = handoff_seen(reading, key)
    if not sides(reading, kept) or not reads_words(reading, kept):
        return ()
    held, taken = items_of(key), taken_keys(key)
    written = [item for item in _items(kept) if item in items and item in held]
    found = [each for item in written for each in proposed(item, held[item].text)]
    first = _first_days(key) if any(each.item == DATES for each in found) else {}
    return tuple(Proposed(p, _first(p, first)) for p in found if (p.item, p.key) not in taken)


def handoff_to_follow(reading: Reading, key: int) -> KeptHandOff:
    """A hand-off whose lines the viewer may take over and tell of: its parties, where they read its words."""
    kept = handoff_to_tell_of(reading, key)
    if not reads_words(reading, kept):
        raise Refused("Its words are not for you.", "Ask somebody who reads what the customer said.")
    return kept


def line_to_tell_of(reading: Reading, key: int, line: int) -> KeptFollowUp:
    """A line of a hand-off of which the viewer may tell; NotFound for one of another hand-off, or taken back."""
    handoff_to_follow(reading, key)
    kept = follow_up_with(line)
    if kept is None or kept.handoff_id != key:
        raise NotFound(f"Hand-off {key} has no line {line} that is followed up.", "Open the hand-off again.")
    return kept


def _items(kept: KeptHandOff) -> tuple[str, ...]:
    if kept.given_at is None or kept.state is State.WITHDRAWN:
        return ()
    return tuple(item for item in kept.items if item in FOLLOWED)


def _line(kept: KeptFollowUp, today: date, reads: bool) -> FollowLine:
    shown = kept if reads else replace(kept, **_WORDS)  # type: ignore[arg-type]
    return FollowLine(shown, kept.standing(today), kept.share, kept.slip)


def _first_days(key: int) -> dict[str, date | None]:
    """The days of the calendar by their lines without a date, as they stood when the hand-off was given first."""
    return {each.stem: each.due_on for each in proposed(DATES, text_first_given(key, DATES))}


def _first(proposal: Proposal, first: dict[str, date | None]) -> date | None:
    """The day that was planned first, where the first text had the same line with another one."""
    day = first.get(proposal.stem) if proposal.item == DATES else None
    return day if day != proposal.due_on else None
