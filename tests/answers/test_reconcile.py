"""Another tool's figure beside ours: the same for every viewer, the customers behind it only to those who see them."""

import pytest

from relevo.answers.reading import Reading
from relevo.answers.reconcile import behind, reconcile, reconcile_page, stated_cents
from relevo.base.errors import WrongUse
from relevo.base.periods import parse_month
from tests.answers.company import LAST

END = parse_month(LAST)


def test_figures_are_the_companys_and_rows_are_the_viewers(everything: Reading, anas: Reading) -> None:
    assert reconcile(anas, "profitwell", None, None, {}).rows == reconcile(everything, "profitwell", END, END, {}).rows
    all_rows = behind(everything, "profitwell", LAST, "ours").rows
    mine = behind(anas, "profitwell", LAST, "ours").rows
    assert mine == tuple(row for row in all_rows if int(row.customer_id[1:]) % 2 == 0) != ()
    assert [row.name for row in all_rows if row.customer_id == "C01"] == ["<b>Brisa</b>"]
    # The customers that pay in dollars are not Ana's.
    assert len(behind(everything, "profitwell", LAST, "fx").rows) > 0
    assert behind(anas, "profitwell", LAST, "fx").rows == ()
    assert behind(anas, "profitwell", LAST, "pause").rows == ()


def test_the_page_says_how_far_apart_and_why(everything: Reading) -> None:
    page = reconcile_page(everything, "profitwell")
    assert page.month == LAST
    assert page.months[0] == LAST
    assert "relevo" not in page.tools
    assert page.title.code in ("reconcile.more", "reconcile.less")
    assert page.title.values["cause"].amount == "fx"
    assert page.second is None
    assert [c.cause for c in page.conventions][:2] == ["fx", "discounts"]
    assert page.behind is None


def test_a_typed_figure_is_explained_or_not(everything: Reading) -> None:
    answer = reconcile(everything, "baremetrics", END, END, {})
    ours = answer.rows[-1]["amount_cents"]
    exact = reconcile_page(everything, "baremetrics", LAST, f"{ours / 100:.2f}", "ours")
    assert (exact.title.code, exact.second and exact.second.code) == ("reconcile.same", "reconcile.all_explained")
    assert exact.behind is not None
    assert len(exact.behind.rows) == answer.rows[-1]["customers"]
    more = reconcile_page(everything, "baremetrics", LAST, f"{ours / 100 + 10:.2f}")
    assert (more.title.code, more.title.values["cause"].amount) == ("reconcile.more", "unexplained")
    assert more.second is not None
    assert more.second.values["rest"].amount == 1000
    assert reconcile_page(everything, "baremetrics", LAST, "1").title.code == "reconcile.less"


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("12345.67", 1234567), ("12,345.67", 1234567), ("12.345,67", 1234567), ("12 345,6", 1234560), ("12'345", 1234500),
     ("1,234", 123400), ("-5", -500), ("0", 0), (" 7.5 ", 750)],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(everything: Reading, typed: str, cents: int) -> None:
    assert stated_cents(everything, typed) == cents


@pytest.mark.parametrize("typed", ["abc", "1.2.x", "NaN", "inf", "9" * 30, "--1"])
def test_what_is_no_amount_is_refused(everything: Reading, typed: str) -> None:
    with pytest.raises(WrongUse, match="not an amount of EUR"):
        stated_cents(everything, typed)


def test_wrong_use_says_what_is_known(everything: Reading) -> None:
    with pytest.raises(WrongUse) as missing:
        reconcile(everything, None, None, None, {})
    assert "stripe" in missing.value.hint
    with pytest.raises(WrongUse, match="'nobody' is not a policy"):
        reconcile(everything, "nobody", None, None, {})
    with pytest.raises(WrongUse, match="which is not asked"):
        reconcile(everything, "stripe", END, END, {END - 1: 5})
    with pytest.raises(WrongUse, match="'weather' is not a cause"):
        behind(everything, "stripe", LAST, "weather")
