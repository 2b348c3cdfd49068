"""Rewrite one file of rows so that it says nothing of people who were forgotten."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from relevo.book.engine import quoted
from relevo.book.erased import MARK, Forgotten
from relevo.book.landing_store import Landing
from relevo.book.table import Kind, Table

_FORMAT = "(FORMAT parquet, COMPRESSION zstd)"
_BATCH = 10_000
# Tables whose personal columns speak of the colleague named by person_id; elsewhere that is who did something.
_OF_PEOPLE = ("person", "person_role", "absence")
_LINKS = {
    "contact_id": "contact",
    "author_id": "contact",
    "said_by": "contact",
    "conversation_id": "conversation",
    "customer_id": "customer",
    "handoff_id": "handoff",
    "deal_id": "deal",
    "promise_id": "promise",
}
# Rows that are somebody's through another row, by its table: its id, and the columns that say whose it is.
_THROUGH = {
    "conversation": ("conversation_id", ("contact_id", "customer_id")),
    "handoff": ("handoff_id", ("customer_id",)),
    "deal": ("deal_id", ("customer_id",)),
}


@dataclass(frozen=True)
class Scrubber:
    """Rules in force in a connection, in which the ids of the forgotten stand as a table."""

    connection: duckdb.DuckDBPyConnection
    rules: Forgotten

    @classmethod
    def of(
        cls, connection: duckdb.DuckDBPyConnection, landing: Landing, rules: Forgotten, promises: Iterable[str] = ()
    ) -> "Scrubber":
        """A scrubber for files of a landing and of the books made from it.

        `promises` are ids of promises made to the forgotten, where the Desk alone knows whom.
        """
        connection.execute("CREATE OR REPLACE TEMP TABLE forgotten_id (kind VARCHAR, id VARCHAR)")
        connection.execute("CREATE OR REPLACE TEMP TABLE forgotten_text (text VARCHAR)")
        groups = (("contact", rules.contacts), ("person", rules.people), ("customer", rules.customers),
                  ("promise", promises))  # fmt: skip
        ids = [(kind, each) for kind, group in groups for each in sorted(group)]
        if ids:
            connection.executemany("INSERT INTO forgotten_id VALUES (?, ?)", ids)
        made = cls(connection, rules)
        made._find_through(landing)
        return made

    def conversations(self) -> frozenset[str]:
        """The conversations of the forgotten, by their ids as they stand in the landing."""
        found = self.connection.execute("SELECT DISTINCT id FROM forgotten_id WHERE kind = 'conversation'").fetchall()
        return frozenset(each for (each,) in found)

    def scrub(self, file: Path, draft: Path, table: Table | None, *, aside: bool = False) -> int:
        """Write a Parquet file anew where it says something of the forgotten; how many rows change, 0 for no draft.

        `table` says which columns are personal; without one every text is searched. `aside` marks rows put aside,
        whose value as written is personal.
        """
        source = f"read_parquet({quoted(file)})"
        changed, columns = self._plan(source, table, aside=aside)
        if not changed:
            return 0
        self.connection.execute(f"COPY (SELECT {', '.join(columns)} FROM {source}) TO {quoted(draft)} {_FORMAT}")
        return changed

    def plan(self, source: str) -> tuple[int, list[str]]:
        """How many rows of a relation of no declared table change, and its columns as they shall be."""
        return self._plan(source, None, aside=False)

    def _plan(self, source: str, table: Table | None, *, aside: bool) -> tuple[int, list[str]]:
        described = self.connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        columns = {name: f'"{name}"' for name, *_ in described}
        texts = [name for name, kind, *_ in described if kind == "VARCHAR"]
        fresh = self._cleaned(texts) if self._search(source, texts) else {}
        theirs = self._theirs(table, {**columns, **fresh})
        if "said_by" in fresh:  # a contact's id, or a name as written
            theirs = f"{theirs} OR {_named('said_by')}"
        for name, empty in _personal(table, {**columns, **fresh}, aside=aside):
            named = _named(name) if fresh else "false"
            fresh[name] = f'CASE WHEN "{name}" IS NOT NULL AND ({theirs} OR {named}) THEN {empty} ELSE "{name}" END'
        if not fresh:
            return 0, ["*"]
        differs = " OR ".join(f'({sql}) IS DISTINCT FROM "{name}"' for name, sql in fresh.items())
        found = self.connection.execute(f"SELECT count(*) FROM {source} WHERE {differs}").fetchall()
        return int(found[0][0]), [f'{sql} AS "{name}"' for name, sql in (columns | fresh).items()]

    def _search(self, source: str, texts: Iterable[str]) -> bool:
        """Put every text of a relation that names somebody forgotten into `forgotten_text`; whether there is any."""
        self.connection.execute("DELETE FROM forgotten_text")
        found = [text for name in texts for text in self._naming(source, name)]
        if found:
            self.connection.executemany("INSERT INTO forgotten_text VALUES (?)", found)
        return bool(found)

    def _naming(self, source: str, column: str) -> Iterator[tuple[str]]:
        with self.connection.cursor() as cursor:
            cursor.execute(f'SELECT DISTINCT "{column}" FROM {source} WHERE "{column}" IS NOT NULL')
            while rows := cursor.fetchmany(_BATCH):
                yield from ((text,) for (text,) in rows if self.rules.names(text))

    def _cleaned(self, names: Iterable[str]) -> dict[str, str]:
        """Columns with a stand-in where they name somebody."""
        salt = quoted(self.rules.salt)
        return {
            name: f'CASE WHEN {_named(name)} THEN \'{MARK}-\' || left(sha256({salt} || "{name}"), 16) ELSE "{name}" END'
            for name in names
        }

    def _theirs(self, table: Table | None, columns: Mapping[str, str]) -> str:
        """Whether a row is one of a forgotten person's own; `columns` are its columns as they shall be."""
        links = {name: kind for name, kind in _LINKS.items() if name in columns}
        if table and table.name in _OF_PEOPLE:
            links["person_id"] = "person"
        own = [
            f"coalesce({columns[name]} IN (SELECT id FROM forgotten_id WHERE kind = '{kind}'), false)"
            for name, kind in links.items()
        ]
        return " OR ".join(own) or "false"

    def _find_through(self, landing: Landing) -> None:
        """What is of the forgotten and has rows of its own that do not say so, as the messages of a conversation."""
        for load in landing.loads():
            if load.table in _THROUGH and load.kept:
                identity, owners = _THROUGH[load.table]
                source = f"read_parquet({quoted(landing.rows_file(load))})"
                self._search(source, (identity, *owners))
                ids = self._cleaned((identity, *owners))
                theirs = self._theirs(None, {name: ids[name] for name in owners})
                self.connection.execute(
                    f"INSERT INTO forgotten_id SELECT DISTINCT '{load.table}', {ids[identity]} "
                    f"FROM {source} WHERE {theirs}"
                )


def _named(name: str) -> str:
    return f'coalesce("{name}" IN (SELECT text FROM forgotten_text), false)'


def _personal(table: Table | None, columns: Mapping[str, str], *, aside: bool) -> list[tuple[str, str]]:
    """The personal text columns of a relation, each with what takes the place of its value."""
    if aside:
        return [("value", "NULL")]
    if table is None:
        return []
    own = [(c.name, "NULL" if c.null else quoted(MARK)) for c in table.columns if c.personal and c.kind is Kind.TEXT]
    if table.name == "customer" and "customer_id" in columns:
        # A customer who is one person is named and found by columns that are a company's elsewhere.
        own += [("name", columns["customer_id"]), ("domain", "NULL")]
    return [(name, empty) for name, empty in own if name in columns]
