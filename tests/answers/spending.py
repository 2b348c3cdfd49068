"""A company with acquisition spend, whose cost and payback can be counted by hand."""

from pathlib import Path
from typing import Any

from tests.making import make, span

STARTS = 36


def company_that_spends(folder: Path) -> Path:
    """Two customers won a month for three years at 1 000 euro each; every fourth left after five months. Its home.

    All pay 100 euro a month, so that with a margin of 80 % a customer that stays pays back in 12.5 months.
    """
    tables = {
        "customer": [_customer(i) for i in range(2 * STARTS)],
        "subscription_span": [_span(i) for i in range(2 * STARTS)],
        "spend": [
            {"month": _first(m), "kind": "acquisition", "amount_cents": 200_000, "currency": "EUR"}
            for m in range(STARTS)
        ],
    }
    report = make(folder, tables, "2026-10-31")
    assert report.published, report.findings
    return folder / "home"


def _first(month: int) -> str:
    index = 2023 * 12 + 10 + month
    return f"{index // 12}-{index % 12 + 1:02}-01"


def _customer(i: int) -> dict[str, Any]:
    return {"customer_id": f"S{i:02}", "name": f"Spent {i:02}", "segment": "smb" if i % 2 else "mid"}


def _span(i: int) -> dict[str, Any]:
    end = _first(i // 2 + 5) if i % 4 == 0 and i // 2 + 5 < STARTS else None
    return span(f"S{i:02}", _first(i // 2), end, 10_000)
