"""What records are about: the rule of words against a hundred activities that were written without seeing it."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from relevo.base.config import Company
from relevo.insight.relay.content_mix import DECIDED, PRECISION, Content, classify, mix
from relevo.insight.relay.touches import mix_of_year
from tests.making import make_book, span

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


def test_the_touches_of_the_last_year_count_each(tmp_path: Path) -> None:
    said = [("2026-10-31T22:59:59Z", "Sent the quote", None), ("2026-02-01T09:00:00Z", "Call", "Training for users"),
            ("2026-02-02T09:00:00Z", "Call", "Training for users"), ("2025-10-31T22:00:00Z", "Sent the quote", None),
            ("2026-10-31T23:00:00Z", "Sent the quote", None), ("2026-03-01T09:00:00Z", None, None)]  # fmt: skip
    book = make_book(tmp_path, {
        "person": [{"person_id": "sam", "name": "Sam", "team": "sales"}],
        "customer": [{"customer_id": "A", "name": "A"}],
        "subscription_span": [span("A", "2026-01-10", None, 10000)],
        "touch": [
            {"touch_id": n, "customer_id": "A", "person_id": "sam", "at": at, "kind": "call", "subject": s, "body": b}
            for n, (at, s, b) in enumerate(said)
        ],
    }, company=Company("Norte Software", "EUR", "Europe/Madrid"))  # fmt: skip
    assert dict(mix_of_year(book).counts) == {"sell_step": 1, "customer_fact": 0, "delivery": 2, "unclear": 1}
