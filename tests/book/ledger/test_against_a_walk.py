"""The ledger's SQL against a walk through each conversation, over random help desks."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.ledger.oracle import waits, walk
from tests.book.ledger.talks import DAY, ledger, rows
from tests.measures.memory import Memory

WHO = ("c", "c", "c", "ana", "ana", "ben", "b", "-ana")
KINDS = ("closed", "reopened", "status", "assigned")


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


@st.composite
def talks(draw: st.DrawFn, name: str) -> dict[str, list[dict[str, Any]]]:
    """A conversation of up to nine messages within three weeks; no two things at one instant but by chance."""
    moments = st.integers(0, 21 * 24 * 4).map(lambda quarter: DAY + timedelta(minutes=15 * quarter))
    said = draw(st.lists(st.tuples(moments, st.sampled_from(WHO)), max_size=9, unique_by=lambda each: each[0]))
    told = draw(st.lists(st.tuples(moments, st.sampled_from(KINDS)), max_size=5, unique_by=lambda each: each[0]))
    opened = draw(st.sampled_from([DAY, *([min(m for m, _ in said)] * 3 if said else [])]))
    messages = [_message(name, i, when, who) for i, (when, who) in enumerate(said)]
    events = [
        {"event_id": f"{name}e{i}", "conversation_id": name, "at": when + timedelta(minutes=1), "kind": kind,
         "to_value": {"status": "solved", "assigned": "ana"}.get(kind)}
        for i, (when, kind) in enumerate(told)
    ]  # fmt: skip
    talk = {"conversation_id": name, "customer_id": "acme", "channel": "mail", "opened_at": opened}
    return {"conversation": [talk], "message": messages, "conversation_event": events}


def _message(name: str, number: int, when: Any, who: str) -> dict[str, Any]:
    author = who.removeprefix("-")
    kind = {"c": "customer", "b": "bot"}.get(author, "human")
    return {"message_id": f"{name}m{number}", "conversation_id": name, "at": when, "author_kind": kind,
            "author_id": author if kind == "human" else None, "is_public": not who.startswith("-")}  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(*(talks(f"t{i}") for i in range(4))))
def test_waits_and_episodes_are_those_of_a_walk(memory: Memory, desk: tuple[Any, ...]) -> None:
    book = ledger(memory, *desk)
    expected_waits, expected_episodes = [], []
    for each in desk:
        (talk,) = each["conversation"]
        for episode in walk(talk, each["message"], each["conversation_event"]):
            name = (talk["conversation_id"], episode.number)
            replies = sum(1 for line in episode.lines if line[1] == "h") if each["message"] and any(
                m["is_public"] or m["author_kind"] == "customer" for m in each["message"]) else None  # fmt: skip
            expected_episodes.append((*name, replies))
            expected_waits += [(*name, *wait) for wait in waits(episode)]
    columns = ("conversation_id", "episode", "from_at", "until_at", "given_up_at", "person_id")
    found = rows(book, "customer_wait", *columns)
    assert found == sorted(expected_waits, key=repr)
    assert rows(book, "episode", "conversation_id", "episode", "replies") == sorted(expected_episodes, key=repr)
    memory.forget(book)
