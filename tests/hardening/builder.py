"""Run as a program: for every JSON line it reads, a child process builds the book of a home, on a machine made worse.

A line may hold `address_space`, the bytes of memory the child may still take, and `file_size`, the longest file it may
write. It prints the child's id, then how the child ended. Everything is imported once, so a child only builds.
"""

import json
import os
import resource
import sys
from datetime import date
from pathlib import Path

from relevo.base.config import Home
from relevo.base.errors import RelevoError
from relevo.book.policy import Policy
from relevo.book.rollups.all import expressions_sql
from relevo.jobs.publish import build_book

AS_OF = date(2026, 10, 31)


def build(home: Home, wanted: dict[str, int]) -> int:
    """Build once under the limits that are wanted; 0 if it was published."""
    if "address_space" in wanted:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + wanted["address_space"]
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    if "file_size" in wanted:
        resource.setrlimit(resource.RLIMIT_FSIZE, (wanted["file_size"], wanted["file_size"]))
    try:
        return 0 if build_book(home, lambda _step: None, as_of=AS_OF).published else 4
    except RelevoError as problem:
        sys.stderr.write(f"{problem}\n")
        return problem.exit_code


def serve(home: Home) -> None:
    """One child per line. The roll-ups are compiled beforehand, so that a build is spent on building."""
    expressions_sql(Policy())
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(_guarded(home, json.loads(line)))
        print(child, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)  # noqa: T201


def _guarded(home: Home, wanted: dict[str, int]) -> int:
    """The child's exit code; whatever it dies of is told, and never runs the parent's loop."""
    try:
        return build(home, wanted)
    except BaseException as problem:
        sys.stderr.write(f"{type(problem).__name__}: {problem}\n")
        return 3


if __name__ == "__main__":
    serve(Home(Path(sys.argv[1])))
