"""The mirror: what people write down on the Desk is in the book after the next build, once, with its own times."""

import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.book.book import Book
from relevo.book.engine import connect
from relevo.book.landing import Landing, quarantined_rows, status
from relevo.book.store import Store
from relevo.desk.identity.actions import NewDecision, decide
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.relay import actions_mirror, mirrored
from relevo.desk.relay.actions import NewHandOff, Verdict, accept, confirm, draft, give, give_back, withdraw
from relevo.desk.relay.actions_customer import customer_says, make_link
from relevo.desk.relay.actions_fit import NewDecline, answer_fit, decline, withdraw_decline
from relevo.desk.relay.actions_items import ItemText, note_reask, save_item, set_meeting
from relevo.desk.relay.actions_promises import NewPromise, keep_promise, make_promise, withdraw_promise
from relevo.desk.relay.fit_questions import DEFAULTS as QUESTIONS
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.links import link_of
from relevo.desk.relay.models import HandOff
from relevo.desk.relay.templates import DEFAULTS
from relevo.jobs import mirror as job
from relevo.jobs.loading import load
from relevo.jobs.mirror import has_news, mirror
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import is_behind, refresh
from tests.jobs.conftest import put
from tests.making import span, write_table

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GIVEN = datetime(2026, 9, 1, 12, tzinfo=UTC)
SAID, DECLINED = datetime(2026, 8, 3, 12, tzinfo=UTC), datetime(2026, 8, 30, 12, tzinfo=UTC)
TEMPLATE = DEFAULTS["sales_to_success"]


@pytest.fixture
def kept(home: Home) -> Home:
    """A home with three customers, a published book, and a Desk."""
    home.desk_database.touch()
    refresh(home, {})
    assert not is_behind(home)
    return home


def build(home: Home, known_at: datetime | None = None) -> None:
    assert build_book(home, lambda _step: None, known_at=known_at).published


def rows(home: Home, table: str, columns: str) -> list[tuple[Any, ...]]:
    book = Book.open(home.books)
    try:
        return list(book.run_sql(f"SELECT {columns} FROM {table} ORDER BY ALL").rows)
    finally:
        book.close()


def naive(at: datetime) -> datetime:
    """An instant as the book holds it."""
    return at.replace(tzinfo=None)


def seen(key: int) -> int:
    found = handoff_with(key)
    assert found is not None
    return found.revision


def given(customer: str = "A", at: datetime = GIVEN, **texts: str) -> int:
    """A hand-off with some of its six items, given."""
    key = draft(NewHandOff(customer, TEMPLATE, "sam", "cleo", deal_id="D1"), "sam", at)
    for item, text in texts.items():
        save_item(key, item, ItemText(text, "Ana Gil", date(2026, 8, 3)), 0, "sam", at)
    give(key, seen(key), "sam", at)
    return key


def loads(home: Home) -> list[tuple[str, str | None, int]]:
    found = Landing(home.landing).loads()
    return [(each.file, each.table, each.kept) for each in found if each.source == "relevo"]


def landed(home: Home) -> Mapping[str, tuple[int, int]]:
    """Rows kept and put aside of each table that the Desk landed."""
    found = Landing(home.landing).loads()
    return {str(each.table): (each.kept, each.quarantined) for each in found if each.source == "relevo"}


def test_the_thread_from_a_draft_to_a_confirmed_hand_off_of_the_book(kept: Home) -> None:
    key = draft(NewHandOff("A", TEMPLATE, "sam", "cleo", deal_id="D1"), "sam", GIVEN)
    assert not has_news(kept), "a draft is nobody's business but its giver's"
    text = ItemText('Plan a week\r\nin an "hour", not a day', "Ana Gil", date(2026, 8, 3))
    save_item(key, "objectives", text, 0, "sam", GIVEN)
    save_item(key, "expected_value", ItemText("12 hours to 4"), 0, "sam", GIVEN)
    give(key, seen(key), "sam", GIVEN)
    accept(key, "", {}, seen(key), "cleo", GIVEN + DAY)
    note_reask(key, "needs", "receiver", "Which?", "cleo", GIVEN + 2 * DAY)
    note_reask(key, "objectives", "agent", "Why?", "ag", GIVEN + 2 * DAY)
    assert is_behind(kept)
    build(kept)
    assert not is_behind(kept)
    columns = "handoff_id, customer_id, deal_id, template, from_role, to_role, from_person_id, to_person_id, items"
    assert rows(kept, "handoff", columns) == [
        (f"relevo:{key}", "A", "D1", "sales_to_success", "sales", "success", "sam", "cleo", 6)
    ]
    # Two of six items are filled; two re-asks, one of them about an item left empty.
    plain, at = naive(GIVEN), naive(GIVEN + DAY)
    times = "given_at, accepted_at, confirmed_at, completeness::DOUBLE, accuracy, reasks, reasks_unfilled"
    assert rows(kept, "handoff", times) == [(plain, at, None, 0.333333, None, 2, 1)]
    assert rows(kept, "handoff_item", 'item, value, said_by, "at", confirmed') == [
        ("calendar", None, None, None, None),
        ("expected_value", "12 hours to 4", None, plain, None),
        ("needs", None, None, None, None),
        ("objectives", 'Plan a week\r\nin an "hour", not a day', "Ana Gil", naive(SAID), None),
        ("value_events", None, None, None, None),
        ("wanted_solution", None, None, None, None),
    ]
    later = GIVEN + 40 * DAY
    verdicts = {"objectives": Verdict(True), "expected_value": Verdict(False, "It was 5")}
    confirm(key, verdicts, None, seen(key), "cleo", later)
    customer_says(link_of(make_link(key, "cleo", later)), True, "", later + DAY)
    assert is_behind(kept)
    build(kept)
    assert rows(kept, "handoff", "accuracy::DOUBLE, confirmed_at, customer_confirmed_at, source, recorded_at") == [
        (0.5, naive(later), naive(later + DAY), "relevo", naive(later + DAY))
    ]
    assert rows(kept, "handoff_item", "item, confirmed")[1:4:2] == [("expected_value", False), ("objectives", True)]


def test_the_book_of_an_earlier_moment_shows_the_earlier_hand_off(kept: Home) -> None:
    put(kept, "subscription_span", [span("D", "2025-02-01", None, 500, recorded_at="2025-02-01T00:00:00Z")], "more")
    load(kept, kept.path.parent / "exports" / "more")
    key = given(objectives="Plan a week")
    mirror(kept)
    accept(key, "", {}, seen(key), "cleo", GIVEN + 3 * DAY)
    build(kept)
    assert rows(kept, "handoff", "accepted_at")[0][0] is not None
    build(kept, known_at=GIVEN + 2 * DAY)
    assert rows(kept, "handoff", "given_at, accepted_at") == [(naive(GIVEN), None)]
    build(kept, known_at=GIVEN - DAY)
    assert rows(kept, "handoff", "*") == rows(kept, "handoff_item", "*") == []


def test_a_mirror_killed_between_landing_and_noting_lands_nothing_twice(
    kept: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(BaseException):
        pass

    def off(_seen: object) -> int:
        raise Cut

    given(objectives="Plan a week")
    with monkeypatch.context() as patch:
        patch.setattr(actions_mirror, "note_mirrored", off)
        with pytest.raises(Cut):
            mirror(kept)
    before = loads(kept)
    assert [table for _, table, _ in before] == ["handoff", "handoff_item"]
    assert is_behind(kept)
    assert mirror(kept) == 1
    assert loads(kept) == before
    given("B", needs="A plan")  # and with more that is new the rows that stand are the same
    HandOff.objects.update(is_new=True)
    mirror(kept)
    build(kept)
    assert [row[0] for row in rows(kept, "handoff", "customer_id")] == ["A", "B"]
    assert len(rows(kept, "handoff_item", "*")) == 12


def test_what_changed_while_it_was_landed_stays_new(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    key, real = given(objectives="Plan a week"), job.land_own

    def meanwhile(*arguments: Any) -> Any:
        done = real(*arguments)
        accept(key, "", {}, seen(key), "cleo", GIVEN + DAY)
        return done

    with monkeypatch.context() as patch:
        patch.setattr(job, "land_own", meanwhile)
        assert mirror(kept) == 0
    assert has_news(kept)
    build(kept)
    assert rows(kept, "handoff", "accepted_at")[0][0] is not None


def test_every_row_is_kept_or_put_aside(kept: Home) -> None:
    for customer in "ABC":
        given(customer, objectives="x" * 8_000, needs='Zeile 1\n\n"Zeile" 3,\t;\r\nnul \0 there')
    make_promise(NewPromise("A", "An export", "planned", GIVEN, "sam", due_on=date(2199, 12, 31)), "sam", GIVEN)
    make_promise(NewPromise("A", "Dates", "planned", GIVEN, "sam", due_on=date(9999, 1, 1)), "sam", GIVEN)
    mirror(kept)
    # Six items of three hand-offs; a day after 2200 is no day of the book.
    assert landed(kept) == {"handoff": (3, 0), "handoff_item": (18, 0), "promise": (1, 1)}
    build(kept)
    assert {row[0] for row in rows(kept, "handoff_item", "value") if row[0] and "nul" in row[0]} == {
        'Zeile 1\n\n"Zeile" 3,\t;\r\nnul  there'
    }


def test_more_than_a_batch_is_landed_in_several(kept: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [given(c) for c in "ABC"]
    monkeypatch.setattr(mirrored.news, "__defaults__", (2,))
    assert mirror(kept) == 3
    assert [kept_rows for _, table, kept_rows in loads(kept) if table == "handoff"] == [2, 1]
    build(kept)
    assert [row[0] for row in rows(kept, "handoff", "handoff_id")] == [f"relevo:{key}" for key in keys]


def test_what_is_written_anew_after_a_return_waits_until_it_is_given_again(kept: Home) -> None:
    key = given(objectives="Plan a week")
    mirror(kept)
    give_back(key, ["objectives"], "Whose week?", seen(key), "cleo", GIVEN + DAY)
    save_item(key, "objectives", ItemText("Plan the shop's week"), 1, "sam", GIVEN + 2 * DAY)
    build(kept)
    assert rows(kept, "handoff", "returned_at") == [(naive(GIVEN + DAY),)]
    assert ("objectives", "Plan a week") in rows(kept, "handoff_item", "item, value")
    give(key, seen(key), "sam", GIVEN + 3 * DAY)
    build(kept)
    assert ("objectives", "Plan the shop's week") in rows(kept, "handoff_item", "item, value")


def test_a_hand_off_that_was_withdrawn_counts_nowhere(kept: Home) -> None:
    key = given(objectives="Plan a week")
    build(kept)
    withdraw(key, "Another one takes it.", seen(key), "sam", GIVEN + DAY)
    never = draft(NewHandOff("B", TEMPLATE, "sam"), "sam", GIVEN)
    withdraw(never, "A mistake.", seen(never), "sam", GIVEN)
    build(kept)
    assert rows(kept, "handoff", "handoff_id, given_at, returned_at, accepted_at, confirmed_at") == [
        (f"relevo:{key}", None, None, None, None)
    ]


def test_a_promise_goes_with_its_hand_off_and_vanishes_when_it_is_withdrawn(kept: Home) -> None:
    key = draft(NewHandOff("A", TEMPLATE, "sam", "cleo"), "sam", GIVEN)
    new = NewPromise("A", "An export", "absent", GIVEN, "sam", "Ana", date(2026, 10, 1), "D1", key, "I7")
    one = make_promise(new, "sam", GIVEN)
    two = make_promise(NewPromise("B", "A report", "planned", GIVEN, "sam"), "sam", GIVEN)
    build(kept)
    columns = "promise_id, customer_id, deal_id, handoff_id, issue_id, person_id, text, product_state, due_on, kept_at"
    assert rows(kept, "promise", columns) == [
        (f"relevo:{one}", "A", "D1", None, "I7", "sam", "An export", "absent", date(2026, 10, 1), None),
        (f"relevo:{two}", "B", None, None, None, "sam", "A report", "planned", None, None),
    ]
    give(key, seen(key), "sam", GIVEN + DAY)
    withdraw_promise(two, "Nobody said so.", "sam", GIVEN + 2 * DAY)
    keep_promise(one, False, "cleo", GIVEN + 3 * DAY)
    build(kept)
    assert rows(kept, "promise", "promise_id, handoff_id, kept_at") == [
        (f"relevo:{one}", f"relevo:{key}", naive(GIVEN + 3 * DAY))
    ]
    # The last one goes as well, and the load that says so has no row.
    three = make_promise(NewPromise("C", "A week", "exists", GIVEN, "sam"), "sam", GIVEN + 4 * DAY)
    build(kept)
    withdraw_promise(three, "Nobody said so.", "sam", GIVEN + 5 * DAY)
    assert is_behind(kept)
    build(kept)
    assert [row[0] for row in rows(kept, "promise", "promise_id")] == [f"relevo:{one}"]
    assert mirror(kept) == 0
    assert not is_behind(kept)


def test_a_build_from_nothing_says_the_same_of_what_was_withdrawn(kept: Home) -> None:
    keys = [make_promise(NewPromise(c, f"To {c}", "planned", GIVEN, "sam"), "sam", GIVEN) for c in "ABC"]
    build(kept)
    withdraw_promise(keys[1], "Nobody said so.", "sam", GIVEN + DAY)
    build(kept)
    before = rows(kept, "promise", "promise_id, customer_id, text, recorded_at")
    assert [row[1] for row in before] == ["A", "C"]
    (kept.books / "CURRENT").unlink()
    build(kept)
    assert rows(kept, "promise", "promise_id, customer_id, text, recorded_at") == before


def test_fit_answers_and_deals_that_no_crm_knows(kept: Home) -> None:
    question = QUESTIONS[0]
    answer_fit("D1", "A", question, question.answers[0][0], "sam", "sam", GIVEN)
    day = DECLINED.date()
    new = NewDecline("Big Shop", "no_fit", "They need an ERP.", day, "", "", "relevo:sam", 500_000, "EUR")
    lost = decline(new, "sam", GIVEN)
    decline(NewDecline("Known", "no_fit", "Too far.", day, deal_id="D9"), "sam", GIVEN)
    ensure_member(NewMember("sam", "sam@shop.example", "seller", "Sam Sello"), "operator", GIVEN)
    build(kept)
    assert rows(kept, "fit_answer", "deal_id, question, answer, person_id") == [
        ("D1", question.key, question.answers[0][0], "sam")
    ]
    columns = "deal_id, customer_id, name, kind, outcome, closed_at, lost_reason, amount_cents, currency, person_id"
    assert rows(kept, "deal", columns) == [
        (
            f"relevo:{lost}",
            None,
            "Big Shop",
            "new",
            "declined",
            naive(DECLINED),
            "They need an ERP.",
            500_000,
            "EUR",
            "relevo:sam",
        )
    ]
    # Who is in no book is one of its people under a name of the Desk.
    assert rows(kept, "person", "person_id, name, email, team") == [
        ("relevo:sam", "Sam Sello", "sam@shop.example", "sales")
    ]
    withdraw_decline(lost, "They bought after all.", "sam", GIVEN + DAY)
    build(kept)
    assert rows(kept, "deal", "deal_id") == []
    assert not is_behind(kept)


def test_a_merge_leads_the_rows_to_the_customer_that_is_kept(kept: Home) -> None:
    given("B", objectives="Plan a week")
    make_promise(NewPromise("B", "A report", "planned", GIVEN, "sam"), "sam", GIVEN)
    put(kept, "customer", [{"customer_id": c, "name": f"{c} Ltd", "created_at": "2025-01-01T00:00:00Z"} for c in "ABC"])
    refresh(kept, {})
    decide(NewDecision("merge", "A", "B", "The same shop."), "ada", GIVEN)
    build(kept)
    assert rows(kept, "handoff", "customer_id") == rows(kept, "promise", "customer_id") == [("A",)]


def test_a_file_does_not_take_the_place_of_what_the_desk_wrote(kept: Home, tmp_path: Path) -> None:
    key = given(objectives="Plan a week")
    build(kept)
    mine = {"customer_id": "A", "from_role": "sales", "to_role": "success", "recorded_at": "2030-01-01T00:00:00Z"}
    write_table(tmp_path / "more", "handoff", [{"handoff_id": i, **mine} for i in (f"relevo:{key}", "crm:1")])
    write_table(tmp_path / "more", "handoff_item", [{"handoff_id": f"relevo:{key}", "item": "needs", "value": "All"}])
    report = load(kept, tmp_path / "more").report
    assert (sum(each.load.kept for each in report.loads), report.quarantined) == (1, 2)
    build(kept)
    assert rows(kept, "handoff", "handoff_id, given_at IS NULL") == [("crm:1", True), (f"relevo:{key}", False)]
    with connect() as connection:
        reasons = {each.reason for each in quarantined_rows(Landing(kept.landing), connection)}
    assert "ids that begin with relevo: are Relevo's own" in reasons


def test_a_home_without_a_desk_is_left_alone(home: Home) -> None:
    given(objectives="Plan a week")
    assert not home.has_desk
    assert (mirror(home), has_news(home)) == (0, False)
    refresh(home, {})
    assert loads(home) == []


def test_a_meeting_is_no_news_for_the_book(kept: Home) -> None:
    key = given(objectives="Plan a week")
    mirror(kept)
    set_meeting(key, GIVEN + DAY, "sam", GIVEN)
    assert not has_news(kept)


def test_an_emptied_landing_gets_the_rows_of_the_desk_again(kept: Home) -> None:
    """doctor advises to empty a damaged landing and to load the files again; the Desk's rows are in no file."""
    given(objectives="Plan a week")
    make_promise(NewPromise("B", "A report", "planned", GIVEN, "sam"), "sam", GIVEN)
    build(kept)
    before = rows(kept, "handoff_item", "handoff_id, item, value, recorded_at")
    shutil.rmtree(kept.landing)
    load(kept, kept.path.parent / "exports")
    assert has_news(kept)
    build(kept)
    assert rows(kept, "handoff_item", "handoff_id, item, value, recorded_at") == before
    assert len(rows(kept, "promise", "*")) == 1
    assert not is_behind(kept)


def test_what_the_desk_says_anew_of_its_own_rows_is_no_loss(kept: Home) -> None:
    """A hand-off goes through many states: each is landed, and the data page warns of none of them."""
    key = given(objectives="Plan a week")
    promise = make_promise(NewPromise("A", "A report", "planned", GIVEN, "sam"), "sam", GIVEN)
    mirror(kept)
    accept(key, "", {}, seen(key), "cleo", GIVEN + DAY)
    withdraw_promise(promise, "Nobody said so.", "sam", GIVEN + DAY)
    build(kept)
    with connect() as connection:
        assert quarantined_rows(Landing(kept.landing), connection) == ()
        told = {(each.table, each.kept, each.quarantined) for each in status(Landing(kept.landing), connection).tables}
    assert {("handoff", 1, 0), ("handoff_item", 6, 0)} <= told
    assert [f.code for f in Store(kept.books).manifest().findings if "handoff" in f.where] == []
