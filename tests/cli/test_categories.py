"""A category that the help desk renamed keeps its history, and what nobody filed stays in sight (row S3-24)."""

import json
from pathlib import Path
from typing import Any

from tests.cli.running import Runner
from tests.making import span, write_table

MAPPING = """
[[source]]
name = "desk"
[[source.table]]
file = "tickets.csv"
table = "conversation"
[source.table.columns]
conversation_id = "Id"
customer_id = "Company"
channel = {{ constant = "email" }}
category = {category}
opened_at = "Opened"
"""
TICKETS = """Id,Company,Topic,Opened
1,A,Sign in,2026-08-03 09:00:00
2,A,Sign in,2026-09-01 09:00:00
3,A,Access,2026-10-05 09:00:00
4,A,,2026-10-06 09:00:00
"""


def types(relevo: Runner) -> dict[str, int]:
    """Conversations of the last three months by what they were about."""
    assert relevo("build", "--as-of", "2026-10-31").code == 0
    rows: list[dict[str, Any]] = json.loads(relevo("show", "work_types", "--format", "json").out)["rows"]
    return {row["category"]: row["conversations"] for row in rows}


def test_a_renamed_category_keeps_its_history(relevo: Runner, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    write_table(raw, "customer", [{"customer_id": "A", "name": "Firm"}])
    write_table(raw, "subscription_span", [span("A", "2026-01-01", None, 10_000)])
    write_table(raw, "headcount", [{"on_date": "2026-01-01", "employees": 300}])
    (raw / "tickets.csv").write_text(TICKETS, "utf-8")
    settings = relevo.home / "relevo.toml"
    assert relevo("load", str(raw)).code == 0
    before = settings.read_text("utf-8")
    settings.write_text(before + MAPPING.format(category='"Topic"'), "utf-8")
    relevo("load", str(raw))
    assert types(relevo) == {"Sign in": 2, "Access": 1, "(none)": 1}
    renamed = '{ column = "Topic", values = { "Sign in" = "Access" } }'
    settings.write_text(before + MAPPING.format(category=renamed), "utf-8")
    relevo("load", str(raw))
    assert types(relevo) == {"Access": 3, "(none)": 1}
