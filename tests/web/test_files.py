"""Uploads from the browser to the book: what is asked is asked, what was answered is remembered, counts add up."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.base.config import Home
from relevo.book.book import Book
from relevo.desk.files.models import KeptReading
from relevo.desk.people.models import AuditEntry
from relevo.jobs.refresh import refresh
from tests.web.bringing import new_home, send, work
from tests.web.conftest import member, signed_in

NAME = "hubspot-crm-exports-all-deals-2026-05-12.csv"
PATTERN = "hubspot-crm-exports-all-deals-*.csv"
COMPANIES = (
    "Record ID,Company name,Company Domain Name,Company owner,Industry,Country/Region,Create Date\n"
    "77,Acme,acme.example,Ana,Retail,Spain,2025-01-01 00:00\n"
)
HEAD = "Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Create Date,Amount,Deal owner,Associated Company IDs\n"
# Every day of it could be of either order, and no column says a currency.
DEALS = HEAD + (
    "1,Acme 2026,Closed Won,Sales Pipeline,03/04/2026,01/02/2026,1200.50,Ana,77\n"
    "2,Beta 2026,Closed Lost,Sales Pipeline,05/06/2026,02/03/2026,800,Ana,77\n"
)
ANSWER = {"is": "hubspot.deals_export", "dates": "dmy", "currency": "EUR", "pattern": PATTERN, "do": "load"}


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Home:
    return new_home(tmp_path, settings, monkeypatch)


@pytest.fixture
def ines(home: Home) -> Client:
    return signed_in(member("ines", "owner"))


@pytest.fixture
def answered(home: Home, ines: Client) -> Client:
    """Companies and deals are uploaded, and what the deals ask is answered and read."""
    send(ines, ("companies.csv", COMPANIES), (NAME, DEALS))
    work(home)
    ines.post(f"/data/files/{NAME}", ANSWER)
    work(home)
    return ines


def page_of(browser: Client, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.content
    return response.content.decode()


def deals(home: Home) -> list[tuple[Any, ...]]:
    """Id, first and last day, minor units and currency of each deal in the book, which is made first."""
    outcome = refresh(home, {})
    assert outcome.code in ("published", "nothing_new"), outcome.text
    book = Book.open(home.books)
    columns = "deal_id, opened_at::DATE::VARCHAR, closed_at::DATE::VARCHAR, amount_cents, currency"
    found = book.run_sql(f"SELECT {columns} FROM deal ORDER BY 1")
    book.close()
    return [tuple(row) for row in found.rows]


def test_an_export_is_uploaded_asked_answered_loaded_and_in_the_book(home: Home, ines: Client) -> None:
    sent = send(ines, ("companies.csv", COMPANIES), (NAME, DEALS))
    assert sent.status_code == 302
    result = sent["Location"]
    assert "2 files wait to be loaded" in page_of(ines, result)

    work(home)
    page = page_of(ines, result)
    assert "1 file was read. 1 file asks how to read it." in page
    assert f'href="/data/files/{NAME}"' in page
    assert "1 file asks how to read it" in page_of(ines, "/data/files")
    assert "1 file asks how to read it" in page_of(ines, "/data")

    page = page_of(ines, f"/data/files/{NAME}")
    assert "asks 2 questions" in page, "the order of its dates, and its currency"
    # 03/04/2026 with the day first is 3 April, with the month first 4 March.
    assert "3 Apr 2026" in page
    assert "4 Mar 2026" in page
    assert f'value="{PATTERN}"' in page

    kept = ines.post(f"/data/files/{NAME}", ANSWER)
    assert kept.status_code == 302
    work(home)
    page = page_of(ines, kept["Location"])
    assert "1 file was read." in page
    assert "asks" not in page
    assert "No file asks anything" in page_of(ines, "/data/files")

    # 1200.50 and 800 euros; the day stands first.
    assert deals(home) == [
        ("hubspot:1", "2026-02-01", "2026-04-03", 120050, "EUR"),
        ("hubspot:2", "2026-03-02", "2026-06-05", 80000, "EUR"),
    ]
    assert "The book that you read has all of it." in page_of(ines, kept["Location"])
    assert AuditEntry.objects.filter(who="ines", action="files.uploaded").exists()
    assert AuditEntry.objects.filter(who="ines", action="reading.kept", about=PATTERN).exists()


def test_the_next_file_of_that_name_is_read_without_asking(home: Home, answered: Client) -> None:
    june = HEAD + "3,Gamma,Closed Won,Sales Pipeline,07/06/2026,01/06/2026,10,Ana,77\n"
    sent = send(answered, ("hubspot-crm-exports-all-deals-2026-06-30.csv", june))
    work(home)
    assert "1 file was read." in page_of(answered, sent["Location"])
    assert deals(home)[-1] == ("hubspot:3", "2026-06-01", "2026-06-07", 1000, "EUR")
    other = send(answered, ("other-deals.csv", june))
    work(home)
    assert "asks" in page_of(answered, other["Location"]), "nothing was said of files called like this"


def test_another_answer_takes_the_place_of_the_first(home: Home, answered: Client) -> None:
    deals(home)
    answered.post(f"/data/files/{NAME}", {**ANSWER, "dates": "mdy", "currency": "USD"})
    work(home)
    assert deals(home) == [
        ("hubspot:1", "2026-01-02", "2026-03-04", 120050, "USD"),
        ("hubspot:2", "2026-02-03", "2026-05-06", 80000, "USD"),
    ]
    assert [row.said["dates"] for row in KeptReading.objects.all()] == ["dmy", "mdy"], "what was said first stays known"
    assert "the day first" in page_of(answered, "/data/files")


def test_what_was_said_can_be_taken_back_and_is_asked_again(home: Home, answered: Client) -> None:
    answered.post("/data/take-back", {"file": PATTERN})
    assert "asks 2 questions" in page_of(answered, f"/data/files/{NAME}")
    answered.post("/data/read-again", {"file": NAME})
    work(home)
    assert "1 file asks how to read it" in page_of(answered, "/data/files")
    assert AuditEntry.objects.filter(who="ines", action="reading.taken_back", about=PATTERN).exists()
    answered.post(f"/data/files/{NAME}", ANSWER)
    work(home)
    assert "No file asks anything" in page_of(answered, "/data/files")


def test_a_file_can_be_left_alone_and_taken_up_again(home: Home, ines: Client) -> None:
    send(ines, (NAME, DEALS))
    work(home)
    left = ines.post(f"/data/files/{NAME}", {"do": "leave", "pattern": PATTERN})
    work(home)
    assert "1 file was left alone." in page_of(ines, left["Location"])
    assert "No file asks anything" in page_of(ines, "/data/files")
    page = page_of(ines, f"/data/files/{NAME}")
    assert "is left alone" in page
    ines.post(f"/data/files/{NAME}", {"do": "ask", "held": PATTERN})
    assert "asks 2 questions" in page_of(ines, f"/data/files/{NAME}")


def test_rows_put_aside_go_down_with_an_answer_and_with_a_corrected_file(home: Home, ines: Client) -> None:
    """A day of 31/04 that there is not, and an amount with three decimals."""
    bad = DEALS + "3,Gamma,Closed Won,Sales Pipeline,31/04/2026,01/02/2026,10,Ana,77\n"
    bad += "4,Delta,Closed Won,Sales Pipeline,30/04/2026,01/02/2026,1.005,Ana,77\n"
    send(ines, ("companies.csv", COMPANIES), (NAME, bad))
    work(home)
    # 31/04 says that the day is first: the currency alone is open, and a yen has no decimals, so 1200.50 fits it not.
    kept = ines.post(f"/data/files/{NAME}", {**ANSWER, "currency": "JPY"})
    work(home)
    assert aside(ines) == {NAME: "3"}, page_of(ines, kept["Location"])
    ines.post(f"/data/files/{NAME}", ANSWER)
    work(home)
    assert aside(ines) == {NAME: "2"}
    assert len(deals(home)) == 2

    mended = bad.replace("31/04/2026", "29/04/2026").replace("1.005", "1.05").replace("1200.50", "1300.50")
    sent = send(ines, (NAME, mended))
    work(home)
    assert "1 file was read." in page_of(ines, sent["Location"])
    assert aside(ines) == {}
    assert deals(home) == [
        ("hubspot:1", "2026-02-01", "2026-04-03", 130050, "EUR"),
        ("hubspot:2", "2026-03-02", "2026-06-05", 80000, "EUR"),
        ("hubspot:3", "2026-02-01", "2026-04-29", 1000, "EUR"),
        ("hubspot:4", "2026-02-01", "2026-04-30", 105, "EUR"),
    ]


def aside(browser: Client) -> dict[str, str]:
    """The files with rows put aside, and how many."""
    context = browser.get("/data/files").context
    return {line["file"]: line["aside"] for line in context["aside"]}


def test_an_answer_shows_what_it_would_change_and_keeps_nothing(home: Home, ines: Client) -> None:
    send(ines, (NAME, DEALS))
    work(home)
    asked = {"is": "hubspot.deals_export", "of": "hubspot.deals_export", "dates": "mdy", "do": "show"}
    part = ines.post(f"/data/files/{NAME}", asked, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "asks 1 question" in part, "the currency is left"
    assert "2026-03-04" in part
    whole = ines.post(f"/data/files/{NAME}", {**asked, "currency": "EUR"}).content.decode()
    assert "is read as hubspot: deals export" in whole
    assert "120050" in whole
    assert KeptReading.objects.count() == 0


def test_a_column_is_another_field_or_none_when_somebody_says_so(home: Home, ines: Client) -> None:
    """The second amount is the one that counts, and the owner is not read."""
    text = DEALS.replace("Pipeline,Close", "Net amount,Close").replace("Sales Pipeline", "7")
    send(ines, ("companies.csv", COMPANIES), (NAME, text))
    work(home)
    headings = text.splitlines()[0].split(",")
    fields = ["id", "name", "stage", "amount", "closed", "created", "", "", "company_ids"]
    asked = {f"field-{place}": field for place, field in enumerate(fields)}
    ines.post(f"/data/files/{NAME}", {**ANSWER, **asked, "heading": headings, "of": "hubspot.deals_export"})
    (kept,) = KeptReading.objects.all()
    assert kept.said["columns"] == {"amount": "Net amount", "owner": ""}
    work(home)
    assert [(key, cents) for key, _, _, cents, _ in deals(home)] == [("hubspot:1", 700), ("hubspot:2", 700)]


def test_what_is_open_is_not_loaded(home: Home, ines: Client) -> None:
    send(ines, (NAME, DEALS))
    work(home)
    for answer, told in (
        ({**ANSWER, "currency": ""}, "Something is still open."),
        ({**ANSWER, "currency": "XYZ"}, "XYZ"),
        ({**ANSWER, "dates": "ymd"}, "ymd"),
        ({**ANSWER, "pattern": "other-*.csv"}, "does not mean"),
        ({**ANSWER, "timezone": "Mars/Olympus"}, "Mars/Olympus"),
    ):
        response = ines.post(f"/data/files/{NAME}", answer)
        assert response.status_code == 422
        assert told in response.content.decode()
    assert KeptReading.objects.count() == 0


def test_a_file_of_which_nobody_knows_what_it_is_shows_its_rows(home: Home, ines: Client) -> None:
    send(ines, ("holidays.csv", "Day,Name\n2026-01-01,New Year\n"))
    work(home)
    page = page_of(ines, "/data/files/holidays.csv")
    assert "What is holidays.csv?" in page
    assert "New Year" in page
    assert ines.get("/data/files/never.csv").status_code == 404
    assert ines.get("/data/files/../relevo.toml").status_code == 404


def test_a_reading_of_the_file_holds_until_the_desk_says_otherwise(home: Home, ines: Client) -> None:
    entry = f'[[reading]]\nfile = "{PATTERN}"\ndates = "mdy"\ncurrency = "EUR"\n'
    home.settings_file.write_text(home.settings_file.read_text("utf-8") + entry, "utf-8")
    send(ines, ("companies.csv", COMPANIES), (NAME, DEALS))
    work(home)
    assert deals(home)[0] == ("hubspot:1", "2026-01-02", "2026-03-04", 120050, "EUR")
    ines.post(f"/data/files/{NAME}", ANSWER)
    work(home)
    assert deals(home)[0] == ("hubspot:1", "2026-02-01", "2026-04-03", 120050, "EUR")


def test_a_file_in_a_watched_folder_is_asked_and_read_there(home: Home, ines: Client, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name, text in ((NAME, DEALS), ("companies.csv", COMPANIES)):
        (folder / name).write_text(text, "utf-8")
        settle(folder / name)
    settings = home.settings_file.read_text("utf-8")
    home.settings_file.write_text(settings + f'[watch]\nfolders = ["{folder}"]\n', "utf-8")
    first = refresh(home, {})
    assert f'href="/data/files/{NAME}"' in page_of(ines, "/data/files")
    ines.post(f"/data/files/{NAME}", ANSWER)
    # The worker alone, without the upload's job: what was said changes how the folder is read.
    assert refresh(home, first.kept or {}).code == "published"
    assert deals(home)[0] == ("hubspot:1", "2026-02-01", "2026-04-03", 120050, "EUR")


def settle(file: Path) -> None:
    """A file as if nobody had written to it for a minute."""
    found = file.stat()
    os.utime(file, (found.st_atime, found.st_mtime - 60))
