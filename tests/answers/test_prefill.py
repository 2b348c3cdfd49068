"""What a hand-off is filled with: lines that name an item, earlier hand-offs, and what follows from elsewhere."""

from datetime import date

import pytest

from relevo.answers.relay.prefill import (
    LONGEST,
    MOST,
    Candidate,
    DealFacts,
    Event,
    FitSaid,
    Kind,
    Known,
    Said,
    Wish,
    Written,
    candidates,
    item_named,
    lines_about,
)
from relevo.desk.relay.templates import DISCOVERY, SUMMARY

MAY, JUNE, JULY = date(2026, 5, 3), date(2026, 6, 3), date(2026, 7, 3)
DEAL = DealFacts("D1", "Brisa 2026", "Team", 120000, "EUR", 12, MAY, "https://crm.example/D1")


def texts(known: Known, item: str) -> list[str]:
    return [each.text for each in candidates(known, DISCOVERY).get(item, ())]


def noted(text: str, on: date = MAY, **more: object) -> Said:
    return Said(Kind.NOTE, text, "Ana", on, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Goal: plan a week in an hour", "objectives"),
        ("  - **Objectives:** plan a week in an hour", "objectives"),
        ("* objectives: plan a week in an hour", "objectives"),
        ("2) Needs - two warehouses", "needs"),
        ("GO-LIVE: 1 December", "calendar"),
        ("go live – 1 December", "calendar"),
        ("Expected value: 12 to 4 hours", "expected_value"),
        ("Necesidades: dos almacenes", "needs"),
        ("Puesta en marcha: 1 de diciembre", "calendar"),
        ("Solución: plan Team", "wanted_solution"),
        ("Lançamento: 1 de dezembro", "calendar"),
        ("Benefícios: 8 horas", "expected_value"),
        ("目标：一小时排好一周", "objectives"),
        ("上线日期：12月1日", "calendar"),
        ("Marcos: primeiro valor em janeiro", "value_events"),
        ("We talked about the goal: none", ""),
        ("goal", ""),
        ("Goal:", ""),
        ("https://example.com/goal", ""),
    ],
)
def test_a_line_is_about_the_item_whose_word_it_begins_with(line: str, item: str) -> None:
    found = {each for each in DISCOVERY if lines_about(f"Called them.\n{line}\nBye", each)}
    assert found == ({item} if item else set())


def test_only_the_line_is_taken_and_a_long_one_is_cut() -> None:
    text = "Need: two warehouses\nand a third one\nNeeds: " + "x" * (3 * LONGEST)
    first, second = lines_about(text, "needs")
    assert first == "two warehouses"
    assert len(second) == LONGEST
    assert lines_about("\n" * 5_000 + "Need: too far down", "needs") == ()


@pytest.mark.parametrize(
    ("name", "item"),
    [("goal", "objectives"), ("why_now", "objectives"), ("current_process", "needs"), ("calendar", "calendar"),
     ("wanted_solution", "wanted_solution"), ("go_live_date", "calendar"), ("people", ""), ("", "")],
)  # fmt: skip
def test_items_of_other_forms_have_a_place(name: str, item: str) -> None:
    assert item_named(name) == item


def test_what_was_said_last_comes_first_and_says_who_when_and_how_sure() -> None:
    known = Known(
        said=(
            noted("Need: two warehouses", MAY),
            Said(Kind.CONVERSATION, "Needs: three warehouses", "Rosa Gil", JULY, "https://desk.example/1", True),
        ),
        earlier=(Written("needs", "one warehouse", "Eva", JUNE, "", "", "7", None),),
        wishes=(Wish("Import of routes", JULY, "javascript:alert(1)"),),
    )
    assert candidates(known, ["needs"])["needs"] == (
        Candidate(Kind.CONVERSATION, "three warehouses", "Rosa Gil", JULY, "certain", "https://desk.example/1"),
        Candidate(Kind.HANDOFF, "one warehouse", "Eva", JUNE, "likely", "", "7"),
        Candidate(Kind.NOTE, "two warehouses", "", MAY, "likely"),
        Candidate(Kind.ISSUE, "Import of routes", "", JULY, "likely"),
    )  # fmt: skip


def test_what_was_found_wrong_is_not_handed_on_again_and_what_was_right_is_certain() -> None:
    wrong = Written("goal", "Save money", "", JULY, "certain", "", "1", False)
    right = Written("objectives", "Save time", "", MAY, "guess", "", "2", True)
    (only,) = candidates(Known(earlier=(wrong, right)), ["objectives"])["objectives"]
    assert (only.text, only.sure, only.ref) == ("Save time", "certain", "2")


def test_nothing_that_says_nothing_and_no_text_twice() -> None:
    said = (noted("Goal: TBD"), noted("Goal: Save time", JUNE), noted("goal: save TIME."), noted("Goal: n/a"))
    assert texts(Known(said=said), "objectives") == ["Save time"]


def test_an_answer_about_fit_is_taken_where_it_says_something() -> None:
    fit = (FitSaid("value_in_numbers", "yes", MAY), FitSaid("value in numbers", "12 to 4 hours", MAY),
           FitSaid("budget", "20 000", MAY), FitSaid("kpi", "Não", MAY))  # fmt: skip
    assert texts(Known(fit=fit), "expected_value") == ["12 to 4 hours"]
    assert set(candidates(Known(fit=fit), DISCOVERY)) == {"expected_value"}


def test_a_deal_says_the_solution_and_its_term_the_calendar() -> None:
    found = candidates(Known(deal=DEAL), DISCOVERY)
    assert set(found) == {"wanted_solution", "calendar"}
    (solution,), (term,) = found["wanted_solution"], found["calendar"]
    assert (solution.kind, solution.deal, solution.ref, solution.said_on) == (Kind.DEAL, DEAL, "D1", MAY)
    assert solution.link == "https://crm.example/D1"
    assert term.deal is not None
    assert (term.deal.term_months, term.deal.plan, term.deal.amount_cents) == (12, None, None)
    bare = DealFacts("D1", "Brisa", None, None, "EUR", None, MAY)
    assert candidates(Known(deal=bare), DISCOVERY) == {}


def test_milestones_go_where_they_belong() -> None:
    events = (Event("set_up", MAY), Event("first_value", JUNE), Event("go_live", JULY))
    found = candidates(Known(events=events), DISCOVERY)
    assert [e.kind for e in found["calendar"][0].events] == ["set_up", "go_live"]
    assert [e.kind for e in found["value_events"][0].events] == ["first_value"]


def test_some_are_enough_and_one_box_is_filled_from_all_items() -> None:
    said = tuple(noted(f"Need: warehouse number {i}", date(2026, 5, i + 1)) for i in range(9))
    assert texts(Known(said=said), "needs") == [f"warehouse number {i}" for i in range(8, 8 - MOST, -1)]
    assert set(candidates(Known(said=said, deal=DEAL), [SUMMARY])) == {"needs", "wanted_solution", "calendar"}
    assert candidates(Known(), DISCOVERY) == {}
