"""What records are about: the rule of words against a hundred activities that were written without seeing it."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from relevo.insight.relay.content_mix import DECIDED, PRECISION, Content, classify, mix

LABELLED = Path(__file__).with_name("activities.csv")


def labelled() -> list[tuple[str, str]]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [(row["label"], row["text"]) for row in csv.DictReader(file)]


def test_a_hundred_activities_are_labelled() -> None:
    assert len(labelled()) == 100
    assert Counter(label for label, _ in labelled()) == {"sell_step": 40, "customer_fact": 32, "delivery": 28}


def test_the_rule_decides_and_is_right_as_often_as_it_states() -> None:
    said = [(label, classify(text)) for label, text in labelled()]
    decided = [(label, content) for label, content in said if content is not Content.UNCLEAR]
    right = sum(label == content for label, content in decided)
    assert round(len(decided) / 100, 2) == DECIDED
    assert round(right / len(decided), 2) == PRECISION


@pytest.mark.parametrize("text", [None, "", "Call", "42", "Quote for the onboarding"])
def test_words_that_say_nothing_or_two_things_are_unclear(text: str | None) -> None:
    assert classify(text) is Content.UNCLEAR


def test_a_mix_adds_up_to_all_activities() -> None:
    found = mix(["Sent the quote", "Training for new users", "Their goal is growth", None, "Discount asked"])
    assert dict(found.counts) == {"sell_step": 2, "customer_fact": 1, "delivery": 1, "unclear": 1}
    assert (found.n, found.share(Content.SELL_STEP), mix([]).share(Content.SELL_STEP)) == (5, 0.4, None)
