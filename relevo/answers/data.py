"""Data: what was loaded, how fresh it is, what was put aside and why, what the build found, which books there are.

Counts come from the landing alone, so this page speaks before the first book.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from relevo.answers.landed import Aside, landed, landing_status, rows_aside
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, count
from relevo.base.config import Home
from relevo.base.findings import Finding
from relevo.book import journal
from relevo.book.landing import Landing, LandingStatus, QuarantinedRow
from relevo.book.store import Store
from relevo.desk.house.models import Publication

PAGE = 50


@dataclass(frozen=True)
class SourceTable:
    """All files of one source for one table: rows read, kept and put aside, and when the last file came in."""

    source: str
    table: str
    files: int
    rows_in: int
    kept: int
    quarantined: int
    loaded_at: datetime


@dataclass(frozen=True)
class BookLine:
    """One book: `kept` says whether its files are still there, `is_current` whether it is the one that is read."""

    id: str
    as_of: date
    built_at: datetime
    rows: int
    findings: int
    kept: bool
    is_current: bool


@dataclass(frozen=True)
class BuildLine:
    """The last build: when it began, how it ended (a word of `journal.Ending`), after which step, and why in words."""

    began_at: datetime
    ending: str
    step: str
    told: str


@dataclass(frozen=True)
class DataPage:
    """What the Data page says. `stamp` is None before the first book; `aside` is one page of the rows put aside.

    `build` is the last build where it runs or did not end well; None where there is nothing to tell about it.
    `can_write` says whether the home's disk takes anything at all.
    """

    stamp: Stamp | None
    sentence: Sentence
    sources: tuple[SourceTable, ...]
    unused: tuple[str, ...]
    aside: tuple[QuarantinedRow, ...]
    aside_found: int
    aside_offset: int
    table: str | None
    findings: tuple[Finding, ...]
    books: tuple[BookLine, ...]
    build: BuildLine | None = None
    can_write: bool = True

    @property
    def next_offset(self) -> int | None:
        """Where the next rows put aside begin; None where there are no more."""
        shown = self.aside_offset + len(self.aside)
        return shown if self.aside and shown < self.aside_found else None


def data_page(reading: Reading, home: Home, table: str | None = None, offset: int = 0) -> DataPage:
    """The state of a home's data; `table` keeps the rows put aside to one table."""
    state = landed(home)
    told = landing_status(state)
    sources = _sources(told, {(load.source, load.table): load.at for load in Landing(home.landing).loads()})
    found = sum(s.quarantined for s in sources if table in (None, s.table))
    book = reading.published
    return DataPage(
        stamp=stamp(reading) if book else None,
        sentence=_sentence(sources),
        sources=sources,
        unused=told.unused,
        aside=rows_aside(state, Aside(table), PAGE, offset) if found and reading.viewer.sees_everything else (),
        aside_found=found,
        aside_offset=offset,
        table=table,
        findings=shown_findings(reading, book.manifest.findings if book else told.findings),
        books=_books(home, book.id if book else None),
        build=_build(home, tells_all=reading.viewer.sees_all),
        can_write=os.access(home.path, os.W_OK),
    )


def shown_findings(reading: Reading, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as the viewer may read them: what they quote from the data is for those who see everything."""
    if reading.viewer.sees_everything:
        return tuple(findings)
    return tuple(finding.without_quotes() for finding in findings)


def _build(home: Home, *, tells_all: bool) -> BuildLine | None:
    """The last build, unless it was published: then its book says all. Whose words name rows or files: who sees all."""
    found = journal.read(home.books)
    if found is None or found.ending is journal.Ending.PUBLISHED:
        return None
    return BuildLine(found.began_at, str(found.ending), found.step, found.told if tells_all else "")


def _sources(status: LandingStatus, loaded_at: dict[tuple[str, str | None], datetime]) -> tuple[SourceTable, ...]:
    pairs = sorted({(c.source, c.table) for c in status.tables})
    return tuple(_source_table(source, table, status, loaded_at[source, table]) for source, table in pairs)


def _source_table(source: str, table: str, status: LandingStatus, at: datetime) -> SourceTable:
    mine = [c for c in status.tables if (c.source, c.table) == (source, table)]
    return SourceTable(
        source,
        table,
        len(mine),
        sum(c.rows_in for c in mine),
        sum(c.kept for c in mine),
        sum(c.quarantined for c in mine),
        at,
    )


def _sentence(sources: tuple[SourceTable, ...]) -> Sentence:
    values = {
        "rows": count(sum(s.rows_in for s in sources)),
        "kept": count(sum(s.kept for s in sources)),
        "aside": count(sum(s.quarantined for s in sources)),
        "sources": count(len({s.source for s in sources})),
    }
    if not sources:
        return Sentence("data.nothing", values)
    return Sentence("data.some_aside" if values["aside"].amount else "data.all_kept", values)


def _books(home: Home, current: str | None) -> tuple[BookLine, ...]:
    """Books whose files are kept, and those the publication log remembers."""
    kept = {
        m.id: BookLine(
            m.id, m.as_of, m.built_at, sum(m.rows.values()), len(m.findings), kept=True, is_current=m.id == current
        )
        for m in Store(home.books).history()
    }
    logged = {
        p.book: BookLine(p.book, p.as_of, p.published_at, p.rows, p.findings, kept=False, is_current=False)
        for p in Publication.objects.all()[:PAGE]
    }
    return tuple(sorted((logged | kept).values(), key=lambda b: b.built_at, reverse=True))
