"""Build a book from the landing: canonical parts, identity, roll-ups, checks, publish.

Nothing here reads the clock or prints: time is an argument, progress is a callback. What does not change between
builds (a table's part) is reused by name.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from relevo.base.config import Config
from relevo.base.findings import Finding, is_critical, worst_first
from relevo.book import identity
from relevo.book.checks import check_book
from relevo.book.engine import connect, quoted
from relevo.book.landing import Landing, fingerprint, kept_sql, status
from relevo.book.manifest import Manifest, Step
from relevo.book.policy import Policy
from relevo.book.rollups.all import Setting
from relevo.book.rollups.all import make as make_rollups
from relevo.book.store import UNFINISHED, Store, settle
from relevo.book.tables import TABLES

OnStep = Callable[[Step], None]
# Raise when the rows of a part would differ for the same landing; parts of older code are then made anew.
PART_VERSION = 1


@dataclass(frozen=True)
class Order:
    """What is to be built: as of when, known by when, under which policy; `said` is to be told with it."""

    as_of: date
    now: datetime
    known_at: datetime | None = None
    policy: Policy = field(default_factory=Policy)
    said: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class BuildReport:
    """How a build ended: the book it made, whether it was published, and what was found."""

    manifest: Manifest
    published: bool

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything the checks found, worst first."""
        return self.manifest.findings


class _Clock:
    """Names, counts and times steps as they end."""

    def __init__(self, on_step: OnStep) -> None:
        self.steps: list[Step] = []
        self._on_step = on_step
        self._since = time.perf_counter()

    def done(self, name: str, rows: int, *, reused: bool = False) -> None:
        now = time.perf_counter()
        step = Step(name, rows, round(now - self._since, 3), reused)
        self._since = now
        self.steps.append(step)
        self._on_step(step)


def build(landing: Landing, store: Store, config: Config, order: Order, on_step: OnStep) -> BuildReport:
    """Make a book and publish it unless a critical finding forbids; the last good book stays in that case."""
    with store.building():
        book_id = f"{order.now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        file = store.path / f"{UNFINISHED}{book_id}.duckdb"
        clock = _Clock(on_step)
        connection = connect(file, memory_limit=config.house.memory_limit, threads=config.house.threads)
        try:
            manifest = _make(connection, book_id, landing, store, config, order, clock)
        finally:
            connection.close()
        return _settle(store, manifest, file, config.house.keep_books)


def _settle(store: Store, manifest: Manifest, file: Path, keep: int) -> BuildReport:
    """Publish a sound book; leave a refused one unpublished and gone."""
    if is_critical(manifest.findings):
        file.unlink()
        return BuildReport(manifest, published=False)
    store.publish(manifest, file)
    store.prune(keep)
    return BuildReport(manifest, published=True)


def _make(
    connection: duckdb.DuckDBPyConnection, book_id: str, landing: Landing, store: Store, config: Config, order: Order,
    clock: _Clock,
) -> Manifest:  # fmt: skip
    parts, rows = _parts(connection, landing, store, order, clock)
    landed = status(landing, connection).findings
    clock.done("landing", len(landed))
    setting = Setting(config.company, order.policy, order.as_of)
    findings = list(check_book(connection, setting, order.now.date(), before=True))
    clock.done("row checks", len(findings))
    if not is_critical(findings):
        rows |= make_rollups(connection, setting, clock.done)
        findings += check_book(connection, setting, order.now.date(), before=False)
    findings += [*landed, *order.said, *identity.loops(connection)]
    clock.done("checks", len(findings))
    _drop_views(connection)
    connection.execute("CHECKPOINT")
    return Manifest(
        book_id, order.now, order.as_of, order.known_at, config.company, order.policy,
        config.house.history_starts_on, parts, rows, worst_first(findings), tuple(clock.steps),
    )  # fmt: skip


def _parts(
    connection: duckdb.DuckDBPyConnection, landing: Landing, store: Store, order: Order, clock: _Clock
) -> tuple[dict[str, str], dict[str, int]]:
    """The canonical tables as Parquet parts, shown as views in the connection; names and row counts."""
    kept = {name: kept_sql(landing, name, order.known_at) for name in TABLES}
    naming = {name: sql for name, sql in kept.items() if "customer_id" in TABLES[name].column_names}
    connection.execute(f"CREATE TEMP TABLE own_customer AS SELECT DISTINCT customer_id FROM ({kept['customer']})")
    clock.done("identity", identity.match(connection, naming))
    parts, rows = {}, {}
    for name, sql in kept.items():
        file = f"{name}-{_part_hash(landing, name, order)}.parquet"
        reused = (store.parts / file).exists()
        if not reused:
            _write_part(connection, store.parts, file, _canonical(name, sql, kept))
        connection.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet({quoted(store.parts / file)})")
        parts[name], rows[name] = file, _count(connection, name)
        clock.done(name, rows[name], reused=reused)
    return parts, rows


def _canonical(name: str, sql: str, kept: Mapping[str, str]) -> str:
    """The SELECT of a table's part: columns in declared order, customers resolved."""
    table = TABLES[name]
    if name == "customer":
        rows = identity.resolved_customers(sql, kept["subscription_span"])
    elif "customer_id" in table.column_names and name != "customer_alias":
        rows = identity.resolved(sql)
    else:
        rows = sql
    columns = ", ".join(f'CAST("{c.name}" AS {c.kind.sql}) AS "{c.name}"' for c in table.stored_columns)
    key = ", ".join(f'"{k}"' for k in table.key)
    return f"SELECT {columns} FROM ({rows}) AS kept ORDER BY {key}"


def _write_part(connection: duckdb.DuckDBPyConnection, folder: Path, name: str, sql: str) -> None:
    unfinished = folder / f"{UNFINISHED}{name}"
    connection.execute(f"COPY ({sql}) TO {quoted(unfinished)} (FORMAT parquet, COMPRESSION zstd)")
    settle(unfinished, folder / name)


def _part_hash(landing: Landing, name: str, order: Order) -> str:
    """What a part was made from: the loads of the table and of whatever decides its customers."""
    sources = {name}
    if "customer_id" in TABLES[name].column_names:
        sources |= {"customer_alias", "customer"}
    if name == "customer":
        sources |= {"subscription_span"}
    made_from: Iterable[str] = (fingerprint(landing, table) for table in sorted(sources))
    text = "|".join([str(PART_VERSION), repr(TABLES[name]), str(order.known_at), *made_from])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _drop_views(connection: duckdb.DuckDBPyConnection) -> None:
    for name in TABLES:
        connection.execute(f"DROP VIEW IF EXISTS temp.{name}")


def _count(connection: duckdb.DuckDBPyConnection, name: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {name}").fetchone()
    return int(found[0]) if found else 0
