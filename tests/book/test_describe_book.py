"""The generated page of the book says everything that is declared, and the page in docs/ is that text."""

from pathlib import Path

from relevo.book.describe import book_markdown
from relevo.book.roles import SYNONYMS
from relevo.book.table import Kind
from relevo.book.tables import TABLES

PAGE = Path(__file__).parents[2] / "docs" / "book.md"


def test_the_page_in_docs_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == book_markdown(), "docs/book.md is out of date: run `make fix`"


def test_every_table_and_column_has_its_line() -> None:
    sections = book_markdown().split("\n### ")[1:]
    assert [section.split("\n", 1)[0] for section in sections] == list(TABLES)
    for section, table in zip(sections, TABLES.values(), strict=True):
        for column in table.columns:
            assert f"| `{column.name}` | " in section
            assert column.doc in section


def test_a_choice_lists_its_words_and_personal_data_are_marked() -> None:
    lines = [line for line in book_markdown().splitlines() if line.startswith("| `")]
    choice = next(line for line in lines if line.startswith("| `outcome`"))
    assert choice.endswith("One of `open`, `won`, `lost`, `declined`. |")
    marked = [line for line in lines if "*Personal.*" in line]
    assert len(marked) == sum(c.personal for t in TABLES.values() for c in t.columns)


def test_an_open_choice_a_bound_and_a_clock_are_told() -> None:
    page = book_markdown()
    assert page.count("| open choice |") == sum(c.is_open for t in TABLES.values() for c in t.columns)
    assert "3 months, 1 year. At least 1. |" in page
    assert page.count("| time HH:MM |") == sum(c.kind is Kind.CLOCK for t in TABLES.values() for c in t.columns)


def test_every_synonym_of_a_role_is_published() -> None:
    page = book_markdown()
    assert all(f"| {word} | {', '.join(others)} |" in page for word, others in SYNONYMS.items())
