"""From a book to a sample of conversations, and from what was drawn to the colleagues who review it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from relevo.answers.reading import Reading
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.desk.people.addresses import addresses
from relevo.desk.reviews.actions import NewDraw
from relevo.desk.reviews.drawing import Among, Reviewer, ToReview, leads_of, paired, rotated
from relevo.desk.reviews.kept import last_reviewers, load_since
from relevo.desk.reviews.rules import ReviewRules
from relevo.insight.reviewable import Reviewable, reviewable, sample

# A reviewer's share is counted over so many days.
_LATELY = timedelta(days=56)
_PEOPLE: Remembered[tuple[tuple[str, str, str, str | None], ...]] = Remembered(2)


def sample_of(
    reading: Reading, begins: datetime, ends: datetime, per_person: int, seed: int
) -> tuple[list[NewDraw], int]:
    """What is drawn of the conversations solved in a span, and among how many; the same seed draws the same."""
    units = reviewable(reading.company_book, begins, ends)
    return [_new(each.unit, each.chance) for each in sample(units, per_person, seed)], len(units)


def _new(unit: Reviewable, chance: float | None) -> NewDraw:
    return NewDraw(
        unit.conversation_id, unit.person_id, unit.authors, chance, unit.customer_id or "", unit.channel,
        unit.category or "", unit.band,
    )  # fmt: skip


def assign(
    reading: Reading, wanted: Sequence[ToReview], rules: ReviewRules, seed: int, now: datetime
) -> dict[int, tuple[str, ...]]:
    """The reviewers of what was drawn; a share of it gets two, where two are possible."""
    two = paired([each.key for each in wanted], rules.pairs, seed)
    needed = [replace(each, needs=2) if each.key in two else each for each in wanted]
    load, last = load_since(now - _LATELY), last_reviewers({each.person_id for each in wanted})
    return rotated(needed, among(reading, rules.is_peers), load, last, seed)


def among(reading: Reading, is_peers: bool) -> Among:
    """The people among whom reviewers are found: who works here and can sign in."""
    people, may = _people(reading), addresses()
    can = [Reviewer(person, team) for person, team, email, _ in people if email.casefold() in may]
    above = leads_of((person, manager) for person, _, _, manager in people)
    return Among(tuple(can), {person: team for person, team, _, _ in people}, above, is_peers)


def _people(reading: Reading) -> tuple[tuple[str, str, str, str | None], ...]:
    """Who works here on the book's day: person, team, address, manager."""
    book = reading.company_book
    return _PEOPLE.get(book, "reviewers", lambda: _who_works(book))


def _who_works(book: Book) -> tuple[tuple[str, str, str, str | None], ...]:
    rows = book.tables.person.select("person_id", "team", "email", "manager_id", "ended_on").order_by("person_id")
    found = book.run(rows).rows
    return tuple((p, team, email or "", lead) for p, team, email, lead, end in found if end is None or end > book.as_of)
