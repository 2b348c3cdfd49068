"""What a file would be taken for: beside its neighbours, with both readings of what it leaves open."""

from pathlib import Path

import pytest

from relevo.base.config import Config
from relevo.sources.guess import every_table, fields_of, guess, holds, table_of
from relevo.sources.raw.facts import Order
from relevo.sources.raw.said import Reading

HEAD = "Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Amount,Currency,Associated Company\n"
COMPANIES = (
    "Record ID,Company name,Company Domain Name,Company owner,Industry,Country/Region,Create Date\n"
    "77,Acme,acme.example,Ana,Retail,Spain,2025-01-01 00:00\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Deals that name a company of another file; a day and an amount of each can be read in two ways."""
    rows = ("1,A,Closed Won,Sales,03/04/2026,1.250,EUR,Acme", "2,B,Closed Won,Sales,04/04/2026,2.500,EUR,Acme")
    (tmp_path / "deals.csv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    (tmp_path / "companies.csv").write_text(COMPANIES, "utf-8")
    (tmp_path / "customer.csv").write_text("customer_id,name\nA,Acme\n", "utf-8")
    return tmp_path


def test_both_readings_of_what_is_open_stand_side_by_side(folder: Path) -> None:
    (deals,) = guess(folder, Config(), (), only="deals.csv")
    assert {question.about for question in deals.questions} == {"dates", "decimals"}
    shown = {each.text: dict(each.readings) for each in deals.shown}
    assert shown["03/04/2026"] == {"dmy": "2026-04-03", "mdy": "2026-03-04"}
    assert shown["1.250"] == {".": "1.250", ",": "1250"}
    assert list(shown) == ["03/04/2026", "04/04/2026", "1.250", "2.500"], "those that differ first"


def test_an_answer_closes_its_question_and_what_was_asked_stays_shown(folder: Path) -> None:
    said = Reading("deals.csv", order=Order.DAY_FIRST)
    (deals,) = guess(folder, Config(), (said,), only="deals.csv")
    assert [question.about for question in deals.questions] == ["decimals"]
    assert {question.about for question in deals.asks} == {"dates", "decimals"}
    assert deals.said == said


def test_a_file_is_read_beside_its_neighbours(folder: Path) -> None:
    (deals,) = guess(folder, Config(), (), only="deals.csv")
    (after,) = deals.after
    assert [row[after.columns.index("customer_id")] for row in after.rows] == ["hubspot:77", "hubspot:77"]
    assert [each.file for each in guess(folder, Config(), ())] == ["companies.csv", "deals.csv"]
    assert guess(folder, Config(), (), only="customer.csv") == (), "a table of the book asks nobody"


def test_a_file_that_nobody_knows_shows_its_headings_and_rows(folder: Path) -> None:
    (folder / "days.csv").write_bytes("Día;Name\n1;Año\n".encode("cp1252"))
    (days,) = guess(folder, Config(), (), only="days.csv")
    assert ([column.heading for column in days.columns], days.before) == (["Día", "Name"], (("1", "Año"),))
    assert (days.table, days.encoding, days.delimiter) == ("", "cp1252", ";")
    assert days.why is not None
    (left,) = guess(folder, Config(), (Reading("days.csv", "nothing"),), only="days.csv")
    assert left.why is None


def test_a_table_is_told_by_its_header_or_by_what_was_said(folder: Path) -> None:
    at = folder / "companies.csv"
    assert table_of(at, "companies.csv", Config(), ()) == "hubspot.companies_export"
    assert table_of(at, "companies.csv", Config(), (Reading("comp*", "x.y"),)) == "x.y"
    assert table_of(folder / "customer.csv", "customer.csv", Config(), ()) == ""


def test_a_column_that_was_said_to_be_none_is_not_read(folder: Path) -> None:
    said = Reading("deals.csv", columns={"company": "", "name": "Pipeline", "never": "Amount"})
    (deals,) = guess(folder, Config(), (said,), only="deals.csv")
    fields = {column.heading: (column.field, column.usual) for column in deals.columns}
    assert fields["Associated Company"] == ("", "company")
    assert fields["Deal Name"] == ("", "name")
    assert (deals.known, len(deals.columns)) == (6, 8), "all but the name and the company"


def test_where_a_file_lies(folder: Path) -> None:
    (folder / "a.zip").write_bytes(b"")
    assert holds(folder, "deals.csv")
    assert holds(folder, "a.zip/deals.csv")
    assert not holds(folder, "b.zip/deals.csv")
    assert not holds(folder, "../deals.csv")


def test_every_table_there_is_can_be_chosen_and_has_fields() -> None:
    codes = [code for _, tables in every_table() for code, _ in tables]
    assert len(codes) == len(set(codes)) > 50
    assert all(fields_of(code) for code in codes)


def test_only_the_beginning_of_a_long_file_is_shown(folder: Path) -> None:
    rows = [f"{n},Deal {n},Closed Won,Sales,31/12/2026,{n}.5,EUR,Acme" for n in range(1, 3001)]
    (folder / "deals.csv").write_text(HEAD + "\n".join(rows) + "\n", "utf-8")
    (deals,) = guess(folder, Config(), (), only="deals.csv")
    assert [row[0] for row in deals.before] == [str(n) for n in range(1, 11)]
    (after,) = deals.after
    # 1.5 to 10.5 euros.
    at = after.columns.index("amount_cents")
    assert [row[at] for row in after.rows] == [str(100 * n + 50) for n in range(1, 11)]
