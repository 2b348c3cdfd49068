"""What customers think of it: rating and survey_invite."""

import numpy as np

from relevo.sources.demo.conversations import CHAT, Conversations, conversation_id
from relevo.sources.demo.customer_tables import CONTACTS_MOST
from relevo.sources.demo.desk import Desk
from relevo.sources.demo.frame import DAY, NONE, Floats, Frame, Ints, choose, choose_rows, known_until
from relevo.sources.demo.people import person_id
from relevo.sources.demo.service import Served
from relevo.sources.demo.texts import BAD_COMMENTS, BAD_REASONS, GOOD_COMMENTS
from relevo.sources.demo.threads import HUMAN, Thread
from relevo.sources.demo.truths import p04_brave, p22_silent
from relevo.sources.demo.writer import Cell, Id, Maybe, Moment, Same, Where, Word, Writer

_HAPPINESS = np.array([1, 0, -1])
_CSAT = np.array([5, 3, 1])
_ANSWERS_SHARE = 0.48
_LEAVING_DAYS = 120
_NPS_EVERY = 182 * DAY
_NPS_ANSWERS = 0.24
_CES_ANSWERS = 0.38
_LEAVING_POINTS, _PER_DAY = 0.9, 0.12
"""Logit points taken off the mood of those about to leave, and for each day until somebody took the case."""
_ANSWERS_BY_MOOD = (0.95, 0.9, 1.35)
"""Factors on the share of those asked who answer, for great, okay and not good: silence is not at random."""
_RATES_LAST, _LINKED = 0.8, 0.9


def write_voice(frame: Frame, rows: Conversations, thread: Thread, desk: Desk, served: Served, out: Writer) -> None:
    """Write what was said about the conversations of a part, and the surveys of its customers."""
    _conversation_ratings(frame, rows, thread, desk, out)
    _offers(rows, out)
    _periodic(frame, rows.part, served, out)
    _onboarding_effort(frame, rows.part, served, out)


def _rated_reply(rng: np.random.Generator, thread: Thread, pick: Ints) -> Ints:
    """The place in the thread of the answer that each rating is about: mostly the last one; -1 where there is none."""
    answers = np.flatnonzero((thread.kind == HUMAN) & thread.is_public)
    first = np.searchsorted(thread.row[answers], pick, side="left")
    count = np.searchsorted(thread.row[answers], pick, side="right") - first
    back = np.where(rng.random(len(pick)) < _RATES_LAST, 0, (rng.random(len(pick)) * count).astype(np.int64))
    place = first + count - 1 - back
    return np.where(count > 0, np.append(answers, NONE)[np.where(count > 0, place, -1)], NONE)


def _mood(frame: Frame, rows: Conversations, thread: Thread, desk: Desk, pick: Ints, author: Ints) -> Floats:
    """Shares of great, okay and not good for each conversation and the person whose answer is rated."""
    if not frame.company.has_signal:
        return np.tile(np.array(p22_silent.HAPPINESS), (len(pick), 1))
    before = rows.leaves_at[pick] - rows.opened[pick]
    is_leaving = (before >= 0) & (before < _LEAVING_DAYS * DAY)
    waited = np.clip((thread.picked[pick] - rows.opened[pick]) / DAY, 0, 3)
    skill = np.where(author >= 0, desk.skill[author], 0.0)
    return p04_brave.moods(skill - thread.points[pick] - _PER_DAY * waited - _LEAVING_POINTS * is_leaving)


def _conversation_ratings(frame: Frame, rows: Conversations, thread: Thread, desk: Desk, out: Writer) -> None:
    """Who was asked answers sooner when unhappy; most answers are given on one reply, those in stars are not."""
    rng, end = frame.stream("happiness", rows.part), frame.calendar.end_second
    pick = np.flatnonzero(rows.is_offered & (rows.resolved >= 0))
    place = _rated_reply(rng, thread, pick)
    author = np.where(place >= 0, thread.author[place], NONE)
    mood = choose_rows(rng, _mood(frame, rows, thread, desk, pick, author))
    share = _ANSWERS_SHARE * np.array(_ANSWERS_BY_MOOD if frame.company.has_signal else (1.0, 1.0, 1.0))[mood]
    at = rows.resolved[pick] + rng.integers(120, 2 * DAY, len(pick))
    kept = (rng.random(len(pick)) < share) & (at < end)
    pick, place, author, mood, at = pick[kept], place[kept], author[kept], mood[kept], at[kept]
    stars = (rows.channel[pick] == CHAT) & (pick % 3 == 0)
    linked = ~stars & (place >= 0) & (rng.random(len(pick)) < _LINKED)
    says, bad = rng.random(len(pick)) < 0.12, mood == 2
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
            "message_id": Id("m", np.where(linked, thread.first_number + place, NONE), 9),
            "person_id": person_id(author),
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
