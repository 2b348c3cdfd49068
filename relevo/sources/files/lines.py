"""From text to rows: every physical line of a CSV file is read exactly, or reported with its number.

A line without a quote sign is a row by itself, and most are: those pass in blocks. The others go through the csv
module, in blocks as long as every record fits, else one record at a time. Where a record spans lines and then does not
fit (a quote that was never closed), only its first line is at fault: reading resumes at the next one, so a stray quote
cannot swallow good rows.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Protocol, TextIO

from relevo.sources.files.limits import LIMITS_HINT, Limits, TooMuch
from relevo.sources.files.opening import BROKEN, Lines, open_lines

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
JOINED_HINT = "Files were joined into one here: take the line away, or load them one by one."
ENDS_HINT = "Save the file with one kind of line ends; a line break inside a text needs quotes around the text."
MIXED_HINT = "The file mixes UTF-8 and Windows Latin. Save it as UTF-8 throughout."


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written: its encoding where no byte order mark says so, and the sign between fields.

    `is_guessed` where nobody said so, and a row may turn out to be written otherwise.
    """

    encoding: str = "utf-8"
    delimiter: str = ","
    is_guessed: bool = False


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
    """One pass over a file: lines in, numbered rows and refused lines out.

    `read` lines were dropped already. `heading` is the header as it is written.
    """

    text: Lines
    dialect: Dialect
    result: Cleaned
    read: int = 0
    heading: str = "\n"
    lines: list[str] = field(default_factory=list)

    def more(self) -> bool:
        """Append the next lines of the file; False at its end."""
        block = self.text.block(_BLOCK, MAX_RECORD_CHARACTERS)
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
        if len(line) > MAX_RECORD_CHARACTERS:
            found = _TOO_LONG
        elif _QUOTE in line:
            found = self._quoted(place)
        else:
            found = _split(_bare(line), self.dialect.delimiter)
        width = len(self.result.header)
        if not found.reason and width and len(found.fields) != width:
            counts = f"{len(found.fields)} fields where the header has {width}"
            found = _Record(1, reason=counts, hint=DELIMITER_HINT)
        fault = self.fault("".join(self.lines[place : place + found.lines]))
        if not fault and width and _is_header(found.fields, self.result.header):
            fault = AGAIN
        return replace(found, reason=fault, hint=_FAULTS[fault]) if fault else found

    def fault(self, text: str) -> str:
        """Why the text of a record cannot be used; empty where it can."""
        if text.startswith(_MARK) and self.result.header:
            fields = tuple(_bare(text).split(self.dialect.delimiter))
            return AGAIN if _is_header(fields, self.result.header) else _JOINED
        return _unclean(text) or (_OTHERWISE if self.dialect.is_guessed and _is_utf8_read_as_latin(text) else "")

    def is_doubtful(self, run: str) -> bool:
        """Whether some line of a run may be at fault, so that each has to be looked at by itself."""
        if _unclean(run) or run.startswith(_MARK) or f"\n{_MARK}" in run or self.heading in run:
            return True
        return self.dialect.is_guessed and not run.isascii() and bool(_UTF8_READ_AS_LATIN.search(run))

    def _quoted(self, place: int) -> _Record:
        fed: list[str] = []
        reader = csv.reader(self._feed(place, fed), delimiter=self.dialect.delimiter, strict=True)
        try:
            fields = next(reader)
        except csv.Error as problem:
            length = sum(map(len, fed))
            too_long = "field limit" in str(problem) or len(fed) >= MAX_RECORD_LINES or length > MAX_RECORD_CHARACTERS
            return _TOO_LONG if too_long else _BAD_QUOTES
        return _TOO_LONG if sum(map(len, fed)) > MAX_RECORD_CHARACTERS else _Record(len(fed), tuple(fields))

    def _feed(self, place: int, fed: list[str]) -> Iterator[str]:
        length = 0
        while len(fed) < MAX_RECORD_LINES and (place + len(fed) < len(self.lines) or self.more()):
            fed.append(self.lines[place + len(fed)])
            length += len(fed[-1])
            yield fed[-1]
            if length > MAX_RECORD_CHARACTERS:
                return


_TOO_LONG = _Record(1, reason="the row is longer than can be read", hint=LONG_HINT)
_BAD_QUOTES = _Record(1, reason="the quotes do not match", hint=QUOTE_HINT)
_BROKEN_LINE = _Record(1, reason="a carriage return stands in the middle of the line", hint=ENDS_HINT)
_NOT_TEXT = "it holds bytes that are not text in this encoding"
_NUL = "it holds a NUL byte"
AGAIN = "it repeats the header"
_JOINED = "it begins with the byte order mark of another file"
_OTHERWISE = "it is written in UTF-8, and most of the file is not"
_FAULTS = {
    _NOT_TEXT: ENCODING_HINT,
    _NUL: NUL_HINT,
    AGAIN: JOINED_HINT,
    _JOINED: JOINED_HINT,
    _OTHERWISE: MIXED_HINT,
}
_MARK = "\ufeff"
# What the bytes 80 to BF are in Windows Latin, with those that are nothing there: they follow in a sign of UTF-8.
_AFTER = "[" + re.escape(bytes(range(0x80, 0xC0)).decode("cp1252", errors="surrogateescape")) + "]"
_UTF8_READ_AS_LATIN = re.compile(f"[Â-ß]{_AFTER}|[à-ï]{_AFTER}{{2}}|[ð-ô]{_AFTER}{{3}}")

HeaderCheck = Callable[[tuple[str, ...]], Broken | None]


def clean_csv(
    path: Path, dialect: Dialect, check: HeaderCheck, rows_to: Path, refused_to: Path, limits: Limits | None = None
) -> Cleaned:
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
            open_lines(path, dialect.encoding, limits) as text,
            rows_to.open("w", encoding="utf-8", newline="") as rows,
            refused_to.open("w", encoding="utf-8", newline="", errors="backslashreplace") as refused,
        ):
            scan = _Scan(text, dialect, result)
            place = _read_header(scan, check)
            _read_rows(scan, place, rows, csv.writer(refused, lineterminator="\n", quoting=csv.QUOTE_ALL))
    except BROKEN as problem:
        return Cleaned(broken=_damage(problem))
    if result.undecodable and not result.good and result.undecodable == result.bad:
        result.broken = Broken("no row can be decoded", ENCODING_HINT)
    return result


def headed(path: Path, dialect: Dialect) -> Cleaned:
    """The headings of a CSV file, read as `clean_csv` reads them, or why there are none."""
    csv.field_size_limit(MAX_RECORD_CHARACTERS)
    try:
        with open_lines(path, dialect.encoding) as text:
            scan = _Scan(text, dialect, Cleaned())
            _read_header(scan, lambda _: None)
    except BROKEN as problem:
        return Cleaned(broken=_damage(problem))
    return scan.result


def _damage(problem: Exception) -> Broken:
    if isinstance(problem, TooMuch):
        return Broken(str(problem), LIMITS_HINT)
    if isinstance(problem, OSError) and problem.strerror:
        return Broken(f"the file cannot be read ({problem.strerror})", "Let the user that runs Relevo read it.")
    return Broken(f"the file is damaged or is not what its name says ({problem})", "Export or copy the file again.")


def text_problem(text: str) -> tuple[str, str]:
    """Why a text cannot be used as text, and what to do; both empty where it can."""
    return (fault, _FAULTS[fault]) if (fault := _unclean(text)) else ("", "")


def _read_header(scan: _Scan, check: HeaderCheck) -> int:
    """Read the first line that is not blank as the header; the place of the line after it."""
    scan.more()
    place = next((i for i, line in enumerate(scan.lines) if line.strip()), len(scan.lines))
    if place == len(scan.lines):
        hint = "Export it again; a table without rows still needs its header line."
        scan.result.broken = Broken("the file is empty", hint)
        return place
    scan.lines[place] = scan.lines[place].lstrip(_MARK)
    header = scan.record(place)
    if header.reason:
        scan.result.broken = Broken(f"the header line cannot be read: {header.reason}", header.hint)
    else:
        scan.result.header = header.fields
        scan.heading = _bare(scan.lines[place])
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
    if not count or _QUOTE in run or "\r" in run.replace("\r\n", "") or scan.is_doubtful(run):
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
    if len(run) > MAX_RECORD_CHARACTERS or scan.is_doubtful(run):
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


def _split(line: str, delimiter: str) -> _Record:
    return _BROKEN_LINE if "\r" in line else _Record(1, tuple(line.split(delimiter)))


def _is_header(fields: tuple[str, ...], header: tuple[str, ...]) -> bool:
    return len(fields) > 1 and (fields[0].lstrip(_MARK), *fields[1:]) == header


def _is_utf8_read_as_latin(text: str) -> bool:
    """Whether a text has signs that are UTF-8 taken for Windows Latin, and no others beyond ASCII."""
    if text.isascii():
        return False
    try:
        text.encode("cp1252", errors="surrogateescape").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _bare(line: str) -> str:
    return line.removesuffix("\n").removesuffix("\r")


def _unclean(text: str) -> str:
    """Why a text cannot be used as text; empty where it can."""
    if "\0" in text:
        return _NUL
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return _NOT_TEXT
    return ""
