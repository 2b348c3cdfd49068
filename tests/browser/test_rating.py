"""A rating link in a real browser: opening it never votes, moving on it or pressing does, and everybody can read it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import axe_script, complaints
from tests.browser.conftest import ROOT, listen

PHONE = {"width": 390, "height": 844}
DESK_BEGIN = """
import json, sys
from pathlib import Path
from relevo.base.config import Home
from relevo.desk.ready import prepare
home = Home(Path(sys.argv[1]))
prepare(home)
"""
# Made by the process that holds the Desk of the served home; links are told as paths.
INVITE = (
    DESK_BEGIN
    + """
from relevo.desk.voices.actions import NewInvitation, invite
from relevo.desk.voices.addresses import paths_of
from relevo.desk.voices.asking import AskingRules
from relevo.jobs.clock import now
print(json.dumps(dict(paths_of(invite(NewInvitation(sys.argv[2], language="es"), AskingRules(), "help", now()).id))))
"""
)
VOTES = (
    DESK_BEGIN
    + """
from relevo.desk.voices.models import Vote
rows = Vote.objects.filter(invitation__conversation_id=sys.argv[2], withdrawn_at__isnull=True)
print(json.dumps(list(rows.values_list("answer", "how", "reason", "comment"))))
"""
)


def told(program: str, home: Path, conversation: str) -> Any:
    command = [sys.executable, "-c", program, str(home), conversation]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)


@pytest.fixture(scope="module")
def person(chromium: Callable[..., Any]) -> Iterator[Any]:
    """A browser that does not say it is steered, as that of a person."""
    running = chromium("--disable-blink-features=AutomationControlled")
    yield running
    running.close()


def move(page: Any) -> None:
    page.clock.fast_forward(3_000)
    for place in range(5):
        page.mouse.move(20 + 9 * place, 30 + 7 * place)


def test_opening_is_no_vote_moving_is_one_and_a_press_adds_words(person: Any, address: str, home: Path) -> None:
    from playwright.sync_api import expect

    links = told(INVITE, home, "browser-1")
    context = person.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    page, script = context.new_page(), axe_script()
    page.clock.install()
    said = listen(page, address)
    page.goto(address + links["not_good"])
    expect(page.locator("input[value=not_good]")).to_be_checked()
    assert page.locator("html").get_attribute("lang") == "es"
    page.clock.fast_forward(60_000)  # time alone is no sign
    assert told(VOTES, home, "browser-1") == []
    move(page)
    expect(page.locator("[data-kept]")).to_be_visible()
    assert told(VOTES, home, "browser-1") == [["not_good", "moved", "", ""]]
    assert script is None or complaints(page, script) == []
    page.locator("select[name=reason]").select_option("time")
    page.fill("textarea", "Two days")
    page.locator("form#rating button").last.click()
    page.wait_for_url(lambda url: "a=" not in url)
    assert told(VOTES, home, "browser-1") == [["not_good", "pressed", "time", "Two days"]]
    page.goto(address + links["great"])
    move(page)
    expect(page.locator("[data-press]")).to_be_visible()
    assert told(VOTES, home, "browser-1")[0][0] == "not_good"
    assert said == []
    context.close()


def test_a_browser_that_says_it_is_steered_does_not_vote(person: Any, address: str, home: Path) -> None:
    links = told(INVITE, home, "browser-2")
    context = person.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'webdriver', {get: () => true})")
    page = context.new_page()
    page.clock.install()
    for link in links.values():
        page.goto(address + link)
        move(page)
        page.mouse.wheel(0, 300)
    assert told(VOTES, home, "browser-2") == []
    context.close()


def test_without_a_script_one_press_votes(person: Any, address: str, home: Path) -> None:
    links = told(INVITE, home, "browser-3")
    context = person.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(address + links["great"])
    assert told(VOTES, home, "browser-3") == []
    page.locator("form#rating button.main").click()
    assert told(VOTES, home, "browser-3") == [["great", "pressed", "", ""]]
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_read_on_a_phone_by_everybody(person: Any, address: str, home: Path, scheme: str) -> None:
    links = told(INVITE, home, f"browser-{scheme}")
    context = person.new_context(viewport=PHONE, color_scheme=scheme)
    page, script = context.new_page(), axe_script()
    for name, where in (("rating", links["okay"]), ("rating-void", "/r/never-made")):
        page.goto(address + where)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert script is None or complaints(page, script) == []
        if folder := os.environ.get("RELEVO_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)
    context.close()
