"""Conversations at a glance: how long customers waited beside what became of them, and who helped how many, and how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.conversations.tiles import YEAR, kept_figure, promise_tile, retention, wait_tile, year_to
from relevo.answers.conversations.told import Lock, Told, measure_lock, names_of, told_of_people
from relevo.answers.header import header
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Figure, Sentence, Tile, count, month, rate, ratio, seconds, text
from relevo.base.errors import WrongUse
from relevo.base.periods import month_of, month_text

MAP = "support_map"


@dataclass(frozen=True)
class Helper:
    """A person or a team: customers helped, median seconds of response, replies per customer, and both as expected.

    Expected is what the whole team does with the same mix of cases. None is not known.
    """

    id: str
    name: str
    customers: int
    response_s: int | None
    replies: float | None
    expected_response_s: int | None
    expected_replies: float | None


@dataclass(frozen=True)
class SupportMap:
    """The three figures together, of the three months that end with `month`; in the order of names, never of a figure.

    `months` are those that can be asked for, the oldest first. Where nobody is told, `lock` says from which stage on,
    or is None where it is the viewer's role.
    """

    months: tuple[int, ...]
    month: int
    told: Told
    helpers: tuple[Helper, ...]

    @property
    def lock(self) -> Lock | None:
        """Why neither persons nor teams are told, if a stage is why."""
        return self.told.lock


@dataclass(frozen=True)
class Overview:
    """The overview; `lock` says from which stage on waits are shown, and no figure of them is told before."""

    stamp: Stamp
    sentence: Sentence
    tiles: tuple[Tile, ...]
    map: SupportMap
    lock: Lock | None
    has_any: bool


def overview(reading: Reading, at: int | None = None) -> Overview:
    """The overview, its picture of the three months that end with month `at`, by default the last complete one.

    NotReady before the first book; WrongUse for a month that cannot be asked.
    """
    lock = measure_lock(reading, "waits")
    waits, kept = (None, None) if lock else (show(reading, "waits", year_to(reading)), retention(reading))
    return Overview(
        stamp=stamp(reading),
        sentence=_sentence(waits, kept),
        tiles=_tiles(reading, waits, kept) if waits and kept and waits.rows else (),
        map=support_map(reading, at),
        lock=lock,
        has_any=_has_any(waits),
    )


def _has_any(waits: MeasureAnswer | None) -> bool:
    return waits is None or any(row["n"] or row["open_n"] for row in waits.rows)


def _sentence(waits: MeasureAnswer | None, kept: MeasureAnswer | None) -> Sentence:
    """How long customers waited in the last complete month, and what was kept of last year's revenue."""
    if waits is None or kept is None:
        return Sentence("talks.locked")
    now = waits.last()
    if now.get("first_response_s") is None:
        return Sentence("talks.none")
    values = {
        "month": month(now["month"]), "wait": seconds(now["first_response_s"]), "n": count(now["n"]),
        "kept": rate(kept.last().get("rate")),
    }  # fmt: skip
    return Sentence("talks.waited" if values["kept"].amount is not None else "talks.waited_alone", values)


def _tiles(reading: Reading, waits: MeasureAnswer, kept: MeasureAnswer) -> tuple[Tile, ...]:
    """Happiness and waits with retention, the promise with who still waits, and how often customers write."""
    types = () if measure_lock(reading, "work_types") else (_rate_tile(reading),)
    return header((_happiness_tile(reading, kept), wait_tile(waits, kept), promise_tile(waits), *types))


def _happiness_tile(reading: Reading, kept: MeasureAnswer) -> Tile:
    """The score of the last 180 days with its interval, read with what was kept of last year's revenue."""
    book = reading.company_book
    row = show(reading, "happiness", Ask()).last()
    whole = {name: None if row.get(name) is None else round(row[name]) for name in ("raw", "low", "high")}
    return Tile(
        figure=Figure("happiness", "happiness", count(whole["raw"])),
        partner=kept_figure(kept),
        low=count(whole["low"]),
        high=count(whole["high"]),
        n=row.get("n"),
        as_of=book.as_of,
    )


def _rate_tile(reading: Reading) -> Tile:
    """Conversations per 100 customers of a quarter, read with the topic that takes most of the time."""
    book = reading.company_book
    types = show(reading, "work_types", Ask(last=book.last_complete_month))
    rows = types.rows
    known = [row["per_100_customers"] for row in rows if row["per_100_customers"] is not None]
    most = max(rows, key=lambda row: (row["share"] or 0, row["category"]), default={})
    return Tile(
        figure=Figure("work_types", "contact_rate", ratio(sum(known) if known else None)),
        partner=Figure("work_types", "largest_type", text(most.get("category"))),
        month=month_text(book.last_complete_month),
        n=sum(row["conversations"] for row in rows),
    )


def support_map(reading: Reading, at: int | None = None) -> SupportMap:
    """The picture of three figures, of the three months that end with `at`; WrongUse for a month out of reach."""
    book = reading.company_book
    last = book.last_complete_month
    months = tuple(range(last - YEAR + 1, month_of(book.as_of) + 1))
    asked = last if at is None else at
    if asked not in months:
        raise WrongUse(
            f"The picture is not told of month {asked}.",
            f"Ask for one from {month_text(months[0])} to {month_text(months[-1])}.",
        )
    told = told_of_people(reading, MAP, Ask(last=asked))
    names = names_of(reading, told)
    helpers = (_helper(row, str(row[told.column]), names) for row in told.rows)
    return SupportMap(months, asked, told, tuple(sorted(helpers, key=lambda each: (each.name, each.id))))


def _helper(row: Mapping[str, Any], who: str, names: Mapping[str, str]) -> Helper:
    return Helper(
        id=who, name=names[who], customers=row["customers"] or 0, response_s=row["response_s"],
        replies=row["replies_per_customer"], expected_response_s=row["expected_response_s"],
        expected_replies=row["expected_replies"],
    )  # fmt: skip
