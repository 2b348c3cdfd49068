"""The demo company as a canonical folder: `write_demo` draws it and writes one Parquet file per table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from relevo.base.errors import WrongUse
from relevo.book.tables import TABLES
from relevo.sources.demo.billing import write_billing
from relevo.sources.demo.cast import Cast, cast
from relevo.sources.demo.conversations import draw_conversations, settled
from relevo.sources.demo.customer_tables import write_customers
from relevo.sources.demo.customers import Customers, draw_customers
from relevo.sources.demo.desk import draw_desk
from relevo.sources.demo.effort import write_selling_work, write_support_work, write_touches
from relevo.sources.demo.frame import DAY, Frame, frame
from relevo.sources.demo.fx import draw_rates, write_rates
from relevo.sources.demo.lives import live
from relevo.sources.demo.owners import Owners, draw_owners
from relevo.sources.demo.people import write_people
from relevo.sources.demo.product import write_issues, write_reports, write_usage
from relevo.sources.demo.relay import write_relay
from relevo.sources.demo.reviews import write_reviews
from relevo.sources.demo.selling import draw_deals, write_selling
from relevo.sources.demo.service import parts, served
from relevo.sources.demo.spend import write_spend
from relevo.sources.demo.states import Lives
from relevo.sources.demo.staying import write_seller_touches
from relevo.sources.demo.subscriptions import write_spans
from relevo.sources.demo.talks import write_talks
from relevo.sources.demo.threads import draw_thread
from relevo.sources.demo.voice import write_voice
from relevo.sources.demo.writer import Writer

_BY_PART = ("usage", "touch", "work", "conversation", "message", "conversation_event", "rating", "survey_invite",
            "review", "coaching", "issue_report", "article_view")  # fmt: skip


@dataclass(frozen=True)
class DemoSummary:
    """What was written: rows and file per table."""

    company: str
    rows: dict[str, int]
    paths: dict[str, Path]


def write_demo(
    folder: Path,
    *,
    customers: int = 2000,
    seed: int = 20260101,
    ends_on: date,
    company: str = "norte",
    tables: Collection[str] | None = None,
) -> DemoSummary:
    """Write the demo company into `folder`, 36 complete months up to `ends_on` (a month's last day).

    The same arguments give the same rows. `company` is norte, mirror or silent (see README.md); `tables` limits what
    is written, without changing what is in it. Raises WrongUse for an unknown company or table or a day in mid-month.
    """
    wanted = frozenset(TABLES if tables is None else tables)
    if wanted - TABLES.keys():
        raise WrongUse(f"There are no tables {sorted(wanted - TABLES.keys())}.", "See docs/book.md for their names.")
    run = frame(customers, seed, ends_on, company)
    folder.mkdir(parents=True, exist_ok=True)
    out = Writer(folder, wanted)
    _write(run, out)
    paths = out.close()
    return DemoSummary(company, out.rows, paths)


def _write(run: Frame, out: Writer) -> None:
    people = cast(run)
    buyers = draw_customers(run, people)
    lives = live(run, people, buyers)
    owners = draw_owners(run, people, buyers)
    deals = draw_deals(run, people, buyers, owners, lives)
    write_people(run, people, out)
    write_customers(run, buyers, out)
    _write_money(run, people, buyers, lives, out)
    write_selling(run, people, buyers, deals, out)
    write_relay(run, people, buyers, owners, deals, served(run, lives.stretches), out)
    write_selling_work(run, people, buyers, deals, out)
    write_seller_touches(run, people, owners, deals.new_won, out)
    write_issues(run, out)
    _write_parts(run, people, buyers, owners, lives, out)


def _write_money(run: Frame, people: Cast, buyers: Customers, lives: Lives, out: Writer) -> None:
    rates = draw_rates(run)
    write_rates(run, rates, out)
    write_spans(buyers, lives.stretches, out)
    write_billing(run, buyers, lives, out)
    write_spend(run, people, buyers, rates, lives.stretches, out)


def _write_parts(run: Frame, people: Cast, buyers: Customers, owners: Owners, lives: Lives, out: Writer) -> None:
    """What grows with customers and time, some thousand customers at a time, in the reported months."""
    if not out.wants(*_BY_PART):
        return
    everybody = served(run, lives.stretches, run.calendar.opens * DAY)
    desk = draw_desk(run, people)
    number = first_message = 0
    for part in parts(everybody, buyers):
        if out.wants("usage"):
            write_usage(run, buyers, part, out)
        write_touches(run, buyers, owners, part, out)
        asked = draw_conversations(run, buyers, part, number)
        thread = draw_thread(run, desk, asked, first_message)
        rows = settled(run, asked, thread.solved, thread.last, thread.holder)
        number, first_message = number + rows.size, first_message + len(thread.row)
        write_talks(run, buyers, rows, thread, out)
        write_voice(run, rows, thread, desk, part, out)
        write_reviews(run, people, rows, out)
        write_reports(run, rows, out)
        write_support_work(run, rows, thread, out)
