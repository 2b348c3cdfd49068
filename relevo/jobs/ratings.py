"""Rating links for the operator, and the secret by which a help desk signs its own."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from relevo.base.config import Home
from relevo.base.errors import NotReady
from relevo.jobs.clock import now
from relevo.jobs.desk import has_ready_desk
from relevo.jobs.opening import operator_reading

SECRET_FILE = "rating.secret"  # noqa: S105 - the name of a file


def rating_paths(home: Home, conversation_id: str, message_id: str = "") -> Mapping[str, str]:
    """The path of each answer's link for a conversation, or one answer in it.

    NotReady where the home has no Desk; AskedLately within the pause of the house.
    """
    if not has_ready_desk(home):
        raise NotReady("This home has no Desk.", "Run relevo init first.")
    from relevo.answers.voices.links import invitation_to_make
    from relevo.desk.voices.actions import NewInvitation, invite
    from relevo.desk.voices.addresses import paths_of
    from relevo.desk.voices.rules import asking_rules

    reading = operator_reading(home)
    new = invitation_to_make(reading, NewInvitation(conversation_id, message_id))
    return paths_of(invite(new, asking_rules(now().date()), "operator", now()).id)


def ensure_secret(home: Home) -> tuple[Path, bool]:
    """The file with the secret, readable by its owner alone, and whether it was made now."""
    file = home.path / SECRET_FILE
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file, False
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
    return file, True
