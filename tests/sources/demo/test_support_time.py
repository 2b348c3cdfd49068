"""What is planted in the hours and loads of support, counted in the files: promises, waves, six weeks, complexity."""

from itertools import pairwise

import pytest

from relevo.sources.demo.truths import overload
from tests.sources.demo.conftest import ENDS_ON
from tests.sources.demo.support import Support, support

COMPANIES = (("norte", 20260101), ("norte", 7), ("silent", 20260101))
TRUE = pytest.mark.parametrize("companies", COMPANIES[:2], indirect=True, ids=["norte", "norte-7"])
SILENT = pytest.mark.parametrize("companies", COMPANIES[2:], indirect=True, ids=["silent"])
EVERY = pytest.mark.parametrize("companies", COMPANIES, indirect=True, ids=["norte", "norte-7", "silent"])

_REPLIES = """
    CREATE TABLE answer AS
    SELECT m.*, p.pod, s.person_id IS NOT NULL AS in_shift, row_number() OVER (
        PARTITION BY conversation_id ORDER BY m."at") AS nth
    FROM message m JOIN person p ON p.person_id = m.author_id
    LEFT JOIN shift s ON s.person_id = m.author_id AND m."at" >= s.from_at AND m."at" < s.to_at
    WHERE m.author_kind = 'human'"""
_UNTIL = f"(DATE '{ENDS_ON}' + 1 - {overload.ENDED})"
_BUSY = f'"at" >= {_UNTIL} - {overload.WEEKS * 7} AND "at" < {_UNTIL}'
_BESIDE = f'("at" >= {_UNTIL} - {overload.WEEKS * 14} AND "at" < {_UNTIL} + {overload.WEEKS * 7} AND NOT ({_BUSY}))'


@pytest.fixture(scope="module")
def companies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Support:
    name, seed = request.param
    company = support(tmp_path_factory.mktemp(name), 3000, seed, name)
    company.book.execute(_REPLIES)
    return company


def _shares(rows: list[tuple[object, ...]]) -> dict[str, float]:
    return {str(name): float(str(share)) for name, share in rows}


def _per_person(company: Support, when: str, pods: str) -> float:
    """Answers per person and weekday of some pods in some weeks."""
    return company.number(
        f"""SELECT count(*) / count(DISTINCT (author_id, "at"::DATE)) FROM answer
            WHERE {when} AND pod {pods} AND in_shift"""
    )


@EVERY
class TestPromises:
    def test_each_tier_has_hours_of_its_own_name(self, companies: Support) -> None:
        rows = companies.rows(
            """SELECT schedule_id, timezone, count(*), min(opens), max(closes) FROM schedule
               WHERE schedule_id IN (SELECT DISTINCT tier FROM conversation) GROUP BY 1, 2 ORDER BY 1"""
        )
        assert rows == [
            ("priority", "Europe/Madrid", 5, "07:00", "21:00"),
            ("standard", "Europe/Madrid", 5, "09:00", "18:00"),
        ]

    def test_the_priority_tier_is_answered_within_an_hour_in_four_of_five(self, companies: Support) -> None:
        """Of what came between 07:00 and 20:00 in Madrid on weekdays; of the standard tier about one in six."""
        kept = _shares(
            companies.rows(
                """SELECT tier, avg((epoch(a."at" - v.opened_at) <= 3600)::INT)
                   FROM answer a JOIN conversation v USING (conversation_id)
                   WHERE nth = 1 AND isodow(opened_at) < 6
                       AND hour(timezone('Europe/Madrid', timezone('UTC', opened_at))) BETWEEN 7 AND 19 GROUP BY 1"""
            )
        )
        assert kept["priority"] == pytest.approx(0.82, abs=0.06)
        assert kept["standard"] < 0.3

    def test_most_answers_are_written_on_shift_by_people_who_are_there(self, companies: Support) -> None:
        assert companies.number("SELECT avg(in_shift::INT) FROM answer") == pytest.approx(0.93, abs=0.03)
        gone = """SELECT count(*) FROM answer a JOIN person p ON p.person_id = a.author_id
                  WHERE a."at"::DATE < started_on OR a."at"::DATE > ended_on"""
        assert companies.number(gone) == 0


class TestLoad:
    _WEEKS = """
        SELECT avg(n) FILTER (week % 4 = 0) / avg(n) FILTER (week % 4 = 2),
            avg(n) FILTER (week % 4 = 1) / avg(n) FILTER (week % 4 = 2)
        FROM (SELECT (epoch(opened_at)::BIGINT // 86400 + 3) // 7 AS week, count(*) AS n
            FROM conversation GROUP BY 1)"""

    @TRUE
    def test_weeks_come_in_waves(self, companies: Support) -> None:
        """A fifth of the first of four weeks comes in the second: 0.8 and 1.2 of the others."""
        ((low, high),) = companies.rows(self._WEEKS)
        assert float(str(low)) == pytest.approx(0.8, abs=0.06)
        assert float(str(high)) == pytest.approx(1.2, abs=0.06)

    @SILENT
    def test_not_in_the_silent_company(self, companies: Support) -> None:
        ((low, high),) = companies.rows(self._WEEKS)
        assert float(str(low)) == pytest.approx(1, abs=0.06)
        assert float(str(high)) == pytest.approx(1, abs=0.06)

    @TRUE
    def test_one_team_is_overloaded_for_six_weeks(self, companies: Support) -> None:
        """More answers per person, more of them after hours, each with less time; the other pods have fewer."""
        team, others = "= 'mexico_city'", "<> 'mexico_city'"
        assert _per_person(companies, _BUSY, team) > 1.25 * _per_person(companies, _BESIDE, team)
        assert _per_person(companies, _BUSY, others) < 1.05 * _per_person(companies, _BESIDE, others)
        busy, beside = (
            companies.rows(
                f"""SELECT avg((NOT in_shift)::INT) FILTER (nth > 1), avg(seconds_spent) FROM answer
                    WHERE {when} AND pod {team}"""
            )[0]
            for when in (_BUSY, _BESIDE)
        )
        assert float(str(busy[0])) > 1.5 * float(str(beside[0]))
        assert float(str(busy[1])) == pytest.approx(overload.SHORTER * float(str(beside[1])), rel=0.1)

    @SILENT
    def test_no_team_is_in_the_silent_company(self, companies: Support) -> None:
        team = "= 'mexico_city'"
        assert _per_person(companies, _BUSY, team) == pytest.approx(_per_person(companies, _BESIDE, team), rel=0.1)


_YEARS = f"""
    SELECT year(DATE '{ENDS_ON}') - year(opened_at - INTERVAL 9 MONTH) AS years,
        count(*) / count(DISTINCT conversation_id) AS answers,
        sum(seconds_spent) / 0.7 / 60 / count(DISTINCT conversation_id) AS minutes
    FROM answer JOIN conversation USING (conversation_id) JOIN customer c USING (customer_id)
    WHERE segment = 'smb' AND pod <> 'mexico_city' GROUP BY 1 ORDER BY 1"""


class TestComplexity:
    @TRUE
    def test_answers_and_minutes_per_conversation_rise(self, companies: Support) -> None:
        """From year to year about 5 % more answers, which take 12 % longer: about 18 % more minutes."""
        rows = [(float(str(a)), float(str(m))) for _, a, m in companies.rows(_YEARS)][:3]
        for (answers, minutes), (fewer, less) in pairwise(rows):
            assert answers / fewer == pytest.approx(1.06, abs=0.04)
            assert minutes / less == pytest.approx(1.18, abs=0.08)

    @SILENT
    def test_not_in_the_silent_company(self, companies: Support) -> None:
        rows = [(float(str(a)), float(str(m))) for _, a, m in companies.rows(_YEARS)][:3]
        for (answers, minutes), (fewer, less) in pairwise(rows):
            assert answers / fewer == pytest.approx(1, abs=0.04)
            assert minutes / less == pytest.approx(1, abs=0.06)

    @EVERY
    def test_contacts_per_customer_stay(self, companies: Support) -> None:
        """Per customer who wrote in both of the last two years."""
        ((now, before),) = companies.rows(
            f"""SELECT sum(now), sum(before) FROM (
                    SELECT customer_id, count(*) FILTER (opened_at > DATE '{ENDS_ON}' - 180) AS now,
                        count(*) FILTER (opened_at BETWEEN DATE '{ENDS_ON}' - 545 AND DATE '{ENDS_ON}' - 365) AS before
                    FROM conversation JOIN customer USING (customer_id)
                    WHERE created_at < DATE '{ENDS_ON}' - 800 GROUP BY 1) WHERE now > 0 AND before > 0"""
        )
        assert int(str(now)) / int(str(before)) == pytest.approx(1, abs=0.06)


@EVERY
class TestThreads:
    def test_some_conversations_have_several_people(self, companies: Support) -> None:
        share = companies.number(
            """SELECT avg((people > 1)::INT) FROM (
                   SELECT count(DISTINCT author_id) AS people FROM answer GROUP BY conversation_id)"""
        )
        assert 0.03 < share < 0.2

    def test_who_is_given_a_conversation_had_it_from_its_holder(self, companies: Support) -> None:
        broken = """
            SELECT count(*) FROM (
                SELECT from_value, lag(to_value) OVER w AS before, to_value, lead(to_value) OVER w AS after, assignee_id
                FROM conversation_event e JOIN conversation USING (conversation_id) WHERE e.kind = 'assigned'
                WINDOW w AS (PARTITION BY conversation_id ORDER BY e."at", event_id))
            WHERE from_value IS DISTINCT FROM before OR (after IS NULL AND to_value IS DISTINCT FROM assignee_id)"""
        assert companies.number(broken) == 0
        assert (
            companies.number("SELECT count(*) FROM conversation_event WHERE kind = 'assigned' AND from_value <> ''") > 0
        )

    def test_nobody_answers_before_the_case_is_theirs(self, companies: Support) -> None:
        early = """
            SELECT count(*) FROM answer a JOIN (SELECT conversation_id, min("at") AS since FROM conversation_event
                WHERE kind = 'assigned' GROUP BY 1) USING (conversation_id) WHERE a."at" < since"""
        assert companies.number(early) == 0
        alone = "SELECT count(*) FROM answer ANTI JOIN conversation_event e USING (conversation_id)"
        assert companies.number(alone) == 0

    def test_turns_follow_each_other(self, companies: Support) -> None:
        odd = """SELECT count(*) FROM (SELECT "at", lag("at") OVER (PARTITION BY conversation_id ORDER BY message_id)
                 AS before FROM message) WHERE "at" < before"""
        assert companies.number(odd) == 0

    def test_some_are_taken_up_again_with_a_question_and_an_answer(self, companies: Support) -> None:
        """After solving: a question, with work until it is solved again; or thanks, with none."""
        ((asked, thanked),) = companies.rows(
            """SELECT count(*) FILTER (answered), count(*) FILTER (NOT answered) FROM (
                   SELECT bool_or(a."at" > e."at") AS answered FROM conversation_event e
                   JOIN conversation v USING (conversation_id) JOIN answer a USING (conversation_id)
                   WHERE e.kind = 'reopened' AND resolved_at IS NOT NULL GROUP BY conversation_id)"""
        )
        solved = companies.number("SELECT count(*) FROM conversation WHERE resolved_at IS NOT NULL")
        assert int(str(asked)) / solved == pytest.approx(0.045, abs=0.015)
        assert int(str(thanked)) > 0.3 * int(str(asked))

    def test_tags_change_later_in_a_few(self, companies: Support) -> None:
        for kind, column in (("category", "category"), ("priority", "priority")):
            ((n, kept),) = companies.rows(
                f"""SELECT count(*), count(*) FILTER (to_value = {column}) FROM conversation_event e
                    JOIN conversation USING (conversation_id) WHERE e.kind = '{kind}' AND from_value IS NOT NULL"""
            )
            assert n == kept
            assert int(str(n)) / companies.number("SELECT count(*) FROM conversation") == pytest.approx(0.035, abs=0.01)


_ASKED = """
    SELECT count(r.conversation_id) / count(*) FROM survey_invite i
    LEFT JOIN rating r ON r.conversation_id = i.conversation_id WHERE i.conversation_id IS NOT NULL"""


class TestAnswers:
    @EVERY
    def test_who_was_asked_is_known(self, companies: Support) -> None:
        assert companies.number(_ASKED) == pytest.approx(0.48, abs=0.02)
        assert companies.number(
            """SELECT count(*) FROM rating r ANTI JOIN survey_invite i ON i.conversation_id = r.conversation_id
               WHERE r.conversation_id IS NOT NULL"""
        ) == 0  # fmt: skip

    @TRUE
    def test_the_unhappy_answer_more_often(self, companies: Support) -> None:
        """Where half are unhappy (faults) more answer than where few are (questions): 1.35 against 0.95."""
        shares = _shares(
            companies.rows(
                """SELECT category, count(r.conversation_id) / count(*) FROM survey_invite i
                   JOIN conversation USING (conversation_id) LEFT JOIN rating r USING (conversation_id)
                   WHERE category IN ('integration', 'how_to') GROUP BY 1"""
            )
        )
        assert shares["integration"] / shares["how_to"] == pytest.approx(1.12, abs=0.08)

    @SILENT
    def test_nobody_does_in_the_silent_company(self, companies: Support) -> None:
        rows = companies.rows(
            """SELECT category, count(r.conversation_id) / count(*) FROM survey_invite i
               JOIN conversation USING (conversation_id) LEFT JOIN rating r USING (conversation_id)
               WHERE category IS NOT NULL GROUP BY 1"""
        )
        for category, share in rows:
            assert float(str(share)) == pytest.approx(0.48, abs=0.025), category
