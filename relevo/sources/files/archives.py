"""A ZIP archive, read like a folder: what is in it is unpacked into a folder of the load, each entry or none of it.

Nothing that the archive says is believed: names stay names and lead nowhere, sizes are counted as bytes come out.
"""

import re
import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from relevo.sources.files.limits import LIMITS_HINT, Budget, TooMuch
from relevo.sources.files.names import NAME_HINT, is_hidden, name_problem, path_problem, shown
from relevo.sources.files.opening import open_regular

BROKEN_ZIP = (BadZipFile, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError,
              zlib.error, struct.error)  # fmt: skip
"""What a damaged archive raises when it is read."""
DAMAGED_HINT = "Export or copy it again."
# The list of entries is read at once, and stands at the end of the archive with its length.
_END, _LONG_END, _BYTES_PER_ENTRY = b"PK\x05\x06", b"PK\x06\x07", 1_000
_TAIL, _LOCAL = (1 << 16) + 22, 30
_CHUNK = 1 << 20
_ENDING = re.compile(r"(\.[A-Za-z0-9]{1,8}){1,2}$")


@dataclass(frozen=True)
class Listed:
    """A file to read: where it is, and the name it goes by, with the folders and the archive it lies in."""

    path: Path
    file: str


@dataclass(frozen=True)
class Refusal:
    """A file that is not read: the file or the archive it is in, its name as it can be shown, why, and what to do."""

    path: Path
    file: str
    told: str
    hint: str


def open_archive(path: Path, budget: Budget) -> ZipFile:
    """An archive whose list of entries is not too long to be read. TooMuch where it is; see BROKEN_ZIP too."""
    with open_regular(path) as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _TAIL))
        length = _length_of_list(file.read())
    if length > budget.limits.entries * _BYTES_PER_ENTRY:
        raise TooMuch(f"it has more than {budget.limits.entries} entries")
    archive = ZipFile(path)
    if len(archive.filelist) > budget.limits.entries:
        archive.close()
        raise TooMuch(f"it has more than {budget.limits.entries} entries")
    return archive


def _length_of_list(tail: bytes) -> int:
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        raise BadZipFile("it has no end")
    length = int(struct.unpack_from("<L", tail, at + 12)[0])
    # Where four bytes are too few for the length, it stands in the longer end before this one.
    if at >= 76 and tail[at - 20 : at - 16] == _LONG_END:
        length = max(length if length < 0xFFFFFFFF else 0, int(struct.unpack_from("<Q", tail, at - 36)[0]))
    return length


def unpack(archive: Listed, into: Path, budget: Budget) -> tuple[list[Listed], list[Refusal]]:
    """The files of an archive below `into`, an empty folder, and what is not read of it and why."""
    try:
        with open_archive(archive.path, budget) as opened:
            return _unpack_all(opened, archive, into, budget)
    except TooMuch as problem:
        return [], [Refusal(archive.path, archive.file, f"It was not read: {problem}.", LIMITS_HINT)]
    except BROKEN_ZIP as problem:
        told = f"The file is no ZIP archive, or a damaged one ({shown(str(problem))[:200]}); it was not read."
        return [], [Refusal(archive.path, archive.file, told, DAMAGED_HINT)]


def _unpack_all(opened: ZipFile, archive: Listed, into: Path, budget: Budget) -> tuple[list[Listed], list[Refusal]]:
    found, refused = list[Listed](), list[Refusal]()
    places = dict[str, Path]()
    for place, (entry, name, problem) in enumerate(_judged(opened)):
        file = f"{archive.file}/{shown(name)}"
        told, hint = problem
        if not told:
            target = _place(name, place, into, places)
            told, hint = _unpack_one(opened, entry, target, budget)
        if told:
            refused.append(Refusal(archive.path, file, f"It was not read: {told}.", hint))
        else:
            found.append(Listed(target, file))
    return found, refused


def _judged(opened: ZipFile) -> Iterator[tuple[ZipInfo, str, tuple[str, str]]]:
    """The entries that are files, with their names and why and what to do where one is not read."""
    names = Counter(_name(entry) for entry in opened.filelist)
    shared, told = overlapping(opened.filelist), set[str]()
    for entry in opened.filelist:
        name = _name(entry)
        if name.endswith("/") or is_hidden(name) or name in told:
            continue
        if names[name] > 1:
            told.add(name)
            yield entry, name, (f"the archive has {names[name]} entries of this name", "Pack each file once.")
        else:
            yield entry, name, entry_problem(entry, name, shared)


def _name(entry: ZipInfo) -> str:
    return entry.filename.replace("\\", "/")


def entry_problem(entry: ZipInfo, name: str, shared: set[int]) -> tuple[str, str]:
    """Why an entry is not read, by what the archive says of it, and what to do; empty where it may be."""
    mode = entry.external_attr >> 16
    if problem := path_problem(name) or name_problem(name):
        return problem, NAME_HINT
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return ("it is a link, not a file" if stat.S_ISLNK(mode) else "it is a device, not a file"), "Pack the file."
    if entry.flag_bits & 0x41:
        return "it is protected by a password", "Pack it without a password."
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return f"it is packed in a way that is not read (method {entry.compress_type})", "Pack it as a plain ZIP."
    if entry.header_offset in shared:
        return "it shares its bytes with another entry of the archive", DAMAGED_HINT
    return "", ""


def overlapping(entries: Sequence[ZipInfo]) -> set[int]:
    """Where the entries begin whose bytes reach into the next one: a few bytes would be unpacked many times over."""
    ranked = sorted(entries, key=lambda entry: entry.header_offset)
    found = set[int]()
    for entry, following in pairwise(ranked):
        end = entry.header_offset + _LOCAL + len(entry.filename) + entry.compress_size
        if following.header_offset < end:
            found |= {entry.header_offset, following.header_offset}
    return found


def _place(name: str, number: int, into: Path, places: dict[str, Path]) -> Path:
    """Where an entry is unpacked: beside those of its folder, under a number and with its ending alone."""
    folder = name.rpartition("/")[0]
    if folder not in places:
        places[folder] = into / str(len(places))
        places[folder].mkdir()
    ending = _ENDING.search(name.lower())
    return places[folder] / f"{number}{ending[0] if ending else ''}"


def _unpack_one(opened: ZipFile, entry: ZipInfo, target: Path, budget: Budget) -> tuple[str, str]:
    """Unpack one entry; why that did not work and what to do, with nothing left of it."""
    try:
        with target.open("wb") as out:
            for chunk in entry_bytes(opened, entry, budget):
                out.write(chunk)
    except TooMuch as problem:
        target.unlink()
        return str(problem), LIMITS_HINT
    except BROKEN_ZIP as problem:
        target.unlink(missing_ok=True)
        return f"it is damaged in the archive ({shown(str(problem))[:200]})", DAMAGED_HINT
    return "", ""


def entry_bytes(opened: ZipFile, entry: ZipInfo, budget: Budget) -> Iterator[bytes]:
    """The bytes of an entry, counted as they come. TooMuch, or what BROKEN_ZIP lists."""
    count = 0
    with opened.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            count += len(chunk)
            budget.spend(len(chunk), count, entry.compress_size)
            yield chunk
    if count != entry.file_size:
        raise BadZipFile("it is shorter than the archive says")
