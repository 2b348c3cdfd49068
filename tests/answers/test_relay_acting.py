"""Who sees a hand-off, and who may do what with it: givers, receivers, those who lead them, and who only looks on.

Ana and Ben report to Mia; Ana holds the even customers, Ben the odd ones; Leo sold
them all. Kim is nobody of the book.
"""

from datetime import UTC, datetime, timedelta

import pytest

from relevo.answers.reading import NotFound, Reading, Refused, Viewer
from relevo.answers.relay.acting import (
    acts,
    customer_to_hand_on,
    handoff_seen,
    handoff_taken_part_in,
    handoff_to_change,
    my_person,
    person_names,
    promise_seen,
    promise_to_change,
    reads_words,
    sees,
)
from relevo.answers.viewers import Person, narrowed, reading_for
from relevo.book.book import Book
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.keys import KeyScope
from relevo.desk.relay.actions import NewHandOff, accept, draft, give, withdraw
from relevo.desk.relay.actions_promises import NewPromise, make_promise
from relevo.desk.relay.handoffs import KeptHandOff, handoff_with
from relevo.desk.relay.states import Act
from relevo.desk.relay.templates import DEFAULTS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
INSIDE = DEFAULTS["success_to_success"]
# C00 is Ana's; it goes to Ben, who sees the odd ones.
GIVEN = (Act.RETURN, Act.ACCEPT, Act.WITHDRAW)


@pytest.fixture
def readings(book: Book) -> dict[str, Reading]:
    roles = {"ana": "csm", "ben": "csm", "mia": "success_lead", "leo": "seller", "eva": "finance", "kim": "csm",
             "pat": "product", "boss": "owner"}  # fmt: skip
    base = Reading(book, Viewer(""))
    return {who: reading_for(base, Person(who, f"{who}@norte.example", role)) for who, role in roles.items()}


def begun(to: str = "ben", customer: str = "C00") -> int:
    return draft(NewHandOff(customer, INSIDE, "ana", to), "ana", NOON)


def kept(key: int) -> KeptHandOff:
    found = handoff_with(key)
    assert found is not None
    return found


def given(to: str = "ben", customer: str = "C00") -> KeptHandOff:
    key = begun(to, customer)
    give(key, 1, "ana", NOON)
    return kept(key)


def may(readings: dict[str, Reading], handoff: KeptHandOff) -> dict[str, tuple[Act, ...]]:
    return {who: acts(reading, handoff) for who, reading in readings.items() if sees(reading, handoff)}


def test_giver_receiver_and_who_leads_them_act_and_others_look_on(readings: dict[str, Reading]) -> None:
    assert may(readings, given()) == {
        "ana": (Act.WITHDRAW,), "ben": (Act.RETURN, Act.ACCEPT), "mia": GIVEN, "boss": GIVEN, "eva": (), "pat": (),
        "leo": (),
    }  # fmt: skip


def test_without_a_named_receiver_whoever_sees_the_customer_may_take_it(readings: dict[str, Reading]) -> None:
    found = may(readings, given(to=""))
    assert (found["ana"], found["mia"], found["eva"]) == (GIVEN, GIVEN, ())
    assert "ben" not in found


def test_who_takes_over_sees_the_customer_before_any_system_says_so(book: Book) -> None:
    def ben() -> Reading:
        return reading_for(Reading(book, Viewer("")), Person("ben", "ben@norte.example", "csm"))

    with pytest.raises(NotFound):
        ben().check_customer("C00")
    key = begun()
    with pytest.raises(NotFound):
        ben().check_customer("C00")
    give(key, 1, "ana", NOON)
    ben().check_customer("C00")
    assert ben().viewer.reads_conversations_of("C00")
    assert "C00" in ben().viewer.own
    accept(key, "", {}, 2, "ben", NOON)
    ben().check_customer("C00")
    other = given(customer="C02")
    withdraw(other.id, "Not needed", other.revision, "ana", NOON)
    with pytest.raises(NotFound):
        ben().check_customer("C02")


def test_nobody_learns_of_a_hand_off_that_is_not_theirs(readings: dict[str, Reading]) -> None:
    key = begun(to="")
    for who in ("ben", "kim"):
        for look in (lambda r: handoff_seen(r, key), lambda r: handoff_to_change(r, key, Act.GIVE),
                     lambda r: handoff_taken_part_in(r, key)):  # fmt: skip
            with pytest.raises(NotFound, match=f"no hand-off {key} here"):
                look(readings[who])
    with pytest.raises(NotFound, match="no hand-off 999"):
        handoff_seen(readings["boss"], 999)


def test_another_sides_acts_are_refused_by_name(readings: dict[str, Reading]) -> None:
    found = given()
    with pytest.raises(Refused, match="Only the receiver") as caught:
        handoff_to_change(readings["ana"], found.id, Act.ACCEPT)
    assert caught.value.hint == "Ask Ben."
    with pytest.raises(Refused, match="Only the giver"):
        handoff_to_change(readings["ben"], found.id, Act.WITHDRAW)
    assert handoff_to_change(readings["ben"], found.id, Act.ACCEPT) == found


def test_who_only_looks_on_reads_no_words_and_writes_nothing(readings: dict[str, Reading]) -> None:
    found, eva = given(), readings["eva"]
    assert handoff_seen(eva, found.id) == found
    assert (reads_words(eva, found), reads_words(readings["pat"], found)) == (False, True)
    for refused in (lambda: handoff_taken_part_in(eva, found.id), lambda: customer_to_hand_on(eva, "C00")):
        with pytest.raises(Refused, match="looks on"):
            refused()
    assert customer_to_hand_on(readings["ana"], "C00") == "C00"
    with pytest.raises(NotFound):
        customer_to_hand_on(readings["ben"], "C00")


def test_a_key_acts_only_where_it_says_so(readings: dict[str, Reading]) -> None:
    found = given()
    through = narrowed(readings["ben"], [KeyScope.READ])
    assert acts(through, found) == ()
    assert acts(narrowed(readings["ben"], [KeyScope.READ, KeyScope.WRITE_RELAY]), found) == (Act.RETURN, Act.ACCEPT)


def test_who_is_nobody_of_the_book_is_somebody_here(readings: dict[str, Reading]) -> None:
    ensure_member(NewMember("kim", "kim@norte.example", "csm", "Kim Lee"), "operator", NOON)
    kim = readings["kim"]
    assert (my_person(kim), my_person(readings["ana"])) == ("relevo:kim", "ana")
    assert person_names(kim)["relevo:kim"] == "Kim Lee"
    assert acts(kim, given(to="relevo:kim")) == (Act.RETURN, Act.ACCEPT)


def test_promises_are_seen_with_their_customer_and_by_who_made_them(readings: dict[str, Reading]) -> None:
    key = make_promise(NewPromise("C00", "SSO", "absent", NOON - timedelta(days=1), "ben"), "ben", NOON)
    for who in ("ana", "ben", "mia", "eva"):
        assert promise_seen(readings[who], key).id == key
    with pytest.raises(NotFound, match="no promise"):
        promise_seen(readings["kim"], key)
    with pytest.raises(Refused, match="looks on"):
        promise_to_change(readings["eva"], key)
    assert promise_to_change(readings["mia"], key).id == key


def test_before_the_first_book_nobody_sees_anything() -> None:
    found = given()
    nobody = reading_for(Reading(None, Viewer("")), Person("ben", "ben@norte.example", "csm"))
    assert nobody.viewer.scope == frozenset()
    assert nobody.viewer.acts_for == {"relevo:ben"}
    assert acts(nobody, found) == ()
