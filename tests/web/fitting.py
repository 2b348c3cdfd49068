"""A small company whose deals differ in fit: five wins of the last year, two open deals, one declined.

Its questions are the defaults, each worth two points for yes: ten in all, and six pass the gate.
"""

import functools
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from relevo.desk.relay.fit_questions import DEFAULTS
from tests.making import make, span

AS_OF = "2026-10-31"
NOW = datetime(2026, 11, 1, 7, tzinfo=UTC)
KEYS = tuple(question.key for question in DEFAULTS)
GOOD, BAD = dict.fromkeys(KEYS, "Yes"), {**dict.fromkeys(KEYS, "no"), KEYS[0]: "yes"}


@functools.cache
def home() -> Home:
    """The home with the company's published book; made once per test run."""
    folder = Path(tempfile.mkdtemp(prefix="relevo-fit-"))
    report = make(folder, tables(), AS_OF, company=Company("Norte Software", "EUR", "Europe/Madrid"), now=NOW)
    assert report.published, report.findings
    return Home(folder / "home")


def deal(key: str, closed: str | None, outcome: str, cents: int | None, **more: Any) -> dict[str, Any]:
    """A deal of Leo's with the customer of the same number."""
    return {
        "deal_id": key, "customer_id": f"C{key[1:]}", "name": f"Deal {key}", "kind": "new", "person_id": "leo",
        "opened_at": "2025-09-01T08:00:00Z", "closed_at": closed and f"{closed}T10:00:00Z", "outcome": outcome,
        "amount_cents": cents, "currency": "EUR", **more,
    }  # fmt: skip


def answers(key: str, given: dict[str, str], at: str = "2025-09-02") -> list[dict[str, Any]]:
    """Answers that the CRM brought."""
    return [{"deal_id": key, "question": q, "answer": a, "answered_at": f"{at}T08:00:00Z", "person_id": "leo"}
            for q, a in given.items()]  # fmt: skip


def tables() -> dict[str, list[dict[str, Any]]]:
    """The rows of every table. Ana holds C1 and C2, Ben C3; two open deals are with nobody yet."""
    deals = [
        deal("W1", "2026-06-10", "won", 100_000),
        deal("W2", "2026-07-01", "won", 50_000),
        deal("W3", "2026-08-01", "won", 20_000, currency="USD"),
        deal("W4", "2026-08-02", "won", 70_000),
        deal("W5", "2026-09-01", "won", None),
        deal("W6", "2025-10-30", "won", 9_999),
        deal("W7", "2026-08-03", "won", 9_999, kind="expansion"),
        deal("L1", "2026-08-03", "lost", 9_999),
        deal("O8", None, "open", 30_000, customer_id=None),
        deal("O9", "2026-11-05", "won", 40_000, customer_id=None, person_id="eva"),
        deal("N2", "2026-05-01", "declined", 60_000, lost_reason="needs what we do not do"),
    ]  # fmt: skip
    said = [
        *answers("W1", GOOD), *answers("W3", BAD), *answers("W4", BAD), *answers("W5", GOOD, at="2026-09-02"),
        *answers("O8", {KEYS[0]: "yes", KEYS[1]: "perhaps", "other": "yes"}),
    ]  # fmt: skip
    people = [{"person_id": p, "name": p.title(), "email": f"{p}@norte.example", "team": "sales", "manager_id": boss}
              for p, boss in (("ana", "mia"), ("ben", "mia"), ("mia", None), ("leo", None), ("eva", None))]  # fmt: skip
    holds = {"C1": "ana", "C2": "ana", "C3": "ben", "C4": "ben"}
    return {
        "person": people,
        "customer": [{"customer_id": f"C{i}", "name": f"Customer {i}", "segment": "smb"} for i in range(1, 8)],
        "subscription_span": [span(f"C{i}", "2025-10-01", None, 1000 * i) for i in range(1, 8)],
        "fx_rate": [{"currency": "USD", "on_date": f"2026-{m:02}-01", "rate": "0.5"} for m in range(1, 11)],
        "assignment": [{"customer_id": c, "role": "success", "person_id": p, "from_at": "2025-10-01T09:00:00Z"}
                       for c, p in holds.items()],
        "deal": deals,
        "fit_answer": said,
    }  # fmt: skip
