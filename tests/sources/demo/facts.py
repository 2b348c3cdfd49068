"""What a demo folder says, worked out in plain SQL and numpy from its files alone, not by the code that planted it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tests.sources.demo.conftest import ask_folder

TABLES = ("subscription_span", "customer", "deal", "deal_role", "assignment", "person_role", "spend", "fx_rate")

# MRR by customer and month end: active, or past due for at most 30 days; licensed items; a discount that is given
# once counts only on a term of two months or more; amounts in cents of the book's currency at the month's rate.
_LEVELS = """
CREATE TABLE month_end AS
    SELECT unnest(generate_series(
        (SELECT date_trunc('month', min(valid_from)) FROM subscription_span),
        (SELECT max(on_date) FROM fx_rate)::TIMESTAMP, INTERVAL 1 MONTH))::DATE AS month;
CREATE TABLE level AS
    SELECT s.customer_id, m.month, sum(
        (s.unit_amount_cents * s.quantity
            - CASE WHEN s.discount_kind = 'once' AND s.interval_unit = 'month' AND s.interval_count = 1 THEN 0
                   ELSE coalesce(s.discount_cents, 0) END)
        / (s.interval_count * CASE s.interval_unit WHEN 'year' THEN 12 ELSE 1 END)
        * CASE s.currency WHEN 'JPY' THEN 100 ELSE 1 END
        * CASE s.currency WHEN 'EUR' THEN 1 ELSE f.rate END)::DOUBLE AS mrr
    FROM subscription_span s
    JOIN month_end m ON s.valid_from < m.month + INTERVAL 1 MONTH
        AND (s.valid_to IS NULL OR s.valid_to >= m.month + INTERVAL 1 MONTH)
        AND (s.status = 'active'
            OR s.status = 'past_due' AND s.valid_from + INTERVAL 30 DAY >= m.month + INTERVAL 1 MONTH)
    LEFT JOIN fx_rate f ON f.currency = s.currency AND f.on_date = m.month
    WHERE s.usage = 'licensed'
    GROUP BY ALL;
CREATE TABLE joined AS SELECT customer_id, min(month) AS month FROM level GROUP BY 1;
CREATE TABLE tenure AS
    SELECT customer_id, j.month AS since,
        datediff('month', j.month, (SELECT max(month) FROM month_end)) AS seen,
        (SELECT min(datediff('month', j.month, m.month)) FROM month_end m
            WHERE m.month > j.month AND NOT EXISTS (
                SELECT 1 FROM level l WHERE l.customer_id = j.customer_id AND l.month = m.month)) AS left_at
    FROM joined j;
CREATE TABLE holder AS
    SELECT t.*, c.segment, c.acquisition_channel AS channel, c.country, c.industry, s.seller, p.role, a.manager
    FROM tenure t JOIN customer c USING (customer_id)
    LEFT JOIN (SELECT d.customer_id, arg_max(r.person_id, r.share) AS seller
               FROM deal d JOIN deal_role r USING (deal_id)
               WHERE d.kind = 'new' AND d.outcome = 'won' AND r.role = 'sold_by' GROUP BY 1) s USING (customer_id)
    LEFT JOIN person_role p ON p.person_id = s.seller AND p.from_on <= t.since
        AND (p.to_on IS NULL OR p.to_on > t.since)
    LEFT JOIN (SELECT customer_id, arg_min(person_id, from_at) AS manager FROM assignment
               WHERE role = 'success' GROUP BY 1) a USING (customer_id);
"""

Counts = NDArray[np.int64]


def facts(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection that knows levels, tenures and who held each customer."""
    book = ask_folder(folder)
    book.execute(_LEVELS)
    return book


@dataclass(frozen=True)
class FirstYear:
    """Customers followed for a full year, one code per group, and whether they were lost within it."""

    group: Counts
    lost: Counts
    segment: Counts

    @property
    def sizes(self) -> Counts:
        """Customers per group."""
        return np.bincount(self.group)

    @property
    def rates(self) -> NDArray[np.float64]:
        """Share lost per group."""
        return np.asarray(np.bincount(self.group, weights=self.lost) / self.sizes)

    def spread(self) -> float:
        """Sum over groups of (lost - expected)^2 / (n p q); expected from each customer's segment."""
        return self._spread_of(self.lost, *self._expected())

    def chance(self, rng: np.random.Generator, shuffles: int = 400) -> float:
        """How often outcomes shuffled within segments spread over the groups at least as much."""
        order = np.argsort(self.segment, kind="stable")
        cuts = np.flatnonzero(np.diff(self.segment[order])) + 1
        expected, variance = self._expected()
        seen, more, lost = self.spread(), 0, self.lost.copy()
        for _ in range(shuffles):
            for place in np.split(order, cuts):
                lost[place] = rng.permutation(lost[place])
            more += self._spread_of(lost, expected, variance) >= seen
        return (more + 1) / (shuffles + 1)

    def _expected(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        lost = np.bincount(self.segment, weights=self.lost)
        share = np.asarray(lost / np.maximum(np.bincount(self.segment), 1), dtype=np.float64)
        weights = (share * (1 - share))[self.segment]
        variance = np.asarray(np.bincount(self.group, weights=weights), dtype=np.float64)
        return share[self.segment], variance

    def _spread_of(self, lost: Counts, expected: NDArray[np.float64], variance: NDArray[np.float64]) -> float:
        gap = np.bincount(self.group, weights=lost - expected)
        return float(np.sum(gap**2 / np.maximum(variance, 1e-9)))


def first_year(
    book: duckdb.DuckDBPyConnection, by: str, *, least: int = 1, where: str = "true", within: str = "segment"
) -> FirstYear:
    """Who was lost in the first twelve months, by a column of `holder`; groups under `least` customers left out."""
    rows: list[Any] = book.execute(
        f"""SELECT "{by}", coalesce(left_at <= 12, false)::INT, {within}
            FROM holder WHERE seen >= 12 AND "{by}" IS NOT NULL AND {where}
            QUALIFY count(*) OVER (PARTITION BY "{by}") >= {least} ORDER BY customer_id"""
    ).fetchall()
    group = np.unique([r[0] for r in rows], return_inverse=True)[1]
    segment = np.unique([str(r[2]) for r in rows], return_inverse=True)[1]
    return FirstYear(group, np.array([r[1] for r in rows], dtype=np.int64), segment)


def hazards(book: duckdb.DuckDBPyConnection, where: str, most: int = 12) -> NDArray[np.float64]:
    """Share of those still there who are gone at each tenure month 1..most (index 0 is month 0, always 0)."""
    found = book.execute(
        f"""SELECT k, count(*) FILTER (left_at = k) / count(*) FROM holder, range(1, {most} + 1) t(k)
            WHERE seen >= k AND coalesce(left_at, 999) >= k AND {where} GROUP BY k ORDER BY k"""
    ).fetchall()
    return np.array([0.0] + [float(h) for _, h in found])
