"""What a load does with files beside each other, and when it reads them again."""

from datetime import UTC, datetime
from pathlib import Path

from relevo.base.config import Company, Config
from relevo.book.landing_store import Landing
from relevo.sources.load import load_path
from tests.sources.systems.loading import Loaded, load, write

VIEW = """
    Summation column,Id,Requester,Requester email,Subject,Status,Via,Created at,Solved at
    1,7,Ann,ann@acme.example,Printer,Solved,Mail,{created},
"""


def opened(landing: Landing, folder: Path, zone: str) -> tuple[bool, str]:
    """Whether the ticket was read, not known already, and when it was opened."""
    config = Config(Company(timezone=zone))
    report = load_path(folder, landing, config, datetime(2026, 6, 2, tzinfo=UTC))
    (found,) = (each for each in report.loads if each.load.table == "conversation")
    rows = Loaded(folder, landing, report, config).rows("conversation", "opened_at")
    assert len(rows) == 1
    return found.is_new, str(rows[0][0])


def test_another_zone_of_the_company_reads_local_times_again(tmp_path: Path) -> None:
    folder = write(tmp_path / "raw", view=VIEW.format(created="2026-06-01 10:00"))
    landing = Landing(tmp_path / "landing")
    # In June Madrid is two hours before UTC, and Bogota five hours behind it.
    assert opened(landing, folder, "Europe/Madrid") == (True, "2026-06-01 08:00:00")
    assert opened(landing, folder, "Europe/Madrid") == (False, "2026-06-01 08:00:00")
    assert opened(landing, folder, "America/Bogota") == (True, "2026-06-01 15:00:00")


def test_a_file_that_says_its_zone_is_not_read_again(tmp_path: Path) -> None:
    told = VIEW.format(created="2026-06-01 10:00").replace("Created at", "Created at (UTC)")
    landing, folder = Landing(tmp_path / "landing"), write(tmp_path / "raw", view=told)
    assert opened(landing, folder, "Europe/Madrid") == (True, "2026-06-01 10:00:00")
    assert opened(landing, folder, "America/Bogota") == (False, "2026-06-01 10:00:00")


def test_a_table_that_only_explains_others_is_unused_where_it_lies_alone(tmp_path: Path) -> None:
    plans = """
        id,amount,currency,interval,interval_count,nickname,product_id,usage_type,_fivetran_synced
        gold,5000,eur,month,1,Gold,prod_1,licensed,2026-06-01 00:00:00
    """
    loaded = load(write(tmp_path / "raw", plan=plans), tmp_path / "landing")
    loaded.every_file_is_told()
    assert loaded.report.unused == ("plan.csv",)
    assert loaded.why_unused["plan.csv"] == (
        "It is stripe.plan, which explains other tables, and none of them lies beside it; it was not read."
    )


def test_a_history_beside_the_table_itself_is_unused(tmp_path: Path) -> None:
    head = "id,customer_id,status,created,start_date,canceled_at,current_period_start,current_period_end,"
    row = "sub_1,cus_1,canceled,2026-01-01 00:00:00,2026-01-01 00:00:00,2026-03-01 00:00:00,2026-02-01 00:00:00,,"
    folder = write(
        tmp_path / "raw",
        subscription=f"{head}_fivetran_synced\n{row}2026-06-01 00:00:00",
        subscription_history=f"{head}_fivetran_synced,_fivetran_active\n{row}2026-06-01 00:00:00,true",
    )
    loaded = load(folder, tmp_path / "landing")
    loaded.every_file_is_told()
    assert loaded.report.unused == ("subscription_history.csv",)
    assert loaded.counts == {("subscription.csv", "cancellation"): (1, 0, 0)}
