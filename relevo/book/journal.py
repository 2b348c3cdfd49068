"""The journal of the last build: one small file that says how far it came, how it ended, and why.

It is written when a build begins, after each step and at the end. A build that was killed cannot write its end; it is
recognised because its process is gone. Where the disk takes no new file, the old text is overwritten in place.
"""

import errno
import json
import os
import socket
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

import duckdb

from relevo.base.errors import RelevoError

FILE = "last-build.json"
_DRAFT = ".tmp-last-build"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_WORDS_OF_FULL = ("No space left", "Disk quota exceeded", "File too large", "max_temp_directory_size")


class Ending(StrEnum):
    """How a build ended; `running` while it has not."""

    RUNNING = "running"
    PUBLISHED = "published"
    REFUSED = "refused"
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    OUT_OF_MEMORY = "out_of_memory"
    KILLED = "killed"
    STOPPED = "stopped"
    WRONG_USE = "wrong_use"
    FAULT = "fault"


@dataclass(frozen=True)
class LastBuild:
    """The last build of a home.

    `step` is the last step that ended, empty before the first; `steps` counts them. `book` is what it published,
    `told` the reason in the words of whoever raised it. `process`, `process_start` and `host` say who builds.
    """

    began_at: datetime
    as_of: date
    process: int
    process_start: str
    host: str
    ending: Ending = Ending.RUNNING
    step: str = ""
    steps: int = 0
    book: str | None = None
    told: str = ""

    @property
    def failed(self) -> bool:
        """Whether it ended without a book."""
        return self.ending not in (Ending.RUNNING, Ending.PUBLISHED)

    def after(self, step: str) -> "LastBuild":
        """The same build, one step further."""
        return replace(self, step=step, steps=self.steps + 1)

    def ended(self, ending: Ending, told: str = "", book: str | None = None) -> "LastBuild":
        """The same build at its end."""
        return replace(self, ending=ending, told=told[:500], book=book)


def begun(now: datetime, as_of: date) -> LastBuild:
    """A build that this process begins."""
    return LastBuild(now, as_of, os.getpid(), _start_of(os.getpid()), socket.gethostname())


def write(books: Path, build: LastBuild) -> None:
    """Put the journal beside the books; OSError where the disk takes not even the few bytes of the old file."""
    text = json.dumps(asdict(build), default=str, ensure_ascii=False, indent=1) + "\n"
    draft, final = books / _DRAFT, books / FILE
    try:
        draft.write_text(text, "utf-8")
        draft.replace(final)
    except OSError:
        _overwrite(final, text)


def read(books: Path) -> LastBuild | None:
    """The last build as it can be told now: one that runs no more without having said so was killed.

    None where no build was begun yet, or where the disk was too full to write down that one was.
    """
    try:
        raw = json.loads((books / FILE).read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    found = LastBuild(
        **{
            **raw,
            "began_at": datetime.fromisoformat(raw["began_at"]),
            "as_of": date.fromisoformat(raw["as_of"]),
            "ending": Ending(raw["ending"]),
        }
    )
    if found.ending is Ending.RUNNING and _is_gone(found):
        return found.ended(Ending.KILLED)
    return found


def ending_of(problem: BaseException) -> tuple[Ending, str]:
    """Why a build died, from what was raised: the kind, and the words."""
    told = " ".join(str(problem).split()) or type(problem).__name__
    if isinstance(problem, RelevoError):
        return Ending.WRONG_USE, told
    if isinstance(problem, KeyboardInterrupt | SystemExit):
        return Ending.STOPPED, told
    if (isinstance(problem, OSError) and problem.errno in _FULL) or any(word in told for word in _WORDS_OF_FULL):
        return Ending.DISK_FULL, told
    if isinstance(problem, MemoryError | duckdb.OutOfMemoryException):
        return Ending.OUT_OF_MEMORY, told
    if isinstance(problem, OSError) and problem.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Ending.READ_ONLY, told
    if isinstance(problem, duckdb.Error) and ("Read-only file system" in told or "Permission denied" in told):
        return Ending.READ_ONLY, told
    return Ending.FAULT, f"{type(problem).__name__}: {told}"


def _overwrite(final: Path, text: str) -> None:
    """Write over the old journal where there is room for nothing new: its blocks are there already."""
    with final.open("r+", encoding="utf-8") as file:
        file.write(text)
        file.truncate()


def _is_gone(build: LastBuild) -> bool:
    """Whether the process that builds has ended; one of another machine is believed to live."""
    return build.host == socket.gethostname() and _start_of(build.process) != build.process_start


def _start_of(process: int) -> str:
    """When a process began, in the kernel's ticks, which tells it from a later one of the same number; '' if gone."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    return "" if fields[0] == "Z" else fields[19]
