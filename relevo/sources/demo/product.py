"""What was used and what was wrong with it: usage, issue, issue_report, article, article_view."""

import numpy as np

from relevo.sources.demo.conversations import AREAS, BUG, CATEGORIES, FEATURE, Conversations, conversation_id
from relevo.sources.demo.customers import Customers
from relevo.sources.demo.frame import DAY, HOUR, MONTHS, NONE, Floats, Frame, Ints, choose, known_until
from relevo.sources.demo.service import Served
from relevo.sources.demo.texts import ARTICLE_TITLES, ISSUE_TITLES
from relevo.sources.demo.writer import Day, Id, Joined, Maybe, Moment, Where, Word, Writer

FEATURES = ("plan", "orders", "invoices", "reports", "mobile", "api", "import", "insights")
_USES = (
    np.array([[92, 84, 55, 52, 40, 12, 20, 8], [96, 92, 74, 78, 58, 38, 30, 20], [98, 96, 82, 92, 66, 70, 36, 32]])
    / 100
)
_STEPS = np.array([4, 5, 8, 12])
_STEP_SHARES = np.array([[22, 30, 28, 20], [34, 32, 22, 12], [44, 32, 16, 8]], dtype=np.float64)
_FADING = 75 * DAY
ISSUES_PER_MONTH = 5
_KINDS = ("bug", "ux", "request", "limitation", "question", "praise")
_KIND_SHARES = [40.0, 14, 26, 10, 8, 2]
_FIXES = ("none", "workaround", "real")
_ARTICLES = 130
_VIEWS_PER_CONVERSATION = 0.4


def write_usage(frame: Frame, customers: Customers, served: Served, out: Writer) -> None:
    """Write usage of a part: each feature a customer uses shows on one day of every few.

    Where there is a signal, use fades in the last weeks of those who leave.
    """
    rng = frame.stream("usage", served.part)
    row, feature, step = _habits(rng, customers, served)
    first, last = served.start[row] // DAY, served.stop[row] // DAY
    slots = (last - first) // step
    of = np.repeat(np.arange(len(row)), slots)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(slots) - slots, slots)
    day = first[of] + nth * step[of] + (rng.random(len(of)) * step[of]).astype(np.int64)
    strength = _strength(frame, served, row[of], day)
    weekend = (day + 3) % 7 >= 5
    kept = np.flatnonzero((rng.random(len(of)) < np.where(weekend, 0.35, 1.0) * strength) & (day < last[of]))
    of, day, strength = of[kept], day[kept], strength[kept]
    who = served.who[row[of]]
    seats = customers.seats[who]
    users = np.minimum(1 + rng.poisson(np.minimum(seats * 0.22, 60)), seats)
    events = 1 + (users * strength * rng.gamma(1.6, 5.0, len(of))).astype(np.int64)
    out.add(
        "usage",
        {
            "customer_id": Id("c", who),
            "on_date": Day(day),
            "feature": Word(feature[of], FEATURES),
            "events": events,
            "users": Maybe(users, feature[of] != 5),
        },
        len(of),
    )


def _habits(rng: np.random.Generator, customers: Customers, served: Served) -> tuple[Ints, Ints, Ints]:
    """One row per interval and feature in use, with every how many days it shows."""
    segment = customers.segment[served.who]
    uses = rng.random((len(segment), len(FEATURES))) < _USES[segment]
    row, feature = np.nonzero(uses)
    edges = np.cumsum(_STEP_SHARES[segment[row]], axis=1) / 100
    step = _STEPS[np.minimum((edges <= rng.random(len(row))[:, None]).sum(axis=1), len(_STEPS) - 1)]
    return row, feature, step


def _strength(frame: Frame, served: Served, row: Ints, day: Ints) -> Floats:
    if not frame.company.has_signal:
        return np.ones(len(row))
    ahead = served.stop[row] - day * DAY
    return np.where(served.leaves[row] == 1, np.clip(ahead / _FADING, 0.15, 1.0), 1.0)


def write_issues(frame: Frame, out: Writer) -> None:
    """Write issue and article: what product works on and what the help pages explain."""
    rng, size = frame.stream("issues"), ISSUES_PER_MONTH * MONTHS
    created = _issue_times(frame)
    shipped = known_until(created + rng.integers(4, 260, size) * DAY, frame.calendar.end_second)
    shipped = np.where(rng.random(size) < 0.66, shipped, NONE)
    around = (shipped < 0) & (rng.random(size) < 0.4)
    out.add(
        "issue",
        {
            "issue_id": Id("j", np.arange(size), 5),
            "kind": Word(choose(rng, _KIND_SHARES, size), _KINDS),
            "title": Joined(
                (Word(np.arange(size) % len(ISSUE_TITLES), ISSUE_TITLES), " #", Id("", np.arange(size), 3))
            ),
            "product_area": Word(rng.integers(0, len(AREAS), size), AREAS),
            "status": Word(np.where(shipped >= 0, 2, rng.integers(0, 2, size)), ("open", "planned", "shipped")),
            "fix_kind": Word(np.where(shipped >= 0, 2, np.where(around, 1, 0)), _FIXES),
            "created_at": Moment(created),
            "shipped_at": Moment(shipped),
        },
        size,
    )
    _articles(frame, out)


def _issue_times(frame: Frame) -> Ints:
    """When issues were opened: a few each month, in order, so that reports can find those already open."""
    rng = frame.stream("issue_times")
    month = np.repeat(np.arange(MONTHS), ISSUES_PER_MONTH)
    return np.sort(frame.calendar.starts[month] * DAY + rng.integers(0, 27 * DAY, len(month)))


def _articles(frame: Frame, out: Writer) -> None:
    rng, size = frame.stream("articles"), _ARTICLES
    month = rng.integers(0, MONTHS, size)
    title = Word(np.arange(size) % len(ARTICLE_TITLES), ARTICLE_TITLES)
    part = Word(np.arange(size) // len(ARTICLE_TITLES), [f", part {n}" if n > 1 else "" for n in range(1, 12)])
    out.add(
        "article",
        {
            "article_id": Id("a", np.arange(size), 4),
            "title": Joined((title, part)),
            "product_area": Word(rng.integers(0, len(AREAS), size), AREAS),
            "category": Word(rng.integers(0, len(CATEGORIES), size), CATEGORIES),
            "published_at": Moment(_published(frame, month)),
        },
        size,
    )


def _published(frame: Frame, month: Ints) -> Ints:
    """Most help pages were there before the reported months."""
    early = np.minimum(month, frame.calendar.month(np.array([frame.calendar.opens]))[0] - 1)
    return frame.calendar.starts[np.where(month % 3 == 0, month, early)] * DAY + 9 * HOUR


def write_reports(frame: Frame, rows: Conversations, out: Writer) -> None:
    """Write issue_report and article_view of a part: faults and wishes point at issues, questions at pages."""
    rng = frame.stream("reports", rows.part)
    chosen = np.isin(rows.category, (BUG, FEATURE)) & (rng.random(rows.size) < 0.34) & rows.is_held
    pick = np.flatnonzero(chosen)
    at = rows.opened[pick] + rows.duration[pick] // 3
    pick, at = pick[at < frame.calendar.end_second], at[at < frame.calendar.end_second]
    known = np.searchsorted(_issue_times(frame), at)
    back = np.minimum(rng.geometric(0.06, len(pick)), known)
    issue = known - back
    kept = np.flatnonzero(known > 0)
    out.add(
        "issue_report",
        {
            "issue_id": Id("j", issue[kept], 5),
            "customer_id": Id("c", rows.who[pick[kept]]),
            "conversation_id": Where(rng.random(len(kept)) < 0.95, conversation_id(rows.first_number + pick[kept])),
            "at": Moment(at[kept]),
        },
        len(kept),
    )
    _views(rng, rows, out)


def _views(rng: np.random.Generator, rows: Conversations, out: Writer) -> None:
    pick = np.flatnonzero(rng.random(rows.size) < _VIEWS_PER_CONVERSATION)
    at = rows.opened[pick] - rng.integers(60, 3 * HOUR, len(pick))
    article = np.minimum(rng.geometric(0.03, len(pick)) - 1, _ARTICLES - 1)
    size = len(pick)
    known = rng.random(size) < 0.8
    out.add(
        "article_view",
        {
            "article_id": Id("a", article, 4),
            "at": Moment(at),
            "customer_id": Where(known, Id("c", rows.who[pick])),
            "contact_id": Where(known, Id("k", rows.contact[pick], 8)),
        },
        size,
    )
