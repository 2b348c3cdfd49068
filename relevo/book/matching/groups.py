"""Which customers become one, of the pairs that were compared: temporary table `match_group(n, kept, score, kinds)`.

Between two systems it is one to one: a customer is joined to its best partner there, where that is well ahead of the
next and thinks so too. Groups are closed under being joined; one in which a system knows two of its customers, or
two that people have said to be apart, is not believed. Kept is the id of the customer that was landed first.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import duckdb

from relevo.book.matching.weights import LEAD

Edge = tuple[int, int, float]


def group(connection: duckdb.DuckDBPyConnection, apart: Sequence[tuple[str, str]]) -> None:
    """Create `match_group` from `match_pair`; `apart` are pairs of ids of which the second leaves the first."""
    connection.execute("CREATE OR REPLACE TEMP TABLE match_apart (a INTEGER, b INTEGER)")
    if apart:
        connection.executemany(_APART, [list(pair) for pair in apart])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE match_edge AS {_EDGES}")
    _label(connection)
    _part(connection)
    connection.execute(_DOUBTED)
    _label(connection)
    connection.execute(_GROUPS)


_APART = """
    INSERT INTO match_apart SELECT x.n, y.n FROM (SELECT ? AS one, ? AS other) p
    JOIN match_name x ON x.id = p.one JOIN match_name y ON y.id = p.other WHERE x.n <> y.n
"""
# A pair counts for each system of the other one; its lead is that over the next customer of the same system.
_EDGES = f"""
    WITH seen AS (
        SELECT a AS n, b AS other, score FROM match_pair WHERE NOT is_alike
        UNION ALL SELECT b, a, score FROM match_pair WHERE NOT is_alike),
    placed AS (
        SELECT s.n, s.other, s.score, row_number() OVER best AS place, lead(s.score) OVER best AS next
        FROM seen s JOIN match_source t ON t.n = s.other
        WINDOW best AS (PARTITION BY s.n, t.source ORDER BY s.score DESC, s.other)),
    sure AS (
        SELECT n, other FROM placed GROUP BY ALL
        HAVING bool_and(place = 1 AND coalesce(score - next, {LEAD}) >= {LEAD}))
    SELECT p.a, p.b, p.score, p.kinds FROM match_pair p
    JOIN sure x ON x.n = p.a AND x.other = p.b JOIN sure y ON y.n = p.b AND y.other = p.a
    WHERE p.joins AND NOT p.is_alike
      AND NOT EXISTS (SELECT 1 FROM match_apart t WHERE least(t.a, t.b) = p.a AND greatest(t.a, t.b) = p.b)
"""
# Groups in which one system knows two customers.
_DOUBTED = """
    DELETE FROM match_edge WHERE a IN (
        SELECT n FROM match_label WHERE label IN (
            SELECT label FROM match_label JOIN match_source USING (n)
                GROUP BY label, source HAVING count(DISTINCT n) > 1))
"""
_GROUPS = """
    CREATE OR REPLACE TEMP TABLE match_group AS
    SELECT n, label AS kept, max(score) AS score, arg_max(kinds, (score, kinds)) AS kinds FROM match_label
    JOIN (SELECT a AS n, * FROM match_edge UNION ALL SELECT b, * FROM match_edge) USING (n) GROUP BY ALL
"""


def _label(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every customer that has an edge the least number it is joined to, through however many steps."""
    both = "SELECT a AS n, b AS other FROM match_edge UNION ALL SELECT b, a FROM match_edge"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE match_label AS SELECT DISTINCT n, n AS label FROM ({both})")
    while connection.execute(f"""
        UPDATE match_label SET label = found.label FROM (
            SELECT e.n, min(l.label) AS label FROM ({both}) e JOIN match_label l ON l.n = e.other GROUP BY e.n) found
        WHERE found.n = match_label.n AND found.label < match_label.label
    """).fetchall() != [(0,)]:
        pass


def _part(connection: duckdb.DuckDBPyConnection) -> None:
    """Take edges out of the groups in which people have said that two are apart, until those are."""
    found = connection.execute("""
        SELECT e.a, e.b, e.score FROM match_edge e JOIN match_label l ON l.n = e.a WHERE l.label IN (
            SELECT x.label FROM match_apart t JOIN match_label x ON x.n = t.a JOIN match_label y ON y.n = t.b
            WHERE x.label = y.label)""").fetchall()
    if not found:
        return
    apart = connection.execute("SELECT a, b FROM match_apart ORDER BY ALL").fetchall()
    lost = sorted({(a, b) for a, b, _ in found} - set(keeping_apart(found, apart)))
    connection.executemany("DELETE FROM match_edge WHERE a = ? AND b = ?", [list(edge) for edge in lost])


def keeping_apart(edges: Iterable[Edge], apart: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The edges that may stay, so that no two of `apart` are joined; `apart` names first who stays.

    The best are taken first, those of who was said to leave last.
    """
    leavers = {leaver for _stays, leaver in apart}
    enemies = defaultdict(set)
    for stays, leaver in apart:
        enemies[stays].add(leaver)
        enemies[leaver].add(stays)
    members: dict[int, frozenset[int]] = {}
    kept = []
    for a, b, _ in sorted(edges, key=lambda e: (bool({e[0], e[1]} & leavers), -e[2], e[0], e[1])):
        one, other = members.get(a, frozenset((a,))), members.get(b, frozenset((b,)))
        if any(enemies[n] & other for n in one):
            continue
        kept.append((a, b))
        joined = one | other
        members.update(dict.fromkeys(joined, joined))
    return kept
