"""Dropped batons: won deals of active customers that nobody handed on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relevo.answers.measures import Ask, show
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import acts_for, person_names
from relevo.answers.relay.sight import all_names


@dataclass(frozen=True)
class DroppedBaton:
    """A won deal that has no receiver. `closed_at` is UTC, without saying so; `days` are those since, as of the book.

    `owner` is the name of who has to hand it on, `owner_id` the person, None where nobody knows; `is_mine` says that
    the viewer may.
    """

    deal_id: str
    customer_id: str
    customer: str
    closed_at: datetime
    days: int
    owner: str | None
    owner_id: str | None
    is_mine: bool


def dropped_batons(reading: Reading) -> tuple[DroppedBaton, ...]:
    """The dropped batons of customers that are active and may be seen, the deal won last first; as of the book."""
    active = {row["customer_id"] for row in asked(reading, "baton")}
    names, people = all_names(reading), person_names(reading)
    rows = asked(reading, "dropped_batons")
    return tuple(_baton(reading, row, names, people) for row in rows if row["customer_id"] in active)


def asked(reading: Reading, measure: str) -> Sequence[Mapping[str, Any]]:
    """The rows of a measure for this viewer."""
    return show(reading, measure, Ask()).rows


def _baton(
    reading: Reading, row: Mapping[str, Any], names: Mapping[str, str], people: Mapping[str, str]
) -> DroppedBaton:
    owner, customer_id = row["owner"], row["customer_id"]
    return DroppedBaton(
        deal_id=row["deal_id"],
        customer_id=customer_id,
        customer=names.get(customer_id, customer_id),
        closed_at=row["closed_at"],
        days=row["days"],
        owner=people.get(owner, owner) if owner else None,
        owner_id=owner,
        is_mine=bool(owner) and acts_for(reading, owner),
    )
