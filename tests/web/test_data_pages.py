"""Data more closely: freshness, loads, rows put aside, two books beside each other."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from relevo.answers.freshness import source_ages, stale_sources
from relevo.answers.reading import Reading
from relevo.base.config import Home
from relevo.book.book import Book
from relevo.book.landing import Landing, Load
from relevo.book.store import Store
from relevo.desk.people.models import AuditEntry
from tests.answers import company
from tests.api.asking import program as key_of
from tests.making import make, span
from tests.web.conftest import member, signed_in

HOUR = timedelta(hours=1)


def records(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def load(home: Home, number: int, hours: int, source: str = "crm") -> None:
    at = company.NOW + hours * HOUR
    Landing(home.landing).commit(Load(f"L{number}", number, at, source, "a.csv", str(number), "customer"))


def test_a_source_is_stale_after_its_usual_interval_and_two_days(everything: Reading, tmp_path: Path) -> None:
    home = Home(tmp_path)
    for number, hours in enumerate((0, 72, 144, 216)):
        load(home, number, hours)
    load(home, 9, 216, "billing")
    at = company.NOW + 216 * HOUR
    early = {each.source: each for each in source_ages(everything, home, at + 48 * HOUR)}
    assert (early["crm"].usual, early["crm"].allowed, early["crm"].age) == (72 * HOUR, 72 * HOUR, 48 * HOUR)
    assert (early["billing"].usual, early["billing"].allowed) == (None, 48 * HOUR)
    assert not early["crm"].is_stale
    assert [each.source for each in stale_sources(everything, home, at + 60 * HOUR)] == ["billing"]
    assert [each.source for each in stale_sources(everything, home, at + 73 * HOUR)] == ["billing", "crm"]


@pytest.fixture(scope="session")
def book() -> Book:
    return Book.open(company.home().books)


@pytest.fixture(scope="session")
def everything(book: Book) -> Reading:
    from relevo.answers.reading import OPERATOR

    return Reading(book, OPERATOR)


def test_the_data_page_says_how_old_sources_are(owner: Client) -> None:
    page = owner.get("/data").content.decode()
    assert "How fresh the sources are" in page
    assert "given 48 hours" in page or "given 2 days" in page


def test_every_load_is_listed_and_taken_out(owner: Client) -> None:
    page = owner.get("/data/loads").content.decode()
    rows = records(owner.get("/data/loads.csv"))
    assert "customer.csv" in page
    assert sum(int(r["rows_in"]) for r in rows) == sum(int(r["kept"]) + int(r["quarantined"]) for r in rows)
    assert {r["source"] for r in rows} == {"canonical"} or len(rows) > 20
    assert records(owner.get("/data/loads.csv?source=nobody")) == []


def test_rows_put_aside_are_found_by_table_source_and_reason(owner: Client) -> None:
    page = owner.get("/data/aside").content.decode()
    assert "1 row was put aside" in page
    (row,) = records(owner.get("/data/aside.csv"))
    assert (row["table"], row["file"], row["column"]) == ("customer", "customer.csv", "customer_id")
    assert row["reason"]
    assert row["hint"]
    asked = {"table": "customer", "source": row["source"], "reason": row["reason"]}
    assert records(owner.get("/data/aside.csv", asked)) == [row]
    assert row["reason"] in owner.get("/data/aside", asked).content.decode()
    for other in ({"table": "usage"}, {"source": "crm"}, {"reason": "another"}):
        assert records(owner.get("/data/aside.csv", {**asked, **other})) == []
    assert AuditEntry.objects.filter(action="quarantine.exported", who="ines").exists()


def test_values_put_aside_are_for_who_sees_everything(ana: Client) -> None:
    page = ana.get("/data/aside").content.decode()
    assert "1 row was put aside" in page
    assert "<table" not in page
    assert ana.get("/data/aside.csv").status_code == 403


@pytest.fixture(scope="module")
def two_books(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two books of three customers; before the second one C02 is found to have paid 50.00 more since July."""
    folder = tmp_path_factory.mktemp("two")
    spans = [span(f"C0{i}", "2025-01-01", None, 10000) for i in range(3)]
    tables: dict[str, list[dict[str, Any]]] = {
        "person": [
            {"person_id": p, "name": p.title(), "email": f"{p}@norte.example", "team": "cs"} for p in ("ana", "ben")
        ],
        "customer": [
            {"customer_id": f"C0{i}", "name": f"Customer 0{i}", "created_at": "2025-01-01T00:00:00Z"} for i in range(3)
        ],
        "assignment": [
            {"customer_id": customer, "person_id": p, "role": "success", "from_at": "2025-01-01T08:00:00Z"}
            for customer, p in (("C00", "ana"), ("C02", "ben"))
        ],
        "subscription_span": spans,
    }  # fmt: skip
    first = make(folder, tables, now=company.NOW)
    assert first.published, first.findings
    late = span("C02", "2026-07-01", None, 5000, subscription_id="more-C02")
    assert make(folder, {**tables, "subscription_span": [*spans, late]}, now=company.NOW + HOUR).published
    return Home(folder / "home")


@pytest.fixture
def compared(two_books: Home, settings: Any, db: None) -> str:
    settings.RELEVO_HOME = two_books.path
    one, two = sorted(m.id for m in Store(two_books.books).history())
    return f"one={one}&two={two}"


def test_two_books_say_which_figures_changed_for_whom_and_why(compared: str) -> None:
    owner = signed_in(member("ines", "owner"))
    page = owner.get(f"/data/compare?{compared}").content.decode()
    assert 'hx-trigger="load"' in page, "the answer is fetched into the page"
    part = owner.get(f"/data/compare?{compared}&measure=mrr", headers={"HX-Request": "true"}).content.decode()
    assert "4 figures" in part, "July to October"
    assert "€\u202f50.00" in part
    assert "rows that came later" in part
    assert "Customer 02" in part
    assert "Customer 00" not in part
    whole = owner.get(f"/data/compare?{compared}&measure=mrr&now=1").content.decode()
    assert "4 figures" in whole
    assert "<html" in whole


def test_by_default_the_book_that_is_read_stands_beside_the_one_before(compared: str) -> None:
    part = signed_in(member("ines", "owner")).get("/data/compare?now=1&measure=mrr").content.decode()
    assert "4 figures" in part


def test_the_file_of_a_comparison_has_every_month(compared: str) -> None:
    rows = records(signed_in(member("ines", "owner")).get(f"/data/compare.csv?{compared}&measure=mrr"))
    assert {row["customer_id"] for row in rows} == {"C02"}
    (july,) = [row for row in rows if row["month"] == "2026-07" and row["part"] == "expansion"]
    assert (july["before_cents"], july["after_cents"], july["cause"]) == ("0", "5000", "late")


def test_customers_of_others_stay_hidden_in_a_comparison(compared: str) -> None:
    """Ana holds C00: the figures of the company are hers to see, whose they are is not."""
    for name, sees in (("ana", False), ("ben", True)):
        browser = signed_in(member(name, "csm"))
        part = browser.get(f"/data/compare?{compared}&measure=mrr&now=1").content.decode()
        assert "4 figures" in part
        assert ("Customer 02" in part) is sees
        assert bool(records(browser.get(f"/data/compare.csv?{compared}&measure=mrr"))) is sees


def test_programs_are_told_the_same_comparison(compared: str) -> None:
    for name, sees in (("ana", False), ("ben", True)):
        program = key_of(member(name, "csm"))
        told = program.get(f"/pages/compare?{compared}&measure=mrr")
        found = told["compared"]["found"]
        assert told["page"]["measure"] == "mrr"
        assert len(found["cells"]) == 4
        assert [c["customer_id"] for c in found["customers"]] == ["C02"] * len(found["customers"])
        assert bool(found["customers"]) is sees
        assert told["compared"]["names"] == ({"C02": "Customer 02"} if sees else {})
        program.get("/pages/compare?one=nothing", expect=404)


def test_the_same_book_twice_differs_in_nothing(compared: str) -> None:
    one = compared.split("&")[0].removeprefix("one=")
    page = signed_in(member("ines", "owner")).get(f"/data/compare?one={one}&two={one}&now=1").content.decode()
    assert "No figure of" in page


@pytest.mark.parametrize(
    ("asked", "status"),
    [("one=../../etc", 404), ("two=nothing", 404), ("measure=seller_quality", 400)],
)
def test_what_is_not_kept_or_not_compared_is_refused(compared: str, asked: str, status: int) -> None:
    assert signed_in(member("ines", "owner")).get(f"/data/compare?{asked}").status_code == status


def test_one_book_alone_has_nothing_beside_it(owner: Client) -> None:
    assert "Only one book is kept" in owner.get("/data/compare").content.decode()
