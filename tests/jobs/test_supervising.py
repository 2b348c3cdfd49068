"""Whoever minds the processes: what it starts where nobody says otherwise, and what ends it."""

import inspect
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from relevo.base.config import Home
from relevo.cli import serving as verbs
from relevo.jobs import serving, supervising

HANGS_UP = "import os, signal; os.kill(os.getppid(), signal.SIGHUP); raise SystemExit(7)"


@pytest.fixture
def signals() -> Iterator[None]:
    """Put back afterwards who is told of which signal."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_as_many_threads_answer_whichever_verb_serves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(os, "execve", lambda _file, words, _environment: became.append(words))
    supervising.become_server(Home(tmp_path), "127.0.0.1", 8000)  # as `relevo demo` does
    assert [int(word) for word in became[0][-2:]] == [serving.WORKERS, serving.THREADS]

    asked = inspect.signature(verbs.serve).parameters
    usual = (serving.USUAL_PORT, serving.WORKERS, serving.THREADS)
    assert tuple(asked[name].default for name in ("port", "workers", "threads")) == usual
    assert inspect.signature(verbs.demo).parameters["port"].default == serving.USUAL_PORT


@pytest.mark.parametrize(("handler", "ended_with"), [(signal.SIG_IGN, 7), (signal.SIG_DFL, 0)])
def test_a_terminal_that_closes_ends_it_unless_that_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signals: None, handler: signal.Handlers, ended_with: int
) -> None:
    """As under nohup. The server that is minded closes the terminal here and then ends by itself, with 7."""
    scripts = {"relevo.jobs.serving": HANGS_UP}
    monkeypatch.setattr(supervising, "_python", lambda name, *_: [sys.executable, "-c", scripts.get(name, "")])
    signal.signal(signal.SIGHUP, handler)
    assert supervising.serve_all(Home(tmp_path), "127.0.0.1", 8000, 1, 1) == ended_with
