"""What waits for somebody, in words of the language in force: for mails, and for the page of today."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from relevo.answers.relay.waiting import WaitingLine, Waits
from relevo.desk.relay.paths import BOARD, handoff_path, promise_path

_LONGEST = 120


def waiting_words(line: WaitingLine, day: Callable[[date], str] = date.isoformat) -> str:
    """One thing that waits, as a sentence; `day` writes a day."""
    due = day(line.due_on) if line.due_on else ""
    named = {"customer": line.customer, "who": line.who or "–", "since": day(line.since), "due": due}
    match line.kind:
        case Waits.TO_ACCEPT if line.is_late:
            return _("%(customer)s: %(who)s gave it on %(since)s; you were to answer by %(due)s.") % named
        case Waits.TO_ACCEPT:
            return _("%(customer)s: %(who)s gave it on %(since)s; answer by %(due)s.") % named
        case Waits.RETURNED:
            return _("%(customer)s: returned to you on %(since)s, for it has gaps.") % named
        case Waits.TO_CONFIRM:
            return _("%(customer)s: you took it over on %(since)s; say now what was right.") % named
        case Waits.DROPPED:
            return _("%(customer)s: won on %(since)s and not handed on.") % named
        case Waits.PROMISE_BROKEN:
            return _("%(customer)s: “%(text)s” was promised and is broken.") % {**named, "text": _short(line.text)}
    return _("%(customer)s: “%(text)s” is due on %(due)s.") % {**named, "text": _short(line.text)}


def waiting_path(line: WaitingLine) -> str:
    """The page on which something can be done about it."""
    if line.kind in (Waits.PROMISE_DUE, Waits.PROMISE_BROKEN):
        return promise_path(line.key)
    return BOARD if line.kind is Waits.DROPPED else handoff_path(line.key)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
