"""The journal of builds: what it keeps, whom it takes for dead, and why a build is said to have ended."""

import errno
import os
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from relevo.base.errors import NotReady
from relevo.book import journal
from relevo.book.journal import Ending, LastBuild
from tests.making import NOW

DAY = date(2026, 10, 31)


def begun() -> LastBuild:
    return journal.begun(NOW, DAY)


def test_there_is_no_journal_before_the_first_build(tmp_path: Path) -> None:
    assert journal.read(tmp_path) is None


def test_a_journal_is_read_as_it_was_written(tmp_path: Path) -> None:
    running = begun().after("identity").after("customer")
    assert (running.step, running.steps, running.failed) == ("customer", 2, False)
    journal.write(tmp_path, running)
    assert journal.read(tmp_path) == running
    published = running.ended(Ending.PUBLISHED, book="one")
    journal.write(tmp_path, published)
    assert journal.read(tmp_path) == published
    assert not published.failed
    assert running.ended(Ending.REFUSED, "x" * 900).told == "x" * 500


def test_a_build_whose_process_is_gone_was_killed(tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    for dead in (replace(begun(), process=gone.pid, process_start="1"), replace(begun(), process_start="1")):
        journal.write(tmp_path, dead)
        found = journal.read(tmp_path)
        assert found
        assert (found.ending, found.failed) == (Ending.KILLED, True)
    elsewhere = replace(begun(), process=gone.pid, host="another machine")
    journal.write(tmp_path, elsewhere)
    assert journal.read(tmp_path) == elsewhere


def test_a_zombie_is_gone_too(tmp_path: Path) -> None:
    child = subprocess.Popen(["true"])
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    journal.write(tmp_path, replace(begun(), process=child.pid, process_start="7"))
    found = journal.read(tmp_path)
    child.wait()
    assert found
    assert found.ending is Ending.KILLED


def test_a_journal_that_was_cut_off_says_nothing(tmp_path: Path) -> None:
    (tmp_path / journal.FILE).write_text('{"began_at"')
    assert journal.read(tmp_path) is None


def test_where_the_disk_takes_no_new_file_the_old_one_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.write(tmp_path, begun().after("a step with a long name"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    ended = begun().ended(Ending.DISK_FULL)
    journal.write(tmp_path, ended)
    assert journal.read(tmp_path) == ended
    with pytest.raises(OSError, match="No such file"):
        journal.write(tmp_path / "nowhere", ended)


@pytest.mark.parametrize(
    ("problem", "ending"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), Ending.DISK_FULL),
        (OSError(errno.EFBIG, "File too large"), Ending.DISK_FULL),
        (duckdb.IOException("IO Error: Could not write: No space left on device"), Ending.DISK_FULL),
        (duckdb.OutOfMemoryException("the limit of max_temp_directory_size"), Ending.DISK_FULL),
        (duckdb.OutOfMemoryException("could not allocate block"), Ending.OUT_OF_MEMORY),
        (MemoryError(), Ending.OUT_OF_MEMORY),
        (OSError(errno.EROFS, "Read-only file system"), Ending.READ_ONLY),
        (PermissionError(errno.EACCES, "Permission denied"), Ending.READ_ONLY),
        (duckdb.IOException("Cannot open file: Permission denied"), Ending.READ_ONLY),
        (duckdb.IOException("disk on fire"), Ending.FAULT),
        (KeyboardInterrupt(), Ending.STOPPED),
        (NotReady("Another build runs."), Ending.WRONG_USE),
        (ValueError("odd"), Ending.FAULT),
    ],
)
def test_a_build_is_said_to_have_ended_for_its_reason(problem: BaseException, ending: Ending) -> None:
    found, told = journal.ending_of(problem)
    assert found is ending
    assert told
