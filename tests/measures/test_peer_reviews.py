"""Peer reviews by hand: what is drawn, weighed and adjusted, accuracy, agreement of pairs, severity, coaching."""

from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.measures.asking import ask, customers_behind
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Record, check_payable
from relevo.measures.catalog import MEASURES, find
from relevo.measures.rubric import Criterion
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer

AS_OF = "2026-06-30"


def review(
    key: str, person: str = "ana", reviewer: str = "rea", at: str = "2026-06-10T10:00:00", chance: str | None = "0.5",
    talk: str = "t1", pair: str | None = None, picked: bool = False, **points: int,
) -> list[Row]:  # fmt: skip
    """The rows of one review, each criterion of at most 4 points."""
    fixed = {
        "review_id": key, "conversation_id": talk, "reviewer_id": reviewer, "person_id": person, "at": at,
        "max_score": 4, "sampling": "targeted" if picked else "random", "probability": chance, "pair_id": pair,
    }  # fmt: skip
    return [{**fixed, "criterion": name, "score": score} for name, score in points.items()]


def book(*reviews: list[Row], timezone: str = "UTC", as_of: str = AS_OF, **tables: list[Row]) -> Book:
    return book_of({"review": [row for each in reviews for row in each], **tables}, as_of, timezone=timezone)


def rows(found: Book, name: str = "reviews", question: Ask | None = None) -> list[Record]:
    return list(ask(found, name, question).rows)


def test_a_score_weighs_by_one_over_the_chance() -> None:
    """60 (accuracy 2, tone 2.8 of 4 would be .7; here 2/4 and 4/4 -> 75) with chance 1/2, 100 with chance 1/8.

    (2 x 75 + 8 x 100) / 10 = 95; what was picked is in nothing.
    """
    (row,) = rows(
        book(
            review("r1", accuracy=2, tone=4), review("r2", chance="0.125", accuracy=4),
            review("r3", picked=True, chance=None, accuracy=0),
        )
    )  # fmt: skip
    assert list(row) == ["person_id", "n", "score", "low", "high", "severity_adjusted", "spread"]
    assert (row["person_id"], row["n"], row["score"], row["severity_adjusted"]) == ("ana", 2, 95, 95)
    # Squares under the weights: (2 x 400 + 8 x 25) / 10 x 2 = 200.
    assert row["spread"] == pytest.approx(200**0.5, abs=1e-6)


def test_only_random_reviews_of_the_window_count() -> None:
    """Six months that end with June begin with January in the company's time zone; the as-of day is over."""
    many = [
        review("r1", at="2025-12-31T23:30:00", accuracy=4), review("r2", at="2026-01-01T00:30:00", accuracy=3),
        review("r3", at="2026-06-30T21:59:00", accuracy=2), review("r4", at="2026-06-30T22:01:00", accuracy=0),
    ]  # fmt: skip
    assert [(r["n"], r["score"]) for r in rows(book(*many, timezone="Europe/Madrid"))] == [(3, 75)]
    assert [(r["n"], r["score"]) for r in rows(book(*many))] == [(3, 41.666667)]
    assert [r["n"] for r in rows(book(*many), question=Ask(months=1))] == [2]
    assert rows(book(review("r1", picked=True, accuracy=1))) == []


def test_a_chance_that_nobody_knows_weighs_as_the_others_do() -> None:
    known = [review("r1", chance="0.5", accuracy=4), review("r2", chance="0.25", accuracy=0)]
    (row,) = rows(book(*known, review("r3", chance=None, accuracy=2)))
    assert row["score"] == pytest.approx((2 * 100 + 4 * 0 + 3 * 50) / 9, abs=1e-6)
    (row,) = rows(book(review("r1", chance=None, accuracy=4), review("r2", chance="0", accuracy=0)))
    assert (row["n"], row["score"]) == (2, 50)


def test_what_two_judged_counts_once() -> None:
    """Both marks of a pair make one conversation of 75; with the other's 25 the mean is 50."""
    (row,) = rows(
        book(
            review("r1", pair="p", accuracy=4), review("r2", reviewer="rob", pair="p", accuracy=2),
            review("r3", talk="t2", accuracy=1),
        )
    )  # fmt: skip
    assert (row["n"], row["score"]) == (2, 50)


def test_the_rubric_of_the_house_weighs_and_fails() -> None:
    """Accuracy three times as heavy: (3 x 2/4 + 4/4) / 4 = 62.5; below half of the points of what is critical, 0."""
    rubric = (Criterion("accuracy", weight=Fraction(3), is_critical=True), Criterion("tone", weight=Fraction(0)))
    asked = Ask(assumptions=Assumptions(review_rubric=rubric))
    found = book(
        review("r1", "ana", accuracy=2, clarity=4), review("r2", "ben", accuracy=1, clarity=4),
        review("r3", "cyd", tone=4),
    )  # fmt: skip
    assert [(r["person_id"], r["score"]) for r in rows(found, question=asked)] == [("ana", 62.5), ("ben", 0)]


def test_points_above_the_most_are_the_most() -> None:
    assert rows(book(review("r1", accuracy=9)))[0]["score"] == 100


def planted() -> Book:
    """Two people, one as good as the other; ana has the harsh rex for 30 of 40, ben for 10."""
    rng, found = np.random.default_rng(3), []
    for person, often in (("ana", 30), ("ben", 10)):
        for i in range(40):
            reviewer = "rex" if i < often else ("rea", "rob")[i % 2]
            points = int(np.clip(round(rng.normal(70, 4)), 0, 100)) - 20 * (reviewer == "rex")
            row = review(f"{person}{i:02}", person, reviewer, talk=f"{person}{i}", accuracy=points)[0]
            found.append([{**row, "max_score": 100}])
    return book(*found)


@pytest.mark.parametrize(("name", "of"), [("reviews", ("team", "one")), ("review_scores", ("channel", "chat"))])
def test_how_harsh_somebody_is_stays_what_all_reviews_of_the_window_tell(name: str, of: tuple[str, str]) -> None:
    """Of one team, or channel, alone each has a reviewer of its own: nobody could tell whether rex is harsh."""
    points = {("ana", "rex"): 50, ("ana", "rea"): 70, ("ben", "rex"): 50, ("ben", "rea"): 70}
    made = [review(f"{who}{by}{i}", who, by, talk=f"{who}{by}", accuracy=0) for (who, by) in points for i in range(6)]
    for row in (row for rows_of in made for row in rows_of):
        row |= {"max_score": 100, "score": points[row["person_id"], row["reviewer_id"]] + int(row["review_id"][-1])}
    alone = review("cyd0", "cyd", "rex", talk="cydrex", accuracy=2)
    people: list[Row] = [
        {"person_id": w, "name": w, "team": "one" if w == "cyd" else "two"} for w in ("ana", "ben", "cyd")
    ]
    talks = [
        {"conversation_id": f"{w}{by}", "customer_id": "a", "channel": "chat" if w == "cyd" else "email",
         "opened_at": "2026-06-01T00:00:00"} for w in ("ana", "ben", "cyd") for by in ("rex", "rea")
    ]  # fmt: skip
    found = book(*made, alone, person=people, conversation=talks)
    effect = {r["person_id"]: r["effect"] for r in rows(found, "review_severity")}["rex"]
    (row,) = rows(found, name, Ask(where=(of,)))
    assert effect < -5
    assert (row["score"], row["severity_adjusted"]) == (50, pytest.approx(50 - effect, abs=1e-5))


def test_a_harsh_reviewer_is_taken_out_of_the_score() -> None:
    """Ten points of raw difference (half of 20), less than two after it; the reviewer is named with an interval."""
    found = planted()
    ana, ben = rows(found)
    assert ben["score"] - ana["score"] > 8
    assert abs(ben["severity_adjusted"] - ana["severity_adjusted"]) < 2
    rea, rex, rob = rows(found, "review_severity")
    assert (rex["person_id"], rex["n"]) == ("rex", 40)
    assert rex["low"] < -20 * 2 / 3 < rex["high"]
    assert rea["effect"] + rex["effect"] + rob["effect"] == pytest.approx(0, abs=1e-5)
    assert rex["given"] < rea["given"]


def test_the_team_by_channel_and_by_customer() -> None:
    talks = [
        {"conversation_id": "t1", "customer_id": "a", "channel": "mail", "category": "bug"},
        {"conversation_id": "t2", "customer_id": "b", "channel": "chat"},
    ]
    found = book(
        review("r1", accuracy=4), review("r2", "ben", talk="t2", accuracy=2), review("r3", talk="t9", accuracy=3),
        review("r4", picked=True, accuracy=0),
        conversation=talks, customer=[customer("a", segment="smb"), customer("b", segment="ent")],
        subscription_span=[span("a", "2026-01-10", None, 10000), span("b", "2026-01-10", None, 10000)],
    )  # fmt: skip

    def cut(by: str) -> list[tuple[Any, ...]]:
        return [(r[by], r["n"], r["score"]) for r in rows(found, "review_scores", Ask(by=by))]

    (row,) = rows(found, "review_scores")
    assert (row["n"], row["score"], row["worst"]) == (3, 75, 50)
    assert cut("channel") == [("(none)", 1, 75), ("chat", 1, 50), ("mail", 1, 100)]
    assert cut("category") == [("(none)", 2, 62.5), ("bug", 1, 100)]
    assert cut("segment") == [("ent", 1, 50), ("smb", 1, 100)]
    assert customers_behind(found, "review_scores", Ask()) == {None: 2}
    assert customers_behind(found, "review_scores", Ask(by="channel")) == {"(none)": 0, "chat": 1, "mail": 1}
    assert rows(book(), "review_scores")[0]["n"] == 0
    assert rows(book(), "review_scores")[0]["score"] is None


def test_the_trend_is_by_months_of_the_company() -> None:
    found = book(
        review("r1", at="2026-04-30T22:30:00", accuracy=4), review("r2", at="2026-04-30T21:30:00", accuracy=2),
        review("r3", at="2025-07-01T10:00:00", accuracy=0), timezone="Europe/Madrid",
    )  # fmt: skip
    told = [(r["month"], r["n"], r["score"], r["worst"]) for r in rows(found, "review_trend")]
    assert told == [("2025-07", 1, 0, 0), ("2026-04", 1, 50, 50), ("2026-05", 1, 100, 100)]


def test_a_corrected_answer_was_an_error() -> None:
    """S2-33: full marks for accuracy, and an hour later a colleague writes that it had been wrong."""

    def said(key: str, talk: str, at: str, body: str | None, kind: str = "human", public: bool = True) -> Row:
        return {
            "message_id": key, "conversation_id": talk, "at": at, "author_kind": kind, "is_public": public,
            "body": body,
        }  # fmt: skip

    words = [
        said("m1", "t1", "2026-06-01T10:00:00", "It is in the settings."),
        said("m2", "t1", "2026-06-01T11:00:00", "Correction: it is under Billing."),
        said("m3", "t2", "2026-06-01T10:00:00", "Correction: the first answer of the thread."),
        said("m4", "t2", "2026-06-01T12:00:00", "Correction: a note", public=False),
        said("m5", "t2", "2026-06-01T12:00:00", "correction: from the customer", "customer"),
        said("m6", "t2", "2026-06-01T13:00:00", None),
        said("m7", "t3", "2026-06-01T10:00:00", "Hello"),
        said("m8", "t3", "2026-07-01T00:00:01", "Correction: that nobody knows yet."),
        said("m9", "t8", "2026-06-01T10:00:00", "Hello"), said("m10", "t8", "2026-06-01T10:00:01", "Correction: x"),
    ]  # fmt: skip
    talks = [{"conversation_id": f"t{i}", "channel": "mail" if i < 3 else "chat"} for i in range(1, 5)]
    found = book(
        review("r1", talk="t1", accuracy=4), review("r2", talk="t2", accuracy=3), review("r3", talk="t3", accuracy=1),
        review("r4", talk="t3", picked=True, accuracy=0), review("r5", talk="t4", tone=4),
        review("r6", talk="t7", accuracy=2), message=words, conversation=talks,
    )  # fmt: skip
    told = {r["channel"]: r for r in rows(found, "review_accuracy")}
    assert list(told) == ["(none)", "chat", "mail"]
    assert [told["mail"][name] for name in ("n", "accuracy", "error_rate", "corrected")] == [2, 0.375, 0.5, 1]
    assert [told["chat"][name] for name in ("n", "accuracy", "error_rate", "corrected")] == [1, 0.25, 1, 0]
    assert [told["(none)"][name] for name in ("n", "accuracy", "error_rate")] == [1, 0.5, 0]


def test_agreement_of_pairs_with_prevalence() -> None:
    """Ten pairs, nine of them 4 and 4, one 4 and 0: raw .9, prevalence .95, kappa below 0; all three are told.

    By chance .95^2 + .05^2 = .905: kappa (.9 - .905) / .095 = -.052632.
    """
    pairs = [review(f"a{i}", reviewer="rea", pair=f"p{i}", talk=f"t{i}", accuracy=4) for i in range(10)]
    pairs += [review(f"b{i}", reviewer="rob", pair=f"p{i}", talk=f"t{i}", accuracy=4 if i else 0) for i in range(10)]
    alone = [review("x", pair="p77", accuracy=1), review("y", pair="p78", accuracy=1)]
    same = [review("y2", pair="p78", accuracy=4)]  # by the same reviewer
    found = book(*pairs, *alone, *same)
    (row,) = rows(found, "review_agreement")
    assert (row["criterion"], row["n"], row["raw"], row["usual_mark"], row["prevalence"]) == (
        "accuracy",
        10,
        0.9,
        4,
        0.95,
    )
    assert row["kappa"] == pytest.approx(-0.052632)
    # One disagreement of four steps: cost .4 observed, by chance 2 x .95 x .05 x 4 = .38.
    assert row["weighted_kappa"] == pytest.approx(1 - 0.4 / 0.38, abs=1e-6)
    # Alpha: observed .1; by chance 2 x 19 x 1 / (20 x 19) = .1.
    assert row["alpha"] == pytest.approx(0)


def test_a_pair_of_other_scales_is_none() -> None:
    one, other = review("a", pair="p", accuracy=4), review("b", reviewer="rob", pair="p", accuracy=4)
    assert rows(book(one, [{**other[0], "max_score": 5}]), "review_agreement") == []
    (row,) = rows(book(one, other), "review_agreement")
    assert (row["n"], row["raw"], row["kappa"], row["alpha"], row["prevalence"]) == (1, 1, None, None, 1)


def person(key: str, team: str = "support", manager: str | None = None, **more: Any) -> Row:
    return {"person_id": key, "name": key, "team": team, "manager_id": manager, **more}


def test_who_was_not_coached_shows() -> None:
    """S3-51: 30 days that end with 30 June begin with 1 June; the lead is no agent, a seller is one once reviewed."""
    people = [
        person("ana", manager="lea"), person("ben", manager="lea"), person("cyd", manager="lea"),
        person("lea"), person("sam", "sales"), person("sue", "sales"),
        person("old", ended_on=date(2026, 6, 30)), person("new", started_on=date(2026, 7, 1)),
        person("nia", started_on=date(2026, 6, 30), ended_on=date(2026, 7, 1)),
    ]  # fmt: skip
    talks = [
        {"coaching_id": "k1", "person_id": "ana", "coach_id": "lea", "at": "2026-06-01T00:30:00"},
        {"coaching_id": "k2", "person_id": "ana", "coach_id": "ben", "at": "2025-03-01T10:00:00"},
        {"coaching_id": "k3", "person_id": "ben", "coach_id": "ana", "at": "2026-05-31T23:30:00"},
        {"coaching_id": "k4", "person_id": "cyd", "coach_id": "lea", "at": "2026-07-01T00:00:00"},
    ]
    judged = [review("r1", "sam", "lea", picked=True, accuracy=4), review("r2", "ana", "ben", accuracy=4, tone=4)]
    found = book(*judged, person=people, coaching=talks)
    told = {r.pop("person_id"): tuple(r.values()) for r in map(dict, rows(found, "coaching"))}
    assert told == {
        "ana": (date(2026, 6, 1), True, 1, 1, 1, 0),
        "ben": (date(2026, 5, 31), False, 1, 0, 0, 0),
        "cyd": (None, False, 0, 0, 0, 0),
        "nia": (None, False, 0, 0, 0, 0),
        "sam": (None, False, 0, 0, 1, 1),
    }


def test_before_its_stage_a_team_is_told_and_no_person() -> None:
    """Two of support, one of sales, one whom the book does not know: a team's mean is of all it did."""
    people = [person("ana"), person("ben"), person("sam", "sales")]
    talks = [{"conversation_id": f"t{i}", "customer_id": f"c{i % 2}", "channel": "mail"} for i in range(3)]
    found = book(
        review("r1", "ana", talk="t0", accuracy=4), review("r2", "ana", talk="t1", accuracy=4),
        review("r3", "ben", talk="t2", accuracy=1), review("r4", "sam", accuracy=2), review("r5", "zed", accuracy=0),
        review("r6", "sam", picked=True, accuracy=0), person=people, conversation=talks,
    )  # fmt: skip
    told = [tuple(r.values())[:3] for r in rows(found, question=Ask(by="team"))]
    assert told == [("(none)", 1, 0), ("sales", 1, 50), ("support", 3, 75)]
    assert [r["person_id"] for r in rows(found, question=Ask(where=(("team", "support"),)))] == ["ana", "ben"]
    assert customers_behind(found, "reviews", Ask(by="team")) == {"(none)": 1, "sales": 1, "support": 2}
    assert customers_behind(found, "reviews", Ask()) == {None: 2}
    for asked in (Ask(by="segment"), Ask(where=(("segment", "smb"),))):
        with pytest.raises(WrongUse):
            rows(found, question=asked)


@pytest.mark.parametrize(
    "name",
    [*(name for name in MEASURES if name.startswith("review")), "coaching"],
)
def test_a_peer_review_can_never_be_marked_as_pay(name: str) -> None:
    """T17: refused by the card itself, whatever a plan says."""
    assert not find(name).card.payable
    with pytest.raises(WrongUse, match="cannot be an input of pay"):
        check_payable(name)


def test_what_pay_may_read_is_let_pass() -> None:
    assert find("net_revenue_retention").card.payable
    check_payable("net_revenue_retention")
