"""Fill the Desk of a home with many hand-offs and promises, so that pages about them are measured at size.

`python tools/bench_relay.py --home HOME [--handoffs 60000] [--promises 92000]` writes rows straight into the Desk, as
years of use would leave them: most are confirmed, some thousands wait. A home that was filled before is left alone.
What the demo company loads (two hand-offs a customer) stands beside them.
"""

import argparse
import hashlib
import os
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from relevo.base.config import Home
from relevo.book.book import Book
from relevo.desk.ready import prepare
from relevo.jobs.clock import now

CHUNK = 5_000
# Out of a hundred hand-offs so many stand in each state; those that are open are of one customer and role once.
STATES = (("draft", 3), ("given", 4), ("returned", 1), ("accepted", 12), ("confirmed", 80))
ROUTES = (("sales", "implementation"), ("implementation", "success"), ("sales", "presales"), ("success", "support"))
ITEMS = ("objectives", "needs", "wanted_solution", "expected_value", "calendar", "value_events")
WORDS = "They plan {0} warehouses with {1} people and want to save {2} hours a week from spring on."


def main() -> None:
    """Fill the home that is named."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--home", type=Path, required=True)
    asked.add_argument("--handoffs", type=int, default=60_000)
    asked.add_argument("--promises", type=int, default=92_000)
    args = asked.parse_args()
    home = Home(args.home)
    prepare(home)
    from relevo.desk.relay.models import HandOff

    if HandOff.objects.count() >= args.handoffs:
        return
    book = Book.open(home.books)
    customers = [str(r[0]) for r in book.run_sql("SELECT customer_id FROM customer ORDER BY 1").rows]
    people = [str(r[0]) for r in book.run_sql("SELECT DISTINCT person_id FROM assignment ORDER BY 1").rows]
    book.close()
    fill(args.handoffs, args.promises, customers, people)


def fill(handoffs: int, promises: int, customers: Sequence[str], people: Sequence[str]) -> None:
    """Write the rows in chunks, each in a transaction of its own."""
    from django.db import transaction

    from relevo.desk.relay.models import HandOff, HandOffItem, Promise, RelayEvent

    chance, at = random.Random(20260101), now()  # noqa: S311 - figures, no secrets
    for rows in _chunks(_handoffs(handoffs, customers, people, chance, at)):
        with transaction.atomic():
            kept = HandOff.objects.bulk_create([HandOff(**row) for row in rows])
            HandOffItem.objects.bulk_create([HandOffItem(**each) for h in kept for each in _items(h, chance)])
            RelayEvent.objects.bulk_create([RelayEvent(**each) for h in kept for each in _events(h)])
    for rows in _chunks(_promises(promises, customers, people, chance, at)):
        with transaction.atomic():
            Promise.objects.bulk_create([Promise(**row) for row in rows])


def _chunks(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _handoffs(
    size: int, customers: Sequence[str], people: Sequence[str], chance: random.Random, at: datetime
) -> Iterator[dict[str, Any]]:
    for number in range(size):
        state = chance.choices([s for s, _ in STATES], [w for _, w in STATES])[0]
        source, target = ROUTES[number % len(ROUTES)]
        # Every customer in turn, so that of one customer and role no two are open.
        customer = customers[(number // len(ROUTES)) % len(customers)]
        if number >= len(ROUTES) * len(customers) and state in {"draft", "given", "returned"}:
            state = "confirmed"
        begun = at - timedelta(days=chance.randrange(40, 900)) if state == "confirmed" else at - timedelta(
            days=chance.randrange(1, 29)
        )  # fmt: skip
        yield _handoff(customer, state, (source, target), chance.sample(people, 2), begun, number)


def _handoff(
    customer: str, state: str, roles: tuple[str, str], people: Sequence[str], begun: datetime, number: int
) -> dict[str, Any]:
    day = timedelta(days=1)
    is_given, is_taken = state != "draft", state in {"accepted", "confirmed"}
    return {
        "customer_id": customer, "template": f"{roles[0]}_to_{roles[1]}", "items": list(ITEMS), "state": state,
        "from_role": roles[0], "to_role": roles[1], "from_person_id": people[0], "to_person_id": people[1],
        "created_at": begun, "created_by": people[0], "changed_at": begun + day, "revision": 5 + number % 9,
        "given_at": begun + day if is_given else None, "due_at": begun + 4 * day if is_given else None,
        "returned_at": begun + 2 * day if state == "returned" else None,
        "accepted_at": begun + 2 * day if is_taken else None,
        "confirmed_at": begun + 33 * day if state == "confirmed" else None,
        "completeness": 833_333 if is_given else None, "accuracy": 800_000 if state == "confirmed" else None,
    }  # fmt: skip


def _items(handoff: Any, chance: random.Random) -> Iterator[dict[str, Any]]:
    for item in ITEMS[:5]:
        text = WORDS.format(chance.randrange(2, 90), chance.randrange(2, 900), chance.randrange(2, 90))
        yield {
            "handoff": handoff, "item": item, "text": text, "text_key": hashlib.sha256(text.encode()).hexdigest()[:32],
            "changed_at": handoff.created_at, "changed_by": handoff.created_by,
        }  # fmt: skip


def _events(handoff: Any) -> Iterator[dict[str, Any]]:
    told = (("drafted", handoff.created_at), ("given", handoff.given_at), ("accepted", handoff.accepted_at),
            ("confirmed", handoff.confirmed_at))  # fmt: skip
    for kind, at in told:
        if at:
            yield {"handoff": handoff, "at": at, "who": handoff.created_by, "kind": kind, "details": {}}


def _promises(
    size: int, customers: Sequence[str], people: Sequence[str], chance: random.Random, at: datetime
) -> Iterator[dict[str, Any]]:
    for number in range(size):
        made = at - timedelta(days=chance.randrange(1, 900))
        due = (made + timedelta(days=chance.randrange(20, 200))).date()
        is_over = due < at.date()
        is_kept = is_over and chance.random() < 0.8
        ended = datetime(due.year, due.month, due.day, 12, tzinfo=at.tzinfo) if is_over else None
        yield {
            "customer_id": customers[number % len(customers)], "person_id": chance.choice(people), "due_on": due,
            "text": f"Report number {number} by mail", "made_at": made, "created_at": made, "created_by": "bench",
            "product_state": chance.choice(("exists", "exists", "planned", "absent")), "changed_at": made,
            "kept_at": ended if is_kept else None, "broken_at": ended if is_over and not is_kept else None,
            "ended_how": "date" if is_over else "", "is_new": False,
        }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relevo.settings")
    main()
