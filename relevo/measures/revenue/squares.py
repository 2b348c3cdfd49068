"""Squares for variances, as exact integers, so that every engine adds up the same."""

import ibis.expr.types as ir

from relevo.base.money import BASE_SCALE, MONTHS_PER_YEAR
from relevo.book.schema import EXACT

CENT = BASE_SCALE * MONTHS_PER_YEAR


def whole_cents(base_e16: ir.Value) -> ir.Value:
    """A base run-rate per year in whole minor units per month, rounded down. For variances alone."""
    whole = (base_e16 - base_e16 % CENT).cast("float64")
    return (whole / CENT).round().cast("int64").cast(EXACT)  # portable: a multiple of the cent, which is not 0
