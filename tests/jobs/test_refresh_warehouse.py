"""The job `refresh` loads the warehouses of relevo.toml; one that does not answer is told, and stops nothing else."""

import duckdb
import pytest

from relevo.base.config import Home
from relevo.book.landing import Landing
from relevo.desk.running.outcome import Result
from relevo.jobs.refresh import refresh
from tests.jobs.conftest import write_settings
from tests.sources.warehouse.companies import stripe
from tests.sources.warehouse.landers import land_fivetran

WAREHOUSE = '\n[[warehouse]]\ndsn = "env:RELEVO_WAREHOUSE"\nschemas = { stripe = "raw" }\n'


def test_a_warehouse_is_loaded_until_it_is_gone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home.path.parent / "book.duckdb"
    with duckdb.connect(str(file)) as connection:
        land_fivetran(connection, "raw", {"customer": stripe.FIVETRAN["customer"]})
    write_settings(home, WAREHOUSE)
    monkeypatch.setenv("RELEVO_WAREHOUSE", str(file))
    first = refresh(home, {})
    assert (first.result, first.code) == (Result.OK, "published")
    assert first.text.startswith("New files loaded: 3; rows put aside: 0."), "the folder's, customer and contact"
    second = refresh(home, first.kept or {})
    assert (second.result, second.code) == (Result.OK, "nothing_new")

    file.unlink()
    loads = len(Landing(home.landing).loads())
    third = refresh(home, second.kept or {})
    assert (third.result, third.code) == (Result.FAILED, "warehouse_silent")
    assert f"There is no file {file}." in third.text
    assert len(Landing(home.landing).loads()) == loads
