"""`relevo load --guess`: what would be read is said, and nothing is loaded."""

import json
import tomllib
from pathlib import Path

from tests.cli.running import Runner

DEALS = (
    "Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Create Date,Amount,Deal owner\n"
    "1,Acme 2026,Closed Won,Sales Pipeline,03/04/2026,01/02/2026,1200.50,Ana\n"
)


def deals(folder: Path) -> Path:
    file = folder / "deals-2026-05-12.csv"
    file.write_text(DEALS, "utf-8")
    return file


def test_what_would_be_read_is_said_and_nothing_is_landed(relevo: Runner, tmp_path: Path) -> None:
    ran = relevo("load", "--guess", str(deals(tmp_path)), "--format", "json")
    assert ran.code == 0
    (found,) = json.loads(ran.out)["files"]
    assert (found["file"], found["is"], found["encoding"]) == ("deals-2026-05-12.csv", "hubspot.deals_export", "utf-8")
    assert {c["heading"]: c["field"] for c in found["columns"]}["Close Date"] == "closed"
    assert [(q["about"], q["field"]) for q in found["questions"]] == [
        ("dates", "closed"), ("dates", "created"), ("currency", "amounts"),
    ]  # fmt: skip
    assert found["before"][0][:2] == ["1", "Acme 2026"]
    (after,) = found["after"]
    assert after["table"] == "deal"
    assert "currency" in after["problems"][0]
    assert not (relevo.home / "landing").exists()
    assert not (relevo.home / "relevo.toml").exists()


def test_the_answer_to_paste_answers_everything(relevo: Runner, tmp_path: Path) -> None:
    file = deals(tmp_path)
    ran = relevo("load", "--guess", str(file))
    entry = ran.out[ran.out.index("[[reading]]") :]
    said = {"file": "deals-*.csv", "is": "hubspot.deals_export", "dates": "dmy", "currency": "EUR"}
    assert tomllib.loads(entry) == {"reading": [said]}
    relevo.home.mkdir(exist_ok=True)
    (relevo.home / "relevo.toml").write_text(entry, "utf-8")
    (found,) = json.loads(relevo("load", "--guess", str(file), "--format", "json").out)["files"]
    assert (found["questions"], found["answer"]) == ([], None)
    (after,) = found["after"]
    row = dict(zip(after["columns"], after["rows"][0], strict=True))
    # 1200.50 euros; 03/04 with the day first.
    assert (row["amount_cents"], row["currency"], row["closed_at"][:10]) == ("120050", "EUR", "2026-04-03")


def test_a_file_of_no_kind_says_so_and_tables_of_the_book_are_left_out(relevo: Runner, raw: Path) -> None:
    assert "is a table of the book" in relevo("load", "--guess", str(raw)).err
    (raw / "holidays.csv").write_text("Day,Name\n2026-01-01,New Year\n", "utf-8")
    ran = relevo("load", "--guess", str(raw))
    assert ran.code == 0
    assert "holidays.csv: not known" in ran.out
    assert "New Year" in ran.out


def test_a_guess_is_no_table_and_needs_a_place_that_is_there(relevo: Runner, raw: Path) -> None:
    assert relevo("load", "--guess", str(raw), "--format", "csv").code == 2
    assert relevo("load", "--guess", str(raw / "nothing")).code == 2
