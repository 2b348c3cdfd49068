"""How faithfully customers are handed on, and what a lost item costs; as of the book, what receivers say as of now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.customers import names_of_customers
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading, Refused, Scope
from relevo.answers.stamp import Stamp, stamp
from relevo.base.errors import WrongUse
from relevo.book.remembering import Remembered
from relevo.desk.relay.leaks import Leak, leak
from relevo.insight.relay.fidelity_rows import Quarter, Scored, by_quarter, scored, scored_count
from relevo.insight.relay.lost_items import LostItem, LostItems
from relevo.insight.relay.lost_rows import lost_items_of

__all__ = ["CUTS", "FEWEST_ANSWERS", "PAGE", "FidelityPage", "Leak", "LostItem", "Quarter", "ScoredLine", "fidelity"]
# A system's cause comes before a person: who gave and who took over are the last to look at.
CUTS = ("template", "from_person", "to_person")
PAGE = 50
# So few answers tell nothing of how much is left unwritten.
FEWEST_ANSWERS = 5
_LOST: Remembered[LostItems] = Remembered(2)
_QUARTERS: Remembered[tuple[Quarter, ...]] = Remembered(2)
_FOUND: Remembered[int] = Remembered(64)
_LINES: Remembered[tuple[Scored, ...]] = Remembered(64)


@dataclass(frozen=True)
class ScoredLine:
    """A confirmed hand-off with the names in it. `key` is its number on the Desk, None where it was loaded."""

    scored: Scored
    customer: str
    giver: str
    receiver: str
    key: int | None


@dataclass(frozen=True)
class FidelityPage:
    """The page: the company's figure, the same by something, by quarter, what a lost item costs, and the hand-offs.

    `lines` are those of customers that the viewer may see, `found` of them in all.
    """

    stamp: Stamp
    whole: Mapping[str, Any]
    by: str
    cuts: tuple[str, ...]
    groups: MeasureAnswer
    names: Mapping[str, str]
    quarters: tuple[Quarter, ...]
    lost: tuple[LostItem, ...]
    leak: Leak
    lines: tuple[ScoredLine, ...]
    found: int
    scope: Scope


def fidelity(reading: Reading, by: str = "", offset: int = 0) -> FidelityPage:
    """The page of fidelity by one of CUTS, the first by default.

    WrongUse for another cut; Refused by person for who sees no persons.
    """
    cut = by or CUTS[0]
    if cut not in CUTS:
        raise WrongUse(f"Fidelity is not compared by {cut[:40]!r}.", f"Known: {', '.join(CUTS)}.")
    sees_persons = reading.viewer.can_see_person_level
    if cut != CUTS[0] and not sees_persons:
        raise Refused("Figures by person are not shown to you.", "Look by template.")
    book, mine = reading.company_book, reading.book
    lost = _LOST.get(book, "lost", lambda: lost_items_of(book))
    return FidelityPage(
        stamp=stamp(reading),
        whole=show(reading, "handoff_fidelity", Ask()).last(),
        by=cut,
        cuts=CUTS if sees_persons else CUTS[:1],
        groups=show(reading, "handoff_fidelity", Ask(by=cut)),
        names=names_of_people(reading),
        quarters=_QUARTERS.get(book, "quarters", lambda: by_quarter(book)),
        lost=(lost.later_value, lost.slower_value, lost.reasks, lost.early_churn),
        leak=leak(),
        lines=scored_lines(reading, _LINES.get(mine, offset, lambda: scored(mine, PAGE, offset))),
        found=_FOUND.get(mine, "found", lambda: scored_count(mine)),
        scope=reading.scope,
    )


def scored_lines(reading: Reading, found: tuple[Scored, ...]) -> tuple[ScoredLine, ...]:
    """Confirmed hand-offs with the names of customers, and of colleagues whose figures the viewer may see.

    A list of hand-offs with their scores adds up to a figure of whoever gave them.
    """
    customers, people = names_of_customers(reading), names_of_people(reading)
    return tuple(
        ScoredLine(
            each, customers.get(each.customer_id, each.customer_id), _name(reading, people, each.from_person_id),
            _name(reading, people, each.to_person_id), desk_key(reading, each.handoff_id),
        )
        for each in found
    )  # fmt: skip


def desk_key(reading: Reading, handoff_id: str) -> int | None:
    """The number on the Desk of a hand-off that came into the book from there; None for one that was loaded."""
    del reading
    source, _colon, key = handoff_id.partition(":")
    return int(key) if source == "relevo" and key.isascii() and key.isdigit() else None


def _name(reading: Reading, people: Mapping[str, str], person_id: str | None) -> str:
    viewer, known = reading.viewer, person_id or ""
    is_shown = viewer.persons is None or known in viewer.persons or known in viewer.me
    return people.get(known, known) if is_shown else ""
