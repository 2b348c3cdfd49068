"""The stamp of a page: which book it reads, as of when, and for whom."""

from dataclasses import dataclass
from datetime import date, datetime

from relevo.answers.reading import Reading, Scope


@dataclass(frozen=True)
class Stamp:
    """The book behind a page. `findings` counts what the build found and did not stop for."""

    book: str
    company: str
    currency: str
    as_of: date
    built_at: datetime
    policy: str
    scope: Scope
    findings: int


def stamp(reading: Reading) -> Stamp:
    """The stamp of everything asked through this reading; NotReady before the first book."""
    book = reading.company_book
    return Stamp(
        book=book.id,
        company=book.company.name,
        currency=book.company.currency,
        as_of=book.as_of,
        built_at=book.manifest.built_at,
        policy=book.policy.name,
        scope=reading.scope,
        findings=len(book.manifest.findings),
    )
