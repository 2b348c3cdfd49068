"""Everything that writes how people come in: failed tries, and the sessions that are open."""

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction

from relevo.base.errors import RelevoError
from relevo.desk.people.actions import log_audit
from relevo.desk.people.models import FailedTry, OpenSession

# So many failures in so long a time close a door for the address or the name that failed.
FAILURES = 10
WINDOW = timedelta(minutes=15)


class TooMany(RelevoError):
    """A door that is closed for a while; `until` says when it may be tried again."""

    def __init__(self, until: datetime) -> None:
        super().__init__("There were too many failed tries.", f"Try again after {until:%H:%M} UTC.")
        self.until = until


@dataclass(frozen=True)
class Try:
    """A try at a door that has begun, by its rows and the hash of the name; it counts as failed until forgiven."""

    door: str
    rows: tuple[int, ...]
    name_key: str


def begin_try(door: str, address: str, name: str, now: datetime) -> Try:
    """Count a try before it is made, by the address and by the name it is about; either may be unknown ('').

    TooMany where ten failed within a quarter of an hour. Counted in the database, so that all processes count together;
    counted first, so that tries at the same moment do not slip through.
    """
    keys = [_hashed(door, kind, text) for kind, text in (("address", address), ("name", name)) if text]
    with transaction.atomic():
        FailedTry.objects.filter(at__lte=now - WINDOW).delete()
        for key in keys:
            _refuse_too_many(door, key)
        rows = [FailedTry.objects.create(door=door, key=key, at=now).pk for key in keys]
    return Try(door, tuple(rows), _hashed(door, "name", name) if name else "")


def forgive(begun: Try) -> None:
    """A try that did not fail. The name begins at none again; other failures from the address still count."""
    FailedTry.objects.filter(pk__in=begun.rows).delete()
    FailedTry.objects.filter(door=begun.door, key=begun.name_key).delete()


@dataclass(frozen=True)
class Seen:
    """What tells a session apart: its door, the address and the browser it was last used from."""

    door: str
    address: str
    browser: str


def note_session(user: User, session_key: str, seen: Seen, now: datetime) -> None:
    """Write down that a session is used, and how it came to be where that is new."""
    told = {"door": seen.door, "address": seen.address[:45], "browser": seen.browser[:200]}
    OpenSession.objects.update_or_create(
        session_key=session_key,
        defaults={"user": user, "last_used_at": now, "address": told["address"], "browser": told["browser"]},
        create_defaults={"user": user, "began_at": now, "last_used_at": now, **told},
    )


def end_session(user: User, number: int, now: datetime) -> bool:
    """End one session of a user at once; False where it is none of this user's. Audited."""
    with transaction.atomic():
        found = OpenSession.objects.filter(user=user, pk=number).first()
        if found is None:
            return False
        _end(OpenSession.objects.filter(pk=found.pk).values_list("session_key", flat=True))
        log_audit(user.username, "session.ended", str(number), now)
    return True


def end_sessions(user: User, who: str, now: datetime, keep: str = "") -> int:
    """End every session of a user, but one where `keep` names it; how many ended. Audited."""
    with transaction.atomic():
        others = OpenSession.objects.filter(user=user).exclude(session_key=keep)
        ended = _end(others.values_list("session_key", flat=True))
        log_audit(who, "sessions.ended", user.username, now, {"count": ended})
    return ended


def move_session(before: str, after: str) -> None:
    """A session got another key: it is the same session still."""
    OpenSession.objects.filter(session_key=before).update(session_key=after)


def forget_session(session_key: str) -> None:
    """A session that was signed out of is open no more."""
    OpenSession.objects.filter(session_key=session_key).delete()


def _end(keys: Iterable[str]) -> int:
    ending = list(keys)
    Session.objects.filter(session_key__in=ending).delete()
    OpenSession.objects.filter(session_key__in=ending).delete()
    return len(ending)


def _refuse_too_many(door: str, key: str) -> None:
    recent = FailedTry.objects.filter(door=door, key=key).order_by("-at", "-id").values_list("at", flat=True)
    if len(tenth := recent[FAILURES - 1 : FAILURES]):
        raise TooMany(tenth[0] + WINDOW)


def _hashed(door: str, kind: str, about: str) -> str:
    # As the form of the door reads a name: one name in other letters of Unicode is one name.
    text = f"{door}\n{kind}\n{unicodedata.normalize('NFKC', about).strip().casefold()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
