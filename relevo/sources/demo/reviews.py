"""What colleagues think of it: review and coaching."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import SUPPORT, Cast, Roster
from relevo.sources.demo.conversations import SOLVED, Conversations, conversation_id
from relevo.sources.demo.frame import DAY, EARLY_MONTHS, HOUR, MONTHS, NONE, Flags, Floats, Frame, Ints
from relevo.sources.demo.people import person_id
from relevo.sources.demo.truths import reviewers as truth
from relevo.sources.demo.writer import Id, Maybe, Moment, Same, Where, Word, Writer

_CRITERIA = ("accuracy", "clarity", "tone", "next_step")
_MAX_SCORE = 4
_PER_PERSON, _MOST = 3.0, 0.06
"""Random reviews wanted a month for each person of the desk, and the most of all conversations that may be drawn."""
_TARGETED_SHARE, _PAIR_SHARE = 0.2, 0.12
_TRIES = 4
"""How often somebody else is looked for to judge a conversation a second time; small teams may have nobody."""
_COACHED, _COACHING_HOUR = 0.85, 9
_AGENTS = ("support_agent", "senior_support_agent")
_REVIEWERS, _HEAD = ("senior_support_agent", "head_of_support"), "head_of_support"
"""Seniors review, and the head, who is alone at first."""


@dataclass(frozen=True)
class _Reviews:
    """Reviews of a part before they are spread over criteria."""

    number: Ints
    pick: Ints
    reviewer: Ints
    at: Ints
    targeted: Flags
    paired: Flags
    probability: Floats
    points: Floats


def write_reviews(frame: Frame, cast: Cast, rows: Conversations, out: Writer) -> None:
    """Write the reviews of the conversations of a part, and with the first part the talks about them."""
    rng, agents = frame.stream("reviews", rows.part), cast.roster(*_AGENTS, otherwise=_HEAD)
    pick, targeted, probability = _drawn(frame, rng, rows, agents)
    case = rng.normal(0, truth.CASE, len(pick))
    both, reviewer, at, is_second = _judged(frame, rng, rows, cast, pick)
    paired = np.isin(both, both[is_second])
    first = out.rows.get("review", 0) // len(_CRITERIA)
    harsh = (reviewer == truth.harsh(frame, cast)) * truth.HARSH
    points = truth.MIDDLE + truth.quality(frame, cast)[rows.assignee[pick[both]]] + case[both] - harsh
    number = first + np.arange(len(both))
    found = _Reviews(number, pick[both], reviewer, at, targeted[both], paired, probability[both], points)
    _write(rng, rows, found, out)
    if rows.part == 0:
        _coaching(frame, cast, rows, found, out)


def _judged(
    frame: Frame, rng: np.random.Generator, rows: Conversations, cast: Cast, pick: Ints
) -> tuple[Ints, Ints, Ints, Flags]:
    """Who reviews which of the drawn conversations and when; some are reviewed by somebody else, too."""
    reviewers, closed = cast.roster(*_REVIEWERS, otherwise=_HEAD), rows.closed[pick]
    month, size = frame.calendar.month(closed // DAY), len(pick)
    at = closed + rng.integers(2 * HOUR, 9 * DAY, (2, size))
    one, two = reviewers.pick(month, rng.random(size)), reviewers.pick(month, rng.random(size))
    for _ in range(_TRIES):
        two = np.where(two == one, reviewers.pick(month, rng.random(size)), two)
    may = (at < frame.calendar.end_second) & (rows.assignee[pick] != np.stack([one, two]))
    may[1] &= may[0] & (one != two) & (rng.random(size) < _PAIR_SHARE)
    first, second = np.flatnonzero(may[0] & (one >= 0)), np.flatnonzero(may[1] & (two >= 0))
    is_second = np.repeat([False, True], [len(first), len(second)])
    return (
        np.concatenate([first, second]),
        np.concatenate([one[first], two[second]]),
        np.concatenate([at[0][first], at[1][second]]),
        is_second,
    )


def _drawn(frame: Frame, rng: np.random.Generator, rows: Conversations, agents: Roster) -> tuple[Ints, Flags, Floats]:
    """Conversations to review, some chosen on purpose, and the chance at which each of the others was drawn."""
    may = np.flatnonzero((rows.reason == SOLVED) & (rows.assignee >= 0) & (rows.closed >= 0))
    month = frame.calendar.month(rows.closed[may] // DAY)
    part = min(1.0, 20_000 / frame.customers)
    wanted = _PER_PERSON * agents.counts * part / np.maximum(np.bincount(month, minlength=MONTHS), 1)
    share = np.minimum(wanted, _MOST)[month]
    aim = rng.random(len(may)) < share * _TARGETED_SHARE
    drawn = rng.random(len(may)) < share
    chosen = aim | drawn
    return may[chosen], aim[chosen], share[chosen] * (1 - share[chosen] * _TARGETED_SHARE)


def _write(rng: np.random.Generator, rows: Conversations, found: _Reviews, out: Writer) -> None:
    size = len(found.pick)
    for criterion in _CRITERIA:
        score = np.rint(found.points + rng.normal(0, truth.OWN, size))
        out.add(
            "review",
            {
                "review_id": Id("q", found.number),
                "conversation_id": conversation_id(rows.first_number + found.pick),
                "reviewer_id": person_id(found.reviewer),
                "person_id": person_id(rows.assignee[found.pick]),
                "at": Moment(found.at),
                "criterion": Same(criterion),
                "score": np.clip(score, 0, _MAX_SCORE).astype(np.int64),
                "max_score": np.full(size, _MAX_SCORE),
                "sampling": Word(found.targeted.astype(np.int64), ("random", "targeted")),
                "probability": Maybe(found.probability, ~found.targeted),
                "pair_id": Where(found.paired, Id("pair", rows.first_number + found.pick, 8)),
            },
            size,
        )


def _coaching(frame: Frame, cast: Cast, rows: Conversations, found: _Reviews, out: Writer) -> None:
    """Most people of the desk talk with their lead once a month, about the latest review of them if there is one."""
    rng, starts = frame.stream("coaching"), frame.calendar.starts
    spans = [s for s in cast.spans if s.team == SUPPORT and s.manager >= 0]
    month = np.array([m for s in spans for m in _months(s.start, s.end, starts)], dtype=np.int64)
    span = np.array([i for i, s in enumerate(spans) for _ in _months(s.start, s.end, starts)], dtype=np.int64)
    taken = rng.random(len(month)) < _COACHED
    day = starts[month] + rng.integers(0, 26, len(month))
    at = (day - np.maximum((day + 3) % 7 - 4, 0)) * DAY + (_COACHING_HOUR + rng.integers(0, 6, len(month))) * HOUR
    who = np.array([s.person for s in spans], dtype=np.int64)[span][taken]
    coach = np.array([s.manager for s in spans], dtype=np.int64)[span][taken]
    out.add(
        "coaching",
        {
            "coaching_id": Id("h", np.arange(len(who))),
            "person_id": person_id(who),
            "coach_id": person_id(coach),
            "at": Moment(at[taken]),
            "review_id": Id("q", _latest(rows, found, who, at[taken])),
        },
        len(who),
    )


def _months(start: int, end: int, starts: Ints) -> range:
    """The reported months that a span of days holds as a whole."""
    first = int(np.searchsorted(starts, start))
    last = int(np.searchsorted(starts, end, side="right")) - 1 if end >= 0 else MONTHS
    return range(max(first, EARLY_MONTHS), min(last, MONTHS))


def _latest(rows: Conversations, found: _Reviews, who: Ints, at: Ints) -> Ints:
    """The number of the last review of each person in the 30 days before an instant; -1 where there is none."""
    person = rows.assignee[found.pick]
    order = np.lexsort((found.at, person))
    scale = 2**33
    keys = person[order] * scale + found.at[order]
    place = np.searchsorted(keys, who * scale + at) - 1
    sure = np.maximum(place, 0)
    known = (place >= 0) & (len(keys) > 0)
    if not len(keys):
        return np.full(len(who), NONE)
    near = known & (person[order][sure] == who) & (found.at[order][sure] >= at - 30 * DAY)
    return np.where(near, found.number[order][sure], NONE)
