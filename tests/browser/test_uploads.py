"""Uploads by hand: files are chosen or dropped, sent with progress, answered by keyboard; without JavaScript too."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import listen

DEALS = "Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Amount,Deal owner\n1,A,Won,Sales,03/04/2026,1.5,Ana\n"
DROP = """(form) => {
  const data = new DataTransfer();
  data.items.add(new File(["Day,Name\\n1,x\\n"], "dropped.csv", { type: "text/csv" }));
  form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "crm" / "other-deals.csv"
    path.parent.mkdir()
    path.write_text(DEALS, "utf-8")
    return path


def test_a_folder_is_sent_with_its_places(browser: Any, address: str, session: Any, file: Path) -> None:
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    said = listen(page, address)
    page.goto(f"{address}/data")
    page.set_input_files("#bring-folder", str(file.parent))
    page.click("#bring button.main")
    page.wait_for_url("**/data/uploads/*")
    assert "1 file waits to be loaded" in page.inner_text("main")
    page.goto(f"{address}/data/files")
    assert "crm/other-deals.csv" in page.inner_text("#uploads")
    assert said == []
    context.close()


def test_a_file_that_is_dropped_is_chosen(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{address}/data/files")
    page.eval_on_selector("[data-upload]", DROP)
    assert page.eval_on_selector("#bring-files", "(input) => input.files[0].name") == "dropped.csv"
    context.close()


def test_nothing_chosen_is_told_beside_the_button(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    page.goto(f"{address}/data/files")
    page.click("#bring button.main")
    page.wait_for_selector("#bring .status.bad")
    assert "No file was chosen." in page.inner_text("#bring .status")
    assert page.is_enabled("#bring button.main")
    context.close()


def test_an_answer_is_given_by_keyboard_and_the_focus_stays(browser: Any, address: str, session: Any) -> None:
    context = browser.new_context(storage_state=session)
    page = context.new_page()
    said = listen(page, address)
    page.goto(f"{address}/data/files/deals-2026-05-12.csv")
    assert "asks 3 questions" in page.inner_text("h1")
    page.focus("#dates-1")
    page.keyboard.press("Space")
    page.wait_for_selector('h1:has-text("asks 2 questions")')
    assert page.evaluate("document.activeElement.id") == "dates-1"
    page.focus("#decimals-2")
    page.keyboard.press("Space")
    page.wait_for_selector('h1:has-text("asks 1 question")')
    page.focus("#currency")
    page.keyboard.type("eur")
    page.keyboard.press("Tab")
    page.wait_for_selector('h1:has-text("is read as")')
    after = page.inner_text("#after")
    # 1.250 with a comma before decimals is one thousand two hundred and fifty.
    assert "2026-04-03" in after
    assert "125000" in after
    assert said == []
    context.close()


def test_without_javascript_files_are_sent_and_answers_shown(
    browser: Any, address: str, session: Any, file: Path
) -> None:
    context = browser.new_context(storage_state=session, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/data")
    page.set_input_files("#bring-files", str(file))
    page.click("#bring button.main")
    assert "/data/uploads/" in page.url
    page.goto(f"{address}/data/files/deals-2026-05-12.csv")
    page.check("#dates-2")
    page.click("noscript button, button[value=show]:not(.hidden)")
    assert "asks 2 questions" in page.inner_text("h1")
    assert "2026-03-04" in page.inner_text("#after")
    context.close()
