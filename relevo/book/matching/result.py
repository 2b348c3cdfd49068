"""What came of the comparison: pairs for review with their evidence, and how many customers stand alone."""

from collections.abc import Sequence

import duckdb

from relevo.book.matching import plain
from relevo.book.matching.weights import POINTS, REVIEW, REVIEW_ALIKE, START, Points, confidence_sql, weight_sql


def tell(connection: duckdb.DuckDBPyConnection, apart: Sequence[tuple[str, str]]) -> None:
    """Fill `identity_candidate` and `identity_count` from what was compared and joined; `apart` are no candidates."""
    connection.execute("CREATE OR REPLACE TEMP TABLE match_refused (candidate_id VARCHAR)")
    if apart:
        refused = f"INSERT INTO match_refused SELECT {_ID.format('one', 'other')} FROM (SELECT ? AS one, ? AS other)"
        connection.executemany(refused, [list(pair) for pair in apart])
    connection.execute(_FINAL)
    connection.execute(_FINAL_SOURCES)
    connection.execute(f"INSERT INTO identity_candidate {_CANDIDATES}")
    connection.execute(f"INSERT INTO identity_candidate {_BY_ADDRESS}")
    connection.execute(f"INSERT INTO identity_count {_COUNTS}")


def _masked(kind: str, text: str) -> str:
    """What of a value is shown: enough to compare it, and nothing that an erasure would have to find."""
    if kind == "email":
        return f"left({text}, 1) || '…' || regexp_extract({text}, '@.*')"
    return f"'…' || right({text}, 4)"


# Both sides of each kind of evidence, as people see them.
_SIDES = {
    "name": ("name_a", "name_b"),
    "domain": ("coalesce(domain_both, domain_a)", "coalesce(domain_both, domain_b)"),
    "email": (_masked("email", "email_both"), _masked("email", "email_both")),
    "tax_id": (_masked("tax_id", "tax_a"), _masked("tax_id", "tax_b")),
    "country": ("country_a", "country_b"),
    "legal_form": ("form_a", "form_b"),
    "parent": ("x.id", "y.id"),
}


def _piece(points: Points) -> str:
    left, right = _SIDES[points.kind]
    weight = weight_sql(points)
    return f"""CASE WHEN {points.kind} IS NOT NULL THEN {{'kind': '{points.kind}', 'left': {left}, 'right': {right},
        'weight': CAST({weight} AS DOUBLE), 'says': CASE WHEN {weight} < 0 THEN 'against' ELSE 'for' END}} END"""


_EVIDENCE = f"list_filter([{', '.join(map(_piece, POINTS))}], lambda piece: piece IS NOT NULL)"
_ID = "left(sha256(concat_ws(chr(31), least({0}, {1}), greatest({0}, {1}))), 16)"

_FINAL = """
    CREATE OR REPLACE TEMP TABLE match_final AS
    SELECT n.n, coalesce(g.kept, n.n) AS kept FROM match_node n LEFT JOIN match_group g USING (n)
"""
_FINAL_SOURCES = """
    CREATE OR REPLACE TEMP TABLE match_known_by AS
    SELECT kept, list_sort(list(DISTINCT source)) AS sources FROM match_final JOIN match_source USING (n) GROUP BY kept
"""
_CANDIDATES = f"""
    WITH pair AS (
        SELECT p.*, f.kept AS one, g.kept AS other, least(one, other) AS first, greatest(one, other) AS last
        FROM match_pair p JOIN match_final f ON f.n = p.a JOIN match_final g ON g.n = p.b
        WHERE f.kept <> g.kept),
    best AS (
        SELECT * FROM pair QUALIFY row_number() OVER (PARTITION BY first, last ORDER BY score DESC, a, b) = 1),
    apart AS (
        SELECT DISTINCT least(f.kept, g.kept) AS first, greatest(f.kept, g.kept) AS last
        FROM match_apart t JOIN match_final f ON f.n = t.a JOIN match_final g ON g.n = t.b),
    chosen AS (
        SELECT b.* FROM best b ANTI JOIN apart USING (first, last)
        JOIN match_known_by s ON s.kept = b.one JOIN match_known_by t ON t.kept = b.other
        WHERE score >= CASE WHEN list_has_any(s.sources, t.sources) THEN {REVIEW_ALIKE} ELSE {REVIEW} END)
    SELECT {_ID.format("o.id", "p.id")}, o.id, p.id, {confidence_sql("score")}, CAST(to_json({_EVIDENCE}) AS VARCHAR)
    FROM chosen c JOIN match_node o ON o.n = c.one JOIN match_node p ON p.n = c.other
    JOIN match_node x ON x.n = c.a JOIN match_node y ON y.n = c.b
"""
# Somebody wrote from an address of a domain that one customer alone has.
_ALONE = POINTS[1].bits["same"]
_BY_ADDRESS = f"""
    WITH written AS (
        {plain.domains_sql("SELECT id, word AS host FROM match_link WHERE by_mail")}),
    found AS (
        SELECT w.id, any_value(w.domain) AS domain, min(f.kept) AS kept
        FROM written w JOIN match_domain d USING (domain) JOIN match_final f ON f.n = d.n
        WHERE w.id NOT IN (SELECT external_id FROM identity_match)
        GROUP BY w.id HAVING count(DISTINCT f.kept) = 1)
    SELECT {_ID.format("n.id", "found.id")}, n.id, found.id, {confidence_sql(str(START + _ALONE))},
           CAST(to_json([{{'kind': 'domain', 'left': found.domain, 'right': found.domain,
                           'weight': {_ALONE}::DOUBLE, 'says': 'for'}}]) AS VARCHAR)
    FROM found JOIN match_node n ON n.n = found.kept
    WHERE {_ID.format("n.id", "found.id")} NOT IN (SELECT candidate_id FROM match_refused)
"""
_COUNTS = """
    WITH customer AS (
        SELECT s.source, n.id, k.kept, len(b.sources) > 1 AS is_matched
        FROM match_source s JOIN match_node n USING (n) JOIN match_final k USING (n) JOIN match_known_by b USING (kept)
        UNION ALL
        SELECT source, id, NULL, false FROM match_link
        WHERE by_mail AND id NOT IN (SELECT external_id FROM identity_match)),
    several AS (SELECT count(DISTINCT source) > 1 AS are FROM customer),
    open AS (
        SELECT c.source, count(DISTINCT candidate_id) AS candidates
        FROM customer c LEFT JOIN match_node k ON k.n = c.kept
        JOIN (SELECT candidate_id, customer_id AS id FROM identity_candidate
              UNION ALL SELECT candidate_id, other_id FROM identity_candidate) i ON i.id = coalesce(k.id, c.id)
        GROUP BY c.source)
    SELECT c.source, count(*), count(*) FILTER (is_matched), count(*) FILTER (NOT is_matched AND several.are),
           coalesce(any_value(open.candidates), 0)
    FROM customer c CROSS JOIN several LEFT JOIN open ON open.source = c.source GROUP BY c.source
"""
