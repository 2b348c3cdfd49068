"""Closed months: which are closed, by whom, what was reported of each and what the book says of it now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.base.periods import month_text, parse_month
from relevo.book.policy import Policy
from relevo.desk.house.models import PeriodClose
from relevo.desk.house.rules import rules_in_force
from relevo.desk.people.roles import Right
from relevo.measures.asking import ask as ask_book
from relevo.measures.card import Ask

POLICY_RULE = "policy"


class State(StrEnum):
    """A month is open, closed, or was closed and is open again."""

    OPEN = "open"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class MonthLine:
    """One month: its state, who made it so, and MRR at its end in minor units.

    `reported_cents` is what it was closed with (None while it is open), `restated_cents` what the book says now.
    `in_book` says whether the book that is read was made with it closed.
    """

    month: str
    state: State
    who: str
    at: datetime | None
    reason: str
    book: str
    policy: str
    policy_hash: str
    reported_cents: int | None
    restated_cents: int | None
    in_book: bool

    @property
    def difference_cents(self) -> int | None:
        """Restated less reported; None while the month is open."""
        if self.reported_cents is None or self.restated_cents is None:
            return None
        return self.restated_cents - self.reported_cents


@dataclass(frozen=True)
class PolicyInForce:
    """The conventions of the book, their hash, which differ from the profile `relevo`, and who accepted them why."""

    name: str
    hash: str
    differs: tuple[tuple[str, str, str], ...]
    saved_by: str
    reason: str


@dataclass(frozen=True)
class ClosingPage:
    """What is said of closed months, latest first. `next_month` is what could be closed now; None where nothing can."""

    stamp: Stamp
    currency: str
    months: tuple[MonthLine, ...]
    next_month: str | None
    last_closed: str | None
    may_close: bool
    policy: PolicyInForce
    definitions: Mapping[str, str]


def closing_page(reading: Reading) -> ClosingPage:
    """The state of every month that is over in the book. NotReady before the first book."""
    book = reading.company_book
    records = list(PeriodClose.objects.all())
    held = {r.month: r for r in records if r.reopened_at is None}
    restated = {r["month"]: int(r["mrr_cents"]) for r in ask_book(book, "mrr", Ask(view="restated")).rows}
    shown = {month_text(each.month): each.sha256 for each in book.manifest.closed}
    latest = {r.month: r for r in records}  # ordered so that the last record of a month is kept
    lines = [_line(m, held.get(m) or latest.get(m), restated.get(m), shown) for m in sorted({*restated, *held})]
    last = max(held, default=None)
    return ClosingPage(
        stamp(reading), book.company.currency, tuple(reversed(lines)), _next(tuple(restated), last), last,
        Right.HOUSE_MONEY in reading.viewer.rights, _policy(reading), book.manifest.definitions,
    )  # fmt: skip


def check_may_close(reading: Reading) -> None:
    """Raise Refused for who may not change the rules of money, and so neither closes nor reopens months."""
    reading.check_right(Right.HOUSE_MONEY)


def _line(month: str, record: PeriodClose | None, restated: int | None, shown: Mapping[str, str]) -> MonthLine:
    if record is None:
        return MonthLine(month, State.OPEN, "", None, "", "", "", "", None, restated, in_book=False)
    if record.reopened_at is not None:
        return MonthLine(
            month, State.REOPENED, record.reopened_by, record.reopened_at, record.reopen_reason, record.book,
            record.policy, record.policy_hash, None, restated, in_book=month in shown,
        )  # fmt: skip
    return MonthLine(
        month, State.CLOSED, record.closed_by, record.closed_at, record.reason, record.book, record.policy,
        record.policy_hash, int(record.figures["closing_cents"]), restated, shown.get(month) == record.sha256,
    )  # fmt: skip


def _next(months: Sequence[str], last: str | None) -> str | None:
    """The month after the last closed one, where it is over; before the first closing, the last month that is over."""
    if last is None:
        return months[-1] if months else None
    following = month_text(parse_month(last) + 1)
    return following if following in months else None


def _policy(reading: Reading) -> PolicyInForce:
    book = reading.company_book
    usual, held = Policy(), book.policy
    named = [f.name for f in fields(Policy) if f.name != "name"]
    differs = [(n, _word(getattr(usual, n)), _word(getattr(held, n))) for n in named]
    rule = rules_in_force(book.as_of).get(POLICY_RULE)
    is_of_rule = rule is not None and isinstance(rule.value, dict) and Policy.of(rule.value) == held
    return PolicyInForce(
        held.name, held.hash, tuple(d for d in differs if d[1] != d[2]),
        rule.saved_by if rule and is_of_rule else "", rule.reason if rule and is_of_rule else "",
    )  # fmt: skip


def _word(value: Any) -> str:
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
