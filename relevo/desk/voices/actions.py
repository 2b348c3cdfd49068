"""Everything that writes links and votes: asking, voting, changing one's mind.

Whoever calls these has checked that the actor may (`relevo.answers.voices.links`); a link alone permits a vote.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from relevo.base.errors import RelevoError, WrongUse
from relevo.base.scales import Answer
from relevo.desk.people.actions import log_audit
from relevo.desk.voices.asking import LONGEST_COMMENT, AskingRules
from relevo.desk.voices.links import RatingVoid, SignedElsewhere
from relevo.desk.voices.models import Invitation, Vote, VoteEvent
from relevo.desk.voices.votes import How, invitation_of, last_asked

# Who the audit names for what came through a link.
CUSTOMER = "customer"
_LONGEST_ID = 254
# Somebody reads a mail and presses one link; a program opens all three at once.
_AT_ONCE = timedelta(minutes=2)


class AskedLately(RelevoError):
    """The contact was asked about another conversation a short while ago; `until` says when it may be asked again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            "This contact was asked for a rating a short while ago.",
            f"Ask again after {until:%Y-%m-%d %H:%M} UTC, or change the house rule survey_pause_days.",
        )
        self.until = until


class Took(StrEnum):
    """What became of a vote: it is kept, or a button has to be pressed first."""

    KEPT = "kept"
    PRESS = "press"


@dataclass(frozen=True)
class NewInvitation:
    """What to ask about: a conversation, one answer in it where that is known, and of whom, as far as it is known.

    `asked_before` is when the contact was last asked elsewhere about something else.
    """

    conversation_id: str
    message_id: str = ""
    customer_id: str = ""
    contact_id: str = ""
    language: str = ""
    asked_before: datetime | None = None


@dataclass(frozen=True)
class Said:
    """A vote, with a reason of the house's list and a comment where they are given."""

    answer: Answer
    reason: str = ""
    comment: str = ""


@dataclass(frozen=True)
class Invited:
    """A link: its invitation, until when it holds, and whether it was made now or is the one that held already."""

    id: int
    expires_at: datetime
    is_made_now: bool


def invite(new: NewInvitation, rules: AskingRules, who: str, now: datetime) -> Invited:
    """The link of an answer, made where there is none that holds. AskedLately within the pause of the house.

    Asking again about the same conversation is no second survey: every reply of it may carry a link.
    """
    _check_id("conversation", new.conversation_id)
    with transaction.atomic():
        asked = Invitation.objects.select_for_update().filter(
            conversation_id=new.conversation_id, message_id=new.message_id, signed_elsewhere="", expires_at__gt=now
        )
        if held := asked.first():
            return Invited(held.pk, held.expires_at, False)
        _respect_pause(new, rules, now)
        told = {name: value for name, value in vars(new).items() if name != "asked_before"}
        row = Invitation.objects.create(**told, made_at=now, made_by=who, expires_at=now + rules.lasts)
        log_audit(who, "rating.link", new.conversation_id, now, {"invitation": row.pk})
    return Invited(row.pk, row.expires_at, True)


def vote(link: int | SignedElsewhere, said: Said, how: How, rules: AskingRules, now: datetime) -> Took:
    """Keep what a customer says through a link; a later vote takes the place of the earlier, which stays in history.

    A page that sends a vote by itself changes none that was pressed. Where it does so for a second answer within two
    minutes, a program has opened the mail: its vote is withdrawn, and from then on a button has to be pressed.
    """
    _check(said, rules)
    with transaction.atomic():
        asked = Invitation.objects.select_for_update().get(pk=_asked(link, rules, now).pk)
        row = Vote.objects.select_for_update().filter(invitation=asked).first()
        if row is None:
            _keep(Vote(invitation=asked, at=now, revision=0), said, how, now, "given")
            return Took.KEPT
        if how is How.MOVED:
            return _moved(row, said, now)
        _keep(row, said, how, now, "changed")
    return Took.KEPT


def _moved(row: Vote, said: Said, now: datetime) -> Took:
    """A vote that the page sent by itself where one was given before."""
    if row.withdrawn_at is not None:
        return Took.PRESS
    if row.answer == said.answer:
        return Took.KEPT
    if row.how == How.PRESSED:
        return Took.PRESS
    if now - row.at < _AT_ONCE:
        _withdraw(row, said, now)
        return Took.PRESS
    _keep(row, replace(said, reason=row.reason, comment=row.comment), How.MOVED, now, "changed")
    return Took.KEPT


def _keep(row: Vote, said: Said, how: How, now: datetime, kind: str) -> None:
    """Write the vote, its history and the audit. Words that are added leave the time of the answer."""
    if row.answer != said.answer or row.withdrawn_at is not None:
        row.at = now
    row.answer, row.reason, row.comment, row.how = said.answer, said.reason, said.comment.strip(), how
    row.changed_at, row.withdrawn_at, row.is_new = now, None, True
    row.revision += 1
    row.save()
    _note(row, kind, said.answer, how, now)


def _withdraw(row: Vote, said: Said, now: datetime) -> None:
    row.changed_at = row.withdrawn_at = now
    row.is_new = True
    row.revision += 1
    row.save()
    _note(row, "withdrawn", said.answer, How.MOVED, now)


def _note(row: Vote, kind: str, answer: Answer, how: How, now: datetime) -> None:
    VoteEvent.objects.create(
        vote=row, at=now, kind=kind, answer=answer, reason=row.reason, comment=row.comment, how=how
    )
    details = {"vote": row.pk, "answer": answer, "how": how}
    log_audit(CUSTOMER, f"rating.{kind}", row.invitation.conversation_id, now, details)


def _asked(link: int | SignedElsewhere, rules: AskingRules, now: datetime) -> Invitation:
    """The invitation of a link; one that was signed elsewhere is written down when it is first used."""
    row = invitation_of(link, now)
    if row is not None:
        return row
    if not isinstance(link, SignedElsewhere) or now >= link.made_at + rules.lasts:
        raise RatingVoid
    told = {"conversation_id": link.conversation_id, "message_id": link.message_id, "made_at": link.made_at,
            "expires_at": link.made_at + rules.lasts, "made_by": CUSTOMER, "is_new": False}  # fmt: skip
    return Invitation.objects.get_or_create(signed_elsewhere=link.key, defaults=told)[0]


def _respect_pause(new: NewInvitation, rules: AskingRules, now: datetime) -> None:
    here = last_asked(new.contact_id, new.customer_id, new.conversation_id)
    latest = max((at for at in (here, new.asked_before) if at), default=None)
    if latest is not None and now < latest + rules.pause:
        raise AskedLately(latest + rules.pause)


def _check(said: Said, rules: AskingRules) -> None:
    if said.reason and said.reason not in rules.reasons:
        raise WrongUse(f"There is no reason {said.reason[:40]!r}.", f"Known: {', '.join(rules.reasons)}.")
    if len(said.comment.strip()) > LONGEST_COMMENT:
        raise WrongUse("This comment is too long.", f"Write {LONGEST_COMMENT} characters at most.")


def _check_id(what: str, key: str) -> None:
    if not key.strip() or len(key) > _LONGEST_ID:
        raise WrongUse(f"A rating is about a {what}.", f"Name one, with {_LONGEST_ID} characters at most.")
