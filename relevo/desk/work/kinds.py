"""What people may file about a customer."""

from enum import StrEnum


class NoteKind(StrEnum):
    """What happened where no system saw it: a call, a mail that was forwarded, a meeting; or a thought."""

    CALL = "call"
    MAIL = "mail"
    MEETING = "meeting"
    NOTE = "note"
