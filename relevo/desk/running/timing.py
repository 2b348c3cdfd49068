"""When a job is due again: pure arithmetic of instants."""

from datetime import datetime, timedelta


def next_after(due_at: datetime, every_minutes: int, now: datetime) -> datetime:
    """The first instant after `now` in steps of an interval from `due_at`.

    The rhythm is kept, and what was missed while nothing ran is not made up for: a job that was due five times over
    night runs once.
    """
    step = timedelta(minutes=every_minutes)
    if due_at > now:
        return due_at
    return due_at + step * ((now - due_at) // step + 1)
