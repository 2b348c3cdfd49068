"""Fifty builds that die at random moments: the served book is whole, the old or the new one, and it is told why."""

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from relevo.base.config import Home
from relevo.book import journal
from relevo.book.journal import Ending
from relevo.book.store import Store
from relevo.jobs.doctor import State, examine
from tests.hardening.disks import Disk, small_disk
from tests.hardening.shop import Builder, Shop, builder, served_cents

SEED = 20261121
MB = 1024 * 1024


@dataclass
class Worn:
    """A shop on a small disk, its builder, and what its builds ended with."""

    disk: Disk
    shop: Shop
    builder: Builder
    seconds: float
    random: random.Random
    endings: list[Ending] = field(default_factory=list)


def sigkill(worn: Worn) -> set[Ending]:
    worn.builder.build(kill_after=worn.random.uniform(0, worn.seconds * 1.1))
    return {Ending.KILLED, Ending.PUBLISHED}


def full_disk(worn: Worn) -> set[Ending]:
    worn.disk.leave_free(worn.random.randrange(0, 3 * MB))
    try:
        worn.builder.build()
        return {Ending.DISK_FULL, Ending.PUBLISHED}
    finally:
        worn.disk.empty()


def longest_file(worn: Worn) -> set[Ending]:
    """A limit on the size of files acts as a quota does, in the middle of a file."""
    worn.builder.build(file_size=worn.random.randrange(4096, 3 * MB))
    return {Ending.DISK_FULL, Ending.PUBLISHED}


def read_only(worn: Worn) -> set[Ending]:
    """Nothing can be written down on such a disk; the journal still tells of the build before."""
    before = journal.read(worn.shop.home.books)
    worn.disk.read_only(on=True)
    try:
        code, _ = worn.builder.build()
        assert code == 1
        checks = {check.name: check for check in examine(worn.shop.home)}
        assert checks["writable"].state is State.BAD
        assert "Make the home writable" in checks["writable"].next
    finally:
        worn.disk.read_only(on=False)
    assert before
    return {before.ending}


def little_memory(worn: Worn) -> set[Ending]:
    """A memory limit of DuckDB that no build fits in."""
    worn.shop.settings(f'[house]\nmemory_limit = "{worn.random.randrange(1, 12)}MB"\nthreads = 1\n')
    try:
        worn.builder.build()
        return {Ending.OUT_OF_MEMORY, Ending.PUBLISHED}
    finally:
        worn.shop.settings()


def little_address_space(worn: Worn) -> set[Ending]:
    """The system gives no more memory: an exception or, inside a library, an abort."""
    worn.builder.build(address_space=worn.random.randrange(1, 300) * MB)
    return {Ending.OUT_OF_MEMORY, Ending.KILLED, Ending.PUBLISHED, Ending.FAULT}


DEATHS: tuple[Callable[[Worn], set[Ending]], ...] = (
    *[sigkill] * 20, *[full_disk] * 8, *[longest_file] * 6, *[read_only] * 4, *[little_memory] * 6,
    *[little_address_space] * 6,
)  # fmt: skip


@pytest.fixture(scope="module")
def worn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worn]:
    folder = tmp_path_factory.mktemp("worn")
    with small_disk(folder / "disk") as disk:
        shop = Shop(Home(disk.path / "home"), folder / "raw")
        shop.open()
        with builder(shop.home) as builds:
            code, _ = builds.build()
            assert code == 0
            shop.one_more()
            _, seconds = builds.build()
            yield Worn(disk, shop, builds, seconds, random.Random(SEED))  # noqa: S311


def die(worn: Worn, death: Callable[[Worn], set[Ending]]) -> None:
    """One more customer, a build that dies, and everything that has to hold after it."""
    before, books = worn.shop.cents, worn.shop.home.books
    old = Store(books).current()
    worn.shop.one_more()
    allowed = death(worn)
    last = journal.read(books)
    assert last
    assert last.ending in allowed, last
    worn.endings.append(last.ending)
    new = Store(books).current()
    assert served_cents(worn.shop.home) == (before if new == old else worn.shop.cents)
    if death is not read_only:
        assert_told(worn.shop.home, last)
    code, _ = worn.builder.build()
    assert code == 0
    assert served_cents(worn.shop.home) == worn.shop.cents
    assert_sound(worn.shop.home)


def assert_told(home: Home, last: journal.LastBuild) -> None:
    """The doctor says how the last build ended, and that a book is served."""
    (told,) = [check for check in examine(home) if check.name == "last build"]
    assert (told.state is State.BAD) == last.failed
    if last.failed:
        assert str(last.ending).replace("_", " ") in told.found
        assert "is served" in told.found
        assert told.next


def assert_sound(home: Home) -> None:
    """After a good build nothing is left of the dead one."""
    bad = [check for check in examine(home) if check.state is not State.GOOD and check.name not in ("desk", "space")]
    assert bad == []


@pytest.mark.nightly
def test_fifty_dead_builds_leave_a_whole_book_and_their_reason(worn: Worn) -> None:
    deaths = list(DEATHS)
    worn.random.shuffle(deaths)
    assert len(deaths) == 50
    for death in deaths:
        die(worn, death)
    counted = {ending: worn.endings.count(ending) for ending in Ending if ending in worn.endings}
    sys.stderr.write(f"50 builds ended as {counted}\n")
    assert {Ending.KILLED, Ending.DISK_FULL, Ending.OUT_OF_MEMORY} <= set(worn.endings)


@pytest.mark.parametrize("death", [sigkill, full_disk, read_only], ids=lambda death: death.__name__)
def test_a_dead_build_leaves_a_whole_book_and_its_reason(worn: Worn, death: Callable[[Worn], set[Ending]]) -> None:
    die(worn, death)
