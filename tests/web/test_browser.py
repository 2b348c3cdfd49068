"""Pages in a real browser: no error, no breach of the policy, no request to another host, nothing cut off.

Set RELEVO_SCREENSHOTS=DIR to keep pictures of every page, light, dark and narrow.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
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
PAGES = {
    "today": "/",
    "money": "/money",
    "customers": "/customers",
    "customer": "/customers/C00",
    "data": "/data",
    "definitions": "/definitions",
    "rows": "/rows/mrr",
}
LOOKS = (("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no /usr/bin/chromium: apt-get install chromium"),
]

SERVE = """
import sys
from pathlib import Path
from relevo.base.config import Home
from relevo.jobs.serving import serve
serve(Home(Path(sys.argv[1])), "127.0.0.1", int(sys.argv[2]))
"""
LINK = """
import sys
from pathlib import Path
from relevo.base.config import Home
from relevo.jobs.desk import add_owner, sign_in_path
home = Home(Path(sys.argv[1]))
add_owner(home, "ines@norte.example")
print(sign_in_path(home, "ines@norte.example"))
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, unused_port: int) -> Iterator[str]:
    """Where the small company is served by a process of its own."""
    home = company.home().path
    log = (tmp_path_factory.mktemp("served") / "log.txt").open("wb")
    command = [sys.executable, "-c", SERVE, str(home), str(unused_port)]
    with log, subprocess.Popen(command, stdout=log, stderr=log, cwd=Path(__file__).parents[2]) as process:
        try:
            wait_for(f"http://127.0.0.1:{unused_port}/healthz")
            yield f"http://127.0.0.1:{unused_port}"
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def unused_port() -> int:
    import socket

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


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def session(browser: Any, address: str) -> Any:
    """What a browser keeps after it signed in by a link."""
    command = [sys.executable, "-c", LINK, str(company.home().path)]
    made = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + made.stdout.strip())
    assert page.url == f"{address}/"
    state = context.storage_state()
    context.close()
    return state


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_are_calm_in_every_look(browser: Any, address: str, session: Any, scheme: str, width: int) -> None:
    context = browser.new_context(storage_state=session, color_scheme=scheme, viewport={"width": width, "height": 1000})
    page = context.new_page()
    complaints = listen(page, address)
    for name, path in PAGES.items():
        page.goto(address + path)
        keep_picture(page, f"{name}-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
        assert complaints == []
    context.close()


def listen(page: Any, address: str) -> list[str]:
    """Everything a page complains of, and every request that leaves its host."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(address) else heard.append(f"asked {r.url}"))
    return heard


def keep_picture(page: Any, name: str) -> None:
    folder = os.environ.get("RELEVO_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_parts_come_without_leaving_the_page(browser: Any, address: str, session: Any) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    complaints = listen(page, address)
    page.goto(f"{address}/money")
    page.click("#slices nav a:has-text('Plan')")
    expect(page.locator("#slices thead th").first).to_have_text("Plan")
    assert page.url.startswith(f"{address}/money?by=plan")
    page.goto(f"{address}/customers")
    page.keyboard.press("/")
    page.keyboard.type("customer 07")
    expect(page.locator("#found tbody tr")).to_have_count(1)
    assert "q=customer" in page.url
    assert complaints == []
    context.close()


def test_the_keyboard_reaches_the_content_first(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{address}/definitions")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    context.close()


def test_text_stands_out_from_its_ground(browser: Any, address: str, session: Any) -> None:
    """Contrast of small text is at least 4.5 to 1 in both themes (WCAG 2.2 AA)."""
    for scheme in ("light", "dark"):
        context = browser.new_context(storage_state=session, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"{address}/money")
        for name, ratio in page.evaluate(CONTRASTS).items():
            assert ratio >= 4.5, f"{name} on paper in {scheme}: {ratio:.2f}"
        context.close()


CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.className = name;
    const colour = getComputedStyle(probe)[name === "paper" ? "backgroundColor" : "color"];
    probe.remove();
    canvas.fillStyle = name === "paper" ? getComputedStyle(document.body).backgroundColor : colour;
    canvas.fillRect(0, 0, 1, 1);
    const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((v) => v / 255);
    const linear = parts.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const paper = light("paper");
  const ratio = (other) => (Math.max(paper, other) + 0.05) / (Math.min(paper, other) + 0.05);
  return Object.fromEntries(["mute", "good", "bad", "warn"].map((name) => [name, ratio(light(name))]));
}"""
