"""The rows behind a figure add up to the figure, to the cent, for every figure a page shows."""

import pytest

from relevo.answers.measures import show
from relevo.answers.money import money_page
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.rows import rows_page
from relevo.answers.today import today_page
from relevo.answers.values import RowsAsk, Unit
from relevo.base.errors import WrongUse
from relevo.measures.card import Ask
from tests.answers.company import LAST

OCTOBER = Ask(first=2026 * 12 + 9, last=2026 * 12 + 9)
WINDOWS = ("net_revenue_retention", "gross_revenue_retention", "gross_mrr_churn", "net_mrr_churn", "logo_churn")


@pytest.mark.parametrize("name", ["mrr", "arr", "arpa", "upgrade_rate", *WINDOWS])
@pytest.mark.parametrize("by", [None, "channel"])
def test_rows_sum_to_the_cells_of_their_figure(everything: Reading, name: str, by: str | None) -> None:
    for row in show(everything, name, Ask(by=by, first=OCTOBER.first, last=OCTOBER.last)).rows:
        page = rows_page(everything, RowsAsk(name, month=LAST, by=by, value=row[by] if by else None), limit=None)
        for column, total in page.listing.totals.items():
            assert total == row[column]
            assert total == sum(r[column] for r in page.listing.rows)


def test_movements_sum_to_every_cell_of_the_bridge(everything: Reading) -> None:
    (cells,) = show(everything, "mrr_movements", OCTOBER).rows
    for kind in ("new", "reactivation", "expansion", "contraction", "churn"):
        page = rows_page(everything, RowsAsk("mrr_movements", month=LAST, kind=kind))
        assert abs(page.listing.totals["base_cents"]) == cells[f"{kind}_cents"]
    whole = rows_page(everything, RowsAsk("mrr_movements", month=LAST), limit=None)
    assert whole.listing.totals["base_cents"] == cells["closing_cents"] - cells["opening_cents"]
    for kind in ("opening", "closing"):
        page = rows_page(everything, RowsAsk("mrr_movements", month=LAST, kind=kind))
        assert page.listing.totals["mrr_cents"] == cells[f"{kind}_cents"]


def test_every_bar_of_the_year_opens_to_its_rows(everything: Reading) -> None:
    bridge = money_page(everything).bridge
    assert bridge is not None
    for kind, size in {**bridge.parts, "other": bridge.other}.items():
        page = rows_page(everything, RowsAsk("mrr_movements", month=bridge.until, since=bridge.since, kind=kind))
        total = page.listing.totals["base_cents"]
        assert total == size if kind == "other" else abs(total) == size
    opening = rows_page(everything, RowsAsk("mrr_movements", month=bridge.until, since=bridge.since, kind="opening"))
    assert opening.listing.totals["mrr_cents"] == bridge.opening


def test_every_money_tile_opens_to_rows_with_its_sum(everything: Reading) -> None:
    tiles = (*money_page(everything).tiles, *today_page(everything).tiles)
    for figure in (f for tile in tiles for f in (tile.figure, tile.partner)):
        assert figure.rows is not None
        page = rows_page(everything, figure.rows, limit=None)
        if figure.value.unit is Unit.MONEY and figure.code not in ("arpa", "renewals_by_hand"):
            assert figure.value.amount in [abs(total) for total in page.listing.totals.values()]
        if figure.code == "paying_customers":
            assert figure.value.amount == page.found


def test_every_cell_of_the_cohorts_opens_to_its_rows(everything: Reading) -> None:
    page = money_page(everything)
    for row in [r for r in page.cohorts.rows if r["mrr_cents"] is not None][::7]:
        rows = rows_page(everything, RowsAsk("cohort_retention", cohort=row["cohort"], age=row["age"]), limit=None)
        assert (rows.listing.totals["mrr_cents"], rows.found) == (row["mrr_cents"], row["customers"])


def test_tenure_rows_have_the_mean_of_their_figure(everything: Reading) -> None:
    for row in show(everything, "arpa_by_tenure", Ask()).rows[::6]:
        page = rows_page(everything, RowsAsk("arpa_by_tenure", age=row["tenure_month"]), limit=None)
        assert page.found == row["n"]
        assert abs(page.listing.totals["mrr_cents"] / page.found - row["survivors_cents"]) <= 1


def test_survival_rows_are_its_events(everything: Reading) -> None:
    events = [r for r in show(everything, "survival", Ask()).rows if r["events"]]
    assert events
    for row in events:
        assert rows_page(everything, RowsAsk("survival", age=row["tenure_month"])).found == row["events"]
    assert rows_page(everything, RowsAsk("survival")).found == sum(r["events"] for r in events)


def test_pages_of_rows_are_parts_of_the_whole(everything: Reading) -> None:
    ask = RowsAsk("mrr", month=LAST)
    whole = rows_page(everything, ask, limit=None)
    first, second = rows_page(everything, ask, limit=10), rows_page(everything, ask, limit=10, offset=10)
    assert first.listing.rows + second.listing.rows == whole.listing.rows[:20]
    assert (first.next_offset, whole.next_offset) == (10, None)
    assert first.listing.totals == whole.listing.totals


def test_a_viewer_gets_the_rows_of_own_customers(everything: Reading, anas: Reading) -> None:
    mine = rows_page(anas, RowsAsk("mrr", month=LAST), limit=None)
    assert {int(r["customer_id"][1:]) % 2 for r in mine.listing.rows} == {0}
    assert (
        mine.listing.totals["mrr_cents"] < rows_page(everything, RowsAsk("mrr", month=LAST)).listing.totals["mrr_cents"]
    )
    with pytest.raises(Refused):
        rows_page(anas, RowsAsk("mrr", month=LAST, by="seller", value="leo"))


@pytest.mark.parametrize(
    "ask",
    [
        RowsAsk("nothing"),
        RowsAsk("mrr", month="May"),
        RowsAsk("cohort_retention", cohort="2026-10", age=9),
        RowsAsk("mrr", month=LAST, by="channel", value="tv"),
    ],
)
def test_rows_of_no_figure_are_refused(everything: Reading, ask: RowsAsk) -> None:
    with pytest.raises((WrongUse, NotFound)):
        rows_page(everything, ask)
