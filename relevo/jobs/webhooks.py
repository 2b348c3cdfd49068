"""The job `webhooks`: queue what happened since the last run for each webhook, and send what is due.

It may be killed at any line. The position in the history is kept after its events were queued, and an event is queued
once for each hook; a message may be sent twice, with the same id.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from relevo.base.config import Home
from relevo.book.store import Store
from relevo.desk.relay.actions_outbox import clear_old, note_refused, note_taken, queue
from relevo.desk.relay.outbox import (
    DROPPED,
    Message,
    Waiting,
    dropped_message,
    due,
    events_after,
    last_event,
    lost,
    waiting,
)
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.clock import now, today
from relevo.jobs.hooks import Hook, NotTaken, body_of, hooks_of, post
from relevo.jobs.mail import mail_settings

WEBHOOKS = "webhooks"
# So many messages are sent in one run.
_AT_ONCE = 200
# For so long it is told that a receiver was given up on, unless it takes something again.
_TOLD_FOR = timedelta(days=7)


def send_webhooks(home: Home, kept: Mapping[str, Any]) -> Outcome:
    """Queue and send. The first run with a webhook begins with what happens from then on."""
    hooks = hooks_of(home)
    if not hooks:
        return Outcome(Result.OK, "no_webhook", "No webhook is set up.", kept={})
    fresh = _queue(home, hooks, kept)
    sent = _send(home, {hook.name: hook for hook in hooks})
    clear_old(now())
    names = [hook.name for hook in hooks]
    gone = tuple(lost(names, now() - _TOLD_FOR))
    if gone:
        name, count, answer = gone[0]
        told = f"{count} messages to {name} were given up after a day: {answer}"
        return Outcome(Result.FAILED, "given_up", told, "Mend the receiver; docs/how-to/webhooks.md says how.", fresh)
    return Outcome(Result.OK, "told", f"{sent} messages were sent; {waiting(names)} wait.", kept=fresh)


def _queue(home: Home, hooks: Sequence[Hook], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Queue what is new; what is to be kept: the position in the history, the day from which deals count, the book."""
    book = Store(home.books).current()
    if "position" not in kept:
        return {"position": last_event(), "since": today(home.config().company.timezone).isoformat(), "book": None}
    messages, position = events_after(int(kept["position"]), now())
    if book and book != kept.get("book") and any(DROPPED in hook.events for hook in hooks):
        messages = (*messages, *_dropped(home, date.fromisoformat(str(kept["since"]))))
    for hook in hooks:
        queue(hook.name, (each for each in messages if each.event in hook.events), now())
    return {"position": position, "since": kept["since"], "book": book}


def _dropped(home: Home, since: date) -> Iterable[Message]:
    """Deals that the book calls dropped and that were won since the first run."""
    from relevo.answers.relay.dropped import dropped_batons
    from relevo.jobs.opening import operator_reading

    reading = operator_reading(home)
    try:
        found = dropped_batons(reading)
    finally:
        reading.company_book.close()
    return [
        dropped_message(each.deal_id, each.customer_id, each.owner_id or "", each.closed_at.replace(tzinfo=UTC))
        for each in found
        if each.closed_at.date() >= since
    ]


def _send(home: Home, hooks: Mapping[str, Hook]) -> int:
    """Send what is due; how many messages were taken. A receiver that is away is not tried again in this run."""
    taken, away, address = 0, set[str](), mail_settings(home).address
    for each in due(hooks, now(), _AT_ONCE):
        if each.hook in away:
            continue
        try:
            note_taken(each, _posted(hooks[each.hook], each, address), now())
            taken += 1
        except NotTaken as problem:
            note_refused(each, problem.message, now())
            away |= {each.hook} if problem.is_away else set()
    return taken


def _posted(hook: Hook, each: Waiting, address: str) -> str:
    at: datetime = now()
    return post(hook, each.message, body_of(each.message, address), at)
