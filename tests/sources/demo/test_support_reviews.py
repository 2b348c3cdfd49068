"""What is planted in peer review, counted in the files: quality of people, a harsh reviewer, agreement, coaching."""

import numpy as np
import pytest

from relevo.sources.demo.truths import reviewers
from tests.sources.demo.conftest import ENDS_ON
from tests.sources.demo.support import Support, support

COMPANIES = (("norte", 20260101), ("norte", 7), ("silent", 20260101))
TRUE = pytest.mark.parametrize("companies", COMPANIES[:2], indirect=True, ids=["norte", "norte-7"])
SILENT = pytest.mark.parametrize("companies", COMPANIES[2:], indirect=True, ids=["silent"])
EVERY = pytest.mark.parametrize("companies", COMPANIES, indirect=True, ids=["norte", "norte-7", "silent"])

_MEANS = """
    SELECT {by}, count(*), avg(score) FROM (
        SELECT {by}, review_id, avg(score) AS score FROM review WHERE sampling = 'random' AND {where} GROUP BY 1, 2)
    GROUP BY 1 HAVING count(*) >= {least} ORDER BY 1"""
_PAIRS = """
    SELECT a.score AS one, b.score AS other, {harsh} IN (a.reviewer_id, b.reviewer_id) AS is_harsh
    FROM review a JOIN review b ON a.pair_id = b.pair_id AND a.criterion = b.criterion AND a.review_id < b.review_id"""


@pytest.fixture(scope="module")
def companies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Support:
    name, seed = request.param
    return support(tmp_path_factory.mktemp(name), 3000, seed, name)


def _harsh(company: Support) -> str:
    """The first senior of the second pod who is still here."""
    found = company.rows(
        """SELECT min(r.person_id) FROM person_role r WHERE r.role LIKE 'senior_support_agent%' AND r.to_on IS NULL
           AND r.pod = 'mexico_city'"""
    )
    return str(found[0][0])


def _means(company: Support, by: str, where: str = "true", least: int = 30) -> dict[str, float]:
    rows = company.rows(_MEANS.format(by=by, where=where, least=least))
    return {str(person): float(str(score)) for person, _, score in rows}


@TRUE
class TestPeopleAndReviewersDiffer:
    def test_scores_follow_the_quality_of_people(self, companies: Support) -> None:
        points = reviewers.quality(companies.frame, companies.cast)
        means = _means(companies, "person_id", f"reviewer_id <> '{_harsh(companies)}'")
        true = np.array([points[int(person[1:])] for person in means])
        assert len(means) >= 15
        assert np.corrcoef(true, np.array(list(means.values())))[0, 1] > 0.85

    def test_one_reviewer_is_harsh_by_about_08_points(self, companies: Support) -> None:
        means = _means(companies, "reviewer_id")
        harsh = means.pop(_harsh(companies))
        assert len(means) >= 3
        assert harsh - float(np.mean(list(means.values()))) == pytest.approx(-0.8, abs=0.2)
        assert all(mean - harsh > 0.45 for mean in means.values())


@SILENT
class TestNobodyDiffersInTheSilentCompany:
    @pytest.mark.parametrize("by", ["person_id", "reviewer_id"])
    def test_means_differ_by_chance_alone(self, by: str, companies: Support) -> None:
        rows = [
            (int(str(n)), float(str(m))) for _, n, m in companies.rows(_MEANS.format(by=by, where="true", least=20))
        ]
        n, mean = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
        usual = (n * mean).sum() / n.sum()
        within = companies.number(
            """SELECT var_samp(score) FROM (SELECT avg(score) AS score FROM review WHERE sampling = 'random'
               GROUP BY review_id)"""
        )
        spread = float(((mean - usual) ** 2 * n / within).sum())
        assert spread < len(rows) + 4 * (2 * len(rows)) ** 0.5


@EVERY
class TestReviewsAreWhole:
    def test_two_who_judge_the_same_agree_to_the_stated_degree(self, companies: Support) -> None:
        pairs = _PAIRS.format(harsh=f"'{_harsh(companies)}'")
        where = "NOT is_harsh" if companies.frame.company.has_signal else "true"
        ((n, same, near),) = companies.rows(
            f"""SELECT count(*), avg((one = other)::INT), avg((abs(one - other) <= 1)::INT)
                FROM ({pairs}) WHERE {where}"""
        )
        assert int(str(n)) > 300
        assert float(str(same)) == pytest.approx(0.57, abs=0.07)
        assert float(str(near)) > 0.95

    def test_a_pair_is_two_reviews_by_two_others(self, companies: Support) -> None:
        odd = """
            SELECT count(*) FROM (SELECT pair_id, count(DISTINCT review_id) AS n, count(DISTINCT reviewer_id) AS people,
                count(DISTINCT conversation_id) AS talks FROM review WHERE pair_id IS NOT NULL GROUP BY 1)
            WHERE n <> 2 OR people <> 2 OR talks <> 1"""
        assert companies.number(odd) == 0
        assert companies.number("SELECT count(*) FROM review WHERE reviewer_id = person_id") == 0

    def test_random_ones_know_the_chance_at_which_they_were_drawn(self, companies: Support) -> None:
        """Summed over what was drawn, 1 / chance is about what could be drawn."""
        drawn = companies.number(
            """SELECT sum(1 / probability) FROM (SELECT DISTINCT conversation_id, probability FROM review
               WHERE sampling = 'random')"""
        )
        known = companies.number(
            "SELECT count(*) FROM conversation WHERE close_reason = 'solved' AND assignee_id IS NOT NULL"
        )
        assert drawn == pytest.approx(known, rel=0.1)

    def test_most_of_the_desk_were_coached_in_the_last_month(self, companies: Support) -> None:
        ((here, coached),) = companies.rows(
            f"""SELECT count(*), count(c.person_id) FROM person p LEFT JOIN (
                    SELECT DISTINCT person_id FROM coaching WHERE "at" > DATE '{ENDS_ON}' - INTERVAL 30 DAY) c
                    USING (person_id)
                WHERE team = 'support' AND ended_on IS NULL AND started_on < DATE '{ENDS_ON}' - INTERVAL 60 DAY
                    AND role NOT LIKE 'head%'"""
        )
        assert int(str(here)) > 30
        assert int(str(coached)) / int(str(here)) > 0.7
        odd = """SELECT count(*) FROM coaching c LEFT JOIN (SELECT review_id, any_value(person_id) AS person_id,
                     any_value("at") AS "at" FROM review GROUP BY 1) r USING (review_id)
                 WHERE c.coach_id = c.person_id OR (c.review_id IS NOT NULL AND (r.person_id <> c.person_id
                     OR r."at" IS NULL OR r."at" > c."at"))"""
        assert companies.number(odd) == 0
