"""What support is for: whether customers stay after contact, and what goes with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.answers.dosage import is_shut
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.small_cells import few_of
from relevo.answers.stamp import Stamp, stamp
from relevo.book.remembering import Remembered
from relevo.insight.talks.after_help import METHOD as CURVES_METHOD
from relevo.insight.talks.after_help import AfterHelp, Height, Use, after_help_of
from relevo.insight.talks.dose import DAYS as DOSE_DAYS
from relevo.insight.talks.dose import METHOD as DOSE_METHOD
from relevo.insight.talks.dose import Dose, doses_of
from relevo.insight.talks.helped_by import METHOD as HELPED_METHOD
from relevo.insight.talks.helped_by import HelpedBy, helped_by_of
from relevo.insight.talks.tiers import METHOD as TIERS_METHOD
from relevo.insight.talks.tiers import PromiseKept, TierLeaving, leaving_of, promises_kept_of
from relevo.insight.talks.trap import MONTHS as TRAP_MONTHS
from relevo.insight.talks.trap import Trap, trap_of
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask
from relevo.measures.catalog import find
from relevo.measures.support.experiences import ANY, FEWEST_LOST, Experience, experiences
from relevo.measures.support.person_months import cells
from relevo.planning.stages import PERSONS_FROM

__all__ = [
    "ANY",
    "CURVES_METHOD",
    "DOSE_DAYS",
    "DOSE_METHOD",
    "FEWEST_LOST",
    "HELPED_METHOD",
    "MEASURE",
    "PUBLISHED",
    "TIERS_METHOD",
    "TRAP_MONTHS",
    "AfterHelp",
    "AfterPage",
    "Dose",
    "Experience",
    "Gap",
    "Height",
    "HelpedBy",
    "Helper",
    "PromiseKept",
    "TierLeaving",
    "Trap",
    "Use",
    "after_contact",
]  # fmt: skip
MEASURE = "retention_after_contact"
# How fast somebody is answered or helped is a figure of work, as in `waits`.
SPEED_FROM = 2
# Of leaders asked: expectations rise; sure to meet them. As the talk tells it (row S2-28).
PUBLISHED = (0.73, 0.42)
_EXPERIENCES: Remembered[tuple[Experience, ...]] = Remembered(4)
_TRAPS: Remembered[Trap] = Remembered(4)
_CURVES: Remembered[AfterHelp] = Remembered(4)
_DOSES: Remembered[tuple[Dose, ...]] = Remembered(4)
_KEPT: Remembered[tuple[PromiseKept, ...]] = Remembered(4)
_LEAVING: Remembered[tuple[TierLeaving, ...]] = Remembered(4)
_HELPED: Remembered[tuple[HelpedBy, ...]] = Remembered(4)


@dataclass(frozen=True)
class Gap:
    """Promises of a first answer over all tiers that have one: how many are due, and how many were kept."""

    due: int
    kept: int

    @property
    def share(self) -> float | None:
        """The share kept; None where nothing is promised, or due."""
        return self.kept / self.due if self.due else None


@dataclass(frozen=True)
class Helper:
    """A colleague by name, with what became of the customers helped."""

    name: str
    helped: HelpedBy


@dataclass(frozen=True)
class AfterPage:
    """Everything is of the whole company but `helpers`: those whose figures the viewer may see, by name.

    `helpers` is None where the stage of the company, or the viewer's role, shows no persons. Tiers with few customers,
    or few lost, are told to those who see every customer. `is_early` says that the company is too small for figures of
    speed: doses and promises are empty then.
    """

    stamp: Stamp
    experiences: tuple[Experience, ...]
    trap: Trap
    curves: AfterHelp
    doses: tuple[Dose, ...]
    promises: tuple[PromiseKept, ...]
    leaving: tuple[TierLeaving, ...]
    gap: Gap
    helpers: tuple[Helper, ...] | None
    is_early: bool = False

    @property
    def any_contact(self) -> Experience | None:
        """Months after any contact; None where there is none."""
        return next((each for each in self.experiences if each.name == ANY), None)

    @property
    def is_empty(self) -> bool:
        """Whether no month follows contact."""
        return self.any_contact is None


def after_contact(reading: Reading) -> AfterPage:
    """The page of what support is for; NotReady before the first book."""
    book, due = reading.company_book, reading.assumed().response_promises
    frame = frame_of(book, find(MEASURE).card, Ask())
    is_early = is_shut(reading, SPEED_FROM)
    kept = () if is_early else _KEPT.get(book, due, lambda: promises_kept_of(book, due))
    return AfterPage(
        stamp=stamp(reading),
        experiences=_EXPERIENCES.get(book, "", lambda: experiences(book.run(cells(book.tables, frame)).dicts())),
        trap=_TRAPS.get(book, "", lambda: trap_of(book)),
        curves=_CURVES.get(book, "", lambda: after_help_of(book)),
        doses=() if is_early else _DOSES.get(book, "", lambda: doses_of(book)),
        promises=_told(reading, kept),
        leaving=_shown(reading, _LEAVING.get(book, "", lambda: leaving_of(book))),
        gap=Gap(sum(p.n for p in kept if p.minutes), sum(p.kept or 0 for p in kept)),
        helpers=_helpers(reading),
        is_early=is_early,
    )


def _told(reading: Reading, kept: Sequence[PromiseKept]) -> tuple[PromiseKept, ...]:
    """Tiers of promises; to who sees a part of the customers without those behind which few stand."""
    few = set() if reading.viewer.sees_all else few_of([each.customers for each in kept])
    return tuple(each for place, each in enumerate(kept) if place not in few)


def _shown(reading: Reading, tiers: Sequence[TierLeaving]) -> tuple[TierLeaving, ...]:
    """Tiers of which ten customers left or more: fewer could be named by who sees a part of them."""
    return tuple(t for t in tiers if reading.viewer.sees_all or t.lost >= FEWEST_LOST)


def _helpers(reading: Reading) -> tuple[Helper, ...] | None:
    """Colleagues by name, as far as the stage of the company and the viewer's role show them."""
    viewer, book = reading.viewer, reading.company_book
    if is_shut(reading, PERSONS_FROM) or not viewer.can_see_person_level:
        return None
    names = names_of_people(reading)
    every = _HELPED.get(book, "", lambda: helped_by_of(book))
    mine = (each for each in every if viewer.persons is None or each.person_id in viewer.persons)
    return tuple(sorted((Helper(names.get(h.person_id, h.person_id), h) for h in mine), key=lambda each: each.name))


def helped_by_person(reading: Reading, person_id: str) -> HelpedBy | None:
    """What became of the customers that a person helped; None where it is not known, or not the viewer's to see."""
    found = (each.helped for each in _helpers(reading) or ())
    return next((each for each in found if each.person_id == person_id), None)
