"""One company under three spellings, through real builds: joined for a reason one can read, and taken apart again.

S2-14: "Same company under 3 spellings merges with reviewable reason; unmerge restores exactly."
"""

import re
from pathlib import Path
from typing import Any

import pytest

from relevo.answers.customer_joins import customer_joins
from relevo.answers.customers import customer_card, customer_rows
from relevo.answers.identity import current_id
from relevo.answers.identity_review import pair, review_queue
from relevo.answers.notes import customer_notes
from relevo.answers.reading import Reading
from relevo.base.config import Home
from relevo.book.tables import TABLES
from relevo.desk.identity.actions import NewDecision, decide, undo
from relevo.desk.identity.decided import decisions_in_force
from relevo.desk.work.actions import NewNote, file_note
from relevo.jobs.clock import now
from relevo.jobs.identity import decide as decide_by_hand
from relevo.jobs.loading import load
from relevo.jobs.opening import operator_reading
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import is_behind
from tests.making import span, write_table

pytestmark = pytest.mark.django_db
CRM, BILLING, DESK, SHOP = "crm:1", "billing:91", "desk:rosa", "shop:5"
# Three spellings. Name and domain agree in the CRM and in billing; the help desk knows the name alone.
CUSTOMERS: list[dict[str, Any]] = [
    {"customer_id": CRM, "name": "Alto Logistics S.L.", "domain": "alto.example", "source": "crm",
     "created_at": "2024-01-05T09:00:00Z"},
    {"customer_id": BILLING, "name": "ALTO LOGISTICS SL", "domain": "www.alto.example", "source": "billing",
     "created_at": "2024-02-01T09:00:00Z"},
    {"customer_id": DESK, "name": "Alto Logístics", "source": "desk", "created_at": "2024-03-01T09:00:00Z"},
    {"customer_id": "crm:2", "name": "Brisa Foods", "domain": "brisa.example", "source": "crm",
     "created_at": "2024-01-06T09:00:00Z"},
    {"customer_id": SHOP, "name": "Rosa Gil", "source": "shop", "created_at": "2024-06-01T09:00:00Z"},
]  # fmt: skip
SPANS = [
    span(BILLING, "2024-02-01", None, 10_000, source="billing"),
    span(DESK, "2024-04-01", None, 700, source="desk"),
    span("crm:2", "2024-01-06", None, 3_000, source="crm"),
    span(SHOP, "2024-06-01", None, 50, source="shop"),
]
TALKS = [
    {"conversation_id": "V1", "customer_id": DESK, "channel": "mail", "subject": "Where is it?",
     "opened_at": "2024-05-01T10:00:00Z", "source": "desk"},
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home with the three systems loaded and built; its Desk is the tests' database."""
    for module in ("closing", "desk", "forecasts", "identity", "opening"):
        monkeypatch.setattr(f"relevo.jobs.{module}.prepare", lambda _home: None)
    for name, rows in (("customer", CUSTOMERS), ("subscription_span", SPANS), ("conversation", TALKS)):
        write_table(tmp_path / "raw", name, rows)
    made = Home(tmp_path / "home")
    load(made, tmp_path / "raw")
    made.desk_database.touch()
    build(made)
    return made


def build(home: Home) -> Reading:
    assert build_book(home, lambda _step: None).published
    return operator_reading(home)


def rows_of(reading: Reading) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the book, and of what it says of identity, in an order of their own."""
    book = reading.company_book
    names = (*TABLES, "run_rate", "mrr_change", "movement", "mrr_level", "customer_start", "identity_match",
             "identity_candidate", "identity_count")  # fmt: skip
    return {name: sorted(book.run_sql(f"SELECT * FROM {name}").rows, key=repr) for name in names}


def mrr(reading: Reading) -> dict[str, int | None]:
    return {row.customer_id: row.mrr_cents for row in customer_rows(reading)}


def names(reading: Reading) -> tuple[str, str]:
    """Of the CRM's and the billing's id, the one under which the book keeps the two, and the other."""
    kept = current_id(reading, CRM)
    assert kept == current_id(reading, BILLING), "the rules joined them"
    return (CRM, BILLING) if kept == CRM else (BILLING, CRM)


def test_three_spellings_are_one_customer_and_can_be_taken_apart_again(home: Home) -> None:
    # What the rules are sure of: CRM and billing share name and domain.
    before = operator_reading(home)
    first, (alto, other) = rows_of(before), names(before)
    assert mrr(before) == {alto: 10_000, DESK: 700, "crm:2": 3_000, SHOP: 50}
    (joined,) = customer_joins(before, alto).joins
    assert (joined.external_id, joined.decision) == (other, None)
    assert {"name", "domain"} <= set(re.findall("[a-z_]+", joined.reason))
    assert (joined.confidence or 0) > 0.98
    # What they are not sure of waits, with what speaks for it.
    (waits,) = review_queue(before).rows
    assert {waits.customer_id, waits.other_id} == {alto, DESK}
    assert waits.mrr_cents == 10_700
    assert "name" in waits.kinds
    side_by_side = pair(before, alto, DESK)
    assert side_by_side.one.systems == ("billing", "crm")
    assert side_by_side.evidence
    file_note(NewNote(DESK, "call", "Rosa called.", now()), "ana", now())
    # Somebody knows: the third spelling is the same company.
    decide_by_hand(home, "merge", alto, DESK, "Rosa signed the contract of Alto")
    assert is_behind(home)
    merged = build(home)
    assert not is_behind(home)
    assert mrr(merged) == {alto: 10_700, "crm:2": 3_000, SHOP: 50}, "the company's total is what it was"
    assert current_id(merged, DESK) == current_id(merged, other) == alto
    assert customer_card(merged, alto).name == customer_card(before, alto).name
    assert review_queue(merged).found == 0
    told = customer_joins(merged, alto)
    by_hand = next(line for line in told.joins if line.external_id == DESK)
    assert by_hand.decision is not None
    assert (by_hand.decision.who, by_hand.decision.reason) == ("operator", "Rosa signed the contract of Alto")
    assert by_hand.decision.in_book
    assert [n.text for n in customer_notes(merged, alto)] == ["Rosa called."]
    assert rows_of(merged) != first
    # It was wrong: the next book is as if it had not been said.
    undo(decisions_in_force()[0].id, "ines", "another Rosa", now())
    assert is_behind(home)
    after = build(home)
    assert rows_of(after) == first
    assert [n.text for n in customer_notes(after, DESK)] == ["Rosa called."]
    for key in (alto, DESK):
        assert customer_joins(after, key).decisions[0].undo_reason == "another Rosa"


def test_what_a_rule_joined_is_split_off_and_comes_back(home: Home) -> None:
    before = operator_reading(home)
    first, (alto, other) = rows_of(before), names(before)
    key = decide(NewDecision("apart", alto, other, "a namesake"), "ines", now())
    assert [line.is_split for line in customer_joins(before, alto).joins] == [True]
    split = build(home)
    assert mrr(split) == {CRM: 0, BILLING: 10_000, DESK: 700, "crm:2": 3_000, SHOP: 50}
    assert customer_joins(split, alto).joins == ()
    assert all({CRM, BILLING} != {r.customer_id, r.other_id} for r in review_queue(split).rows), "it is not asked again"
    assert customer_joins(split, other).decisions[0].reason == "a namesake"
    undo(key, "ines", "they are one after all", now())
    assert rows_of(build(home)) == first


@pytest.mark.parametrize(("kept", "other"), [("crm:2", DESK), (DESK, "crm:2")])
def test_whose_name_stays_is_said_by_who_decides(home: Home, kept: str, other: str) -> None:
    decide_by_hand(home, "merge", kept, other, "one company")
    merged = build(home)
    assert mrr(merged) == {names(merged)[0]: 10_000, kept: 3_700, SHOP: 50}
    assert current_id(merged, other) == kept


def test_the_id_that_somebody_chose_stays_though_a_rule_joins_an_older_one(home: Home) -> None:
    alto, other = names(operator_reading(home))
    decide_by_hand(home, "merge", DESK, alto, "the desk's number is on the contract")
    merged = build(home)
    assert {current_id(merged, each) for each in (DESK, alto, other)} == {DESK}
    assert mrr(merged) == {DESK: 10_700, "crm:2": 3_000, SHOP: 50}


def test_a_chain_of_merges_ends_at_one_customer(home: Home) -> None:
    alto, second = names(operator_reading(home))
    decide_by_hand(home, "merge", DESK, SHOP, "Rosa shops for Alto")
    assert mrr(build(home)) == {alto: 10_000, DESK: 750, "crm:2": 3_000}
    decide_by_hand(home, "merge", alto, DESK, "one company")
    merged = build(home)
    assert mrr(merged) == {alto: 10_750, "crm:2": 3_000}
    told = {line.external_id: line.decision for line in customer_joins(merged, alto).joins}
    assert {key: decision and decision.reason for key, decision in told.items()} == {
        second: None, DESK: "one company", SHOP: "Rosa shops for Alto",
    }  # fmt: skip
    undo(next(d.id for d in decisions_in_force() if d.other_id == DESK), "ines", "two companies", now())
    assert mrr(build(home)) == {alto: 10_000, DESK: 750, "crm:2": 3_000}


def test_a_book_of_what_was_known_holds_what_was_decided_then(home: Home) -> None:
    alto, _ = names(operator_reading(home))
    moment = now()
    decide_by_hand(home, "merge", alto, DESK, "one company")
    later = now()
    build(home)
    assert set(mrr(operator_reading(home, known_at=moment))) == {alto, DESK, "crm:2", SHOP}
    assert set(mrr(operator_reading(home, known_at=later))) == {alto, "crm:2", SHOP}
