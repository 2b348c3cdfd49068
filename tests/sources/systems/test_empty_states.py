"""A row whose state is empty is not taken for the likeliest one, nor left out as if it were in another."""

from pathlib import Path

import pytest

from tests.sources.systems.exports import CHARGEBEE, CHARTMOGUL, HELPSCOUT_CONVERSATIONS, PIPEDRIVE
from tests.sources.systems.loading import Loaded, load, write

STRIPE = """
    id,Customer ID,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start (UTC)
    sub_1,cus_1,a@b.example,gold,2,eur,month,49.50,active,2026-01-10 08:00,2026-01-10 08:00
"""
STRIPE_PAYMENTS = """
    id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Fee,Status,Customer ID,Captured
    ch_1,,Payment complete.,2026-01-10 08:00,49.50,0.00,eur,1.20,Paid,cus_1,true
"""


def without_states(folder: Path, text: str, heading: str) -> Loaded:
    """An export in which the column of states is empty."""
    sign = ";" if ";" in text else ","
    head, *rows = (line.strip().split(sign) for line in text.strip().splitlines())
    place = head.index(heading)
    bare = [sign.join([*row[:place], "", *row[place + 1 :]]) for row in rows]
    return load(write(folder / "raw", export="\n".join([sign.join(head), *bare])), folder / "landing")


@pytest.mark.parametrize(
    ("text", "heading", "table", "column", "rows"),
    [
        (STRIPE, "Status", "subscription_span", "status", 1),
        (STRIPE_PAYMENTS, "Status", "payment", "status", 1),
        # Whose trial is over is told by the state alone, so that s1 is not cut.
        (CHARGEBEE, "status", "subscription_span", "status", 4),
        (CHARTMOGUL, "STATUS", "subscription_span", "status", 4),
        (PIPEDRIVE, "Deal - Status (Open/Won/Lost)", "deal", "outcome", 3),
    ],
)
def test_what_needs_a_state_is_set_aside(
    tmp_path: Path, text: str, heading: str, table: str, column: str, rows: int
) -> None:
    loaded = without_states(tmp_path, text, heading)
    assert loaded.aside["export.csv", table, column, "it is empty but required"] == rows
    assert loaded.rows(table, "*") == []


def test_a_conversation_of_no_state_is_no_spam(tmp_path: Path) -> None:
    loaded = without_states(tmp_path, HELPSCOUT_CONVERSATIONS, "status")
    assert loaded.rows("conversation", "count(*), count(closed_at)") == [(3, 0)]
