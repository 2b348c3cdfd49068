"""Figures of people's work as far as this viewer is told them: by person, by team, or why not yet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from relevo.answers.dosage import is_shut
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading, Refused
from relevo.answers.stage import company_stage, stage_limits
from relevo.measures.card import TEAM
from relevo.measures.catalog import find
from relevo.planning.stages import TEAMS_FROM, begins_above

PERSON = "person_id"


class Level(StrEnum):
    """Of whom a figure is told: persons, teams, or nobody."""

    PERSONS = "persons"
    TEAMS = "teams"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Lock:
    """From which stage on something is shown: it begins above so many employees; the book counts so many now."""

    stage: int
    above: int
    employees: int | None
    now: int | None


@dataclass(frozen=True)
class Told:
    """What a measure of persons told: an answer by person or by team; or none, with the lock if a stage is why."""

    answer: MeasureAnswer | None
    level: Level
    lock: Lock | None = None

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """The rows that are told; none where nothing is."""
        return self.answer.rows if self.answer else ()

    @property
    def column(self) -> str:
        """The column that names of whom a row is."""
        return TEAM if self.level is Level.TEAMS else PERSON


def told_of_people(reading: Reading, name: str, ask: Ask | None = None) -> Told:
    """A measure of persons: by person where stage and permission allow, else by team, else nothing.

    Who may see some persons alone is told of those.
    """
    question = ask or Ask()
    for each in (question, replace(question, by=TEAM)):
        try:
            answer = show(reading, name, each)
        except Refused:
            continue  # the next, coarser question is asked; after the last one the page says why
        is_of_teams = any(column.name == TEAM for column in answer.columns)
        return Told(answer, Level.TEAMS if is_of_teams else Level.PERSONS)
    return Told(None, Level.NOBODY, lock_of(reading, max(find(name).card.from_stage, TEAMS_FROM)))


def lock_of(reading: Reading, stage: int) -> Lock | None:
    """Why what belongs to a stage is not shown yet; None where it is."""
    if not stage or not is_shut(reading, stage):
        return None
    now = company_stage(reading)
    return Lock(stage, begins_above(stage, stage_limits(reading)), now.employees, now.number)


def measure_lock(reading: Reading, name: str) -> Lock | None:
    """The lock of a measure as a whole; None where it is shown."""
    return lock_of(reading, find(name).card.from_stage)


def names_of(reading: Reading, told: Told) -> dict[str, str]:
    """What the rows' persons or teams are called, by id."""
    ids = [str(row[told.column]) for row in told.rows]
    known = names_of_people(reading) if told.level is Level.PERSONS else {}
    return {each: known.get(each, each) for each in ids}
