"""People in context: what customers said of each, beside what could be expected of those cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.conversations.told import Lock, lock_of, measure_lock
from relevo.answers.dosage import is_shut
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.base.errors import WrongUse
from relevo.book.remembering import Remembered
from relevo.insight.people.happiness_people import (
    CAVEAT,
    METHOD,
    HappinessPeople,
    Happy,
    LimitsAt,
    happiness_people,
)
from relevo.insight.voices.recommended import Recommended, recommended
from relevo.measures.card import TEAM
from relevo.planning.stages import PERSONS_FROM, TEAMS_FROM

__all__ = ["CAVEAT", "METHOD", "WINDOWS", "Happy", "LimitsAt", "PeoplePage", "PersonLine", "Recommended", "people_page"]
# Months of 30 days; the shortest in which anybody's ratings suffice is shown unless another is asked.
WINDOWS = (6, 12, 24)
_PEOPLE: Remembered[HappinessPeople] = Remembered(8)
_NPS: Remembered[Recommended] = Remembered(8)


@dataclass(frozen=True)
class PersonLine:
    """A colleague by name, with both figures of happiness and all that limits them."""

    name: str
    happy: Happy


@dataclass(frozen=True)
class PeoplePage:
    """The page. `company` and `teams` are rows of the measure `happiness`; `persons` those the viewer may see, by name.

    `lock` says from which stage on anything is shown, `persons_lock` from which persons are; `sees_persons` is the
    viewer's role. `limits` are the funnel's lines, `rated` how many people have a rating at all. `recommended` is who
    would recommend the company (NPS), which is nobody's own; None while the page is locked.
    """

    stamp: Stamp
    months: int
    lock: Lock | None
    persons_lock: Lock | None
    sees_persons: bool
    company: Mapping[str, Any]
    teams: MeasureAnswer | None
    persons: tuple[PersonLine, ...]
    limits: tuple[LimitsAt, ...]
    rated: int
    recommended: Recommended | None

    @property
    def has_any(self) -> bool:
        """Whether any customer has rated anything in the window."""
        return bool(self.company.get("n"))


def people_page(reading: Reading, months: int | None = None) -> PeoplePage:
    """The page for a window of WINDOWS, by default the shortest in which anybody's ratings suffice.

    NotReady before the first book; WrongUse for another window.
    """
    lock = measure_lock(reading, "happiness")
    window = window_of(reading, months)
    every = None if lock else everybody(reading, window)
    return PeoplePage(
        stamp=stamp(reading),
        months=window,
        lock=lock,
        persons_lock=lock_of(reading, PERSONS_FROM),
        sees_persons=reading.viewer.can_see_person_level,
        company={} if lock else show(reading, "happiness", Ask(months=window)).last(),
        teams=None if lock or is_shut(reading, TEAMS_FROM) else show(reading, "happiness", Ask(by=TEAM, months=window)),
        persons=_visible(reading, every) if every else (),
        limits=every.limits if every else (),
        rated=sum(1 for each in every.persons if each.n) if every else 0,
        recommended=None if lock else would_recommend(reading, window),
    )


def window_of(reading: Reading, months: int | None) -> int:
    """The window asked for, or the shortest one in which anybody's ratings suffice; WrongUse for another."""
    if months is not None:
        if months not in WINDOWS:
            raise WrongUse(f"Happiness is not shown for {months} months here.", f"Ask one of {WINDOWS}.")
        return months
    return next((each for each in WINDOWS if _anybody_shown(reading, each)), WINDOWS[0])


def everybody(reading: Reading, months: int) -> HappinessPeople | None:
    """All persons of the company over a window; None while the stage forbids persons. It is computed once per book."""
    if is_shut(reading, PERSONS_FROM):
        return None
    book, assumed = reading.company_book, reading.assumed()
    return _PEOPLE.get(book, (months, assumed), lambda: happiness_people(book, months, assumed))


def would_recommend(reading: Reading, months: int) -> Recommended:
    """NPS of the company over a window. It is computed once per book."""
    book = reading.company_book
    return _NPS.get(book, months, lambda: recommended(book, months))


def _anybody_shown(reading: Reading, months: int) -> bool:
    every = everybody(reading, months)
    return every is not None and any(each.judged.shown for each in every.persons)


def _visible(reading: Reading, every: HappinessPeople) -> tuple[PersonLine, ...]:
    """The persons whose figures the viewer may see, in the order of their names and never of a figure."""
    names, persons = names_of_people(reading), reading.viewer.persons
    seen = (each for each in every.persons if persons is None or each.person_id in persons)
    lines = (PersonLine(names.get(each.person_id, each.person_id), each) for each in seen)
    return tuple(sorted(lines, key=lambda line: (line.name, line.happy.person_id)))
