"""Disks of a test: a small one of its own where the machine lets us mount it, else a folder with less power."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

SIZE = 96 * 1024 * 1024
BALLAST = "ballast"


@dataclass(frozen=True)
class Disk:
    """A small file system: it can be filled to a number of free bytes, and made read-only."""

    path: Path

    def leave_free(self, free: int) -> None:
        """Fill the disk until only so many bytes are free."""
        stat = os.statvfs(self.path)
        with (self.path / BALLAST).open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(stat.f_bavail * stat.f_frsize - free, 1))

    def empty(self) -> None:
        """Give the space back."""
        (self.path / BALLAST).unlink(missing_ok=True)

    def read_only(self, *, on: bool) -> None:
        """Mount the disk for reading alone, or for writing again."""
        _mount("-o", f"remount,{'ro' if on else 'rw'}", str(self.path))


@contextmanager
def small_disk(path: Path) -> Iterator[Disk]:
    """A disk of its own in memory; skips the test where it may not be mounted."""
    path.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(path))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk can only be mounted by root with the right to mount")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)
