"""Measures and roll-ups have SQL that other dialects can read; tests/engines shows that the engines agree."""

from datetime import date

import pytest
import sqlglot

from relevo.base.periods import parse_month
from relevo.book.compiling import compile_sql
from relevo.book.policy import Policy
from relevo.book.rollups.all import expressions_sql
from relevo.book.schema import Tables
from relevo.measures.card import Frame
from relevo.measures.catalog import MEASURES, expressions_of

MONTH = parse_month("2026-01")
DIALECTS = {"postgres": "postgres", "pyspark": "spark"}


def frame(by: str | None) -> Frame:
    return Frame((MONTH,), 12, by, (), date(2026, 1, 31), "EUR", MONTH)


@pytest.mark.engines
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("by", [None, "segment"])
@pytest.mark.parametrize("name", list(MEASURES))
def test_a_measure_has_sql_that_the_dialect_can_read(name: str, by: str | None, dialect: str) -> None:
    for expression in expressions_of(MEASURES[name]).values():
        sql = compile_sql(expression(Tables(), frame(by)), dialect)
        assert sqlglot.parse_one(sql, read=DIALECTS[dialect]).find(sqlglot.exp.From)


@pytest.mark.engines
@pytest.mark.parametrize("dialect", DIALECTS)
def test_roll_ups_have_sql_that_the_dialect_can_read(dialect: str) -> None:
    for sql in expressions_sql(Policy(), dialect).values():
        assert sqlglot.parse_one(sql, read=DIALECTS[dialect]).find(sqlglot.exp.From)
