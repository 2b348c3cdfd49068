"""Pages in a real browser: no error, no breach of the policy, no request to another host, nothing cut off.

Set RELEVO_SCREENSHOTS=DIR to keep pictures of every page, light, dark and narrow.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import axe_script, complaints
from tests.browser.conftest import listen
from tests.browser.pages import PAGES

LOOKS = (("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390))
LANGUAGES = ("en", "es", "pt-BR", "zh-Hans")
# An address that is not there is answered with 404, which the browser calls an error of its own.
FORESEEN = "status of 404"
WIDER = """() => [...document.querySelectorAll("main *, .top *, .rail *")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === "hidden"
    && getComputedStyle(e).textOverflow !== "ellipsis" && !e.closest(".hidden") && !e.matches(".hidden"))
  .map((e) => e.outerHTML.slice(0, 120))"""
OVERLAPPING = """() => [...document.querySelectorAll("main :is(td, th)")]
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && !e.closest(".hidden")).map((e) => e.outerHTML.slice(0, 120))"""
CROWDED = """() => [...document.querySelectorAll(".rail .places span")].filter((e) => e.offsetParent)
  .filter((e) => Math.max(e.getBoundingClientRect().width, e.scrollWidth) > e.closest("li").clientWidth + 1)
  .map((e) => e.textContent)"""
SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { sum += e.hadRecentInput ? 0 : e.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""

# A tenth of a second for the closing tags, which may arrive in a packet of their own.
PAINTED_IN_PARTS = """() => performance.getEntriesByType("paint")[0].startTime
  < performance.getEntriesByType("navigation")[0].responseEnd - 100"""


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_are_calm_in_every_look(browser: Any, address: str, session: Any, scheme: str, width: int) -> None:
    context = browser.new_context(storage_state=session, color_scheme=scheme, viewport={"width": width, "height": 1000})
    page = context.new_page()
    said = listen(page, address)
    for name, path in PAGES.items():
        page.goto(address + path)
        keep_picture(page, f"{name}-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width}"
        assert [heard for heard in said if FORESEEN not in heard] == []
    context.close()


def keep_picture(page: Any, name: str) -> None:
    folder = os.environ.get("RELEVO_SCREENSHOTS")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [1440, 390])
def test_no_language_overflows(browser: Any, address: str, session: Any, language: str, width: int) -> None:
    context = browser.new_context(storage_state=session, locale=language, viewport={"width": width, "height": 900})
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(address + path)
        assert page.evaluate("document.documentElement.lang").lower() == language.lower()
        keep_picture(page, f"{name}-{language}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} in {language} is too wide"
        assert page.evaluate(WIDER) == [], f"{name} in {language} cuts off"
        assert page.evaluate(OVERLAPPING) == [], f"{name} in {language} writes over the next cell"
        assert page.evaluate(CROWDED) == [], f"{name} in {language} has no room for its places"
    context.close()


@pytest.fixture
def script() -> Path:
    """axe-core. A clone without npm leaves these tests out; CI does not, for it would prove nothing."""
    found = axe_script()
    if found is None:
        assert not os.environ.get("CI"), "CI needs npm, which fetches axe-core"
        pytest.skip("there is no npm to fetch axe-core with")
    return found


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_axe_finds_nothing(browser: Any, address: str, session: Any, script: Path, scheme: str, width: int) -> None:
    context = browser.new_context(storage_state=session, color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    found = {}
    for name, path in PAGES.items():
        page.goto(address + path)
        found[name] = complaints(page, script)
    context.close()
    assert {name: said for name, said in found.items() if said} == {}


def test_axe_would_find_something(browser: Any, address: str, session: Any, script: Path) -> None:
    """The check can fail: a picture without words is complained of."""
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{address}/definitions")
    page.evaluate(
        "document.querySelector('main').append(Object.assign(new Image(), { src: '/static/relevo/mark.svg' }))"
    )
    assert any("image-alt" in said for said in complaints(page, script))
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_after_paint(browser: Any, address: str, session: Any, width: int) -> None:
    """On a slow line and a slow machine too, where rows of a table arrive one after another."""
    context = browser.new_context(storage_state=session, viewport={"width": width, "height": 900})
    page = context.new_page()
    slow_down(page)
    for name, path in PAGES.items():
        page.goto(address + path)
        assert page.evaluate(SHIFTED) < 0.01, f"{name} moves"
        assert not page.evaluate(PAINTED_IN_PARTS), f"{name} was painted before it was whole"
    context.close()


def slow_down(page: Any) -> None:
    """A line of 40 kB/s and a quarter of the processor: what a fast machine paints whole arrives in parts."""
    tools = page.context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    tools.send("Network.enable")
    line = {"offline": False, "latency": 40, "downloadThroughput": 40_000, "uploadThroughput": -1}
    tools.send("Network.emulateNetworkConditions", line)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light(browser: Any, address: str, session: Any, name: str) -> None:
    """What the browser keeps of a page, its style and scripts: under 150 kB as it travels."""
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    sizes: list[int] = []
    page.on("response", lambda response: sizes.append(int(response.request.sizes()["responseBodySize"])))
    page.goto(address + PAGES[name], wait_until="networkidle")
    assert sum(sizes) < 150_000, f"{name}: {sorted(sizes, reverse=True)[:4]}"
    context.close()
