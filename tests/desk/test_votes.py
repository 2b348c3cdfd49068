"""Links and votes: what is kept, what is changed, what a program that opens mails may not do, and when one is asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.base.scales import Answer
from relevo.desk.house.actions import save_rule
from relevo.desk.people.models import AuditEntry
from relevo.desk.voices.actions import AskedLately, NewInvitation, Said, Took, invite, vote
from relevo.desk.voices.asking import AskingRules
from relevo.desk.voices.links import RatingVoid, SignedElsewhere, link_of, signature, token_of
from relevo.desk.voices.models import Invitation, Vote
from relevo.desk.voices.rules import asking_rules
from relevo.desk.voices.votes import How, asked_with, votes_since, withdrawn_ids

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
RULES = AskingRules()
SHARED = "s3cret"
GREAT, OKAY, BAD = Said(Answer.GREAT), Said(Answer.OKAY), Said(Answer.NOT_GOOD, "time", "Two days for a yes")


def asked(conversation: str = "V1", message: str = "M1", contact: str = "K1", at: datetime = NOON) -> int:
    return invite(NewInvitation(conversation, message, "C1", contact, "es"), RULES, "help", at).id


def standing() -> list[tuple[str, str, str]]:
    return [(v.answer.value, v.reason, v.comment) for v in votes_since(NOON - DAY)]


def test_a_vote_is_changed_and_the_earlier_one_stays_in_the_history() -> None:
    link = asked()
    assert vote(link, GREAT, How.PRESSED, RULES, NOON) is Took.KEPT
    vote(link, BAD, How.PRESSED, RULES, NOON + DAY)
    assert standing() == [("not_good", "time", "Two days for a yes")]
    (kept,) = votes_since(NOON)
    assert (kept.at, kept.conversation_id, kept.message_id) == (NOON + DAY, "V1", "M1")
    row = Vote.objects.get()
    assert kept.rating_id == f"relevo:{row.pk}"
    assert list(row.history.values_list("kind", "answer", "comment")) == [
        ("given", "great", ""), ("changed", "not_good", "Two days for a yes")
    ]  # fmt: skip
    assert list(AuditEntry.objects.order_by("id").values_list("who", "action")) == [
        ("help", "rating.link"), ("customer", "rating.given"), ("customer", "rating.changed")
    ]  # fmt: skip


def test_a_word_that_is_added_leaves_the_time_of_the_answer() -> None:
    link = asked()
    vote(link, GREAT, How.MOVED, RULES, NOON)
    vote(link, Said(Answer.GREAT, "answer", " Quick "), How.PRESSED, RULES, NOON + MINUTE)
    (kept,) = votes_since(NOON)
    assert (kept.at, kept.comment) == (NOON, "Quick")


def test_a_program_that_opens_all_three_links_leaves_no_vote() -> None:
    """Two answers within two minutes, sent by the page itself: nobody does that, and the button alone counts then."""
    link = asked()
    assert vote(link, GREAT, How.MOVED, RULES, NOON) is Took.KEPT
    assert vote(link, OKAY, How.MOVED, RULES, NOON + MINUTE) is Took.PRESS
    assert standing() == []
    assert withdrawn_ids([f"relevo:{Vote.objects.get().pk}", "zendesk:1"]) == {f"relevo:{Vote.objects.get().pk}"}
    assert vote(link, BAD, How.MOVED, RULES, NOON + 9 * MINUTE) is Took.PRESS
    assert asked_with(link, RULES.lasts, NOON + DAY).answer is None
    assert vote(link, BAD, How.PRESSED, RULES, NOON + DAY) is Took.KEPT
    assert standing() == [("not_good", "time", "Two days for a yes")]
    assert [e.kind for e in Vote.objects.get().history.all()] == ["given", "withdrawn", "changed"]
    assert votes_since(NOON)[0].at == NOON + DAY


def test_the_page_itself_changes_no_vote_that_was_pressed_but_one_it_sent_long_ago() -> None:
    pressed, moved = asked(), asked("V2", "M2", "K2")
    vote(pressed, BAD, How.PRESSED, RULES, NOON)
    assert vote(pressed, GREAT, How.MOVED, RULES, NOON + DAY) is Took.PRESS
    assert vote(pressed, Said(Answer.NOT_GOOD), How.MOVED, RULES, NOON + DAY) is Took.KEPT
    assert standing() == [("not_good", "time", "Two days for a yes")]
    vote(moved, GREAT, How.MOVED, RULES, NOON)
    vote(moved, Said(Answer.OKAY), How.MOVED, RULES, NOON + 2 * MINUTE)
    assert ("okay", "", "") in standing()


@pytest.mark.parametrize(("after", "holds"), [(60 * DAY - timedelta(seconds=1), True), (60 * DAY, False)])
def test_a_link_holds_for_as_long_as_the_house_said_when_it_was_made(after: timedelta, holds: bool) -> None:
    link = asked()
    if holds:
        assert vote(link, GREAT, How.PRESSED, AskingRules(lasts=DAY), NOON + after) is Took.KEPT
        return
    with pytest.raises(RatingVoid):
        vote(link, GREAT, How.PRESSED, RULES, NOON + after)
    with pytest.raises(RatingVoid):
        asked_with(link, RULES.lasts, NOON + after)
    assert not Vote.objects.exists()


def test_a_vote_is_one_of_the_list_with_a_comment_that_fits() -> None:
    link = asked()
    with pytest.raises(WrongUse):
        vote(link, Said(Answer.OKAY, "weather"), How.PRESSED, RULES, NOON)
    with pytest.raises(WrongUse):
        vote(link, Said(Answer.OKAY, "", "x" * 2_001), How.PRESSED, RULES, NOON)
    assert not Vote.objects.exists()


def test_nobody_is_asked_about_something_else_within_the_pause() -> None:
    """14 days of pause: every reply of one conversation may carry a link, another conversation waits."""
    asked("V1", "M1", at=NOON)
    asked("V1", "M2", at=NOON + DAY)
    with pytest.raises(AskedLately) as refused:
        asked("V2", "M3", at=NOON + 14 * DAY)
    assert refused.value.until == NOON + 15 * DAY
    asked("V2", "M3", contact="K2", at=NOON + 14 * DAY)
    assert asked("V2", "M4", at=NOON + 15 * DAY)
    never = NewInvitation("V3", contact_id="K1")
    assert invite(never, AskingRules(pause=timedelta()), "help", NOON + 15 * DAY).is_made_now
    assert invite(NewInvitation("V4"), RULES, "help", NOON).is_made_now, "nobody knows who is asked"


def test_the_pause_counts_what_others_asked_and_the_customer_where_no_contact_is_known() -> None:
    with pytest.raises(AskedLately):
        invite(NewInvitation("V1", contact_id="K1", asked_before=NOON - 13 * DAY), RULES, "help", NOON)
    assert invite(NewInvitation("V1", contact_id="K1", asked_before=NOON - 14 * DAY), RULES, "help", NOON).id
    invite(NewInvitation("V2", customer_id="C9"), RULES, "help", NOON)
    with pytest.raises(AskedLately):
        invite(NewInvitation("V3", customer_id="C9"), RULES, "help", NOON + DAY)


def test_asking_twice_about_one_answer_is_one_invitation() -> None:
    first = invite(NewInvitation("V1", "M1"), RULES, "help", NOON)
    again = invite(NewInvitation("V1", "M1"), RULES, "help", NOON + DAY)
    assert (again.id, again.is_made_now) == (first.id, False)
    late = invite(NewInvitation("V1", "M1"), RULES, "help", NOON + 60 * DAY)
    assert (late.id != first.id, late.is_made_now) == (True, True)
    with pytest.raises(WrongUse):
        invite(NewInvitation(" "), RULES, "help", NOON)


def test_rules_of_the_house_are_read() -> None:
    assert asking_rules(NOON.date()) == RULES
    for key, value in (("rating_link_days", 7), ("survey_pause_days", 0), ("rating_reasons", ["speed", "other"])):
        save_rule(key, value, NOON.date(), "ines", "ours", NOON)
    assert asking_rules(NOON.date()) == AskingRules(7 * DAY, timedelta(), ("speed", "other"))


def test_tokens_hold_as_they_were_signed_and_say_nothing_of_anybody() -> None:
    link = asked(contact="rosa@example.com")
    token = token_of(link)
    assert link_of(token, {}) == link
    assert token.split(".")[0] == str(link)
    for wrong in (token[:-1], token + "x", f"{link + 1}.{token.split('.')[1]}", "", "own", str(link), "a.b.c"):
        with pytest.raises(RatingVoid):
            link_of(wrong, {})
    with pytest.raises(RatingVoid):
        asked_with(link + 1, RULES.lasts, NOON)


def test_a_link_of_another_home_does_not_hold(settings: Any) -> None:
    """Every home has a key of its own, and numbers its links from one."""
    token = token_of(asked())
    settings.SECRET_KEY = SHARED * 2
    with pytest.raises(RatingVoid):
        link_of(token, {})


def signed(key: str = SHARED, at: datetime = NOON) -> dict[str, str]:
    made = int(at.timestamp())
    return {"c": "zendesk:7", "m": "m:8", "t": str(made), "s": signature(key, "zendesk:7", "m:8", made)}


def test_the_signature_is_that_of_the_how_to() -> None:
    """printf 'zendesk:7\nm:8\n1780315200' | openssl dgst -sha256 -hmac s3cret"""
    assert signed()["t"] == "1780315200"
    assert signed()["s"] == "71c7ba2feb37cbc988670d4bfa0f17ed569b80732d408dd690c1c1e72e41e8a3"


def test_a_help_desk_signs_links_itself(settings: Any) -> None:
    settings.RATING_SECRET = SHARED
    link = link_of("own", signed())
    assert link == SignedElsewhere("zendesk:7", "m:8", NOON)
    assert asked_with(link, RULES.lasts, NOON).answer is None
    assert not Invitation.objects.exists(), "looking writes nothing"
    vote(link, GREAT, How.PRESSED, RULES, NOON + DAY)
    vote(link, OKAY, How.PRESSED, RULES, NOON + 2 * DAY)
    (kept,) = votes_since(NOON)
    assert (kept.answer, kept.conversation_id, kept.message_id) == ("okay", "zendesk:7", "m:8")
    assert asked_with(link, RULES.lasts, NOON + 2 * DAY).answer is Answer.OKAY
    # Nobody knows how many such links were sent: they are no invitations of which a share answered.
    assert list(Invitation.objects.values_list("is_new", flat=True)) == [False]
    with pytest.raises(RatingVoid):
        vote(link, GREAT, How.PRESSED, RULES, NOON + 60 * DAY)


def test_a_link_of_the_help_desk_is_over_when_nobody_used_it_in_time(settings: Any) -> None:
    settings.RATING_SECRET = SHARED
    link = link_of("own", signed())
    for late in (asked_with, lambda each, lasts, at: vote(each, GREAT, How.PRESSED, RULES, at)):
        with pytest.raises(RatingVoid):
            late(link, RULES.lasts, NOON + 60 * DAY)
    with pytest.raises(RatingVoid):
        asked_with(link_of("own", signed(at=NOON + 2 * DAY)), RULES.lasts, NOON)


@pytest.mark.parametrize(
    "changed",
    [{"c": "zendesk:8"}, {"m": ""}, {"t": "1780315201"}, {"s": "0" * 64}, {"s": "é"}, {"t": "1e9"}, {"c": ""}],
)
def test_a_link_that_was_tampered_with_does_not_hold(settings: Any, changed: dict[str, str]) -> None:
    settings.RATING_SECRET = SHARED
    with pytest.raises(RatingVoid):
        link_of("own", signed() | changed)


def test_without_a_secret_no_link_of_a_help_desk_holds(settings: Any) -> None:
    settings.RATING_SECRET = ""
    with pytest.raises(RatingVoid):
        link_of("own", signed(key=""))
