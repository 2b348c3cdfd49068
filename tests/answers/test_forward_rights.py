"""Who may see figures of persons, and that a figure of the company is one figure whoever asks."""

from dataclasses import replace

import pytest

from relevo.answers.measures import FEWEST_CUSTOMERS, show
from relevo.answers.reading import Reading, Refused, Viewer
from relevo.answers.scope import own_and_led, own_and_team
from relevo.measures.card import Ask

PERSONS = ("sold_book", "sold_book_marks", "seller_quality")
NRR = ("net_revenue_retention", "gross_revenue_retention")


@pytest.mark.parametrize("name", PERSONS)
def test_figures_of_persons_need_the_right(anas: Reading, name: str) -> None:
    for ask in (Ask(), Ask(where=(("segment", "smb"),))):
        with pytest.raises(Refused, match="by person"):
            show(anas, name, ask)


@pytest.mark.parametrize("name", PERSONS)
def test_who_leads_sees_the_own_and_the_led(everything: Reading, name: str) -> None:
    whole = show(everything, name, Ask()).rows
    assert {r["person_id"] for r in whole} == {"leo"}
    leads = Viewer("leo@norte.example", persons=frozenset({"leo", "eva"}))
    assert show(replace(everything, viewer=leads), name, Ask()).rows == whole
    other = replace(leads, persons=frozenset({"ana", "ben", "mia"}))
    assert show(replace(everything, viewer=other), name, Ask()).rows == ()


def test_a_cut_of_a_sold_book_hides_few_customers(everything: Reading) -> None:
    leads = Viewer("leo@norte.example", persons=frozenset({"leo"}))
    rows = show(replace(everything, viewer=leads), "sold_book_marks", Ask(by="channel")).rows
    assert {r["channel"] for r in rows if r["customers"] is None} >= {"events"}
    assert {r["person_id"] for r in rows} == {"leo"}


def test_persons_are_oneself_and_everybody_below(everything: Reading) -> None:
    assert own_and_led(everything, "mia@norte.example") == {"mia", "ana", "ben"}
    assert own_and_led(everything, "ana@norte.example") == {"ana"}
    assert own_and_led(everything, "nobody@norte.example") == frozenset()
    assert own_and_team(everything, "nobody@norte.example") == frozenset()


@pytest.mark.parametrize("name", ["expected_churn", "support_tiers", "forgone_value", "expected_churn_scored"])
def test_rows_of_few_customers_are_hidden_below_all(everything: Reading, anas: Reading, name: str) -> None:
    full, shown = show(everything, name, Ask()).rows, show(anas, name, Ask()).rows
    assert len(full) == len(shown)
    for row, seen in zip(full, shown, strict=True):
        assert seen["customers"] is None or seen == row
        assert row["customers"] >= FEWEST_CUSTOMERS or seen["customers"] is None


@pytest.mark.parametrize("name", [*NRR, "forecast", "committed_mrr", "renewal_rate", "churn_causes"])
def test_support_sees_the_number_that_the_chief_executive_sees(everything: Reading, name: str) -> None:
    """One question, one book, one policy: one answer, for whoever looks after a customer and for who sees all."""
    support = Viewer("eva@norte.example", scope=frozenset({"C03"}))
    mine, theirs = show(replace(everything, viewer=support), name, Ask()), show(everything, name, Ask())
    assert (mine.rows, mine.book, mine.policy_hash) == (theirs.rows, theirs.book, theirs.policy_hash)
    assert (mine.definition, mine.read_with, str(mine.scope)) == (theirs.definition, theirs.read_with, "company")
    assert mine.as_dict() == theirs.as_dict()
