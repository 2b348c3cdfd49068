"""`relevo show` of hand-offs and promises, from files to the cells of the worked example."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from tests.cli.running import Runner
from tests.making import write_table


def relay(folder: Path) -> None:
    """One hand-off of 5 of 6 items, 4 of the 5 right and one re-ask about the empty one; four promises, three unmet."""
    write_table(folder, "handoff", [{
        "handoff_id": "h1", "customer_id": "A", "template": "sale", "from_role": "sales", "to_role": "success",
        "from_person_id": "ana", "to_person_id": "cleo", "given_at": "2025-01-20T10:00:00Z",
        "accepted_at": "2025-01-21T10:00:00Z", "confirmed_at": "2025-02-20T10:00:00Z", "items": 6,
        "completeness": "0.833333333333333333", "accuracy": "0.8", "reasks": 2, "reasks_unfilled": 1,
    }])  # fmt: skip
    write_table(folder, "promise", [
        {
            "promise_id": f"p{i}", "customer_id": "A", "person_id": "ana", "made_at": "2025-01-10T10:00:00Z",
            "text": "SSO", "product_state": state, "due_on": "2025-03-01", "kept_at": kept,
        }
        for i, (state, kept) in enumerate((
            ("exists", "2025-02-01T10:00:00Z"), ("planned", "2025-04-01T10:00:00Z"), ("absent", None), ("absent", None),
        ))
    ])  # fmt: skip


def answered(ran: Any) -> list[dict[str, Any]]:
    assert ran.code == 0, ran.err
    rows: list[dict[str, Any]] = json.loads(ran.out)["rows"]
    return rows


def test_the_worked_example_on_the_command_line(relevo: Runner, raw: Path) -> None:
    relay(raw)
    assert relevo("load", str(raw)).code == 0
    assert relevo("build", "--as-of", "2025-12-31").code == 0
    ran = relevo("show", "handoff_fidelity", "--by", "from_person", "--format", "csv")
    header, row = csv.reader(io.StringIO(ran.out))
    assert header == ["from_person", "n", "completeness", "accuracy", "reask_rate", "fidelity", "low", "high"]
    assert row == ["ana", "1", "0.833333", "0.8", "0.166667", "0.555556", "", ""]
    assert "0.555556" in relevo("show", "handoff_fidelity", "--by", "template").out
    assert answered(relevo("show", "promises", "--by", "person", "--format", "json")) == [
        {"person": "ana", "made": 4, "due": 4, "kept": 1, "late": 1, "broken": 2, "gap": 0.75, "n": 4}
    ]
    early = answered(relevo("show", "promises", "--by", "product_state", "--as-of", "2025-03-01", "--format", "json"))
    assert [(r["product_state"], r["kept"], r["broken"]) for r in early] == [
        ("absent", 0, 2), ("exists", 1, 0), ("planned", 0, 1),
    ]  # fmt: skip
    assert answered(relevo("show", "handoff_fidelity", "--as-of", "2025-02-19", "--format", "json"))[0]["n"] == 0
    windowed = relevo("show", "handoff_fidelity", "--months", "10", "--where", "to_person=cleo", "--format", "json")
    assert answered(windowed)[0]["n"] == 0
    refused = relevo("show", "mrr", "--by", "from_person")
    assert refused.code != 0
    assert "not a dimension" in refused.err
