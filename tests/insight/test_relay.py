"""The strip of holders of one customer, and owner changes that no hand-off announces."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings

from relevo.book.book import Book
from relevo.insight.relay.holders import Holding, holders
from relevo.insight.relay.unannounced import UnannouncedChange, unannounced_changes
from relevo.measures.asking import ask
from tests.measures.relay_oracle import Relay, holder, pays, relays, won
from tests.measures.relays import MEMORY, at, book, handed, held, role, sold
from tests.measures.relays import pays as paying

EXAMPLES = 25


def strip(made: Book, customer: str = "a") -> list[tuple[str | None, str, str]]:
    """Person, reason and the day from which, of each holding."""
    return [(h.person_id, h.reason, f"{h.from_at:%m-%d}") for h in holders(made, customer)]


# The strip ------------------------------------------------------------------------------------------------


def test_the_strip_follows_the_customer_from_the_sale_to_the_day() -> None:
    made = book(
        deal=[sold(1, "a", "2026-01-01 10:00", "ana")],
        assignment=[
            held("a", "sales", "ana", "2025-12-01", "2026-01-05"),  # before the customer began: it counts from there
            held("a", "implementation", "ida", "2026-01-10", "2026-02-10"),
            held("a", "success", "sue", "2026-03-01"),
            held("a", "success", "eva", "2026-04-01"),  # after the day
        ],
        handoff=[
            handed(1, "a", ("implementation", "ida"), "2026-01-11", "2026-01-12 08:00"),
            handed(2, "a", ("success", None), "2026-02-01", "2026-02-05"),
            handed(3, "a", ("success", "sam"), "2026-03-05", "2026-03-06"),
        ],
    )
    assert holders(made, "a") == (
        Holding("sales", "ana", at("2026-01-01 10:00"), at("2026-01-05"), "assignment", None),
        Holding("sales", "ana", at("2026-01-05"), at("2026-01-10"), "deal", None),
        Holding("implementation", "ida", at("2026-01-10"), at("2026-01-12 08:00"), "assignment", None),
        Holding("implementation", "ida", at("2026-01-12 08:00"), at("2026-02-05"), "handoff", "h1"),
        Holding("implementation", "ida", at("2026-02-05"), at("2026-02-10"), "assignment", None),
        Holding("sales", "ana", at("2026-02-10"), at("2026-03-01"), "deal", None),
        Holding("success", "sue", at("2026-03-01"), at("2026-03-06"), "assignment", None),
        Holding("success", "sam", at("2026-03-06"), None, "handoff", "h3"),
    )


def test_a_gap_is_a_holding_of_nobody() -> None:
    made = book(
        subscription_span=paying("a", start="2026-01-01"),
        assignment=[held("a", "success", "sue", "2026-02-01", "2026-03-01")],
    )
    assert strip(made) == [(None, "nobody", "01-01"), ("sue", "assignment", "02-01"), (None, "nobody", "03-01")]


def test_it_begins_with_the_first_pay_or_the_first_sale_in_the_companys_zone() -> None:
    spans = paying("a", "b", start="2026-01-10")
    deals = [sold(1, "a", "2026-01-08 12:00", "ana"), sold(2, "b", "2026-01-20", "ana"), sold(3, "c", None, "ana")]
    made = book(subscription_span=spans, deal=[*deals, sold(4, "d", "2026-04-02", "ana")])
    assert [holders(made, c)[0].from_at for c in "ab"] == [at("2026-01-08 12:00"), at("2026-01-10")]
    assert (holders(made, "c"), holders(made, "d"), holders(made, "nobody")) == ((), (), ())
    west = book(timezone="America/Los_Angeles", subscription_span=spans)
    assert holders(west, "a")[0].from_at == at("2026-01-09 08:00")  # 2026-01-10 00:00 UTC is the 9th there


def test_who_has_it_again_by_another_handoff_has_a_holding_of_its_own() -> None:
    made = book(
        subscription_span=paying("a", start="2026-01-01"),
        handoff=[handed(n, "a", ("success", "sue"), f"2026-0{n}-01", f"2026-0{n}-02") for n in (1, 2)],
    )
    assert strip(made) == [(None, "nobody", "01-01"), ("sue", "handoff", "01-02"), ("sue", "handoff", "02-02")]


def test_the_seller_of_a_deal_is_found_in_its_roles() -> None:
    made = book(
        deal=[sold(1, "a", "2026-01-01"), sold(2, "a", "2026-02-01")],
        deal_role=[role(1, "ana", "0.4"), role(1, "ben", "0.6")],
    )
    assert strip(made) == [("ben", "deal", "01-01"), (None, "nobody", "02-01")]


@given(relays())
@settings(max_examples=EXAMPLES)
def test_exactly_one_holds_at_any_instant_and_the_last_one_is_the_baton(relay: Relay) -> None:
    _is_whole(relay)


@pytest.mark.sims
@given(relays())
@settings(max_examples=300, derandomize=False)
def test_exactly_one_holds_at_any_instant_of_many_relays(relay: Relay) -> None:
    _is_whole(relay)


def _is_whole(relay: Relay) -> None:
    made = relay.book()
    last = {r["customer_id"]: (r["role"], r["person_id"], r["reason"]) for r in ask(made, "baton").rows}
    for customer in "abc":
        found = holders(made, customer)
        assert bool(found) == (bool(relay.rows("subscription_span", customer)) or bool(won(relay, customer)))
        assert all(a.to_at == b.from_at and a.from_at < b.from_at for a, b in pairwise(found))
        assert [h.to_at for h in found[-1:]] == [None] * len(found[-1:])
        if customer in last:
            assert (found[-1].role, found[-1].person_id, found[-1].reason) == last[customer]
        _at_every_instant(relay, customer, found)
    assert {c for c in "abc" if pays(relay, c)} <= {c for c in "abc" if holders(made, c)}
    MEMORY.forget(made)


def _at_every_instant(relay: Relay, customer: str, found: tuple[Holding, ...]) -> None:
    """At the beginning of each holding, in its middle and just before its end."""
    for each in found:
        ends = each.to_at or relay.until
        for when in (each.from_at, each.from_at + (ends - each.from_at) / 2, ends - timedelta(microseconds=1)):
            assert (each.role, each.person_id, each.reason) == holder(relay, customer, when)


# Changes that nobody announced ----------------------------------------------------------------------------


def test_another_person_in_a_role_or_in_the_next_role_without_a_handoff() -> None:
    made = book(
        assignment=[
            held("a", "success", "sue", "2025-01-01", "2026-01-10"), held("a", "success", "sam", "2026-01-10"),
            held("b", "sales", "ana", "2025-12-01"), held("b", "success", "sue", "2026-02-01"),
            held("c", "sales", "ana", "2025-12-01"), held("c", "success", "ana", "2026-02-01"),  # the same person
            held("d", "success", "sue", "2025-01-01"), held("d", "success", "eva", "2026-04-01"),  # after the day
        ],
    )  # fmt: skip
    assert unannounced_changes(made) == (
        UnannouncedChange("b", "success", "ana", "sue", at("2026-02-01")),
        UnannouncedChange("a", "success", "sue", "sam", at("2026-01-10")),
    )
    assert [c.customer_id for c in unannounced_changes(made.scoped(frozenset({"a", "c"})))] == ["a"]


def test_a_handoff_within_thirty_days_announces_it() -> None:
    changes = [held(c, "success", p, d) for c in "abcde" for p, d in (("sue", "2025-01-01"), ("sam", "2026-02-01"))]
    given = ("2026-01-02 00:00", "2026-01-01 23:59", "2026-03-03 00:00", "2026-03-03 00:01", None)
    handoffs = [handed(n, "abcde"[n], ("success", "sam"), when) for n, when in enumerate(given)]
    made = book(assignment=changes, handoff=handoffs)
    assert [c.customer_id for c in unannounced_changes(made)] == ["b", "d", "e"]


def test_a_handoff_after_the_day_announces_nothing() -> None:
    changes = [held("a", "success", "sue", "2025-01-01"), held("a", "success", "sam", "2026-03-20")]
    assert unannounced_changes(book(assignment=changes, handoff=[handed(1, "a", ("success", "sam"), "2026-04-01")]))


def test_the_role_before_is_the_nearest_that_anybody_had_by_then() -> None:
    """Success follows implementation and not sales; who had a role last counts; a later role does not come before."""
    made = book(
        assignment=[
            held("a", "sales", "ana", "2025-12-01"), held("a", "implementation", "old", "2025-12-05"),
            held("a", "implementation", "ida", "2025-12-20"), held("a", "success", "ida", "2026-01-10"),
            held("b", "support", "tom", "2025-12-01"), held("b", "success", "sue", "2026-01-10"),
            held("c", "implementation", "ida", "2026-01-01"), held("c", "success", "sue", "2026-01-01"),
            held("d", "expert", "tom", "2025-12-01"), held("d", "success", "sue", "2026-01-10"),  # no role of the relay
            held("d", "expert", "eva", "2026-01-20"),
        ],
    )  # fmt: skip
    assert [(c.customer_id, c.role, c.from_person, c.to_person) for c in unannounced_changes(made)] == [
        ("d", "expert", "tom", "eva"),
        ("c", "success", "ida", "sue"),
        ("a", "implementation", "old", "ida"),
        ("a", "implementation", "ana", "old"),
    ]


def test_two_who_begin_together_do_not_follow_each_other() -> None:
    made = book(assignment=[held("a", "success", p, "2026-01-01") for p in ("sue", "sam")])
    assert unannounced_changes(made) == ()
