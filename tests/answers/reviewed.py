"""A company whose answers are reviewed: three agents and their lead, conversations of one week, half a year of reviews.

The week is that of Monday 19 October 2026. Ana, Ben and Cyd work in support under Lea; Sam sells. Reviews that were
loaded have Rex, who marks hard, and a pair in every month.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from tests.making import make, span

AS_OF, MONDAY = "2026-10-31", date(2026, 10, 19)
AGENTS = ("ana", "ben", "cyd")
Row = dict[str, Any]


def home(folder: Path, employees: int = 300) -> Home:
    """The home with its book, of a company with so many people."""
    report = make(folder, tables(employees), AS_OF, company=Company("Norte Software", "EUR", "UTC"))
    assert report.published, report.findings
    return Home(folder / "home")


def tables(employees: int) -> dict[str, list[Row]]:
    talks, messages = talked()
    return {
        "person": people(), "conversation": talks, "message": messages, "review": reviews(),
        "customer": [{"customer_id": f"C{i}", "name": f"Customer {i}", "segment": "smb"} for i in range(6)],
        "subscription_span": [span(f"C{i}", "2025-01-01", None, 5000) for i in range(6)],
        "coaching": [{"coaching_id": "K1", "person_id": "ana", "coach_id": "lea", "at": "2026-10-12T09:00:00Z"}],
        "headcount": [{"on_date": "2025-01-01", "employees": employees}],
    }  # fmt: skip


def people() -> list[Row]:
    found = [(each, "support", "lea") for each in (*AGENTS, "rex")] + [("lea", "support", None), ("sam", "sales", None)]
    return [
        {"person_id": who, "name": who.title(), "email": f"{who}@norte.example", "team": team, "manager_id": boss}
        for who, team, boss in found
    ]


def talked() -> tuple[list[Row], list[Row]]:
    """Eight conversations of each agent in the week, every fourth a bug with many answers; Ben helps in Ana's first."""
    talks, messages = [], []
    for agent in AGENTS:
        for i in range(8):
            key, at = f"T-{agent}-{i}", f"{MONDAY + timedelta(days=i % 7)}T10:00:00Z"
            kind = "bug" if i % 4 == 0 else "howto"
            talks.append({
                "conversation_id": key, "customer_id": f"C{i % 6}", "channel": "mail" if i % 2 else "chat",
                "category": kind, "subject": f"About {kind} {i}", "opened_at": at, "resolved_at": at,
                "close_reason": "solved", "assignee_id": agent,
            })  # fmt: skip
            messages.append({
                "message_id": f"Q-{key}", "conversation_id": key, "at": at, "author_kind": "customer",
                "is_public": True, "body": f"My question {key}",
            })  # fmt: skip
            for n in range(4 if kind == "bug" else 1):
                who = "ben" if (agent, i, n) == ("ana", 0, 3) else agent
                messages.append({
                    "message_id": f"A-{key}-{n}", "conversation_id": key, "at": at, "author_kind": "human",
                    "author_id": who, "is_public": True, "body": f"My answer {n} to {key}",
                })  # fmt: skip
    return talks, messages


def reviews() -> list[Row]:
    """Two drawn of each agent a month from May to October: Ana 3 every time, Ben 1 and 3 by turns, Cyd 3 and 2.

    Rex, who has every second one, gives one point less than they are worth. In every month the first of Ana's is judged
    by a second colleague, who gives less in June and September. One of Cyd's was picked.
    """
    worth = {"ana": (3, 4), "ben": (1, 4), "cyd": (3, 3)}
    found: list[Row] = []
    for month in range(5, 11):
        for a, agent in enumerate(AGENTS):
            for i in range(2):
                key, given = f"R{month}-{agent}-{i}", worth[agent][i]
                first, second = ("rex", AGENTS[(a + 1) % 3]) if i else (AGENTS[(a + 1) % 3], AGENTS[(a + 2) % 3])
                pair = f"P{month}" if (agent, i) == ("ana", 0) else None
                found += one(key, agent, first, month, given - (first == "rex"), pair)
                found += one(f"{key}b", agent, second, month, given - (month % 3 == 0), pair) if pair else []
    return found + one("R-picked", "cyd", "ana", 10, 0, None, "targeted")


def one(
    key: str, agent: str, reviewer: str, month: int, points: int, pair: str | None, sampling: str = "random"
) -> list[Row]:  # fmt: skip
    fixed = {
        "review_id": key, "conversation_id": f"T-{agent}-{month % 8}", "reviewer_id": reviewer, "person_id": agent,
        "at": f"2026-{month:02}-15T09:00:00Z", "max_score": 4, "sampling": sampling,
        "probability": "0.25" if sampling == "random" else None, "pair_id": pair,
    }  # fmt: skip
    return [{**fixed, "criterion": name, "score": points} for name in ("accuracy", "tone")]
