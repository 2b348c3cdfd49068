"""Where books live: immutable generations, shared parts, and the one pointer that is switched last.

    book/
      CURRENT                 the id of the published book, replaced by rename
      gen-<id>.json           its manifest
      gen-<id>.duckdb         its roll-ups
      parts/<table>-<h>.parquet   canonical rows, named by what they were made from, shared between books
      cache/                  roll-ups under another policy or day, made when first asked
      cache/sql/              SQL that was translated before

A build writes names that no reader knows, renames them when they are whole, and moves CURRENT last. Killed at any
line it leaves the book that was there; the next build removes what was left over.
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from relevo.base.errors import NotReady
from relevo.book.manifest import Manifest

UNFINISHED = ".tmp-"


@dataclass(frozen=True)
class Store:
    """The folder of a home in which its books lie."""

    path: Path

    @property
    def parts(self) -> Path:
        """Shared Parquet files of canonical rows."""
        return self.path / "parts"

    @property
    def cache(self) -> Path:
        """Roll-ups made on demand under another policy or as-of day."""
        return self.path / "cache"

    @property
    def texts(self) -> Path:
        """SQL that was translated before."""
        return self.cache / "sql"

    @property
    def spill(self) -> Path:
        """Where this process puts what exceeds its memory limit while a book answers."""
        return self.cache / f"{UNFINISHED}{os.getpid()}-spill"

    @property
    def trial(self) -> Path:
        """Where this process lets another release work on a copy of the home; a later build removes a dead one's."""
        return self.cache / f"{UNFINISHED}{os.getpid()}-trial"

    def database(self, book_id: str) -> Path:
        """The roll-ups of a book."""
        return self.path / f"gen-{book_id}.duckdb"

    def manifest_file(self, book_id: str) -> Path:
        """The manifest of a book."""
        return self.path / f"gen-{book_id}.json"

    def current(self) -> str | None:
        """The id of the published book; None before the first."""
        pointer = self.path / "CURRENT"
        return pointer.read_text("utf-8").strip() if pointer.exists() else None

    def manifest(self, book_id: str | None = None) -> Manifest:
        """The manifest of a book, the published one by default."""
        wanted = book_id or self.current()
        if wanted is None:
            raise NotReady("No book has been published yet.", "Run `relevo load FOLDER`, then `relevo build`.")
        if not self.manifest_file(wanted).exists():
            raise NotReady(f"There is no book {wanted}.", "`relevo check` lists the books that are kept.")
        return Manifest.from_json(self.manifest_file(wanted).read_text("utf-8"))

    def history(self) -> list[Manifest]:
        """Every kept book, newest first."""
        found = [Manifest.from_json(f.read_text("utf-8")) for f in self.path.glob("gen-*.json")]
        return sorted(found, key=lambda m: m.built_at, reverse=True)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold the store for one build; refuses a second one at the same time and clears a killed one's leftovers."""
        self.parts.mkdir(parents=True, exist_ok=True)
        self.cache.mkdir(exist_ok=True)
        with (self.path / "LOCK").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NotReady("Another build of this home is running.", "Wait until it ends.") from None
            self._sweep()
            yield

    def publish(self, manifest: Manifest, database: Path) -> None:
        """Give a finished book its final names, then switch the pointer to it."""
        settle(database, self.database(manifest.id))
        write_whole(self.manifest_file(manifest.id), manifest.to_json())
        write_whole(self.path / "CURRENT", manifest.id + "\n")

    def prune(self, keep: int) -> None:
        """Keep the newest `keep` books, always the published one; drop parts no kept book needs."""
        books = self.history()
        kept = {m.id for m in books[:keep]} | {self.current()}
        for manifest in books:
            if manifest.id not in kept:
                self.manifest_file(manifest.id).unlink()
        self._drop_databases(m for m in books if m.id in kept)
        wanted = {name for m in books if m.id in kept for name in m.files}
        for part in self.parts.glob("*.parquet"):
            if part.name not in wanted:
                part.unlink()
        for cached in self.cache.glob("*.duckdb"):
            # What another process is still making is left to it.
            if not cached.name.startswith(UNFINISHED) and cached.name.rsplit(".", 2)[0] not in kept:
                cached.unlink()

    def _drop_databases(self, books: Iterable[Manifest]) -> None:
        """Remove the roll-ups that no book has, neither as its own nor as its base."""
        wanted = {self.database(name) for m in books for name in (m.id, m.base) if name}
        for database in self.path.glob("gen-*.duckdb"):
            if database not in wanted:
                database.unlink()

    def _sweep(self) -> None:
        """Remove what a killed build left: unfinished names, and databases without a manifest."""
        for leftover in (*self.path.glob(f"{UNFINISHED}*"), *self.parts.glob(f"{UNFINISHED}*")):
            # A build that was killed while it had more than fits in memory leaves a folder of spilled rows.
            _remove(leftover)
        self._drop_databases(self.history())
        for cached in self.cache.glob(f"{UNFINISHED}*"):
            if not _is_alive(int(cached.name.removeprefix(UNFINISHED).split("-")[0])):
                _remove(cached)


def _remove(leftover: Path) -> None:
    shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def unfinished_cache(file: Path) -> Path:
    """The name under which this thread makes a cached file; it says which process does."""
    return file.with_name(f"{UNFINISHED}{os.getpid()}-{threading.get_ident()}-{file.name}")


def settle(unfinished: Path, final: Path) -> None:
    """Give a finished file its name once its bytes are on the disk, so that a power cut cannot leave it empty."""
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.rename(final)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one, also after a power cut."""
    unfinished = path.with_name(f"{UNFINISHED}{path.name}")
    with unfinished.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
