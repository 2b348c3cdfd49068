"""Run as a program: write a file that is one line of so many bytes, load it, and print how much memory that took.

In a process of its own, whose peak no other test has raised.
"""

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from relevo.base.config import Config
from relevo.book.landing_store import Landing
from relevo.sources.load import load_path

_PART = b"x" * 499_999 + b","


def main(folder: Path, size: int, kind: str) -> None:
    """Load the file twice: once small, so that all is imported, then as large as was asked for."""
    for name, count in (("small", 1), ("large", size // len(_PART))):
        file = folder / name / "customer.csv"
        file.parent.mkdir()
        with file.open("wb") as out:
            out.write(b"customer_id,name\n" if kind != "header" else b"")
            out.write(b'c1,"' if kind == "quoted" else b"")
            for _ in range(count):
                out.write(_PART)
        before = _peak()
        report = load_path(file, Landing(folder / "landing"), Config(), datetime(2026, 1, 1, tzinfo=UTC))
    told = [finding.message for finding in report.findings]
    print(json.dumps({"grown": _peak() - before, "told": told, "aside": report.quarantined}))  # noqa: T201


def _peak() -> int:
    """The most memory that this process has taken so far, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
