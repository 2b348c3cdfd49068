"""Words of a hand-off and of promises are not in the answer of who may not read them, however deep one looks.

Whatever somebody wrote or said carries the mark, whichever field it went into; Eva (finance) sees C00 and no words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from relevo.answers.reading import Reading, Viewer
from relevo.answers.relay.one import item_view, one_handoff
from relevo.answers.relay.person import relay_person
from relevo.answers.relay.promise_one import promise_one
from relevo.answers.relay.promises import PromisesAsk, promises_page
from relevo.answers.relay.strip import customer_handoffs
from relevo.answers.relay.unread import plain_details
from relevo.answers.relay.waiting import waiting
from relevo.answers.viewers import Person, narrowed, reading_for
from relevo.book.book import Book
from relevo.desk.people.keys import KeyScope
from relevo.desk.relay.actions import Decided, NewHandOff, Verdict, accept, confirm, draft, give, give_back
from relevo.desk.relay.actions_customer import customer_says, make_link
from relevo.desk.relay.actions_history import SET_ASIDE
from relevo.desk.relay.actions_items import ItemText, note_reask, save_item
from relevo.desk.relay.actions_promises import NewPromise, change_promise, make_promise
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.links import link_of
from relevo.desk.relay.templates import DEFAULTS

pytestmark = pytest.mark.django_db
NOON, DAY, TODAY = datetime(2026, 9, 1, 12, tzinfo=UTC), timedelta(days=1), date(2026, 11, 2)
MARK = "confided"
TEXT = ItemText(f"{MARK} 12 hours", f"{MARK} by Rosa", date(2026, 8, 30), "certain", f"https://{MARK}.example", MARK)
WITHOUT_WORDS = [KeyScope.READ, KeyScope.READ_MONEY, KeyScope.READ_PERSONS, KeyScope.WRITE_RELAY]


@pytest.fixture
def reading(book: Book) -> Callable[[str, str], Reading]:
    return lambda who, role: reading_for(Reading(book, Viewer("")), Person(who, f"{who}@norte.example", role))


@pytest.fixture
def key() -> int:
    """A hand-off of C00 from Leo to Ana with every kind of word in it, confirmed, and a promise that was refused."""
    found = draft(NewHandOff("C00", DEFAULTS["sales_to_success"], "leo", "ana", override_reason=MARK), "leo", NOON)
    save_item(found, "needs", TEXT, 0, "leo", NOON)
    save_item(found, "needs", replace(TEXT, text=f"{MARK} too late"), 0, "mia", NOON)
    told = make_promise(
        NewPromise("C00", f"{MARK} SSO", "absent", NOON, "leo", f"{MARK} Rosa", handoff_id=found), "leo", NOON
    )
    change_promise(told, f"{MARK} SSO by June", "absent", None, "", f"https://{MARK}.example", 1, "leo", NOON)
    give(found, revision(found), "leo", NOON, why=MARK)
    give_back(found, ["needs"], f"{MARK}?", revision(found), "ana", NOON)
    give(found, revision(found), "leo", NOON)
    accept(found, "", {told: Decided(False, MARK)}, revision(found), "ana", NOON)
    customer_says(link_of(make_link(found, "ana", NOON)), False, MARK, NOON)
    note_reask(found, "needs", "customer", MARK, "ana", NOON)
    confirm(found, {"needs": Verdict(False, MARK)}, None, revision(found), "ana", NOON + 31 * DAY)
    return found


def revision(key: int) -> int:
    found = handoff_with(key)
    assert found is not None
    return found.revision


def texts(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an answer with the place where it stands."""
    if isinstance(value, str):
        yield place, value
    elif is_dataclass(value):
        for each in fields(value):
            yield from texts(getattr(value, each.name), f"{place}.{each.name}")
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from texts(name, f"{place}.key")
            yield from texts(each, f"{place}.{name}")
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from texts(each, place)


def marked(answer: Any) -> set[str]:
    return {place for place, text in texts(answer) if MARK in text}


def test_a_hand_off_without_its_words_has_none_anywhere(reading: Callable[[str, str], Reading], key: int) -> None:
    whole = one_handoff(reading("ana", "csm"), key, TODAY)
    assert marked(whole) == {
        ".kept.override_reason", ".kept.customer_says", ".items.kept.text", ".items.kept.said_by", ".items.kept.link",
        ".items.kept.source", ".items.kept.remark", ".items.reasks.note", ".reasks.note", ".history.text",
        ".history.details.said_by", ".history.details.source", ".history.details.before", ".promises.promise.text",
        ".promises.promise.to_whom", ".promises.promise.link", ".promises.promise.decided_why",
    }  # fmt: skip
    for role in ("finance", "analyst"):
        found = one_handoff(reading("eva", role), key, TODAY)
        assert (found.reads_words, marked(found)) == (False, set())
        assert item_view(reading("eva", role), key, "needs") is None
        assert [(e.kind, e.at, e.who) for e in found.history] == [(e.kind, e.at, e.who) for e in whole.history]
        assert SET_ASIDE in {e.kind for e in found.history}
        assert [each.is_red for each in found.promises] == [False], "the link is a word, and stands behind it"
        assert [(v.item, v.score, v.kept and v.kept.revision) for v in found.items] == [
            (v.item, v.score, v.kept and v.kept.revision) for v in whole.items
        ]
    assert one_handoff(reading("pat", "product"), key, TODAY).reads_words


def test_a_party_reads_through_a_key_only_what_the_key_reads(reading: Callable[[str, str], Reading], key: int) -> None:
    for who, role in (("leo", "seller"), ("ana", "csm"), ("mia", "success_lead"), ("boss", "owner")):
        assert marked(one_handoff(reading(who, role), key, TODAY))
        found = one_handoff(narrowed(reading(who, role), WITHOUT_WORDS), key, TODAY)
        assert (found.reads_words, marked(found)) == (False, set())
        assert found.is_giver == (who in ("leo", "boss"))


def test_promises_without_their_words_have_none_anywhere(reading: Callable[[str, str], Reading], key: int) -> None:
    (promise,) = one_handoff(reading("leo", "seller"), key, TODAY).promises
    for who, role in (("leo", "seller"), ("ana", "csm"), ("boss", "owner")):
        assert marked(promise_one(reading(who, role), promise.promise.id, TODAY))
        assert marked(promises_page(reading(who, role), PromisesAsk(), TODAY))
    wordless = [reading("eva", "finance"), narrowed(reading("leo", "seller"), WITHOUT_WORDS)]
    for each in wordless:
        found = promise_one(each, promise.promise.id, TODAY)
        assert (found.line.text, found.acts, marked(found)) == (None, (), set())
        assert found.events[0].kind == "promised"
        assert marked(promises_page(each, PromisesAsk(), TODAY)) == set()


def test_lists_of_hand_offs_keep_the_words_as_well(reading: Callable[[str, str], Reading], key: int) -> None:
    assert marked(customer_handoffs(reading("ana", "csm"), "C00"))
    assert marked(customer_handoffs(reading("eva", "finance"), "C00")) == set()
    under_way = draft(NewHandOff("C02", DEFAULTS["sales_to_success"], "leo", "ana", override_reason=MARK), "leo", NOON)
    leo = reading("leo", "seller")
    assert marked(relay_person(leo, "leo", TODAY).open)
    assert marked(relay_person(narrowed(leo, WITHOUT_WORDS), "leo", TODAY).open) == set()
    assert under_way


def test_what_waits_tells_a_promise_to_who_reads_it(reading: Callable[[str, str], Reading]) -> None:
    make_promise(NewPromise("C00", MARK, "planned", NOON, "leo", due_on=TODAY + DAY), "leo", NOON)
    at, leo = datetime(2026, 11, 2, 9, tzinfo=UTC), reading("leo", "seller")
    assert [line.text for line in waiting(leo, at).lines if line.text] == [MARK]
    through = waiting(narrowed(leo, WITHOUT_WORDS), at)
    assert marked(through) == set()
    assert through.found == waiting(leo, at).found


def test_details_of_the_history_that_nobody_thought_of_are_left_out() -> None:
    assert plain_details({"gaps": ["needs"], "said_by": "Rosa", "new": "word"}) == {"gaps": ["needs"]}
