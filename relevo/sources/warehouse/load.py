"""Load tables of a warehouse: copy them at one moment, and read the copies as raw tables of the systems said."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb

from relevo.base.config import Config
from relevo.base.errors import WrongUse
from relevo.book.landing_store import Landing
from relevo.sources.files.lines import Dialect
from relevo.sources.load import opened, read_all
from relevo.sources.raw.batch import Looked, Seen, chosen, jobs_of
from relevo.sources.raw.headings import plain
from relevo.sources.raw.recognise import Recognised, Recogniser
from relevo.sources.raw.said import IGNORE, Reading, read_readings, reading_for
from relevo.sources.run import LoadReport, Progress, Run
from relevo.sources.systems import SYSTEMS
from relevo.sources.warehouse import postgres
from relevo.sources.warehouse.address import Address, Kind
from relevo.sources.warehouse.bring import Asked, Brought, Missing, bring
from relevo.sources.warehouse.duck import ParquetFolder, attached
from relevo.sources.warehouse.shapes import SHAPES
from relevo.sources.warehouse.tables import Warehouse, WarehouseFailed


@dataclass(frozen=True)
class WarehouseReport:
    """What a load of a warehouse did: its loads, which tables it copied, and which of a system's are not there."""

    report: LoadReport
    brought: tuple[Brought, ...]
    missing: tuple[Missing, ...]


def asked_for(schemas: Sequence[str]) -> tuple[Asked, ...]:
    """What `SYSTEM=SCHEMA` asks for, each; WrongUse where one is not of that form or names no such system."""
    if not schemas:
        raise WrongUse("No schema is named.", "Write --schema stripe=fivetran_stripe, once for each system.")
    found = {(each.system.name, each.schema): each for each in map(_asked, schemas)}
    shared = Counter(schema for _, schema in found)
    return tuple(
        replace(each, name=f"{schema}/{system}") if shared[schema] > 1 else each
        for (system, schema), each in found.items()
    )


def _asked(text: str) -> Asked:
    name, mark, schema = (part.strip() for part in text.partition("="))
    shapes = next((each for each in SHAPES if each.system == name.casefold()), None)
    if shapes is None or not mark or not schema:
        names = ", ".join(each.system for each in SHAPES)
        raise WrongUse(f"--schema {text!r} names no system and schema.", f"Write SYSTEM=SCHEMA; systems are {names}.")
    return Asked(next(each for each in SYSTEMS if each.name == shapes.system), schema, shapes, schema)


def load_warehouse(
    address: Address,
    schemas: Sequence[str],
    landing: Landing,
    config: Config,
    now: datetime,
    on_progress: Progress | None = None,
) -> WarehouseReport:
    """Load the raw tables that systems have in schemas of a warehouse; `schemas` are texts SYSTEM=SCHEMA.

    A table that holds what it held when it was last loaded changes nothing. `on_progress` is told each table and its
    rows as it is copied, then each file and its rows. WrongUse where a schema or a table that is needed is not
    there, NotReady where the warehouse does not answer or another load runs; what is wrong with the data is in the
    report. No message holds a password.
    """
    readings = read_readings(config.readings)
    headings = frozenset(plain(each) for reading in readings for each in reading.columns.values())
    asked = [replace(each, headings=headings) for each in asked_for(schemas)]
    tell = on_progress or (lambda _table, _rows: None)
    with opened(landing, config, now) as run:
        with answering(address, run.target.work, run.target.connection) as warehouse:
            brought, missing = _bring_all(warehouse, asked, run, tell)
        looked = _looked(brought, readings, run)
        return WarehouseReport(read_all(run, config, (), looked, (), on_progress), brought, missing)


def _bring_all(
    warehouse: Warehouse, asked: Sequence[Asked], run: Run, tell: Callable[[str, int], None]
) -> tuple[tuple[Brought, ...], tuple[Missing, ...]]:
    work, connection = run.target.work / "warehouse", run.target.connection
    found = [bring(warehouse, each, work / str(n), connection, tell) for n, each in enumerate(asked)]
    brought = tuple(each for some, _ in found for each in some)
    run.hashes.update({each.path: each.sha256 for each in brought})
    return brought, tuple(each for _, some in found for each in some)


def _looked(brought: Sequence[Brought], readings: Sequence[Reading], run: Run) -> Looked:
    """The copies as files whose raw tables are said; those that a reading leaves alone are not read."""
    recogniser = Recogniser(SYSTEMS)
    seen = [_seen(each, reading_for(each.file, readings), recogniser, run) for each in brought]
    read = tuple(each for each in seen if each)
    return Looked(tuple(jobs_of(read)), seen=read)


def _seen(brought: Brought, reading: Reading, recogniser: Recogniser, run: Run) -> Seen | None:
    described = run.target.connection.execute("SELECT * FROM read_parquet(?) LIMIT 0", [str(brought.path)]).description
    header = [name for name, *_ in described or ()]
    if reading.is_ == IGNORE:
        return None
    said = replace(reading, is_=f"{brought.asked.system.name}.{brought.table.name}")
    match = chosen(Recognised((), is_certain=False), said, recogniser, header)
    return Seen(brought.path, brought.file, match, Dialect(), reading) if match else None


@contextmanager
def answering(address: Address, work: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[Warehouse]:
    """The warehouse at an address, as it is now; WarehouseFailed says what it does not answer, without secrets."""
    try:
        with _opened(address, work, connection) as warehouse:
            yield warehouse
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as problem:
        told = address.safe(str(problem).splitlines()[0])
        raise WarehouseFailed(f"{address} cannot be read: {told}.", "Look whether its tables are whole.") from None


def _opened(address: Address, work: Path, connection: duckdb.DuckDBPyConnection) -> AbstractContextManager[Warehouse]:
    if address.kind is Kind.POSTGRES:
        return postgres.opened(address, work, connection)
    if address.kind is Kind.DUCKDB:
        return attached(address, connection)
    return nullcontext(ParquetFolder(address, connection))
