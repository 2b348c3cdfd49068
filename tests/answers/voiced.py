"""A company of five customers whose help desk was rated, for the lists of voices: built once per run.

Ana holds A and C, Ben B and D, nobody E. The book looks to 30 June 2026.
"""

import functools
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from tests.making import make, span

AS_OF = "2026-06-30"
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


@functools.cache
def home() -> Home:
    """The home with the company's published book."""
    folder = Path(tempfile.mkdtemp(prefix="relevo-voices-"))
    report = make(folder, tables(), AS_OF, company=Company("Norte Software", "EUR", "Europe/Madrid"), now=NOW)
    assert report.published, report.findings
    return Home(folder / "home")


def tables() -> dict[str, list[dict[str, Any]]]:
    """The rows of every table."""
    held = {"A": "ana", "C": "ana", "B": "ben", "D": "ben"}
    return {
        "person": [
            {"person_id": p, "name": p.title(), "email": f"{p}@norte.example", "team": "success",
             "manager_id": "mia" if p in ("ana", "ben") else None}
            for p in ("ana", "ben", "mia", "eva")
        ],
        "customer": [{"customer_id": c, "name": f"Shop {c}", "created_at": "2025-01-01T00:00:00Z"} for c in "ABCDE"],
        "subscription_span": [span(c, "2025-01-01", None, 10_000) for c in "ABCDE"],
        "assignment": [
            {"customer_id": c, "role": "success", "person_id": p, "from_at": "2025-01-01T00:00:00Z"}
            for c, p in held.items()
        ],
        "contact": [{"contact_id": f"k{c}", "customer_id": c, "name": f"Rosa {c}"} for c in "ABCDE"],
        **talks(),
        # D was happy on 10 June and asked to leave two days later.
        "cancellation": [{"customer_id": "D", "at": "2026-06-30T10:00:00Z", "requested_at": "2026-06-12T11:00:00Z"}],
        # Rosa A was asked twice within nine days, Rosa B once.
        "survey_invite": [
            {"invite_id": f"I{i}", "kind": "csat", "at": f"{day}T09:00:00Z", "contact_id": f"k{c}", "customer_id": c,
             "conversation_id": talk}
            for i, (c, day, talk) in enumerate(
                (("A", "2026-06-01", "VA"), ("A", "2026-06-10", "VX"), ("B", "2026-06-01", "VB"))
            )
        ],
    }  # fmt: skip


# Conversation, customer, day, score, comment: all about billing, and solved but VO.
RATED = (
    ("VA", "A", "2026-06-08", -1, "Nobody <listens>"),
    ("VB", "B", "2026-06-09", -1, "Two days"),
    ("VC", "C", "2026-06-10", 1, "Quick"),
    ("VD", "D", "2026-06-10", 1, None),
    ("VE", "E", "2026-06-11", -1, "Bye"),
    ("VK", "B", "2026-06-13", 0, None),
    ("VO", "A", "2026-06-20", -1, "Still nothing"),
)


def talks() -> dict[str, list[dict[str, Any]]]:
    """Conversations, their messages and ratings. C comes back four days later about the same."""
    every = [(key, c, day) for key, c, day, _, _ in RATED] + [("VC2", "C", "2026-06-14")]
    return {
        "conversation": [_talk(*each) for each in every],
        "message": [line for each in every for line in _lines(*each)],
        "rating": [
            {"rating_id": f"R{key}", "kind": "happiness", "score": score, "at": f"{day}T12:00:00Z", "customer_id": c,
             "contact_id": f"k{c}", "conversation_id": key, "comment": comment, "reason": "time" if comment else None}
            for key, c, day, score, comment in RATED
        ] + [{"rating_id": "RN", "kind": "nps", "score": 3, "scale_max": 10, "at": "2026-06-28T09:00:00Z",
              "customer_id": "A", "contact_id": "kA", "comment": "No, thanks"}],
    }  # fmt: skip


def _talk(key: str, customer: str, day: str) -> dict[str, Any]:
    """VO is open."""
    is_open = key == "VO"
    return {
        "conversation_id": key, "customer_id": customer, "contact_id": f"k{customer}", "channel": "mail",
        "category": "billing", "subject": f"Invoice of {customer}", "language": "es", "assignee_id": "ben",
        "opened_at": f"{day}T09:00:00Z", "resolved_at": None if is_open else f"{day}T11:00:00Z",
        "closed_at": None if is_open else f"{day}T11:00:00Z", "close_reason": None if is_open else "solved",
        "url": f"https://desk.example/{key}",
    }  # fmt: skip


def _lines(key: str, customer: str, day: str) -> list[dict[str, Any]]:
    said = (("customer", f"k{customer}", "09:00"), ("human", "ben", "10:00"))
    return [
        {"message_id": f"{key}-{i}", "conversation_id": key, "at": f"{day}T{when}:00Z", "author_kind": kind,
         "author_id": who, "is_public": True}
        for i, (kind, who, when) in enumerate(said)
    ]  # fmt: skip
