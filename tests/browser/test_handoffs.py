"""Hand-offs in real browsers: two people write one, a seller gives one on a phone, the board by keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import axe_script, complaints
from tests.browser.conftest import listen
from tests.browser.test_keyboard import press_to

PHONE = {"width": 390, "height": 844}
ONE = re.compile(r"/hand-offs/\d+$")
NOTE = "Goal: plan a week in an hour\nNeed: two warehouses\nGo-live: 1 December\nMilestone: first route by 10 December"
Link = Callable[[str, str], str]


@pytest.fixture
def seller(browser: Any, link: Link) -> Any:
    """What the seller's browser keeps after signing in."""
    context = browser.new_context()
    context.new_page().goto(link("leo", "seller"))
    state = context.storage_state()
    context.close()
    return state


def drafted(page: Any, address: str, customer: str) -> str:
    """Begin a hand-off of a customer; the address of its page."""
    page.goto(f"{address}/hand-offs/new?customer={customer}&deal=D{int(customer[1:])}")
    page.select_option("#template", "sales_to_success")
    page.click("button.main")
    page.wait_for_url(ONE)
    return str(page.url)


def saved(page: Any, item: str, words: str) -> None:
    """Type into an item, leave it, and wait until the page says that it was saved."""
    from playwright.sync_api import expect

    page.fill(f"#text-{item}", words)
    page.locator(f"#text-{item}").blur()
    expect(page.locator(f"#state-{item}")).to_contain_text("saved")
    expect(page.locator(f"#state-{item}")).to_contain_text("counts whole")


def test_two_browsers_write_one_hand_off_and_nothing_is_lost(
    browser: Any, address: str, session: Any, seller: Any
) -> None:
    from playwright.sync_api import expect

    one, other = (browser.new_context(storage_state=kept).new_page() for kept in (seller, session))
    said = listen(one, address) + listen(other, address)
    where = drafted(one, address, "C32")
    other.goto(where)
    saved(one, "needs", "Two warehouses")
    other.fill("#text-needs", "Three warehouses")
    other.locator("#text-needs").blur()
    state = other.locator("#state-needs")
    expect(state).to_contain_text("saved another text in the meantime")
    expect(state.locator(".conflict")).to_contain_text("Three warehouses")
    expect(state.locator(".conflict")).to_contain_text("Two warehouses")
    expect(other.locator("#text-needs")).to_have_value("Three warehouses")
    saved(other, "calendar", "Go-live 1 December")  # the rest of the form goes on
    other.click("text=Join both")
    expect(other.locator("#text-needs")).to_have_value("Two warehouses\nThree warehouses")
    expect(other.locator("#state-needs")).to_contain_text("counts whole")
    one.click("button.main")  # the first one has not seen that: it is shown before it is given
    expect(one.locator("[role=alert]")).to_contain_text("Somebody changed this hand-off in the meantime")
    expect(one.locator("#text-needs")).to_have_value("Two warehouses\nThree warehouses")
    history = one.locator("#history").inner_text()
    assert "it was set aside because somebody else had saved" in history
    assert history.count("Three warehouses") == 2
    one.click("button.main")
    expect(one.locator("#items")).to_contain_text("Go-live 1 December")
    assert said == []


def test_a_seller_gives_a_complete_hand_off_on_a_phone(browser: Any, address: str, seller: Any, capsys: Any) -> None:
    """From the board to a given, complete hand-off; how many steps it took is printed, never asserted by the clock."""
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=seller, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    said = listen(page, address)
    page.goto(f"{address}/customers/C35")
    page.fill("#note-text", NOTE)
    page.click("button[value=call]")
    page.goto(f"{address}/hand-offs")
    taps, typed = 0, 0
    page.locator("#dropped li", has_text="Customer 35").locator("text=Begin hand-off").tap()
    taps += 1
    page.locator("button.main").tap()
    taps += 1
    page.wait_for_url(ONE)
    page.locator("#text-expected_value").tap()
    page.keyboard.type("Planning takes 4 hours a week in place of 12")
    taps, typed = taps + 1, typed + 1
    page.locator("button.main").tap()
    taps += 1
    expect(page.locator("h1")).to_contain_text("is asked to take Customer 35 over")
    expect(page.locator(".glance")).to_contain_text("100")
    assert "two warehouses" in page.inner_text("#items")
    assert (taps, typed) == (4, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert said == []
    context.close()


def test_the_board_is_walked_with_the_keyboard_alone(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    said = listen(page, address)
    page.goto(f"{address}/hand-offs")
    press_to(page, "Begin hand-off")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hand-offs/new?**")
    press_to(page, "Begin", most=60)
    page.keyboard.press("Enter")
    page.wait_for_url(ONE)
    drafted_at = page.url.removeprefix(address)
    page.goto(f"{address}/hand-offs")
    focused = "document.activeElement.closest('.column') && document.activeElement.getAttribute('href')"
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == drafted_at:
            break
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('.column') !== null")
    assert page.evaluate(focused) != drafted_at
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(focused) == drafted_at
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{drafted_at}")
    assert said == []
    context.close()


def test_without_a_script_it_is_written_by_one_button(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session, java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/hand-offs/new?customer=C33&deal=D33")
    page.click("button.main")
    page.fill("#text-needs", "Two warehouses")
    page.fill("#text-calendar", "1 December")
    page.click("button[value=save]:not(.hidden)")
    assert page.locator("#text-needs").input_value() == "Two warehouses"
    assert "counts whole" in page.inner_text("#state-calendar")
    page.click("button.main")
    assert "is asked to take" in page.inner_text("h1")
    context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 390)])
def test_the_pages_of_one_hand_off_are_calm_and_for_everybody(
    browser: Any, address: str, session: Any, scheme: str, width: int
) -> None:
    context = browser.new_context(storage_state=session, color_scheme=scheme, viewport={"width": width, "height": 900})
    page, script = context.new_page(), axe_script()
    said = listen(page, address)
    where = drafted(page, address, "C34" if width > 400 else "C36")
    saved(page, "needs", "Two warehouses")
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert script is None or complaints(page, script) == []
        page.click("button.main") if page.locator("#handing").count() else None
    page.goto(where)
    assert "Two warehouses" in page.inner_text("#items")
    assert said == []
    context.close()
