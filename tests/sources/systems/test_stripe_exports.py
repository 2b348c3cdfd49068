"""Stripe's exports: subscriptions, whose spans are cut where the export knows that something changed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from relevo.base.config import Config
from relevo.book.engine import connect
from relevo.book.landing_rows import kept_sql
from relevo.book.landing_store import Landing
from relevo.sources.load import load_path

HEAD = (
    "id,Customer ID,Customer Email,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start (UTC),"
    "Current Period Start (UTC),Current Period End (UTC),Trial End (UTC),Canceled At (UTC),Ended At (UTC)\n"
)


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "landing")


def load(landing: Landing, folder: Path, month: int, *rows: str) -> None:
    file = folder / f"{month}" / "subscriptions.csv"
    file.parent.mkdir()
    file.write_text(HEAD + "\n".join(rows) + "\n")
    load_path(file, landing, Config(), datetime(2026, month, 28, tzinfo=UTC))


def spans(landing: Landing, known_at: datetime | None = None) -> list[tuple[str, ...]]:
    told = "strftime(valid_from, '%m-%d'), strftime(valid_to, '%m-%d'), status, unit_amount_cents * quantity"
    with connect() as connection:
        kept = kept_sql(landing, "subscription_span", known_at)
        return connection.execute(f"SELECT {told} FROM ({kept}) ORDER BY subscription_id, valid_from").fetchall()


def test_a_trial_and_an_unpaid_period_are_parts_of_their_own(landing: Landing, tmp_path: Path) -> None:
    load(
        landing,
        tmp_path,
        6,
        "sub_1,cus_1,a@b.example,gold,2,eur,month,49.50,past_due,2026-01-10 08:00,2026-01-10 08:00,"
        "2026-06-24 08:00,2026-07-24 08:00,2026-01-24 08:00,,",
    )
    assert spans(landing) == [
        ("01-10", "01-24", "trialing", 9900),
        ("01-24", "06-24", "active", 9900),
        ("06-24", None, "past_due", 9900),
    ]


def test_what_the_next_export_tells_takes_the_place_of_every_part(landing: Landing, tmp_path: Path) -> None:
    row = "{id},cus_1,a@b.example,gold,1,eur,month,10,{status},2026-01-10,2026-01-10,{now},2026-09-10,,,"
    load(
        landing,
        tmp_path,
        6,
        row.format(id="sub_1", status="past_due", now="2026-06-10"),
        row.format(id="sub_2", status="past_due", now="2026-06-11"),
    )
    load(landing, tmp_path, 7, row.format(id="sub_1", status="active", now="2026-07-10"))
    assert spans(landing) == [
        ("01-10", None, "active", 1000),
        ("01-10", "06-11", "active", 1000),
        ("06-11", None, "past_due", 1000),
    ], "what the later file says nothing of stays"
    assert len(spans(landing, datetime(2026, 7, 1, tzinfo=UTC))) == 4, "what was known in June is still known of June"
