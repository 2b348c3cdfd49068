"""Verbs that start the Desk run in processes of their own, as a person runs them."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

RELEVO = [str(Path(sys.executable).with_name("relevo"))]
OWNER = "you@company.example"
PATIENCE_S = 60


def relevo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("RELEVO_HOME", "DJANGO_SETTINGS_MODULE")}
    command = [*RELEVO, "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(home: Path, port: int) -> Iterator[None]:
    command = [*RELEVO, "--home", str(home), "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE_S
        while status(f"http://127.0.0.1:{port}/healthz") == 0:
            assert time.monotonic() < until, "the server did not come up"
            assert server.poll() is None, "the server ended"
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE_S)


def status(address: str) -> int:
    """The HTTP status of a page; 0 where nothing answers."""
    try:
        with urllib.request.urlopen(address) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except urllib.error.URLError:
        return 0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, built_once: Path) -> Path:
    """A home begun with `init`, with the book of the three customers put into it."""
    home = tmp_path_factory.mktemp("served") / "home"
    assert relevo(home, "init", "--currency", "EUR", "--timezone", "UTC", "--owner", OWNER).returncode == 0
    return home


def test_init_writes_settings_and_refuses_a_second_time(home: Path) -> None:
    assert 'currency = "EUR"' in (home / "relevo.toml").read_text()
    again = relevo(home, "init", "--owner", OWNER)
    assert again.returncode == 2
    assert "exists already" in again.stderr


@pytest.mark.parametrize(
    ("option", "value"), [("--currency", "euro"), ("--timezone", "Madrid"), ("--owner", "somebody")]
)
def test_init_refuses_settings_that_make_no_sense(tmp_path: Path, option: str, value: str) -> None:
    arguments = {"--owner": OWNER, option: value}
    ran = relevo(tmp_path / "home", "init", *(word for pair in arguments.items() for word in pair))
    assert ran.returncode == 2
    assert value in ran.stderr


def test_a_link_signs_in_once_and_health_waits_for_a_book(home: Path, built_once: Path) -> None:
    port = free_port()
    with serving(home, port):
        assert status(f"http://127.0.0.1:{port}/healthz") == 503
        shutil.copytree(built_once / "book", home / "book")
        assert status(f"http://127.0.0.1:{port}/healthz") == 200
        address = relevo(home, "link", OWNER).stdout.split()[-1]
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with browser.open(address) as page:
            assert page.status == 200
            assert "/enter/" not in page.url
        assert status(address) == 410


def test_a_link_for_nobody_says_who_is_known(home: Path) -> None:
    ran = relevo(home, "link", "stranger@company.example")
    assert ran.returncode == 2
    assert OWNER in ran.stderr


def test_a_taken_port_is_said_at_once(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = relevo(home, "serve", "--port", str(taken.getsockname()[1]))
    assert ran.returncode == 2
    assert "is taken" in ran.stderr


def test_the_demo_is_made_once_and_never_over_other_data(tmp_path: Path, home: Path) -> None:
    first = relevo(tmp_path / "demo", "demo", "--customers", "60", "--no-serve")
    assert first.returncode == 0, first.stderr
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/enter/\S+", first.stdout.split()[-1])
    current = (tmp_path / "demo" / "book" / "CURRENT").read_text()
    assert relevo(tmp_path / "demo", "demo", "--no-serve").returncode == 0
    assert (tmp_path / "demo" / "book" / "CURRENT").read_text() == current
    refused = relevo(home, "demo", "--no-serve")
    assert refused.returncode == 2
    assert "home of its own" in refused.stderr
