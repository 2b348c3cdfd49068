"""First answers worked out the slow way: plain Python over the rows of a help desk, minutes counted one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from relevo.base.business_time import WEEKDAYS, Calendar, Hours
from tests.base.business_hours import Minutes

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Wait:
    """One first wait: when the customer asked, when a person answered, when it was closed without an answer."""

    asked: datetime
    answered: datetime | None
    given_up: datetime | None
    tier: str | None


@dataclass(frozen=True)
class Desk:
    """A help desk: its rows, its hours as they were written, the company's zone."""

    tables: Mapping[str, Sequence[Row]]
    zone: str
    promises: Mapping[str, int]

    def waits(self) -> list[Wait]:
        """The first wait of each conversation in which a customer wrote."""
        found = []
        for talk in self.tables["conversation"]:
            lines = [m for m in self.tables["message"] if m["conversation_id"] == talk["conversation_id"]]
            asked = min(m["at"] for m in lines if m["author_kind"] == "customer")
            replies = [m["at"] for m in lines if m["author_kind"] == "human" and m["is_public"] and m["at"] > asked]
            answered = min(replies, default=None)
            given_up = None if answered else talk.get("closed_at")
            found.append(Wait(asked, answered, given_up, talk.get("tier")))
        return found

    def minutes(self, last: date) -> Minutes | None:
        """The minutes in which the one schedule is open; None where there is none."""
        rows = self.tables["schedule"]
        if not rows:
            return None
        hours = tuple(Hours(WEEKDAYS.index(r["weekday"]), r["opens"], r["closes"]) for r in rows)
        days = frozenset(r["on_date"] for r in self.tables["holiday"])
        return Minutes(Calendar("one", rows[0]["timezone"], hours, days), date(2025, 12, 1), last + timedelta(days=2))

    def month(self, year: int, month: int, as_of: date) -> dict[str, Any]:
        """What `waits` says of one month as of a day."""
        first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
        begin, end = self._midnight(first), min(self._midnight(after), self._midnight(as_of + timedelta(days=1)))
        clock = self.minutes(as_of)
        ended, still, judged = [], [], []
        for wait in self.waits():
            if wait.answered and begin <= wait.answered < end:
                ended.append((wait.asked, wait.answered))
            elif wait.asked < end and not any(at and at < end for at in (wait.answered, wait.given_up)):
                still.append((wait.asked, end))
            else:
                continue
            judged += self._judged(wait, end, clock, is_answered=bool(ended and ended[-1][0] is wait.asked))
        long = [_seconds(span) for span in ended], [_seconds(span) for span in still]
        openly = ([_open(clock, span) for span in ended], [_open(clock, span) for span in still]) if clock else ([], [])
        return {
            "first_response_s": kaplan_meier(*long, 2),
            "first_response_p90_s": kaplan_meier(*long, 10),
            "business_s": kaplan_meier(*openly, 2),
            "within_promise": round(sum(judged) / len(judged), 6) if judged else None,
            "n": len(ended),
            "open_n": len(still),
            "given_up_n": sum(begin <= wait.given_up < end for wait in self.waits() if wait.given_up),
        }

    def _judged(self, wait: Wait, end: datetime, clock: Minutes | None, *, is_answered: bool) -> list[bool]:
        """Whether a promise was kept: in time, late, or already missed while it is open; nothing else is judged."""
        promised = self.promises.get(wait.tier or "(none)")
        if promised is None or clock is None:
            return []
        took = _open(clock, (wait.asked, wait.answered if is_answered and wait.answered else end))
        if is_answered:
            return [took <= promised * 60]
        return [False] if took > promised * 60 else []

    def _midnight(self, day: date) -> datetime:
        local = datetime.combine(day, datetime.min.time(), ZoneInfo(self.zone))
        return local.astimezone(UTC).replace(tzinfo=None)


def kaplan_meier(ended: Sequence[int], still: Sequence[int], parts: int) -> int | None:
    """The length that one in `parts` exceeds, by the product-limit estimate in fractions; the mean where it is met."""
    share, line = Fraction(1), Fraction(1, parts)
    met: int | None = None
    for length in sorted(set(ended)):
        if met is not None:
            return int(Fraction(met + length, 2) + Fraction(1, 2))
        at_risk = sum(each >= length for each in (*ended, *still))
        share *= Fraction(at_risk - ended.count(length), at_risk)
        if share < line:
            return length
        if share == line:
            met = length
    return met


def _seconds(span: tuple[datetime, datetime]) -> int:
    return int((span[1] - span[0]).total_seconds())


def _open(clock: Minutes | None, span: tuple[datetime, datetime]) -> int:
    assert clock is not None
    from_s, to_s = (np.array([int(at.replace(tzinfo=UTC).timestamp())]) for at in span)
    return int(clock.open_seconds(from_s, to_s)[0])
