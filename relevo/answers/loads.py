"""Loads: every file that was read, when, and what became of its rows."""

from dataclasses import dataclass
from datetime import datetime

from relevo.answers.reading import Reading
from relevo.base.config import Home
from relevo.book.landing import Landing


@dataclass(frozen=True)
class LoadLine:
    """One raw file read into one table at one time; `table` is None for a file that nobody maps.

    `kept` counts rows that could be read; a later load may have replaced them since.
    """

    id: str
    loaded_at: datetime
    source: str
    file: str
    sha256: str
    table: str | None
    rows_in: int
    kept: int
    quarantined: int


def loads(reading: Reading, home: Home) -> tuple[LoadLine, ...]:  # noqa: ARG001 - they concern nobody's customers
    """Every load of the home, newest first; the same for every viewer, for it names files and counts alone."""
    found = sorted(Landing(home.landing).loads(), key=lambda load: load.seq, reverse=True)
    return tuple(
        LoadLine(x.id, x.at, x.source, x.file, x.sha256, x.table, x.rows_in, x.kept, x.quarantined) for x in found
    )
