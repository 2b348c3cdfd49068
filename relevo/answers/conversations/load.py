"""Load: who carries the hard work, whether anybody leaves it, and the weeks in which more came than could be done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import Any

from relevo.answers.conversations.picked import Taste, likings, picked_by_everybody
from relevo.answers.conversations.told import PERSON, Level, Lock, Told, measure_lock, names_of, told_of_people
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.scope import led_by
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, count, rate, ratio
from relevo.base.periods import month_of
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.insight.talks.balance import Balance, balance
from relevo.insight.talks.contact_rows import contacts_of
from relevo.insight.talks.pressure import Contrast, Gauge, Pressure, Week, gauges, pressure
from relevo.insight.talks.strain import Strip, strips
from relevo.insight.talks.stretches import months, weeks
from relevo.measures.asking import ask as ask_book
from relevo.measures.asking import frame_of
from relevo.measures.card import TEAM
from relevo.measures.estimators.discoveries import believed
from relevo.measures.intervals import wilson
from relevo.measures.support.load import LOAD, hours

__all__ = ["Contrast", "Gauge", "LoadPage", "LoadRow", "Strip", "Taste", "Topic", "Week", "load_page"]
# Of those flagged at most one in twenty is by chance alone (Benjamini and Hochberg).
FALSE_SHARE = 0.05
_BALANCE: Remembered[Balance] = Remembered(4)
_PRESSURE: Remembered[Pressure] = Remembered(4)
_GAUGES: Remembered[tuple[Gauge, ...]] = Remembered(4)
_STRIPS: Remembered[tuple[Strip, ...]] = Remembered(4)
_SHIFTS: Remembered[Mapping[str, int]] = Remembered(8)
_EVERYBODY: Remembered[tuple[Mapping[str, Any], ...]] = Remembered(8)


@dataclass(frozen=True)
class LoadRow:
    """A person or a team: expected minutes against those on shift, the hard part with its interval, and the picks.

    `hard_q` and `easy_q` are the chances of both read beside those of the colleagues (Benjamini and Hochberg), and
    `liking_q` that of the `liking`: how the ratings to be expected of what was picked differ from those of what waited.
    None is not known; a team has no liking.
    """

    id: str
    name: str
    n: int
    minutes: float | None
    available: float | None
    hard_share: float | None
    hard_low: float | None
    hard_high: float | None
    hard_q: float | None
    after_hours: float | None
    top_weeks: int | None
    picks: int
    easy_share: float | None
    expected_easy: float | None
    easy_q: float | None
    skipped: int | None
    is_loaded: bool = False
    liking: Taste | None = None
    liking_q: float | None = None

    @property
    def utilisation(self) -> float | None:
        """Expected minutes over those on shift."""
        return self.minutes / self.available if self.minutes is not None and self.available else None

    @property
    def is_avoiding(self) -> bool:
        """Whether easy cases were picked more often than chance would have it, beyond what chance does in a team."""
        if self.easy_q is None or self.easy_share is None or self.expected_easy is None:
            return False
        return self.easy_q <= FALSE_SHARE and self.easy_share > self.expected_easy

    @property
    def is_seeking(self) -> bool:
        """Whether what was picked was likelier to please than chance would have it."""
        if self.liking is None or self.liking_q is None:
            return False
        return self.liking_q <= FALSE_SHARE and self.liking.difference > 0


@dataclass(frozen=True)
class Topic:
    """A topic of which one person handles most: gone with that person. `name` is '' for who may not see persons."""

    topic: str
    name: str
    share: float
    n: int


@dataclass(frozen=True)
class LoadPage:
    """The page; `lock` says from which stage on it is shown, and everything else is empty then.

    `team_share` is the hard part of everybody's cases. `gauges` are the months of a year that are over. `strips` are
    the reader's own, and those of whom the reader leads that carry too much now.
    """

    stamp: Stamp
    lock: Lock | None
    sentence: Sentence
    told: Told
    rows: tuple[LoadRow, ...]
    team_share: float | None
    balance: Balance | None
    topics: tuple[Topic, ...]
    pressure: Pressure | None
    gauges: tuple[Gauge, ...]
    kept: MeasureAnswer | None
    strips: tuple[Strip, ...]
    names: Mapping[str, str]

    @property
    def has_any(self) -> bool:
        """Whether anybody replied in the window."""
        return self.balance is not None and self.balance.n > 0


def load_page(reading: Reading) -> LoadPage:
    """The page of load, of the three months that end with the book's day. NotReady before the first book."""
    lock = measure_lock(reading, "load")
    if lock:
        nobody, locked = Told(None, Level.NOBODY, lock), Sentence("load.locked")
        return LoadPage(stamp(reading), lock, locked, nobody, (), None, None, (), None, (), None, (), {})
    book = reading.company_book
    told = told_of_people(reading, "load")
    found = _BALANCE.get(book, "balance", lambda: balance(book))
    share = _team_share(_everybody(book, "load", _cut(told)))
    last = book.last_complete_month
    return LoadPage(
        stamp=stamp(reading),
        lock=None,
        sentence=_sentence(found),
        told=told,
        rows=_rows(reading, told, share or 0.0),
        team_share=share,
        balance=found,
        topics=_topics(reading, found, told),
        pressure=_PRESSURE.get(book, "pressure", lambda: pressure(weeks(book).found)),
        gauges=_GAUGES.get(book, "gauges", lambda: _gauges(book)),
        kept=show(reading, "gross_revenue_retention", Ask(first=last, last=last, months=12)),
        strips=_strips(reading),
        names=names_of_people(reading),
    )


def _sentence(found: Balance) -> Sentence:
    """Whether the hard work lies on a few, against their part of the hours."""
    if found.top_share is None or found.n < 2:
        return Sentence("load.none")
    values = {
        "n": count(found.n), "share": rate(found.top_share), "fair": rate(found.fair_share), "gini": ratio(found.gini),
    }  # fmt: skip
    return Sentence("load.uneven" if found.is_flagged else "load.even", values)


def _gauges(book: Book) -> tuple[Gauge, ...]:
    """The months of a year that are over, with the customers that were active at the end of each."""
    over, active = [each for each in months(book).found if each.is_over], contacts_of(book)
    return gauges(over, [active[month_of(each.begins_on)].active for each in over])


def _cut(told: Told) -> str | None:
    """By what `load` and `avoidance` are asked, where they tell persons of themselves."""
    return TEAM if told.level is Level.TEAMS else None


def _rows(reading: Reading, told: Told, share: float) -> tuple[LoadRow, ...]:
    """By name, never by a figure; beside everybody's chances, and the hard part of everybody's cases."""
    by = _cut(told)
    picked = told_of_people(reading, "avoidance", Ask(by=by))
    picks = {str(row[picked.column]): row for row in picked.rows} if picked.level is told.level else {}
    hard, easy = (_read_beside(reading.company_book, name, by) for name in ("load", "avoidance"))
    there, names = _on_shift(reading.company_book, by), names_of(reading, told)
    rows = (
        _row(row, names[who], there.get(who), (picks.get(who, {}), hard.get(who), easy.get(who)), share)
        for row in told.rows
        for who in [str(row[told.column])]
    )
    with_likings = _liked(reading, rows) if told.level is Level.PERSONS else rows
    return tuple(sorted(with_likings, key=lambda row: (row.name, row.id)))


def _liked(reading: Reading, rows: Iterable[LoadRow]) -> Iterator[LoadRow]:
    """The rows of persons with what they picked beside the ratings to be expected."""
    people, chances = picked_by_everybody(reading), likings(reading)
    for row in rows:
        one = people.get(row.id)
        yield replace(row, liking=one.taste, liking_q=chances.get(row.id)) if one else row


def _row(
    row: Mapping[str, Any], name: str, seconds: int | None,
    beside: tuple[Mapping[str, Any], float | None, float | None], share: float,
) -> LoadRow:  # fmt: skip
    picks, hard_q, easy_q = beside
    n, part = row["n"] or 0, row["hard_share"]
    low, high = wilson(round(part * n), n) if part is not None else (None, None)
    return LoadRow(
        id=str(row.get("person_id", row.get(TEAM))), name=name, n=n, minutes=row["expected_minutes"],
        available=None if seconds is None else seconds / 60, hard_share=part, hard_low=low, hard_high=high,
        hard_q=hard_q, after_hours=row["after_hours_share"], top_weeks=row["weeks_in_top_fifth"],
        picks=picks.get("n") or 0, easy_share=picks.get("easy_pick_share"),
        expected_easy=picks.get("expected_share"), easy_q=easy_q, skipped=picks.get("aged_hard_skipped"),
        is_loaded=hard_q is not None and hard_q <= FALSE_SHARE and (part or 0.0) > share,
    )  # fmt: skip


def _read_beside(book: Book, name: str, by: str | None) -> Mapping[str, float]:
    """The p of everybody in a measure as it is read beside those of all others, whoever of them may be seen."""
    rows = _everybody(book, name, by)
    found = believed([float("nan") if row["p"] is None else row["p"] for row in rows])
    return {str(r[by or PERSON]): float(q) for r, q in zip(rows, found, strict=True) if not isnan(q)}


def _everybody(book: Book, name: str, by: str | None) -> tuple[Mapping[str, Any], ...]:
    """The rows of a measure whoever may be seen: for figures of the company, and never to be told by themselves."""
    return _EVERYBODY.get(book, (name, by), lambda: tuple(ask_book(book, name, Ask(by=by)).rows))


def _on_shift(book: Book, by: str | None) -> Mapping[str, int]:
    """Seconds on shift in the window by person or team; empty where no shifts are known."""

    def make() -> Mapping[str, int]:
        frame = frame_of(book, LOAD.card, Ask(by=by))
        return {str(row["person_id"]): int(row["seconds"]) for row in book.run(hours(book.tables, frame)).dicts()}

    return _SHIFTS.get(book, by, make)


def _team_share(rows: tuple[Mapping[str, Any], ...]) -> float | None:
    """The hard part of all cases."""
    known = [(row["hard_share"] * row["n"], row["n"]) for row in rows if row["hard_share"] is not None]
    cases = sum(n for _, n in known)
    return sum(hard for hard, _ in known) / cases if cases else None


def _topics(reading: Reading, found: Balance, told: Told) -> tuple[Topic, ...]:
    """Topics of one holder, who is named to those that see the person."""
    names = names_of(reading, told) if told.level is Level.PERSONS else {}
    return tuple(Topic(each.topic, names.get(each.person, ""), each.share, each.n) for each in found.holders)


def _strips(reading: Reading) -> tuple[Strip, ...]:
    """The weeks of the reader, and of those the reader leads who carry too much: nobody else reads them."""
    book, own = reading.company_book, reading.viewer.me
    found, mine = _STRIPS.get(book, "strips", lambda: strips(book)), led_by(reading, own)
    return tuple(s for s in found if s.person_id in own or (s.person_id in mine and s.reasons))
