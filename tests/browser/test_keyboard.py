"""What can be done with the keyboard alone."""

from collections.abc import Callable
from typing import Any

from tests.browser.conftest import listen


def test_parts_come_without_leaving_the_page(browser: Any, address: str, session: Any) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    complaints = listen(page, address)
    page.goto(f"{address}/money")
    page.click("#slices nav a:has-text('Plan')")
    expect(page.locator("#slices thead th").first).to_have_text("Plan")
    assert page.url.startswith(f"{address}/money?by=plan")
    page.go_back()
    expect(page.locator("#slices thead th").first).to_have_text("Channel")
    expect(page.locator(".tile")).to_have_count(4)  # the whole page, not the part alone
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


def press_to(page: Any, words: str, *, key: str = "Tab", most: int = 80) -> None:
    """Go on with a key until what has the focus says these words."""
    for _ in range(most):
        page.keyboard.press(key)
        said = page.evaluate("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")
        if words in said:
            return
    raise AssertionError(f"{words!r} was not reached with {most} times {key}")


def test_from_the_door_to_a_file_with_the_keyboard_alone(
    browser: Any, address: str, link: Callable[[str, str], str]
) -> None:
    """Sign in by link, filter, open a figure's rows, download them."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.goto(link("mia", "owner"))
    press_to(page, "Money")
    page.keyboard.press("Enter")
    page.wait_for_url("**/money")
    press_to(page, "Plan")
    page.keyboard.press("Enter")
    page.wait_for_url("**by=plan**")
    page.goto(f"{address}/rows/mrr")
    press_to(page, "download as CSV")
    with page.expect_download() as kept:
        page.keyboard.press("Enter")
    assert kept.value.suggested_filename == "mrr-rows.csv"
    context.close()


def test_a_newcomer_comes_from_a_link_to_a_first_insight(
    browser: Any, address: str, link: Callable[[str, str], str]
) -> None:
    """A seller's first visit: one sentence, a figure that opens to its customers, and one of them."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="es")
    page = context.new_page()
    said = listen(page, address)
    page.goto(link("leo", "seller"))
    assert page.evaluate("document.documentElement.lang") == "es"
    assert len(page.locator("h1").inner_text().split()) > 5
    page.locator(".tile .value a").last.click()
    page.locator("#panel tbody tr").first.wait_for()
    page.locator("#panel tbody a").first.click()
    page.wait_for_url("**/customers/C*")
    assert page.locator("h1").inner_text()
    assert said == []
    context.close()


def test_search_opens_from_anywhere(browser: Any, address: str, session: Any) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session)
    page = context.new_page()
    said = listen(page, address)
    page.goto(f"{address}/data")
    page.keyboard.press("Control+k")
    page.keyboard.type("customer 05")
    expect(page.locator("#finder-found a").first).to_contain_text("Customer 05")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/customers/C05")
    assert said == []
    context.close()


def test_who_is_one_customer_is_decided_with_the_keyboard_alone(browser: Any, address: str, session: Any) -> None:
    """Say why, choose, send; then undo it. No script is needed for it."""
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/data/identity?one=C10&other=C20")
    page.locator("#main").focus()
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.locator("#reason:focus").count():
            break
    page.keyboard.type("a namesake")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.locator("button[value=apart]:focus").count():
            break
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("not the same: mia")
    page.goto(f"{address}/data/identity?one=C10&other=C20")
    page.locator("#undo-reason").focus()
    page.keyboard.type("the same after all")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("Undone")
    context.close()
