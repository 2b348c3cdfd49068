"""Build a book from the landing: canonical parts, identity, roll-ups, checks, publish.

Nothing here reads the clock or prints: time is an argument, progress is a callback. What does not change between
builds (a table's part) is reused by name.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import duckdb

from relevo.base.config import Config
from relevo.base.findings import Finding, is_critical, worst_first
from relevo.book import closing, identity
from relevo.book.changes import Changes, Since
from relevo.book.checks import check_book
from relevo.book.compiling import keep_in
from relevo.book.engine import connect, quoted
from relevo.book.landing import Landing, fingerprint_of_all, status
from relevo.book.manifest import ClosedFile, Manifest, Step
from relevo.book.matching.decisions import Decision, fingerprint
from relevo.book.parts import PartMaker, Parts
from relevo.book.policy import Policy
from relevo.book.rollups.all import Setting
from relevo.book.rollups.all import make as make_rollups
from relevo.book.rollups.partial import can_be_partial, make_changed, recipe
from relevo.book.store import UNFINISHED, Store
from relevo.book.tables import TABLES

OnStep = Callable[[Step], None]


@dataclass(frozen=True)
class Order:
    """What is to be built: as of when, known by when, under which policy; `said` is to be told with it.

    `closed` are the months that are closed, `definitions` the hashes of the measures; both go into the manifest.
    `decisions` are what people decided about who is one customer; those made after `known_at` do not count.
    """

    as_of: date
    now: datetime
    known_at: datetime | None = None
    policy: Policy = field(default_factory=Policy)
    said: tuple[Finding, ...] = ()
    closed: tuple[ClosedFile, ...] = ()
    definitions: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()


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
        keep_in(store.texts)
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
    seen = fingerprint_of_all(landing.loads())  # before any is read: what lands meanwhile is for the next book
    parts = _parts(connection, landing, store, order, clock)
    rows = {name: made.rows for name, made in parts.items()}
    landed = status(landing, connection).findings
    clock.done("landing", len(landed))
    setting = Setting(config.company, order.policy, order.as_of)
    since = _since(connection, store, setting, parts, order)
    findings = list(check_book(connection, setting, order.now.date(), before=True, since=since))
    clock.done("row checks", len(findings))
    base = None
    if not is_critical(findings):
        made = make_changed(connection, setting, since, clock.done) if since else None
        base = since.base_id if since and made is not None else None
        rows |= make_rollups(connection, setting, clock.done) if made is None else made
        closing.make(connection, closing.closed_folder(store.path), order.closed)
        findings += check_book(connection, setting, order.now.date(), before=False)
    findings += [*landed, *order.said, *identity.loops(connection)]
    clock.done("checks", len(findings))
    _drop_views(connection)
    connection.execute("CHECKPOINT")
    return Manifest(
        book_id, order.now, order.as_of, order.known_at, config.company, order.policy,
        config.house.history_starts_on, {name: made.files for name, made in parts.items()}, rows,
        worst_first(findings), tuple(clock.steps), order.closed, order.definitions,
        {name: made.lost for name, made in parts.items() if made.lost}, base, recipe(setting), seen,
        fingerprint(order.decisions),
    )  # fmt: skip


def _parts(
    connection: duckdb.DuckDBPyConnection, landing: Landing, store: Store, order: Order, clock: _Clock
) -> Mapping[str, Parts]:
    """The canonical tables as Parquet parts, shown as views in the connection."""
    maker = PartMaker(connection, landing, store.parts, order.known_at, order.decisions)
    clock.done("identity", maker.match())
    return maker.make(lambda name, rows, reused: clock.done(name, rows, reused=reused))


def _since(
    connection: duckdb.DuckDBPyConnection, store: Store, setting: Setting, parts: Mapping[str, Parts], order: Order
) -> Since | None:
    """What changed since the published book, where what was made for it is still right; its roll-ups are attached."""
    before = store.manifest() if store.current() else None
    if not before or order.known_at or before.known_at or before.recipe != recipe(setting):
        return None
    base = before.base or before.id
    if not can_be_partial(setting.policy) or not all(store.database(name).exists() for name in (before.id, base)):
        return None
    connection.execute(f"ATTACH {quoted(store.database(before.id))} AS earlier (READ_ONLY)")
    if before.base:
        connection.execute(f"ATTACH {quoted(store.database(before.base))} AS base (READ_ONLY)")
    changes = Changes(store.parts, before.parts, before.lost, parts).keep(connection)
    return Since(changes, "earlier", "base" if before.base else "earlier", base, before.as_of)


def _drop_views(connection: duckdb.DuckDBPyConnection) -> None:
    for name in TABLES:
        connection.execute(f"DROP VIEW IF EXISTS temp.{name}")
