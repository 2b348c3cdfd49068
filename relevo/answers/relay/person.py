"""One person's part in the relay: what was given and taken, promised, dropped, and not sold on purpose.

As of the book; drafts, and what was declined here, are as of now.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from relevo.answers.identity import current_id
from relevo.answers.measures import Ask, show
from relevo.answers.reading import NotFound, Reading
from relevo.answers.relay.acting import as_read, person_names, sees
from relevo.answers.relay.declined import DeclineLine, declined_by
from relevo.answers.relay.dropped import DroppedBaton, dropped_batons
from relevo.answers.relay.fidelity import ScoredLine, scored_lines
from relevo.answers.relay.promises import PromisesAsk, PromisesPage, promises_page
from relevo.answers.relay.sight import all_names
from relevo.answers.relay.strip import HandOffLine
from relevo.answers.stamp import Stamp, stamp
from relevo.desk.relay.handoffs import handoffs_in
from relevo.desk.relay.states import OPEN
from relevo.insight.relay.fidelity_rows import scored_of

MOST = 50
_NO_ROW: Mapping[str, Any] = {}


@dataclass(frozen=True)
class RelayPerson:
    """What one person did. `gave`, `took` and `promised` are rows of measures, empty where there is nothing.

    `open` are hand-offs of the Desk that are not over, `lines` confirmed ones, the last ones first. `declined` is what
    was not sold on purpose, a good deed beside the others.
    """

    stamp: Stamp
    person_id: str
    name: str
    is_me: bool
    gave: Mapping[str, Any]
    took: Mapping[str, Any]
    promised: Mapping[str, Any]
    lines: tuple[ScoredLine, ...]
    open: tuple[tuple[HandOffLine, str], ...]
    promises: PromisesPage
    dropped: tuple[DroppedBaton, ...]
    declined: tuple[DeclineLine, ...]


def relay_person(reading: Reading, person_id: str, today: date) -> RelayPerson:
    """The page of a person. NotFound unless it is the viewer, somebody led, or somebody whose figures are seen."""
    names = person_names(reading)
    allowed = _widened(reading, person_id)
    if allowed is None or person_id not in names:
        raise NotFound(f"There is nobody {person_id[:80]!r} here.", "Look under Hand-offs.")
    return RelayPerson(
        stamp=stamp(reading),
        person_id=person_id,
        name=names[person_id],
        is_me=person_id in reading.viewer.me,
        gave=_row(allowed, "handoff_fidelity", "from_person", person_id),
        took=_row(allowed, "handoff_fidelity", "to_person", person_id),
        promised=_row(allowed, "promises", "person", person_id),
        lines=scored_lines(allowed, scored_of(reading.company_book, person_id, MOST)),
        open=_open(reading, person_id, names),
        promises=promises_page(allowed, PromisesAsk(person_id=person_id), today),
        dropped=tuple(each for each in dropped_batons(allowed) if each.owner_id == person_id),
        declined=declined_by(allowed, person_id),
    )


def sees_person(reading: Reading, person_id: str) -> bool:
    """Whether the viewer may open the page of a person."""
    return _widened(reading, person_id) is not None


def _widened(reading: Reading, person_id: str) -> Reading | None:
    """The reading with one's own figures, which every role may see; None where the person is not the viewer's."""
    viewer = reading.viewer
    if viewer.persons is None or person_id in viewer.persons:
        return reading
    if person_id not in viewer.me:
        return None
    return replace(reading, viewer=replace(viewer, persons=viewer.persons | {person_id}))


def _row(reading: Reading, measure: str, by: str, person_id: str) -> Mapping[str, Any]:
    rows = show(reading, measure, Ask(by=by)).rows
    return next((row for row in rows if row[by] == person_id), _NO_ROW)


def _open(reading: Reading, person_id: str, names: Mapping[str, str]) -> tuple[tuple[HandOffLine, str], ...]:
    """Hand-offs under way that this person gives or takes, with the name of the customer."""
    customers = all_names(reading)
    return tuple(
        (HandOffLine(as_read(reading, each), names.get(each.from_person_id, each.from_person_id),
                     names.get(each.to_person_id, each.to_person_id)),
         customers.get(current_id(reading, each.customer_id), each.customer_id))
        for each in handoffs_in(OPEN, MOST, persons=[person_id])
        if sees(reading, each)
    )  # fmt: skip
