"""What the book knows of the lines that are followed up: milestones that were reached, and use of the product."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from relevo.answers.identity import current_id
from relevo.answers.reading import Reading
from relevo.base.periods import day_in
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.book.tables import TABLES
from relevo.desk.relay.follow_ups import KeptFollowUp
from relevo.desk.relay.following import MILESTONE, USAGE, Use, reached_on

# A company's own words come from its book.
STEPS = TABLES["milestone"].column("kind").values
_WATCHABLE: Remembered["Watchable"] = Remembered(2)
_Named = tuple[str, str]


@dataclass(frozen=True)
class Watchable:
    """What the book can tell of a line: kinds of milestones, and features of the product."""

    milestones: tuple[str, ...]
    features: tuple[str, ...]


def watchable(reading: Reading) -> Watchable:
    """What a line can wait for, by the book; features by name. The usual milestones alone before the first book."""
    if reading.published is None:
        return Watchable(STEPS, ())
    book = reading.company_book
    return _WATCHABLE.get(book, "watchable", lambda: _watchable(book))


def happened(reading: Reading, lines: Collection[tuple[KeptFollowUp, datetime]]) -> Mapping[int, date]:
    """By line the day on which the book's day shows it reached; those that it does not are not there.

    Each line comes with the moment its hand-off was given: what was before that day does not count.
    """
    book, zone = reading.company_book, reading.company_book.company.timezone
    about = {kept.id: current_id(reading, kept.customer_id) for kept, _given in lines}
    days = {kept.id: day_in(given.astimezone(UTC).replace(tzinfo=None), zone) for kept, given in lines}
    steps, uses = _steps(book, _wanted(lines, about, MILESTONE)), _uses(book, _wanted(lines, about, USAGE))
    found: dict[int, date | None] = {}
    for kept, _given in lines:
        if kept.watch is not None:
            named, first = (about[kept.id], kept.watch.what), days[kept.id]
            if kept.watch.kind == MILESTONE:
                found[kept.id] = min((day for day in steps.get(named, ()) if day >= first), default=None)
            else:
                found[kept.id] = reached_on((use for use in uses.get(named, ()) if use.on >= first), kept.watch)
    return {key: day for key, day in found.items() if day is not None}


def _wanted(
    lines: Collection[tuple[KeptFollowUp, datetime]], about: Mapping[int, str], kind: str
) -> tuple[list[str], list[str]]:
    """The customers and the words for which the lines of one kind wait."""
    mine = [(about[kept.id], kept.watch.what) for kept, _ in lines if kept.watch and kept.watch.kind == kind]
    return sorted({customer for customer, _ in mine}), sorted({what for _, what in mine})


def _steps(book: Book, wanted: tuple[list[str], list[str]]) -> Mapping[_Named, list[date]]:
    """When each of some customers reached each of some milestones by the end of the book's day."""
    customers, kinds = wanted
    if not customers:
        return {}
    steps, until = book.tables.milestone, book.until.replace(tzinfo=None)
    mine = steps.filter(steps.customer_id.isin(customers) & steps.kind.isin(kinds) & steps.reached_at.notnull())
    found: dict[_Named, list[date]] = defaultdict(list)
    for customer_id, kind, at in book.run(mine.select("customer_id", "kind", "reached_at")).rows:
        if at < until:
            found[customer_id, kind].append(day_in(at, book.company.timezone))
    return found


def _uses(book: Book, wanted: tuple[list[str], list[str]]) -> Mapping[_Named, list[Use]]:
    """The use of some features by some customers, by day, until the book's day."""
    customers, features = wanted
    if not customers:
        return {}
    usage = book.tables.usage
    mine = usage.filter(usage.customer_id.isin(customers) & usage.feature.isin(features))
    rows = book.run(mine.select("customer_id", "feature", "on_date", "events", "users")).rows
    known = sorted((row for row in rows if row[2] <= book.as_of), key=lambda row: row[:3])
    return {named: [Use(*row[2:]) for row in group] for named, group in groupby(known, key=lambda row: row[:2])}


def _watchable(book: Book) -> Watchable:
    kinds = {kind for (kind,) in book.run(book.tables.milestone.select("kind").distinct()).rows}
    features = {feature for (feature,) in book.run(book.tables.usage.select("feature").distinct()).rows}
    return Watchable((*STEPS, *sorted(kinds - set(STEPS))), tuple(sorted(features)))
