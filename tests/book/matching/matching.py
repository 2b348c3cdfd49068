"""Run the matching over rows written in a test, and hold it against the truth."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any

import duckdb

from relevo.book import identity
from relevo.book.engine import connect
from relevo.book.matching.decisions import Decision, in_force
from relevo.book.matching.facts import Landed
from relevo.book.tables import TABLES
from tests.book.matching.worlds import World

Rows = Sequence[Mapping[str, Any]]
NAMES = tuple(t.name for t in TABLES.values() if "customer_id" in t.column_names)


@dataclass(frozen=True)
class Found:
    """What the matching said: which id became which, the pairs for review, counts per source."""

    kept: Mapping[str, str]
    why: Mapping[str, tuple[str, float]]
    candidates: Sequence[tuple[str, str, float, str]]
    counts: Mapping[str, tuple[int, int, int, int]]

    def one(self, *ids: str) -> bool:
        """Whether these ids are one customer."""
        return len({self.kept.get(each, each) for each in ids}) == 1

    @property
    def pairs(self) -> dict[frozenset[str], float]:
        """The pairs for review with their confidence."""
        return {frozenset((a, b)): sure for a, b, sure, _ in self.candidates}


def found_in(connection: duckdb.DuckDBPyConnection) -> Found:
    """What stands in the identity tables of a connection."""
    matches = connection.execute("SELECT external_id, customer_id, reason, confidence FROM identity_match").fetchall()
    candidates = connection.execute(
        "SELECT customer_id, other_id, confidence, evidence FROM identity_candidate ORDER BY ALL"
    ).fetchall()
    counts = connection.execute("SELECT * FROM identity_count").fetchall()
    return Found(
        {old: new for old, new, _, _ in matches}, {old: (reason, sure) for old, _, reason, sure in matches},
        candidates, {source: tuple(rest) for source, *rest in counts},
    )  # fmt: skip


def matched(decisions: Iterable[Decision] = (), **tables: Rows) -> Found:
    """Match rows of canonical tables; a row's place in `customer` is its load."""
    with connect() as connection:
        for name in NAMES:
            _fill(connection, name, tables.get(name, ()))
        landed = Landed(
            {name: f"SELECT * FROM landed_{name}" for name in NAMES},
            "SELECT customer_id, source, _seq AS seq FROM landed_customer",
        )
        connection.execute("CREATE TEMP VIEW own_customer AS SELECT customer_id FROM landed_customer")
        identity.match(connection, landed, in_force(decisions))
        return found_in(connection)


def _fill(connection: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> None:
    kinds = {c.name: c.kind.sql for c in TABLES[name].stored_columns} | {"_seq": "BIGINT"}
    listed = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
    connection.execute(f"CREATE TEMP TABLE landed_{name} ({listed})")
    if not rows:
        return
    values = [{"_seq": seq, **row} for seq, row in enumerate(rows)]
    places = ", ".join(f"unnest(?::{kind}[])" for kind in kinds.values())
    connection.execute(
        f"INSERT INTO landed_{name} SELECT {places}", [[row.get(column) for row in values] for column in kinds]
    )


@dataclass(frozen=True)
class Score:
    """How the joins of a world compare with its truth."""

    joined: int
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    true: int
    duplicates: tuple[int, int]

    @property
    def recall(self) -> float:
        """The share of firms and pairs of systems that know them which were joined."""
        return 1 - len(self.missed) / self.true


def score(world: World, found: Found) -> Score:
    """Hold what was found against the truth: each pair that is one, each firm that two systems know."""
    groups, firms = defaultdict(list), defaultdict(lambda: defaultdict(list))
    for customer, firm in world.truth.items():
        groups[found.kept.get(customer, customer)].append(customer)
        firms[firm][customer.split(":")[0]].append(customer)
    pairs = [pair for group in groups.values() for pair in combinations(sorted(group), 2)]
    wrong = [pair for pair in pairs if world.truth[pair[0]] != world.truth[pair[1]]]
    asked = [(one, other) for known in firms.values() for one, other in combinations(known.values(), 2)]
    missed = [(one[0], other[0]) for one, other in asked if not any(found.one(a, b) for a in one for b in other)]
    twice = [frozenset(ids) for known in firms.values() for ids in known.values() if len(ids) == 2]
    proposed = sum(
        any({found.kept.get(i, i) for i in pair} == {found.kept.get(i, i) for i in shown} for shown in found.pairs)
        for pair in twice
    )
    return Score(len(pairs), tuple(wrong), tuple(missed), len(asked), (proposed, len(twice)))


AS_OF, NOW = date(2026, 10, 31), datetime(2026, 11, 21, 12)  # noqa: DTZ001
