"""The store: one pointer, generations beside it, parts and caches that only kept books need."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from relevo.base.config import Company
from relevo.base.errors import NotReady
from relevo.base.findings import Finding, Severity
from relevo.book.manifest import Manifest, Step
from relevo.book.policy import Policy
from relevo.book.store import UNFINISHED, Store, unfinished_cache
from tests.making import NOW


def manifest(name: str, minute: int, *parts: str) -> Manifest:
    return Manifest(
        name, NOW + timedelta(minutes=minute), date(2026, 10, 31), None, Company(), Policy(), None,
        {f"table{i}": (p,) for i, p in enumerate(parts)}, {}, (), (),
    )  # fmt: skip


def publish(store: Store, made: Manifest) -> None:
    """Publish a book whose files have no content."""
    store.parts.mkdir(parents=True, exist_ok=True)
    store.cache.mkdir(exist_ok=True)
    for part in made.files:
        (store.parts / part).touch()
    (store.cache / f"{made.id}.at_20250101_abc.duckdb").touch()
    database = store.path / f"{UNFINISHED}{made.id}.duckdb"
    database.touch()
    store.publish(made, database)


def test_before_the_first_book_there_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert (store.current(), store.history()) == (None, [])
    with pytest.raises(NotReady, match="No book has been published yet"):
        store.manifest()


def test_the_pointer_names_the_book_published_last(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish(store, manifest("one", 1, "a.parquet"))
    publish(store, manifest("two", 2, "a.parquet"))
    assert (store.current(), store.manifest().id) == ("two", "two")
    assert store.manifest("one") == manifest("one", 1, "a.parquet")
    assert [m.id for m in store.history()] == ["two", "one"]
    with pytest.raises(NotReady, match="no book three"):
        store.manifest("three")


def test_pruning_keeps_the_newest_and_the_published_one_and_what_they_need(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for minute, part in enumerate(("a", "b", "c", "b")):
        publish(store, manifest(f"m{minute}", minute, "shared.parquet", f"{part}.parquet"))
    (tmp_path / "CURRENT").write_text("m0\n")
    store.prune(2)
    assert [m.id for m in store.history()] == ["m3", "m2", "m0"]
    assert {p.name for p in store.parts.iterdir()} == {f"{p}.parquet" for p in ("shared", "a", "b", "c")}
    assert {c.name.split(".")[0] for c in store.cache.iterdir()} == {"m0", "m2", "m3"}
    (tmp_path / "CURRENT").write_text("m3\n")
    store.prune(1)
    assert {p.name for p in store.parts.iterdir()} == {"shared.parquet", "b.parquet"}
    assert not store.database("m0").exists()


def test_a_build_begins_by_sweeping_what_a_killed_one_left(tmp_path: Path) -> None:
    store = Store(tmp_path)
    publish(store, manifest("good", 1, "a.parquet"))
    left = [
        tmp_path / f"{UNFINISHED}x.duckdb", tmp_path / f"{UNFINISHED}x.duckdb.wal", tmp_path / f"{UNFINISHED}CURRENT",
        store.parts / f"{UNFINISHED}t.parquet", tmp_path / "gen-orphan.duckdb",
    ]  # fmt: skip
    for file in left:
        file.touch()
    with store.building():
        assert [f for f in left if f.exists()] == []
    assert store.database("good").exists()


def test_a_manifest_is_read_as_it_was_written() -> None:
    full = Manifest(
        "id", NOW, date(2026, 10, 31), NOW, Company("Acme", "USD", "Europe/Madrid", 4), Policy(pause="keep"),
        date(2024, 1, 1), {"a": ("a-1.parquet", "a-2.parquet")}, {"a": 3},
        (Finding(Severity.WARNING, "code", "where", "What.", "Do."),), (Step("a", 3, 0.1, reused=True),),
    )  # fmt: skip
    assert Manifest.from_json(full.to_json()) == full
    assert Manifest.from_json(manifest("x", 0).to_json()) == manifest("x", 0)


def test_cached_files_of_living_processes_are_left_to_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    with store.building():
        pass
    gone = subprocess.Popen(["true"])
    gone.wait()
    mine = unfinished_cache(store.cache / "m0.at_20250101_abc.duckdb")
    dead = store.cache / f"{UNFINISHED}{gone.pid}-1-m0.at_20250101_abc.duckdb"
    spilled = store.cache / f"{UNFINISHED}{gone.pid}-spill"
    spilled.mkdir()
    for file in (mine, dead, spilled / "duckdb_temp_storage-0.tmp"):
        file.touch()
    with store.building():
        assert set(store.cache.iterdir()) == {mine}
    store.prune(keep=1)
    assert mine.exists()

    def not_mine(process: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr("os.kill", not_mine)
    with store.building():
        assert mine.exists()
