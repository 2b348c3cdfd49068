"""A path of an object, found in what each loader makes of it."""

import duckdb
import pytest

from relevo.sources.warehouse.loaders import Loader, loader_of, side
from relevo.sources.warehouse.shape import squashed
from relevo.sources.warehouse.tables import Column, Holds


def value(columns: dict[str, tuple[Holds, str | None]], path: str) -> str | None:
    """What a path gives in a table of one row."""
    found = side("o", [Column(name, holds) for name, (holds, _) in columns.items()]).value(path)
    assert found
    told = ", ".join(f'? AS "{name}"' for name in columns)
    with duckdb.connect() as connection:
        row = [text for _, text in columns.values()]
        return connection.execute(f"SELECT {found} FROM (SELECT {told}) AS o", row).fetchall()[0][0]


@pytest.mark.parametrize(
    ("columns", "path", "expected"),
    [
        ({"plan": (Holds.JSON, '{"amount": 1250}')}, "plan.amount", "1250"),
        ({"plan__amount": (Holds.PLAIN, "1250")}, "plan.amount", "1250"),
        ({"PLAN": (Holds.NESTED, '{"price": {"id": "p"}}')}, "plan.price.id", "p"),
        ({"plan__price": (Holds.JSON, '{"id": "p"}')}, "plan.price.id", "p"),
        ({"CreatedDate": (Holds.PLAIN, "2024-01-01")}, "created_date", "2024-01-01"),
        ({"customer": (Holds.PLAIN, "cus_1")}, "customer", "cus_1"),
        ({"customer": (Holds.PLAIN, "cus_1")}, "customer.id", None),
        ({"customer": (Holds.JSON, '"cus_1"')}, "customer", "cus_1"),
        ({"customer": (Holds.JSON, '{"id": "cus_1"}')}, "customer.id", "cus_1"),
        ({"plan": (Holds.JSON, None)}, "plan.amount", None),
        ({"plan": (Holds.JSON, '{"amount": null}')}, "plan.amount", None),
        # What is nearest is meant: the column of the whole path before the object with a field.
        ({"a__b": (Holds.PLAIN, "column"), "a": (Holds.JSON, '{"b": "inside"}')}, "a.b", "column"),
    ],
)
def test_a_path_is_found(columns: dict[str, tuple[Holds, str | None]], path: str, expected: str | None) -> None:
    assert value(columns, path) == expected


def test_a_path_that_leads_nowhere_is_none() -> None:
    assert side("o", [Column("name")]).value("plan.amount") is None


@pytest.mark.parametrize(
    ("names", "loader"),
    [
        (("id", "_fivetran_synced"), Loader.FIVETRAN),
        (("id",), Loader.FIVETRAN),
        (("id", "_AIRBYTE_RAW_ID"), Loader.AIRBYTE),
        (("id", "_airbyte_ab_id", "_airbyte_emitted_at"), Loader.AIRBYTE),
        (("id", "_dlt_id"), Loader.DLT),
    ],
)
def test_who_landed_a_table(names: tuple[str, ...], loader: Loader) -> None:
    assert loader_of(map(Column, names)) is loader


def test_names_are_one_however_they_are_written() -> None:
    assert len({squashed(name) for name in ("CreatedDate", "created_date", "CREATED_DATE", "created date")}) == 1
