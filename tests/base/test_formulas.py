"""Cells of files: what a spreadsheet would run is text again, and everything else is as it was."""

import pytest

from relevo.base.formulas import neutral


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_a_formula_in_any_width_is_text(sign):
    assert neutral(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("value", ["Alto = Bajo", "", None, -3, "'=1"])
def test_what_runs_nowhere_stays(value):
    assert neutral(value) is value
