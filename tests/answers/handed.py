"""The small company, with customers that were handed on: Leo sold, Ana and Ben took over, some of it confirmed."""

from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from tests.answers import company
from tests.making import make

# Customer, completeness, accuracy, re-asks about empty items, quarter of confirmation.
CONFIRMED = (
    ("C00", "0.5", "1", 3, 1), ("C02", "1", "1", 0, 1), ("C04", "1", "0.8", 0, 1), ("C06", "0.75", "1", 0, 4),
    ("C08", "1", "1", 0, 4), ("C01", "1", "1", 0, 4), ("C03", "0.25", "1", 3, 1),
)  # fmt: skip


def home(folder: Path) -> Home:
    """A home with the company's published book."""
    report = make(folder, {**company.tables(), **relay()}, company.AS_OF,
                  company=Company("Norte Software", "EUR", "Europe/Madrid"), now=company.NOW)  # fmt: skip
    assert report.published, report.findings
    return Home(folder / "home")


def relay() -> dict[str, list[dict[str, Any]]]:
    """Hand-offs from Leo, and two promises of his: one kept, one broken."""
    made = "2026-01-10T09:00:00Z"
    return {
        "handoff": [handoff(*row) for row in CONFIRMED],
        "promise": [
            {"promise_id": f"O{i}", "customer_id": "C00", "person_id": "leo", "made_at": made, "text": text,
             "product_state": "absent", "due_on": "2026-05-01", "kept_at": kept}
            for i, (text, kept) in enumerate((("Single sign-on", None), ("An export", "2026-04-01T09:00:00Z")))
        ],
    }  # fmt: skip


def handoff(customer: str, completeness: str, accuracy: str, unfilled: int, quarter: int) -> dict[str, Any]:
    """A hand-off of a customer that was confirmed in a quarter of 2026."""
    month = 3 * quarter - 2
    return {
        "handoff_id": f"H-{customer}", "customer_id": customer, "template": "sales_to_success", "from_role": "sales",
        "to_role": "success", "from_person_id": "leo", "to_person_id": "ben" if int(customer[1:]) % 2 else "ana",
        "given_at": f"2026-{month:02}-02T09:00:00Z", "accepted_at": f"2026-{month:02}-03T09:00:00Z",
        "confirmed_at": f"2026-{month:02}-20T09:00:00Z", "completeness": completeness, "accuracy": accuracy,
        "items": 6, "reasks": unfilled, "reasks_unfilled": unfilled,
    }  # fmt: skip
