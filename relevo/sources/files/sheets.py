"""A sheet of a workbook as a table: its header found below title rows, its rows staged as those of a CSV file are.

A workbook is read once, when it is found. What lies between is a folder of the load with three files for each sheet:
what there is to know of it (`.sheet`, which goes by its name from then on), its rows, and the rows refused.
"""

import csv
import json
import re
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import TextIO

from relevo.sources.files.archives import BROKEN_ZIP, Listed, Refusal
from relevo.sources.files.limits import LIMITS_HINT, Budget, TooMuch
from relevo.sources.files.lines import AGAIN, DELIMITER_HINT, JOINED_HINT, text_problem
from relevo.sources.files.names import shown
from relevo.sources.files.sheet_rows import DAMAGED_HINT, Cells, Problem, column_name
from relevo.sources.files.workbook import SheetEntry, Workbook, open_workbook
from relevo.sources.files.xml_parts import BadWorkbook

SUFFIX = ".sheet"
# The header is looked for in so many rows: the first that is nearly as full as the fullest of them, and no figures.
_LOOKED_AT, _FULL = 50, 0.6
_FIGURE = re.compile(r"[-+0-9.,:/ %]+")


@dataclass(frozen=True)
class Heading:
    """What there is to know of a sheet: its header, where it stands, and how many rows there are of both kinds."""

    header: tuple[str, ...]
    line: int
    good: int
    bad: int


def is_sheet(path: Path) -> bool:
    """Whether a file is a sheet that was taken out of its workbook."""
    return path.suffix == SUFFIX


def heading_of(path: Path) -> Heading:
    """What there is to know of a sheet."""
    kept = json.loads(path.read_text("utf-8"))
    return Heading(tuple(kept["header"]), kept["line"], kept["good"], kept["bad"])


def rows_of(path: Path) -> tuple[Path, Path]:
    """The files with the rows of a sheet and with those refused."""
    return path.with_suffix(".rows.csv"), path.with_suffix(".refused.csv")


def take_sheets(book: Listed, into: Path, budget: Budget) -> tuple[list[Listed], list[Refusal]]:
    """The sheets of a workbook that have rows, each as a file below `into`, an empty folder; why one is not read."""
    try:
        with open_workbook(book.path, budget) as workbook:
            found, refused = _take_all(workbook, book, into, budget)
    except (TooMuch, BadWorkbook, *BROKEN_ZIP) as problem:
        return [], [_refusal(book, book.file, problem)]
    if not found and not refused:
        refused = [Refusal(book.path, book.file, "No sheet of it has rows; it was not read.", DAMAGED_HINT)]
    return found, refused


def _take_all(workbook: Workbook, book: Listed, into: Path, budget: Budget) -> tuple[list[Listed], list[Refusal]]:
    found, refused = list[Listed](), list[Refusal]()
    for place, sheet in enumerate(workbook.sheets):
        target, file = into / f"{place}{SUFFIX}", f"{book.file}#{shown(sheet.name).replace('/', '_')}"
        try:
            if _take(workbook, sheet, target, budget):
                found.append(Listed(target, file))
        except (TooMuch, BadWorkbook, *BROKEN_ZIP) as problem:
            refused.append(_refusal(book, file, problem))
    return found, refused


def _refusal(book: Listed, file: str, problem: Exception) -> Refusal:
    if isinstance(problem, TooMuch):
        return Refusal(book.path, file, f"It was not read: {problem}.", LIMITS_HINT)
    if isinstance(problem, BadWorkbook):
        return Refusal(book.path, file, f"The workbook cannot be read: {shown(str(problem))[:300]}.", DAMAGED_HINT)
    told = f"The file is no XLSX workbook, or a damaged one ({shown(str(problem))[:200]}); it was not read."
    return Refusal(book.path, file, told, DAMAGED_HINT)


def _take(workbook: Workbook, sheet: SheetEntry, target: Path, budget: Budget) -> bool:
    """Write the files of one sheet; False where it has no rows."""
    rows, refused = rows_of(target)
    with (
        rows.open("w", encoding="utf-8", newline="") as good,
        refused.open("w", encoding="utf-8", newline="", errors="backslashreplace") as bad,
    ):
        table = _Table(good, bad, budget)
        workbook.read(sheet, table.row)
        table.finish()
    hashes = []
    for each in (rows, refused):
        with each.open("rb") as file:
            hashes.append(file_digest(file, "sha256").hexdigest())
    told = {**asdict(Heading(table.header, table.line, table.good, table.bad)), "hashes": hashes}
    target.write_text(json.dumps(told), "utf-8")
    return bool(table.header)


@dataclass
class _Table:
    """Rows of a sheet on their way to two files. The first ones wait until the header is found among them."""

    rows: TextIO
    refused: TextIO
    budget: Budget
    header: tuple[str, ...] = ()
    line: int = 0
    good: int = 0
    bad: int = 0
    waiting: list[tuple[int, Cells, Problem]] = field(default_factory=list)
    first: int = 0

    def __post_init__(self) -> None:
        self._good = csv.writer(self.rows, lineterminator="\n", quoting=csv.QUOTE_ALL)
        self._bad = csv.writer(self.refused, lineterminator="\n", quoting=csv.QUOTE_ALL)

    def row(self, line: int, cells: Cells, problem: Problem) -> None:
        """Take one row."""
        if self.header:
            self._write(line, cells, problem)
            return
        self.waiting.append((line, cells, problem))
        if len(self.waiting) == _LOOKED_AT:
            self.finish()

    def finish(self) -> None:
        """Find the header among the rows that wait, and write those below it."""
        place = _header_place([cells for _, cells, _ in self.waiting])
        waiting, self.waiting = self.waiting, []
        if self.header or place is None:
            return
        self.line, cells, _ = waiting[place]
        self.first = min(cells)
        self.header = tuple(
            cells.get(column, f"column {column_name(column)}") for column in range(self.first, max(cells) + 1)
        )
        for each in waiting[place + 1 :]:
            self._write(*each)

    def _write(self, line: int, cells: Cells, problem: Problem) -> None:
        last = self.first + len(self.header)
        values = tuple(cells.get(column, "") for column in range(self.first, last))
        reason, hint = problem if problem[0] else self._problem(cells, values)
        # A row of one cell takes a sign for each column of the header, which nobody sent.
        self.budget.spend(sum(map(len, cells.values())) + 3 * len(values), 0, 0)
        if reason:
            self.bad += 1
            self._bad.writerow((line, " | ".join(cells.values()), reason, hint))
        else:
            self.good += 1
            self._good.writerow((line, *values))

    def _problem(self, cells: Cells, values: tuple[str, ...]) -> Problem:
        outside = next((column for column in cells if not 0 <= column - self.first < len(values)), None)
        if outside is not None:
            return f"it has a value in column {column_name(outside)}, where the header has none", DELIMITER_HINT
        if values == self.header and len(values) > 1:
            return AGAIN, JOINED_HINT
        return text_problem("".join(values))


def _header_place(rows: list[Cells]) -> int | None:
    """Which of the first rows is the header; None where no row has cells."""
    most = max((len(cells) for cells in rows), default=0)
    if not most:
        return None
    full = [place for place, cells in enumerate(rows) if len(cells) >= _FULL * most]
    worded = (place for place in full if not any(_FIGURE.fullmatch(text) for text in rows[place].values()))
    return next(worded, full[0])
