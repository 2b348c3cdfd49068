"""A company of 300 in which Ana takes the hard cases: raw she is below her colleagues, in context above them.

She pleases two in three of hard cases; the others please one in three of theirs, and nearly all of the easy ones. All
report to Mia. Made once per run.
"""

import functools
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from tests.making import make, span
from tests.measures.desks_in_memory import AS_OF, many

COLLEAGUES = ("ana", "ben", "cem", "dan", "eva", "fay")
LEADS = {"mia": ("Mia", None), **{who: (who.capitalize(), "mia") for who in COLLEAGUES}}


def answers() -> list[Mapping[str, Any]]:
    """Tables of conversations with what customers said of them."""
    easy, hard = {"great": 88, "okay": 8, "not_good": 4}, {"great": 10, "okay": 8, "not_good": 12}
    said = [part for who in COLLEAGUES[1:] for part in (*many(who, "easy", easy), *many(who, "hard", hard))]
    said += many("ana", "hard", {"great": 100, "okay": 26, "not_good": 24})
    return said + many("ana", "easy", {"great": 9, "okay": 1})


def people() -> list[dict[str, Any]]:
    """The team and its lead."""
    return [{"person_id": who, "name": name, "email": f"{who}@norte.example", "team": "support", "manager_id": lead}
            for who, (name, lead) in LEADS.items()]  # fmt: skip


@functools.cache
def home() -> Home:
    """The company as files, for pages."""
    counted = [{"on_date": "2026-01-01", "employees": 300}]
    rows: dict[str, list[dict[str, Any]]] = {"person": people(), "headcount": counted}
    for part in answers():
        for name, found in part.items():
            rows.setdefault(name, []).extend(found)
    names = sorted({talk["customer_id"] for talk in rows["conversation"]})
    rows["customer"] = [{"customer_id": name, "name": name} for name in names]
    rows["subscription_span"] = [span(names[0], "2025-01-01", None, 10_000)]
    folder = Path(tempfile.mkdtemp(prefix="relevo-rated-"))
    report = make(folder, rows, AS_OF, company=Company("Norte", "EUR", "UTC"))
    assert report.published, report.findings
    return Home(folder / "home")
