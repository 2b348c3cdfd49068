"""The files there are below a path: in folders, in archives, and the sheets of workbooks; and what is not read of them.

Folders are walked without following what leads out of them, and nothing is opened that is no file.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from relevo.base.config import FILE_NAME
from relevo.sources.files.archives import Listed, Refusal, unpack
from relevo.sources.files.kinds import is_workbook, other_than_text, other_than_zip
from relevo.sources.files.limits import Budget
from relevo.sources.files.names import DEEPEST, NAME_HINT, is_hidden, name_problem, shown
from relevo.sources.files.sheets import take_sheets

ARCHIVES, WORKBOOKS = (".zip",), (".xlsx", ".xlsm")
_SAVE = "Open it in a spreadsheet program and save it as .xlsx or CSV."
_PACK = "Pack it as ZIP, or unpack it."
_NOT_READ = {
    ".xls": ("is a workbook of Excel 97 to 2003", _SAVE),
    ".xlsb": ("is a binary workbook", _SAVE),
    ".ods": ("is a workbook of OpenDocument", _SAVE),
    ".numbers": ("is a workbook of Numbers", _SAVE),
    ".7z": ("is an archive of 7-Zip", _PACK),
    ".rar": ("is an archive of RAR", _PACK),
    ".tar": ("is a tar archive", _PACK),
    ".tgz": ("is a tar archive", _PACK),
    ".tar.gz": ("is a tar archive", _PACK),
    ".tar.zst": ("is a tar archive", _PACK),
}
_COPY_HINT = "Put the file itself there."


@dataclass(frozen=True)
class Listing:
    """What there is to read, in the order of the names, and what is not read."""

    found: tuple[Listed, ...]
    refused: tuple[Refusal, ...]


def list_files(path: Path, landing: Path, work: Path, budget: Budget) -> Listing:
    """Everything at a path. `landing` is left out; `work` is an empty folder for what is unpacked."""
    opener = _Opener(work, budget)
    for each in _on_disk(path, landing):
        opener.add(each)
    return Listing(
        tuple(sorted(opener.found, key=lambda each: each.file.split("/"))),
        tuple(sorted(opener.refused, key=lambda each: each.file.split("/"))),
    )


@dataclass
class _Opener:
    """Takes files as they are, archives and workbooks as what is in them."""

    work: Path
    budget: Budget
    found: list[Listed] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    folders: int = 0

    def add(self, each: Listed | Refusal, *, is_packed: bool = False) -> None:
        """Take one file, or what was said of it."""
        if isinstance(each, Refusal):
            self.refused.append(each)
            return
        ending = each.file.lower()
        if ending.endswith(WORKBOOKS):
            self._open_book(each)
        elif ending.endswith(ARCHIVES):
            self._open_archive(each, is_packed)
        elif other := next((told for known, told in _NOT_READ.items() if ending.endswith(known)), None):
            real = other_than_text(each.path) if ending.endswith(".xls") else None
            self._refuse(each, real.reason if real else f"it {other[0]}", real.hint if real else other[1])
        else:
            self.found.append(each)

    def _open_book(self, each: Listed) -> None:
        if other := other_than_zip(each.path, "an XLSX workbook"):
            self._refuse(each, other.reason, other.hint)
            return
        sheets, refused = take_sheets(each, self._folder(), self.budget)
        self.found += sheets
        self.refused += refused

    def _open_archive(self, each: Listed, is_packed: bool) -> None:
        if is_packed:
            self._refuse(each, "it is an archive in an archive", "Unpack it, or pack its files into the outer one.")
        elif other := other_than_zip(each.path, "a ZIP archive"):
            self._refuse(each, other.reason, other.hint)
        elif is_workbook(each.path):
            self._refuse(each, "it is an XLSX workbook", "Name it .xlsx.")
        else:
            found, refused = unpack(each, self._folder(), self.budget)
            inside: list[Listed | Refusal] = [*found, *refused]
            for one in inside:
                self.add(one, is_packed=True)

    def _folder(self) -> Path:
        folder = self.work / f"unpacked_{self.folders}"
        self.folders += 1
        folder.mkdir()
        return folder

    def _refuse(self, each: Listed, told: str, hint: str) -> None:
        self.refused.append(Refusal(each.path, each.file, f"It was not read: {told}.", hint))


def _on_disk(path: Path, landing: Path) -> Iterator[Listed | Refusal]:
    if path.is_dir():
        root = Path(os.path.realpath(path))
        yield from _below(path, root, Path(os.path.realpath(landing)))
    else:
        yield _judged(path, path.name, path.stat().st_mode)


def _below(path: Path, root: Path, landing: Path) -> Iterator[Listed | Refusal]:
    """The files below a folder, without recursion: folders may be deeper than Python's stack."""
    open_folders = [""]
    while open_folders:
        folder = open_folders.pop()
        try:
            with os.scandir(path / folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as problem:
            told = f"The folder cannot be opened ({problem.strerror}); nothing in it was read."
            yield Refusal(path, shown(folder or path.name), told, "Let the user that runs Relevo read it.")
            continue
        for entry in listed:
            file = f"{folder}/{entry.name}" if folder else entry.name
            if is_hidden(entry.name) or entry.name == FILE_NAME:
                continue
            if not entry.is_dir(follow_symlinks=False):
                found = _one(Path(entry.path), file, root, landing)
                if found:
                    yield found
            elif problem_of := _folder_problem(file):
                yield Refusal(path, shown(file), f"Nothing in the folder was read: {problem_of}.", NAME_HINT)
            else:
                open_folders.append(file)


def _folder_problem(file: str) -> str:
    return name_problem(file) or (f"it lies deeper than {DEEPEST} folders" if file.count("/") >= DEEPEST else "")


def _one(path: Path, file: str, root: Path, landing: Path) -> Listed | Refusal | None:
    """What one entry of a folder is; None for what lies elsewhere in it, and for the landing itself."""
    real = Path(os.path.realpath(path))
    if real.is_relative_to(landing):
        return None
    try:
        mode = path.stat().st_mode
    except OSError as problem:
        return Refusal(path, shown(file), f"It cannot be read ({problem.strerror}).", _COPY_HINT)
    if path.is_symlink():
        if not real.is_relative_to(root):
            return Refusal(
                path, shown(file), "It is a link that leads out of the folder; it was not followed.", _COPY_HINT
            )
        if stat.S_ISDIR(mode):
            return None
    return _judged(path, file, mode)


def _judged(path: Path, file: str, mode: int) -> Listed | Refusal:
    if not stat.S_ISREG(mode):
        told = "It is a pipe, a socket or a device, not a file; it was not read."
        return Refusal(path, shown(file), told, _COPY_HINT)
    if problem := name_problem(file):
        return Refusal(path, shown(file), f"It was not read: {problem}.", NAME_HINT)
    return Listed(path, file)
