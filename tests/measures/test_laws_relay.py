"""Random relays: every measure of the relay, and the finding of the build, as they are worked out row by row."""

from collections import Counter

import pytest
from hypothesis import given, settings

from relevo.book.baton import unheld
from relevo.measures.asking import ask
from tests.measures.relay_oracle import Relay, batons, dropped, flows, relays
from tests.measures.relays import MEMORY


@given(relays())
@settings(max_examples=25)
def test_the_measures_say_what_the_rows_say(relay: Relay) -> None:
    _agrees(relay)


@pytest.mark.sims
@given(relays())
@settings(max_examples=400, derandomize=False)
def test_the_measures_say_what_the_rows_say_of_many_relays(relay: Relay) -> None:
    _agrees(relay)


def _agrees(relay: Relay) -> None:
    book = relay.book()
    rows = ask(book, "baton").rows
    assert max(Counter(r["customer_id"] for r in rows).values(), default=1) == 1
    assert {r["customer_id"]: (r["role"], r["person_id"], r["reason"]) for r in rows} == batons(relay)
    nobody = [r["customer_id"] for r in rows if r["reason"] == "nobody"]
    assert sorted(r[0] for r in book.run_sql(unheld(book.as_of, relay.timezone)).rows) == nobody
    assert [(r["deal_id"], r["owner"]) for r in ask(book, "dropped_batons").rows] == dropped(relay)
    assert {r["customer_id"]: tuple(r.values())[1:] for r in ask(book, "handoff_flow").rows} == flows(relay)
    MEMORY.forget(book)
