"""A made-up help desk in Zendesk: tickets of many courses, with comments by askers, agents, a bot and the system."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

SINCE = datetime.fromisoformat("2026-03-01T08:00:00")  # UTC, as all times here
SYSTEM = -1
AGENTS, BOT = tuple(range(1, 8)), 9
ASKERS = tuple(range(100, 160))
FORGOTTEN = tuple(range(900, 904))  # people whom Zendesk has deleted: their comments stay, their rows do not
ROLES = {**dict.fromkeys(AGENTS, "agent"), 1: "admin", BOT: "agent", **dict.fromkeys(ASKERS, "end-user")}


@dataclass(frozen=True)
class Comment:
    """What somebody wrote, when, and whether the asker sees it."""

    user: int
    at: datetime
    is_public: bool = True


@dataclass(frozen=True)
class Ticket:
    """A ticket with its comments in order."""

    id: int
    created: datetime
    asker: int
    status: str
    comments: tuple[Comment, ...]

    def __str__(self) -> str:
        return f"ticket {self.id}"


def made(tickets: int, seed: int) -> tuple[Ticket, ...]:
    """So many tickets; the same seed makes the same."""
    random = Random(seed)
    return tuple(_ticket(random, 1_000 + number) for number in range(tickets))


def _ticket(random: Random, number: int) -> Ticket:
    created = SINCE + timedelta(seconds=random.randrange(0, 220 * 86_400))
    asker = random.choice(FORGOTTEN) if random.random() < 0.05 else random.choice(ASKERS)
    opened_by_us = random.random() < 0.12
    begins = _our_beginning(random) if opened_by_us else _their_beginning(random, asker)
    comments = _spread([*begins, *_course(random, asker)], created)
    status = random.choice(("open", "pending", "solved", "closed", "closed", "closed", "deleted"))
    return Ticket(number, created, asker, status, tuple(comments))


Turn = tuple[int, bool, int]  # who, in public, how many seconds after the turn before


def _our_beginning(random: Random) -> Iterator[Turn]:
    """An agent opens it: with a note first, or by writing to the customer at once."""
    agent = random.choice(AGENTS)
    if random.random() < 0.4:
        yield agent, False, 0
        yield agent, True, _wait(random)
    else:
        yield agent, True, 0


def _their_beginning(random: Random, asker: int) -> Iterator[Turn]:
    """The asker writes first; now and then a rule or a note comes before, or the mail is taken in a while later."""
    late = random.choice((0, 0, 0, 0, 7, 95))
    if random.random() < 0.1:
        yield SYSTEM, False, 0
    if random.random() < 0.06:
        yield random.choice(AGENTS), False, 1
    yield asker, True, late


def _course(random: Random, asker: int) -> Iterator[Turn]:
    """What follows: the bot at once or nobody, notes, answers, and questions again."""
    if random.random() < 0.15:
        yield BOT, True, random.choice((0, 1, 2))
    for _ in range(random.choice((0, 1, 1, 2, 3))):
        if random.random() < 0.3:
            yield random.choice(AGENTS), False, _wait(random)
        if random.random() < 0.2:
            yield asker, True, _wait(random)
        yield random.choice(AGENTS), True, _wait(random)
        if random.random() < 0.5:
            yield asker, True, _wait(random)


def _wait(random: Random) -> int:
    return int(random.lognormvariate(8, 1.6)) + 3


def _spread(turns: list[Turn], created: datetime) -> Iterator[Comment]:
    at = created
    for user, is_public, seconds in turns:
        at += timedelta(seconds=seconds)
        yield Comment(user, at, is_public)


def tables(tickets: tuple[Ticket, ...]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, columns in the order of `landed.COLUMNS`."""
    comments = [(ticket, comment) for ticket in tickets for comment in ticket.comments]
    return {
        "ticket": [
            {"id": t.id, "created_at": t.created, "requester_id": t.asker, "assignee_id": AGENTS[0],
             "organization_id": 500 + t.asker % 20, "subject": f"Question {t.id}", "status": t.status,
             "via_channel": "email"}
            for t in tickets
        ],
        "ticket_comment": [
            {"id": 10_000 + place, "ticket_id": ticket.id, "user_id": comment.user, "created": comment.at,
             "public": comment.is_public, "body": "Made up."}
            for place, (ticket, comment) in enumerate(comments)
        ],
        "ticket_field_history": [
            {"ticket_id": t.id, "field_name": "status", "updated": t.comments[-1].at, "value": t.status,
             "user_id": AGENTS[0]}
            for t in tickets
        ],
        "user": [
            {"id": user, "name": f"Person {user}", "email": f"p{user}@desk.example", "role": role,
             "organization_id": 500 + user % 20 if role == "end-user" else None, "active": True}
            for user, role in ROLES.items()
        ],
        "organization": [
            {"id": 500 + n, "name": f"Firm {n}", "created_at": SINCE, "shared_tickets": False} for n in range(20)
        ],
    }  # fmt: skip
