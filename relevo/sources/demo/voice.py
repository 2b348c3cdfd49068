"""What customers and colleagues think of it: rating, survey_invite, review, coaching."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import Cast, Roster
from relevo.sources.demo.conversations import BILLING, BUG, CHAT, SOLVED, Conversations, conversation_id
from relevo.sources.demo.customer_tables import CONTACTS_MOST
from relevo.sources.demo.frame import DAY, HOUR, NONE, Flags, Floats, Frame, Ints, choose, choose_rows, known_until
from relevo.sources.demo.people import person_id
from relevo.sources.demo.service import Served
from relevo.sources.demo.texts import BAD_COMMENTS, BAD_REASONS, GOOD_COMMENTS
from relevo.sources.demo.truths import p22_silent
from relevo.sources.demo.writer import Cell, Id, Maybe, Moment, Same, Where, Word, Writer

_HAPPINESS = np.array([1, 0, -1])
_CSAT = np.array([5, 3, 1])
_ANSWERS_SHARE = 0.31
_LEAVING_DAYS = 120
_NPS_EVERY = 182 * DAY
_NPS_ANSWERS = 0.24
_CES_ANSWERS = 0.38
_CRITERIA = ("accuracy", "clarity", "tone", "next_step")
_MAX_SCORE = 4
_REVIEW_SHARE, _TARGETED_SHARE, _PAIR_SHARE, _COACHED_SHARE = 0.014, 0.2, 0.1, 0.3


def write_voice(frame: Frame, rows: Conversations, served: Served, reviewers: Roster, out: Writer) -> None:
    """Write what was said about the conversations of a part, and the surveys of its customers."""
    _conversation_ratings(frame, rows, out)
    _offers(rows, out)
    _periodic(frame, rows.part, served, out)
    _onboarding_effort(frame, rows.part, served, out)
    _reviews(frame, rows, reviewers, out)


def _mood(frame: Frame, rows: Conversations, pick: Ints) -> Floats:
    """Shares of great, okay and not good for each conversation."""
    shares = np.tile(np.array(p22_silent.HAPPINESS), (len(pick), 1))
    if not frame.company.has_signal:
        return shares
    hard = np.isin(rows.category[pick], (BUG, BILLING)) * 0.12
    slow = np.clip(rows.duration[pick] / (10 * DAY), 0, 1) * 0.25
    before = rows.leaves_at[pick] - rows.opened[pick]
    leaving = ((before >= 0) & (before < _LEAVING_DAYS * DAY)) * 0.22
    worse = np.clip(hard + slow + leaving, 0, 0.5)
    return np.asarray(shares + worse[:, None] * np.array([-1.0, 0.25, 0.75]), dtype=np.float64)


def _conversation_ratings(frame: Frame, rows: Conversations, out: Writer) -> None:
    """Happiness on most, five stars on some chats; the rated reply is the assignee's."""
    rng, end = frame.stream("ratings", rows.part), frame.calendar.end_second
    answered = rows.is_offered & (rows.resolved >= 0) & (rng.random(rows.size) < _ANSWERS_SHARE)
    pick = np.flatnonzero(answered)
    at = np.where(pick >= 0, rows.resolved[pick] + rng.integers(120, 2 * DAY, len(pick)), NONE)
    pick, at = pick[at < end], at[at < end]
    mood = choose_rows(rng, _mood(frame, rows, pick))
    stars = (rows.channel[pick] == CHAT) & (pick % 3 == 0)
    says = rng.random(len(pick)) < 0.12
    bad = mood == 2
    words = (*GOOD_COMMENTS, *BAD_COMMENTS)
    comment = np.where(bad, len(GOOD_COMMENTS), 0) + rng.integers(0, len(GOOD_COMMENTS), len(pick))
    out.add(
        "rating",
        {
            "rating_id": Id("r", out.rows.get("rating", 0) + np.arange(len(pick)), 8),
            "kind": Word(stars.astype(np.int64), ("happiness", "csat")),
            "score": np.where(stars, _CSAT[mood], _HAPPINESS[mood]),
            "scale_max": Maybe(np.full(len(pick), 5), stars),
            "at": Moment(at),
            "customer_id": Id("c", rows.who[pick]),
            "contact_id": Id("k", rows.contact[pick], 8),
            "conversation_id": conversation_id(rows.first_number + pick),
            "message_id": Same(None),
            "person_id": person_id(rows.assignee[pick]),
            "reason": Where(bad, Word(choose(rng, [38.0, 26, 10, 18, 8], len(pick)), BAD_REASONS)),
            "comment": Where(says & (mood != 1), Word(comment, words)),
        },
        len(pick),
    )


def _offers(rows: Conversations, out: Writer) -> None:
    pick = np.flatnonzero(rows.is_offered & (rows.resolved >= 0))
    _invites(
        out,
        "happiness",
        rows.resolved[pick],
        rows.contact[pick],
        rows.who[pick],
        conversation_id(rows.first_number + pick),
    )


def _invites(out: Writer, kind: str, at: Ints, contact: Ints, who: Ints, conversation: Cell) -> None:
    out.add(
        "survey_invite",
        {
            "invite_id": Id("si", out.rows.get("survey_invite", 0) + np.arange(len(at)), 8),
            "kind": Same(kind),
            "at": Moment(at),
            "contact_id": Id("k", contact, 8),
            "customer_id": Id("c", who),
            "conversation_id": conversation,
        },
        len(at),
    )


def _periodic(frame: Frame, part: int, served: Served, out: Writer) -> None:
    """Recommendation asked twice a year; those about to leave answer lower where there is a signal."""
    rng = frame.stream("nps", part)
    times = ((served.stop - served.start) // _NPS_EVERY).astype(np.int64)
    row = np.repeat(np.arange(len(times)), times)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times) + 1
    at = served.start[row] + nth * _NPS_EVERY - rng.integers(0, 20 * DAY, len(row))
    contact = served.who[row] * CONTACTS_MOST + nth % 2
    _invites(out, "nps", at, contact, served.who[row], Same(None))
    leaving = (served.leaves[row] == 1) & (served.stop[row] - at < _LEAVING_DAYS * DAY) & frame.company.has_signal
    score = np.clip(np.rint(rng.normal(8.1, 1.9, len(row)) - 2.4 * leaving), 0, 10).astype(np.int64)
    answered = rng.random(len(row)) < _NPS_ANSWERS
    _survey(frame, out, "nps", 10, row[answered], served, contact[answered], at[answered], score[answered])


def _onboarding_effort(frame: Frame, part: int, served: Served, out: Writer) -> None:
    """Effort asked seven weeks after the start."""
    rng = frame.stream("ces", part)
    row = np.flatnonzero(served.stop - served.start > 60 * DAY)
    at = served.start[row] + 49 * DAY + rng.integers(0, DAY, len(row))
    contact = served.who[row] * CONTACTS_MOST
    _invites(out, "ces", at, contact, served.who[row], Same(None))
    score = np.clip(np.rint(rng.normal(5.2, 1.3, len(row))), 1, 7).astype(np.int64)
    answered = rng.random(len(row)) < _CES_ANSWERS
    _survey(frame, out, "ces", 7, row[answered], served, contact[answered], at[answered], score[answered])


def _survey(
    frame: Frame, out: Writer, kind: str, most: int, row: Ints, served: Served, contact: Ints, at: Ints, score: Ints
) -> None:
    reply = known_until(at + DAY + (row * 7_919) % (3 * DAY), frame.calendar.end_second)
    kept = reply >= 0
    size = int(kept.sum())
    nothing = Same(None)
    out.add(
        "rating",
        {
            "rating_id": Id("r", out.rows.get("rating", 0) + np.arange(size), 8),
            "kind": Same(kind),
            "score": score[kept],
            "scale_max": np.full(size, most),
            "at": Moment(reply[kept]),
            "customer_id": Id("c", served.who[row][kept]),
            "contact_id": Id("k", contact[kept], 8),
            "conversation_id": nothing,
            "message_id": nothing,
            "person_id": nothing,
            "reason": nothing,
            "comment": nothing,
        },
        size,
    )


@dataclass(frozen=True)
class _Reviews:
    """Reviews of a part before they are spread over criteria."""

    number: Ints
    pick: Ints
    reviewer: Ints
    at: Ints
    targeted: Flags
    paired: Flags


def _reviews(frame: Frame, rows: Conversations, reviewers: Roster, out: Writer) -> None:
    """A small random sample and some chosen on purpose; one in ten is judged by two colleagues."""
    rng, end = frame.stream("reviews", rows.part), frame.calendar.end_second
    chosen = (rows.reason == SOLVED) & (rows.assignee >= 0) & (rng.random(rows.size) < _REVIEW_SHARE)
    pick = np.flatnonzero(chosen & (rows.closed >= 0))
    paired = rng.random(len(pick)) < _PAIR_SHARE
    both = np.concatenate([pick, pick[paired]])
    at = rows.closed[both] + rng.integers(2 * HOUR, 9 * DAY, len(both))
    reviewer = reviewers.pick(frame.calendar.month(rows.closed[both] // DAY), rng.random(len(both)))
    targeted = rng.random(len(pick)) < _TARGETED_SHARE
    kept = (at < end) & (reviewer >= 0) & (reviewer != rows.assignee[both])
    first = out.rows.get("review", 0) // len(_CRITERIA)
    twice = np.concatenate([paired, np.ones(int(paired.sum()), dtype=bool)])
    aim = np.concatenate([targeted, targeted[paired]])
    found = _Reviews(first + np.arange(int(kept.sum())), both[kept], reviewer[kept], at[kept], aim[kept], twice[kept])
    _write_reviews(rng, rows, found, out)
    _coaching(frame, rng, rows, found, out)


def _write_reviews(rng: np.random.Generator, rows: Conversations, found: _Reviews, out: Writer) -> None:
    size = len(found.pick)
    for criterion in _CRITERIA:
        score = np.clip(np.rint(rng.normal(3.25, 0.8, size)), 0, _MAX_SCORE).astype(np.int64)
        out.add(
            "review",
            {
                "review_id": Id("q", found.number),
                "conversation_id": conversation_id(rows.first_number + found.pick),
                "reviewer_id": person_id(found.reviewer),
                "person_id": person_id(rows.assignee[found.pick]),
                "at": Moment(found.at),
                "criterion": Same(criterion),
                "score": score,
                "max_score": np.full(size, _MAX_SCORE),
                "sampling": Word(found.targeted.astype(np.int64), ("random", "targeted")),
                "probability": Maybe(np.full(size, _REVIEW_SHARE * (1 - _TARGETED_SHARE)), ~found.targeted),
                "pair_id": Where(found.paired, Id("pair", rows.first_number + found.pick, 8)),
            },
            size,
        )


def _coaching(frame: Frame, rng: np.random.Generator, rows: Conversations, found: _Reviews, out: Writer) -> None:
    at = found.at + rng.integers(DAY, 12 * DAY, len(found.at))
    keep = np.flatnonzero((rng.random(len(at)) < _COACHED_SHARE) & (at < frame.calendar.end_second))
    out.add(
        "coaching",
        {
            "coaching_id": Id("h", found.number[keep]),
            "person_id": person_id(rows.assignee[found.pick[keep]]),
            "coach_id": person_id(found.reviewer[keep]),
            "at": Moment(at[keep]),
            "review_id": Id("q", found.number[keep]),
        },
        len(keep),
    )


def reviewers(cast: Cast) -> Roster:
    """Who reviews colleagues: seniors, or the head of support while there are none."""
    return cast.roster("senior_support_agent", "head_of_support", otherwise="head_of_support")
