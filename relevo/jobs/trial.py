"""What another release would change, seen before it is installed: its program works on a copy of the home.

The copy is a backup that the other release restores, upgrades and builds, as it would later do with the home itself.
It lies in the home's cache while the trial runs, readable by its owner alone, and is removed with it.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from relevo.answers.figures import FigureChange, Figures, FigureState, figures
from relevo.base.config import Home
from relevo.base.errors import DataRefused, NotReady, WrongUse
from relevo.book.landing import Landing
from relevo.book.manifest import Manifest
from relevo.book.store import Store
from relevo.jobs.backup import backup
from relevo.jobs.desk import policy_in_force
from relevo.jobs.opening import operator_reading

# How much of what a program printed is told when it fails.
_LINES = 5


@dataclass(frozen=True)
class ReleasePreview:
    """What another release would change: both releases, the day of the figures, and what becomes of each measure.

    `roll_ups_redefined` says that the code which all measures share differs, so that any figure may.
    """

    now: str
    then: str
    as_of: date
    roll_ups_redefined: bool
    measures: tuple[FigureChange, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether every figure stays as it is."""
        return all(each.state is FigureState.EQUAL for each in self.measures)


def preview_release(home: Home, program: Path, on_step: Callable[[str], None]) -> ReleasePreview:
    """The figures of the home's book by this release and by another one, whose `relevo` is `program`.

    Both take what is loaded, the book's day and the policy in force. NotReady where the book is not of these;
    WrongUse for a program that does not start; DataRefused where it fails. The home stays as it is in any case.
    """
    store = Store(home.books)
    made = store.manifest()
    _check_current(home, made)
    with _folder(store.trial) as folder:
        trial = _Trial(program, folder / "home", on_step)
        backup(home, folder / "home.zip")
        trial.run("restore", str(folder / "home.zip"))
        (folder / "home.zip").unlink()
        trial.run("upgrade")
        trial.run("build", "--as-of", made.as_of.isoformat())
        then = trial.figures()
    now = figures(operator_reading(home), lambda name: on_step(f"this release: {name}"))
    return ReleasePreview(now.release, then.release, made.as_of, now.roll_ups != then.roll_ups, now.changes_to(then))


def _check_current(home: Home, made: Manifest) -> None:
    """Raise where a build would differ from the book for other reasons than the release."""
    late = not made.has_all(Landing(home.landing).loads())
    if made.known_at or late or made.policy != policy_in_force(home, made.as_of):
        raise NotReady(
            "The published book is not of all that is loaded and of the policy in force, so what a release changes "
            "could not be told from the rest.",
            "Build first: relevo build.",
        )


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    shutil.rmtree(path, ignore_errors=True)  # of a dead process that had the number of this one
    path.mkdir(mode=0o700, parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@dataclass(frozen=True)
class _Trial:
    """Another release's program and the copy of the home on which it may work."""

    program: Path
    home: Path
    on_step: Callable[[str], None]

    def run(self, *arguments: str) -> str:
        """What the program prints on stdout."""
        self.on_step(f"the other release: {arguments[0]}")
        command = [str(self.program), "--home", str(self.home), *arguments]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
        except OSError as problem:
            raise WrongUse(
                f"{self.program} does not start: {os.strerror(problem.errno or 0)}.",
                "Name the relevo of another installation, such as /opt/relevo-next/bin/relevo.",
            ) from None
        if ran.returncode:
            raise self._failed(arguments[0], f"ended with exit code {ran.returncode}", ran.stderr)
        return ran.stdout

    def figures(self) -> Figures:
        """All figures of the copy's book."""
        printed = self.run("figures")
        try:
            return Figures.from_json(printed)
        except ValueError as problem:
            raise self._failed("figures", f"printed {problem}", printed) from None

    def _failed(self, verb: str, how: str, printed: str) -> DataRefused:
        last = " / ".join(printed.strip().splitlines()[-_LINES:])
        return DataRefused(
            f"The other release's {verb} {how}: {last or 'it said nothing'}. The home is as it was.",
            f"What it said last tells why; {self.program} --help shows whether that release knows {verb}.",
        )
