"""From text to rows: every physical line of a CSV file is read exactly, or reported with its number.

A line without a quote sign is a row by itself, and most are: those pass in blocks. The others go through the csv
module, in blocks as long as every record fits, else one record at a time. Where a record spans lines and then does not
fit (a quote that was never closed), only its first line is at fault: reading resumes at the next one, so a stray quote
cannot swallow good rows.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Protocol, TextIO

from relevo.sources.files.opening import BROKEN, open_text

MAX_RECORD_LINES = 5_000
MAX_RECORD_CHARACTERS = 1_000_000
_BLOCK = 1 << 22
_RUN = 400
_QUOTE = '"'

DELIMITER_HINT = "Check the delimiter and the quotes of this line; a text with the delimiter in it needs quotes."
QUOTE_HINT = 'Close the quote, and write a quote sign inside a quoted text twice ("").'
ENCODING_HINT = 'Save the file as UTF-8, or name its encoding in the mapping, for example encoding = "cp1252".'
NUL_HINT = "Export the file again: a NUL byte means that it was cut or damaged."
LONG_HINT = "Shorten the text, or close the quote that makes the row this long."


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written: its encoding where no byte order mark says so, and the sign between fields."""

    encoding: str = "utf-8"
    delimiter: str = ","


@dataclass(frozen=True)
class Broken:
    """A file that cannot be used as a whole: why, and what to do."""

    reason: str
    hint: str


class _Writer(Protocol):
    def writerow(self, row: Sequence[str], /) -> object: ...
    def writerows(self, rows: Iterable[Sequence[str]], /) -> object: ...


@dataclass
class Cleaned:
    """What a scan found: the header, and how many rows went where. `broken` set means that no row is usable."""

    header: tuple[str, ...] = ()
    good: int = 0
    bad: int = 0
    undecodable: int = 0
    broken: Broken | None = None


@dataclass(frozen=True)
class _Record:
    """One record: its fields and the lines it takes, or the reason and hint why its lines are refused."""

    lines: int
    fields: tuple[str, ...] = ()
    reason: str = ""
    hint: str = ""


@dataclass
class _Scan:
    """One pass over a file: lines in, numbered rows and refused lines out. `read` lines were dropped already."""

    text: TextIO
    dialect: Dialect
    result: Cleaned
    read: int = 0
    lines: list[str] = field(default_factory=list)

    def more(self) -> bool:
        """Append the next lines of the file; False at its end."""
        block = self.text.readlines(_BLOCK)
        self.lines += block
        return bool(block)

    def next_block(self) -> bool:
        """Drop the lines that were read and take the next ones."""
        self.read += len(self.lines)
        self.lines = []
        return self.more()

    def record(self, place: int) -> _Record:
        """The record that starts at a line. Where it does not fit, only that line is at fault."""
        line = self.lines[place]
        if _QUOTE in line or len(line) > MAX_RECORD_CHARACTERS:
            found = self._quoted(place)
        else:
            found = _Record(1, tuple(_bare(line).split(self.dialect.delimiter)))
        width = len(self.result.header)
        if not found.reason and width and len(found.fields) != width:
            counts = f"{len(found.fields)} fields where the header has {width}"
            found = _Record(1, reason=counts, hint=DELIMITER_HINT)
        taken = "".join(self.lines[place : place + found.lines])
        return replace(found, reason=_unclean(taken), hint=_UNCLEAN[_unclean(taken)]) if _unclean(taken) else found

    def _quoted(self, place: int) -> _Record:
        fed: list[str] = []
        reader = csv.reader(self._feed(place, fed), delimiter=self.dialect.delimiter, strict=True)
        try:
            fields = next(reader)
        except csv.Error as problem:
            too_long = "field limit" in str(problem) or len(fed) >= MAX_RECORD_LINES
            return _TOO_LONG if too_long else _BAD_QUOTES
        return _TOO_LONG if sum(map(len, fed)) > MAX_RECORD_CHARACTERS else _Record(len(fed), tuple(fields))

    def _feed(self, place: int, fed: list[str]) -> Iterator[str]:
        while len(fed) < MAX_RECORD_LINES and (place + len(fed) < len(self.lines) or self.more()):
            fed.append(self.lines[place + len(fed)])
            yield fed[-1]


_TOO_LONG = _Record(1, reason="the row is longer than can be read", hint=LONG_HINT)
_BAD_QUOTES = _Record(1, reason="the quotes do not match", hint=QUOTE_HINT)
_NOT_TEXT = "it holds bytes that are not text in this encoding"
_UNCLEAN = {_NOT_TEXT: ENCODING_HINT, "it holds a NUL byte": NUL_HINT}

HeaderCheck = Callable[[tuple[str, ...]], Broken | None]


def clean_csv(path: Path, dialect: Dialect, check: HeaderCheck, rows_to: Path, refused_to: Path) -> Cleaned:
    """Write the rows of a file with their line numbers to one CSV, and the lines refused to another.

    `rows_to` gets line number and fields, with the file's delimiter, UTF-8, no header. `refused_to` gets line, text,
    reason, hint, comma-separated. `check` decides whether the header can be used; if not, every further line is
    refused for that reason. A damaged file ends the scan with `broken` and no rows at all.
    """
    # The csv module has one limit for the process; its default of 128 kB is less than some mails are long.
    csv.field_size_limit(MAX_RECORD_CHARACTERS)
    result = Cleaned()
    try:
        with (
            open_text(path, dialect.encoding) as text,
            rows_to.open("w", encoding="utf-8", newline="") as rows,
            refused_to.open("w", encoding="utf-8", newline="", errors="backslashreplace") as refused,
        ):
            scan = _Scan(text, dialect, result)
            place = _read_header(scan, check)
            _read_rows(scan, place, rows, csv.writer(refused, lineterminator="\n", quoting=csv.QUOTE_ALL))
    except BROKEN as problem:
        reason = f"the file is damaged or is not what its name says ({problem})"
        return Cleaned(broken=Broken(reason, "Export or copy the file again."))
    if result.undecodable and not result.good and result.undecodable == result.bad:
        result.broken = Broken("no row can be decoded", ENCODING_HINT)
    return result


def _read_header(scan: _Scan, check: HeaderCheck) -> int:
    """Read the first line that is not blank as the header; the place of the line after it."""
    scan.more()
    place = next((i for i, line in enumerate(scan.lines) if line.strip()), len(scan.lines))
    if place == len(scan.lines):
        hint = "Export it again; a table without rows still needs its header line."
        scan.result.broken = Broken("the file is empty", hint)
        return place
    header = scan.record(place)
    if header.reason:
        scan.result.broken = Broken(f"the header line cannot be read: {header.reason}", header.hint)
    else:
        scan.result.header = header.fields
        scan.result.broken = check(header.fields)
    return place + header.lines


def _read_rows(scan: _Scan, place: int, rows: TextIO, refused: _Writer) -> None:
    careful = csv.writer(rows, delimiter=scan.dialect.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    while True:
        while place < len(scan.lines):
            if scan.result.broken:
                place += _refuse_line(scan, place, scan.result.broken, refused)
            else:
                passed = _pass_run(scan, place, rows) or _pass_quoted(scan, place, careful)
                place += passed or _read_run(scan, place, careful, refused)
        if not scan.next_block():
            return
        place = 0


def _refuse_line(scan: _Scan, place: int, broken: Broken, refused: _Writer) -> int:
    if scan.lines[place].strip():
        _refuse(scan, place, broken.reason, broken.hint, refused)
    return 1


def _refuse(scan: _Scan, place: int, reason: str, hint: str, refused: _Writer) -> None:
    scan.result.bad += 1
    refused.writerow((str(scan.read + place + 1), _bare(scan.lines[place]), reason, hint))


def _pass_run(scan: _Scan, place: int, rows: TextIO) -> int:
    """Pass a run of lines that are all plain rows of the right width; how many, 0 where one is not."""
    delimiter, count = scan.dialect.delimiter, len(scan.result.header) - 1
    lines = scan.lines[place : place + _RUN]
    run = "".join(lines)
    if not count or _QUOTE in run or "\r" in run.replace("\r\n", "") or _unclean(run):
        return 0
    if len(run) > MAX_RECORD_CHARACTERS or set(map(str.count, lines, repeat(delimiter))) != {count}:
        return 0
    numbered = "".join([f"{n}{delimiter}{line}" for n, line in enumerate(lines, scan.read + place + 1)])
    rows.write(numbered.replace("\r\n", "\n") + ("" if run.endswith("\n") else "\n"))
    scan.result.good += len(lines)
    return len(lines)


def _pass_quoted(scan: _Scan, place: int, rows: _Writer) -> int:
    """Pass the records of a run up to the first that does not fit or does not end in it; how many lines, or 0."""
    lines = scan.lines[place : place + _RUN]
    run = "".join(lines)
    if len(run) > MAX_RECORD_CHARACTERS or _unclean(run):
        return 0
    taken, width, good = 0, len(scan.result.header), []
    reader = csv.reader(lines, delimiter=scan.dialect.delimiter, strict=True)
    with suppress(csv.Error):
        for fields in reader:
            is_blank = not lines[taken].strip()
            if not is_blank and len(fields) != width:
                break
            if not is_blank:
                good.append([str(scan.read + place + taken + 1), *fields])
            taken = reader.line_num
    rows.writerows(good)
    scan.result.good += len(good)
    return taken


def _read_run(scan: _Scan, place: int, rows: _Writer, refused: _Writer) -> int:
    """Read a run of lines record by record into one of the outputs; how many lines it took."""
    end = min(place + _RUN, len(scan.lines))
    at = place
    while at < end:
        at += _read_record(scan, at, rows, refused) if scan.lines[at].strip() else 1
    return at - place


def _read_record(scan: _Scan, place: int, rows: _Writer, refused: _Writer) -> int:
    record = scan.record(place)
    if record.reason:
        scan.result.undecodable += record.reason == _NOT_TEXT
        _refuse(scan, place, record.reason, record.hint, refused)
    else:
        scan.result.good += 1
        rows.writerow((str(scan.read + place + 1), *record.fields))
    return record.lines


def _bare(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")


def _unclean(text: str) -> str:
    """Why a text cannot be used as text; empty where it can."""
    if "\0" in text:
        return "it holds a NUL byte"
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return _NOT_TEXT
    return ""
