"""Who is shown what of a measure."""

from dataclasses import replace

import pytest

from relevo.answers.measures import FEWEST_CUSTOMERS, show, show_asked
from relevo.answers.reading import COMPANY, NotFound, Reading, Refused, Scope, Viewer
from relevo.answers.rows import rows_page
from relevo.answers.small_cells import small_rows
from relevo.answers.values import RowsAsk
from relevo.base.errors import NotReady, WrongUse
from relevo.measures.card import Ask


def test_company_figures_are_the_same_for_every_viewer(everything: Reading, anas: Reading) -> None:
    for name in ("mrr", "net_revenue_retention", "logo_churn", "mrr_movements", "survival"):
        assert show(anas, name, Ask()).rows == show(everything, name, Ask()).rows
        assert str(show(anas, name, Ask()).scope) == "company"


def test_rows_are_those_of_the_viewer(anas: Reading) -> None:
    answer = show(anas, "movement_log", Ask())
    assert {int(r["customer_id"][1:]) % 2 for r in answer.rows} == {0}
    assert str(answer.scope) == "your 20 customers"


def test_who_holds_a_customer_is_told_to_whoever_may_see_the_customer(everything: Reading, anas: Reading) -> None:
    """Ana holds the even customers and may see no figures by person: these rows are about her customers."""
    mine = {r["customer_id"]: r["person_id"] for r in show(anas, "baton", Ask()).rows}
    whole = {r["customer_id"]: r["person_id"] for r in show(everything, "baton", Ask()).rows}
    assert mine == {c: who for c, who in whole.items() if int(c[1:]) % 2 == 0}
    led = replace(anas, viewer=replace(anas.viewer, persons=frozenset({"leo"})))
    assert {r["customer_id"] for r in show(led, "baton", Ask()).rows} == set(mine)


def test_small_cells_are_hidden_below_all(everything: Reading, anas: Reading) -> None:
    ask = Ask(by="channel", first=2026 * 12 + 9, last=2026 * 12 + 9)
    full = {r["channel"]: r for r in show(everything, "mrr", ask).rows}
    shown = {r["channel"]: r for r in show(anas, "mrr", ask).rows}
    assert 0 < full["events"]["customers"] < FEWEST_CUSTOMERS
    assert shown["events"]["mrr_cents"] is None
    assert shown["inbound"] == full["inbound"]


def test_one_hidden_cell_takes_the_next_smallest_along(anas: Reading) -> None:
    ask = Ask(by="channel", first=2026 * 12 + 9, last=2026 * 12 + 9)
    answer = show(anas, "mrr", ask)
    assert answer.hidden == 2
    assert {r["channel"] for r in answer.rows if r["mrr_cents"] is None} == {"events", "partner"}


def test_measures_without_a_count_hide_by_the_size_of_the_slice(anas: Reading) -> None:
    answer = show(anas, "mrr_movements", Ask(by="channel", first=2026 * 12 + 9, last=2026 * 12 + 9))
    hidden = {r["channel"] for r in answer.rows if r["closing_cents"] is None}
    assert "events" in hidden
    assert "inbound" not in hidden


def test_a_condition_cannot_single_out_a_few(anas: Reading) -> None:
    answer = show(anas, "mrr", Ask(where=(("channel", "events"),)))
    assert {r["mrr_cents"] for r in answer.rows} == {None}


def test_no_condition_tells_of_a_few_by_subtraction(everything: Reading, anas: Reading) -> None:
    """The whole less one slice is the others: a slice that is hidden in the cut is hidden as a condition too."""
    month = 2026 * 12 + 9
    for dimension in ("channel", "country", "segment", "plan"):
        full = show(everything, "mrr", Ask(by=dimension, first=month, last=month)).rows
        told = {
            r[dimension]: show(anas, "mrr", Ask(first=month, last=month, where=((dimension, r[dimension]),))).last()
            for r in full
            if r[dimension] is not None
        }
        unknown = [r["customers"] for r in full if told.get(r[dimension], {}).get("mrr_cents") is None]
        assert sum(unknown) == 0 or sum(unknown) >= FEWEST_CUSTOMERS, dimension


def test_a_condition_on_a_cut_leaves_no_few_over(everything: Reading, anas: Reading) -> None:
    """By plan, and by plan among those of one channel: the difference is the plan's customers of other channels."""
    month = 2026 * 12 + 9
    by_plan = Ask(by="plan", first=month, last=month)
    for channel in ("inbound", "partner", "events"):
        some = replace(by_plan, where=(("channel", channel),))
        whole = {r["plan"]: r["customers"] for r in show(everything, "mrr", by_plan).rows}
        part = {r["plan"]: r["customers"] for r in show(everything, "mrr", some).rows}
        for row in show(anas, "mrr", some).rows:
            left = whole[row["plan"]] - part[row["plan"]]
            assert row["mrr_cents"] is None or left == 0 or left >= FEWEST_CUSTOMERS


def test_small_rows_that_are_few_together_take_the_next_along() -> None:
    rows = [{"month": "2026-01", "channel": c, "customers": n} for c, n in (("a", 100), ("b", 30), ("c", 3), ("d", 0))]
    assert small_rows(None, Ask(by="channel"), lambda _: rows) == {1, 2, 3}  # type: ignore[arg-type]


def test_an_answer_covers_what_the_book_it_came_from_holds(everything: Reading) -> None:
    """Who sees every customer and no amount is not told that nothing is the company's."""
    product = replace(everything, viewer=Viewer("pia", scope=None, conversations=None, role="product"))
    month = Ask(by="industry", first=2026 * 12 + 9, last=2026 * 12 + 9)
    assert show(product, "mrr", month).scope == Scope(0)
    assert rows_page(product, RowsAsk("mrr")).stamp.scope == Scope(0)
    assert show(product, "mrr", Ask()).scope == COMPANY
    some = replace(product, viewer=replace(product.viewer, money=frozenset({"C00", "C02"})))
    assert rows_page(some, RowsAsk("mrr")).stamp.scope == Scope(2)


def test_other_cuts_show_the_viewers_customers_alone(anas: Reading) -> None:
    answer = show(anas, "mrr", Ask(by="industry", first=2026 * 12 + 9, last=2026 * 12 + 9))
    assert not answer.scope.is_company
    assert sum(r["customers"] or 0 for r in answer.rows) <= 20


def test_figures_by_person_need_the_right(everything: Reading, anas: Reading) -> None:
    assert show(everything, "mrr", Ask(by="seller")).rows
    for ask in (Ask(by="seller"), Ask(where=(("seller", "leo"),))):
        with pytest.raises(Refused, match="by person"):
            show(anas, "mrr", ask)


def test_a_customer_of_others_is_not_there(anas: Reading) -> None:
    anas.check_customer("C02")
    with pytest.raises(NotFound):
        anas.check_customer("C01")


def test_before_the_first_book_there_is_nothing_to_read() -> None:
    with pytest.raises(NotReady, match="No book"):
        show(Reading(None, Viewer("ana")), "mrr", Ask())


def test_text_parameters_ask_the_same(everything: Reading) -> None:
    asked = {"by": ["channel"], "from": ["2026-01"], "to": ["2026-06"], "grain": ["quarter"], "where": ["segment=smb"]}
    answer = show_asked(everything, "mrr", asked)
    assert {r["month"] for r in answer.rows} == {"2026-03", "2026-06"}
    assert answer.as_dict()["scope"] == "company"
    assert answer.as_dict()["read_with"] == ["net_revenue_retention", "logo_churn"]


@pytest.mark.parametrize(
    "asked",
    [
        {"colour": ["red"]},
        {"months": ["many"]},
        {"grain": ["day"]},
        {"where": ["smb"]},
        {"from": ["May"]},
        {"by": ["x"]},
    ],
)
def test_what_cannot_be_asked_is_said(everything: Reading, asked: dict[str, list[str]]) -> None:
    with pytest.raises(WrongUse):
        show_asked(everything, "net_revenue_retention", asked)
