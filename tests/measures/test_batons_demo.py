"""The demo forgets to hand a few customers on. Without the hand-offs of some more, exactly theirs are dropped."""

from datetime import date
from pathlib import Path

from relevo.base.config import Company, Config, Home, House
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.engine import connect, quoted
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.measures.asking import ask
from relevo.sources.demo import write_demo
from relevo.sources.load import load_path
from tests.making import NOW

ENDS_ON = date(2026, 9, 30)
TABLES = ("customer", "subscription_span", "fx_rate", "deal", "deal_role", "assignment", "handoff", "person")


def without_some_handoffs(folder: Path) -> dict[str, str]:
    """Take the hand-offs of every ninth customer out of a demo's files; deals without any, each with its seller."""
    handoffs, kept = folder / "handoff.parquet", folder.parent / "kept.parquet"
    given, deals = (f"read_parquet({quoted(folder / name)})" for name in ("handoff.parquet", "deal.parquet"))
    connection = connect()
    connection.execute(f"""
        CREATE TABLE forgetful AS SELECT customer_id
        FROM (SELECT customer_id, row_number() OVER (ORDER BY customer_id) AS n FROM {given} GROUP BY customer_id)
        WHERE n % 9 = 4""")
    others = f"FROM {given} ANTI JOIN forgetful USING (customer_id)"
    connection.execute(f"COPY ({others}) TO {quoted(kept)} (FORMAT parquet)")
    rows = connection.execute(
        f"SELECT deal_id, person_id FROM {deals} ANTI JOIN (FROM read_parquet({quoted(kept)})) USING (customer_id)"
        " WHERE outcome = 'won' AND kind = 'new'"
    ).fetchall()
    connection.close()
    kept.replace(handoffs)
    return dict(rows)


def test_all_dropped_batons_of_the_demo_are_found_and_no_other(tmp_path: Path) -> None:
    home, config = Home(tmp_path / "home"), Config(Company(timezone="Europe/Madrid"), House())
    write_demo(tmp_path / "raw", customers=300, ends_on=ENDS_ON, tables=TABLES)
    expected = without_some_handoffs(tmp_path / "raw")
    load_path(tmp_path / "raw", Landing(home.landing), config, NOW)
    report = build(Landing(home.landing), Store(home.books), config, Order(ENDS_ON, NOW), lambda _step: None)
    assert report.published, report.findings
    book = Book.open(home.books)
    found = {r["deal_id"]: r["owner"] for r in ask(book, "dropped_batons").rows}
    assert len(expected) > 20
    assert found == expected
    assert {r["reason"] for r in ask(book, "baton").rows} == {"handoff", "assignment"}
    assert "baton_unheld" not in {f.code for f in report.findings}
    book.close()
