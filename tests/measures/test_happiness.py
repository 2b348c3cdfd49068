"""Happiness of a book: whose vote counts where, what is expected by hand, the window, and what later events move."""

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.measures.asking import ask, customers_behind
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import NEVER_PAID, Ask, Record, check_payable
from relevo.measures.catalog import MEASURES
from relevo.measures.support.vote_cells import cells
from tests.measures.desks_in_memory import BEGIN, desk, many, rated

CASES = {
    case["id"]: case
    for case in json.loads((Path(__file__).parents[1] / "cases" / "support.json").read_text("utf-8"))["cases"]
}
LATER = BEGIN + timedelta(days=3)
# Ana takes the hard cases and is better at both kinds: HP-08.
HP_08 = (
    *many("ana", "easy", {"great": 18, "okay": 2}),
    *many("ana", "hard", {"great": 42, "okay": 22, "not_good": 16}),
    *many("ben", "easy", {"great": 71, "okay": 6, "not_good": 3}),
    *many("ben", "hard", {"great": 9, "okay": 5, "not_good": 6}),
)


@cache
def hp_08() -> Book:
    return desk(*HP_08)


def told(book: Book, by: str | None = None, **question: Any) -> list[Record]:
    return list(ask(book, "happiness", Ask(by=by, **question)).rows)


def only(book: Book, **question: Any) -> Record:
    (row,) = told(book, **question)
    return row


def by_person(book: Book, **question: Any) -> dict[str, Record]:
    return {row["person"]: row for row in told(book, "person", **question)}


def test_raw_is_great_less_not_good_with_the_formulas_interval() -> None:
    """The published example: 41 great, 34 okay, 35 not good are 5.45, give or take 15.5."""
    row = only(desk(*many("ana", "x", {"great": 41, "okay": 34, "not_good": 35})))
    assert (row["n"], row["responses"], row["offered"]) == (110, 110, 110)
    assert row["raw"] == pytest.approx(600 / 110, abs=1e-6)
    assert (row["low"], row["high"]) == pytest.approx((600 / 110 - 15.4997, 600 / 110 + 15.4997), abs=1e-3)
    assert row["expected"] is None
    assert not row["shown"]


def test_two_persons_by_hand_are_reversed_by_what_could_be_expected() -> None:
    """200 ratings, so a table of category and channel; both persons' shares pulled by 10 votes to the stratum's, which
    is pulled by 10 to the whole's. Great of all 0.7, easy (89 + 7) / 110 = 0.872727, hard (51 + 7) / 110 = 0.527273;
    not good of all 0.125, easy (3 + 1.25) / 110 = 0.038636, hard (22 + 1.25) / 110 = 0.211364. Easy: Ana great
    (18 + 8.72727) / 30, Ben (71 + 8.72727) / 90; not good (0 + 0.38636) / 30 and (3 + 0.38636) / 90. Expected of easy
    (0.890909 + 0.885859) / 2 - (0.012879 + 0.037626) / 2 = 86.3131; of hard, alike, 26.4646.
    """
    found = by_person(hp_08())
    ana, ben = found["ana"], found["ben"]
    assert (ana["raw"], ben["raw"]) == (44, 71)
    assert ana["expected"] == pytest.approx(0.2 * 86.3131 + 0.8 * 26.4646, abs=1e-3)
    assert ben["expected"] == pytest.approx(0.8 * 86.3131 + 0.2 * 26.4646, abs=1e-3)
    assert ana["raw"] - ana["expected"] > 0 > ben["raw"] - ben["expected"]


@pytest.mark.parametrize(("scale", "key"), [(5, "good_1_5"), (3, "good_1_3")])
def test_hp_06_scales_are_mapped_by_a_stated_table(scale: int, key: str) -> None:
    scores = CASES["HP-06"]["input"][f"scale_1_{scale}"]
    good = []
    for score in scores:
        rating = {"kind": "csat", "score": score, "scale_max": scale}
        if only(desk(rated("a", "ana", "okay", rating=rating)))["raw"] == 100:
            good.append(score)
    assert good == CASES["HP-06"]["expected"][key]


def test_a_customer_has_one_vote_per_episode_the_last_by_the_day_that_is_asked() -> None:
    first = rated("a", "ana", "great")
    changed = {**first["rating"][0], "rating_id": "again", "score": -1, "at": LATER}
    book = desk(first, rating=[changed])
    assert (only(book)["n"], only(book)["raw"]) == (1, -100)
    before = desk(first, rating=[changed], as_of="2026-05-05")
    assert (only(before)["n"], only(before)["raw"]) == (1, 100)


def test_a_reason_that_is_not_the_persons_leaves_the_person_and_stays_in_the_team() -> None:
    people = [{"person_id": "ana", "name": "Ana", "team": "support"}]
    book = desk(
        rated("a", "ana", "great"), rated("b", "ana", "not_good", rating={"reason": "Price"}),
        rated("c", "ana", "not_good", rating={"reason": "rude"}), person=people,
    )  # fmt: skip
    assert only(book)["n"] == 3
    assert told(book, "team")[0]["n"] == 3
    assert (by_person(book)["ana"]["n"], by_person(book)["ana"]["raw"]) == (2, 0)
    house = Assumptions(ratings_not_of_persons=("rude",))
    assert by_person(book, assumptions=house)["ana"]["n"] == 2
    assert by_person(book, assumptions=Assumptions(ratings_not_of_persons=()))["ana"]["n"] == 3


def test_a_vote_that_two_earned_is_shared_between_them() -> None:
    """Ben replied first, then Ana: half a vote each, beside a whole one of Ana's. Ana: (0.5 - 1) / 1.5."""
    book = desk(rated("a", "ana", "great", others=["ben"]), rated("b", "ana", "not_good"))
    found = by_person(book)
    assert found["ana"]["raw"] == pytest.approx(100 * -0.5 / 1.5, abs=1e-6)
    assert (found["ana"]["n"], found["ben"]["n"], found["ben"]["raw"]) == (2, 1, 100)
    assert (only(book)["n"], only(book)["raw"]) == (2, 0)


def test_a_rated_reply_is_its_authors_alone() -> None:
    book = desk(rated("a", "ana", "great", others=["ben"], rating={"message_id": "a-1"}))
    assert by_person(book)["ben"]["n"] == 1
    assert by_person(book)["ana"]["n"] == 0
    assert by_person(book)["ana"]["raw"] is None


def test_t3_what_happens_after_the_vote_moves_nothing() -> None:
    """Reassigned, called something else, snoozed and closed by somebody else, a week after the vote."""
    book = hp_08()
    events = [
        {
            "event_id": f"e{kind}{i}", "conversation_id": f"ana-hard-{i}", "at": LATER, "kind": kind,
            "from_value": before, "to_value": after, "by_id": "ana",
        }
        for i in range(80)
        for kind, before, after in (
            ("assigned", "ana", "ben"), ("category", "hard", "easy"), ("snoozed", None, None), ("closed", None, None)
        )
    ]  # fmt: skip
    moved = desk(*HP_08, conversation_event=events)
    assert told(moved, "person") == told(book, "person")
    assert told(moved, "category") == told(book, "category")


def test_the_window_is_so_many_months_of_thirty_days() -> None:
    """By default 180 days before the end of June 30: January 2 begins at its first second."""
    inside = rated("a", "ana", "great", rating={"at": datetime(2026, 1, 2)})  # noqa: DTZ001
    outside = rated("b", "ana", "not_good", rating={"at": datetime(2026, 1, 1, 23, 59, 59)})  # noqa: DTZ001
    for part in (inside, outside):
        part["conversation"][0]["opened_at"] = datetime(2026, 1, 1)  # noqa: DTZ001
        for i, message in enumerate(part["message"]):
            message["at"] = datetime(2026, 1, 1, i)  # noqa: DTZ001
    assert (only(desk(inside, outside))["n"], only(desk(inside, outside))["raw"]) == (1, 100)
    assert only(desk(inside, outside), months=7)["n"] == 2
    assert only(desk(inside, outside), months=1)["n"] == 0


def test_who_was_asked_and_did_not_answer_is_counted_and_nobody_knows_is_null() -> None:
    silent, rated_one = rated("a", "ana", None), rated("b", "ana", "great")
    unasked = rated("c", "ana", None, csat_offered=False)
    row = only(desk(silent, rated_one, unasked))
    assert (row["n"], row["responses"], row["offered"]) == (1, 1, 2)
    mine = by_person(desk(silent, rated_one, unasked, rated("d", "ben", None)))
    assert (mine["ana"]["responses"], mine["ana"]["offered"]) == (1, 2)
    assert (mine["ben"]["n"], mine["ben"]["responses"], mine["ben"]["offered"]) == (0, 0, 1)
    nobody = only(desk(rated("b", "ana", "great", csat_offered=None)))
    assert (nobody["responses"], nobody["offered"]) == (1, None)


def test_a_book_without_ratings_says_so() -> None:
    row = only(desk())
    assert (row["n"], row["responses"], row["offered"], row["raw"], row["low"]) == (0, 0, None, None, None)
    assert told(desk(), "person") == []


def test_one_person_alone_is_judged_among_all() -> None:
    book = hp_08()
    assert only(book, where=(("person", "ana"),)) == {
        name: value for name, value in by_person(book)["ana"].items() if name != "person"
    }


def test_a_persons_categories_are_expected_as_everybodys_are() -> None:
    book = hp_08()
    mine = {row["category"]: row for row in told(book, "category", where=(("person", "ana"),))}
    every = {row["category"]: row for row in told(book, "category")}
    assert mine["hard"]["n"] == 80
    assert mine["hard"]["expected"] == every["hard"]["expected"]
    assert mine["hard"]["in_context"] is None


def test_a_condition_on_cases_or_customers_takes_rows_away() -> None:
    book = hp_08()
    assert only(book, where=(("category", "hard"),))["n"] == 100
    assert only(book, where=(("segment", "(none)"),))["n"] == 200
    assert told(book, "segment")[0]["n"] == 200
    assert only(book, where=(("team", "(none)"),))["n"] == 200


def test_enough_ratings_are_shown_with_the_interval_of_the_figure_in_context() -> None:
    shares = {"ana": 90, "ben": 70, "cat": 50, "dan": 30}
    book = desk(
        *(c for who, great in shares.items() for c in many(who, "x", {"great": great, "not_good": 100 - great}))
    )
    found = by_person(book)
    assert all(row["shown"] and row["reliability"] >= 0.7 for row in found.values())
    assert [row["in_context"] > 0 for row in found.values()] == [True, True, False, False]
    assert all(row["low"] < row["in_context"] < row["high"] for row in found.values())
    assert found["ana"]["expected"] == pytest.approx(20, abs=1.5)


def test_cells_know_what_was_before_the_person_and_nothing_after() -> None:
    """Ben writes at 10:00, Ana at 11:00; both were given the case when they wrote, an hour and two after it began."""
    book = desk(rated("a", "ana", "great", others=["ben"]), rated("b", "ana", "okay"))
    frame = ask(book, "happiness", Ask(by="person")).frame
    found = {(r["person"], r["handlers"]): r for r in book.run(cells(book.tables, frame)).dicts()}
    assert set(found) == {("ana", "0"), ("ana", "1"), ("ben", "0")}
    assert {r["waited"] for r in found.values()} == {"1 to 8 h"}
    assert found["ben", "0"]["great"] == 500_000
    assert found["ben", "0"]["squares"] == 250_000_000_000
    assert len({r["fold"] for r in found.values()} - set(range(5))) == 0


def test_customers_behind_a_slice_are_counted() -> None:
    assert customers_behind(hp_08(), "happiness", Ask(by="category")) == {"easy": 100, "hard": 100}


@pytest.mark.parametrize(
    "name",
    [
        "happiness", "csat", "nps", "ces", "ratings", "waits", "waits_compat", "support_map", "load", "work_types",
        "avoidance", "reviews", "review_scores", "review_trend", "review_accuracy", "review_agreement",
        "review_severity", "coaching", "retention_after_contact",
    ],
)  # fmt: skip
def test_t6_no_raw_figure_of_people_is_an_input_of_pay(name: str) -> None:
    with pytest.raises(WrongUse, match="cannot be an input of pay") as refused:
        check_payable(name)
    assert NEVER_PAID[name] in str(refused.value)
    assert name not in MEASURES or not MEASURES[name].card.payable


@pytest.mark.parametrize(
    "name",
    ["Happiness", "happiness.raw", "happiness_score", "rawHappiness", "Average CSAT by person", "csat%", "NPS (team)",
     "rating", "star ratings", "customer-satisfaction", "share of great", "waits.first_response_s",
     "Retention after contact"],
)  # fmt: skip
def test_t6_in_whatever_form_it_is_named(name: str) -> None:
    """Row S0-49: who writes a plan on happiness, under any name, is told why not and what to do instead."""
    with pytest.raises(WrongUse) as refused:
        check_payable(name)
    said = str(refused.value)
    assert said.startswith(f"{name} cannot be an input of pay. ")
    assert any(reason in said for reason in NEVER_PAID.values())
    assert said.endswith("pay for what customers do, such as staying and growing.")


def test_t6_of_all_measures_only_those_of_people_and_their_promises_are_barred() -> None:
    barred = {name for name, measure in MEASURES.items() if not measure.card.payable}
    assert barred == {name for name in NEVER_PAID if name in MEASURES} | {"waits_compat"}
    for name in ("gross_revenue_retention", "ratio of upgrades", "greater_accounts", "upload_rate", "processes"):
        check_payable(name)


def test_t6_the_card_says_so_and_what_customers_do_can_be_paid_for() -> None:
    assert not MEASURES["happiness"].card.payable
    check_payable("net_revenue_retention")
    assert MEASURES["net_revenue_retention"].card.payable
