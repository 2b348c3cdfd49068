"""Parts: the immutable Parquet files of which the canonical tables of a book consist.

A load is a part as it lies in the landing, under a hard link, wherever it says by itself what the book says: that is
nearly always. It is written anew only where some of its rows name a customer by another id. Rows that lost to a
newer version of their key stay in their file and are listed in a file of lost rows beside it. So one more day of
data costs what that day brings.

Names are hashes of what a file was made from. The same landing always gives the same names.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from relevo.book import identity
from relevo.book.engine import quoted
from relevo.book.landing_rows import contested_loads, file_list, kept_sql, known_sql, losers_sql
from relevo.book.landing_store import Landing, Load, fingerprint
from relevo.book.manifest import Manifest
from relevo.book.matching.decisions import Decision, in_force
from relevo.book.matching.decisions import fingerprint as fingerprint_of_decisions
from relevo.book.matching.facts import Landed
from relevo.book.store import UNFINISHED, Store, settle
from relevo.book.table import Table
from relevo.book.tables import TABLES

# Raise when the rows of a part or their layout would differ for one landing; parts of older code are then made anew.
PART_VERSION = 3
# Rows lie nearly in the order of customers: in small groups, one customer's are found without reading the others'.
_FORMAT = "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)"
# The tables whose rows name a customer in a way that identity may translate.
_NAMING = tuple(t.name for t in TABLES.values() if "customer_id" in t.column_names and t.name != "customer_alias")
_MATCHED = "concat_ws(chr(31), source, external_id, customer_id)"
OnTable = Callable[[str, int, bool], None]


@dataclass(frozen=True)
class Parts:
    """The files of one canonical table and, where some of their rows lost, the file that lists those.

    `rows` counts what is left. `is_reused` says that no file had to be made.
    """

    files: tuple[str, ...]
    lost: str | None
    rows: int
    is_reused: bool = True


def rows_sql(folder: Path, name: str, files: Sequence[str], lost: str | None = None, more: str = "") -> str:
    """A DuckDB SELECT of the canonical rows of a table from its files; `more` columns follow its own."""
    table = TABLES[name]
    columns = ", ".join(f'"{c.name}"' for c in table.stored_columns) + more
    if not files:
        typed = ", ".join(f'NULL::{c.kind.sql} AS "{c.name}"' for c in table.stored_columns)
        return f"SELECT {typed}{', NULL::BIGINT AS _seq, NULL::BIGINT AS _line' if more else ''} WHERE false"
    rows = f"SELECT {columns} FROM read_parquet({file_list(folder / file for file in files)})"
    return f"{rows} ANTI JOIN read_parquet({quoted(folder / lost)}) AS lost USING (_seq, _line)" if lost else rows


def show_parts(connection: duckdb.DuckDBPyConnection, store: Store, manifest: Manifest, kind: str) -> None:
    """Make the canonical tables of a book visible in a connection as views over its Parquet parts."""
    for name in TABLES:
        rows = rows_sql(store.parts, name, manifest.parts[name], manifest.lost.get(name))
        connection.execute(f"CREATE {kind} {name} AS {rows}")


class PartMaker:
    """Makes the parts of one landing in a folder and shows them as temporary views of their tables."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, landing: Landing, folder: Path, known_at: datetime | None,
        decisions: Iterable[Decision] = (),
    ) -> None:  # fmt: skip
        self._connection, self._landing, self._folder, self._known_at = connection, landing, folder, known_at
        self._decisions = in_force(decisions, known_at)
        self._made: dict[str, Parts] = {}
        self._fresh: set[str] = set()

    def match(self) -> int:
        """Decide who is one customer; how many ids were translated."""
        landed = {name: self._landed(name) for name in (*_NAMING, "customer_alias")}
        self._connection.execute(f"CREATE TEMP VIEW own_customer AS SELECT customer_id FROM ({landed['customer']})")
        return identity.match(self._connection, Landed(landed, self._ever_customers()), self._decisions)

    def _ever_customers(self) -> str:
        """Every row of a customer that was ever landed, also those that count no more: who was first stays first."""
        loads = [load for load in self._landing.loads() if load.table == "customer" and load.kept]
        if not loads:
            return "SELECT NULL::VARCHAR AS customer_id, NULL::VARCHAR AS source, NULL::BIGINT AS seq WHERE false"
        files = file_list(self._landing.rows_file(load) for load in loads)
        rows = f"FROM read_parquet({files}) WHERE {known_sql(self._known_at)}"
        return f"SELECT customer_id, source, min(_seq) AS seq {rows} GROUP BY ALL"

    def make(self, on_table: OnTable) -> Mapping[str, Parts]:
        """The parts of every table; those that were there already are reused."""
        for name in sorted(TABLES, key=lambda each: each == "customer"):
            made = self._whole(name) if self._known_at else self._table(name)
            self._made[name] = made
            view = rows_sql(self._folder, name, made.files, made.lost)
            self._connection.execute(f"CREATE TEMP VIEW {name} AS {view}")
            on_table(name, made.rows, made.is_reused)
        return self._made

    def _landed(self, name: str) -> str:
        """The rows of a table that count, as they were landed."""
        if self._known_at:
            return kept_sql(self._landing, name, self._known_at)
        files = [str(self._landing.rows_file(load).resolve()) for load in self._landing.loads_of(name)]
        return rows_sql(self._folder, name, files, self._lost(name), ", _seq, _line")

    def _table(self, name: str) -> Parts:
        loads, lost = self._landing.loads_of(name), self._lost(name)
        resolved = self._translations(name) if name in _NAMING else {}
        if name == "customer":
            return self._customers(loads, lost, resolved)
        if name == "customer_alias" and self._decisions:
            return self._aliases(loads, lost)
        files = tuple(self._load(name, load, resolved.get(load.seq)) for load in loads)
        return self._parts(files, lost)

    def _parts(self, files: tuple[str, ...], lost: str | None) -> Parts:
        rows = self._count(files) - (self._count((lost,)) if lost else 0)
        return Parts(files, lost, rows, not self._fresh & {*files, lost})

    def _load(self, name: str, load: Load, translated: str | None) -> str:
        """The part of one load: its own file, or a copy in which customers have their translated ids."""
        made_from = [load.id, load.identity, load.at.isoformat(), load.rows_sha256, *load.erased, translated or ""]
        file = _named(name, made_from)
        if translated:
            landed = f"SELECT * FROM read_parquet({quoted(self._landing.rows_file(load))})"
            return self._write(file, identity.resolved(landed))
        if not (self._folder / file).exists():
            _link(self._landing.rows_file(load), self._folder / file)
            self._fresh.add(file)
        return file

    def _lost(self, name: str) -> str | None:
        """The file of rows that lost to another version of their key; None where there are none."""
        contested = contested_loads(self._landing.loads_of(name))
        if not contested:
            return None
        made_from = [f"{load.id} {load.identity} {load.at.isoformat()} {load.rows_sha256}" for load in contested]
        losers = losers_sql(self._landing, TABLES[name], contested)
        file = self._write(_named(f"{name}-lost", made_from), f"SELECT _seq, _line FROM ({losers})")
        return file if self._count((file,)) else None

    def _translations(self, name: str) -> Mapping[int, str]:
        """Per load some of whose rows name customers by another id: a hash of which ids those are."""
        files = [self._landing.rows_file(load) for load in self._landing.loads_of(name)]
        if not files or not self._has_matches():
            return {}
        naming = ("customer_id", "parent_id") if name == "customer" else ("customer_id",)
        named = " UNION ALL ".join(
            f"SELECT _seq, source, {column} AS id FROM read_parquet({file_list(files)})" for column in naming
        )
        found = self._connection.execute(f"""
            SELECT _seq,
                   string_agg(concat_ws(chr(31), source, external_id, found), chr(30) ORDER BY source, external_id)
            FROM (SELECT DISTINCT t._seq, m.source, m.external_id, m.customer_id AS found
                  FROM ({named}) AS t
                  JOIN identity_match AS m ON m.source = t.source AND m.external_id = t.id)
            GROUP BY _seq""").fetchall()
        return {seq: hashlib.sha256(text.encode()).hexdigest() for seq, text in found}

    def _matched(self) -> str:
        """A hash of all ids that are translated."""
        found = self._connection.execute(f"""
            SELECT sha256(coalesce(string_agg({_MATCHED}, chr(30) ORDER BY source, external_id), ''))
            FROM identity_match""").fetchall()
        return str(found[0][0])

    def _has_matches(self) -> bool:
        return bool(self._connection.execute("SELECT 1 FROM identity_match LIMIT 1").fetchall())

    def _customers(self, loads: Sequence[Load], lost: str | None, translated: Mapping[int, str]) -> Parts:
        """The customers: each load as it is, or all in one part where some became one; then who only billing knows."""
        files: tuple[str, ...] = tuple(self._load("customer", load, None) for load in loads)
        if translated:
            made_from = [*files, lost or "", *(f"{seq} {text}" for seq, text in sorted(translated.items()))]
            merged = _stored(TABLES["customer"], identity.merged_customers(self._landed("customer")))
            files, lost = (self._write(_named("customer-merged", made_from), merged),), None
        spans = self._made["subscription_span"]
        made_from = [*files, lost or "", *spans.files, spans.lost or ""]
        known = rows_sql(self._folder, "customer", files, lost)
        implied = _stored(TABLES["customer"], identity.implied_customers("SELECT * FROM subscription_span", known))
        return self._parts((*files, self._write(_named("customer-implied", made_from), implied)), lost)

    def _aliases(self, loads: Sequence[Load], lost: str | None) -> Parts:
        """The aliases: each load as it is, or all in one part where somebody decided otherwise."""
        files = tuple(self._load("customer_alias", load, None) for load in loads)
        landed = _stored(TABLES["customer_alias"], self._landed("customer_alias"))
        held = _stored(TABLES["customer_alias"], identity.aliases(self._landed("customer_alias"), self._decisions))
        if not self._connection.execute(
            f"(FROM ({held}) EXCEPT FROM ({landed})) UNION ALL (FROM ({landed}) EXCEPT FROM ({held}))"
        ).fetchall():
            return self._parts(files, lost)
        made_from = [*files, lost or "", fingerprint_of_decisions(self._decisions)]
        return self._parts((self._write(_named("customer_alias-decided", made_from), held),), None)

    def _whole(self, name: str) -> Parts:
        """A table as it was known at some time, in one part."""
        table = TABLES[name]
        sources = {name, *(("customer_alias", "customer", "subscription_span") if name in _NAMING else ())}
        made_from = [str(self._known_at), *(fingerprint(self._landing, source) for source in sorted(sources))]
        made_from.append(self._matched())
        rows = self._landed(name)
        if name == "customer_alias":
            rows = identity.aliases(rows, self._decisions)
            made_from.append(fingerprint_of_decisions(self._decisions))
        elif name == "customer":
            rows = identity.resolved_customers(rows, self._landed("subscription_span"))
        elif name in _NAMING:
            rows = identity.resolved(rows)
        return self._parts((self._write(_named(name, made_from), _stored(table, rows)),), None)

    def _write(self, file: str, sql: str) -> str:
        if not (self._folder / file).exists():
            unfinished = self._folder / f"{UNFINISHED}{file}"
            self._connection.execute(f"COPY ({sql}) TO {quoted(unfinished)} {_FORMAT}")
            settle(unfinished, self._folder / file)
            self._fresh.add(file)
        return file

    def _count(self, files: Sequence[str]) -> int:
        if not files:
            return 0
        sql = f"SELECT count(*) FROM read_parquet({file_list(self._folder / file for file in files)})"
        return int(self._connection.execute(sql).fetchall()[0][0])


def _stored(table: Table, sql: str) -> str:
    """Rows with the stored columns of a table, and no place in any load."""
    columns = ", ".join(f'CAST("{c.name}" AS {c.kind.sql}) AS "{c.name}"' for c in table.stored_columns)
    return f"SELECT {columns}, 0::BIGINT AS _seq, 0::BIGINT AS _line FROM ({sql}) AS rows"


def _named(name: str, made_from: Iterable[str]) -> str:
    table = TABLES.get(name.split("-")[0])
    text = "\n".join([str(PART_VERSION), repr(table), *made_from])
    return f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:16]}.parquet"


def _link(landed: Path, part: Path) -> None:
    """Give a landed file a second name among the parts; a copy where the disk has no links."""
    try:
        os.link(landed, part)
    except OSError:
        unfinished = part.with_name(f"{UNFINISHED}{part.name}")
        shutil.copyfile(landed, unfinished)
        settle(unfinished, part)
