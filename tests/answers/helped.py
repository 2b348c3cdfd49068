"""A company whose customers write to two colleagues, for the pages of Conversations: made once per size and run.

Every month on one weekday: Ben (team success) answers one question of each of six customers about a login and one that
nobody filed, an hour later, in one reply of five minutes; Ana (team support) answers three customers about single
sign-on, three hours later, in three replies of 1,000 seconds. Both report to Mia. Customers C2 to C5 come in March
2026, and nobody asks before they pay. The office is open from eight to six from Monday to Friday, and the book looks to
the end of October 2026.
"""

import functools
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from tests.making import make, span

AS_OF = "2026-10-31"
NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)
LONG = "Compañía Interoceánica de Transportes Frigoríficos y Almacenaje del Pacífico Sur"
_LATE = range(2, 6)


@functools.cache
def home(employees: int = 300, *, talks: bool = True) -> Home:
    """The home of a company of so many employees, with conversations or without."""
    folder = Path(tempfile.mkdtemp(prefix="relevo-helped-"))
    told = tables(employees) | ({} if talks else {"conversation": [], "message": []})
    rows = {name: found for name, found in told.items() if found}
    report = make(folder, rows, AS_OF, company=Company("Norte Software", "EUR", "UTC"), now=NOW)
    assert report.published, report.findings
    return Home(folder / "home")


def tables(employees: int) -> dict[str, list[dict[str, Any]]]:
    """The rows of every table."""
    people = (("ana", "Ana", "support", "mia"), ("ben", LONG, "success", "mia"), ("mia", "Mia", "support", None),
              ("eva", "Eva", "product", None))  # fmt: skip
    days = ("mon", "tue", "wed", "thu", "fri")
    asked = [row for month in range(14) for row in _of_month(month)]
    return {
        "headcount": [{"on_date": "2025-01-01", "employees": employees}],
        "person": [
            {"person_id": p, "name": name, "email": f"{p}@norte.example", "team": team, "manager_id": boss}
            for p, name, team, boss in people
        ],
        "customer": [{"customer_id": f"C{i}", "name": f"C{i}", "segment": "smb"} for i in range(12)],
        "subscription_span": [
            span(f"C{i}", "2026-03-01" if i in _LATE else "2025-01-01", None, 10_000) for i in range(12)
        ],
        "schedule": [
            {"schedule_id": "office", "timezone": "UTC", "weekday": day, "opens": "08:00", "closes": "18:00"}
            for day in days
        ],
        "conversation": [talk for talk, _ in asked],
        "message": [line for _, lines in asked for line in lines],
    }


def _of_month(month: int) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The conversations of one month, 0 being September 2025."""
    day = _weekday(month)
    told = [
        _talk(f"L{month}-{i}", f"C{i}", "login", day, "ben", (1,), 300)
        for i in range(6) if i not in _LATE or day >= date(2026, 3, 1)
    ]  # fmt: skip
    told.append(_talk(f"N{month}", "C10", None, day, "ben", (1,), 300))
    return told + [_talk(f"S{month}-{i}", f"C{i}", "sso", day, "ana", (3, 4, 5), 1000) for i in range(6, 9)]


def _weekday(month: int) -> date:
    """The second of the month, or the Monday after it."""
    index = 2025 * 12 + 8 + month
    day = date(index // 12, index % 12 + 1, 2)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _talk(
    name: str, customer: str, category: str | None, day: date, who: str, hours: tuple[int, ...], seconds: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A conversation that a customer begins at nine, with a reply after each of so many hours, solved by the last."""
    done = f"{day}T{9 + hours[-1]:02}:30:00Z"
    row = {
        "conversation_id": name, "customer_id": customer, "channel": "mail", "category": category,
        "tier": "premium" if who == "ana" else "standard", "opened_at": f"{day}T09:00:00Z", "resolved_at": done,
        "closed_at": done, "close_reason": "solved",
    }  # fmt: skip
    asked = {"message_id": f"{name}-0", "conversation_id": name, "at": f"{day}T09:00:00Z", "author_kind": "customer",
             "is_public": True}  # fmt: skip
    replies = [
        {"message_id": f"{name}-{hour}", "conversation_id": name, "at": f"{day}T{9 + hour:02}:00:00Z",
         "author_kind": "human", "author_id": who, "is_public": True, "seconds_spent": seconds}
        for hour in hours
    ]  # fmt: skip
    return row, [asked, *replies]
