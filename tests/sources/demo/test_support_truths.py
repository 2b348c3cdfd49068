"""What is planted in support, counted in the files: brave and careful people, hard work, avoidance."""

import numpy as np
import pytest

from relevo.sources.demo.cast import PODS
from relevo.sources.demo.truths import p04_brave, p05_one_carries
from tests.sources.demo.conftest import ENDS_ON
from tests.sources.demo.support import HARD, Support, rank_correlation, support

CUSTOMERS = 6000
COMPANIES = (("norte", 20260101), ("norte", 7), ("silent", 20260101))
TRUE = pytest.mark.parametrize("companies", COMPANIES[:2], indirect=True, ids=["norte", "norte-7"])
SILENT = pytest.mark.parametrize("companies", COMPANIES[2:], indirect=True, ids=["silent"])
EVERY = pytest.mark.parametrize("companies", COMPANIES, indirect=True, ids=["norte", "norte-7", "silent"])
YEAR = f"DATE '{ENDS_ON}' - INTERVAL 1 YEAR"

# Per person with at least 100 ratings in the last year: raw score, and the mean distance to what colleagues get in
# cases of the same category, priority and channel.
_SCORES = f"""
    WITH given AS (
        SELECT r.person_id, p.pod, 100.0 * score AS score, {HARD} AS is_hard,
            100 * avg(score) OVER (PARTITION BY category, priority, channel) AS usual
        FROM rating r JOIN conversation USING (conversation_id) JOIN person p USING (person_id)
        WHERE r.kind = 'happiness' AND category IS NOT NULL AND r."at" > {YEAR})
    SELECT person_id, count(*) AS n, avg(score) AS raw, avg(score - usual) AS in_context, avg(is_hard::INT) AS hard, pod
    FROM given GROUP BY ALL HAVING n >= 100 ORDER BY 1"""

# Of what people picked by themselves after 13 to 48 hours, from Tuesday to Friday: how much, and how much of it hard.
# So long a wait holds more than the three quarters of an hour of the desk's time from which on a case is aged. A case
# is hard by what it was filed under then: a twenty-fifth is filed anew in the end, a third of that as hard.
_PICKED_LATE = f"""
    WITH filed AS (
        SELECT conversation_id, any_value(from_value) AS first FROM conversation_event
        WHERE kind = 'category' AND from_value IS NOT NULL GROUP BY 1),
    talk AS (
        SELECT conversation_id, opened_at, coalesce(first, category) AS category
        FROM conversation LEFT JOIN filed USING (conversation_id))
    SELECT e.by_id, count(*) FILTER ({HARD}), count(*)
    FROM conversation_event e JOIN talk v USING (conversation_id)
    WHERE e.kind = 'assigned' AND e.from_value IS NULL AND e.by_id IS NOT NULL AND category IS NOT NULL
        AND epoch(e."at" - v.opened_at) / 3600 BETWEEN 13 AND 48 AND isodow(e."at") BETWEEN 2 AND 5
        AND isodow(v.opened_at) < 5
    GROUP BY 1 HAVING count(*) >= 40 ORDER BY 1"""


@pytest.fixture(scope="module")
def companies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Support:
    name, seed = request.param
    return support(tmp_path_factory.mktemp(name), CUSTOMERS, seed, name)


@EVERY
class TestAnaIsThere:
    def test_one_agent_who_leads_nobody_is_called_ana(self, companies: Support) -> None:
        person = companies.ana
        found = companies.rows(f"SELECT role, ended_on, pod FROM person WHERE person_id = '{person}'")
        assert person == f"p{p04_brave.named(companies.cast):04}"
        assert found[0][1:] == (None, PODS[0])
        assert not str(found[0][0]).endswith("_lead")


@TRUE
class TestRawHappinessRanksBackwards:
    def test_skilled_people_answer_the_hard_cases(self, companies: Support) -> None:
        rows = [r for r in companies.rows(_SCORES) if r[5] != PODS[p05_one_carries.POD]]
        skill = np.array([companies.skill[str(r[0])] for r in rows])
        hard = np.array([float(str(r[4])) for r in rows])
        assert len(rows) >= 20
        assert rank_correlation(skill, hard) > 0.7
        assert hard.min() < 0.15
        assert hard.max() > 0.5

    def test_raw_falls_with_skill_and_in_context_rises(self, companies: Support) -> None:
        rows = companies.rows(_SCORES)
        skill = np.array([companies.skill[str(r[0])] for r in rows])
        raw, in_context = (np.array([float(str(r[i])) for r in rows]) for i in (2, 3))
        assert rank_correlation(skill, raw) < 0
        assert rank_correlation(skill, in_context) > 0.6

    def test_ana_is_low_raw_and_high_in_context_and_the_picker_the_other_way_round(self, companies: Support) -> None:
        rows = {str(r[0]): (float(str(r[2])), float(str(r[3])), float(str(r[4]))) for r in companies.rows(_SCORES)}
        middle = float(np.median([raw for raw, *_ in rows.values()]))
        ana, picker = rows[companies.ana], rows[companies.picker]
        assert ana[0] < middle - 4
        assert ana[1] > 3
        assert ana[2] > 0.5
        assert picker[0] > middle + 10
        assert abs(picker[1]) < 8
        assert picker[2] < 0.15


@SILENT
class TestNobodyIsHardPressedInTheSilentCompany:
    def test_hard_cases_fall_on_everybody_alike(self, companies: Support) -> None:
        rows = companies.rows(
            f"""SELECT holder, count(*), avg(({HARD})::INT) FROM (
                    SELECT conversation_id, arg_max(to_value, "at") AS holder FROM conversation_event
                    WHERE kind = 'assigned' GROUP BY 1) JOIN conversation USING (conversation_id)
                WHERE category IS NOT NULL AND opened_at > {YEAR} GROUP BY 1 HAVING count(*) > 200"""
        )
        n, share = (np.array([float(str(r[i])) for r in rows]) for i in (1, 2))
        usual = float((n * share).sum() / n.sum())
        spread = ((share - usual) ** 2 * n / (usual * (1 - usual))).sum()
        assert len(rows) >= 30
        assert spread < len(rows) + 4 * (2 * len(rows)) ** 0.5

    def test_who_is_called_ana_is_like_everybody(self, companies: Support) -> None:
        rows = {str(r[0]): r for r in companies.rows(_SCORES)}
        raw, n = float(str(rows[companies.ana][2])), int(str(rows[companies.ana][1]))
        assert raw == pytest.approx(61, abs=3.5 * 68 / n**0.5)


@EVERY
class TestRatingsKnowTheReply:
    def test_most_happiness_is_given_on_a_reply_of_the_person(self, companies: Support) -> None:
        share = companies.number(
            """SELECT count(message_id) / count(*) FROM rating
               WHERE kind = 'happiness' AND conversation_id IS NOT NULL AND person_id IS NOT NULL"""
        )
        assert share == pytest.approx(0.9, abs=0.01)

    def test_it_is_a_public_human_reply_of_that_conversation_before_the_rating(self, companies: Support) -> None:
        wrong = companies.number(
            """SELECT count(*) FROM rating r LEFT JOIN message m USING (message_id)
               WHERE r.message_id IS NOT NULL AND (m.conversation_id IS DISTINCT FROM r.conversation_id
                   OR m.author_id IS DISTINCT FROM r.person_id OR m.author_kind <> 'human' OR NOT m.is_public
                   OR m."at" >= r."at")"""
        )
        assert wrong == 0


class TestHardCasesThatWaitAreSkipped:
    """Of waiting cases of which a share h is hard, a part s of these skipped leaves (1 - s) h of 1 - s h hard."""

    @staticmethod
    def _late(company: Support) -> dict[str, tuple[int, int]]:
        return {str(person): (int(str(hard)), int(str(n))) for person, hard, n in company.rows(_PICKED_LATE)}

    @TRUE
    def test_by_the_cherry_picker_nearly_always(self, companies: Support) -> None:
        found = self._late(companies)
        hard, n = found.pop(companies.picker)
        usual = sum(h for h, _ in found.values()) / sum(m for _, m in found.values())
        expected = (1 - p04_brave.SKIPS) * usual / (1 - p04_brave.SKIPS * usual)
        spread = (expected * (1 - expected) / n) ** 0.5
        assert usual - expected > 3 * spread
        assert hard / n == pytest.approx(expected, abs=3 * spread)

    @EVERY
    def test_by_nobody_else(self, companies: Support) -> None:
        """Whoever is on shift with the cherry-picker takes more hard ones than others: those that were left."""
        found = self._late(companies)
        if companies.frame.company.has_signal:
            found.pop(companies.picker)
        usual = sum(h for h, _ in found.values()) / sum(m for _, m in found.values())
        assert len(found) >= 20
        for person, (hard, n) in found.items():
            assert hard / n > usual - 4 * (usual * (1 - usual) / n) ** 0.5, person


# Minutes spent on hard cases in the last 180 days by each of the pod's people who were there all the time.
_HARD_MINUTES = f"""
    SELECT author_id, sum(seconds_spent) FILTER ({HARD}) / 60 AS minutes
    FROM message m JOIN conversation USING (conversation_id) JOIN person p ON p.person_id = m.author_id
    WHERE pod = '{PODS[p05_one_carries.POD]}' AND "at" > DATE '{ENDS_ON}' - 180
        AND p.ended_on IS NULL AND started_on < DATE '{ENDS_ON}' - 210
    GROUP BY 1 ORDER BY 2 DESC"""


class TestHardWorkIsConcentrated:
    @staticmethod
    def _minutes(company: Support) -> dict[str, float]:
        return {str(person): float(str(minutes)) for person, minutes in company.rows(_HARD_MINUTES)}

    @TRUE
    def test_on_one_of_the_team_and_the_others_are_equal(self, companies: Support) -> None:
        """0.65 and a share of the other 0.35; for each of the others the same share."""
        found = self._minutes(companies)
        top = next(iter(found))
        one = found.pop(top)
        rest = np.array(list(found.values()))
        assert top == companies.carrier
        assert len(rest) >= 2
        assert one / (one + rest.sum()) > 0.6
        assert one > 6 * rest.mean()
        assert rest.max() < 1.6 * rest.min()

    @SILENT
    def test_on_nobody_in_the_silent_company(self, companies: Support) -> None:
        minutes = np.array(list(self._minutes(companies).values()))
        assert len(minutes) >= 3
        assert minutes.max() < 1.5 * np.median(minutes)
