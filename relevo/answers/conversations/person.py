"""One person who helps customers, from four angles: load, happiness in context, colleagues' reviews, customers kept.

There is no single number: what is missing is said instead (rows S0-52, S2-35).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.conversations.after import helped_by_person
from relevo.answers.conversations.people import Happy, everybody, window_of
from relevo.answers.conversations.picked import Choosing, picked_by_everybody
from relevo.answers.conversations.told import Lock, lock_of
from relevo.answers.dosage import check_persons
from relevo.answers.measures import Ask, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import NotFound, Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.insight.talks.helped_by import HelpedBy
from relevo.planning.stages import PERSONS_FROM

__all__ = ["Choosing", "HelpedBy", "SupportPerson", "appraisal", "support_person"]


@dataclass(frozen=True)
class SupportPerson:
    """One person's four angles; each is None where nothing is known of it. `mix` is the person's row of support_map.

    `chosen` are the cases that came to it of which a great rating was least to be expected, and those taken unasked.
    """

    stamp: Stamp
    person_id: str
    name: str
    is_me: bool
    months: int
    lock: Lock | None
    load: Mapping[str, Any] | None
    mix: Mapping[str, Any] | None
    happiness: Happy | None
    reviews: Mapping[str, Any] | None
    kept: HelpedBy | None
    chosen: Choosing | None


def support_person(reading: Reading, person_id: str, months: int | None = None) -> SupportPerson:
    """The page of a person. NotFound unless the viewer may see that person's figures."""
    names, persons = names_of_people(reading), reading.viewer.persons
    if person_id not in names or not (persons is None or person_id in persons):
        raise NotFound(f"There is nobody {person_id[:80]!r} here.", "Look under Conversations, People.")
    lock = lock_of(reading, PERSONS_FROM)
    window = window_of(reading, months)
    every = None if lock else everybody(reading, window)
    return SupportPerson(
        stamp=stamp(reading),
        person_id=person_id,
        name=names[person_id],
        is_me=person_id in reading.viewer.me,
        months=window,
        lock=lock,
        load=None if lock else _row(reading, "load", person_id),
        mix=None if lock else _row(reading, "support_map", person_id),
        happiness=next((each for each in every.persons if each.person_id == person_id), None) if every else None,
        reviews=None if lock else _row(reading, "reviews", person_id),
        kept=None if lock else helped_by_person(reading, person_id),
        chosen=picked_by_everybody(reading).get(person_id),
    )


def appraisal(reading: Reading, person_id: str, months: int | None = None) -> SupportPerson:
    """The same to take away, all four angles or nothing. Refused before the stage of persons; NotFound as the page."""
    page = support_person(reading, person_id, months)
    check_persons(reading)
    return page


def _row(reading: Reading, measure: str, person_id: str) -> Mapping[str, Any] | None:
    """The person's row of a measure of persons; None where it has none."""
    rows = show(reading, measure, Ask()).rows
    return next((row for row in rows if row.get("person_id") == person_id), None)
