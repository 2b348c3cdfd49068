"""The ledger once more, by walking through one conversation at a time as a person would; slow, and shares no code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Row = Mapping[str, Any]
SOLVED = {"solved", "resolved", "closed", "done", "completed"}
WEEK = timedelta(days=7)


@dataclass
class Episode:
    """One episode while it is walked through."""

    number: int
    lines: list[tuple[datetime, str, str | None, str]] = field(default_factory=list)
    settled: list[datetime] = field(default_factory=list)
    reopened: list[datetime] = field(default_factory=list)


def walk(talk: Row, messages: Iterable[Row], events: Iterable[Row]) -> list[Episode]:
    """The episodes of a conversation; lines are (when, kind, who, message)."""
    happened = sorted((*_lines(talk, list(messages)), *_marks(talk, events)), key=lambda each: (each[0], each[1]))
    episodes, last_line, last_settled = [Episode(1)], None, None
    for when, rank, what, who, message in happened:
        is_back = what == "c" and last_line is not None and last_settled is not None and last_settled >= last_line
        if is_back and last_settled is not None and when - last_settled >= WEEK:
            episodes.append(Episode(len(episodes) + 1))
        if what in "chb":
            episodes[-1].lines.append((when, what, who, message))
            last_line = when
        elif what == "settled":
            episodes[-1].settled.append(when)
            last_settled = when
        else:
            episodes[-1].reopened.append(when)
        del rank
    return episodes


def _lines(talk: Row, messages: Sequence[Row]) -> list[tuple[datetime, int, str, str | None, str]]:
    told = {"customer": (1, "c"), "human": (4, "h"), "bot": (5, "b"), "system": (5, "b")}
    shown = [m for m in messages if m["is_public"] or m["author_kind"] == "customer"]
    found = [(m["at"], *told[m["author_kind"]], m["author_id"], m["message_id"]) for m in shown]
    asked = [line[0] for line in found if line[2] == "c"]
    replied = [line[0] for line in found if line[2] == "h"]
    opened = talk["opened_at"]
    first = min(replied, default=None)
    if found and first is None and not asked:
        found.append((opened, 1, "c", None, ""))
    if first is not None and (not asked or first < min(asked)) and first > opened + timedelta(seconds=1):
        found.append((opened, 1, "c", None, ""))
    return found


def _marks(talk: Row, events: Iterable[Row]) -> list[tuple[datetime, int, str, str | None, str]]:
    settled = [talk[key] for key in ("resolved_at", "closed_at") if talk.get(key)]
    settled += [e["at"] for e in events if e["kind"] == "closed" or (e["kind"] == "status" and e["to_value"] in SOLVED)]
    reopened = [e["at"] for e in events if e["kind"] == "reopened"]
    return [(when, 6, "settled", None, "") for when in settled] + [(when, 7, "re", None, "") for when in reopened]


def waits(episode: Episode) -> list[tuple[datetime, datetime | None, datetime | None, str | None]]:
    """(from, until, given up, who replied) of each wait in an episode."""
    found: list[tuple[datetime, datetime | None, datetime | None, str | None]] = []
    began: datetime | None = None
    again = False
    humans = sum(1 for line in episode.lines if line[1] == "h")
    last: datetime | None = None
    for when, what, who, _message in episode.lines:
        settled = max((s for s in episode.settled if s < when or (s == when and what != "c")), default=None)
        back = last is not None and settled is not None and settled >= last
        if what == "c":
            again = again or back
            began = began or when
        elif what == "h":
            if began is not None:
                found.append((began, when, None, who))
            began, again = None, False
        last = when
    if began is not None:
        ended = max((s for s in episode.settled if s >= began), default=None)
        reopened = any(r >= began - timedelta(minutes=1) for r in episode.reopened)
        if humans == 0 or (ended is None and (not again or reopened)):
            found.append((began, None, ended, None))
    return found
