"""Every public function of `relevo.answers` takes a Reading first, so that nothing is answered unscoped."""

import ast
from pathlib import Path

import pytest

ANSWERS = Path(__file__).parents[2] / "relevo" / "answers"

# Modules of pieces that answers share: values, the rules of a page's head, expressions that an answer runs on the book
# of its Reading, what stands in the landing, of which `data` and `aside` tell each viewer the part it may see, what
# could be written into a hand-off, of what `known` fetched for one viewer, what is left of one without its words, and
# tiles and steps of an answer that was asked.
PIECES = {
    "cells", "header", "holding", "landed", "prefill", "rows_parts", "small_cells", "steps", "tiles", "unread",
    "values",
}  # fmt: skip
EXCEPTIONS = {"measures.is_about_customers", "reading.scope_of"}


def without_reading(source: str) -> list[str]:
    """Public functions of a module whose first argument is not declared as a Reading."""
    functions = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    return [f.name for f in functions if not f.name.startswith("_") and not takes_reading(f)]


def takes_reading(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = [*function.args.posonlyargs, *function.args.args][:1]
    return bool(first) and first[0].annotation is not None and ast.unparse(first[0].annotation) == "Reading"


def test_every_answer_takes_a_reading_first() -> None:
    found = {
        f"{path.relative_to(ANSWERS).with_suffix('')}.{name}"
        for path in ANSWERS.rglob("*.py")
        if path.stem not in PIECES
        for name in without_reading(path.read_text("utf-8"))
    }
    assert found == EXCEPTIONS


@pytest.mark.parametrize(
    "line",
    [
        "def money(): ...",
        "def money(book: Book): ...",
        "def money(book: Book, reading: Reading): ...",
        "def money(reading): ...",
        "def money(*, reading: Reading): ...",
    ],
)
def test_an_answer_without_a_reading_is_noticed(line: str) -> None:
    assert without_reading(line) == ["money"]


@pytest.mark.parametrize(
    "line", ["def money(reading: Reading, months: int) -> Money: ...", "def _rows(book: Book): ..."]
)
def test_an_answer_with_a_reading_is_accepted(line: str) -> None:
    assert without_reading(line) == []
