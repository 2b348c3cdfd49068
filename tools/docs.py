"""Rewrite the generated pages of docs/. `make fix` runs this; a test fails while a page is not up to date."""

from pathlib import Path

from relevo.book.describe import book_markdown
from relevo.measures.describe import measures_markdown

DOCS = Path(__file__).parents[1] / "docs"


def pages() -> dict[Path, str]:
    """Every generated page and the text it should have."""
    return {DOCS / "book.md": book_markdown(), DOCS / "measures.md": measures_markdown()}


def main() -> None:
    """Write the pages that differ."""
    for path, text in pages().items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
