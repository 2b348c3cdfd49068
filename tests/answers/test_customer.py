"""One customer, figure by figure, in a company small enough to be counted by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from relevo.answers.customer import customer_page
from relevo.answers.customer_head import Holder, Mood, Renewal, Touch
from relevo.answers.customer_history import Mark
from relevo.answers.customer_money import customer_money
from relevo.answers.customer_parts import Part, customer_contacts, customer_deals, customer_traits
from relevo.answers.customer_talks import customer_talks
from relevo.answers.customer_timeline import TimelineAsk, customer_timeline
from relevo.answers.customer_usage import UsageMonth, customer_usage
from relevo.answers.identity import current_id, former_ids
from relevo.answers.measures import Ask, show
from relevo.answers.notes import customer_notes, customer_to_write_about, note_to_withdraw
from relevo.answers.reading import OPERATOR, NotFound, Reading, Refused, Viewer
from relevo.answers.tasks import customer_tasks, my_tasks, task_to_change
from relevo.base.config import Company
from relevo.book.book import Book
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.work.actions import NewNote, NewTask, add_task, file_note
from tests.making import make_book, span

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TODAY = date(2026, 11, 2)
B = frozenset({"B"})
ALL_OF_B = Viewer("ben", scope=B, money=B, conversations=B, own=B)


def utc(*parts: int) -> datetime:
    """A moment as the book has it: UTC without saying so."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)  # type: ignore[arg-type, misc]


def tables() -> dict[str, list[dict[str, object]]]:
    """Customer A with a row of everything that its page tells; B, a part of it, with little; old A2 merged into A."""
    a, talk = {"customer_id": "A"}, {"conversation_id": "V1"}
    return {
        "person": [
            {"person_id": p, "name": p.title(), "email": f"{p}@norte.example", "team": "success"}
            for p in ("ana", "ben", "leo")
        ],
        "customer": [
            {"customer_id": "A", "name": "Alto", "segment": "mid", "country": "ES", "parent_id": "B"},
            {"customer_id": "B", "name": "Brisa", "segment": "mid", "parent_id": "A"},
        ],
        "customer_alias": [
            {"source": "relevo", "external_id": "A2", **a},
            {"source": "relevo", "external_id": "A1", "customer_id": "A2"},
            {"source": "crm", "external_id": "X-1", **a},
            {"source": "crm", "external_id": "Y", **a},
            {"source": "billing", "external_id": "Y", "customer_id": "B"},
        ],
        "subscription_span": [
            span("A", "2025-01-10", "2025-03-15", 10000, term_end_on="2025-12-31"),
            span("A", "2025-03-15", "2026-06-20", 10000, quantity=3, cause="seats", term_end_on="2026-12-31"),
            span("A", "2026-06-20", None, 10000, quantity=2, cause="seats", term_end_on="2026-12-31", auto_renew=False),
            span("B", "2026-10-28", None, 7000),
        ],
        "assignment": [
            {**a, "role": "sales", "person_id": "leo", "from_at": "2025-01-01T08:00:00Z",
             "to_at": "2025-02-01T08:00:00Z"},
            {**a, "role": "success", "person_id": "ana", "from_at": "2025-02-01T08:00:00Z"},
            {"customer_id": "B", "role": "support", "person_id": "ben", "from_at": "2026-10-28T08:00:00Z"},
        ],
        "deal": [
            {"deal_id": "D1", **a, "name": "First", "kind": "new", "person_id": "leo",
             "opened_at": "2024-12-01T08:00:00Z", "closed_at": "2025-01-09T08:00:00Z",
             "outcome": "won", "amount_cents": 120000, "mrr_cents": 10000,
             "currency": "EUR"},
            {"deal_id": "D2", **a, "name": None, "kind": "expansion", "person_id": "ana",
             "opened_at": "2025-03-01T08:00:00Z", "outcome": "open", "currency": "EUR"},
        ],
        "deal_role": [
            {"deal_id": "D1", "role": "sold_by", "person_id": "leo", "share": "0.75"},
            {"deal_id": "D1", "role": "sold_by", "person_id": "ben", "share": "0.25"},
            {"deal_id": "D1", "role": "presales", "person_id": "ana"},
            {"deal_id": "D1", "role": "presales", "person_id": "ben"},
        ],
        "contact": [
            {"contact_id": "K1", **a, "name": "Ada", "left_on": "2026-01-01"},
            {"contact_id": "K2", **a, "name": "Rosa", "role": "champion", "email": "rosa@alto.example"},
        ],
        "conversation": [
            {**talk, **a, "channel": "mail", "subject": "Export", "opened_at": "2026-10-01T10:00:00Z",
             "resolved_at": "2026-10-02T10:00:00Z", "assignee_id": "ben", "escalated": True},
            {"conversation_id": "V2", **a, "channel": "chat", "subject": "Late", "opened_at": "2026-10-20T10:00:00Z"},
            {"conversation_id": "V3", **a, "channel": "chat", "subject": "After", "opened_at": "2026-11-05T10:00:00Z"},
        ],
        "message": [
            {"message_id": "M1", **talk, "at": "2026-10-01T10:00:00Z", "author_kind": "customer", "is_public": True},
            {"message_id": "M2", **talk, "at": "2026-10-01T10:05:00Z", "author_kind": "bot", "is_public": True},
            {"message_id": "M3", **talk, "at": "2026-10-01T10:10:00Z", "author_kind": "human", "is_public": False},
            {"message_id": "M4", **talk, "at": "2026-10-01T12:30:00Z", "author_kind": "human", "is_public": True},
        ],
        "rating": [
            {"rating_id": "R1", **a, **talk, "kind": "happiness", "score": -1, "at": "2026-10-03T10:00:00Z",
             "comment": "slow"},
            {"rating_id": "R2", **a, "kind": "happiness", "score": 1, "at": "2026-09-01T10:00:00Z"},
            {"rating_id": "R3", **a, "kind": "happiness", "score": 1, "at": "2026-08-01T10:00:00Z"},
            {"rating_id": "R4", **a, "kind": "nps", "score": 9, "at": "2026-10-04T10:00:00Z"},
        ],
        "usage": [
            {**a, "on_date": "2026-08-03", "feature": "export", "events": 7, "users": 2},
            {**a, "on_date": "2026-08-04", "feature": "import", "events": 5, "users": 4},
            {**a, "on_date": "2026-10-04", "feature": "import", "events": 1},
        ],
        "touch": [
            {"touch_id": "T1", **a, "person_id": "ana", "at": "2026-09-09T10:00:00Z", "kind": "call"},
            {"touch_id": "T2", **a, "person_id": "ana", "at": "2026-11-09T10:00:00Z", "kind": "visit"},
        ],
        "handoff": [
            {"handoff_id": "H1", **a, "from_role": "sales", "to_role": "success", "given_at": "2025-02-01T10:00:00Z"}
        ],
        "milestone": [
            {"milestone_id": "N1", **a, "kind": "go_live", "reached_at": "2026-09-30T10:00:00Z"},
        ],
        "invoice": [
            {"invoice_id": "I1", **a, "issued_on": "2026-09-01", "due_on": "2026-09-30", "amount_cents": 20000,
             "currency": "EUR"},
            {"invoice_id": "I2", **a, "issued_on": "2026-10-01", "due_on": "2026-10-31", "paid_on": "2026-10-05",
             "amount_cents": 20000, "currency": "EUR"},
        ],
        "payment": [
            {"payment_id": "P1", **a, "at": "2026-10-05T08:00:00Z", "amount_cents": 20000, "currency": "EUR",
             "status": "succeeded"},
        ],
        "customer_attribute": [{**a, "name": "tier", "value": "gold", "from_at": "2026-01-01T00:00:00Z"}],
    }  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return make_book(tmp_path_factory.mktemp("customer"), tables())


@pytest.fixture(scope="module")
def everything(book: Book) -> Reading:
    return Reading(book, OPERATOR)


@pytest.fixture(scope="module")
def no_money(everything: Reading) -> Reading:
    """Product: every customer and its words, no amount."""
    none: frozenset[str] = frozenset()
    return replace(everything, viewer=Viewer("eva", scope=None, money=none, conversations=None, role="product"))


@pytest.fixture(scope="module")
def no_words(everything: Reading) -> Reading:
    """Finance: every customer and amount, no word of a customer."""
    return replace(everything, viewer=Viewer("fin", scope=None, money=None, role="finance"))


@pytest.fixture(scope="module")
def only_b(everything: Reading) -> Reading:
    """Ben, who looks after B alone."""
    return replace(everything, viewer=ALL_OF_B)


def test_the_head_says_how_it_is(everything: Reading) -> None:
    page = customer_page(everything, "A")
    assert (page.card.mrr_cents, page.mrr_year_before_cents, page.tenure_months) == (20000, 30000, 21)
    assert page.head.renewal == Renewal(date(2026, 12, 31), auto_renew=False)
    assert page.head.open_conversations == 1  # V2; V3 opens after the book's day
    assert page.head.mood == Mood(great=1, okay=0, bad=1)
    assert page.head.mood.n == 2
    assert page.head.last_touch == Touch(utc(2026, 9, 9, 10), "call", "Ana")
    row = next(r for r in show(everything, "customer_value", Ask()).rows if r["customer_id"] == "A")
    assert page.head.worth is not None
    assert (page.head.worth.realised_cents, page.head.worth.expected_cents) == (
        row["realised_cents"],
        row["expected_cents"],
    )


def test_nobody_is_said_clearly(everything: Reading) -> None:
    assert customer_page(everything, "A").head.holders == (
        Holder("success", "Ana", utc(2025, 2, 1, 8)),
        Holder("sales", None, utc(2025, 2, 1, 8), before="Leo"),
        Holder("support", None, None),
    )


def test_history_has_its_months_and_marks(everything: Reading) -> None:
    history = customer_page(everything, "A").history
    assert (history.months[0], history.months[-1]) == (("2025-01", 10000), ("2026-10", 20000))
    assert history.paid_months == len(history.months) == 22
    assert [(m.on, m.kind, m.base_cents) for m in history.movements] == [
        (date(2026, 6, 20), "contraction", -10000),
        (date(2025, 3, 15), "expansion", 20000),
        (date(2025, 1, 10), "new", 10000),
    ]
    assert history.marks == (
        Mark("2025-02", "handoff.given", None, None),
        Mark("2025-03", "expansion", "seats", 20000),
        Mark("2026-06", "contraction", "seats", -10000),
        Mark("2026-10", "conversation.escalated", None, None),
    )


@pytest.mark.django_db
def test_marks_stand_in_the_months_of_the_company_as_the_timeline_has_them(tmp_path: Path) -> None:
    """22:30 on 30 April in Greenwich is May in Madrid, 23:30 on 31 December is the next year."""
    spring, winter = "2026-04-30T22:30:00Z", "2025-12-31T23:30:00Z"
    rows = {
        "customer": [{"customer_id": "A", "name": "Alto"}],
        "subscription_span": [span("A", "2025-01-10", None, 10000)],
        "handoff": [
            {"handoff_id": "H1", "customer_id": "A", "from_role": "sales", "to_role": "success", "given_at": winter}
        ],
        "conversation": [
            {"conversation_id": "V1", "customer_id": "A", "channel": "mail", "opened_at": spring, "escalated": True}
        ],
    }
    company = Company("Norte Software", "EUR", "Europe/Madrid")
    reading = Reading(make_book(tmp_path, rows, company=company), OPERATOR)
    assert [(m.month, m.code) for m in customer_page(reading, "A").history.marks] == [
        ("2026-01", "handoff.given"),
        ("2026-05", "conversation.escalated"),
    ]
    codes = [line.happening.code for line in customer_timeline(reading, "A").lines]
    for code, month in (("handoff.given", "2026-01"), ("conversation.opened", "2026-05")):
        after = TimelineAsk(offset=codes.index(code) + 1)
        assert customer_timeline(reading, "A", after).last_month_before == month


def test_a_deal_says_who_sold_what(everything: Reading) -> None:
    second, first = customer_deals(everything, "A")
    assert (first.name, first.amount_cents, first.mrr_cents) == ("First", 120000, 10000)
    assert first.parts == (
        Part("presales", "Ana", Fraction(1, 2)),
        Part("presales", "Ben", Fraction(1, 2)),
        Part("sold_by", "Ben", Fraction(1, 4)),
        Part("sold_by", "Leo", Fraction(3, 4)),
    )
    assert (second.name, second.amount_cents, second.closed_at) == ("D2", None, None)
    assert second.parts == (Part("sold_by", "Ana", Fraction(1)),)


def test_conversations_are_counted_and_timed(everything: Reading) -> None:
    talks = customer_talks(everything, "A")
    late, export = talks.rows
    assert (talks.found, talks.open_now, talks.next_offset) == (2, 1, None)
    assert (export.subject, export.who, export.first_reply) == ("Export", "Ben", timedelta(hours=2, minutes=30))
    assert (export.rating, export.score, export.comment) == ("happiness", -1, "slow")
    assert (late.first_reply, late.resolved_at, late.score, late.who) == (None, None, None, None)
    page = customer_talks(everything, "A", limit=1)
    assert [t.subject for t in page.rows] == ["Late"]
    assert page.next_offset == 1


def test_use_is_told_by_month_with_the_empty_ones(everything: Reading) -> None:
    assert customer_usage(everything, "A") == (
        UsageMonth("2026-08", 12, 2, 2, 4),
        UsageMonth("2026-09", 0, 0, 0, None),
        UsageMonth("2026-10", 1, 1, 1, None),
    )
    assert customer_usage(everything, "B") == ()


def test_money_tells_terms_in_force_and_what_is_late(everything: Reading) -> None:
    money = customer_money(everything, "A")
    (term,) = money.terms
    assert (term.quantity, term.unit_amount_cents, term.every, term.interval) == (2, 10000, 1, "month")
    assert [(i.invoice_id, i.is_late) for i in money.invoices] == [("I2", False), ("I1", True)]
    assert [p.status for p in money.payments] == ["succeeded"]
    assert len(customer_money(everything, "A", limit=1).invoices) == 1
    assert customer_money(everything, "A", limit=1).invoices_found == 2


def test_people_who_are_there_come_first(everything: Reading) -> None:
    assert [(c.name, c.role, c.left_on) for c in customer_contacts(everything, "A")] == [
        ("Rosa", "champion", None),
        ("Ada", None, date(2026, 1, 1)),
    ]


def test_traits_and_names_elsewhere(everything: Reading, only_b: Reading) -> None:
    found = customer_traits(everything, "A")
    assert [(t.name, t.value, t.customer_id) for t in found.traits] == [
        ("segment", "mid", None),
        ("country", "ES", None),
        ("parent_id", "B", "B"),
        ("tier", "gold", None),
    ]
    assert ("crm", "X-1") in found.aliases
    parent = next(t for t in customer_traits(only_b, "B").traits if t.name == "parent_id")
    assert parent.customer_id is None, "a customer of others is not opened"


def test_without_money_no_amount_is_told(no_money: Reading) -> None:
    page = customer_page(no_money, "A")
    assert (page.card.mrr_cents, page.mrr_year_before_cents, page.head.worth) == (None, None, None)
    assert (page.history.months, page.history.movements, page.history.marks) == ((), (), ())
    assert page.history.paid_months == 22
    assert page.sentence.code == "customer.paying_unsaid"
    money = customer_money(no_money, "A")
    assert (money.sees_money, money.terms, money.invoices, money.payments) == (False, (), (), ())
    assert {(d.amount_cents, d.mrr_cents) for d in customer_deals(no_money, "A")} == {(None, None)}


def test_without_words_conversations_are_counted_alone(no_words: Reading) -> None:
    talks = customer_talks(no_words, "A")
    assert {(t.subject, t.comment, t.url) for t in talks.rows} == {(None, None, None)}
    assert talks.rows[1].score == -1


def test_a_customer_of_others_is_in_no_tab(only_b: Reading) -> None:
    tabs = (
        customer_page, customer_contacts, customer_deals, customer_traits, customer_talks, customer_usage,
        customer_money, customer_timeline, customer_notes, customer_to_write_about,
    )  # fmt: skip
    for tab in tabs:
        with pytest.raises(NotFound):
            tab(only_b, "A")
    with pytest.raises(NotFound):
        customer_tasks(only_b, "A", TODAY)


@pytest.mark.django_db
def test_the_timeline_is_filtered_by_kind_person_and_words(everything: Reading) -> None:
    def codes(ask: TimelineAsk) -> list[str]:
        return [line.happening.code for line in customer_timeline(everything, "A", ask).lines]

    assert codes(TimelineAsk(kinds=("voice",))) == ["rating.nps", *["rating.happiness"] * 3]
    assert set(codes(TimelineAsk(kinds=("voice", "conversations")))) == {
        "rating.nps", "rating.happiness", "conversation.opened", "conversation.resolved",
    }  # fmt: skip
    assert codes(TimelineAsk(person="Ben")) == ["conversation.resolved", "conversation.opened"]
    assert codes(TimelineAsk(text="EXPORT")) == ["conversation.resolved", "conversation.opened"]
    whole = customer_timeline(everything, "A", TimelineAsk(limit=None))
    first, second = customer_timeline(everything, "A", TimelineAsk(limit=2)), whole.lines[2:4]
    assert (first.lines, first.next_offset, first.found) == (whole.lines[:2], 2, len(whole.lines))
    then = customer_timeline(everything, "A", TimelineAsk(offset=2, limit=2))
    assert then.lines == second
    assert then.last_month_before == "2026-10"
    assert whole.next_offset is None


@pytest.mark.django_db
def test_hidden_words_are_not_found_either(no_words: Reading) -> None:
    assert customer_timeline(no_words, "A", TimelineAsk(text="export")).found == 0
    assert customer_timeline(no_words, "A", TimelineAsk(kinds=("conversations",))).found == 3


@pytest.mark.django_db
def test_notes_stand_in_the_timeline_with_both_clocks(everything: Reading, no_words: Reading) -> None:
    at = datetime(2026, 9, 9, 12, tzinfo=UTC)
    key = file_note(NewNote("A", "call", "They want a second warehouse", at), "ben", NOW)
    line = customer_timeline(everything, "A", TimelineAsk(kinds=("desk",))).lines[0]
    assert (line.happening.at, line.filed_at, line.note, line.who) == (at.replace(tzinfo=None), NOW, key, "ben")
    lines = customer_timeline(everything, "A", TimelineAsk(limit=None)).lines
    assert [x.happening.at for x in lines] == sorted((x.happening.at for x in lines), reverse=True)
    assert customer_timeline(no_words, "A", TimelineAsk(kinds=("desk",))).found == 0


@pytest.mark.django_db
def test_notes_are_for_who_reads_what_is_said(everything: Reading, no_money: Reading, no_words: Reading) -> None:
    key = file_note(NewNote("A", "note", "secret", NOW), "ben", NOW)
    own = file_note(NewNote("A", "note", "my own", NOW), "fin", NOW)
    assert [n.id for n in customer_notes(no_money, "A")] == [own, key]
    assert [(n.id, n.is_mine) for n in customer_notes(no_words, "A")] == [(own, True)]
    assert note_to_withdraw(no_words, own) == "A"
    for reading, note, refusal in ((no_words, key, NotFound), (no_money, key, Refused), (everything, 99, NotFound)):
        with pytest.raises(refusal):
            note_to_withdraw(reading, note)


@pytest.mark.django_db
def test_what_was_written_under_an_earlier_id_is_found(everything: Reading, only_b: Reading) -> None:
    assert [current_id(everything, i) for i in ("A1", "A2", "X-1", "Y", "A", "Z")] == ["A", "A", "A", "Y", "A", "Z"]
    assert former_ids(everything, "A") == {"A", "A1", "A2", "X-1"}
    assert former_ids(everything, "B") == {"B"}
    file_note(NewNote("A1", "note", "before the merge", NOW), "ben", NOW)
    assert [n.text for n in customer_notes(everything, "A")] == ["before the merge"]
    assert customer_to_write_about(everything, "A1") == "A"
    with pytest.raises(NotFound, match="'A1'"):
        customer_to_write_about(only_b, "A1")


@pytest.mark.django_db
def test_tasks_are_their_owners_and_of_who_sees_the_customer(everything: Reading, only_b: Reading) -> None:
    ensure_member(NewMember("ben", "ben@norte.example", "csm", "Ben Vidal"), "operator", NOW)
    late = add_task(NewTask("Send offer", date(2026, 11, 1), "ben", "A2"), "ana", NOW)
    soon = add_task(NewTask("Call", date(2026, 11, 9), "ben", "B"), "ana", NOW)
    add_task(NewTask("Later", date(2026, 11, 10), "ben", "B"), "ana", NOW)
    mine = my_tasks(only_b, TODAY)
    assert [(t.id, t.is_late, t.customer, t.owner_name) for t in mine] == [
        (late, True, None, "Ben Vidal"),
        (soon, False, "Brisa", "Ben Vidal"),
    ]
    assert my_tasks(everything, TODAY) == ()
    assert [t.title for t in customer_tasks(everything, "A", TODAY)] == ["Send offer"]
    assert task_to_change(only_b, late) == "", "one's own, about a customer of others"
    assert task_to_change(everything, late) == "A"
    stranger = replace(only_b, viewer=replace(ALL_OF_B, name="zoe"))
    assert task_to_change(stranger, soon) == "B"
    for key in (late, 999):
        with pytest.raises(NotFound):
            task_to_change(stranger, key)
