"""Where customers meet friction on their way to use, and what it goes with; as of the book, the same for everybody."""

from dataclasses import dataclass

from relevo.answers.reading import Reading
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
from relevo.insight.relay.friction_people import causes_in
from relevo.insight.relay.friction_rows import facts_of, seconds

__all__ = [
    "CAUSES_METHOD", "CAVEAT", "FEWEST", "FEWEST_BEFORE", "FEWEST_NEW", "LEAST", "METHOD", "Bar", "Cause", "Causes",
    "FrictionPage", "Part", "PartShare", "Stage", "StageFriction", "friction",
]  # fmt: skip
_KEPT: Remembered[tuple[tuple[StageFriction, ...], Causes]] = Remembered(2)


@dataclass(frozen=True)
class FrictionPage:
    """The four stages in order, and the bars of the causes; of the whole company, and of no person."""

    stamp: Stamp
    stages: tuple[StageFriction, ...]
    causes: Causes

    @property
    def known(self) -> tuple[StageFriction, ...]:
        """The stages of which the friction is known, the largest first."""
        told = [stage for stage in self.stages if stage.score is not None]
        return tuple(sorted(told, key=lambda stage: -(stage.score or 0)))


def friction(reading: Reading) -> FrictionPage:
    """The page of friction. NotReady before the first book."""
    book = reading.company_book
    stages, causes = _KEPT.get(book, "friction", lambda: _made(reading))
    return FrictionPage(stamp(reading), stages, causes)


def _made(reading: Reading) -> tuple[tuple[StageFriction, ...], Causes]:
    book = reading.company_book
    facts: Facts = facts_of(book)
    return friction_of(facts, seconds(book.until)), causes_in(book, facts)
