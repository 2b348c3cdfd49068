"""What a person holds on the book's day, and what stands against handing it on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

from relevo.answers.identity import former_ids
from relevo.answers.measures import Ask, show
from relevo.answers.reading import Reading
from relevo.answers.relay.sight import all_names
from relevo.base.periods import day_in
from relevo.desk.relay.actions import TWO_CHANGES
from relevo.desk.relay.actions_items import ItemText
from relevo.desk.relay.handoffs import items_about
from relevo.desk.relay.plans import changed_since, under_way


@dataclass(frozen=True)
class HeldLine:
    """A customer that a person holds, and what stands against handing it on.

    `since` is when the person took over. `changed_on` is the day of a change of the person in this role within 60 days,
    None where there was none. `under_way` is a hand-off into the role that is not over. `filled` is the part of the
    items that the customer's last hand-off has, from 0 to 1, given on `filled_on`; None where there is none.
    """

    customer_id: str
    customer: str
    role: str
    since: date | None
    changed_on: date | None
    under_way: int | None
    filled: float | None
    filled_on: date | None
    receiver: str


def held_by(reading: Reading, person_id: str, today: date) -> list[HeldLine]:
    """The customers of which the person has the baton on the book's day, as far as the viewer sees customers."""
    rows = [r for r in show(reading, "baton", Ask()).rows if r["person_id"] == person_id]
    if not rows:
        return []
    held = {r["customer_id"]: r for r in rows}
    last, changes, names = _last_given(reading, held), _changes(reading, held, today), all_names(reading)
    moving = _moving(reading, held)
    return [
        HeldLine(
            customer_id=key,
            customer=names.get(key, key),
            role=row["role"],
            since=_day(reading, row["since"]),
            changed_on=changes.get(key),
            under_way=moving.get(key),
            filled=last[key][1] if key in last else None,
            filled_on=_day(reading, last[key][0]) if key in last else None,
            receiver="",
        )
        for key, row in held.items()
    ]


def _moving(reading: Reading, held: Mapping[str, Mapping[str, Any]]) -> dict[str, int]:
    """The hand-off into the same role that is under way, by customer."""
    now = {old: key for key in held for old in former_ids(reading, key)}
    found = under_way(now)
    return {now[old]: handoff for (old, role), handoff in found.items() if held[now[old]]["role"] == role}


def _last_given(reading: Reading, held: Mapping[str, object]) -> dict[str, tuple[datetime, float | None]]:
    """When each customer was handed on last, and how complete that was; as of the book."""
    book = reading.company_book
    given = book.tables.handoff.filter(
        lambda t: t.customer_id.isin(sorted(held)) & (t.given_at < book.until) & t.completeness.notnull()
    )
    rows = given.select("customer_id", "given_at", "handoff_id", "completeness")
    ordered = sorted(book.run(rows).rows, key=lambda row: (row[1], row[2]))
    return {key: (at, None if share is None else float(share)) for key, at, _, share in ordered}


def _changes(reading: Reading, held: Mapping[str, Mapping[str, Any]], today: date) -> dict[str, date]:
    """The last change of the person in the role in which each customer is held, within 60 days; book and Desk."""
    roles = {key: str(row["role"]) for key, row in held.items()}
    found = [*_changes_loaded(reading, roles), *_changes_here(reading, roles, today)]
    recent: dict[str, date] = {}
    for key, on in found:
        if on > today - TWO_CHANGES and on > recent.get(key, date.min):
            recent[key] = on
    return recent


def _changes_loaded(reading: Reading, roles: Mapping[str, str]) -> list[tuple[str, date]]:
    """Days on which the person in the role became another one, by the assignments of the book."""
    book = reading.company_book
    spans = book.tables.assignment.filter(lambda t: t.customer_id.isin(sorted(roles)) & (t.from_at < book.until))
    rows = sorted(book.run(spans.select("customer_id", "role", "from_at", "person_id")).rows)
    found = []
    for before, after in pairwise(rows):
        is_change = before[:2] == after[:2] and before[3] != after[3]
        if is_change and roles[after[0]] == after[1]:
            found.append((after[0], day_in(after[2], book.company.timezone)))
    return found


def _changes_here(reading: Reading, roles: Mapping[str, str], today: date) -> list[tuple[str, date]]:
    """Days on which somebody accepted the role from somebody who had it, by the hand-offs of the Desk."""
    now = {old: key for key in roles for old in former_ids(reading, key)}
    since = datetime.combine(today - TWO_CHANGES, datetime.min.time(), tzinfo=UTC) - timedelta(days=1)
    zone = reading.company_book.company.timezone
    return [
        (now[customer_id], day_in(at, zone))
        for customer_id, role, at in changed_since(sorted(now), since)
        if role == roles[now[customer_id]]
    ]


def known_items(reading: Reading, customer_id: str) -> dict[str, ItemText]:
    """What stood last in each item of the customer's hand-offs: those of the Desk, else those that were loaded."""
    found = _loaded_items(reading, customer_id)
    for each in reversed(items_about(sorted(former_ids(reading, customer_id)))):
        found[each.item] = ItemText(each.text, each.said_by, each.said_on, each.sure, each.link, each.source)
    return found


def _loaded_items(reading: Reading, customer_id: str) -> dict[str, ItemText]:
    book = reading.company_book
    given = book.tables.handoff.filter(lambda t: (t.customer_id == customer_id) & (t.given_at < book.until))
    items = book.tables.handoff_item.filter(lambda t: t.value.notnull())
    both = items.inner_join(given.select("handoff_id", "given_at"), "handoff_id")
    rows = both.select("given_at", "handoff_id", "item", "value", "said_by")
    ordered = sorted(book.run(rows).rows, key=lambda row: row[:3])
    return {item: ItemText(value, said_by or "", source=f"hand-off {key}") for _, key, item, value, said_by in ordered}


def _day(reading: Reading, at: datetime | None) -> date | None:
    return None if at is None else day_in(at, reading.company_book.company.timezone)
