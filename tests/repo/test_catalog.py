"""Every measure is in the catalog with a full card, and efficiency never stands without an outcome."""

import importlib
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import relevo.measures
from relevo.measures.card import AnyMeasure, Card, Composite, Kind, Measure, Model
from relevo.measures.catalog import MEASURES

CONTRACT = Path(__file__).parents[3] / "shared" / "measures.md"
CARDS = {name: measure.card for name, measure in MEASURES.items()}

# Measures that the contract does not name, each with what asks for it.
BEYOND = {
    "win_rate": "row S0-02",
    "time_to_close": "row S0-02",
    "pipeline_velocity": "row S0-02",
    "cohort_total": "the total row of the triangle, which its readers weigh cohorts with",
    "cohort_projection": "chain ladder and shifted-beta-geometric, issue 3",
    "survival_compare": "log-rank between slices, issue 3",
    "hazard_ratios": "Cox regression, issue 3",
    "renewal_hazards": "discrete hazards by renewal date, issue 3",
    "payback_curve": "the picture of S0-55",
    "ltv_bridge": "S3-34",
    "customer_value": "the ledger of S1-02",
    "expected_churn_scored": "forecasts beside what happened, S0-60",
    "churn_causes": "competing risks, issue 3",
    "forecast": "S0-41",
    "sold_book_marks": "the marks of S0-09",
    "seller_quality": "S0-31",
    "support_tiers": "S2-02",
    "forgone_value": "S4-05",
    "review_scores": "the team's figures of S2-36 and S2-37, which are no one's alone",
    "review_trend": "the trend of S2-36",
    "review_accuracy": "S2-33",
    "review_agreement": "inter-rater agreement of S2-36",
    "review_severity": "reviewer severity of S2-36",
    "coaching": "S3-51",
    "cover": "S2-29",
    "waits_compat": "issue 7, section 1: other tools' numbers beside ours",
}


def declared_measures() -> list[AnyMeasure]:
    """Every measure that a module below relevo.measures declares."""
    modules = pkgutil.walk_packages(relevo.measures.__path__, "relevo.measures.")
    values = [value for m in modules for value in vars(importlib.import_module(m.name)).values()]
    return [value for value in values if isinstance(value, Measure | Model | Composite)]


def unpaired(cards: Mapping[str, Card]) -> list[str]:
    """Efficiency measures that name no outcome to be read with."""
    outcomes = {name for name, card in cards.items() if card.kind is Kind.OUTCOME}
    return [
        name
        for name, card in cards.items()
        if card.kind is Kind.EFFICIENCY and not outcomes.intersection(card.read_with)
    ]


def dangling(cards: Mapping[str, Card]) -> list[str]:
    """Names in `read_with` that are no other measure."""
    return [f"{n} -> {other}" for n, c in cards.items() for other in c.read_with if other == n or other not in cards]


def incomplete(card: Card) -> list[str]:
    """Fields of a card that say nothing."""
    words = ("name", "title", "question", "grain", "definition", "source")
    empty = [word for word in words if not getattr(card, word).strip()]
    empty += [f"column {column.name}" for column in card.columns if not column.doc.strip()]
    return empty if card.columns else [*empty, "columns"]


def contract_columns(text: str) -> dict[str, list[str]]:
    """Measures and their columns in the contract; `a (b)` is a for the first name of a row, else b."""
    found = {}
    for names, columns in re.findall(r"^\| ([a-z_, ]+) \| ([^|]+) \|", text, re.MULTILINE):
        for place, name in enumerate(names.split(", ")):
            words = [re.findall(r"[a-z_][a-z_0-9]*", column) for column in columns.split(", ")]
            found[name] = [word[min(place, len(word) - 1)] for word in words]
    return found


def test_every_declared_measure_is_in_the_catalog() -> None:
    missing = [m.card.name for m in declared_measures() if MEASURES.get(m.card.name) is not m]
    assert missing == []


def test_a_measure_is_filed_under_its_own_name() -> None:
    assert {name: card.name for name, card in CARDS.items()} == {name: name for name in CARDS}


def test_every_card_is_complete() -> None:
    assert {name: incomplete(card) for name, card in CARDS.items() if incomplete(card)} == {}
    assert [name for name, card in CARDS.items() if not card.question.endswith("?")] == []


def test_efficiency_is_read_with_an_outcome() -> None:
    assert unpaired(CARDS) == []


def test_what_a_measure_is_read_with_exists() -> None:
    assert dangling(CARDS) == []


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract ../shared/measures.md is not beside this checkout")
@pytest.mark.parametrize("name", MEASURES)
def test_the_columns_are_those_of_the_contract(name: str) -> None:
    contract = contract_columns(CONTRACT.read_text("utf-8"))
    if name not in contract:
        assert name in BEYOND, f"{name} is not in the contract: say in BEYOND why it is needed"
        return
    wanted = contract[name]
    own = [column.name for column in CARDS[name].columns]
    assert [column for column in own if column in wanted] == wanted


# The checkers can fail ------------------------------------------------------------------------------------


def test_an_unpaired_efficiency_measure_is_noticed() -> None:
    outcome = replace(next(iter(CARDS.values())), name="kept", kind=Kind.OUTCOME)
    alone = replace(outcome, name="speed", kind=Kind.EFFICIENCY, read_with=())
    assert unpaired({"kept": outcome, "speed": alone}) == ["speed"]
    assert unpaired({"kept": outcome, "speed": replace(alone, read_with=("kept",))}) == []


def test_a_name_that_is_no_other_measure_is_noticed() -> None:
    card = replace(next(iter(CARDS.values())), name="kept", read_with=("kept", "nothing"))
    assert dangling({"kept": card}) == ["kept -> kept", "kept -> nothing"]


def test_an_empty_card_is_noticed() -> None:
    card = next(iter(CARDS.values()))
    assert incomplete(replace(card, question=" ")) == ["question"]
    assert incomplete(replace(card, columns=())) == ["columns"]


def test_the_contract_is_read_with_its_alternatives() -> None:
    text = "| name | columns | notes |\n|---|---|---|\n| eggs, nests | month 0-24, eggs (nests), n | per hen |\n"
    assert contract_columns(text)["eggs"] == ["month", "eggs", "n"]
    assert contract_columns(text)["nests"] == ["month", "nests", "n"]
