"""What a file looks like does not matter: the order of its rows, rows that stand twice, a file loaded again."""

from pathlib import Path
from typing import Any

from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES, find
from tests.making import make, span

AS_OF = "2025-06-30"
ROWS = [
    span("A", "2025-01-10", "2025-03-05", 1000, plan="basic"),
    span("A", "2025-03-05", None, 1500, plan="pro"),
    span("B", "2025-01-20", "2025-04-01", 999, interval_unit="year"),
    span("C", "2025-02-03", None, 250, currency="USD", quantity="2.5"),
]
RATES = [{"currency": "USD", "on_date": d, "rate": r} for d, r in (("2025-01-01", "0.9"), ("2025-04-11", "0.8"))]


def answers(folder: Path) -> dict[str, Any]:
    """What every measure says of the published book of a home."""
    book = Book.open(folder / "home" / "book")
    found = {name: ask(book, name, Ask(months=1) if find(name).card.months else None).rows for name in MEASURES}
    book.close()
    return found


def test_order_and_repetition_of_rows_change_no_figure(tmp_path: Path) -> None:
    rows = [ROWS[2], *ROWS[::-1], ROWS[0]]
    assert make(tmp_path / "plain", {"subscription_span": ROWS, "fx_rate": RATES}, AS_OF).published
    assert make(tmp_path / "other", {"subscription_span": rows, "fx_rate": RATES[::-1]}, AS_OF).published
    before = answers(tmp_path / "plain")
    assert before == answers(tmp_path / "other")
    assert make(tmp_path / "plain", {"subscription_span": ROWS[::-1]}, AS_OF).published
    assert before == answers(tmp_path / "plain")
