"""Build a book and publish it."""

from collections.abc import Callable
from datetime import date, datetime

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.book.build import BuildReport, Order, build
from relevo.book.landing import Landing
from relevo.book.manifest import Step
from relevo.book.policy import profile
from relevo.book.store import Store
from relevo.jobs.clock import now, today
from relevo.jobs.desk import config_in_force, note_publication
from relevo.jobs.loading import ensure_home


def build_book(
    home: Home,
    on_step: Callable[[Step], None],
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    policy: str = "relevo",
) -> BuildReport:
    """Build a book of a home as of a day (today by default) and publish it unless a critical finding forbids.

    Wrong use for a day that has not come yet. The Desk's log of publications gets an entry where there is a Desk.
    """
    ensure_home(home)
    current = today(home.config().company.timezone)
    if as_of and as_of > current:
        raise WrongUse(f"{as_of} has not come yet.", f"Give --as-of up to {current}; what is planned is not a fact.")
    config, said = config_in_force(home, as_of or current)
    order = Order(as_of or current, now(), known_at, profile(policy), said)
    report = build(Landing(home.landing), Store(home.books), config, order, on_step)
    if report.published:
        note_publication(home, report.manifest)
    return report
