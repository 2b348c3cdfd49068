"""Writing the demo company: same arguments, same rows; parts do not disturb each other; wrong use says so."""

import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from relevo.base.errors import WrongUse
from relevo.book.tables import TABLES
from relevo.sources.demo import service, write_demo
from tests.sources.demo.conftest import ENDS_ON, ask_folder


def _bytes(folder: Path, table: str) -> bytes:
    return (folder / f"{table}.parquet").read_bytes()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_demo(folder, customers=40, ends_on=ENDS_ON)
    return folder


def test_the_same_seed_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, customers=40, ends_on=ENDS_ON)
    for table in TABLES:
        assert _bytes(small, table) == _bytes(tmp_path, table), table


def test_another_seed_gives_another_company(small: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, customers=40, ends_on=ENDS_ON, seed=2, tables=["subscription_span"])
    assert _bytes(small, "subscription_span") != _bytes(tmp_path, "subscription_span")


def test_leaving_tables_out_does_not_change_the_others(small: Path, tmp_path: Path) -> None:
    some = ["rating", "deal", "issue_report", "work"]
    summary = write_demo(tmp_path, customers=40, ends_on=ENDS_ON, tables=some)
    assert set(summary.rows) == set(some)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"{t}.parquet" for t in some)
    for table in some:
        assert _bytes(tmp_path, table) == _bytes(small, table), table


def test_parts_are_joined_without_loss_or_repetition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PART", 15)
    summary = write_demo(tmp_path, customers=50, ends_on=ENDS_ON, tables=["conversation", "message", "usage", "rating"])
    book = ask_folder(tmp_path)
    for table in summary.rows:
        key = ", ".join(TABLES[table].key)
        row = book.execute(f'SELECT count(*), count(DISTINCT ({key})) FROM "{table}"').fetchone()
        assert row == (summary.rows[table], summary.rows[table])
    assert book.execute("SELECT count(*) FROM message ANTI JOIN conversation USING (conversation_id)").fetchall() == [
        (0,)
    ]


def test_one_customer_is_a_company_too(tmp_path: Path) -> None:
    summary = write_demo(tmp_path, customers=1, ends_on=ENDS_ON)
    assert summary.rows["customer"] == 1


def test_it_does_not_need_pandas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert write_demo(tmp_path, customers=5, ends_on=ENDS_ON, tables=["customer"]).rows == {"customer": 5}


def test_wrong_use_finishes_the_sentence(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="last day, not on 2026-09-29"):
        write_demo(tmp_path, ends_on=date(2026, 9, 29))
    with pytest.raises(WrongUse, match="no demo company 'sur'"):
        write_demo(tmp_path, ends_on=ENDS_ON, company="sur")
    with pytest.raises(WrongUse, match=r"no tables \['spans'\]"):
        write_demo(tmp_path, ends_on=ENDS_ON, tables=["spans"])
    with pytest.raises(WrongUse, match="at least one customer"):
        write_demo(tmp_path, ends_on=ENDS_ON, customers=0)


@pytest.mark.parametrize("ends_on", [date(2024, 2, 29), date(2025, 12, 31)])
def test_the_months_end_where_asked(ends_on: date, tmp_path: Path) -> None:
    write_demo(tmp_path, customers=150, ends_on=ends_on, tables=["invoice", "usage", "headcount"])
    book = ask_folder(tmp_path)
    last = book.execute("SELECT max(issued_on) FROM invoice").fetchall()[0][0]
    used = book.execute("SELECT min(on_date), max(on_date) FROM usage").fetchall()[0]
    assert last.replace(day=1) == ends_on.replace(day=1)
    assert used[1] <= ends_on
    assert used[0] >= date(ends_on.year - 3, ends_on.month, 28)


class TestMoneyAgrees:
    def test_invoices_are_the_sum_of_their_lines(self, book: duckdb.DuckDBPyConnection) -> None:
        wrong = book.execute(
            """SELECT count(*) FROM invoice i JOIN (SELECT invoice_id, sum(amount_cents) AS total
               FROM invoice_line GROUP BY 1) USING (invoice_id) WHERE amount_cents <> total"""
        ).fetchall()
        assert wrong == [(0,)]

    def test_invoiced_seats_are_what_the_span_bills(self, book: duckdb.DuckDBPyConnection) -> None:
        wrong = book.execute(
            """SELECT count(*), count(*) FILTER (l.amount_cents <> s.unit_amount_cents * s.quantity)
               FROM invoice i JOIN invoice_line l ON l.invoice_id = i.invoice_id AND l.line_id = '1'
               JOIN subscription_span s ON s.subscription_id = i.subscription_id AND s.item_id LIKE '%-seats'
                AND s.valid_from::DATE <= i.issued_on AND (s.valid_to IS NULL OR s.valid_to::DATE > i.issued_on)"""
        ).fetchall()
        checked, different = wrong[0]
        assert checked > 3000
        assert different == 0

    def test_failed_payments_stand_at_past_due_spans(self, book: duckdb.DuckDBPyConnection) -> None:
        apart = book.execute(
            """SELECT count(*) FROM subscription_span s WHERE status = 'past_due' AND item_id LIKE '%-seats'
               AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.customer_id = s.customer_id AND p.status = 'failed'
                               AND p.at::DATE = s.valid_from::DATE)"""
        ).fetchall()
        assert apart == [(0,)]

    def test_levels_are_those_of_a_real_company(self, book: duckdb.DuckDBPyConnection) -> None:
        currencies = {r[0] for r in book.execute("SELECT DISTINCT currency FROM subscription_span").fetchall()}
        assert currencies == {"EUR", "USD", "GBP", "BRL", "MXN", "JPY"}
        assert book.execute("SELECT count(*) > 0 FROM customer WHERE country = 'NA'").fetchall() == [(True,)]
        statuses = {r[0] for r in book.execute("SELECT DISTINCT status FROM subscription_span").fetchall()}
        assert statuses == {"trialing", "active", "past_due", "paused", "canceled", "unpaid"}
