"""A newcomer's walk in a real browser: from "Ana's happiness is low" to why, in three clicks."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.answers import rated
from tests.browser.conftest import link_into, listen, served


@pytest.fixture(scope="module")
def newcomer(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A page on Today, of the team's lead, in the company in which Ana takes the hard cases."""
    home = Path(shutil.copytree(rated.home().path, tmp_path_factory.mktemp("rated") / "home"))
    with served(home) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en")
        page = context.new_page()
        page.said = listen(page, address)
        page.goto(link_into(home, address, "mia", "support_lead"))
        yield page
        context.close()


def test_three_clicks_from_a_low_figure_to_its_reason(newcomer: Any) -> None:
    from playwright.sync_api import expect

    newcomer.get_by_role("link", name="Conversations").first.click()
    newcomer.get_by_role("link", name="People", exact=True).click()
    main = newcomer.locator("main")
    expect(main).to_contain_text("Ana is below most colleagues raw")
    expect(main).to_contain_text("and above them in context")
    main.get_by_role("link", name="Ana", exact=True).first.click()
    expect(newcomer.get_by_role("heading", level=1)).to_contain_text("in context · harder cases than the team’s")
    assert newcomer.said == []
