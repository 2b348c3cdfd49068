"""Noting that the book has the links and votes of the Desk."""

from collections.abc import Iterable

from relevo.desk.relay.actions_mirror import note_seen
from relevo.desk.relay.mirrored import Seen
from relevo.desk.voices.models import Invitation, Vote


def note_mirrored(seen: Iterable[Seen]) -> int:
    """Note of rows that the book has them as they were read; how many. What was changed since then stays new."""
    return note_seen("voices", seen)


def note_lost() -> None:
    """Note that the landing has nothing of the Desk any more: everything is new to it."""
    Invitation.objects.filter(signed_elsewhere="").update(is_new=True)
    Vote.objects.update(is_new=True)
