"""A real PostgreSQL: the rows of files come out of it, in one transaction, and its password stays out of everything."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest

from relevo.base.errors import WrongUse
from relevo.sources.warehouse.address import parse_dsn
from relevo.sources.warehouse.load import answering
from relevo.sources.warehouse.tables import WarehouseFailed
from tests.engines.conftest import folder, postgres_address  # noqa: F401 (fixtures)
from tests.sources.warehouse.companies import stripe
from tests.sources.warehouse.conftest import Home, seeds_of
from tests.sources.warehouse.landers import land_airbyte
from tests.sources.warehouse.test_seeds import SYSTEMS, from_files

pytestmark = pytest.mark.engines
TYPES = {"BIGINT": "bigint", "DOUBLE": "double precision", "BOOLEAN": "boolean", "JSON": "jsonb",
         "TIMESTAMP": "timestamptz", "DATE": "date", "TIMESTAMP WITH TIME ZONE": "timestamptz"}  # fmt: skip
STRANGE = ['a "quoted" word', "two\nlines\r\nand, commas", "", "\\N", "\\", "a;b\tc", "ñ 中文", '"', " blank "]


@pytest.fixture
def server(postgres_address: str) -> Iterator[Any]:  # noqa: F811
    with import_module("psycopg").connect(postgres_address, autocommit=True) as connection:
        yield connection


def fresh(server: Any, schema: str) -> None:
    """An empty schema, also on a server that earlier runs used."""
    server.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE".encode())
    server.execute(f"CREATE SCHEMA {schema}".encode())


def carry(connection: duckdb.DuckDBPyConnection, relation: str, server: Any, schema: str, table: str) -> None:
    """A relation of DuckDB as a table of PostgreSQL, with its types."""
    described = connection.execute(f"DESCRIBE FROM {relation}").fetchall()
    columns = [(name.strip('"'), TYPES.get(kind, "text")) for name, kind, *_ in described]
    told = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    server.execute(f'CREATE TABLE {schema}."{table}" ({told})'.encode())
    rows = connection.execute(f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {relation}").fetchall()
    with server.cursor() as cursor, cursor.copy(f'COPY {schema}."{table}" FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


@pytest.mark.parametrize("system", SYSTEMS)
def test_it_gives_what_the_files_give(
    system: str,
    server: Any,
    postgres_address: str,  # noqa: F811
    home: Callable[[str], Home],
) -> None:
    seeds, schema = seeds_of(system), f"fivetran_{system}"
    fresh(server, schema)
    with duckdb.connect() as connection:
        for file in seeds:
            carry(connection, f"read_csv('{file}', sample_size = -1)", server, schema, file.stem)
    landed = home("postgres")
    landed.load(postgres_address, f"{system}={schema}")
    assert landed.rows() == from_files(home("files"), seeds)
    # What an update does to the order of rows on the disk changes nothing.
    server.execute(f"CREATE TABLE {schema}.other AS TABLE {schema}.{seeds[0].stem} WITH NO DATA".encode())
    assert not any(each.is_new for each in landed.load(postgres_address, f"{system}={schema}").report.loads)


def test_objects_inside_objects(
    server: Any,
    postgres_address: str,  # noqa: F811
    warehouse: Path,
    home: Callable[[str], Home],
) -> None:
    fresh(server, "airbyte")
    with duckdb.connect(str(warehouse)) as connection:
        land_airbyte(connection, "airbyte", stripe.AIRBYTE)
        for table in stripe.AIRBYTE:
            carry(connection, f"airbyte.{table}", server, "airbyte", table)
    landed, expected = home("postgres"), home("duckdb")
    landed.load(postgres_address, "stripe=airbyte")
    expected.load(warehouse, "stripe=airbyte")
    assert landed.rows() == expected.rows()


def test_texts_arrive_as_they_are(
    server: Any,
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    fresh(server, "strange")
    server.execute("CREATE TABLE strange.one (told text); CREATE TABLE strange.none (told text)")
    for text in (*STRANGE, None):
        server.execute("INSERT INTO strange.one VALUES (%s)", [text])
    with duckdb.connect() as connection, answering(parse_dsn(postgres_address), tmp_path, connection) as found:
        for table, expected in (("one", [*STRANGE, None]), ("none", [])):
            rows = connection.execute(found.rows("strange", table, found.columns("strange", table))).fetchall()
            assert [told or None for (told,) in rows] == [text or None for text in expected]


def test_what_is_written_while_it_is_read_is_not_seen(
    server: Any,
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    fresh(server, "moving")
    server.execute("CREATE TABLE moving.a (id int); CREATE TABLE moving.b (id int)")
    server.execute("INSERT INTO moving.a VALUES (1)")
    with duckdb.connect() as connection, answering(parse_dsn(postgres_address), tmp_path, connection) as found:
        assert connection.execute(found.rows("moving", "a", found.columns("moving", "a"))).fetchall() == [("1",)]
        server.execute("INSERT INTO moving.b VALUES (2)")
        assert connection.execute(found.rows("moving", "b", found.columns("moving", "b"))).fetchall() == []


def test_nothing_can_be_written(
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    with (
        pytest.raises(WarehouseFailed, match="read-only"),
        duckdb.connect() as connection,
        answering(parse_dsn(postgres_address), tmp_path, connection) as found,
    ):
        found._cursor.execute("CREATE TABLE public.mine (id int)")  # type: ignore[attr-defined]


def test_a_user_without_rights_and_a_wrong_password_are_told(
    server: Any,
    postgres_address: str,  # noqa: F811
    home: Callable[[str], Home],
) -> None:
    fresh(server, "closed")
    server.execute("CREATE TABLE closed.customer (id text); DROP ROLE IF EXISTS guest; CREATE ROLE guest LOGIN")
    server.execute("GRANT USAGE ON SCHEMA closed TO guest; ALTER ROLE guest PASSWORD 'geheim'")
    host = parse_dsn(postgres_address).options
    place = f"host={host.get('host', '')}&port={host.get('port', '5432')}"
    dsn = f"postgresql://guest:ge%23heim@/{host['dbname']}?{place}"
    with pytest.raises(WarehouseFailed) as told:
        home("home").load(dsn, "stripe=closed")
    assert "permission denied" in told.value.message or "password authentication failed" in told.value.message
    assert "heim" not in str(told.value)
    with pytest.raises(WrongUse, match="has no schema 'nowhere' with tables; it has"):
        home("home").load(postgres_address, "stripe=nowhere")


def test_options_of_a_dsn_are_the_drivers(
    server: Any,
    postgres_address: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    sign = "&" if "?" in postgres_address else "?"
    dsn = f"{postgres_address}{sign}application_name=books"
    asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'books'"
    with duckdb.connect() as connection, answering(parse_dsn(dsn), tmp_path, connection):
        assert server.execute(asked).fetchone()[0] == 1
    address = parse_dsn(f"{postgres_address}{sign}no_such_option=1")
    with pytest.raises(WarehouseFailed, match="no_such_option"), answering(address, tmp_path, duckdb.connect()):
        pytest.fail("it was opened")
