"""People of the demo company: the company grows through the stages, and everybody has a place and a manager."""

import duckdb

from tests.sources.demo.conftest import ENDS_ON


def test_headcount_passes_20_100_and_250_within_the_three_years(book: duckdb.DuckDBPyConnection) -> None:
    rows = dict(book.execute("SELECT on_date, employees FROM headcount ORDER BY 1").fetchall())
    reported = {day: n for day, n in rows.items() if (day.year, day.month) >= (ENDS_ON.year - 3, ENDS_ON.month + 1)}
    first, last = min(reported), max(reported)
    assert last == ENDS_ON
    assert 12 <= reported[first] <= 16
    assert 280 <= reported[last] <= 300
    for mark in (20, 100, 250):
        above = [day for day, n in reported.items() if n > mark]
        assert len(above) >= 4, f"{mark} is passed too late for three months above it"
        assert sorted(above) == sorted(day for day in reported if day >= min(above))


def test_headcount_is_the_people_who_are_there(book: duckdb.DuckDBPyConnection) -> None:
    wrong = book.execute(
        """SELECT on_date, employees, (SELECT count(*) FROM person p WHERE p.started_on <= h.on_date
               AND (p.ended_on IS NULL OR p.ended_on > h.on_date)) AS here
           FROM headcount h WHERE employees <> here"""
    ).fetchall()
    assert wrong == []


def test_names_are_unique_and_of_several_cultures(book: duckdb.DuckDBPyConnection) -> None:
    row = book.execute("SELECT count(*), count(DISTINCT name), count(DISTINCT pod) FROM person").fetchone()
    assert row is not None
    assert row[0] == row[1] > 290
    assert row[2] == 4
    customers = book.execute("SELECT count(*), count(DISTINCT name), count(DISTINCT domain) FROM customer").fetchone()
    assert customers is not None
    assert customers[0] == customers[1] == customers[2]


def test_every_chain_of_managers_ends_at_the_chief_executive(book: duckdb.DuckDBPyConnection) -> None:
    managers = dict(book.execute("SELECT person_id, manager_id FROM person").fetchall())
    tops = set()
    for person in managers:
        seen = [person]
        while managers[seen[-1]] is not None:
            seen.append(managers[seen[-1]])
            assert len(seen) < 8
        tops.add(seen[-1])
    assert len(tops) == 1


def test_roles_of_a_person_follow_each_other(book: duckdb.DuckDBPyConnection) -> None:
    overlaps = book.execute(
        """SELECT person_id FROM (SELECT person_id, from_on, lag(to_on) OVER w AS earlier, lead(from_on) OVER w AS next,
               to_on FROM person_role WINDOW w AS (PARTITION BY person_id ORDER BY from_on))
           WHERE from_on < earlier OR (to_on IS NULL AND next IS NOT NULL)"""
    ).fetchall()
    assert overlaps == []
    rises = book.execute(
        "SELECT count(*) FROM (FROM person_role SELECT person_id GROUP BY 1 HAVING count(DISTINCT role) > 1)"
    )
    assert rises.fetchall()[0][0] > 20


def test_work_is_held_by_people_who_are_there(book: duckdb.DuckDBPyConnection) -> None:
    outside = book.execute(
        """SELECT 'assignment', count(*) FROM assignment a JOIN person p USING (person_id)
             WHERE a.from_at::DATE < p.started_on - 5 OR coalesce(a.to_at, a.from_at)::DATE > p.ended_on
           UNION ALL SELECT 'touch', count(*) FROM touch t JOIN person p USING (person_id)
             WHERE t.at::DATE < p.started_on OR t.at::DATE > p.ended_on
           UNION ALL SELECT 'conversation', count(*) FROM conversation v JOIN person p ON p.person_id = v.assignee_id
             WHERE v.opened_at::DATE < p.started_on OR v.opened_at::DATE > p.ended_on"""
    ).fetchall()
    assert {name: count for name, count in outside if count} == {}
