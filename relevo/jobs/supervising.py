"""`relevo serve` as processes: the web server and the worker, started together, minded, and stopped together.

The parent does nothing but mind: it opens no book and no database, so what it starts shares neither.
Run as `python -m relevo.jobs.supervising HOME HOST PORT WORKERS THREADS`.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

from relevo.base.config import Home

# What answers where nobody says otherwise; each process more takes the memory of a book that is open.
WORKERS = 1
THREADS = 3
USUAL_PORT = 8000
# What a stopped process may take to end before it is killed: as long as gunicorn gives its requests.
PATIENCE_S = 30.0
LONGEST_PAUSE_S = 60.0
LOOK_S = 0.2
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


@dataclass
class Pause:
    """How long to wait before a process that died is started again: twice as long each time, up to a minute.

    A process that lived for longer than the longest pause begins anew.
    """

    seconds: float = 0.0

    def after(self, lived_s: float) -> float:
        """The pause after a process that lived for so long."""
        worse = min(max(self.seconds * 2, 1.0), LONGEST_PAUSE_S)
        self.seconds = 1.0 if lived_s > LONGEST_PAUSE_S else worse
        return self.seconds


@dataclass
class Child:
    """One process that is minded."""

    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    born_at: float = 0.0
    due_at: float = 0.0
    pause: Pause = field(default_factory=Pause)

    def start(self, clock: Callable[[], float]) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches the parent alone, which stops all in order."""
        self.process = subprocess.Popen(self.command, env=_environment(), start_new_session=True)  # noqa: S603
        self.born_at = clock()

    def look(self, clock: Callable[[], float]) -> None:
        """Start it again, after a pause, where it died."""
        if self.process is not None and self.process.poll() is not None:
            wait = self.pause.after(clock() - self.born_at)
            _say(f"The worker ended with {self.process.returncode}; it starts again in {wait:.0f} s.")
            self.process, self.due_at = None, clock() + wait
        if self.process is None and clock() >= self.due_at:
            self.start(clock)


def serve_all(home: Home, host: str, port: int, workers: int, threads: int) -> int:
    """Run the web server and a worker until stopped; the exit code: of the web server where that ended by itself."""
    web = Child(_python("relevo.jobs.serving", str(home.path), host, str(port), str(workers), str(threads)))
    worker = Child(_python("relevo.jobs.worker", str(home.path)))
    stopped = _Stop()
    web.start(time.monotonic)
    try:
        while not stopped.asked and web.process is not None and web.process.poll() is None:
            worker.look(time.monotonic)
            time.sleep(LOOK_S)
    finally:
        _end(worker, web)
    return 0 if stopped.asked or web.process is None else web.process.returncode


def become_server(home: Home, host: str, port: int, workers: int = WORKERS, threads: int = THREADS) -> NoReturn:
    """Turn this process into the one that minds both: what it did before, and the memory that took, is gone."""
    sys.stdout.flush()
    sys.stderr.flush()
    arguments = (str(home.path), host, str(port), str(workers), str(threads))
    os.execve(sys.executable, _python("relevo.jobs.supervising", *arguments), _environment())  # noqa: S606


def end_with_parent() -> None:
    """Let the kernel end this process when the one that minds it dies, however that dies; only Linux can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)


class _Stop:
    """Whether somebody asked to stop: Ctrl-C, SIGTERM, or a terminal that was closed.

    What whoever started this has it ignore stays ignored, as a closed terminal under nohup.
    """

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _end(*children: Child) -> None:
    """Ask all to end, then wait for each; who does not is killed."""
    living = [each.process for each in children if each.process is not None and each.process.poll() is None]
    for process in living:
        process.terminate()
    until = time.monotonic() + PATIENCE_S
    for process in living:
        try:
            process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", module, *arguments]


def _environment() -> dict[str, str]:
    """The environment of this process, in which the same Relevo is found wherever it is started."""
    root = str(Path(__file__).parents[2])
    rest = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, rest] if rest else [root])}


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(serve_all(Home(Path(sys.argv[1])), sys.argv[2], *(int(word) for word in sys.argv[3:])))
