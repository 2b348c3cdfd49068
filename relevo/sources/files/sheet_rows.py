"""The rows of one sheet, from the XML it is kept in."""

from collections.abc import Callable, Sequence

from relevo.sources.files.cells import number_text, time_text, unescaped
from relevo.sources.files.lines import LONG_HINT, MAX_RECORD_CHARACTERS
from relevo.sources.files.xml_parts import Attributes, BadWorkbook, Handler, number

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
FORMULA_HINT = "Open the workbook in a spreadsheet program and save it: that keeps the values of its formulas."
DAMAGED_HINT = "Save the workbook again."

Cells = dict[int, str]
Problem = tuple[str, str]
RowReader = Callable[[int, Cells, Problem], None]
_NOTHING: Problem = ("", "")
_TOO_LONG: Problem = ("the row is longer than can be read", LONG_HINT)
_NO_VALUE: Problem = ("a formula has no value kept with it", FORMULA_HINT)
_NO_TEXT: Problem = ("a cell names a text that the workbook does not have", DAMAGED_HINT)


class Rows(Handler):
    """Tells every row that has cells: its line, its texts by column from 0, and why it cannot be used, if so."""

    wanted = frozenset({"v", "t"})

    def __init__(self, texts: Sequence[str], shows: Sequence[str], is_1904: bool, to: RowReader) -> None:
        self._texts, self._shows, self._is_1904, self._to = texts, shows, is_1904, to
        self._columns = dict[str, int]()
        self._line = self._column = self._length = 0
        self._cells: Cells = {}
        self._problem = _NOTHING
        self._is_inside = self._has_formula = self._is_spoken = False
        self._kind, self._style, self._value = "", "", ""

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element of a sheet; what stands outside of its rows tells nothing here."""
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_spoken = True

    def end(self, name: str, text: str) -> None:
        """An element is over: the value of a cell, a cell or a row is whole."""
        if name == "v":
            self._value = text
        elif name == "c" and self._is_inside:
            self._end_cell()
        elif name == "t" and not self._is_spoken:
            self._value += text
            self._check_length(len(self._value))
        elif name == "row" and self._is_inside:
            self._end_row()
        elif name == "rPh":
            self._is_spoken = False

    def _begin_row(self, attributes: Attributes) -> None:
        self._line = number(attributes["r"], "a row number") if "r" in attributes else self._line + 1
        if not 1 <= self._line <= MOST_ROWS:
            raise BadWorkbook(f"it has a row {self._line}, and sheets end at row {MOST_ROWS}")
        self._column, self._length, self._cells, self._problem, self._is_inside = -1, 0, {}, _NOTHING, True

    def _begin_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r")
        self._column = self._column_of(place) if place else self._column + 1
        if self._column >= MOST_COLUMNS:
            raise BadWorkbook(f"it has more than {MOST_COLUMNS} columns")
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value, self._has_formula = "", False

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        if letters not in self._columns:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                raise BadWorkbook("it has a cell whose place is none")
            column = 0
            for letter in letters.upper():
                column = 26 * column + ord(letter) - ord("A") + 1
            self._columns[letters] = column - 1
        return self._columns[letters]

    def _end_cell(self) -> None:
        text = self._text()
        if text:
            self._check_length(self._length + len(text))
            self._length += len(text)
            if self._problem is not _TOO_LONG:
                self._cells[self._column] = text

    def _check_length(self, length: int) -> None:
        if length > MAX_RECORD_CHARACTERS:
            self._problem, self._cells, self._value = _TOO_LONG, {}, ""

    def _text(self) -> str:
        value, kind = self._value, self._kind
        if kind == "s":
            return self._shared(value)
        if kind in ("str", "inlineStr"):
            return unescaped(value)
        if not value:
            self._problem = _NO_VALUE if self._has_formula else self._problem
            return ""
        if kind == "b":
            return "true" if value.strip() in ("1", "true") else "false"
        return self._number(value.strip()) if kind == "n" else value

    def _shared(self, value: str) -> str:
        at = value.strip()
        if not (at.isascii() and at.isdigit() and len(at) <= 9 and int(at) < len(self._texts)):
            self._problem = _NO_TEXT
            return ""
        return self._texts[int(at)]

    def _number(self, written: str) -> str:
        at = self._style
        known = at.isascii() and at.isdigit() and len(at) <= 9 and int(at) < len(self._shows)
        kind = self._shows[int(at)] if known else ""
        return time_text(written, kind, self._is_1904) if kind else number_text(written)

    def _end_row(self) -> None:
        self._is_inside = False
        if self._cells or self._problem is not _NOTHING:
            self._to(self._line, self._cells, self._problem)


def column_name(column: int) -> str:
    """The letters of a column, from 0: A, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
