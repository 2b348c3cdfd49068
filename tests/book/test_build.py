"""Builds: parts are reused, a bad book is not published, one build at a time, and a killed one harms nobody."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from relevo.base.config import Config
from relevo.base.errors import NotReady
from relevo.base.findings import Finding, Severity
from relevo.book.book import Book
from relevo.book.build import BuildReport, Order, build
from relevo.book.landing import Landing
from relevo.book.manifest import Step
from relevo.book.schema import ROLLUPS
from relevo.book.store import UNFINISHED, Store
from relevo.measures.asking import ask
from relevo.sources.load import load_path
from tests.book.building import AS_OF, build_home
from tests.making import NOW, make, span, write_table

ROOT = Path(__file__).parents[2]
KILLS = 10


def load(folder: Path, name: str, rows: list[dict[str, object]], day: int = 1) -> None:
    """Load one file into the home under a folder."""
    write_table(folder / f"raw{day}", name, rows)
    load_path(folder / f"raw{day}", Landing(folder / "home" / "landing"), Config(), NOW.replace(day=day))


def rate(day: int) -> dict[str, object]:
    """A rate of some day, so that one part of the book changes."""
    return {"currency": "USD", "on_date": date(2025, 1, day), "rate": "0.9"}


def built(
    folder: Path, minute: int, *, known_at: datetime | None = None, said: tuple[Finding, ...] = ()
) -> BuildReport:
    home = folder / "home"
    order = Order(AS_OF, NOW.replace(minute=minute), known_at, said=said)
    return build(Landing(home / "landing"), Store(home / "book"), Config(), order, lambda _step: None)


def mrr(folder: Path) -> int:
    """What the published book says."""
    book = Book.open(folder / "home" / "book")
    cents: int = ask(book, "mrr").rows[-1]["mrr_cents"]
    book.close()
    return cents


def test_a_second_build_makes_only_the_parts_that_changed(tmp_path: Path) -> None:
    load(tmp_path, "subscription_span", [span("A", "2025-01-01", None, 100)])
    first = built(tmp_path, 1).manifest
    again = built(tmp_path, 2).manifest
    assert (again.parts, again.lost) == (first.parts, {})
    assert {s.name for s in again.steps if s.reused} >= set(first.parts)
    load(tmp_path, "fx_rate", [rate(1)], day=2)
    third = built(tmp_path, 3).manifest
    assert {name for name in third.parts if third.parts[name] != first.parts[name]} == {"fx_rate"}
    load(tmp_path, "customer_alias", [{"source": "x", "external_id": "y", "customer_id": "A"}], day=3)
    fourth = built(tmp_path, 4).manifest
    assert {name for name in fourth.parts if fourth.parts[name] != third.parts[name]} == {"customer_alias"}
    load(tmp_path, "customer_alias", [{"source": "relevo", "external_id": "A", "customer_id": "B"}], day=4)
    fifth = built(tmp_path, 5).manifest
    changed = {name for name in fifth.parts if fifth.parts[name] != fourth.parts[name]}
    assert changed == {"customer", "subscription_span", "customer_alias"}


def test_rows_that_lost_to_a_newer_version_are_listed_and_their_file_stays(tmp_path: Path) -> None:
    load(tmp_path, "subscription_span", [span(c, "2025-01-01", None, 100) for c in "ABC"])
    first = built(tmp_path, 1).manifest
    load(tmp_path, "subscription_span", [span("A", "2025-01-01", None, 900)], day=2)
    second = built(tmp_path, 2).manifest
    assert set(first.parts["subscription_span"]) < set(second.parts["subscription_span"])
    assert (set(second.lost), second.rows["subscription_span"]) == ({"subscription_span"}, 3)
    assert mrr(tmp_path) == 1100


def test_parts_are_copied_where_the_disk_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_from: Path, _to: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refused)
    load(tmp_path, "subscription_span", [span("A", "2025-01-01", None, 100)])
    assert built(tmp_path, 1).published
    assert mrr(tmp_path) == 100


def test_a_build_tells_its_steps_and_what_it_was_given_to_say(tmp_path: Path) -> None:
    load(tmp_path, "subscription_span", [span("A", "2025-01-01", None, 100)])
    told: list[Step] = []
    said = Finding(Severity.INFO, "desk", "where", "The Desk says so.")
    order = Order(AS_OF, NOW, said=(said,))
    home = tmp_path / "home"
    report = build(Landing(home / "landing"), Store(home / "book"), Config(), order, told.append)
    assert tuple(told) == report.manifest.steps
    assert {"identity", "subscription_span", "run_rate", "customer_trait", "checks"} <= {s.name for s in told}
    assert report.manifest.rows["run_rate"] == 1
    assert said in report.findings


BAD = {
    "span_overlap": ("subscription_span", [span("A", "2025-02-01", None, 100)]),
    "currency_without_rate": ("subscription_span", [span("B", "2025-02-01", None, 100, currency="USD")]),
    "rate_not_positive": ("fx_rate", [{"currency": "USD", "on_date": "2025-01-01", "rate": "0"}]),
}


@pytest.mark.parametrize("code", sorted(BAD))
def test_a_critical_finding_leaves_the_last_good_book(tmp_path: Path, code: str) -> None:
    load(tmp_path, "subscription_span", [span("A", "2025-01-01", None, 100)])
    good = built(tmp_path, 1)
    load(tmp_path, *BAD[code], day=2)
    bad = built(tmp_path, 2)
    assert (good.published, bad.published) == (True, False)
    assert code in {f.code for f in bad.findings if f.severity is Severity.CRITICAL}
    assert Store(tmp_path / "home" / "book").current() == good.manifest.id
    assert mrr(tmp_path) == 100
    assert not list((tmp_path / "home" / "book").glob(f"{UNFINISHED}*"))


def test_no_customer_and_an_unreadable_file_are_not_published(tmp_path: Path) -> None:
    nobody = make(tmp_path / "nobody", {"fx_rate": [rate(1)]})
    assert (nobody.published, [f.code for f in nobody.findings]) == (False, ["no_customer"])
    broken = tmp_path / "broken"
    load(broken, "subscription_span", [span("A", "2025-01-01", None, 100)])
    (broken / "raw2").mkdir()
    (broken / "raw2" / "invoice.parquet").write_bytes(b"this is no parquet")
    load_path(broken / "raw2", Landing(broken / "home" / "landing"), Config(), NOW)
    report = built(broken, 1)
    assert not report.published
    assert report.findings[0].severity is Severity.CRITICAL


def test_what_was_known_then_is_read_again(tmp_path: Path) -> None:
    old, new = "2025-03-01T00:00:00Z", "2025-06-01T00:00:00Z"
    load(tmp_path, "subscription_span", [{**span("A", "2025-01-01", None, 100), "recorded_at": old}])
    load(tmp_path, "subscription_span", [{**span("A", "2025-01-01", None, 900), "recorded_at": new}], day=2)
    now = built(tmp_path, 1)
    assert mrr(tmp_path) == 900
    then = built(tmp_path, 2, known_at=datetime(2025, 4, 1, tzinfo=UTC))
    assert mrr(tmp_path) == 100
    assert now.manifest.parts["subscription_span"] != then.manifest.parts["subscription_span"]


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "book")
    with store.building(), pytest.raises(NotReady, match="Another build"), store.building():
        pass
    with store.building():
        pass


def test_a_build_killed_at_any_moment_leaves_a_whole_book(tmp_path: Path) -> None:
    load(tmp_path, "subscription_span", [span(f"C{n}", "2025-01-01", None, 100) for n in range(20)])
    home = tmp_path / "home"
    assert build_home(home, 0)
    command = [sys.executable, "-m", "tests.book.building", str(home)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as builder:
        whole = _timed(builder, None)
        for kill in range(KILLS):
            load(tmp_path, "fx_rate", [rate(kill + 1)], day=kill + 2)
            _timed(builder, whole * (kill + 0.5) / KILLS)
            assert mrr(tmp_path) == 2000
        assert builder.stdin
        builder.stdin.close()
    assert build_home(home, 59)
    _nothing_is_left_over(home / "book")


def _timed(builder: "subprocess.Popen[str]", kill_after: float | None) -> float:
    """Let the builder build once, killing that build after some seconds; how long it took."""
    assert builder.stdin
    assert builder.stdout
    builder.stdin.write("build\n")
    builder.stdin.flush()
    child, start = os.pidfd_open(int(builder.stdout.readline())), time.perf_counter()
    if kill_after is not None:
        time.sleep(kill_after)
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(child, signal.SIGKILL)
    os.close(child)
    assert builder.stdout.readline() == "ended\n"
    return time.perf_counter() - start


def _nothing_is_left_over(books: Path) -> None:
    store = Store(books)
    assert list(books.rglob(f"{UNFINISHED}*")) == []
    assert store.current() in {m.id for m in store.history()}
    needed = {name for m in store.history() for name in (m.id, m.base) if name}
    assert {f.name for f in books.glob("gen-*.duckdb")} == {f"gen-{name}.duckdb" for name in needed}
    wanted = {part for m in store.history() for part in m.files}
    assert {f.name for f in store.parts.iterdir()} == wanted


def test_readers_never_see_a_half_published_book(tmp_path: Path) -> None:
    load(tmp_path, "subscription_span", [span("A", "2025-01-01", None, 100)])
    home = tmp_path / "home"
    assert build_home(home, 0, keep=2)
    stop, seen, failed = threading.Event(), set[str](), list[BaseException]()
    readers = [threading.Thread(target=_read, args=(home / "book", stop, seen, failed)) for _ in range(3)]
    for reader in readers:
        reader.start()
    for minute in range(1, 4):
        load(tmp_path, "fx_rate", [rate(minute)], day=minute + 1)
        assert build_home(home, minute, keep=2)
    stop.set()
    for reader in readers:
        reader.join()
    assert failed == []
    assert len(seen) > 1
    assert len(Store(home / "book").history()) == 2


def _read(books: Path, stop: threading.Event, seen: set[str], failed: list[BaseException]) -> None:
    """Ask again and again, moving to the next book when there is one."""
    try:
        book = Book.open(books, threads=1)
        while not stop.is_set():
            if Store(books).current() != book.id:
                book.close()
                book = Book.open(books, threads=1)
            seen.add(book.id)
            assert ask(book, "mrr").rows[-1]["mrr_cents"] == 100
            time.sleep(0.05)
            rates = book.run(book.tables.fx_rate.count().as_table()).rows[0][0]
            assert rates == book.manifest.rows["fx_rate"]
        book.close()
    except BaseException as problem:
        failed.append(problem)


def test_a_book_asked_as_of_a_day_is_the_book_built_as_of_it(tmp_path: Path) -> None:
    rows = [
        span("A", "2024-02-10", "2024-09-01", 100, collection="invoice"),
        span("A", "2024-09-20", None, 250, quantity=2),
        span("B", "2024-03-01", "2024-05-15", 300, currency="USD"),
        span("B", "2024-05-15", None, 300, currency="USD", status="past_due"),
    ]  # fmt: skip
    rates = [{**rate(1), "on_date": d, "rate": r} for d, r in (("2024-01-01", "0.9"), ("2024-08-05", "0.8"))]
    tables = {"subscription_span": rows, "fx_rate": rates}
    assert make(tmp_path, tables, "2025-01-31").published
    late = Book.open(tmp_path / "home" / "book")
    for day in (date(2024, 6, 30), date(2024, 9, 10)):
        assert make(tmp_path, {}, str(day)).published
        built_then = Book.open(tmp_path / "home" / "book")
        for name in ROLLUPS:
            at, then = late.at(as_of=day), built_then
            assert sorted(at.run(getattr(at.tables, name)).rows, key=str) == sorted(
                then.run(getattr(then.tables, name)).rows, key=str
            )
        built_then.close()
