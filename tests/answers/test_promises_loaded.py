"""Loaded promises in the ledger stand as the measure counts them, to the second around the company's midnight."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relevo.answers.reading import OPERATOR, Reading
from relevo.answers.relay.promises_loaded import Loaded, loaded_promises, loaded_rows
from relevo.base.config import Company, Config, Home, House
from relevo.book.book import Book
from relevo.book.landing import Landing
from relevo.desk.relay.promises import Standing
from relevo.measures.asking import ask
from relevo.sources.own import OwnRows, land_own
from tests.making import NOW, make, span

AS_OF = date(2026, 3, 31)
# Midnight in Madrid is 22 or 23 o'clock of UTC; the clocks changed on 29 March.
EDGES = (timedelta(hours=-2, seconds=-1), timedelta(hours=-2), timedelta(hours=-1, seconds=-1), timedelta(hours=-1),
         timedelta(0), timedelta(hours=12))  # fmt: skip


# A promise of the Desk that a build took into the book: broken, for its day is over.
OURS: dict[str, Any] = {
    "promise_id": "relevo:17", "customer_id": "A", "text": "ours", "product_state": "absent",
    "made_at": datetime(2026, 3, 1, tzinfo=UTC), "due_on": date(2026, 3, 20), "recorded_at": NOW,
}  # fmt: skip


def moment(rnd: random.Random) -> str | None:
    """A second near the midnight before some day around the end of March, or nothing."""
    if rnd.random() < 0.4:
        return None
    at = datetime(2026, 3, 27, tzinfo=UTC) + timedelta(days=rnd.randrange(8)) + rnd.choice(EDGES)
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def promise(rnd: random.Random, number: int) -> dict[str, Any]:
    due = None if rnd.random() < 0.2 else date(2026, 3, 26) + timedelta(days=rnd.randrange(9))
    return {
        "promise_id": f"P{number}", "customer_id": rnd.choice("AB"), "text": f"promise {number}", "due_on": due,
        "product_state": rnd.choice(("exists", "planned", "absent")), "person_id": rnd.choice(("x", "y", None)),
        "made_at": rnd.choice(("2026-03-01T00:00:00Z", "2026-03-31T21:59:59Z", "2026-03-31T22:00:00Z")),
        "kept_at": moment(rnd), "broken_at": moment(rnd), "issue_id": rnd.choice((None, "J1")),
    }  # fmt: skip


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    rnd, folder = random.Random(20260331), Path(tmp_path_factory.mktemp("loaded"))  # noqa: S311
    rows = [promise(rnd, number) for number in range(600)]
    tables = {"promise": rows, "subscription_span": [span(c, "2026-01-01", None, 1000) for c in "AB"]}
    company = Company("Shop", "EUR", "Europe/Madrid")
    landing = Landing(Home(folder / "home").landing)
    land_own([OwnRows("promise", [OURS])], landing, Config(company, House()), NOW)
    report = make(folder, tables, AS_OF.isoformat(), company=company)
    assert report.published, report.findings
    return Reading(Book.open(Home(folder / "home").books), OPERATOR)


@pytest.fixture(scope="module")
def loaded(reading: Reading) -> Loaded:
    return loaded_promises(reading)


def test_standings_are_those_of_the_measure(reading: Reading, loaded: Loaded) -> None:
    """The measure counts what came from the Desk too: one more that is broken."""
    (row,) = ask(reading.company_book, "promises").rows
    counts = {name: int(loaded.is_standing(Standing(name)).sum()) for name in ("kept", "late", "broken", "open")}
    assert min(counts.values()) > 20, counts
    assert (row["kept"], row["late"], row["broken"]) == (counts["kept"], counts["late"], counts["broken"] + 1)
    assert row["made"] == sum(counts.values()) + 1
    assert "relevo:17" not in loaded.ids


def test_rows_tell_nothing_that_came_after_the_day(reading: Reading, loaded: Loaded) -> None:
    rows = loaded_rows(reading, loaded.ids)
    until = reading.company_book.until.replace(tzinfo=UTC)
    assert set(rows) >= set(loaded.ids)
    for place, key in enumerate(loaded.ids):
        row = rows[key]
        known = [row[name] for name in ("made_at", "kept_at", "broken_at") if row[name]]
        assert all(at < until for at in known)
        assert (row["kept_at"] is not None) == (loaded.standing_at(place) in (Standing.KEPT, Standing.LATE))


def test_questions_find_what_a_walk_through_the_rows_finds(reading: Reading, loaded: Loaded) -> None:
    rows = [loaded_rows(reading, loaded.ids)[key] for key in loaded.ids]

    def ids(mask: Any) -> set[str]:
        return {loaded.ids[place] for place in np.flatnonzero(mask)}

    assert ids(loaded.about("A")) == {r["promise_id"] for r in rows if r["customer_id"] == "A"}
    assert ids(loaded.by("x")) == {r["promise_id"] for r in rows if r["person_id"] == "x"}
    assert ids(loaded.seen(frozenset("A"), {"y"})) == {
        r["promise_id"] for r in rows if r["customer_id"] == "A" or r["person_id"] == "y"
    }
    assert ids(loaded.seen(None, ())) == set(loaded.ids)
    assert ids(loaded.is_state("absent")) == {r["promise_id"] for r in rows if r["product_state"] == "absent"}
    first, last = date(2026, 3, 28), date(2026, 3, 30)
    assert ids(loaded.due_between(first, last)) == {
        r["promise_id"] for r in rows if r["due_on"] and first <= r["due_on"] <= last
    }
    assert ids(loaded.due_between(None, None)) == set(loaded.ids)
    is_open = ids(loaded.is_standing(Standing.OPEN))
    red = {
        r["promise_id"] for r in rows
        if r["product_state"] == "absent" and not r["issue_id"] and r["due_on"] and r["due_on"] > AS_OF
    }  # fmt: skip
    assert ids(loaded.red_soon) == red & is_open
    assert red & is_open
    dues = [loaded.due[place] for place in loaded.first_due(loaded.is_standing(Standing.BROKEN))]
    assert dues == sorted(dues)
    assert [loaded.due[place] for place in loaded.last_due(loaded.is_standing(Standing.BROKEN))] == dues[::-1]
    made = list(loaded.made)
    assert made == sorted(made, reverse=True)
