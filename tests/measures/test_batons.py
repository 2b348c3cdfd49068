"""Who holds a customer, which deals were never handed on, and how often customers change hands: worked by hand."""

from typing import Any

import pytest

from relevo.book.baton import unheld
from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask, Kind
from relevo.measures.catalog import MEASURES
from tests.measures.relays import AS_OF, at, book, days_before, handed, held, pays, role, sold, talk


def batons(made: Book) -> dict[str, tuple[Any, ...]]:
    """Customer to role, person and reason."""
    return {r["customer_id"]: (r["role"], r["person_id"], r["reason"]) for r in ask(made, "baton").rows}


def dropped(made: Book) -> list[str]:
    return [r["deal_id"] for r in ask(made, "dropped_batons").rows]


def flows(made: Book) -> dict[str, tuple[Any, ...]]:
    """Customer to team hand-offs, person hand-offs, ping-pongs and days."""
    return {r["customer_id"]: tuple(r.values())[1:] for r in ask(made, "handoff_flow").rows}


# The baton ------------------------------------------------------------------------------------------------


def test_the_receiver_of_the_last_accepted_handoff_holds_whatever_is_assigned() -> None:
    made = book(
        subscription_span=pays("a"),
        assignment=[held("a", "success", "sue", "2026-03-01")],
        handoff=[
            handed(1, "a", ("implementation", "ida"), "2026-01-01", "2026-01-02 09:00"),
            handed(2, "a", ("success", "sam"), "2026-02-01", "2026-02-03 10:00"),
            handed(3, "a", ("support", "tom"), "2026-03-01"),  # given and not accepted
            handed(4, "a", ("support", "tom"), "2026-03-30", "2026-04-01 00:00"),  # accepted a moment too late
        ],
    )
    (row,) = ask(made, "baton").rows
    since = at("2026-02-03 10:00")
    assert row == {
        "customer_id": "a", "role": "success", "person_id": "sam", "since": since, "reason": "handoff",
    }  # fmt: skip


def test_without_a_receiver_it_falls_through_to_the_assignment() -> None:
    """The last accepted hand-off names nobody: who received the one before has passed the customer on."""
    made = book(
        subscription_span=pays("a", "b"),
        assignment=[held("a", "sales", "ana", "2025-01-01")],
        handoff=[
            handed(1, "a", ("implementation", "ida"), "2026-01-01", "2026-01-02"),
            handed(2, "a", ("success", None), "2026-02-01", "2026-02-02"),
            handed(3, "b", ("success", None), "2026-02-01", "2026-02-02"),
        ],
    )
    assert batons(made) == {"a": ("sales", "ana", "assignment"), "b": (None, None, "nobody")}


def test_of_handoffs_accepted_at_one_instant_the_first_by_id_counts() -> None:
    when = ("2026-02-01 10:00", "2026-02-01 10:00")
    both = [handed(2, "a", ("success", "sue"), *when), handed(1, "a", ("implementation", "ida"), *when)]
    assert batons(book(subscription_span=pays("a"), handoff=both)) == {"a": ("implementation", "ida", "handoff")}


def test_open_assignments_are_looked_for_by_role_then_by_the_latest_then_by_id() -> None:
    end = "2026-04-01 00:00"  # the end of the as-of day: open as it ends
    made = book(
        subscription_span=pays("a", "b", "c", "d", "e"),
        assignment=[
            held("a", "sales", "ana", "2026-03-01"), held("a", "implementation", "ida", "2025-01-01"),
            held("b", "account_manager", "al", "2025-01-01"), held("b", "implementation", "ida", "2026-01-01"),
            held("c", "success", "old", "2025-01-01"), held("c", "success", "new", "2026-01-01", end),
            held("c", "success", "gone", "2026-02-01", "2026-03-31 23:59"),
            held("d", "success", "zoe", "2026-01-01"), held("d", "success", "amy", "2026-01-01"),
            held("e", "support", "tom", "2025-01-01"), held("e", "success", "sue", "2026-04-01 00:00"),
        ],
    )  # fmt: skip
    assert batons(made) == {
        "a": ("implementation", "ida", "assignment"),
        "b": ("account_manager", "al", "assignment"),
        "c": ("success", "new", "assignment"),
        "d": ("success", "amy", "assignment"),
        "e": (None, None, "nobody"),
    }


def test_else_the_seller_of_the_last_won_deal_holds() -> None:
    made = book(
        subscription_span=pays("a", "b", "c", "d"),
        deal=[
            sold(1, "a", "2025-01-01", "old"), sold(2, "a", "2025-06-01 12:00", "ana", kind="expansion"),
            sold(3, "a", "2025-07-01", "lost", outcome="lost"), sold(4, "a", "2026-04-01", "late"),
            sold(5, "b", "2025-01-01"), sold(6, "c", "2025-01-01"),
            sold(7, "d", "2025-01-01", "ana"), sold(8, "d", "2025-02-01"),  # the last one says nobody
        ],
        deal_role=[
            role(2, "big", "1"), role(5, "few", "0.3"), role(5, "most", "0.7"), role(5, "boss", "1", "manager"),
            role(6, "zed", None), role(6, "abe", None),
        ],
    )  # fmt: skip
    rows = {r["customer_id"]: r for r in ask(made, "baton").rows}
    assert batons(made) == {
        "a": ("sales", "ana", "deal"), "b": ("sales", "most", "deal"), "c": ("sales", "abe", "deal"),
        "d": (None, None, "nobody"),
    }  # fmt: skip
    assert (rows["a"]["since"], rows["d"]["since"]) == (at("2025-06-01 12:00"), None)


def test_active_is_who_pays_or_bought_in_the_last_ninety_days() -> None:
    """90 days that end with 2026-03-31 begin with 2026-01-01."""
    made = book(
        subscription_span=[*pays("pays", "late"), *pays("left", "back", end="2026-03-01")],
        deal=[
            sold(1, "left", "2025-12-31 23:59", "ana"), sold(2, "back", "2026-01-01 00:00", "ana", kind="renewal"),
            sold(3, "buys", "2026-03-31 23:59", "ana"), sold(4, "soon", "2026-04-01 00:00", "ana"),
            sold(5, "lost", "2026-03-01", "ana", outcome="lost"), sold(6, None, "2026-03-01", "ana"),
        ],
    )  # fmt: skip
    assert list(batons(made)) == ["back", "buys", "late", "pays"]


def test_the_day_ends_where_the_company_is() -> None:
    """2026-03-31 ends in Los Angeles at 07:00 UTC of the next day, and 90 days before at 08:00."""
    rows: dict[str, Any] = {
        "deal": [sold(1, "a", "2026-04-01 06:59", "ana"), sold(2, "b", "2026-04-01 07:00", "ana"),
                 sold(3, "c", "2026-01-01 08:00", "ana"), sold(4, "d", "2026-01-01 07:59", "ana")],
    }  # fmt: skip
    made = book(timezone="America/Los_Angeles", **rows)
    assert list(batons(made)) == ["a", "c"]
    assert [(r["deal_id"], r["days"]) for r in ask(made, "dropped_batons").rows] == [("d1", 0), ("d3", 89), ("d4", 90)]
    assert list(batons(book(**rows))) == ["c", "d"]


def test_a_viewers_book_has_the_batons_of_its_customers_alone() -> None:
    made = book(
        subscription_span=pays("a", "b"), deal=[sold(1, "a", "2026-01-01", "ana"), sold(2, "b", "2026-01-01", "ana")],
        handoff=[handed(1, "b", ("success", "sue"), "2026-01-02", "2026-01-02")],
    )  # fmt: skip
    seen = made.scoped(frozenset({"b"}))
    assert batons(seen) == {"b": ("success", "sue", "handoff")}
    assert (dropped(made), dropped(seen)) == (["d1"], [])
    assert list(flows(seen)) == ["b"]


def test_what_the_build_finds_is_what_the_measure_says_nobody_holds() -> None:
    made = book(
        subscription_span=pays("a", "b", "c"), handoff=[handed(1, "b", ("success", None), "2026-01-02", "2026-01-02")],
        assignment=[held("c", "success", "sue", "2026-01-01")], deal=[sold(1, "e", "2026-03-01")],
    )  # fmt: skip
    assert nobody(made) == ["a", "b", "e"] == found_by_the_build(made)


def nobody(made: Book) -> list[str]:
    return [r["customer_id"] for r in ask(made, "baton").rows if r["reason"] == "nobody"]


def found_by_the_build(made: Book) -> list[str]:
    return sorted(row[0] for row in made.run_sql(unheld(made.as_of, made.company.timezone)).rows)


# Dropped batons -------------------------------------------------------------------------------------------


def test_a_won_new_deal_is_dropped_until_a_handoff_of_its_customer_is_given() -> None:
    made = book(
        deal=[
            sold(1, "a", "2026-03-01 10:00", "ana"), sold(2, "b", "2026-03-01 10:00", "ana"),
            sold(3, "c", "2026-03-01 10:00", "ana"), sold(4, "d", "2026-03-01 10:00", "ana"),
            sold(5, "e", "2026-03-31 10:00", "ana"), sold(6, "f", "2026-03-01", "ana", kind="expansion"),
            sold(7, "g", "2026-03-01", "ana", outcome="lost"), sold(8, "h", "2026-04-01 00:00", "ana"),
        ],
        handoff=[
            handed(1, "a", ("success", "sue"), "2026-01-30 10:00"),  # 30 days before to the minute: it counts
            handed(2, "b", ("success", "sue"), "2026-01-30 09:59"),
            handed(3, "c", ("success", "sue"), "2026-03-31 23:59"),
            handed(4, "d", ("success", "sue"), "2026-04-01 00:00"),  # after the as-of day
            handed(5, "e", ("success", "sue"), None),  # a draft
        ],
    )  # fmt: skip
    rows = ask(made, "dropped_batons").rows
    assert [(r["deal_id"], r["days"]) for r in rows] == [("d5", 0), ("d2", 30), ("d4", 30)]
    assert rows[0] == {
        "deal_id": "d5", "customer_id": "e", "closed_at": at("2026-03-31 10:00"), "days": 0, "owner": "ana",
    }  # fmt: skip


def test_no_handoff_is_needed_where_the_seller_holds_the_next_role() -> None:
    made = book(
        deal=[sold(i, c, "2026-02-01", "ana") for i, c in enumerate("abcdefgh", 1)],
        assignment=[
            held("a", "implementation", "ana", "2026-02-10"),
            held("b", "implementation", "ida", "2026-02-10"), held("b", "success", "ana", "2026-02-01"),
            held("c", "sales", "ana", "2026-01-01"),  # selling is not the next role
            held("d", "presales", "ana", "2026-01-01", "2026-02-01"),  # ended as the deal closed
            held("e", "presales", "pat", "2026-01-01", "2026-02-01"), held("e", "support", "ana", "2026-03-01"),
            held("f", "success", "ana", "2026-02-05", "2026-03-01"), held("f", "success", "sue", "2026-03-01"),
            held("g", "success", "sue", "2026-02-05", "2026-03-01"), held("g", "success", "ana", "2026-03-01"),
            held("h", "success", "ana", "2026-04-01"),
        ],
    )  # fmt: skip
    assert dropped(made) == ["d2", "d3", "d4", "d7", "d8"]


def test_who_was_first_in_the_next_role_counts_and_an_empty_assignment_does_not() -> None:
    made = book(
        deal=[sold(i, c, "2026-02-01", "ana") for i, c in enumerate("abcd", 1)],
        assignment=[
            held("a", "success", "sue", "2025-01-01"), held("a", "success", "ana", "2026-01-15"),  # the later
            held("b", "success", "ana", "2025-01-01"), held("b", "success", "sue", "2026-01-15"),
            held("c", "success", "ana", "2026-02-05"), held("c", "success", "zoe", "2026-02-05"),
            held("d", "success", "ana", "2026-02-05", "2026-02-05"),  # held for no time at all
        ],
    )  # fmt: skip
    assert dropped(made) == ["d2", "d4"]


def test_without_customer_or_seller_nothing_can_prove_a_handoff() -> None:
    made = book(
        deal=[sold(1, None, "2026-02-01", "ana"), sold(2, "a", "2026-02-02"), sold(3, "b", "2026-02-03")],
        deal_role=[role(3, "rob", "0.5"), role(3, "ben", "0.5")],
        assignment=[held("a", "success", "sue", "2026-02-05"), held("b", "success", "ben", "2026-02-05")],
        handoff=[handed(1, "c", ("success", "sue"), "2026-02-05")],
    )
    rows = ask(made, "dropped_batons").rows
    assert [(r["deal_id"], r["customer_id"], r["owner"]) for r in rows] == [("d2", "a", None), ("d1", None, "ana")]
    by = ask(made, "dropped_batons", Ask(by="segment")).rows
    assert [(r["deal_id"], r["segment"]) for r in by] == [("d2", "smb"), ("d1", "(none)")]


def test_newest_first_then_by_id() -> None:
    deals = [sold(n, f"c{n}", day, "ana") for n, day in ((3, "2026-02-01"), (1, "2026-02-01"), (2, "2025-02-01"))]
    made = book(deal=[*deals, sold(4, "x", "2026-03-01", "ana")])
    assert dropped(made) == ["d4", "d1", "d3", "d2"]


# The flow -------------------------------------------------------------------------------------------------


def test_the_relay_is_one_thread_and_a_handoff_with_its_assignment_one_step() -> None:
    """sales ana, implementation ida (hand-off and assignment), success sue, success sam: 2 teams, 3 persons."""
    made = book(
        assignment=[
            held("a", "sales", "ana", "2026-01-01 12:00"), held("a", "implementation", "ida", "2026-01-10"),
            held("a", "success", "sam", "2026-03-05 11:00"), held("a", "success", "eva", "2026-04-01"),
        ],
        handoff=[
            handed(1, "a", ("implementation", "ida"), "2026-01-09", "2026-01-09 10:00"),
            handed(2, "a", ("success", "sue"), "2026-02-01", "2026-02-02"),
            handed(3, "a", ("support", "tom"), "2026-03-01"),
            handed(4, "b", ("success", None), "2026-03-01", "2026-03-02"),
        ],
    )  # fmt: skip
    assert flows(made) == {"a": (2, 3, 0, 62), "b": (0, 0, 0, 0)}  # 62 days and 23 hours


@pytest.mark.parametrize(
    ("persons", "handoffs", "back"),
    [("a", 0, 0), ("aab", 1, 0), ("aba", 2, 1), ("abab", 3, 2), ("abca", 3, 0), ("abbaa", 2, 1), ("abcbcb", 5, 3)],
)
def test_ping_pongs_are_counted_on_the_collapsed_sequence(persons: str, handoffs: int, back: int) -> None:
    rows = [held("x", "success", p, f"2026-01-{day:02}") for day, p in enumerate(persons, 1)]
    assert flows(book(assignment=rows)) == {"x": (0, handoffs, back, len(persons) - 1)}


def test_each_conversation_is_a_thread_of_its_own() -> None:
    talks = [
        talk("t1", "a", ("2026-01-01", "assigned", "tom"), ("2026-01-02", "assigned", None),
             ("2026-01-03", "assigned", "tom"), ("2026-01-04", "group", "second level"),
             ("2026-01-05", "group", "billing"), ("2026-01-06", "assigned", "eva"), ("2026-01-07", "assigned", "tom")),
        talk("t2", "a", ("2026-01-02", "assigned", "sue"), ("2026-01-02", "status", "open")),
        talk("t3", None, ("2026-01-02", "assigned", "sue"), ("2026-01-03", "assigned", "eva")),
        talk("t4", "b", ("2026-01-02", "assigned", None)),
        talk("t5", "c", ("2026-04-01", "assigned", "sue")),
    ]  # fmt: skip
    tables = {"conversation": [c for c, _ in talks], "conversation_event": [e for _, events in talks for e in events]}
    assert flows(book(**tables)) == {"a": (1, 2, 1, None)}
    relay = [held(c, "success", "eva", "2026-01-01") for c in "ab"]
    assert flows(book(**tables, assignment=relay)) == {"a": (1, 2, 1, 0), "b": (0, 0, 0, 0)}


# The cards ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dropped_batons", "handoff_flow"])
def test_fewer_is_better_and_never_without_what_became_of_the_customers(name: str) -> None:
    card = MEASURES[name].card
    assert (card.kind, str(card.direction)) == (Kind.EFFICIENCY, "down")
    assert any(MEASURES[other].card.kind is Kind.OUTCOME for other in card.read_with)


@pytest.mark.parametrize("name", ["baton", "dropped_batons", "handoff_flow"])
def test_a_slice_stands_beside_the_customer(name: str) -> None:
    rows: dict[str, Any] = {
        "subscription_span": pays("a"), "deal": [sold(1, "a", days_before(3), "ana")],
        "assignment": [held("a", "success", "sue", days_before(2))],
    }  # fmt: skip
    made = book(**rows)
    (row,) = ask(made, name, Ask(by="segment")).rows
    (plain,) = ask(made, name).rows
    assert row == {**plain, "segment": "smb"}
    assert ask(made, name, Ask(where=(("segment", "ent"),))).rows == ()
    assert made.as_of == AS_OF
