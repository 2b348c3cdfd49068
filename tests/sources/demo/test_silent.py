"""The silent company: whatever groups are formed, outcomes differ no more than shuffled ones do."""

from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from relevo.sources.demo import write_demo
from tests.sources.demo.facts import TABLES, FirstYear, facts, first_year, hazards

SEEDS = (1, 2, 3)
# Eleven groupings of three companies are tried: at one in twenty for all of them together, each may be as rare as this.
RAREST, SHUFFLES = 0.05 / 33, 1000
ATTRIBUTES = ("seller", "manager", "segment", "channel", "country", "industry")


@pytest.fixture(scope="module", params=SEEDS)
def silent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder: Path = tmp_path_factory.mktemp("silent")
    wanted = (*TABLES, "conversation", "rating")
    write_demo(folder, customers=2500, seed=request.param, ends_on=date(2026, 9, 30), company="silent", tables=wanted)
    return facts(folder)


@pytest.mark.parametrize("by", ATTRIBUTES)
def test_churn_does_not_depend_on_anything(by: str, silent: duckdb.DuckDBPyConnection) -> None:
    groups = first_year(silent, by, least=20, within="'all'")
    assert groups.chance(np.random.default_rng(7), shuffles=SHUFFLES) > RAREST


def test_churn_does_not_depend_on_tenure(silent: duckdb.DuckDBPyConnection) -> None:
    curve = hazards(silent, "true")[1:]
    assert curve.max() < 3 * curve.mean()
    assert 0.008 < curve.mean() < 0.02


@pytest.mark.parametrize("by", ["person_id", "segment", "acquisition_channel", "category", "has_left"])
def test_happiness_does_not_depend_on_anything(by: str, silent: duckdb.DuckDBPyConnection) -> None:
    rows = silent.execute(
        f"""SELECT {by}, (score < 0)::INT FROM rating r JOIN customer USING (customer_id)
            JOIN conversation v USING (conversation_id)
            JOIN (SELECT customer_id, left_at IS NOT NULL AS has_left FROM tenure) USING (customer_id)
            WHERE r.kind = 'happiness' AND {by} IS NOT NULL
            QUALIFY count(*) OVER (PARTITION BY {by}) >= 20 ORDER BY rating_id"""
    ).fetchall()
    group = np.unique([str(r[0]) for r in rows], return_inverse=True)[1]
    bad = np.array([r[1] for r in rows], dtype=np.int64)
    groups = FirstYear(group, bad, np.zeros(len(bad), dtype=np.int64))
    assert groups.chance(np.random.default_rng(7), shuffles=SHUFFLES) > RAREST
