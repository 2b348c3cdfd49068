"""The generated page of the measures says what every card says, and the page in docs/ is that text."""

from pathlib import Path

from relevo.measures.catalog import MEASURES
from relevo.measures.describe import measures_markdown

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


def test_the_page_in_docs_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == measures_markdown(), "docs/measures.md is out of date: run `make fix`"


def test_every_card_has_its_section_with_every_column() -> None:
    sections = measures_markdown().split("\n## ")[1:]
    assert [section.split("\n", 1)[0] for section in sections] == list(MEASURES)
    for section, measure in zip(sections, MEASURES.values(), strict=True):
        assert measure.card.question in section
        assert measure.card.definition in section
        assert all(f"| `{column.name}` | {column.unit} | " in section for column in measure.card.columns)


def test_what_a_measure_is_read_with_can_be_followed() -> None:
    page = measures_markdown()
    for measure in MEASURES.values():
        for name in measure.card.read_with:
            assert f"[{name}](#{name})" in page
            assert f"\n## {name}\n" in page
