"""The company of `helped` with more channels than mail, and a year before: made once per size and run.

In the twelve months to October 2026 customers begin 104 conversations by mail, all answered; 40 chats of ten customers,
of which every second is left by the customer before anybody answers, the others are answered after two hours; three
calls of two customers, and six forms of five. A year before, in November 2024, there were ten chats, all answered, and
five faxes, of which there are none any more.
"""

import functools
import tempfile
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from tests.answers import helped
from tests.making import make

MAILS, CHATS, CALLS, FORMS = 104, 40, 3, 6
BEGUN = MAILS + CHATS + CALLS + FORMS
Row = dict[str, Any]


@functools.cache
def home(employees: int = 300) -> Home:
    """The home of a company of so many employees."""
    folder = Path(tempfile.mkdtemp(prefix="relevo-channels-"))
    company = Company("Norte Software", "EUR", "UTC")
    report = make(folder, tables(employees), helped.AS_OF, company=company, now=helped.NOW)
    assert report.published, report.findings
    return Home(folder / "home")


def tables(employees: int) -> dict[str, list[Row]]:
    """The rows of every table."""
    rows = helped.tables(employees)
    talks = [_talk(f"chat{k}", f"C{k % 10}", "chat", "2026-05-06", k % 2 == 0) for k in range(CHATS)]
    talks += [_talk(f"call{k}", f"C{k % 2}", "phone", "2026-05-07", True) for k in range(CALLS)]
    talks += [_talk(f"form{k}", f"C{k % 5}", "web_form", "2026-05-08", True) for k in range(FORMS)]
    talks += [_talk(f"old{k}", f"C{k}", "chat", "2024-11-06", True) for k in range(10)]
    talks += [_talk(f"fax{k}", f"C{k}", "fax", "2024-11-07", True) for k in range(5)]
    rows["conversation"] += [talk for talk, _ in talks]
    rows["message"] += [line for _, lines in talks for line in lines]
    rows["rating"] = [
        {"rating_id": f"R{k}", "kind": "ces", "score": 6 if k else 2, "scale_max": 7, "at": "2026-05-07T09:00:00Z",
         "customer_id": f"C{k}", "conversation_id": f"chat{k}" if k < 3 else ""}
        for k in range(5)
    ]  # fmt: skip
    return rows


def _talk(name: str, customer: str, channel: str, day: str, is_answered: bool) -> tuple[Row, list[Row]]:
    """A question at nine, answered at eleven and solved, or given up at half past nine."""
    done = f"{day}T{'11' if is_answered else '09'}:30:00Z"
    row = {
        "conversation_id": name, "customer_id": customer, "channel": channel, "category": "login", "tier": "standard",
        "opened_at": f"{day}T09:00:00Z", "closed_at": done, "close_reason": "solved" if is_answered else "went_silent",
    }  # fmt: skip
    said = [("0", "09", "customer", ""), ("1", "11", "human", "ben")][: 1 + is_answered]
    return row, [
        {"message_id": f"{name}-{k}", "conversation_id": name, "at": f"{day}T{hour}:00:00Z", "author_kind": kind,
         "author_id": who, "is_public": True, "seconds_spent": 300 if who else ""}
        for k, hour, kind, who in said
    ]  # fmt: skip
