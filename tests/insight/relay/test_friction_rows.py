"""Which stages a book knows, with what, and in whose hands customers were: a small book worked out by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relevo.book.book import Book
from relevo.insight.relay.friction import DAY, STAGES, Facts, Stage, StageFriction, friction
from relevo.insight.relay.friction_causes import Cause, causes_of, rows_of
from relevo.insight.relay.friction_now import held_up
from relevo.insight.relay.friction_people import causes_in, new_people, people_of
from relevo.insight.relay.friction_rows import facts_of, seconds
from tests.insight.relay.friction_book import tables_of
from tests.insight.relay.friction_seeds import drawn
from tests.making import make_book, span

# As of 31 October 2026 in UTC. Deals were opened on 1 March, won on 31 March, set up on 10 April, live on 30 April.
OPENED = datetime(2026, 3, 1, 12, tzinfo=UTC)
TABLES = dict[str, list[dict[str, Any]]]


def at(days: float) -> str:
    """An instant so many days after the deals were opened."""
    return f"{OPENED + timedelta(days=days):%Y-%m-%dT%H:%M:%SZ}"


def deal(customer: str, opened: float = 0, closed: float = 30, **more: Any) -> dict[str, Any]:
    return {
        "deal_id": f"d-{customer}-{closed}", "customer_id": customer, "kind": "new", "outcome": "won",
        "opened_at": at(opened), "closed_at": at(closed), "currency": "EUR", **more,
    }  # fmt: skip


def step(customer: str, kind: str, reached: float | None, due: float | None = None) -> dict[str, Any]:
    expected = None if due is None else at(due)[:10]
    return {"milestone_id": f"m-{customer}-{kind}-{reached}", "customer_id": customer, "kind": kind,
            "expected_on": expected, "reached_at": None if reached is None else at(reached)}  # fmt: skip


def talk(key: str, customer: str, *said: tuple[str, float], **more: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A conversation with its messages: who wrote, and when."""
    row = {"conversation_id": key, "customer_id": customer, "channel": "mail", "opened_at": at(said[0][1]), **more}
    return row, [
        {"message_id": f"{key}-{i}", "conversation_id": key, "at": at(when), "author_kind": who.removeprefix("hidden "),
         "is_public": not who.startswith("hidden")}
        for i, (who, when) in enumerate(said)
    ]  # fmt: skip


def _talks() -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [
        # The help desk begins before anybody's deal.
        talk("t0", "other", ("customer", -90), ("human", -89)),
        # Waits of day 32 to 34 and 35 to 36; a bot and a note to colleagues are no answers.
        talk("t1", "full", ("customer", 32), ("bot", 32.5), ("customer", 33), ("hidden human", 33.5), ("human", 34),
             ("human", 34.5), ("customer", 35), ("human", 36), closed_at=at(60)),
        # From 33.5 to 35.5 on: of it only 34 to 35 was not waited for already.
        talk("t2", "full", ("customer", 33.5), ("human", 35.5)),
        # From 39 to 42: a day of it in implementation, two in deployment.
        talk("t3", "full", ("human", 38), ("customer", 39), ("human", 42)),
        # Never answered, but solved on day 50; thanks after that are no wait.
        talk("t4", "full", ("customer", 48), ("customer", 51), resolved_at=at(50), closed_at=at(70)),
        talk("t5", "full", ("customer", 55), ("human", 55.5), ("customer", 56), resolved_at=at(55.5)),
        talk("t6", "open", ("customer", 31), ("hidden customer", 31.5)),
    ]  # fmt: skip


def rating(key: str, customer: str, when: float, score: int, **more: Any) -> dict[str, Any]:
    return {"rating_id": key, "kind": "ces", "customer_id": customer, "at": at(when), "score": score,
            "scale_max": 7, **more}  # fmt: skip


def handed(customer: str, given: float, reasks: int | None, **more: Any) -> dict[str, Any]:
    return {"handoff_id": f"h-{customer}-{given}", "customer_id": customer, "from_role": "sales", "to_role": "success",
            "given_at": at(given), "reasks": reasks, **more}  # fmt: skip


def held(customer: str, role: str, person: str, since: float, until: float | None = None) -> dict[str, Any]:
    return {"customer_id": customer, "role": role, "person_id": person, "from_at": at(since),
            "to_at": None if until is None else at(until)}  # fmt: skip


def _tables() -> TABLES:
    talks = _talks()
    return {
        "customer": [{"customer_id": c, "name": c, "segment": "smb" if c == "full" else None}
                     for c in ("full", "open", "other", "early", "old", "backwards", "lost")],
        "person": [
            {"person_id": "new", "name": "N", "team": "success", "started_on": "2026-03-11"},
            {"person_id": "veteran", "name": "V", "team": "success", "started_on": "2020-01-01"},
            {"person_id": "someone", "name": "S", "team": "sales"},
        ],
        "deal": [
            deal("full"), deal("full", 40, 50), deal("open"), deal("early", -400, -370), deal("old", -800, -790),
            deal("backwards", 0, 30), deal("lost", outcome="lost"), deal("other", kind="renewal"),
        ],
        "milestone": [
            # Planned for 31 March + 8 = 8 April and 28 April: 10 days instead of 8, then 20 as planned.
            step("full", "set_up", 40, 38), step("full", "set_up", 90), step("full", "go_live", 60, 58),
            step("full", "adopted", 100), step("full", "first_value", 45, 31),
            step("open", "set_up", None, 38), step("open", "go_live", 60),
            step("early", "set_up", -120), step("old", "set_up", -780),
            step("backwards", "set_up", 20), step("backwards", "go_live", 50, 10), step("backwards", "adopted", 60, 5),
        ],
        "conversation": [row for row, _ in talks],
        "message": [m for _, messages in talks for m in messages],
        "handoff": [
            handed("full", 29, 2, accepted_at=at(31)), handed("full", 32, 0), handed("full", 45, 0),
            handed("full", 65, None), handed("open", 29, 1), handed("backwards", 225, 1),
        ],
        "rating": [
            rating("r1", "full", 33, 7), rating("r2", "full", 34, 4), rating("r3", "full", 70, 1),
            rating("r4", "full", 45, 9), rating("r5", "full", 45, 3, scale_max=None), rating("r6", "full", 45, 0),
            rating("r7", "full", 45, 1, kind="csat"),
        ],
        "assignment": [
            # Of days 0 to 100: someone's are unknown, veteran's 20, new's 50, all of them in the first 180.
            held("full", "sales", "someone", -5, 30),
            held("full", "implementation", "veteran", 30, 50),
            held("full", "success", "new", 50),
            held("full", "support", "veteran", 110),
            held("open", "sales", "someone", 5),
            # The stage of day -400 to -120 was over before the newcomer came.
            held("early", "success", "veteran", -200, -160),
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return make_book(tmp_path_factory.mktemp("friction"), _tables())


@pytest.fixture(scope="module")
def found(book: Book) -> Facts:
    return facts_of(book)


def row(found: Facts, customer: str, stage: Stage) -> int:
    (place,) = [i for i, c in enumerate(found.customer) if c == customer and STAGES[found.stage[i]] is stage]
    return place


def test_the_stages_that_were_finished(found: Facts) -> None:
    """`old` was won more than two years ago; `backwards` was set up before it was won; `open` is not set up."""
    told = {(c, STAGES[s].value, float(d)) for c, s, d in zip(found.customer, found.stage, found.days, strict=True)}
    assert told == {
        ("full", "buying", 30), ("full", "implementation", 10), ("full", "deployment", 20), ("full", "adoption", 40),
        ("open", "buying", 30), ("early", "buying", 30), ("early", "implementation", 250),
        ("backwards", "buying", 30), ("backwards", "deployment", 30), ("backwards", "adoption", 10),
    }  # fmt: skip
    assert set(found.segment) == {"smb", ""}
    assert list(found.customer) == sorted(found.customer)


def test_a_stage_is_over_plan_against_its_own_two_ends(found: Facts) -> None:
    """Deployment began two days late and ended two days late: it took as long as planned."""
    told = {s: found.over_plan[row(found, "full", s)] for s in STAGES}
    assert (told[Stage.IMPLEMENTATION], told[Stage.DEPLOYMENT]) == (1, 0)
    assert np.isnan([told[Stage.BUYING], told[Stage.ADOPTION]]).all()
    # What was to be adopted before it was live was never planned.
    assert np.isnan(found.over_plan[row(found, "backwards", Stage.ADOPTION)])


def test_waits_end_with_a_persons_answer_and_count_once(found: Facts) -> None:
    """32 to 36 without 34 to 34: t1 from 32 to 34 and 35 to 36, t2 fills the day between; then 39 to 40, 40 to 42.

    And from 48 to 50, when it was solved, and half a day from 55.
    """
    told = {s: (found.waited[row(found, "full", s)] / DAY, found.wrote[row(found, "full", s)]) for s in STAGES}
    assert told[Stage.IMPLEMENTATION] == (5, 4)
    assert told[Stage.DEPLOYMENT] == (4.5, 3)
    assert told[Stage.BUYING] == told[Stage.ADOPTION] == (0, 0)


def test_before_the_help_desk_began_waiting_is_unknown(found: Facts) -> None:
    assert np.isnan(found.waited[row(found, "early", Stage.IMPLEMENTATION)])


def test_without_a_help_desk_nothing_is_known_of_waiting(tmp_path: Path) -> None:
    tables = _tables()
    del tables["conversation"], tables["message"]
    assert np.isnan(facts_of(make_book(tmp_path, tables)).waited).all()


def test_asked_again_belongs_to_the_stage_of_whoever_took_over(found: Facts) -> None:
    """Given in buying and accepted in implementation: implementation's. The last one has not settled."""
    told = {s: found.asked[row(found, "full", s)] for s in STAGES}
    assert (told[Stage.IMPLEMENTATION], told[Stage.DEPLOYMENT]) == (1, 0)
    assert np.isnan([told[Stage.BUYING], told[Stage.ADOPTION]]).all()
    assert found.asked[row(found, "open", Stage.BUYING)] == 1


def test_effort_is_how_far_from_easy(found: Facts) -> None:
    """7 and 4 of 7 are 6 and 3 points of 6 above the lowest: a quarter from easy; 1 of 7 is as hard as it gets."""
    assert found.effort[row(found, "full", Stage.IMPLEMENTATION)] == pytest.approx(0.25)
    assert found.effort[row(found, "full", Stage.ADOPTION)] == 1
    assert np.isnan(found.effort[row(found, "full", Stage.DEPLOYMENT)])


def test_who_is_held_up_in_a_stage_now(book: Book) -> None:
    """As of 31 October, day 244.5: other was never won; open is live since day 60 and early was set up on day -120.

    Open was never set up, but what comes later was reached; so it is in adoption for 184.5 days.
    """
    usual = {Stage.IMPLEMENTATION: 5.0, Stage.DEPLOYMENT: 100.0, Stage.ADOPTION: 92.0}
    told = [(h.customer_id, h.stage, h.days, h.usual) for h in held_up(book, usual)]
    assert told == [("early", Stage.DEPLOYMENT, 364.5, 100), ("open", Stage.ADOPTION, 184.5, 92)]
    assert [h.customer_id for h in held_up(book, {**usual, Stage.ADOPTION: 92.25})] == ["early"]
    assert [h.customer_id for h in held_up(book.scoped(frozenset({"open"})), usual)] == ["open"]
    assert held_up(book, {Stage.IMPLEMENTATION: 5.0}) == ()


def test_who_left_is_not_held_up(tmp_path: Path) -> None:
    tables = {**_tables(), "subscription_span": [span("open", "2026-04-01", "2026-06-01", 1000),
                                                 span("early", "2026-04-01", None, 1000)]}  # fmt: skip
    gone = make_book(tmp_path, tables)
    assert [h.customer_id for h in held_up(gone, dict.fromkeys(STAGES, 1.0))] == ["early"]


def test_whose_hands_a_customer_was_in(book: Book) -> None:
    """full: 50 of 70 known days were new's; someone, veteran, new make two transfers by day 100, the third is later.

    The hand-offs name nobody. Of open nobody's first day is known.
    """
    told = people_of(book)
    assert (told["full"].new_share, told["full"].transfers) == (pytest.approx(50 / 70), 2)
    assert (told["open"].new_share, told["open"].transfers) == (None, 0)
    assert (told["early"].new_share, told["early"].transfers) == (0, 0)
    assert set(told) == {"full", "open", "early"}
    assert new_people(book) == 1


def test_seven_customers_are_too_few_for_causes(book: Book, found: Facts) -> None:
    causes = causes_in(book, found)
    # Something besides length is known of full, open and backwards.
    assert (causes.n, causes.missing) == (3, 97)
    assert {b.why_not for b in causes.bars} == {"few"}


def _friction(tmp_path: Path, tables: TABLES) -> tuple[StageFriction, ...]:
    book = make_book(tmp_path, tables)
    return friction(facts_of(book), seconds(book.until))


def _company(late: float) -> TABLES:
    """Ten customers with every stage; of three an answer in implementation comes so many days later."""
    ids = [f"c{i}" for i in range(10)]
    talks = [talk(f"{c}-{begin}", c, ("customer", begin), ("human", begin + 1 + (late if i < 3 and begin == 31 else 0)))
             for i, c in enumerate(ids) for begin in (5, 31, 60, 110)]  # fmt: skip
    return {
        "customer": [{"customer_id": c, "name": c} for c in ids],
        "deal": [deal(c) for c in ids],
        "milestone": [step(c, kind, day, day) for c in ids
                      for kind, day in (("set_up", 50), ("go_live", 100), ("adopted", 150))],
        "conversation": [row for row, _ in talks],
        "message": [m for _, messages in (talk("x", "c0", ("human", -1)), *talks) for m in messages],
        "rating": [rating(f"{c}{day}", c, day, 6) for c in ids for day in (5, 31, 60, 110)],
    }  # fmt: skip


def test_ten_days_more_of_waiting_in_implementation_worsen_that_stage_alone(tmp_path: Path) -> None:
    """A day of 20 and effort of 1/6 for all; then three customers wait eleven days: (7 x 0.05 + 3 x 0.55) / 10."""
    before, after = _friction(tmp_path / "before", _company(0)), _friction(tmp_path / "after", _company(10))
    assert [old.stage for old, new in zip(before, after, strict=True) if old != new] == [Stage.IMPLEMENTATION]
    assert all(stage.n == 10 for stage in before)
    assert before[1].score == pytest.approx(100 * (0 + 0.05 + 1 / 6) / 3)
    assert after[1].score == pytest.approx(100 * (0 + 0.2 + 1 / 6) / 3)
    assert (before[1].waited, after[1].waited) == (pytest.approx(1), pytest.approx(4))


def test_a_book_says_what_was_drawn(tmp_path: Path) -> None:
    """The simulations draw in memory; the same company read from a book has the same stages, people and bars."""
    company = drawn(7, Cause.TRANSFERS, 120)
    book = make_book(tmp_path, tables_of(company))
    found, people = facts_of(book), people_of(book)
    assert list(found.customer) == list(company.facts.customer)
    for name in ("waited", "asked", "effort"):
        told, wanted = getattr(found, name), getattr(company.facts, name)
        assert np.allclose(told, wanted, atol=2, equal_nan=True), name
    for customer, held in company.people.items():
        assert people[customer].transfers == held.transfers
        # A day of a hundred or more: a first day has no hour.
        assert people[customer].new_share == pytest.approx(held.new_share, abs=0.015)
    memory = causes_of(rows_of(company.facts, company.people, 120))
    for bar, wanted in zip(causes_in(book, found).bars, memory.bars, strict=True):
        assert bar.cause is wanted.cause
        assert bar.estimate == pytest.approx(wanted.estimate, abs=0.15)
