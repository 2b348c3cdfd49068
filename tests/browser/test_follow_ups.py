"""What became of a hand-off, in a real browser: followed up on a phone on the same page, and without a script."""

import os
from pathlib import Path
from typing import Any

import pytest

from tests.browser.axe import axe_script, complaints
from tests.browser.conftest import listen
from tests.browser.test_handoffs import PHONE, drafted

TEXTS = {
    "needs": "- must: Two warehouses\n- nice: SSO by 2026-06-30",
    "wanted_solution": "Plans without a network connection",
    "expected_value": "Planning from 12 to 4 hours a week by 2027-06",
    "calendar": "Go-live 2026-12-01",
    "value_events": "First plan sent by 15 December 2026, evidence: mail of Rosa",
}


def given(page: Any, address: str, customer: str) -> str:
    """Write a hand-off and give it; the address of its page."""
    where = drafted(page, address, customer)
    for item, text in TEXTS.items():
        page.fill(f"#text-{item}", text)
    page.click("button.main")
    page.wait_for_selector("#follow-ups h2")
    return where


@pytest.mark.parametrize(
    ("scheme", "viewport", "customer"),
    [("light", PHONE, "C27"), ("dark", {"width": 1440, "height": 900}, "C28")],
)
def test_lines_are_followed_up_without_leaving_the_page(
    browser: Any, address: str, session: Any, scheme: str, viewport: dict[str, int], customer: str
) -> None:
    """From given to followed up, said, measured and changed by presses; everybody can read it at every step."""
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, color_scheme=scheme, viewport=viewport)
    page, script = context.new_page(), axe_script()
    said = listen(page, address)
    where = given(page, address, customer)
    part = page.locator("#follow-ups")
    page.click("text=Follow all 2 lines up as read")
    needs = part.locator("#follow-needs")
    expect(needs.locator("li strong")).to_have_text(["open", "open"])
    needs.locator("button:has-text('Delivered')").first.click()
    expect(needs.locator("li strong").first).to_have_text("delivered")
    for item in ("wanted_solution", "expected_value", "value_events"):
        part.locator(f"#follow-{item} button:has-text('Follow it up')").first.click()
        expect(part.locator(f"#follow-{item} ul.promises li")).to_have_count(1)
    part.locator("#follow-wanted_solution button:has-text('The product does not have it')").click()
    expect(part.locator("#follow-wanted_solution")).to_contain_text("asked of the promise ledger")
    value = part.locator("#follow-expected_value")
    value.locator("summary").first.click()
    value.locator("input[name=actual]").fill("9")
    value.locator("button[value=say]").click()
    expect(value).to_contain_text("realised")
    assert page.url == where
    assert script is None or complaints(page, script) == []
    if folder := os.environ.get("RELEVO_PICTURES"):
        part.screenshot(path=Path(folder) / f"follow-{scheme}.png")
    for summary in part.locator("summary:visible").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert script is None or complaints(page, script) == []
    page.goto(f"{address}/customers/{customer}?tab=hand-offs")
    expect(page.locator("main")).to_contain_text("Value tracker")
    assert script is None or complaints(page, script) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    if folder:
        page.screenshot(path=Path(folder) / f"follow-{scheme}-customer.png", full_page=True)
    assert said == []
    context.close()


def test_without_a_script_a_line_is_followed_up_and_dropped(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/hand-offs/new?customer=C31&deal=D31")
    page.click("button.main")
    page.fill("#text-needs", "Two warehouses")
    page.click("button.main")
    page.locator("#follow-needs button:has-text('Follow it up')").first.click()
    needs = page.locator("#follow-needs")
    needs.locator("summary").first.click()
    needs.locator("select[name=status]").select_option("dropped")
    needs.locator("button[value=say]").click()
    assert "This is said for a reason" in page.inner_text("[role=alert]")
    needs.locator("input[name=why]").first.fill("They closed one")
    needs.locator("button[value=say]").click()
    assert needs.locator("li strong").inner_text() == "dropped"
    assert "They closed one" in needs.inner_text()
    context.close()
