"""What customers write about, when and how: the conversations before anybody answers, and how they end."""

from dataclasses import dataclass, replace

import numpy as np

from relevo.sources.demo.customer_tables import CONTACTS_MOST, contact_counts
from relevo.sources.demo.customers import Customers
from relevo.sources.demo.frame import DAY, HOUR, NONE, Flags, Frame, Ints, choose, choose_rows, known_until
from relevo.sources.demo.service import Served
from relevo.sources.demo.truths import overload, p11_premium
from relevo.sources.demo.writer import Id

CHANNELS = ("email", "chat", "web_form", "phone")
EMAIL, CHAT, FORM, PHONE = range(4)
CATEGORIES = ("how_to", "bug", "billing", "access", "integration", "feature_request", "data")
HOW_TO, BUG, BILLING, ACCESS, INTEGRATION, FEATURE, DATA = range(7)
AREAS = ("planning", "orders", "invoicing", "reports", "mobile", "api", "admin")
PRIORITIES = ("low", "normal", "high", "urgent")
CLOSE_REASONS = ("solved", "went_silent", "no_reply", "merged", "duplicate", "spam")
SOLVED, SILENT, NO_REPLY, MERGED, DUPLICATE, SPAM = range(6)
TIERS = ("standard", "priority")

_MONTHLY_RATE = np.array([2.25, 4.8, 10.5])
_RATE_SPREAD = 0.5
_EARLY_SHARE, _EARLY_DAYS = 0.16, 50
_CATEGORY_SHARES = np.array([[34, 17, 15, 14, 8, 7, 5], [27, 21, 9, 12, 14, 10, 7], [20, 24, 6, 10, 19, 12, 9]],
                            dtype=np.float64)  # fmt: skip
_CATEGORY_AREA = np.array([[30, 22, 8, 18, 12, 2, 8], [18, 20, 8, 14, 18, 16, 6], [0, 4, 70, 4, 0, 0, 22],
                           [4, 4, 4, 2, 16, 4, 66], [4, 12, 10, 6, 2, 62, 4], [24, 18, 6, 26, 14, 8, 4],
                           [8, 18, 12, 46, 2, 12, 2]], dtype=np.float64)  # fmt: skip
_HOURS_TO_SOLVE = np.array([4.5, 20.0, 8.0, 2.5, 26.0, 14.0, 18.0])
_CLOSE_SHARES = [86.0, 6, 3, 2.2, 1.4, 1.4]
_HELD, _UNHELD_SECONDS = 0.98, 1_200
"""How many somebody of the desk ever holds; the others are closed by a rule before anybody sees them."""
_LOCAL_OFFSET = np.array([1, -6, -3, -5, 0, 1, 1, 8, 0, 1, -5, -4, 9, 2, -3, 1])


@dataclass(frozen=True)
class Conversations:
    """The conversations of one part; times are seconds, -1 where it has not happened."""

    part: int
    first_number: int
    who: Ints
    contact: Ints
    channel: Ints
    category: Ints
    area: Ints
    priority: Ints
    opened: Ints
    resolved: Ints
    closed: Ints
    reason: Ints
    duration: Ints
    lingers: Ints
    assignee: Ints
    is_held: Flags
    is_priority: Flags
    is_escalated: Flags
    is_offered: Flags
    leaves_at: Ints

    @property
    def size(self) -> int:
        """How many there are in the part."""
        return len(self.who)

    @property
    def number(self) -> Ints:
        """Conversation numbers, running through all parts."""
        return self.first_number + np.arange(self.size)


def conversation_id(number: Ints) -> Id:
    """How a conversation is named in every table."""
    return Id("v", number, 8)


def draw_conversations(frame: Frame, customers: Customers, served: Served, first_number: int) -> Conversations:
    """The conversations of one part of the customers, before anybody has answered them."""
    rng = frame.stream("conversations", served.part)
    who, opened, leaves_at = _openings(rng, frame, customers, served)
    size, segment = len(who), customers.segment[who]
    category = choose_rows(rng, _CATEGORY_SHARES[segment])
    reason = choose(rng, _CLOSE_SHARES, size)
    hours = _HOURS_TO_SOLVE[category] * rng.lognormal(0, 1.05, size)
    duration = np.clip(hours * HOUR, 240, 60 * DAY).astype(np.int64)
    duration = np.where(reason == SPAM, rng.integers(60, DAY, size), duration)
    counted = np.isin(reason, (SOLVED, SILENT, NO_REPLY))
    lingers = np.where(counted, rng.integers(0, 4 * DAY, size), 0)
    is_held = rng.random(size) < _HELD
    duration = np.where(is_held, duration, np.minimum(duration, _UNHELD_SECONDS))
    lingers = np.where(is_held, lingers, 0)
    contacts = contact_counts(customers)[who]
    nobody, since = np.full(size, NONE), p11_premium.premium_from(frame, customers)[who]
    return Conversations(
        part=served.part, first_number=first_number, who=who, channel=_channel(rng, segment), category=category,
        contact=who * CONTACTS_MOST + (rng.random(size) * contacts).astype(np.int64),
        area=choose_rows(rng, _CATEGORY_AREA[category]), priority=choose(rng, [16.0, 64, 15, 5], size),
        opened=opened, resolved=nobody, closed=nobody, reason=reason, duration=duration, lingers=lingers,
        assignee=nobody, is_held=is_held, is_priority=(since >= 0) & (since <= opened),
        is_escalated=rng.random(size) < np.where(category == BUG, 0.12, 0.03),
        is_offered=counted & (rng.random(size) < 0.55), leaves_at=leaves_at,
    )  # fmt: skip


def settled(frame: Frame, rows: Conversations, solved: Ints, last: Ints, holder: Ints) -> Conversations:
    """The same conversations with how they ended: solved at an instant, closed some days later or with the last word.

    What was merged, a duplicate or spam is closed and never solved.
    """
    end = frame.calendar.end_second
    counted = np.isin(rows.reason, (SOLVED, SILENT, NO_REPLY))
    ended = np.where(counted, solved, rows.opened + rows.duration)
    closed = np.where(ended >= 0, known_until(np.maximum(ended + rows.lingers, last), end), NONE)
    resolved = np.where(counted, solved, NONE)
    reason = np.where(closed >= 0, rows.reason, NONE)
    return replace(rows, resolved=resolved, closed=closed, reason=reason, assignee=holder)


def _openings(rng: np.random.Generator, frame: Frame, customers: Customers, served: Served) -> tuple[Ints, Ints, Ints]:
    """Who wrote when: more in the first weeks, mostly in office hours of their country, rarely at weekends."""
    rate = _MONTHLY_RATE[customers.segment[served.who]] * rng.lognormal(
        -(_RATE_SPREAD**2) / 2, _RATE_SPREAD, len(served.who)
    )
    row = np.repeat(np.arange(len(served.who)), rng.poisson(rate * served.months))
    size = len(row)
    length = served.stop[row] - served.start[row]
    early = rng.random(size) < _EARLY_SHARE
    spot = rng.random(size) * np.where(early, np.minimum(length, _EARLY_DAYS * DAY), length)
    day = (served.start[row] + spot.astype(np.int64)) // DAY
    weekend = ((day + 3) % 7 >= 5) & (rng.random(size) < 0.82)
    day = day + np.where(weekend, rng.integers(2, 5, size), 0)
    local = np.clip(rng.normal(13.2, 3.1, size), 0.1, 23.9) - _LOCAL_OFFSET[customers.country[served.who[row]]]
    opened = day * DAY + (local * HOUR).astype(np.int64)
    kept = (opened >= served.start[row]) & (opened < served.stop[row]) & (opened < frame.calendar.end_second)
    order = np.flatnonzero(kept)
    row, opened = row[order], opened[order]
    later = overload.comes_later(frame, opened // DAY, frame.stream("waves", served.part).random(len(row)))
    later &= (opened + 7 * DAY < served.stop[row]) & (opened + 7 * DAY < frame.calendar.end_second)
    opened = opened + np.where(later, 7 * DAY, 0)
    return served.who[row], opened, np.where(served.leaves[row] == 1, served.stop[row], NONE)


def _channel(rng: np.random.Generator, segment: Ints) -> Ints:
    shares = np.array([[46, 34, 16, 4], [54, 26, 14, 6], [62, 14, 12, 12]], dtype=np.float64)
    return choose_rows(rng, shares[segment])
