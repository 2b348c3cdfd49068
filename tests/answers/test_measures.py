"""Who is shown what of a measure."""

import pytest

from relevo.answers.measures import FEWEST_CUSTOMERS, show, show_asked
from relevo.answers.reading import NotFound, Reading, Refused, Viewer
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
