"""Pictures of the demo company's pages for README and docs: `make screenshots`, which needs Chromium.

Each page in light and dark, wide (1440) and narrow (390), as docs/img/<page>-<look>-<width>.png.
"""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from relevo.base.config import Home
from relevo.jobs.demo import OWNER, make_demo

HOME = Path("demo-home")
FOLDER = Path("docs/img")
PAGES = {
    "today": "/",
    "money": "/money",
    "economics": "/money/unit-economics",
    "ahead": "/money/ahead",
    "compare": "/money/reconcile",
    "review": "/review",
    "customers": "/customers",
    "customer": "/customers/{first}",
    "hand-offs": "/hand-offs",
    "fidelity": "/hand-offs/fidelity",
    "promises": "/promises",
    "data": "/data",
    "definitions": "/definitions",
    "settings": "/settings/house",
    "kit": "/kit",
}
# Longer than a window, and worth seeing to their end.
WHOLE = ("today", "money", "economics", "ahead", "customer")
RELEVO = str(Path(sys.executable).with_name("relevo"))
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
PATIENCE_S = 60


@contextmanager
def serving() -> Iterator[str]:
    """The demo home served on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([RELEVO, "--home", str(HOME), "serve", "--port", str(port)])
    try:
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address).close()  # noqa: S310 - an address of this machine
        except urllib.error.URLError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not come up.")


def _first_customer(page: Page, address: str) -> str:
    """The id of the customer that pays most."""
    page.goto(f"{address}/customers?sort=mrr")
    return str(page.locator("tbody th a").first.get_attribute("href")).rpartition("/")[2]


def _keep_pages(page: Page, address: str, look: str, width: int) -> None:
    first = _first_customer(page, address)
    for name, path in PAGES.items():
        page.goto(address + path.format(first=first))
        # A whole page, but not more of a long list than a reader sees at once.
        page.screenshot(path=FOLDER / f"{name}-{look}-{width}.png", full_page=name in WHOLE)


def main() -> None:
    """Make the demo company if it is not there, and take every picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is not installed; on Debian: apt-get install chromium.")
    make_demo(Home(HOME.resolve()), 2000, lambda _name, _rows: None)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as address, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIET)
        link = subprocess.run([RELEVO, "--home", str(HOME), "link", OWNER], capture_output=True, text=True, check=True)
        first = browser.new_context()
        first.new_page().goto(link.stdout.split()[-1])
        session = first.storage_state()
        for look in ("light", "dark"):
            for width in (1440, 390):
                size = {"width": width, "height": 1000 if width > 390 else 844}
                context = browser.new_context(viewport=size, color_scheme=look, storage_state=session)
                _keep_pages(context.new_page(), address, look, width)
        browser.close()


if __name__ == "__main__":
    main()
