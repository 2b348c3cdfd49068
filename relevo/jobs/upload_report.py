"""What became of an upload, file by file, as it is kept with it."""

from collections.abc import Iterable, Sequence
from typing import Any

from relevo.base.config import Home
from relevo.book.landing import Landing, Load
from relevo.sources.load import LoadReport
from relevo.sources.run import FileLoad


def report_of(home: Home, reports: Sequence[LoadReport], names: Sequence[str], *, is_new: bool) -> dict[str, Any]:
    """By file: what it was taken for, the tables of the book it fills with their counts, or why it was not read.

    Of the files of these names and of those that lie in them, and of every other that was read anew. With `is_new`
    every file that asks is among them, for an upload may bring what another waits for.
    """
    asked = {file for report in reports for file in report.asked if is_new or _is_of(file, names)}
    unused = {file for report in reports for file in report.unused if _is_of(file, names)}
    loads = [each for report in reports for each in report.loads if each.is_new or _is_of(each.load.file, names)]
    told = _notes(Landing(home.landing).loads())
    files = sorted({each.load.file for each in loads} | asked | unused)
    return {"files": [_line(file, loads, told, is_asked=file in asked) for file in files]}


def _is_of(file: str, names: Sequence[str]) -> bool:
    """Whether a file is one of these, lies in an archive that is, or is a sheet of a workbook that is."""
    return any(file == name or file.startswith((f"{name}/", f"{name}#")) for name in names)


def _line(file: str, loads: Iterable[FileLoad], notes: dict[str, Load], *, is_asked: bool) -> dict[str, Any]:
    mine = [each for each in loads if each.load.file == file]
    if mine and not is_asked:
        return {"file": file, "state": "read", "tables": [_table(each) for each in mine]}
    note = notes.get(file)
    finding = note.findings[0] if note and note.findings else None
    return {
        "file": file,
        "state": "asked" if is_asked else "unused",
        "code": finding.code if finding else "",
        "message": finding.message if finding else "",
        "hint": finding.hint if finding else "",
    }


def _table(each: FileLoad) -> dict[str, Any]:
    load = each.load
    counts = {"rows_in": load.rows_in, "kept": load.kept, "quarantined": load.quarantined, "left_out": load.left_out}
    worst = [finding.message for finding in load.findings if finding.severity == "critical"]
    return {"table": load.table, "source": load.source, "is_new": each.is_new, "problems": worst, **counts}


def _notes(loads: Iterable[Load]) -> dict[str, Load]:
    """By file the last note about one that was not read."""
    return {load.file: load for load in loads if load.table is None}
