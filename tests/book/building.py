"""Run as a program: for every line it reads, a child process of it builds the book of a home; it prints the child's id.

Everything is imported once, and a child is on its own, so a test can kill a build at any moment.
"""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from relevo.base.config import Config, House
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.policy import Policy
from relevo.book.rollups.all import expressions_sql
from relevo.book.store import Store

AS_OF = date(2026, 10, 31)


def build_home(home: Path, minute: int, keep: int = 3) -> bool:
    """Build once; `minute` gives every build another time."""
    order = Order(AS_OF, datetime(2026, 11, 21, 12, minute, tzinfo=UTC))
    config = Config(house=House(keep_books=keep))
    return build(Landing(home / "landing"), Store(home / "book"), config, order, lambda _step: None).published


def serve(home: Path) -> None:
    """One child per line. The roll-ups are compiled beforehand, so that a build is spent on building."""
    expressions_sql(Policy())
    for minute, _ in enumerate(sys.stdin, 1):
        child = os.fork()
        if child == 0:
            build_home(home, minute)
            os._exit(0)
        print(child, flush=True)  # noqa: T201
        os.waitpid(child, 0)
        print("ended", flush=True)  # noqa: T201


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
