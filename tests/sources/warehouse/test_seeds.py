"""The seeds of dbt packages, which are tables as Fivetran lands them: the same rows from a warehouse as from files."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest

from tests.sources.warehouse.conftest import Home, seeds_of

SYSTEMS = ("hubspot", "intercom", "recurly", "salesforce", "stripe", "zendesk")


def from_files(home: Home, seeds: Sequence[Path]) -> dict[str, list[str]]:
    folder = home.path / "seeds"
    folder.mkdir(parents=True)
    for file in seeds:
        shutil.copy(file, folder)
    home.load_folder(folder)
    return home.rows()


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_duckdb_file_and_parquet_give_what_the_files_give(
    system: str, warehouse: Path, tmp_path: Path, home: Callable[[str], Home]
) -> None:
    seeds, schema = seeds_of(system), f"fivetran_{system}"
    parquet = tmp_path / "parquet" / schema
    parquet.mkdir(parents=True)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        for file in seeds:
            connection.execute(f"CREATE TABLE {schema}.{file.stem} AS FROM read_csv('{file}', sample_size = -1)")
            copy = f"COPY {schema}.{file.stem} TO '{parquet / file.stem.removesuffix('_data')}.parquet'"
            connection.execute(copy)
    landed = home("landed")
    landed.load(warehouse, f"{system}={schema}")
    assert landed.rows() == from_files(home("files"), seeds) != {}
    before = len(landed.landing.loads())
    # The same tables once more, and out of Parquet: what they hold is known.
    for dsn in (warehouse, parquet.parent):
        again = landed.load(dsn, f"{system}={schema}")
        assert again.brought
        assert not any(each.is_new for each in again.report.loads)
    assert len(landed.landing.loads()) == before
