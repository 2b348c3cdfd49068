"""The planted truths, read back from the files."""

from datetime import date

import duckdb
import numpy as np
import pytest

from relevo.sources.demo import write_demo
from relevo.sources.demo.truths import p01_sellers, p02_clawback, p10_payback
from tests.sources.demo.conftest import ENDS_ON
from tests.sources.demo.facts import TABLES, facts, first_year, hazards

CUSTOMERS = 8000
SWITCHED = f"DATE '{p02_clawback.switched_on(ENDS_ON)}'"


@pytest.fixture(scope="module")
def norte(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("norte")
    write_demo(folder, customers=CUSTOMERS, ends_on=ENDS_ON, tables=TABLES)
    return facts(folder)


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("mirror")
    write_demo(folder, customers=CUSTOMERS, ends_on=ENDS_ON, company="mirror", tables=TABLES)
    return facts(folder)


def _ends(rates: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float:
    """The mean of the highest fifth over the mean of the lowest fifth."""
    ordered, few = np.sort(rates), max(2, len(rates) // 5)
    return float(ordered[-few:].mean() / ordered[:few].mean())


class TestSellersDecideWhoStays:
    def test_churn_per_seller_spreads_about_tenfold(self, norte: duckdb.DuckDBPyConnection) -> None:
        sellers = first_year(norte, "seller", least=80, where="role LIKE 'account_executive%'")
        assert len(sellers.sizes) >= 8
        hazard = -np.log1p(-sellers.rates)
        assert pytest.approx(13) == p01_sellers.SPREAD
        assert _ends(hazard) > 5
        assert 7 < hazard.max() / hazard.min() < 16

    def test_success_managers_are_flat(self, norte: duckdb.DuckDBPyConnection) -> None:
        managers = first_year(norte, "manager", least=80)
        assert _ends(managers.rates) < 2
        assert managers.spread() < 2 * len(managers.sizes)
        assert managers.chance(np.random.default_rng(1)) > 0.002

    def test_sellers_differ_far_beyond_chance(self, norte: duckdb.DuckDBPyConnection) -> None:
        sellers = first_year(norte, "seller", least=30)
        assert sellers.spread() > 5 * len(sellers.sizes)
        assert sellers.chance(np.random.default_rng(1)) < 0.01

    def test_the_mirror_company_is_the_other_way_round(self, mirror: duckdb.DuckDBPyConnection) -> None:
        managers, sellers = first_year(mirror, "manager", least=80), first_year(mirror, "seller", least=30)
        hazard = -np.log1p(-managers.rates)
        assert 6 < hazard.max() / hazard.min() < 18
        assert managers.spread() > 5 * len(managers.sizes)
        assert sellers.spread() < 2 * len(sellers.sizes)
        assert sellers.chance(np.random.default_rng(1)) > 0.002


class TestClawbackMovesTheCliff:
    WHERE = "role LIKE 'account_executive%' AND since {} " + SWITCHED

    def test_the_plan_changes_in_the_middle_of_the_three_years(self) -> None:
        assert p02_clawback.switched_on(ENDS_ON) == date(2025, 4, 1)

    def test_under_four_months_the_peak_is_month_five(self, norte: duckdb.DuckDBPyConnection) -> None:
        curve = hazards(norte, self.WHERE.format("<"))
        peak = p02_clawback.WINDOW_BEFORE + 1
        assert 1 + int(curve[1:12].argmax()) == peak == 5
        assert curve[peak] > 2.5 * curve[7:12].mean()
        assert curve[1:peak].mean() < 0.8 * curve[7:12].mean()

    def test_under_three_months_the_peak_is_month_four(self, norte: duckdb.DuckDBPyConnection) -> None:
        curve = hazards(norte, self.WHERE.format(">="))
        peak = p02_clawback.WINDOW_AFTER + 1
        assert 1 + int(curve[1:12].argmax()) == peak == 4
        assert curve[peak] > 2.5 * curve[6:11].mean()

    def test_directors_without_the_plan_show_no_early_peak(self, norte: duckdb.DuckDBPyConnection) -> None:
        curve = hazards(norte, "role LIKE 'account_director%' AND segment = 'enterprise'")
        assert curve[4] + curve[5] < 0.03

    def test_the_mirror_company_has_no_early_peak(self, mirror: duckdb.DuckDBPyConnection) -> None:
        curve = hazards(mirror, "true")
        assert curve[4:6].max() < 1.5 * curve[6:12].mean()


@pytest.fixture(scope="module")
def curves(norte: duckdb.DuckDBPyConnection) -> dict[int, tuple[float, float]]:
    rows = norte.execute(
        """SELECT t, avg(mrr), sum(coalesce(mrr, 0)) / count(*)
           FROM tenure, range(0, 25) r(t) LEFT JOIN level l
             ON l.customer_id = tenure.customer_id AND l.month = tenure.since + to_months(t::INT)
           WHERE t <= seen GROUP BY t ORDER BY t"""
    ).fetchall()
    return {int(t): (float(survivors), float(everybody)) for t, survivors, everybody in rows}


class TestSurvivorsFlatterTheCurve:
    def test_survivors_rise_over_two_years(self, curves: dict[int, tuple[float, float]]) -> None:
        survivors = [curves[t][0] for t in (0, 6, 12, 18, 24)]
        assert survivors == sorted(survivors)
        assert survivors[-1] > 1.18 * survivors[0]

    def test_all_who_started_do_not(self, curves: dict[int, tuple[float, float]]) -> None:
        everybody = [curves[t][1] for t in range(25)]
        assert everybody[24] < everybody[0]
        assert max(everybody) < 1.03 * everybody[0]


@pytest.fixture(scope="module")
def months(norte: duckdb.DuckDBPyConnection) -> list[tuple[float, float, float, float]]:
    """Per month of the segment: acquisition spend, and one cycle later new MRR and new customers; and margin."""
    return norte.execute(
        f"""WITH won AS (
                SELECT j.month, count(*) AS customers, sum(mrr) AS mrr FROM joined j
                JOIN level l ON l.customer_id = j.customer_id AND l.month = j.month
                JOIN customer c ON c.customer_id = j.customer_id
                WHERE segment = '{p10_payback.SEGMENT}' GROUP BY 1),
            base AS (
                SELECT month, sum(mrr) AS mrr FROM level JOIN customer USING (customer_id)
                WHERE segment = '{p10_payback.SEGMENT}' GROUP BY 1),
            cost AS (
                SELECT month, sum(amount_cents) FILTER (kind = 'acquisition') AS acquisition,
                    sum(amount_cents) FILTER (kind = 'cost_of_revenue') AS revenue_cost
                FROM spend WHERE segment = '{p10_payback.SEGMENT}' GROUP BY 1)
            SELECT acquisition, won.mrr, won.customers, 1 - revenue_cost / base.mrr
            FROM cost JOIN won ON won.month = cost.month + INTERVAL {p10_payback.LAG_MONTHS} MONTH
            JOIN base ON base.month = cost.month ORDER BY cost.month"""
    ).fetchall()


class TestPaybackIsTwelveMonths:
    def test_every_window_of_months_pays_back_in_twelve(self, months: list[tuple[float, float, float, float]]) -> None:
        assert len(months) >= 36
        for first in range(len(months) - 12):
            spend, mrr, customers, _ = np.array(months[first : first + 12], dtype=float).sum(axis=0)
            margin = np.array([m[3] for m in months[first : first + 12]], dtype=float).mean()
            payback = (spend / customers) / (mrr / customers * margin)
            assert payback == pytest.approx(12.0, abs=0.01)

    def test_the_median_cycle_is_the_lag(self, norte: duckdb.DuckDBPyConnection) -> None:
        found = norte.execute(
            """SELECT median(epoch(closed_at - opened_at) / 86400) FROM deal WHERE kind = 'new' AND outcome = 'won'"""
        ).fetchone()
        assert found is not None
        assert 30.5 < found[0] < 40

    def test_other_segments_do_not(self, norte: duckdb.DuckDBPyConnection) -> None:
        rows = norte.execute(
            """SELECT segment, sum(amount_cents) / sum(mrr) / 0.8 FROM (
                   SELECT segment, sum(amount_cents) AS amount_cents FROM spend WHERE kind = 'acquisition' GROUP BY 1)
               JOIN (SELECT segment, sum(mrr) AS mrr FROM joined JOIN level USING (customer_id, month)
                     JOIN customer USING (customer_id) GROUP BY 1) USING (segment) GROUP BY 1"""
        ).fetchall()
        payback = dict(rows)
        assert payback["smb"] < 11
        assert payback["enterprise"] > 13
