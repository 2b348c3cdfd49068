"""A line without an end is refused within bounded memory, however long it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MEGABYTE = 1_000_000


def read(folder: Path, size: int, kind: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.hardening.reading_a_line", str(folder), str(size), kind]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


# A block of four million signs, what it is split into, and the million of them that is kept of a line.
@pytest.mark.parametrize("kind", ["row", "quoted", "header"])
def test_a_line_of_64_megabytes_takes_less_memory_than_it_is_long(tmp_path: Path, kind: str) -> None:
    found = read(tmp_path, 64 * MEGABYTE, kind)
    assert found["grown"] < 48 * MEGABYTE
    assert found["aside"] == (0 if kind == "header" else 1)
    reason = "the header line cannot be read: the row is longer than can be read"
    assert not found["told"] if kind != "header" else reason in found["told"][0]


@pytest.mark.sims
@pytest.mark.parametrize("kind", ["row", "header"])
def test_a_line_of_a_gigabyte_takes_no_more(tmp_path: Path, kind: str) -> None:
    assert read(tmp_path, 1_000 * MEGABYTE, kind)["grown"] < 48 * MEGABYTE
