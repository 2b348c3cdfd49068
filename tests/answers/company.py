"""A small company for the tests of answers and pages: forty customers, five colleagues, three years.

C00 has a row in every table that can say something about a customer. Four customers came through `events`, too few
for a viewer who does not see everybody. Ana holds the even customers, Ben the odd ones; Ana reports to Mia.
"""

import functools
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from tests.making import make, span

AS_OF = "2026-10-31"
NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)
CUSTOMERS = 40
LAST = "2026-10"


@functools.cache
def home() -> Home:
    """The home with the company's published book; made once per test run."""
    folder = Path(tempfile.mkdtemp(prefix="relevo-test-"))
    report = make(folder, tables(), AS_OF, company=Company("Norte Software", "EUR", "Europe/Madrid"), now=NOW)
    assert report.published, report.findings
    return Home(folder / "home")


def tables() -> dict[str, list[dict[str, Any]]]:
    """The rows of every table."""
    return {
        "person": people(),
        "customer": [customer(i) for i in range(CUSTOMERS)] + [{"customer_id": "", "name": "no id"}],
        "subscription_span": [row for i in range(CUSTOMERS) for row in spans(i)],
        "fx_rate": [
            {"currency": "USD", "on_date": f"{y}-{m:02}-01", "rate": f"0.9{m % 7}"}
            for y in (2023, 2024, 2025, 2026)
            for m in range(1, 13)
        ],
        "assignment": [assignment(i) for i in range(CUSTOMERS)],
        "deal": [deal(i) for i in range(CUSTOMERS)],
        **happenings(),
        **handed_on(),
    }


def people() -> list[dict[str, Any]]:
    named = (("ana", "mia"), ("ben", "mia"), ("mia", None), ("leo", None), ("eva", None))
    return [
        {"person_id": p, "name": p.title(), "email": f"{p}@norte.example", "team": "success", "manager_id": boss}
        for p, boss in named
    ]


def key(i: int) -> str:
    return f"C{i:02}"


def customer(i: int) -> dict[str, Any]:
    names = {0: "=Alto, Inc", 1: "<b>Brisa</b>"}
    return {
        "customer_id": key(i),
        "name": names.get(i, f"Customer {i:02}"),
        "domain": f"c{i}.example",
        "created_at": f"{start(i)}T08:00:00Z",
        "country": "NA" if i == 2 else "ES",
        "segment": "smb" if i % 3 else "mid",
        "acquisition_channel": "events" if i < 4 else "partner" if i % 4 == 0 else "inbound",
    }


def start(i: int) -> date:
    """One new customer a month, two in some."""
    month = 2023 * 12 + 3 + int(i * 1.05)
    return date(month // 12, month % 12 + 1, 1 + i % 27)


def spans(i: int) -> list[dict[str, Any]]:
    """Every fifth leaves after eight months, every third grows after six, one comes back, C39 never paid."""
    began, cents, more = start(i), 4999 + 1013 * i, {"plan": "Team" if i % 2 else "Start", "subscription_id": f"S{i}"}
    if i % 6 == 1:
        more["currency"] = "USD"
    if i == 39:
        return []
    later, gone = add_months(began, 6), add_months(began, 8)
    if i % 5 == 4:
        rows = [span(key(i), str(began), str(gone), cents, **more)]
        back = add_months(began, 11)
        return rows + ([span(key(i), str(back), None, cents, cause="resume", **more)] if i == 4 else [])
    if i % 3 == 0:
        return [
            span(key(i), str(began), str(later), cents, **more),
            span(key(i), str(later), None, cents, quantity=2, cause="seats", term_end_on="2026-12-15", **more),
        ]
    return [span(key(i), str(began), None, cents, **more)]


def add_months(day: date, count: int) -> date:
    month = day.year * 12 + day.month - 1 + count
    return date(month // 12, month % 12 + 1, day.day)


def assignment(i: int) -> dict[str, Any]:
    who = "ben" if i % 2 else "ana"
    return {"customer_id": key(i), "role": "success", "person_id": who, "from_at": f"{start(i)}T09:00:00Z"}


def deal(i: int) -> dict[str, Any]:
    return {
        "deal_id": f"D{i}",
        "customer_id": key(i),
        "name": f"Deal {i}",
        "kind": "new",
        "person_id": "leo",
        "opened_at": f"{start(i)}T07:00:00Z",
        "closed_at": f"{start(i)}T08:00:00Z",
        "outcome": "won",
        "amount_cents": 120000,
        "currency": "EUR",
    }


def handed_on() -> dict[str, list[dict[str, Any]]]:
    """Leo hands customers over to who holds them, and promises each something: half of it in time.

    Of C38 alone there are six hand-offs with a form of its own, and six promises of what is planned.
    """
    many = [(str(i), i, "sale") for i in range(8, 34)] + [(f"38-{n}", 38, "rescue") for n in range(6)]
    about_c00 = happenings()
    return {
        "handoff": about_c00["handoff"] + [handoff(*each) for each in many],
        "promise": about_c00["promise"] + [promise(*each) for each in many],
    }


def handoff(number: str, i: int, template: str) -> dict[str, Any]:
    given = start(i)
    return {
        "handoff_id": f"H-{number}", "customer_id": key(i), "from_role": "sales", "to_role": "success",
        "template": template, "from_person_id": "leo", "to_person_id": "ben" if i % 2 else "ana",
        "given_at": f"{given}T09:00:00Z", "accepted_at": f"{given}T10:00:00Z",
        "confirmed_at": f"{add_months(given, 1)}T10:00:00Z", "items": 6,
        "completeness": "1" if i % 3 else "0.5", "accuracy": "0.8", "reasks": i % 2, "reasks_unfilled": i % 2,
    }  # fmt: skip


def promise(number: str, i: int, template: str) -> dict[str, Any]:
    made, due = start(i), add_months(start(i), 2)
    return {
        "promise_id": f"O-{number}", "customer_id": key(i), "deal_id": f"D{i}", "person_id": "leo", "text": "Import",
        "product_state": "exists" if template == "sale" else "planned", "made_at": f"{made}T07:30:00Z",
        "due_on": f"{due}", "kept_at": f"{due}T08:00:00Z" if i % 2 else None,
    }  # fmt: skip


def happenings() -> dict[str, list[dict[str, Any]]]:
    """One row about C00 in every other table that knows customers."""
    c, at, on = {"customer_id": "C00"}, "2024-05-06T10:00:00Z", "2024-05-06"
    talk = {"conversation_id": "V1"}
    return {
        "customer_attribute": [{**c, "name": "tier", "value": "gold", "from_at": at}],
        "customer_alias": [{"source": "crm", "external_id": "X-1", **c}],
        "contact": [{"contact_id": "K1", **c, "name": "Rosa Gil", "role": "champion", "left_on": on}],
        "lead": [{"lead_id": "L1", **c, "created_at": at, "converted_at": at, "channel": "fair"}],
        "deal_stage": [{"deal_id": "D0", "at": at, "stage": "proposal"}],
        "fit_answer": [{"deal_id": "D0", "question": "budget", "answer": "yes", "answered_at": at}],
        "invoice": [
            {"invoice_id": "I1", **c, "issued_on": on, "paid_on": on, "amount_cents": 4999, "currency": "EUR"}
        ],
        "payment": [{"payment_id": "P1", **c, "at": at, "amount_cents": 4999, "currency": "EUR", "status": "failed"}],
        "cancellation": [{**c, "at": at, "reason": "price"}],
        "conversation": [
            {**talk, **c, "channel": "mail", "subject": "Export", "opened_at": at, "resolved_at": at,
             "url": "https://desk.example/1"}
        ],
        "message": [{"message_id": "M1", **talk, "at": at, "author_kind": "customer", "is_public": True}],
        "conversation_event": [{"event_id": "E1", **talk, "at": at, "kind": "escalated"}],
        "rating": [{"rating_id": "R1", **c, "kind": "happiness", "score": -1, "at": at, "comment": "slow"}],
        "survey_invite": [{"invite_id": "Q1", **c, "kind": "nps", "at": at}],
        "usage": [{**c, "on_date": on, "feature": "export", "events": 7, "users": 2}],
        "issue": [
            {"issue_id": "B1", "kind": "bug", "title": "Slow", "status": "done", "created_at": at, "shipped_at": at}
        ],
        "issue_report": [{"issue_id": "B1", **c, "at": at}],
        "article": [{"article_id": "A1", "title": "How", "published_at": at}],
        "article_view": [{"article_id": "A1", **c, "at": at}],
        "touch": [{"touch_id": "T1", **c, "person_id": "ana", "at": at, "kind": "call", "subject": "Review"}],
        "work": [{"person_id": "ana", **c, "activity": "success", "on_date": on, "minutes": 30}],
        "milestone": [{"milestone_id": "N1", **c, "kind": "go_live", "reached_at": at}],
        "handoff": [{"handoff_id": "H1", **c, "from_role": "sales", "to_role": "success", "given_at": at}],
        "promise": [{"promise_id": "O1", **c, "made_at": at, "text": "SSO", "product_state": "planned"}],
    }  # fmt: skip
