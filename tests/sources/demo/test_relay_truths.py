"""What is planted in the relay, read back from the files: lost items, one seller's promises, dropped batons."""

from pathlib import Path

import duckdb
import pytest

from relevo.book.engine import quoted
from relevo.sources.demo import write_demo
from relevo.sources.demo.truths import p06_handoffs, p07_promises
from tests.sources.demo.conftest import ENDS_ON, ask_folder
from tests.sources.demo.planted import relay

CUSTOMERS, SEED = 8000, 20260101
COMPANIES = ("norte", "mirror", "silent")
TABLES = ("customer", "deal", "assignment", "handoff", "handoff_item", "milestone", "promise", "person_role")
END = f"TIMESTAMP '{ENDS_ON}' + INTERVAL 1 DAY"

# Per customer: items left empty at the hand-off after the sale, re-asks, and days from the won deal to milestones.
_FIRST = """
CREATE TABLE first AS
    SELECT d.customer_id, c.segment, (h.items * (1 - h.completeness))::INT AS empty, h.reasks, h.reasks_unfilled,
        d.closed_at
    FROM deal d JOIN handoff h USING (deal_id) JOIN customer c ON c.customer_id = d.customer_id
    WHERE h.from_role = 'sales';
CREATE TABLE wait AS
    SELECT f.*, m.kind, epoch(m.reached_at - f.closed_at) / 86400 AS days
    FROM first f JOIN milestone m USING (customer_id);
"""


@pytest.fixture(scope="module")
def companies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, duckdb.DuckDBPyConnection]:
    found = {}
    for name in COMPANIES:
        folder: Path = tmp_path_factory.mktemp(name)
        write_demo(folder, customers=CUSTOMERS, seed=SEED, ends_on=ENDS_ON, company=name, tables=TABLES)
        found[name] = ask_folder(folder)
        found[name].execute(_FIRST)
    return found


def _days_per_item(book: duckdb.DuckDBPyConnection, kind: str) -> float:
    """Days by which a milestone comes later per empty item, among those who reached it, alike in segment."""
    row = book.execute(
        f"""SELECT regr_slope(days - usual, empty - middle) FROM (
                SELECT days, empty, avg(days) OVER (PARTITION BY segment) AS usual,
                    avg(empty) OVER (PARTITION BY segment) AS middle
                FROM wait WHERE kind = {quoted(kind)} AND days IS NOT NULL)"""
    ).fetchone()
    assert row is not None
    return float(row[0])


class TestLostItemsDelayAndAreAskedAgain:
    @pytest.mark.parametrize("name", ["norte", "mirror"])
    def test_each_empty_item_delays_value(self, name: str, companies: dict[str, duckdb.DuckDBPyConnection]) -> None:
        assert p06_handoffs.DELAY_DAYS == 5
        for kind in p06_handoffs.DELAYED:
            assert _days_per_item(companies[name], kind) == pytest.approx(5, abs=0.6), kind
        assert abs(_days_per_item(companies[name], "set_up")) < 0.3
        assert abs(_days_per_item(companies[name], "adopted")) < 1.2

    def test_nothing_is_delayed_in_the_silent_company(self, companies: dict[str, duckdb.DuckDBPyConnection]) -> None:
        for kind in ("set_up", *p06_handoffs.DELAYED):
            assert abs(_days_per_item(companies["silent"], kind)) < 0.6, kind

    def test_re_asks_rise_with_what_is_empty(self, companies: dict[str, duckdb.DuckDBPyConnection]) -> None:
        """0.6 per empty item and 0.05 per filled one: 0.3 where all six are filled, 0.55 more for each empty one."""
        rows = companies["norte"].execute("SELECT empty, avg(reasks), count(*) FROM first GROUP BY 1").fetchall()
        for empty, mean, n in rows:
            assert mean == pytest.approx(0.3 + 0.55 * empty, abs=4 / n**0.5)

    def test_re_asks_keep_their_level_in_the_silent_company(
        self, companies: dict[str, duckdb.DuckDBPyConnection]
    ) -> None:
        (level,) = companies["norte"].execute("SELECT avg(reasks) FROM first").fetchall()[0]
        rows = companies["silent"].execute("SELECT empty, avg(reasks), count(*) FROM first GROUP BY 1").fetchall()
        assert sum(mean * n for _, mean, n in rows) / sum(n for *_, n in rows) == pytest.approx(level, abs=0.05)
        for _, mean, n in rows:
            assert mean == pytest.approx(level, abs=4 / n**0.5)

    @pytest.mark.parametrize("name", COMPANIES)
    def test_nothing_empty_is_asked_that_was_filled(
        self, name: str, companies: dict[str, duckdb.DuckDBPyConnection]
    ) -> None:
        odd = "SELECT count(*) FROM first WHERE reasks_unfilled > empty OR reasks_unfilled > reasks"
        assert companies[name].execute(odd).fetchall() == [(0,)]


# Promises whose day has passed by the end, per seller; unmet are those not kept by the end of that day.
_BY_SELLER = f"""
    SELECT person_id, count(*) AS due,
        count(*) FILTER (kept_at IS NULL OR kept_at::DATE > due_on) AS unmet
    FROM promise WHERE due_on < {END} GROUP BY 1"""


class TestOneSellersPromisesAreUnmet:
    @pytest.mark.parametrize("name", ["norte", "mirror"])
    def test_exactly_one_executive_stands_out(self, name: str, companies: dict[str, duckdb.DuckDBPyConnection]) -> None:
        """0.3 kept, of which 6 % late: 1 - 0.3 x 0.94 = 0.718 unmet; of all others 1 - 0.8 x 0.94 = 0.25."""
        rows = companies[name].execute(f"SELECT *, unmet / due FROM ({_BY_SELLER}) WHERE due >= 20").fetchall()
        apart = [person for person, *_, gap in rows if gap > 0.5]
        assert len(rows) > 10
        assert len(apart) == 1
        assert apart == self._sold_most(companies[name])
        for person, due, _, gap in rows:
            usual = 0.718 if person in apart else 0.248
            assert gap == pytest.approx(usual, abs=3.5 * (usual * (1 - usual) / due) ** 0.5), person

    @staticmethod
    def _sold_most(book: duckdb.DuckDBPyConnection) -> list[str]:
        rows = book.execute(
            """SELECT person_id FROM deal WHERE kind = 'new' AND outcome = 'won' AND person_id IN (
                   SELECT person_id FROM person_role WHERE role LIKE 'account_executive%' AND to_on IS NULL)
               GROUP BY 1 ORDER BY count(*) DESC, person_id LIMIT 1"""
        ).fetchall()
        return [str(person) for (person,) in rows]

    def test_nobody_does_in_the_silent_company(self, companies: dict[str, duckdb.DuckDBPyConnection]) -> None:
        rows = companies["silent"].execute(_BY_SELLER).fetchall()
        for person, due, unmet in rows:
            assert unmet / due == pytest.approx(0.248, abs=3.5 * (0.248 * 0.752 / due) ** 0.5), person

    @pytest.mark.parametrize("name", COMPANIES)
    def test_promises_are_whole(self, name: str, companies: dict[str, duckdb.DuckDBPyConnection]) -> None:
        assert p07_promises.unmet(p07_promises.KEPT_BY_ONE) == pytest.approx(0.718)
        odd = """
            SELECT count(*) FROM promise p LEFT JOIN handoff h USING (handoff_id) WHERE p.due_on IS NULL
                OR p.kept_at IS NOT NULL AND p.broken_at IS NOT NULL
                OR p.accepted_at IS NOT NULL AND p.refused_at IS NOT NULL
                OR p.broken_at::DATE <= p.due_on OR p.kept_at < p.made_at
                OR coalesce(p.accepted_at, p.refused_at) IS DISTINCT FROM h.accepted_at
                OR p.handoff_id IS DISTINCT FROM (
                    SELECT arg_min(f.handoff_id, f.given_at) FROM handoff f WHERE f.deal_id = p.deal_id)"""
        assert companies[name].execute(odd).fetchall() == [(0,)]


_DROPPED = """
    SELECT d.deal_id FROM deal d
    LEFT JOIN (SELECT customer_id, arg_min(person_id, (role <> 'implementation', from_at)) AS person_id
               FROM assignment WHERE role IN ('implementation', 'success') GROUP BY 1) next USING (customer_id)
    WHERE d.kind = 'new' AND d.outcome = 'won' AND d.person_id IS DISTINCT FROM next.person_id
        AND NOT EXISTS (SELECT 1 FROM handoff h WHERE h.customer_id = d.customer_id
                        AND h.given_at >= d.closed_at - INTERVAL 30 DAY)"""


class TestDroppedBatons:
    @pytest.mark.parametrize("name", COMPANIES)
    def test_the_planted_ones_are_dropped_and_no_others(
        self, name: str, companies: dict[str, duckdb.DuckDBPyConnection]
    ) -> None:
        planted = relay(CUSTOMERS, SEED, name).dropped_deals()
        assert {deal for (deal,) in companies[name].execute(_DROPPED).fetchall()} == planted

    @pytest.mark.parametrize("name", COMPANIES)
    def test_about_three_in_a_hundred_recent_ones(
        self, name: str, companies: dict[str, duckdb.DuckDBPyConnection]
    ) -> None:
        rows = (
            companies[name]
            .execute(
                f"""SELECT count(*), count(x.deal_id), min(x.closed_at) FROM deal d
                LEFT JOIN (SELECT * FROM deal WHERE deal_id IN ({_DROPPED})) x USING (deal_id)
                WHERE d.kind = 'new' AND d.outcome = 'won' AND d.closed_at >= {END} - INTERVAL 180 DAY"""
            )
            .fetchall()
        )
        ((recent, dropped, earliest),) = rows
        assert recent > 1000
        assert dropped / recent == pytest.approx(0.03, abs=3 * (0.03 * 0.97 / recent) ** 0.5)
        total = companies[name].execute(f"SELECT count(*), min(closed_at) FROM deal WHERE deal_id IN ({_DROPPED})")
        assert total.fetchall() == [(dropped, earliest)]


class TestTheBoardIsAlive:
    @pytest.mark.parametrize("name", COMPANIES)
    def test_every_state_is_there_and_none_is_stale(
        self, name: str, companies: dict[str, duckdb.DuckDBPyConnection], tmp_path: Path
    ) -> None:
        write_demo(tmp_path, customers=2000, ends_on=ENDS_ON, company=name, tables=["handoff"])
        rows = (
            ask_folder(tmp_path)
            .execute(
                f"""SELECT CASE WHEN confirmed_at IS NOT NULL THEN 'confirmed'
                    WHEN accepted_at IS NOT NULL THEN 'accepted'
                    WHEN returned_at IS NOT NULL THEN 'returned' ELSE 'given' END AS state,
                    count(*), max(date_diff('day', given_at, {END}))
                FROM handoff GROUP BY 1"""
            )
            .fetchall()
        )
        states = {state: (n, oldest) for state, n, oldest in rows}
        assert set(states) == {"given", "returned", "accepted", "confirmed"}
        assert min(n for n, _ in states.values()) >= 3
        assert max(states[open_][1] for open_ in ("given", "returned")) <= 80

    def test_items_are_the_six_of_the_product_in_several_words(
        self, companies: dict[str, duckdb.DuckDBPyConnection]
    ) -> None:
        rows = (
            companies["norte"]
            .execute("SELECT item, count(DISTINCT value) FROM handoff_item GROUP BY 1 ORDER BY 1")
            .fetchall()
        )
        assert [item for item, _ in rows] == [
            "calendar", "expected_value", "needs", "objectives", "value_events", "wanted_solution",
        ]  # fmt: skip
        assert min(n for _, n in rows) >= 5
