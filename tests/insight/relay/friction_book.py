"""A company drawn in memory as the tables of a book, so that a book can be held against what was drawn."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from relevo.insight.relay.friction import DAY
from relevo.insight.relay.friction_causes import NEW_DAYS
from tests.insight.relay.friction_seeds import UNTIL, Drawn

# UNTIL is the end of 31 October 2026.
_BEGIN = datetime(2026, 11, 1, tzinfo=UTC) - timedelta(seconds=UNTIL)
_STEPS = ("set_up", "go_live", "adopted")
Table = list[dict[str, Any]]


def instant(seconds: float) -> str:
    """An instant of the drawn company as a text that is loaded."""
    return f"{_BEGIN + timedelta(seconds=int(seconds)):%Y-%m-%dT%H:%M:%SZ}"


def tables_of(company: Drawn) -> dict[str, Table]:
    """Every table that friction and its causes are read from."""
    told: dict[str, Table] = {name: [] for name in (
        "customer", "deal", "milestone", "conversation", "message", "handoff", "rating", "person", "assignment",
    )}  # fmt: skip
    facts = company.facts
    _talk(told, "first", facts.customer[0], -DAY, 1)
    for i, (name, segment) in enumerate(zip(facts.customer, facts.segment, strict=True)):
        stage, began, ended = int(facts.stage[i]), int(facts.began[i]), int(facts.ended[i])
        if stage == 0:
            told["customer"].append({"customer_id": name, "name": name, "segment": segment})
            told["deal"].append({
                "deal_id": f"d-{name}", "customer_id": name, "kind": "new", "outcome": "won", "currency": "EUR",
                "opened_at": instant(began), "closed_at": instant(ended),
            })  # fmt: skip
            _people(told, company, name, began, int(facts.ended[i + 3]))
        else:
            told["milestone"].append({"milestone_id": f"m{i}", "customer_id": name, "kind": _STEPS[stage - 1],
                                      "reached_at": instant(ended)})  # fmt: skip
        _talk(told, f"t{i}", name, began, float(facts.waited[i]))
        _said(told, company, i, (began + ended) // 2)
    return told


def _talk(told: dict[str, Table], key: str, customer: str, at: float, wait: float) -> None:
    told["conversation"].append({"conversation_id": key, "customer_id": customer, "channel": "mail",
                                 "opened_at": instant(at)})  # fmt: skip
    told["message"] += [
        {"message_id": f"{key}-{who}", "conversation_id": key, "at": instant(when), "author_kind": who,
         "is_public": True}
        for who, when in (("customer", at), ("human", at + wait))
    ]  # fmt: skip


def _said(told: dict[str, Table], company: Drawn, i: int, at: int) -> None:
    """What was asked again after a hand-off that names nobody, and how easy it was."""
    facts, name = company.facts, company.facts.customer[i]
    if np.isfinite(facts.asked[i]):
        told["handoff"].append({
            "handoff_id": f"h{i}", "customer_id": name, "from_role": "sales", "to_role": "success",
            "given_at": instant(at), "reasks": int(facts.asked[i]),
        })  # fmt: skip
    if np.isfinite(facts.effort[i]):
        told["rating"].append({"rating_id": f"r{i}", "kind": "ces", "customer_id": name, "at": instant(at),
                               "scale_max": 7, "score": round(7 - 6 * float(facts.effort[i]))})  # fmt: skip


def _people(told: dict[str, Table], company: Drawn, customer: str, began: int, ended: int) -> None:
    """One whose first days at the company are over after the drawn share; whoever takes over began on a day unknown."""
    held = company.people[customer]
    assert held.new_share is not None
    assert held.transfers is not None
    old_from = _BEGIN + timedelta(seconds=began + held.new_share * (ended - began))
    told["person"].append({"person_id": f"p-{customer}", "name": customer, "team": "success",
                           "started_on": f"{old_from - timedelta(days=NEW_DAYS):%Y-%m-%d}"})  # fmt: skip
    told["assignment"].append({"customer_id": customer, "role": "success", "person_id": f"p-{customer}",
                               "from_at": instant(began)})  # fmt: skip
    for i in range(held.transfers):
        told["assignment"].append({
            "customer_id": customer, "role": "support", "person_id": f"x{i % 2}",
            "from_at": instant(began + (i + 1) / (held.transfers + 1) * (ended - began)),
        })  # fmt: skip
