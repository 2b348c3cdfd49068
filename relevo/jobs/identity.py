"""Who is one customer: what the Desk decided, for builds."""

from datetime import datetime

from relevo.base.config import Home
from relevo.book.matching.decisions import Decision, fingerprint
from relevo.desk.ready import prepare


def ready(home: Home) -> None:
    """Make sure that the home has a Desk, so that decisions can be read and written."""
    prepare(home)


def decisions(home: Home, known_at: datetime | None = None) -> tuple[Decision, ...]:
    """The decisions that hold now, or held at a moment; none in a home without a Desk."""
    if not home.has_desk:
        return ()
    prepare(home)
    from relevo.desk.identity.decided import decisions_for_build

    return decisions_for_build(known_at)


def decided(home: Home, known_at: datetime | None = None) -> str:
    """What a book depends on of them, as a fingerprint; '' where nothing was decided."""
    return fingerprint(decisions(home, known_at))
