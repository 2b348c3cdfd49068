"""Take people out of links and votes: answers, reasons and times stay, what they wrote goes."""

from django.db import transaction

from relevo.desk.relay.actions_erasing import Whom
from relevo.desk.voices.models import Invitation, Vote, VoteEvent


def erase_from_voices(whom: Whom) -> int:
    """Blank the comments of the forgotten and those that name one; how many rows changed."""
    with transaction.atomic():
        asked = [each.pk for each in Invitation.objects.iterator() if _is_theirs(each, whom)]
        votes = Vote.objects.filter(invitation__in=asked) | Vote.objects.filter(pk__in=_named(whom))
        keys = list(votes.values_list("pk", flat=True))
        changed = VoteEvent.objects.filter(vote__in=keys).exclude(comment="").update(comment="")
        changed += Vote.objects.filter(pk__in=keys).exclude(comment="").update(comment="")
        changed += Invitation.objects.filter(pk__in=asked).exclude(contact_id="").update(contact_id="")
    return changed


def _is_theirs(row: Invitation, whom: Whom) -> bool:
    """A link that the help desk signed names nobody: whose it is, its conversation says."""
    is_named = whom.is_customer(row.customer_id) or whom.is_contact(row.contact_id)
    return is_named or whom.is_conversation(row.conversation_id)


def _named(whom: Whom) -> set[int]:
    """Votes whose comment, or an earlier one, names somebody who is forgotten."""
    written = VoteEvent.objects.exclude(comment="").values_list("vote_id", "comment")
    return {key for key, text in written if whom.names(text)}
