"""Months after contact: what counts as contact and when, by hand; sums beside logo churn; what is withheld."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from relevo.base.periods import month_text, parse_month
from relevo.book.book import Book
from relevo.measures.asking import ask, customers_behind, frame_of
from relevo.measures.card import Ask
from relevo.measures.catalog import find
from relevo.measures.support.experiences import experiences
from relevo.measures.support.person_months import CUTS, EQUAL, cells, months_with_contact
from tests.measures.support.contacts import Row, asked, book, day, pays
from tests.measures.support.simulated_contacts import World

NAME = "retention_after_contact"
AS_OF = "2026-06-30"


def frame(of: Book, question: Ask | None = None) -> Any:
    return frame_of(of, find(NAME).card, question or Ask())


def months(of: Book, customer: str, *columns: str) -> dict[str, Any]:
    """By month what is told of a customer."""
    rows = of.run(months_with_contact(of.tables, frame(of))).dicts()
    mine = {month_text(r["month"]): r for r in rows if r["customer_id"] == customer}
    return {m: tuple(mine[m][c] for c in columns) if len(columns) > 1 else mine[m][columns[0]] for m in sorted(mine)}


def test_a_month_counts_for_who_entered_it_paying_and_not_after_leaving() -> None:
    """Left on 20 March: at risk in February and March, lost in March; back in May: at risk in June again."""
    of = book(AS_OF, [pays("a", "2026-01-10", "2026-03-20"), pays("a", "2026-05-05", item_id="other")])
    assert months(of, "a", "lost") == {"2026-02": 0, "2026-03": 1, "2026-06": 0}


def test_contact_counts_in_the_months_that_begin_within_90_days_of_it() -> None:
    """10 January: February, March and April begin 22, 50 and 81 days later; May 111 days later."""
    of = book(AS_OF, [pays("a", "2025-10-01")], asked(1, "a", "2026-01-10"))
    found = months(of, "a", "response")
    assert [m for m, level in found.items() if level != "none"] == ["2026-02", "2026-03", "2026-04"]
    assert found["2026-01"] == "none"


def test_the_90th_day_counts_and_the_91st_does_not() -> None:
    """1 April begins 90 days after 1 January and 91 after 31 December."""
    of = book(AS_OF, [pays(c, "2025-10-01") for c in "ab"], asked(1, "a", "2026-01-01"), asked(2, "b", "2025-12-31"))
    assert months(of, "a", "response")["2026-04"] != "none"
    assert months(of, "b", "response")["2026-04"] == "none"


def test_what_happens_in_a_month_explains_nothing_of_it() -> None:
    """Written on 31 January, answered and solved on 2 February, rated on 3 March: each is known a month later."""
    talk = asked(1, "a", "2026-01-31", wait_hours=48, resolved_hours=50, answer=-1, answer_hours=31 * 24)
    of = book(AS_OF, [pays("a", "2025-10-01")], talk)
    found = months(of, "a", *CUTS)
    assert found["2026-01"] == ("none",) * 4
    assert found["2026-02"] == ("unanswered", "unresolved", "no_answer", "first")
    assert found["2026-03"] == ("fast", "resolved", "no_answer", "first")
    assert found["2026-04"] == ("fast", "resolved", "unhappy", "first")


def test_a_month_begins_at_midnight_of_the_company() -> None:
    """Answered at 23:30 UTC of 31 January, which is 1 February in Madrid."""
    talk = asked(1, "a", "2026-01-31", wait_hours=13.5, resolved_hours=13.6)
    spans = [pays("a", "2025-10-01")]
    assert months(book(AS_OF, spans, talk), "a", "response")["2026-02"] == "fast"
    assert months(book(AS_OF, spans, talk, timezone="Europe/Madrid"), "a", "response")["2026-02"] == "unanswered"


def test_fast_is_no_slower_than_the_median_of_the_category() -> None:
    """Usage is answered in 1, 2 and 9 hours, billing in 30 and 40: 2 and 30 are fast, 9 and 40 are slow."""
    waits = {"a": ("usage", 1), "b": ("usage", 2), "c": ("usage", 9), "d": ("billing", 30), "e": ("billing", 40)}
    talks = [asked(i, c, "2026-01-05", wait_hours=w, resolved_hours=w + 1, category=of)
             for i, (c, (of, w)) in enumerate(waits.items())]  # fmt: skip
    of = book(AS_OF, [pays(c, "2025-10-01") for c in waits], *talks)
    assert {c: months(of, c, "response")["2026-02"] for c in waits} == {
        "a": "fast", "b": "fast", "c": "slow", "d": "fast", "e": "slow",
    }  # fmt: skip


def test_outcomes_answers_and_repeats_are_those_of_the_last_contact() -> None:
    """Three of one category within 90 days, one of another between them; the last went silent."""
    silent = {"closed_at": day("2026-02-25"), "close_reason": "went_silent"}
    of = book(
        AS_OF, [pays("a", "2025-10-01"), pays("b", "2025-10-01")],
        asked(1, "a", "2026-01-05", answer=1), asked(2, "a", "2026-01-12", answer=0),
        asked(3, "a", "2026-02-02", category="billing"), asked(4, "a", "2026-02-20", resolved_hours=None, **silent),
    )  # fmt: skip
    found = months(of, "a", "outcome", "answer", "contacts")
    assert found["2026-02"] == ("resolved", "okay", "second")
    assert found["2026-03"] == ("silent", "no_answer", "third")
    assert found["2026-05"] == ("silent", "no_answer", "first")
    assert set(months(of, "b", "outcome").values()) == {"none"}


def test_the_last_rating_before_the_month_counts() -> None:
    again = {"rating_id": "again", "kind": "happiness", "score": 1, "at": day("2026-02-10"), "conversation_id": "t1",
             "customer_id": "a"}  # fmt: skip
    talk = asked(1, "a", "2026-01-20", answer=-1)
    talk["rating"].append(again)
    of = book(AS_OF, [pays("a", "2025-10-01")], talk)
    found = months(of, "a", "answer")
    assert (found["2026-02"], found["2026-03"]) == ("unhappy", "happy")


@pytest.mark.parametrize("reason", ["merged", "spam", "duplicate"])
def test_what_is_no_case_is_no_contact(reason: str) -> None:
    of = book(AS_OF, [pays("a", "2025-10-01")], asked(1, "a", "2026-01-10", close_reason=reason))
    assert set(months(of, "a", "response").values()) == {"none"}


def test_a_conversation_that_we_began_is_contact_once_the_customer_writes() -> None:
    ours = asked(1, "a", "2026-01-10", wait_hours=None)
    ours["message"][0] |= {"author_kind": "human", "author_id": "ana"}
    of = book(AS_OF, [pays("a", "2025-10-01")], ours)
    assert set(months(of, "a", "response").values()) == {"none"}


def test_what_is_held_equal_is_known_before_the_90_days() -> None:
    """The plan that begins in April and the use of April count four months later, in August."""
    spans = [pays("a", "2025-01-05", "2026-04-10", plan="small", subscription_id="s"),
             pays("a", "2026-04-10", None, 50_000, plan="large", subscription_id="s")]  # fmt: skip
    use = [{"customer_id": "a", "on_date": day(f"2026-{m:02}-15").date(), "feature": "f", "events": n}
           for m, n in ((2, 100), (3, 79), (4, 79), (5, 99))]  # fmt: skip
    of = book("2026-10-31", spans, usage=use)
    found = months(of, "a", "plan", "usage", "size")
    assert [found[m][0] for m in ("2026-07", "2026-08")] == ["small", "large"]
    assert found["2026-08"][2] > found["2026-07"][2]
    trend = {m: each[1] for m, each in found.items()}
    assert [trend[f"2026-{m:02}"] for m in (5, 6, 7, 8, 9, 10)] == [
        "unknown", "rising", "falling", "steady", "rising", "falling",
    ]  # fmt: skip


def test_tenure_keeps_the_year_s_end_apart() -> None:
    """Began in January 2025 and asked from July on: ages 6 to 29, of which 12 and 24 are the end of a year."""
    found = months(book("2027-06-30", [pays("a", "2025-01-05")]), "a", "tenure")
    assert Counter(found.values()) == {"1 year": 6, "year's end": 2, "2 years": 11, "longer": 5}
    young = months(book(AS_OF, [pays("a", "2026-01-05")]), "a", "tenure")
    assert Counter(young.values()) == {"3 months": 3, "1 year": 2}


def company() -> Book:
    """Forty customers over two years, some leave, some write, in two segments."""
    spans, talks, named = [], [], []
    for i in range(40):
        name, start = f"c{i:02}", f"2025-{1 + i % 9:02}-{1 + i % 27:02}"
        spans.append(pays(name, start, f"2026-{1 + i % 6:02}-15" if i % 3 == 0 else None))
        named.append({"customer_id": name, "name": name, "segment": "small" if i % 4 else "large"})
        talks += [asked(100 * i + k, name, f"2026-{1 + (i + k) % 5:02}-{2 + i % 25:02}", answer=(None, 1, -1)[k % 3])
                  for k in range(i % 4)]  # fmt: skip
    return book(AS_OF, spans, *talks, customer=named)


def test_months_and_losses_add_up_to_logo_churn_in_every_cut_and_slice() -> None:
    of = company()
    for question in (Ask(), Ask(by="segment"), Ask(where=(("segment", "large"),)), Ask(months=6)):
        found = of.run(cells(of.tables, frame(of, question))).dicts()
        first = parse_month("2026-06") - (question.months or 24) + 1
        logos = ask(of, "logo_churn", Ask(first=first, last=parse_month("2026-06"), where=question.where)).rows
        wanted = (sum(r["opening_customers"] for r in logos), sum(r["lost"] for r in logos))
        for cut in CUTS:
            mine = [r for r in found if r["cut"] == cut]
            assert (sum(r["n"] for r in mine), sum(r["lost"] for r in mine)) == wanted
        rows = ask(of, NAME, question).rows
        months_of = Counter[str]()
        for row in rows:
            months_of[row["experience"]] += row["person_months"]
        assert months_of["none"] + months_of["any"] == wanted[0]
        assert months_of["any"] == sum(months_of[x] for x in ("fast", "slow", "unanswered"))
        assert months_of["any"] == sum(months_of[x] for x in ("resolved", "silent", "unresolved"))
        assert months_of["any"] == sum(months_of[x] for x in ("happy", "okay", "unhappy", "no_answer"))
        assert months_of["any"] == sum(months_of[x] for x in ("first", "second", "third"))


def test_rows_are_those_of_the_contract_and_few_losses_give_no_ratio() -> None:
    rows = ask(company(), NAME).rows
    assert list(rows[0]) == ["experience", "person_months", "hazard_ratio", "low", "high"]
    assert rows[0]["experience"] == "none"
    assert (rows[0]["hazard_ratio"], rows[0]["low"], rows[0]["high"]) == (1.0, None, None)
    assert rows[1]["experience"] == "any"
    assert all(r["hazard_ratio"] is None for r in rows[1:])


def test_cut_by_segment_each_slice_has_its_own_reference_and_customers() -> None:
    of = company()
    rows = ask(of, NAME, Ask(by="segment")).rows
    assert [r["segment"] for r in rows if r["experience"] == "none"] == ["large", "small"]
    assert customers_behind(of, NAME, Ask(by="segment")) == {"large": 10, "small": 30}
    assert customers_behind(of, NAME, Ask()) == {None: 40}


def test_nobody_in_contact_and_nobody_at_all() -> None:
    alone = book(AS_OF, [pays("a", "2026-01-05")])
    assert ask(alone, NAME).rows == ({"experience": "none", "person_months": 5, "hazard_ratio": 1.0, "low": None,
                                      "high": None},)  # fmt: skip
    empty = book(AS_OF, [])
    assert [r["person_months"] for r in ask(empty, NAME).rows] == [0]


def by_hand(**levels: tuple[int, int]) -> list[Row]:
    """Counted months and losses of each level, alike in everything that is held equal."""
    return [
        {"cut": cut, "level": level, **dict.fromkeys(EQUAL, 1), "n": n, "lost": lost}
        for cut in CUTS
        for level, (n, lost) in levels.items()
    ]


def test_the_ratio_is_lost_over_expected_without_contact() -> None:
    """20 of 1000 months without contact and 15 of 250 after a fast answer: 5 expected, 3 times as many."""
    none, every, fast = experiences(by_hand(none=(1000, 20), fast=(250, 15)))[:3]
    assert (none.months, none.lost, none.ratio) == (1000, 20, 1.0)
    assert (every.months, every.lost, every.expected, every.ratio) == (250, 15, pytest.approx(5), pytest.approx(3))
    assert (fast.name, fast.ratio) == ("fast", pytest.approx(3))
    assert 1 < (fast.low or 0) < 3 < (fast.high or 0)


@pytest.mark.parametrize("lost", [(9, 15), (20, 9)])
def test_below_ten_lost_on_either_side_nothing_is_told(lost: tuple[int, int]) -> None:
    without, after = lost
    found = experiences(by_hand(none=(1000, without), fast=(250, after)))
    assert [each.ratio for each in found[1:3]] == [None, None]
    assert found[2].lost == after


def test_where_everybody_was_lost_nothing_is_told() -> None:
    assert experiences(by_hand(none=(20, 20), fast=(10, 10)))[1].ratio is None


def test_a_planted_ratio_is_found_and_none_is_not() -> None:
    """Two of the 200 companies of the simulation, so that a broken model is seen without it."""
    twice = {e.name: e for e in experiences(World(ratio=2.0).cells(np.random.default_rng(1)))}
    plain = {e.name: e for e in experiences(World().cells(np.random.default_rng(1)))}
    assert 1.6 < (twice["any"].ratio or 0) < 2.5
    assert (plain["any"].low or 9) < 1 < (plain["any"].high or 0)
