"""The SQL of every measure and roll-up as committed text, so that a change is seen and can be read.

After a change that is meant: RELEVO_GOLDEN=write .venv/bin/python -m pytest tests/measures/test_golden_sql.py
"""

import os
from datetime import date
from pathlib import Path

import pytest

from relevo.base.periods import parse_month
from relevo.book.compiling import compile_sql
from relevo.book.policy import Policy
from relevo.book.rollups.all import expressions_sql
from relevo.book.schema import Tables
from relevo.measures.card import Frame
from relevo.measures.catalog import MEASURES, expressions_of

FOLDER = Path(__file__).parents[1] / "golden" / "duckdb"
RENEW = "Is the change meant? Then renew it: RELEVO_GOLDEN=write .venv/bin/python -m pytest " + "/".join(
    Path(__file__).parts[-3:]
)
VARIANTS = {
    ".".join(filter(None, (name, part, "by_segment" if by else ""))): (name, part, by)
    for name, measure in MEASURES.items()
    for part in expressions_of(measure)
    for by in (None, "segment")
    if by is None or measure.card.can_slice
}


def frame(months: int | None, by: str | None) -> Frame:
    """Two months asked of a book as of the end of 2025."""
    last = parse_month("2025-12")
    return Frame((last - 1, last), 1 if months is None else months, by, (), date(2025, 12, 31), "EUR", last)


def compare(path: Path, sql: str) -> None:
    """The committed text is the SQL; or becomes it, where that is asked."""
    text = sql.rstrip() + "\n"
    if os.environ.get("RELEVO_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"{path.name} is missing. {RENEW}"
    assert path.read_text("utf-8") == text, f"The SQL of {path.stem} changed. {RENEW}"


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_sql_of_a_measure_is_the_committed_one(variant: str) -> None:
    name, part, by = VARIANTS[variant]
    expression = expressions_of(MEASURES[name])[part]
    asked = frame(MEASURES[name].card.months, by)
    compare(FOLDER / f"{variant}.sql", compile_sql(expression(Tables(), asked)))


@pytest.mark.parametrize("name", list(expressions_sql(Policy())))
def test_the_sql_of_a_roll_up_is_the_committed_one(name: str) -> None:
    compare(FOLDER / "rollups" / f"{name}.sql", expressions_sql(Policy())[name])


def test_no_golden_file_is_left_of_what_is_gone() -> None:
    wanted = {f"{v}.sql" for v in VARIANTS} | {f"rollups/{n}.sql" for n in expressions_sql(Policy())}
    assert {str(f.relative_to(FOLDER)) for f in FOLDER.rglob("*.sql")} == wanted
