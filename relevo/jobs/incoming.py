"""Receive files that somebody uploads: into a folder of their own, under safe names, until they are loaded.

Nothing that is received is executed, opened by a name its sender chose, or served back.
"""

import os
import re
import secrets
import shutil
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.jobs.clock import today
from relevo.jobs.desk import config_in_force

INCOMING = ".incoming"
# Workbooks with macros are read where somebody loads them by hand, and not taken from a browser.
TAKEN = (".csv", ".tsv", ".txt", ".parquet", ".zip", ".xlsx")
PACKED = (".gz", ".zst")
_ODD = re.compile(r'[<>:"|?*\\/]')
_LONGEST_NAME, _DEEPEST = 120, 4
# What has to stay free of a disk behind an upload: the landing and the next book want room too.
_SPARE_BYTES = 256 * 1024 * 1024
_MEGABYTE = 1024 * 1024


@dataclass
class Incoming:
    """Files as they come in. Each is written under a number, and gets its name when all are there."""

    folder: Path
    sizes: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    _file: BinaryIO | None = None

    def begin(self, name: str) -> None:
        """Begin a file; `name` is what its sender calls it."""
        handle = os.open(self.folder / str(len(self.names)), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(handle, "wb")
        self.names.append(name)
        self.sizes.append(0)

    def write(self, chunk: bytes) -> None:
        """Add to the file that was begun."""
        if self._file is not None:
            self._file.write(chunk)
            self.sizes[-1] += len(chunk)

    def end(self) -> int:
        """End the file that was begun; its bytes."""
        if self._file is not None:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._file = None
        return self.sizes[-1]

    def drop(self) -> None:
        """Remove everything that came."""
        if self._file is not None:
            self._file.close()
            self._file = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def sort(self, paths: list[str]) -> tuple[list[tuple[str, int]], list[tuple[str, str]]]:
        """Give every file its safe name: those taken with their bytes, and those refused with why (kind or empty).

        `paths` are their places below the folder that was uploaded, in the order of the files; where they do not fit
        the names alone count. Of two files of one name the second goes into a folder with its number.
        """
        given = paths if len(paths) == len(self.names) else self.names
        taken, refused = dict[str, int](), list[tuple[str, str]]()
        for place, (name, size) in enumerate(zip(given, self.sizes, strict=True)):
            safe = safe_path(name)
            why = "" if is_taken(safe) and size else "empty" if is_taken(safe) else "kind"
            if why:
                (self.folder / str(place)).unlink()
                refused.append((safe, why))
                continue
            if safe in taken:
                safe = f"{place + 1}/{PurePosixPath(safe).name}"
            target = self.folder / "files" / safe
            target.parent.mkdir(parents=True, exist_ok=True)
            (self.folder / str(place)).rename(target)
            taken[safe] = size
        return list(taken.items()), refused


def open_incoming(home: Home) -> Incoming:
    """A new folder for what one upload brings."""
    folder = home.uploads / INCOMING / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    return Incoming(folder)


def check_room(home: Home, size: int) -> None:
    """Raise WrongUse for an upload of so many bytes that the house does not allow or the disk cannot hold."""
    limit = upload_limit_mb(home)
    if size > limit * _MEGABYTE:
        raise WrongUse(
            f"The upload is larger than {limit} MB, which the house allows.",
            "Load it on the machine (relevo load FOLDER), or raise the house rule upload_limit_mb.",
        )
    free = shutil.disk_usage(home.path).free
    if size + _SPARE_BYTES > free:
        raise WrongUse(f"The disk has {free // _MEGABYTE} MB left.", "Free space, then upload again.")


def upload_limit_mb(home: Home) -> int:
    """How large one upload may be today, in megabytes."""
    config, _said = config_in_force(home, today(home.config().company.timezone))
    return config.house.upload_limit_mb


def is_taken(name: str) -> bool:
    """Whether files of such a name are read at all."""
    plain = name.lower()
    for ending in PACKED:
        plain = plain.removesuffix(ending)
    return plain.endswith(TAKEN)


def safe_path(name: str) -> str:
    """A name as a path that stays below its folder: no parent, no hidden part, no sign that a system minds."""
    parts = [safe_name(part) for part in re.split(r"[\\/]", name) if part.strip(" .")]
    return "/".join(parts[-_DEEPEST:]) or "file"


def safe_name(name: str) -> str:
    """One part of a path: no control or odd signs, no leading dot, not longer than disks take."""
    shown = "".join(sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign)[0] != "C")
    plain = _ODD.sub("_", shown).strip(" .") or "file"
    stem, dot, ending = plain.partition(".")
    ending = dot + ending if len(ending) <= 16 else ""
    kept = stem if ending or not dot else plain
    room = _LONGEST_NAME - len(ending.encode())
    return kept.encode()[:room].decode(errors="ignore").strip(" .") + ending if kept else "file" + ending
