"""Who may be one customer: what waits, one pair side by side, the history of joins, and who is told what."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from relevo.answers.customer_joins import customer_joins
from relevo.answers.identity import current_id, former_ids
from relevo.answers.identity_book import candidates, join_of_id, source_counts
from relevo.answers.identity_deciding import decision_to_undo, pair_to_decide
from relevo.answers.identity_decisions import decision_lines, decisions_of, waiting
from relevo.answers.identity_review import candidate_pair, identity_news, pair, review_queue
from relevo.answers.reading import NONE, OPERATOR, NotFound, Reading, Refused, Viewer
from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.desk.identity.actions import NewDecision, decide, undo
from relevo.desk.people.roles import Right
from tests.answers import company, identities

pytestmark = pytest.mark.django_db
EVEN = frozenset(company.key(i) for i in range(0, company.CUSTOMERS, 2))
# After the book was made.
LATER = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book.open(identities.home(tmp_path_factory.mktemp("identity")).books)


@pytest.fixture
def every(joined: Book) -> Reading:
    return Reading(joined, OPERATOR)


@pytest.fixture
def anas(joined: Book) -> Reading:
    return Reading(joined, Viewer("ana", scope=EVEN, money=EVEN, conversations=EVEN))


def same(into: str, other: str, instead_of: int = 0) -> int:
    return decide(NewDecision("merge", into, other, "one company", instead_of), "ines", LATER)


def not_same(one: str, other: str, instead_of: int = 0) -> int:
    return decide(NewDecision("apart", one, other, "two companies", instead_of), "ines", LATER)


def mrr(reading: Reading, *keys: str) -> int:
    from relevo.answers.customers import customer_card

    return sum(customer_card(reading, key).mrr_cents or 0 for key in keys)


def test_the_queue_is_ordered_by_how_sure_the_rules_are_or_by_the_money(every: Reading) -> None:
    queue = review_queue(every)
    assert [(r.candidate_id, r.confidence) for r in queue.rows] == [("k-odd", 0.9), ("k-even", 0.8), ("k-both", 0.6)]
    assert queue.rows[1].customer == "=Alto, Inc"
    assert queue.rows[1].mrr_cents == mrr(every, "C00", "C02")
    assert (queue.rows[1].kinds, queue.rows[1].against) == (("tax_id", "name"), ("country",))
    assert (queue.found, queue.next_offset, queue.waiting, queue.decided, queue.may_decide) == (3, None, 0, 0, True)
    by_money = review_queue(every, order="money").rows
    assert [r.mrr_cents for r in by_money] == sorted((r.mrr_cents for r in queue.rows), key=lambda c: -(c or 0))
    assert [r.candidate_id for r in by_money] != [r.candidate_id for r in queue.rows]
    with pytest.raises(WrongUse, match="not ordered by 'luck'"):
        review_queue(every, order="luck")


def test_the_queue_is_paged(every: Reading) -> None:
    first = review_queue(every, limit=2)
    second = review_queue(every, offset=first.next_offset or 0, limit=2)
    assert [r.candidate_id for r in (*first.rows, *second.rows)] == ["k-odd", "k-even", "k-both"]
    assert (first.next_offset, second.next_offset, review_queue(every, offset=99).next_offset) == (2, None, None)


def test_a_pair_is_seen_by_who_sees_both(every: Reading, anas: Reading) -> None:
    queue = review_queue(anas)
    assert [r.candidate_id for r in queue.rows] == ["k-even"]
    assert (queue.may_decide, identity_news(anas).open_pairs, identity_news(every).open_pairs) == (False, 1, 3)
    assert [(c.source, c.unmatched) for c in identity_news(anas).alone] == [("crm", 12)]
    assert identity_news(Reading(None, OPERATOR)).alone == ()
    for one, other in (("C01", "C03"), ("C04", "C05"), ("C05", "C04")):
        with pytest.raises(NotFound):
            pair(anas, one, other)
    with pytest.raises(NotFound, match="no pair 'k-odd'"):
        candidate_pair(anas, "k-odd")
    assert candidate_pair(every, "k-odd").one.customer_id == "C01"
    assert queue.counts == review_queue(every).counts == source_counts(every), "counts are for everybody"


def test_two_customers_stand_side_by_side(every: Reading) -> None:
    found = pair(every, "C00", "C02")
    one, other = found.one, found.other
    assert other is not None
    assert (one.name, one.domain, one.country, other.country) == ("=Alto, Inc", "c0.example", "ES", "NA")
    assert (one.contacts, one.conversations, other.contacts, other.conversations) == (1, 1, 0, 0)
    # C00 is created and pays from 2023-04-01, and its only conversation is of 2024-05-06.
    assert (one.first_seen, one.since) == (date(2023, 4, 1), date(2023, 4, 1))
    assert "billing" in one.systems
    assert (one.mrr_cents or 0) + (other.mrr_cents or 0) == mrr(every, "C00", "C02")
    assert (found.candidate_id, found.confidence, found.held, found.join) == ("k-even", 0.8, None, None)
    assert [(e.kind, e.left, e.right, e.is_for) for e in found.evidence] == [
        ("name", "=Alto, Inc", "Customer 02", True), ("tax_id", "ESB0001", "ESB0001", True),
        ("country", "ES", "NA", False),
    ]  # fmt: skip
    turned = pair(every, "C02", "C00")
    assert (turned.evidence[2].left, turned.evidence[2].right) == ("NA", "ES")
    with pytest.raises(WrongUse, match="are one id"):
        pair(every, "C00", "C00")


def test_two_customers_that_no_rule_compares_may_be_looked_at(every: Reading) -> None:
    found = pair(every, "C10", "C20")
    assert (found.candidate_id, found.confidence, found.evidence) == ("", None, ())


def test_amounts_and_tax_ids_are_for_who_sees_money(joined: Book) -> None:
    product = Reading(joined, Viewer("eva", scope=None, money=NONE, conversations=None))
    assert {r.mrr_cents for r in review_queue(product).rows} == {None}
    found = pair(product, "C00", "C02")
    assert (found.one.mrr_cents, found.one.tax_id, found.one.sees_money) == (None, None, False)
    assert [(e.left, e.is_hidden) for e in found.evidence if e.kind == "tax_id"] == [("", True)]
    half = Reading(joined, Viewer("x", scope=None, money=frozenset(["C00"]), conversations=None))
    assert [r.mrr_cents for r in review_queue(half).rows if r.candidate_id == "k-even"] == [None]
    assert [e.is_hidden for e in pair(half, "C00", "C02").evidence] == [False, True, False]


def test_what_is_decided_leaves_the_queue_and_waits_for_the_next_book(every: Reading) -> None:
    key = same("C00", "C02")
    queue = review_queue(every)
    assert [r.candidate_id for r in queue.rows] == ["k-odd", "k-both"]
    assert (queue.waiting, queue.decided) == (1, 1)
    (line,) = decision_lines(every)
    assert (line.id, line.customer, line.other, line.who, line.in_book) == (key, "=Alto, Inc", "Customer 02", "ines",
                                                                           False)  # fmt: skip
    assert pair(every, "C00", "C02").held == line
    undo(key, "leo", "two after all", LATER + timedelta(hours=1))
    assert [r.candidate_id for r in review_queue(every).rows] == ["k-odd", "k-even", "k-both"]
    (undone,) = decision_lines(every)
    assert (undone.undone_by, undone.undo_reason) == ("leo", "two after all")
    assert (undone.in_book, waiting(every)) == (True, 0), "what was never in a book waits for none"


def test_a_book_that_was_made_with_the_decisions_waits_for_none(every: Reading) -> None:
    from relevo.book.matching.decisions import fingerprint
    from relevo.desk.identity.decided import decisions_for_build

    same("C00", "C02")
    assert waiting(every) == 1
    book = every.company_book
    made = replace(book, manifest=replace(book.manifest, decided=fingerprint(decisions_for_build())))
    assert waiting(Reading(made, OPERATOR)) == 0
    assert [line.in_book for line in decision_lines(Reading(made, OPERATOR))] == [True]
    assert waiting(Reading(None, OPERATOR)) == 0


def test_a_customer_tells_what_was_joined_into_it_and_why(every: Reading, anas: Reading) -> None:
    found = customer_joins(every, "C00")
    assert [(j.source, j.external_id, j.reason, j.confidence, j.decision, j.is_split) for j in found.joins] == [
        ("billing", "B-7", "same domain", 0.97, None, False)
    ]
    assert [(p.other_id, p.other, p.confidence) for p in found.open_pairs] == [("C02", "Customer 02", 0.8)]
    assert [p.other_id for p in customer_joins(every, "C05").open_pairs] == ["C04"]
    assert found.decisions == ()
    split = not_same("C00", "B-7")
    again = customer_joins(anas, "C00")
    assert [j.is_split for j in again.joins] == [True]
    assert [d.id for d in again.decisions] == [split], "it names an id that is joined into hers"
    assert decisions_of(every, "C06") == ()
    with pytest.raises(NotFound):
        customer_joins(anas, "C01")
    assert pair(every, "C00", "B-7").join == join_of_id(every, "B-7")
    assert pair(every, "C00", "B-7").held is not None
    assert pair(every, "C00", "B-7").other is None


def test_an_id_that_was_joined_is_known_as_its_customer(every: Reading, anas: Reading) -> None:
    assert (current_id(every, "B-7"), current_id(every, "C02")) == ("C00", "C02")
    assert {"B-7", "C00"} <= former_ids(every, "C00")
    assert join_of_id(anas, "Z-9") is not None
    bens = Reading(every.published, Viewer("ben", scope=frozenset(["C01"])))
    assert (join_of_id(bens, "Z-9"), candidates(bens)) == (None, ())


def test_who_has_the_right_decides_about_customers_that_are_there(every: Reading, anas: Reading) -> None:
    pair_to_decide(every, "merge", "C00", "C02")
    pair_to_decide(every, "apart", "C00", "B-7")
    with pytest.raises(Refused, match="not yours to decide"):
        pair_to_decide(anas, "merge", "C00", "C02")
    may = replace(anas, viewer=replace(anas.viewer, rights=frozenset({Right.IDENTITY})))
    pair_to_decide(may, "merge", "C00", "C02")
    for one, other in (("C00", "C03"), ("C03", "C00"), ("C00", "gone")):
        with pytest.raises(NotFound, match="in this book"):
            pair_to_decide(may, "merge", one, other)
    with pytest.raises(WrongUse, match="one customer in this book already"):
        pair_to_decide(every, "merge", "C00", "B-7")
    with pytest.raises(WrongUse, match="B-7 was joined into C00 in the meantime"):
        pair_to_decide(every, "merge", "B-7", "C02")
    with pytest.raises(WrongUse, match="B-7 is C00 by now"):
        pair_to_decide(every, "merge", "C02", "B-7")
    with pytest.raises(WrongUse, match="B-7 was joined into C00"):
        pair_to_decide(every, "apart", "C02", "B-7")


def test_who_may_not_see_a_pair_does_not_undo_it(every: Reading, anas: Reading) -> None:
    key = same("C01", "C03")
    assert decision_to_undo(every, key).id == key
    with pytest.raises(Refused):
        decision_to_undo(anas, key)
    may = replace(anas, viewer=replace(anas.viewer, rights=frozenset({Right.IDENTITY})))
    assert decision_lines(may) == ()
    with pytest.raises(NotFound, match=f"no decision {key} here"):
        decision_to_undo(may, key)
