"""Links and votes are ratings and invitations of the book after the next build, with the times of the Desk."""

import shutil
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.base.scales import Answer
from relevo.desk.relay.actions_erasing import Whom
from relevo.desk.voices.actions import NewInvitation, Said, invite, vote
from relevo.desk.voices.actions_erasing import erase_from_voices
from relevo.desk.voices.asking import AskingRules
from relevo.desk.voices.links import SignedElsewhere
from relevo.desk.voices.models import Invitation, Vote, VoteEvent
from relevo.desk.voices.votes import How
from relevo.jobs.erasure import erase
from relevo.jobs.loading import load
from relevo.jobs.mirror import has_news, mirror
from relevo.jobs.ratings import rating_paths
from relevo.jobs.refresh import is_behind, refresh
from tests.jobs.conftest import put
from tests.jobs.test_mirror import build, loads, naive, rows
from tests.making import span

pytestmark = pytest.mark.django_db
AT, DAY, MINUTE = datetime(2026, 9, 1, 12, tzinfo=UTC), timedelta(days=1), timedelta(minutes=1)
RULES = AskingRules()
ABOUT = "customer_id, contact_id, conversation_id, message_id, person_id"
RATING = f'rating_id, kind, score, "at", {ABOUT}, reason, comment'


@pytest.fixture
def kept(home: Home) -> Home:
    """A home with three customers, a published book, and a Desk."""
    home.desk_database.touch()
    refresh(home, {})
    return home


def asked(conversation: str, **more: Any) -> int:
    return invite(NewInvitation(conversation, **more), RULES, "help", AT).id


def test_an_invitation_and_its_vote_are_in_the_book(kept: Home) -> None:
    link = asked("V1", message_id="M1", customer_id="A", contact_id="K1")
    silent = asked("V2", customer_id="B")
    vote(link, Said(Answer.NOT_GOOD, "time", "Two\ndays"), How.PRESSED, RULES, AT + DAY)
    assert is_behind(kept)
    build(kept)
    assert not is_behind(kept)
    at = naive(AT + DAY)
    row = Vote.objects.get()
    assert rows(kept, "rating", RATING) == [
        (f"relevo:{row.pk}", "happiness", -1, at, "A", "K1", "V1", "M1", None, "time", "Two\ndays")
    ]
    assert rows(kept, "survey_invite", 'invite_id, kind, "at", contact_id, customer_id, conversation_id') == [
        (f"relevo:{link}", "happiness", naive(AT), "K1", "A", "V1"),
        (f"relevo:{silent}", "happiness", naive(AT), None, "B", "V2"),
    ]


def test_a_changed_mind_is_one_rating_and_the_book_of_before_has_the_earlier_one(kept: Home) -> None:
    put(kept, "subscription_span", [span("D", "2025-02-01", None, 500, recorded_at="2025-02-01T00:00:00Z")], "more")
    load(kept, kept.path.parent / "exports" / "more")
    link = asked("V1", customer_id="A")
    vote(link, Said(Answer.GREAT), How.PRESSED, RULES, AT + DAY)
    mirror(kept)
    vote(link, Said(Answer.OKAY), How.PRESSED, RULES, AT + 3 * DAY)
    build(kept)
    assert rows(kept, "rating", 'score, "at"') == [(0, naive(AT + 3 * DAY))]
    build(kept, known_at=AT + 2 * DAY)
    assert rows(kept, "rating", 'score, "at"') == [(1, naive(AT + DAY))]


def test_a_vote_of_a_program_leaves_the_book_and_a_press_brings_it_back(kept: Home) -> None:
    link, other = asked("V1", customer_id="A"), asked("V2", customer_id="B")
    vote(other, Said(Answer.GREAT), How.PRESSED, RULES, AT)
    vote(link, Said(Answer.GREAT), How.MOVED, RULES, AT)
    build(kept)
    assert len(rows(kept, "rating", "score")) == 2
    vote(link, Said(Answer.OKAY), How.MOVED, RULES, AT + MINUTE)
    assert has_news(kept)
    build(kept)
    assert rows(kept, "rating", "conversation_id") == [("V2",)]
    vote(link, Said(Answer.OKAY), How.PRESSED, RULES, AT + DAY)
    build(kept)
    assert rows(kept, "rating", "conversation_id, score") == [("V1", 0), ("V2", 1)]
    assert mirror(kept) == 0


def test_a_link_that_was_signed_elsewhere_is_a_rating_and_no_invitation(kept: Home) -> None:
    vote(SignedElsewhere("V7", "M7", AT), Said(Answer.GREAT), How.PRESSED, RULES, AT + DAY)
    build(kept)
    assert rows(kept, "rating", "conversation_id, message_id, customer_id") == [("V7", "M7", None)]
    assert rows(kept, "survey_invite", "*") == []
    assert not has_news(kept)


def test_an_emptied_landing_gets_votes_again_and_nothing_is_landed_twice(kept: Home) -> None:
    vote(asked("V1", customer_id="A"), Said(Answer.GREAT), How.PRESSED, RULES, AT)
    assert mirror(kept) == 2
    before = loads(kept)
    Vote.objects.update(is_new=True)
    mirror(kept)
    assert loads(kept) == before
    shutil.rmtree(kept.landing)
    assert has_news(kept)
    assert mirror(kept) == 2
    assert loads(kept) == before


def test_who_is_forgotten_leaves_answers_without_words() -> None:
    hers, his = asked("V1", customer_id="A", contact_id="K1"), asked("V2", customer_id="B", contact_id="K2")
    third = asked("V3", customer_id="C", contact_id="K3")
    for link, words in ((hers, "slow"), (his, "Ana Gil was away"), (third, "fine")):
        vote(link, Said(Answer.OKAY, "time", words), How.PRESSED, RULES, AT)
        vote(link, Said(Answer.OKAY, "time", ""), How.PRESSED, RULES, AT + DAY)
    whom = Whom(lambda text: text, lambda text: "Ana Gil" in text, frozenset({"K1"}), frozenset())
    assert erase_from_voices(whom) == 3  # two events with words, and the contact of the link
    assert set(VoteEvent.objects.values_list("comment", flat=True)) == {"", "fine"}
    assert list(Invitation.objects.order_by("pk").values_list("contact_id", flat=True)) == ["", "K2", "K3"]
    assert set(Vote.objects.values_list("answer", "reason")) == {("okay", "time")}


def test_words_by_a_link_of_the_help_desk_go_with_whose_conversation_it_is(
    kept: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a link names nobody: of k1 is t1, k2 of the same customer holds t2; the vote on t1 has one event."""
    monkeypatch.setattr("relevo.desk.people.actions_erasing.forget_deleted_rows", lambda: None)
    put(kept, "contact", [{"contact_id": f"k{n}", "customer_id": "A", "name": f"Ana Gil {n}"} for n in (1, 2)])
    put(kept, "conversation", [
        {"conversation_id": f"t{n}", "customer_id": "A", "contact_id": f"k{n}", "channel": "mail",
         "opened_at": "2026-08-31T10:00:00Z"}
        for n in (1, 2)
    ])  # fmt: skip
    refresh(kept, {})
    for talk in ("t1", "t2"):
        said = Said(Answer.NOT_GOOD, "time", f"Two days for {talk}")
        vote(SignedElsewhere(talk, "", AT), said, How.PRESSED, RULES, AT + DAY)
    build(kept)
    done = erase(kept, "contact", "k1")
    assert (done.left, done.desk_rows) == ((), 2)
    left = {("t1", ""), ("t2", "Two days for t2")}
    assert set(Vote.objects.values_list("invitation__conversation_id", "comment")) == left
    assert set(VoteEvent.objects.values_list("vote__invitation__conversation_id", "comment")) == left
    assert rows(kept, "rating", "conversation_id, score, comment") == [("t1", -1, None), ("t2", -1, "Two days for t2")]


def test_the_operator_makes_links_for_a_conversation(kept: Home) -> None:
    paths = rating_paths(kept, "V1", "M1")
    assert list(paths) == ["great", "okay", "not_good"]
    assert rating_paths(kept, "V1", "M1") == paths
    row = Invitation.objects.get()
    assert (row.conversation_id, row.message_id, row.made_by) == ("V1", "M1", "operator")
