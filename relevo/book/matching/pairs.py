"""Which customers are compared, and what the comparison says: the temporary table `match_pair`.

Customers are compared where they share a value that few have: a name, a domain, an address, a tax number. So the work
grows with the customers and not with their square, and nobody is compared by guessing.
"""

import duckdb

from relevo.book.matching.facts import MOST
from relevo.book.matching.weights import KINDS, LARGEST_BLOCK, agreeing_sql, joins_sql, score_sql

_SHORTEST_TYPED, _SHORTEST_WORD = 6, 5


def compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `match_pair(a, b, name, domain, ..., score, joins, is_alike)`, a before b in the order of landing.

    Each kind of evidence says how it turned out, null where one of the two says nothing. `is_alike` says that one
    system knows both; `joins`, that the evidence is enough to make them one.
    """
    connection.execute(_PAIRS)
    connection.execute(_SHARED)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE match_pair AS {_SCORED}")


_BLOCKS = " UNION ".join(
    (
        "SELECT 'name' AS kind, key AS value, n, NULL AS held FROM match_fact WHERE key IS NOT NULL",
        "SELECT 'tax_id', tax_id, n, NULL FROM match_fact WHERE tax_id IS NOT NULL",
        f"""SELECT 'domain', domain, n, held FROM match_domain JOIN match_held ON kind = 'domain' AND value = domain
            WHERE held <= {MOST["domain"]}""",
        f"""SELECT 'email', email, n, held FROM match_email JOIN match_held ON kind = 'email' AND value = email
            WHERE held <= {MOST["email"]}""",
    )
)
_PAIRS = f"""
    CREATE OR REPLACE TEMP TABLE match_block AS
    WITH block AS ({_BLOCKS})
    SELECT * FROM block SEMI JOIN (
        SELECT kind, value FROM block GROUP BY ALL HAVING count(*) BETWEEN 2 AND {LARGEST_BLOCK}) USING (kind, value)
"""
# The rarest domain and address that both have: in one text with how many have it, which is one digit.
_SHARED = """
    CREATE OR REPLACE TEMP TABLE match_shared AS
    SELECT x.n AS a, y.n AS b, x.kind, min(x.held || x.value) AS rarest
    FROM match_block x JOIN match_block y ON y.kind = x.kind AND y.value = x.value AND x.n < y.n GROUP BY ALL
"""
_TYPO = f"""f.is_latin AND g.is_latin AND least(length(f.key), length(g.key)) >= {_SHORTEST_TYPED}
    AND damerau_levenshtein(f.key, g.key) = 1 AND len(f.tokens) = len(g.tokens)
    AND regexp_extract_all(f.key, '[0-9]+') = regexp_extract_all(g.key, '[0-9]+')
    AND list_min(list_transform(list_filter(list_zip(f.tokens, g.tokens), lambda x: x[1] <> x[2]),
                                lambda x: greatest(length(x[1]), length(x[2])))) >= {_SHORTEST_WORD}"""
_RELATED = """starts_with(f.key, g.key) OR starts_with(g.key, f.key) OR ends_with(f.key, g.key)
    OR ends_with(g.key, f.key) OR list_has_any(f.tokens, g.tokens)"""
_RAREST = "CAST(left(rarest, 1) AS INTEGER) AS held, substr(rarest, 2) AS value"
_SEEN = f"""
    WITH pair AS (SELECT DISTINCT a, b FROM match_shared),
    domain AS (SELECT a, b, {_RAREST} FROM match_shared WHERE kind = 'domain'),
    email AS (SELECT a, b, {_RAREST} FROM match_shared WHERE kind = 'email'),
    own AS (SELECT n, max(domain) FILTER (own) AS own, max(domain) AS any_one FROM match_domain GROUP BY n)
    SELECT p.a, p.b, f.name AS name_a, g.name AS name_b, d.value AS domain_both, e.value AS email_both,
           coalesce(s.own, s.any_one) AS domain_a, coalesce(t.own, t.any_one) AS domain_b,
           f.tax_id AS tax_a, g.tax_id AS tax_b, f.country AS country_a, g.country AS country_b,
           f.form AS form_a, g.form AS form_b,
        CASE WHEN f.key IS NULL OR g.key IS NULL OR f.is_latin <> g.is_latin THEN NULL
             WHEN f.key = g.key THEN CASE WHEN f.key_held = 1 THEN 'same' WHEN d.held = 1 THEN 'namesakes'
                                          ELSE 'shared' END
             WHEN {_TYPO} THEN 'typo' WHEN {_RELATED} THEN 'related' ELSE 'other' END AS name,
        CASE WHEN d.held IS NOT NULL THEN CASE WHEN d.held > 1 THEN 'shared' ELSE 'same' END
             WHEN s.own IS NOT NULL AND t.own IS NOT NULL THEN 'other'
             WHEN s.any_one IS NOT NULL AND t.any_one IS NOT NULL THEN 'of_people' END AS domain,
        CASE WHEN e.held IS NOT NULL THEN CASE WHEN e.held > 1 THEN 'shared' ELSE 'same' END END AS email,
        CASE WHEN f.tax_id = g.tax_id THEN CASE WHEN f.tax_held > 1 THEN 'shared' ELSE 'same' END
             WHEN f.tax_id <> g.tax_id THEN 'other' END AS tax_id,
        CASE WHEN f.country = g.country THEN CASE WHEN f.key = g.key AND f.key_held > 1 THEN 'telling' ELSE 'same' END
             WHEN f.country <> g.country THEN 'other' END AS country,
        CASE WHEN f.form = g.form THEN 'same' WHEN f.form <> g.form THEN 'other' END AS legal_form,
        CASE WHEN f.parent = p.b OR g.parent = p.a OR f.parent = g.parent THEN 'other' END AS parent
    FROM pair p LEFT JOIN match_fact f ON f.n = p.a LEFT JOIN match_fact g ON g.n = p.b
    LEFT JOIN domain d ON d.a = p.a AND d.b = p.b LEFT JOIN email e ON e.a = p.a AND e.b = p.b
    LEFT JOIN own s ON s.n = p.a LEFT JOIN own t ON t.n = p.b
"""
# Where a customer has several rows, those two speak that say most for one customer.
_SCORED = f"""
    WITH seen AS ({_SEEN}),
    scored AS (SELECT *, {score_sql()} AS score FROM seen),
    judged AS (SELECT *, {joins_sql()} AS joins FROM scored),
    alike AS (SELECT DISTINCT j.a, j.b FROM judged j JOIN match_source s ON s.n = j.a
              JOIN match_source t ON t.n = j.b AND t.source = s.source)
    SELECT j.*, alike.a IS NOT NULL AS is_alike, {agreeing_sql()} AS kinds FROM judged j LEFT JOIN alike USING (a, b)
    QUALIFY row_number() OVER (PARTITION BY j.a, j.b ORDER BY joins DESC, score DESC,
                                 {", ".join(KINDS)}, name_a, name_b) = 1
"""
