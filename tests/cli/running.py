"""Run `relevo` in this process: what it prints, and its exit code."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from relevo.cli.main import main


@dataclass(frozen=True)
class Ran:
    """One run of the command line."""

    code: int
    out: str
    err: str


class Runner:
    """Runs verbs against one home."""

    def __init__(self, home: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.home = home
        self._capture = capture
        self._patch = patch

    def __call__(self, *arguments: str) -> Ran:
        self._patch.setattr(sys, "argv", ["relevo", "--home", str(self.home), *arguments])
        self._capture.readouterr()
        try:
            main()
            code = 0
        except SystemExit as left:
            code = int(left.code or 0)
        printed = self._capture.readouterr()
        return Ran(code, printed.out, printed.err)
