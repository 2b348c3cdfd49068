"""Where customers meet friction on their way to use, what it goes with, and who is held up; as of the book."""

from dataclasses import dataclass

from relevo.answers.customers import names_of_customers
from relevo.answers.reading import Reading, Scope
from relevo.answers.stamp import Stamp, stamp
from relevo.book.remembering import Remembered
from relevo.insight.relay.friction import (
    FEWEST,
    FEWEST_BEFORE,
    METHOD,
    Facts,
    Part,
    PartShare,
    Stage,
    StageFriction,
)  # fmt: skip
from relevo.insight.relay.friction import (
    friction as friction_of,
)
from relevo.insight.relay.friction_causes import CAVEAT, FEWEST_NEW, LEAST, Bar, Cause, Causes
from relevo.insight.relay.friction_causes import METHOD as CAUSES_METHOD
from relevo.insight.relay.friction_now import TIMES, Held, held_up
from relevo.insight.relay.friction_people import causes_in
from relevo.insight.relay.friction_rows import facts_of, seconds

__all__ = [
    "CAUSES_METHOD", "CAVEAT", "FEWEST", "FEWEST_BEFORE", "FEWEST_NEW", "LEAST", "METHOD", "TIMES", "Bar", "Cause",
    "Causes", "FrictionPage", "HeldLine", "Part", "PartShare", "Stage", "StageFriction", "friction",
]  # fmt: skip
SHOWN = 20
_HELD: Remembered[tuple[Held, ...]] = Remembered(32)
_KEPT: Remembered[tuple[tuple[StageFriction, ...], Causes]] = Remembered(2)


@dataclass(frozen=True)
class HeldLine:
    """A customer that is in a stage for long, by its name."""

    customer: str
    held: Held


@dataclass(frozen=True)
class FrictionPage:
    """The four stages in order, and the bars of the causes; of the whole company, and of no person.

    `held` are customers that the viewer may see, the longest in their stage first, cut to SHOWN of `held_found`.
    """

    stamp: Stamp
    stages: tuple[StageFriction, ...]
    causes: Causes
    held: tuple[HeldLine, ...]
    held_found: int
    scope: Scope

    @property
    def known(self) -> tuple[StageFriction, ...]:
        """The stages of which the friction is known, the largest first."""
        told = [stage for stage in self.stages if stage.score is not None]
        return tuple(sorted(told, key=lambda stage: -(stage.score or 0)))


def friction(reading: Reading) -> FrictionPage:
    """The page of friction. NotReady before the first book."""
    book, mine = reading.company_book, reading.book
    stages, causes = _KEPT.get(book, "friction", lambda: _made(reading))
    usual = {s.stage: days for s in stages if (days := s.days if s.usual is None else s.usual) is not None}
    held = _HELD.get(mine, "held", lambda: held_up(mine, usual))
    names = names_of_customers(reading)
    lines = tuple(HeldLine(names.get(h.customer_id, h.customer_id), h) for h in held[:SHOWN])
    return FrictionPage(stamp(reading), stages, causes, lines, len(held), reading.scope)


def _made(reading: Reading) -> tuple[tuple[StageFriction, ...], Causes]:
    book = reading.company_book
    facts: Facts = facts_of(book)
    return friction_of(facts, seconds(book.until)), causes_in(book, facts)
