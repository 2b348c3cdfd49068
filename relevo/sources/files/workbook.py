"""An XLSX workbook: its sheets, and the rows of each as text, one after another as they are unpacked.

Nothing is evaluated: of a formula the value is read that was kept with it. Why no library does this is in decision
record 2: those at hand end the process, hang or lose rows over files that somebody only has to send.
"""

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from zipfile import ZipFile

from relevo.sources.files.archives import entry_bytes, entry_problem, open_archive, overlapping
from relevo.sources.files.cells import shows, unescaped
from relevo.sources.files.limits import Budget
from relevo.sources.files.sheet_rows import RowReader, Rows
from relevo.sources.files.xml_parts import Attributes, BadWorkbook, Handler, number, parse

MOST_SHEETS = 1_000
_MOST_TEXTS, _MOST_CHARACTERS, _MOST_STYLES = 4_000_000, 256_000_000, 100_000
_PACKAGE, _WORKBOOK = "_rels/.rels", "xl/workbook.xml"

_Any = TypeVar("_Any", bound=Handler)


@dataclass(frozen=True)
class SheetEntry:
    """A sheet: its name as the workbook shows it, and the part that its rows are in."""

    name: str
    part: str


class Workbook:
    """An opened workbook. Everything here raises BadWorkbook, TooMuch or what BROKEN_ZIP lists."""

    def __init__(self, archive: ZipFile, budget: Budget) -> None:
        self._archive = archive
        self._budget = budget
        self._overlapping = overlapping(archive.filelist)
        if any(count > 1 for count in Counter(entry.filename for entry in archive.filelist).values()):
            raise BadWorkbook("it has two parts of one name")
        main = next((target for _, (kind, target) in self._links(_PACKAGE, "").items() if kind == "officeDocument"), "")
        index = _Index()
        self._parse(main or _WORKBOOK, index)
        links = self._links(_links_of(main or _WORKBOOK), posixpath.dirname(main or _WORKBOOK))
        parts = dict(links.values())
        self.is_1904 = index.is_1904
        self.sheets = tuple(
            SheetEntry(name, links[link][1]) for name, link in index.sheets if links.get(link, ("",))[0] == "worksheet"
        )
        self._texts = self._read(parts.get("sharedStrings", ""), _Texts()).texts
        self._shows = self._read(parts.get("styles", ""), _Styles()).shows()

    def read(self, sheet: SheetEntry, to: RowReader) -> None:
        """Tell the rows of a sheet that have cells: line, texts by column from 0, and why a row cannot be used."""
        self._parse(sheet.part, Rows(self._texts, self._shows, self.is_1904, to))

    def _links(self, part: str, folder: str) -> Mapping[str, tuple[str, str]]:
        return self._read(part, _Links(folder)).found

    def _read(self, part: str, handler: _Any) -> _Any:
        if part in self._archive.NameToInfo:
            self._parse(part, handler)
        return handler

    def _parse(self, part: str, handler: Handler) -> None:
        entry = self._archive.NameToInfo.get(part)
        if entry is None:
            raise BadWorkbook(f"it has no part {part[:100]}")
        told, _ = entry_problem(entry, part, self._overlapping)
        if told:
            raise BadWorkbook(told)
        parse(entry_bytes(self._archive, entry, self._budget), handler)


@contextmanager
def open_workbook(path: Path, budget: Budget) -> Iterator[Workbook]:
    """A workbook for reading. Raises BadWorkbook, TooMuch or what BROKEN_ZIP lists."""
    with open_archive(path, budget) as archive:
        yield Workbook(archive, budget)


def _links_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return posixpath.join(folder, "_rels", f"{name}.rels")


class _Links(Handler):
    """Where the parts that a part names are: by id its kind and name. Those outside of the workbook are left out."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found = dict[str, tuple[str, str]]()

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External" and len(self.found) < 10 * MOST_SHEETS:
            target = posixpath.normpath(posixpath.join("/", self._folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            self.found[attributes.get("Id", "")] = (kind, target.lstrip("/"))


class _Index(Handler):
    """The names of the sheets with the ids of their parts, and from when days are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.is_1904 = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true", "on")
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), link))
            if len(self.sheets) > MOST_SHEETS:
                raise BadWorkbook(f"it has more than {MOST_SHEETS} sheets")


class _Texts(Handler):
    """The texts that cells share, in their order."""

    wanted = frozenset({"t"})

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._is_spoken = False
        self._characters = 0

    def begin(self, name: str, attributes: Attributes) -> None:  # noqa: ARG002
        if name == "si":
            self._parts = []
        elif name == "rPh":  # how an East Asian text is spoken
            self._is_spoken = True

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self._is_spoken:
            self._characters += len(text)
            self._parts.append(text)
        elif name == "rPh":
            self._is_spoken = False
        elif name == "si":
            self.texts.append(unescaped("".join(self._parts)))
        if len(self.texts) > _MOST_TEXTS or self._characters > _MOST_CHARACTERS:
            raise BadWorkbook("it has more text than can be read at once: save it as CSV")


class _Styles(Handler):
    """What the number formats of cells show."""

    def __init__(self) -> None:
        self._codes = dict[int, str]()
        self._formats: list[int] = []
        self._is_of_cells = False

    def begin(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            self._codes[number(attributes.get("numFmtId", "0"), "a number format")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            self._formats.append(number(attributes.get("numFmtId", "0"), "a number format"))
        if max(len(self._codes), len(self._formats)) > _MOST_STYLES:
            raise BadWorkbook("it has more styles than any workbook")

    def end(self, name: str, text: str) -> None:  # noqa: ARG002
        if name == "cellXfs":
            self._is_of_cells = False

    def shows(self) -> tuple[str, ...]:
        """By style what it makes of a number, as `cells.shows` says it."""
        return tuple(shows(each, self._codes.get(each, "")) for each in self._formats)
