"""`relevo backup` and `relevo restore`: a home as one file, taken while it is served, and brought back whole.

The archive is a zip. Its last entry, `backup.json`, names every other one with its size and SHA-256: without it, or
with one hash wrong, nothing is restored. Caches, locks, kept older books and `secret.key` stay behind: the key could
sign in as anybody, and without it people only sign in once more.
"""

import hashlib
import json
import os
import secrets
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from relevo import __version__
from relevo.base.config import Home
from relevo.base.errors import DataRefused, NotReady, WrongUse
from relevo.book.erasing import register_of
from relevo.book.landing import Landing, Load
from relevo.book.store import Store
from relevo.jobs import erasure, formats
from relevo.jobs.clock import now

LIST = "backup.json"
_CHUNK = 1 << 20
_TRIES = 3
_STORED = {".parquet", ".duckdb"}


@dataclass(frozen=True)
class Backup:
    """What an archive holds: when it was taken, by which release, in which format, of which book, and its files."""

    at: datetime
    release: str
    format: int
    book: str | None
    files: dict[str, tuple[int, str]]


def backup(home: Home, target: Path) -> Backup:
    """Write a home into a new archive. The home may be served, loaded into and built meanwhile.

    WrongUse where the file exists or there is no home; NotReady where an erasure waits to be finished or the home
    changes faster than it can be read.
    """
    if target.exists():
        raise WrongUse(f"{target} exists already.", "Choose another name; a backup replaces nothing.")
    found = formats.format_of(home)
    if found is None:
        raise WrongUse(f"There is no home at {home.path}.", "Name one: relevo --home DIR backup FILE.")
    if register_of(Landing(home.landing)).unfinished():
        raise NotReady("An erasure of this home was interrupted.", "Finish it first: relevo erase --resume.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        done = _written(home, draft, found)
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    return done


def restore(archive: Path, home: Home, *, replaced: bool = False) -> tuple[Backup, Path | None]:
    """Bring a home back from an archive; with `replaced` the home that is there is put aside, and its place told.

    Nothing is changed before every byte of the archive was checked. DataRefused for an archive that is damaged or of
    a later release; WrongUse for a home that is not empty unless `replaced`. Erasures of the home that is replaced
    are carried over and done again, so that an old backup brings nobody back.
    """
    occupied = home.path.exists() and any(home.path.iterdir())
    if occupied and not replaced:
        raise WrongUse(
            f"{home.path} is not empty. Nothing was changed.", "Give --replace to put it aside, or another --home."
        )
    found = check(archive)
    home.path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{home.path.name}-", dir=home.path.parent) as folder:
        fresh = Home(Path(folder) / "home")
        _extract(archive, found, fresh.path)
        if found.format == formats.FORMAT:
            formats.mark(fresh)
        if occupied:
            _carry_over(home, fresh)
        aside = _swap(fresh.path, home.path, occupied)
    if formats.format_of(home) == formats.FORMAT:
        erasure.resume(home)
    return found, aside


def check(archive: Path) -> Backup:
    """What an archive holds, every byte of it compared with its list; DataRefused where it is not whole."""
    if not archive.is_file():
        raise WrongUse(f"There is no file {archive}.", "Name an archive that relevo backup wrote.")
    try:
        with zipfile.ZipFile(archive) as packed:
            found = _list(packed, archive)
            for name, (size, digest) in found.files.items():
                if _hash(packed, name) != (size, digest):
                    raise _damaged(archive, f"{name} is not what was written")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, OSError, EOFError) as problem:
        raise _damaged(archive, str(problem)) from None
    if found.format > formats.FORMAT:
        raise DataRefused(
            f"{archive} was written by release {found.release} (format {found.format}). Nothing was changed.",
            "Restore it with that release or a later one.",
        )
    return found


def _damaged(archive: Path, why: str) -> DataRefused:
    return DataRefused(f"{archive} is damaged: {why}. Nothing was changed.", "Use another backup.")


def _written(home: Home, draft: Path, format_: int) -> Backup:
    """Write the archive; once more where a build pruned what was being read."""
    for _ in range(_TRIES):
        try:
            return _write(home, draft, format_)
        except FileNotFoundError:
            draft.unlink(missing_ok=True)
    raise NotReady("The home changed while it was read.", "Take the backup when no build runs.")


def _write(home: Home, draft: Path, format_: int) -> Backup:
    files: dict[str, tuple[int, str]] = {}
    current = Store(home.books).current()
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as out, zipfile.ZipFile(out, "w") as packed:
        if home.desk_database.exists():
            # First: what it lands meanwhile is landed again, which changes nothing; the other way round it is lost.
            files["desk.sqlite3"] = _pack_desk(packed, home.desk_database)
        for file in _files(home, current):
            name = file.relative_to(home.path).as_posix()
            files[name] = _pack(packed, file, name)
        if current:
            files["book/CURRENT"] = _pack_bytes(packed, "book/CURRENT", f"{current}\n".encode())
        _check_landing(Landing(home.landing), files)
        done = Backup(now(), __version__, format_, current, files)
        text = json.dumps({**vars(done), "at": done.at.isoformat()}, indent=1, sort_keys=True)
        packed.writestr(LIST, text)
    return done


def _files(home: Home, book: str | None) -> Iterator[Path]:
    """The files that make a home: settings, log, landing as far as it counts, the book in force, closed months.

    Uploaded files are among them, those that wait to be loaded too.
    """
    yield from (f for f in (home.settings_file, home.audit_log, home.path / formats.FILE) if f.exists())
    landing, store = Landing(home.landing), Store(home.books)
    for load in landing.loads():
        yield landing.manifest(load.id)
        yield from (file for file, _ in _landed(landing, load))
    yield from sorted((home.landing / "erasures").glob("[!.]*"))
    yield from sorted((home.path / "closed").glob("[!.]*"))
    yield from sorted(file for file in home.uploads.rglob("*") if file.is_file() and not file.is_symlink())
    if book:
        manifest = store.manifest_file(book)
        text = manifest.read_text("utf-8")
        yield from (manifest, store.database(book))
        if base := store.manifest(book).base:
            yield store.database(base)
        yield from sorted(part for part in store.parts.glob("*.parquet") if part.name in text)


def _landed(landing: Landing, load: Load) -> Iterator[tuple[Path, str]]:
    """The files of a load, each with the hash its manifest knows."""
    if load.table and load.kept:
        yield landing.rows_file(load), load.rows_sha256
    if load.quarantined:
        yield landing.quarantine_file(load), load.quarantine_sha256


def _check_landing(landing: Landing, files: dict[str, tuple[int, str]]) -> None:
    """Raise where a landed file is not what its manifest says: damaged, or just being rewritten."""
    for load in landing.loads():
        for file, digest in _landed(landing, load):
            name = file.relative_to(landing.path.parent).as_posix()
            if digest and name in files and files[name][1] != digest:
                raise NotReady(f"{name} is not what its manifest says.", "relevo doctor says more. No backup was made.")


def _pack(packed: zipfile.ZipFile, file: Path, name: str) -> tuple[int, str]:
    """Add a file; its size and hash as they went in."""
    kind = zipfile.ZIP_STORED if file.suffix in _STORED else zipfile.ZIP_DEFLATED
    about = zipfile.ZipInfo(name)
    about.compress_type = kind
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as source, packed.open(about, "w", force_zip64=True) as out:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return size, digest.hexdigest()


def _pack_bytes(packed: zipfile.ZipFile, name: str, content: bytes) -> tuple[int, str]:
    packed.writestr(zipfile.ZipInfo(name), content)
    return len(content), hashlib.sha256(content).hexdigest()


def _pack_desk(packed: zipfile.ZipFile, database: Path) -> tuple[int, str]:
    """Add the Desk as SQLite copies it: whole and of one moment, while others write."""
    with TemporaryDirectory(dir=database.parent, prefix=".tmp-backup-") as folder:
        copy = Path(folder) / "desk.sqlite3"
        source = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(copy)) as out:
            source.backup(out)
            out.execute("PRAGMA journal_mode = DELETE")
        return _pack(packed, copy, "desk.sqlite3")


def _list(packed: zipfile.ZipFile, archive: Path) -> Backup:
    raw = json.loads(packed.read(LIST))
    files = {str(name): (int(size), str(digest)) for name, (size, digest) in raw["files"].items()}
    for name in files:
        parts = PurePosixPath(name).parts
        if PurePosixPath(name).is_absolute() or ".." in parts or name != PurePosixPath(name).as_posix():
            raise _damaged(archive, f"it names a file outside a home, {name!r}")
    return replace(Backup(**{**raw, "files": files}), at=datetime.fromisoformat(raw["at"]))


def _hash(packed: zipfile.ZipFile, name: str) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with packed.open(name) as source:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _extract(archive: Path, found: Backup, folder: Path) -> None:
    folder.mkdir()
    with zipfile.ZipFile(archive) as packed:
        for name in found.files:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with packed.open(name) as source, target.open("wb") as out:
                while chunk := source.read(_CHUNK):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())


def _carry_over(old: Home, fresh: Home) -> None:
    """Take the secret key and the erasures of the home that is replaced into the fresh one; those are then undone."""
    key = old.path / "secret.key"
    if key.exists():
        (fresh.path / "secret.key").write_bytes(key.read_bytes())
        (fresh.path / "secret.key").chmod(0o600)
    there, here = register_of(Landing(old.landing)), register_of(Landing(fresh.landing))
    known = {each.id for each in here.all()}
    missing = [each for each in there.all() if each.id not in known]
    if not missing:
        return
    if known and here.salt != there.salt:
        raise WrongUse(
            "The archive is of another home than the one it would replace.", "Restore it into a home of its own."
        )
    here.path.mkdir(parents=True, exist_ok=True)
    (here.path / "salt").write_text(there.salt, "ascii")
    for each in missing:
        here.keep(replace(each, done=False, changes=()))


def _swap(fresh: Path, place: Path, occupied: bool) -> Path | None:
    """Put a folder where the home is to be; where the old one was put, if there was one."""
    if not occupied:
        place.mkdir(exist_ok=True)
        for each in fresh.iterdir():
            each.rename(place / each.name)
        return None
    aside = place.with_name(f"{place.name}.replaced-{now():%Y%m%dT%H%M%SZ}")
    place.rename(aside)
    fresh.rename(place)
    return aside
