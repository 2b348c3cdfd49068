"""The side panel, the marks of pictures, and tables that are walked with arrows."""

from pathlib import Path
from typing import Any

from tests.browser.conftest import listen


def test_a_figure_opens_its_rows_over_the_page(browser: Any, address: str, session: Any) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    complaints = listen(page, address)
    page.goto(f"{address}/money")
    figure, panel = page.locator(".tile .value a").nth(1), page.locator("#panel")
    figure.focus()
    page.keyboard.press("Enter")
    expect(panel.locator("tbody tr").first).to_be_visible()
    assert "panel=%2Frows%2Fnet_revenue_retention" in page.url
    expect(page.locator("#panel-title")).to_be_focused()
    panel.get_by_text("how this is counted").click()
    expect(page.locator("#panel-title")).to_have_text("Net revenue retention")
    assert "panel=%2Fdefinitions%2Fnet_revenue_retention" in page.url
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(figure).to_be_focused()
    page.wait_for_url(f"{address}/money")
    assert complaints == []
    context.close()


def test_back_closes_the_panel_and_its_address_opens_it(browser: Any, address: str, session: Any) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/money?by=plan&panel=/definitions/mrr")
    panel = page.locator("#panel")
    expect(page.locator("#panel-title")).to_have_text("Monthly recurring revenue")
    page.locator("#panel [data-close]").click()
    expect(panel).to_be_hidden()
    page.wait_for_url(f"{address}/money?by=plan")
    page.locator(".tile h2 a").first.click()
    expect(panel).to_be_visible()
    page.go_back()
    expect(panel).to_be_hidden()
    assert page.url == f"{address}/money?by=plan"
    page.goto(f"{address}/money?panel=https://elsewhere.example/rows/mrr")
    expect(panel).to_be_hidden()
    context.close()


def test_what_the_panel_may_not_show_is_said_on_a_page(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{address}/?panel=/definitions/nothing")
    page.wait_for_url(f"{address}/definitions/nothing")
    assert page.locator("h1").count() == 1
    context.close()


def test_without_a_script_the_same_link_is_a_page(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/money")
    page.locator(".tile .value a").nth(1).click()
    assert page.url.startswith(f"{address}/rows/net_revenue_retention")
    assert page.locator("h1").inner_text() == "Net revenue retention"
    context.close()


def test_marks_of_a_picture_speak_to_the_keyboard(browser: Any, address: str, session: Any) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.goto(f"{address}/money")
    tip = page.locator(".tip")
    page.locator("#bridge svg[tabindex]").focus()
    page.keyboard.press("ArrowRight")
    expect(tip).to_contain_text("a year ago: ")
    page.keyboard.press("End")
    expect(tip).to_contain_text("now: ")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("#panel tbody tr").first).to_be_visible()
    assert "kind%3Dopening" in page.url
    context.close()


def test_a_picture_is_a_file_with_colours_of_its_own(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{address}/money")
    with page.expect_download() as waiting:
        page.locator("[data-svg=retention]").click()
    assert waiting.value.suggested_filename == "retention.svg"
    drawn = Path(waiting.value.path()).read_text("utf-8")
    assert drawn.startswith("<svg")
    assert "var(" not in drawn
    assert "rgb(" in drawn
    context.close()


def test_arrows_walk_a_table_and_its_heading_stays(browser: Any, address: str, session: Any) -> None:
    from playwright.sync_api import expect

    context = browser.new_context(storage_state=session, viewport={"width": 1440, "height": 500})
    page = context.new_page()
    page.goto(f"{address}/rows/mrr")
    links = page.locator("tbody tr > :first-child a")
    links.first.focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.first).to_be_focused()
    links.nth(20).scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    expect(page.locator("thead th").first).to_be_in_viewport()
    context.close()
