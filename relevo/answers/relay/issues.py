"""Issues that would keep promises: found by words of their title, and when their fix reached customers."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from relevo.answers.reading import Reading
from relevo.base.words import fold
from relevo.book.book import Book
from relevo.book.remembering import Remembered

SUGGESTED = 8
_ISSUES: Remembered[Mapping[str, "Issue"]] = Remembered(2)


@dataclass(frozen=True)
class Issue:
    """An issue of the book: its title, its state in the tracker's words, and when it shipped; None until it has."""

    issue_id: str
    title: str
    status: str
    shipped_at: datetime | None


def issues_like(reading: Reading, text: str, limit: int = SUGGESTED) -> tuple[Issue, ...]:
    """Issues whose title or id has every word, those not shipped first; none for no words. NotReady without a book."""
    words = fold(text).split()
    if not words:
        return ()
    found = [each for each in _issues(reading).values() if _has(each, words)]
    return tuple(sorted(found, key=lambda each: (each.shipped_at is not None, each.title))[:limit])


def issue_named(reading: Reading, issue_id: str) -> Issue | None:
    """An issue by its id; None where the book has none of it."""
    return _issues(reading).get(issue_id)


def shipped(reading: Reading, issue_ids: Collection[str]) -> Mapping[str, datetime]:
    """When each of some issues shipped, in UTC; those that have not by the end of the book's day are not there."""
    known = _issues(reading)
    found = {each: known[each].shipped_at for each in issue_ids if each in known}
    return {each: at.replace(tzinfo=UTC) for each, at in found.items() if at is not None}


def _issues(reading: Reading) -> Mapping[str, Issue]:
    book = reading.company_book
    return _ISSUES.get(book, "issues", lambda: _read(book))


def _read(book: Book) -> Mapping[str, Issue]:
    rows = book.run(book.tables.issue.select("issue_id", "title", "status", "shipped_at")).rows
    until = book.until.replace(tzinfo=None)
    return {key: Issue(key, title, status, at if at and at < until else None) for key, title, status, at in rows}


def _has(issue: Issue, words: Collection[str]) -> bool:
    told = fold(f"{issue.title} {issue.issue_id}")
    return all(word in told for word in words)
