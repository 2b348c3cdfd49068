"""A build after some more data makes only what can have changed; its book equals one built from nothing, row by row."""

import random
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Company, Config, House
from relevo.book import changes
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.engine import connect, quoted
from relevo.book.landing import Landing
from relevo.book.manifest import Manifest
from relevo.book.policy import Policy
from relevo.book.rollups import partial
from relevo.book.schema import KEPT, ROLLUPS
from relevo.book.store import Store
from relevo.book.tables import TABLES
from relevo.sources.load import load_path
from tests.making import span, write_table

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
COMPANY = Config(Company(timezone="Europe/Madrid"), House(keep_books=2))
Row = dict[str, Any]


class Home:
    """One home to which data are added in steps."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store, self.landing = folder, Store(folder / "book"), Landing(folder / "landing")
        self._step = 0

    def load(self, **tables: list[Row]) -> None:
        """Load some rows, recorded a minute after the last ones."""
        self._step += 1
        for name, rows in tables.items():
            write_table(self.folder / f"raw{self._step}", name, rows)
        load_path(self.folder / f"raw{self._step}", self.landing, COMPANY, NOW + timedelta(minutes=self._step))

    def build(self, as_of: date, policy: Policy | None = None, config: Config = COMPANY) -> Manifest:
        """Build the next book, as every day."""
        report = self._build(self.store, as_of, policy or Policy(), config)
        assert report is not None
        return report

    def build_if_sound(self, as_of: date) -> bool:
        """Build; whether the book was published, as one with spans that overlap is not."""
        return self._build(self.store, as_of, Policy(), COMPANY) is not None

    def take_away(self, chance: random.Random) -> None:
        """Make one load, other than the first ones, as if it had never been."""
        loads = [load for load in self.landing.loads() if load.seq > 3]
        if loads:
            self.landing.manifest(chance.choice(loads).id).unlink()

    def same(self, as_of: date, policy: Policy | None = None, config: Config = COMPANY) -> None:
        """Hold that the published book equals one that is built from nothing."""
        nothing = Store(self.folder / f"nothing{self._step}")
        whole = self._build(nothing, as_of, policy or Policy(), config)
        made = self.store.manifest()
        assert whole is not None
        assert whole.base is None
        assert (made.parts, made.lost, made.rows) == (whole.parts, whole.lost, whole.rows)
        assert [f.as_dict() for f in made.findings] == [f.as_dict() for f in whole.findings]
        one, other = Book.open(self.store.path), Book.open(nothing.path)
        for name in (*TABLES, *ROLLUPS, "identity_match"):
            assert _rows(one, name) == _rows(other, name), name
        one.close()
        other.close()

    def _build(self, store: Store, as_of: date, policy: Policy, config: Config) -> Manifest | None:
        self._step += 1
        order = Order(as_of, NOW + timedelta(hours=1, minutes=self._step), policy=policy)
        report = build(self.landing, store, config, order, lambda _step: None)
        return report.manifest if report.published else None


def _rows(book: Book, name: str) -> list[tuple[Any, ...]]:
    return sorted(book.run_sql(f"SELECT * FROM {name}").rows, key=repr)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with forty customers; more of them changing than usual do not make the build start over."""
    made = Home(tmp_path)
    made.load(
        customer=[{"customer_id": f"C{n}", "name": f"N{n}", "segment": "small"} for n in range(40)],
        subscription_span=[span(f"C{n}", "2025-01-01", None, 100 + n, plan="basic") for n in range(40)],
        fx_rate=[rate("2024-12-01", "0.9")],
    )
    return made


def rate(day: str, value: str) -> Row:
    return {"currency": "USD", "on_date": day, "rate": value}


def changed(manifest: Manifest) -> int:
    """How many customers were made again by a build."""
    return next(s.rows for s in manifest.steps if s.name == "changed customers")


DAY = date(2026, 10, 30)


def test_nothing_new_makes_nobody_again(home: Home) -> None:
    first = home.build(DAY)
    again = home.build(DAY)
    assert (first.base, again.base, changed(again)) == (None, first.id, 0)
    home.same(DAY)


def test_the_base_stays_while_a_book_needs_it_and_goes_then(home: Home) -> None:
    first = home.build(DAY)
    for _ in range(3):
        home.build(DAY)
    assert first.id not in {m.id for m in home.store.history()}
    assert home.store.database(first.id).exists()
    home.build(DAY, Policy(discounts="all"))
    home.build(DAY, Policy(discounts="all"))
    assert not home.store.database(first.id).exists()


def test_a_late_rate_makes_again_who_moved_on_its_days(home: Home) -> None:
    home.load(
        subscription_span=[
            span("C1", "2025-01-01", "2025-06-10", 101, plan="basic"),
            *(span(f"U{n}", f"2025-0{n}-05", None, 300, currency="USD") for n in range(1, 5)),
        ]
    )
    home.build(DAY)
    home.load(fx_rate=[rate("2025-03-01", "0.8")])
    assert changed(home.build(DAY)) == 2
    home.same(DAY)
    home.load(fx_rate=[rate("2025-04-01", "0.7")])
    assert changed(home.build(DAY)) == 1
    home.same(DAY)


def test_many_late_rates_make_again_everybody_in_that_currency(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partial, "_MOST_RATES", 1)
    home.load(subscription_span=[span(f"U{n}", f"2025-0{n}-05", None, 300, currency="USD") for n in range(1, 5)])
    home.build(DAY)
    home.load(fx_rate=[rate("2025-02-01", "0.8"), rate("2025-03-01", "0.7")])
    assert changed(home.build(DAY)) == 3
    home.same(DAY)


def test_another_day_makes_again_for_whom_something_begins_or_ends(home: Home) -> None:
    home.load(
        subscription_span=[
            span("C1", "2025-01-01", "2026-10-31", 101, plan="basic"),
            span("C2", "2025-01-01", "2026-10-05", 102), span("C2", "2026-10-05", None, 102, status="past_due"),
        ]
    )  # fmt: skip
    home.build(DAY)
    for day, expected in ((date(2026, 10, 31), 1), (date(2026, 11, 3), 0), (date(2026, 11, 4), 1), (DAY, 2)):
        assert changed(home.build(day)) == expected
        home.same(day)


def test_too_many_changes_another_policy_and_an_older_reading_start_over(home: Home) -> None:
    first = home.build(DAY)
    home.load(customer=[{"customer_id": f"C{n}", "name": "other"} for n in range(30)])
    again = home.build(DAY)
    assert (first.base, again.base) == (None, None)
    assert home.build(DAY, Policy(discounts="all")).base is None
    assert home.build(DAY, Policy(discounts="all")).base is not None
    assert home.build(DAY, Policy(level="parent")).base is None
    assert home.build(DAY, Policy(level="parent")).base is None
    known = Order(DAY, NOW + timedelta(hours=9), known_at=NOW + timedelta(hours=8))
    assert build(home.landing, home.store, COMPANY, known, lambda _step: None).manifest.base is None
    assert home.build(DAY).base is None


CORRECTIONS: Mapping[str, dict[str, list[Row]]] = {
    "a span that ended and one that followed": {
        "subscription_span": [
            span("C1", "2025-01-01", "2026-03-01", 101, plan="basic"), span("C1", "2026-03-01", None, 90, plan="team"),
        ]
    },
    "a new customer known from billing alone": {"subscription_span": [span("X1", "2026-10-30", None, 500)]},
    "a customer of another segment": {"customer": [{"customer_id": "C2", "name": "N2", "segment": "large"}]},
    "a head for one that headed another": {
        "customer": [
            {"customer_id": "C3", "name": "N", "parent_id": "C4"}, {"customer_id": "C5", "name": "N", "parent_id": "C3"}
        ]
    },
    "a subscription that moved to somebody else": {
        "subscription_span": [span("C6", "2025-01-01", None, 106, subscription_id="sub-C7", item_id="second")]
    },
    "a late attribute": {
        "customer_attribute": [
            {"customer_id": "C8", "name": "tier", "value": "gold", "from_at": "2025-05-01T00:00:00Z"}
        ]
    },
    "a deal and who sold it": {
        "deal": [{
            "deal_id": "D1", "customer_id": "C9", "kind": "new", "opened_at": "2024-11-01T00:00:00Z",
            "closed_at": "2024-12-01T00:00:00Z", "outcome": "won", "currency": "EUR",
        }],
        "deal_role": [{"deal_id": "D1", "role": "sold_by", "person_id": "P1"}],
    },
    "an alias that makes two customers one": {
        "customer_alias": [{"source": "relevo", "external_id": "C10", "customer_id": "C11"}]
    },
    "a customer of another system that is one of these": {
        "customer": [
            {"customer_id": "C12", "name": "Twelve", "domain": "c12.com", "source": ""},
            {"customer_id": "X12", "name": "TWELVE", "domain": "c12.com", "source": "other"},
            {"customer_id": "C13", "name": "N13", "parent_id": "X12", "source": "other"},
        ],
        "subscription_span": [span("X12", "2025-03-01", None, 70, source="other")],
    },
    "orphans": {"usage": [{"customer_id": "nobody", "on_date": "2026-10-01", "feature": "f", "events": 1}]},
}  # fmt: skip


@pytest.mark.parametrize("rows", CORRECTIONS.values(), ids=CORRECTIONS)
def test_what_came_late_or_was_corrected_is_in_the_book_as_if_it_had_always_been(
    home: Home, rows: dict[str, list[Row]]
) -> None:
    first = home.build(DAY)
    home.load(**rows)
    second = home.build(DAY)
    assert second.base == first.id
    assert changed(second) < 8
    home.same(DAY)


def test_customers_that_are_taken_away_leave_orphans_behind_and_rows_that_come_adopt_them(home: Home) -> None:
    used = [{"customer_id": c, "on_date": "2026-10-01", "feature": "f", "events": 1} for c in ("C1", "Y1", "Y2")]
    home.load(usage=used, subscription_span=[span("Y1", "2025-01-01", None, 7, quantity="0.1234567")])
    told = {f.where: f.message for f in home.build(DAY).findings}
    assert "Y2" in told["usage.customer_id"]
    home.load(customer=[{"customer_id": "Y2", "name": "Y2"}], customer_alias=[alias("C1", "Z1")])
    home.build(DAY)
    home.same(DAY)
    home.load(subscription_span=[span("Y1", "2025-01-01", None, 7, quantity="0.5")])
    assert "subscription_span.quantity" not in {f.where for f in home.build(DAY).findings}
    home.same(DAY)


def test_rows_are_found_alike_where_they_are_too_many_to_be_kept_at_hand(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "FEW", -1)
    home.load(subscription_span=[span("C1", "2025-01-01", None, 7)], usage=[use("nobody")])
    home.build(DAY)
    home.load(subscription_span=[span("C2", "2025-01-01", None, 9)], customer=[{"customer_id": "C3", "name": "x"}])
    assert changed(home.build(DAY)) == 2
    home.same(DAY)


def test_a_book_with_a_base_can_be_written_into_one_database(home: Home) -> None:
    home.build(DAY)
    home.load(subscription_span=[span("C1", "2025-01-01", None, 7)])
    made = home.build(DAY)
    assert made.base
    out = home.folder / "whole.duckdb"
    with connect() as connection:
        partial.write_whole(connection, home.store.database(made.id), home.store.database(made.base), out)
        connection.execute(f"ATTACH {quoted(out)} AS out")
        book = Book.open(home.store.path)
        for name in KEPT:
            assert sorted(connection.execute(f"FROM out.{name}").fetchall(), key=repr) == _rows(book, name)
        book.close()


def use(customer: str) -> Row:
    return {"customer_id": customer, "on_date": "2026-10-01", "feature": "f", "events": 1}


def alias(external_id: str, customer_id: str) -> Row:
    return {"source": "relevo", "external_id": external_id, "customer_id": customer_id}


def some_change(chance: random.Random) -> dict[str, list[Row]]:
    """Rows of one or two tables: new, corrected or late ones of a few customers."""
    who = [f"C{chance.randrange(12)}" for _ in range(3)]
    day = date(2025, 1, 1) + timedelta(chance.randrange(700))
    cut = str(day)
    kinds: list[dict[str, list[Row]]] = [
        {"subscription_span": [
            span(who[0], "2025-01-01", cut, chance.randrange(200)),
            span(who[0], cut, None, chance.randrange(3) * 100, status=chance.choice(["active", "past_due", "paused"])),
        ]},
        {"subscription_span": [span(who[1], cut, None, 50, item_id="extra", currency="USD", collection="invoice")]},
        {"subscription_span": [span(who[0], cut, None, 70, subscription_id=f"shared{chance.randrange(3)}")]},
        {"fx_rate": [rate(cut, f"0.{chance.randrange(5, 9)}")]},
        {"customer": [{"customer_id": who[0], "name": "n", "parent_id": who[1], "segment": chance.choice("ab")}]},
        {"customer_attribute": [{"customer_id": who[2], "name": "tier", "value": chance.choice("xy"), "from_at": cut}]},
        {"customer_alias": [alias(f"C{chance.randrange(12, 20)}", who[0])]},
        {"usage": [{"customer_id": chance.choice([*who, "nobody"]), "on_date": cut, "feature": "f", "events": 1}]},
    ]  # fmt: skip
    return {**chance.choice(kinds), **chance.choice(kinds)}


@pytest.mark.parametrize("seed", range(2))
def test_random_days_of_late_corrected_and_deleted_rows_equal_a_build_from_nothing(home: Home, seed: int) -> None:
    _random_days(home, seed, days=4)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(100, 112))
def test_many_random_days_equal_a_build_from_nothing(home: Home, seed: int) -> None:
    _random_days(home, seed, days=15)


def _random_days(home: Home, seed: int, days: int) -> None:
    """Load, or take away what was loaded, build, and compare; days go forth and back."""
    chance, day = random.Random(seed), DAY - timedelta(60)  # noqa: S311
    home.build(day)
    for _ in range(days):
        if chance.random() < 0.2:
            home.take_away(chance)
        home.load(**some_change(chance))
        day += timedelta(chance.choice([-20, 0, 1, 1, 2, 40]))
        if home.build_if_sound(day):
            home.same(day)
