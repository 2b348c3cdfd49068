"""Pages of companies that are very young, and the first answers of a process."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.answers.money import money_page
from relevo.answers.reading import OPERATOR, Reading, Shelf
from relevo.book.book import Book
from relevo.jobs.served import shelf
from relevo.measures.asking import ask as ask_book
from relevo.measures.card import Answer, Ask
from relevo.web.sentences import WORDINGS, say
from relevo.web.warming import warm, warm_alone
from tests.making import make, span


@pytest.fixture
def young(tmp_path: Path) -> Path:
    """The home of a company with one customer, since six weeks."""
    tables = {
        "customer": [{"customer_id": "A", "name": "First"}],
        "subscription_span": [span("A", "2026-09-15", None, 4900)],
    }
    assert make(tmp_path, tables).published
    return tmp_path / "home"


def test_too_little_data_is_said_and_not_drawn(young: Path) -> None:
    page = money_page(Reading(Book.open(young / "book"), OPERATOR))
    codes = {page.sentence.code, page.retention.title.code, page.cohorts_title.code, page.survival.title.code}
    assert codes == {"money.too_early", "retention.too_early", "cohorts.too_early", "survival.too_early"}
    assert page.second is None


def test_pages_of_a_young_company_render(owner: Client, settings: Any, young: Path) -> None:
    settings.RELEVO_HOME = young
    money = ("/money", "/money?method=movement&survival_by=segment", "/money/unit-economics", "/money/ahead")
    talks = ("/conversations", "/conversations/waits", "/conversations/load", "/conversations/types")
    for address in ("/", *money, *talks, "/customers", "/customers/A", "/data", "/rows/survival", "/rows/ltv"):
        response = owner.get(address)
        assert response.status_code == 200, address
    assert "Not enough data for a picture yet." in owner.get("/money").content.decode()


def test_every_finding_of_the_pages_has_its_words(served: None) -> None:
    import re

    answers = Path(__file__).parents[2] / "relevo" / "answers"
    source = "\n".join(path.read_text("utf-8") for path in (*answers.glob("*.py"), *answers.glob("conversations/*.py")))
    codes = set(re.findall(r'Sentence\(\s*"([a-z_.]+)"', source))
    assert codes - set(WORDINGS) == set()


def test_the_first_answers_are_made_before_anybody_asks(
    owner: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    book = shelf().book()
    assert book is not None
    warm(Reading(book, OPERATOR))
    assert [record.getMessage() for record in caplog.records] == []
    asked: list[tuple[str, Ask]] = []

    def told(of: Book, name: str, ask: Ask) -> Answer:
        asked.append((name, ask))
        return ask_book(of, name, ask)

    monkeypatch.setattr("relevo.answers.measures.ask_book", told)
    talks = ("/conversations", "/conversations/waits", "/conversations/load", "/conversations/types")
    for address in ("/", "/money", "/money/unit-economics", "/money/ahead", "/review", *talks):
        assert owner.get(address).status_code == 200
    assert asked == []


def test_before_the_first_book_there_is_nothing_to_prepare(tmp_path: Path) -> None:
    warm_alone(Reading(Shelf(tmp_path).book(), OPERATOR))


def test_a_sentence_without_a_number_needs_no_plural() -> None:
    from relevo.answers.values import Sentence

    assert say(Sentence("data.nothing")) == "Nothing has been loaded yet."
