"""A small company served by a process of its own, and a real Chromium in which its people have signed in."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.answers import company

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROOT = Path(__file__).parents[2]
SERVE = """
import sys
from pathlib import Path
from relevo.base.config import Home
from relevo.jobs.serving import serve
serve(Home(Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))
"""
# An upload of which one file asks, as the job leaves it.
UPLOAD = """
import sys
from pathlib import Path
from relevo.base.config import Home
from relevo.desk.ready import prepare
home = Home(Path(sys.argv[1]))
prepare(home)
from relevo.jobs.incoming import open_incoming
from relevo.jobs.uploads import bring, load_uploads
incoming = open_incoming(home)
for file in sorted(Path(sys.argv[2]).iterdir()):
    incoming.begin(file.name)
    incoming.write(file.read_bytes())
    incoming.end()
bring(home, incoming, [], "mia")
load_uploads(home, {})
"""
BROUGHT = {
    "deals-2026-05-12.csv": (
        "Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Create Date,Amount,Deal owner,Associated Company IDs\n"
        "1,Acme 2026,Closed Won,Sales Pipeline,03/04/2026,01/02/2026,1.250,Ana,77\n"
    ),
    "holidays.csv": "Day,Name\n2026-01-01,New Year\n",
    "notes.pdf": "%PDF",
}
LINK = """
import sys
from pathlib import Path
from relevo.base.config import Home
from relevo.desk.ready import prepare
home = Home(Path(sys.argv[1]))
prepare(home)
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.jobs.clock import now
from relevo.jobs.desk import sign_in_path
name, role = sys.argv[2:]
ensure_member(NewMember(name, name + "@norte.example", role), "operator", now())
print(sign_in_path(home, name))
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser, and is skipped where there is none."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if not CHROMIUM.exists():
            item.add_marker(pytest.mark.skip(reason="there is no /usr/bin/chromium: apt-get install chromium"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small company's home, of this run of browsers alone: they write to its Desk."""
    folder = tmp_path_factory.mktemp("browser")
    home = Path(shutil.copytree(company.home().path, folder / "home"))
    (folder / "brought").mkdir()
    for name, text in BROUGHT.items():
        (folder / "brought" / name).write_text(text, "utf-8")
    command = [sys.executable, "-c", UPLOAD, str(home), str(folder / "brought")]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return home


@pytest.fixture(scope="session")
def address(home: Path) -> Iterator[str]:
    """Where the small company is served by a process of its own."""
    with served(home) as address:
        yield address


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address at which a process of its own serves a home."""
    port = unused_port()
    log = (home.parent / "log.txt").open("wb")
    command = [sys.executable, "-c", SERVE, str(home), str(port)]
    with log, subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{address} did not answer within {seconds} s")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="session")
def link(home: Path, address: str) -> Callable[[str, str], str]:
    """The address of a link that signs somebody of the small company in, in a role."""
    return lambda name, role: link_into(home, address, name, role)


def link_into(home: Path, address: str, name: str, role: str) -> str:
    """The address of a link that signs somebody in to a home that is served there."""
    command = [sys.executable, "-c", LINK, str(home), name, role]
    return address + subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip()


@pytest.fixture(scope="session")
def session(browser: Any, address: str, link: Callable[[str, str], str]) -> Any:
    """What the owner's browser keeps after signing in by a link."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link("mia", "owner"))
    assert page.url == f"{address}/"
    state = context.storage_state()
    context.close()
    return state


def listen(page: Any, address: str) -> list[str]:
    """Everything a page complains of, and every request that leaves its host."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(address) else heard.append(f"asked {r.url}"))
    return heard
