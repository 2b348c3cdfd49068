"""relevo load warehouse: what it prints and leaves with, and what it writes down of where the warehouse is."""

import json
import sys
from pathlib import Path

import duckdb
import pytest

from tests.cli.running import Runner
from tests.sources.warehouse.companies import stripe
from tests.sources.warehouse.landers import land_fivetran

SECRET = "geheim"  # noqa: S105


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two customers of Stripe and what they paid."""
    found = tmp_path / "book.duckdb"
    with duckdb.connect(str(found)) as connection:
        tables = {name: stripe.FIVETRAN[name] for name in ("customer", "charge")}
        land_fivetran(connection, "fivetran_stripe", tables)
    return found


def test_it_loads_tables_and_says_what_is_not_there(relevo: Runner, file: Path) -> None:
    ran = relevo("load", "warehouse", f"duckdb://{file}", "--schema", "stripe=fivetran_stripe", "--format", "json")
    answer = json.loads(ran.out)
    assert ran.code == 0
    assert {(t["table"], t["file"], t["kept"]) for t in answer["tables"]} == {
        ("customer", "fivetran_stripe/customer.parquet", 2),
        ("contact", "fivetran_stripe/customer.parquet", 2),
        ("payment", "fivetran_stripe/charge.parquet", 2),
    }
    assert {"system": "stripe", "schema": "fivetran_stripe", "table": "invoice"}.items() <= next(
        each for each in answer["missing"] if each["table"] == "invoice"
    ).items()
    again = relevo("load", "warehouse", str(file), "--schema", "stripe=fivetran_stripe")
    assert "3 were loaded before" in again.err
    assert "no invoice is read from it" in again.out


def test_the_audit_names_the_warehouse(relevo: Runner, file: Path) -> None:
    relevo("load", "warehouse", str(file), "--schema", "stripe=fivetran_stripe")
    line = json.loads((relevo.home / "audit.jsonl").read_text().splitlines()[-1])
    assert line["what"] == "load warehouse"
    assert line["warehouse"] == f"duckdb://{file}"
    assert line["schemas"] == ["stripe=fivetran_stripe"]


def test_a_password_is_written_nowhere(relevo: Runner) -> None:
    dsn = f"postgresql://ana:{SECRET}@127.0.0.1:1/book"  # where nobody answers
    for arguments in (("load", "warehouse", dsn, "--schema", "stripe=s"), ("load", dsn), ("load", dsn, "more")):
        ran = relevo(*arguments)
        assert ran.code == 2
        assert SECRET not in ran.out + ran.err
    written = [path for path in relevo.home.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if SECRET.encode() in path.read_bytes()]


def test_a_driver_that_is_not_installed_is_told(relevo: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    ran = relevo("load", "warehouse", "postgresql://127.0.0.1/book", "--schema", "stripe=s")
    assert ran.code == 2
    assert "pip install 'relevo[postgres]'" in ran.err


def test_a_folder_may_be_called_warehouse(
    relevo: Runner, raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw.rename(tmp_path / "warehouse")
    monkeypatch.chdir(tmp_path)
    for name in ("./warehouse", "warehouse"):
        assert relevo("load", name).code == 0
    assert len(list((relevo.home / "landing" / "loads").glob("*.json"))) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("warehouse", "--schema", "stripe=s"), "No warehouse is named"),
        (("warehouse", "."), "No schema is named"),
        (("here", "there"), "One path is loaded at a time"),
    ],
)
def test_what_is_wrong_is_told(relevo: Runner, arguments: tuple[str, ...], told: str) -> None:
    ran = relevo("load", *arguments)
    assert ran.code == 2
    assert told in ran.err
