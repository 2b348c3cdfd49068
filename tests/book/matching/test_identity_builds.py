"""Decisions and joins in whole books: nothing is lost by them, undoing restores, closed months stay."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Company, Config, Home, House
from relevo.book import closing
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.compiling import compile_sql
from relevo.book.engine import connect
from relevo.book.landing import Landing
from relevo.book.manifest import ClosedFile, Manifest
from relevo.book.matching import tables as identity_tables
from relevo.book.matching.decisions import Decision, fingerprint
from relevo.book.parts import PartMaker
from relevo.book.store import Store
from relevo.book.tables import TABLES
from relevo.measures.asking import ask, frame_of
from relevo.measures.card import Ask
from relevo.measures.catalog import find
from relevo.measures.revenue.reported import evidence
from relevo.sources.demo import write_demo
from relevo.sources.load import load_path
from tests.making import NOW, span, write_table

DAY = date(2025, 4, 30)
CONFIG = Config(Company(), House(keep_books=3))
SEEDS = Path(__file__).parents[4] / "shared" / "data"
Row = dict[str, Any]


class Firm:
    """One home that is loaded, decided about and built in steps."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.landing, self.store = folder, Landing(folder / "landing"), Store(folder / "book")
        self._step = 0

    def load(self, **tables: list[Row]) -> None:
        self._step += 1
        for name, rows in tables.items():
            write_table(self.folder / f"raw{self._step}", name, rows)
        load_path(self.folder / f"raw{self._step}", self.landing, CONFIG, NOW + timedelta(minutes=self._step))

    def build(
        self, *decisions: Decision, closed: tuple[ClosedFile, ...] = (), known_at: datetime | None = None,
        store: Store | None = None,
    ) -> Manifest:  # fmt: skip
        self._step += 1
        order = Order(
            DAY, NOW + timedelta(hours=1, minutes=self._step), known_at, closed=closed, decisions=tuple(decisions)
        )
        report = build(self.landing, store or self.store, CONFIG, order, lambda _step: None)
        assert report.published, report.findings
        return report.manifest

    def rows(self, name: str, columns: str = "*") -> list[tuple[Any, ...]]:
        book = Book.open(self.store.path)
        try:
            return sorted(book.run_sql(f"SELECT {columns} FROM {name}").rows, key=repr)
        finally:
            book.close()

    def whole(self, names: Iterable[str] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
        return {name: self.rows(name) for name in names}

    def equals_one_from_nothing(self, *decisions: Decision) -> None:
        made, nothing = self.store.manifest(), Store(self.folder / f"nothing{self._step}")
        whole = self.build(*decisions, store=nothing)
        assert (made.parts, made.lost, made.rows) == (whole.parts, whole.lost, whole.rows)
        one, other = Book.open(self.store.path), Book.open(nothing.path)
        for name in (*TABLES, *identity_tables.IDENTITY, "mrr_level", "movement"):
            sql = f"SELECT * FROM {name}"
            assert sorted(one.run_sql(sql).rows, key=repr) == sorted(other.run_sql(sql).rows, key=repr), name
        one.close()
        other.close()


def customer(key: str, name: str, **more: Any) -> Row:
    return {"customer_id": key, "name": name, "source": key.split(":")[0], **more}


CRM = [
    customer("crm:1", "Acme", domain="acme.com", segment="ent", country="ES"),
    customer("crm:2", "Beta", domain="beta.com", segment="smb", parent_id="crm:1"),
    customer("crm:3", "Gamma", segment="smb"),
]
PAY = [customer("pay:1", "ACME", domain="www.acme.com"), customer("pay:3", "Gama Labs", country="FR")]
SPANS = [
    span("pay:1", "2025-01-10", None, 10000, source="pay"), span("pay:3", "2025-02-01", None, 700, source="pay"),
    span("crm:2", "2025-02-05", "2025-04-20", 3000, source="pay"),
]  # fmt: skip


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    made = Firm(tmp_path)
    made.load(customer=PAY, subscription_span=SPANS)
    return made


def decide(kind: Any, kept: str, other: str, minute: int = 0) -> Decision:
    return Decision(kind, kept, other, datetime(2026, 11, 21, 12, tzinfo=UTC) + timedelta(minutes=minute))


def test_a_system_that_is_connected_later_joins_fills_what_was_unknown_and_keeps_the_id(firm: Firm) -> None:
    firm.build()
    before = firm.rows("mrr_level", "sum(arr_e6)")
    firm.load(customer=CRM)
    firm.build()
    assert firm.rows("identity_match") == [("crm", "crm:1", "pay:1", "same name, domain", 0.9922)]
    assert firm.rows("customer", "customer_id, name, segment, parent_id") == [
        ("crm:2", "Beta", "smb", "pay:1"), ("crm:3", "Gamma", "smb", None),
        ("pay:1", "ACME", "ent", None), ("pay:3", "Gama Labs", None, None),
    ]  # fmt: skip
    assert firm.rows("mrr_level", "sum(arr_e6)") == before
    firm.equals_one_from_nothing()


def test_merging_and_undoing_gives_the_book_from_before(firm: Firm) -> None:
    firm.load(customer=CRM)
    firm.build()
    before, figures = firm.whole(), firm.rows("mrr_level")
    merged = decide("merge", "pay:3", "crm:3")
    made = firm.build(merged)
    assert made.decided == fingerprint((merged,)) != ""
    assert firm.rows("customer_alias", "source, external_id, customer_id") == [("relevo", "crm:3", "pay:3")]
    assert ("crm", "crm:3", "pay:3", "merged here", 1.0) in firm.rows("identity_match")
    known = firm.rows("customer", "customer_id, segment")
    assert [c for c in known if c[0] in ("pay:3", "crm:3")] == [("pay:3", "smb")]
    firm.equals_one_from_nothing(merged)
    undone = decide("apart", "pay:3", "crm:3", 1)
    firm.build(merged, undone)
    assert firm.whole() == before
    assert firm.rows("mrr_level") == figures
    firm.equals_one_from_nothing(merged, undone)


def test_what_a_rule_joined_can_be_parted_and_joined_again(firm: Firm) -> None:
    firm.load(customer=CRM)
    firm.build()
    joined = firm.whole()
    firm.build(decide("apart", "pay:1", "crm:1"))
    assert firm.rows("identity_match") == []
    assert len(firm.rows("customer")) == 5
    firm.equals_one_from_nothing(decide("apart", "pay:1", "crm:1"))
    firm.build()
    assert firm.whole() == joined


def test_a_decision_replaces_what_the_landing_says_and_a_parting_undoes_it(firm: Firm) -> None:
    landed = {"source": "relevo", "external_id": "crm:3", "customer_id": "pay:1"}
    firm.load(customer=CRM, customer_alias=[landed])
    firm.build()
    assert ("crm", "crm:3", "pay:1", "merged here", 1.0) in firm.rows("identity_match")
    firm.build(decide("merge", "pay:3", "crm:3"))
    assert firm.rows("customer_alias", "external_id, customer_id") == [("crm:3", "pay:3")]
    parted = decide("apart", "pay:1", "crm:3")
    firm.build(parted)
    assert firm.rows("customer_alias") == []
    firm.equals_one_from_nothing(parted)


def test_a_book_of_what_was_known_holds_decisions_of_then(firm: Firm) -> None:
    firm.load(customer=CRM)
    merged = decide("merge", "pay:3", "crm:3", 30)
    firm.build(merged, known_at=NOW + timedelta(minutes=20))
    assert firm.rows("customer_alias") == []
    assert [row[1] for row in firm.rows("identity_match")] == ["crm:1"]
    firm.build(merged, known_at=NOW + timedelta(minutes=40))
    assert [row[1] for row in firm.rows("identity_match")] == ["crm:1", "crm:3"]
    assert firm.rows("customer_alias", "external_id") == [("crm:3",)]


def close(firm: Firm, month: int) -> ClosedFile:
    """Close the months through one, as a closing does."""
    book = Book.open(firm.store.path)
    folder = closing.closed_folder(firm.store.path)
    folder.mkdir(exist_ok=True)
    frame = frame_of(book, find("mrr_movements").card, Ask(first=month, last=month))
    sql = compile_sql(evidence(book.tables, frame))
    made = closing.write_month(book.run_sql, folder, month, sql, follows=bool(book.manifest.closed))
    book.close()
    return made


def reported(firm: Firm) -> list[dict[str, Any]]:
    book = Book.open(firm.store.path)
    rows = [dict(r) for r in ask(book, "mrr_movements", Ask(view="reported", by="segment")).rows]
    book.close()
    return rows


JANUARY = 2025 * 12


def test_a_join_after_a_month_was_closed_leaves_it_and_is_an_identity_adjustment(tmp_path: Path) -> None:
    """Billing calls its customer pay:8; the CRM's row is older, so that the subscription becomes the CRM's."""
    firm = Firm(tmp_path)
    spans = [span("pay:8", "2025-01-10", None, 10000, source="pay")]
    firm.load(customer=[customer("crm:1", "Acme", domain="acme.com", segment="ent")], subscription_span=spans)
    firm.load(customer=[customer("pay:8", "Acme", segment="smb")])
    firm.build()
    closed = tuple(close(firm, JANUARY + n) for n in range(1))
    firm.build(closed=closed)
    before = [row for row in reported(firm) if row["month"] == "2025-01"]
    firm.load(customer=[customer("pay:8", "Acme", segment="smb", domain="acme.com")])
    firm.build(closed=closed)
    assert [row[:3] for row in firm.rows("identity_match")] == [("pay", "pay:8", "crm:1")]
    after = reported(firm)
    assert [row for row in after if row["month"] == "2025-01"] == before
    moved = {r["segment"]: r["identity_adj_cents"] for r in after if r["month"] == "2025-02"}
    assert moved == {"ent": 10000, "smb": -10000}
    firm.build(decide("apart", "crm:1", "pay:8"), closed=closed)
    assert all(not row["identity_adj_cents"] for row in reported(firm))
    firm.build(decide("apart", "crm:1", "pay:8"), decide("merge", "crm:1", "pay:8", 1), closed=closed)
    assert {r["segment"]: r["identity_adj_cents"] for r in reported(firm) if r["month"] == "2025-02"} == moved


def test_the_demo_company_has_nobody_twice(tmp_path: Path) -> None:
    write_demo(tmp_path / "raw", customers=600, ends_on=date(2026, 9, 30), tables=("customer", "customer_alias",
               "contact", "subscription_span", "fx_rate"))  # fmt: skip
    home = Home(tmp_path / "home")
    load_path(tmp_path / "raw", Landing(home.landing), CONFIG, NOW)
    build(Landing(home.landing), Store(home.books), CONFIG, Order(date(2026, 9, 30), NOW), lambda _step: None)
    book = Book.open(home.books)
    assert book.run_sql("SELECT count(*) FROM identity_match").rows == ((0,),)
    assert book.run_sql("SELECT count(*) FROM identity_candidate").rows == ((0,),)
    (size,) = book.run_sql("SELECT count(*) FROM customer").rows[0]
    counts = {source: rest for source, *rest in book.run_sql("SELECT * FROM identity_count").rows}
    assert all(rest == [size, size, 0, 0] for rest in counts.values())
    assert {"crm", "billing", "help_desk"} <= set(counts)
    book.close()


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/data is not here: it is no part of this repository")
def test_no_anonymised_customers_of_six_systems_are_one(tmp_path: Path) -> None:
    landing, store = Landing(tmp_path / "landing"), Store(tmp_path / "book")
    for system in ("hubspot", "intercom", "recurly", "salesforce", "stripe", "zendesk"):
        load_path(SEEDS / f"fivetran_dbt_{system}" / "seeds", landing, CONFIG, NOW)
    connection = connect()
    store.parts.mkdir(parents=True)
    PartMaker(connection, landing, store.parts, None).match()
    joined = connection.execute("SELECT * FROM identity_match WHERE reason LIKE 'same%'").fetchall()
    known = connection.execute("SELECT source, customers FROM identity_count ORDER BY 1").fetchall()
    candidates = connection.execute("SELECT * FROM identity_candidate").fetchall()
    connection.close()
    assert len(known) >= 5
    assert joined == []
    assert len(candidates) <= 5, candidates


def test_a_book_of_an_older_release_says_nothing_of_confidence_and_candidates() -> None:
    with connect() as connection:
        connection.execute("ATTACH ':memory:' AS old")
        kept = "SELECT 'a' AS source, 'b' AS external_id, 'c' AS customer_id, 'own id' AS reason"
        connection.execute(f"CREATE TABLE old.identity_match AS {kept}")
        identity_tables.show(connection, "old")
        assert connection.execute("FROM identity_match").fetchall() == [("a", "b", "c", "own id", None)]
        assert connection.execute("FROM identity_candidate").fetchall() == []
        assert connection.execute("FROM identity_count").fetchall() == []


def test_the_manifest_names_the_decisions_and_older_ones_have_none(firm: Firm) -> None:
    made = firm.build(decide("apart", "pay:1", "pay:3"))
    again = Manifest.from_json(made.to_json())
    assert again.decided == made.decided != ""
    assert replace(again, decided="").decided == ""
