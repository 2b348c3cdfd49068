"""Make the demo company in a home of its own."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from relevo.base.config import Company, Home
from relevo.base.errors import WrongUse
from relevo.base.periods import first_day, month_of
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.desk.ready import prepare
from relevo.jobs.clock import now, today
from relevo.jobs.demo_fit import ask_about_fit
from relevo.jobs.demo_people import OWNER, add_people
from relevo.jobs.demo_relay import add_relay
from relevo.jobs.demo_rules import promise_answers
from relevo.jobs.loading import start_home
from relevo.sources.load import load_path

COMPANY = Company("Norte Software", "EUR", "Europe/Madrid")
MARK = "demo.txt"
__all__ = ["OWNER", "make_demo", "write_exports"]


def make_demo(home: Home, customers: int, on_step: Callable[[str, int], None]) -> bool:
    """Fill a home with the demo company and build its book; False where it was made before.

    Refuses a home that holds anything else. A start that was interrupted is taken up again.
    """
    _refuse_other_data(home)
    if (home.path / MARK).exists() and Store(home.books).current():
        ask_about_fit(home)
        promise_answers(home)
        add_relay(home, add_people(home))
        return False
    from relevo.jobs.publish import build_book  # the compiler and numpy are not needed for a second start

    if not home.settings_file.exists():
        start_home(home, COMPANY)
    (home.path / MARK).write_text(f"The demo company with {customers} customers. Not for data of your own.\n", "utf-8")
    ends_on = _last_month_end()
    _write_and_load(home, customers, ends_on, on_step)
    prepare(home)  # first: a Desk that is there keeps the forecasts of the book
    build_book(home, lambda step: on_step(step.name, step.rows), as_of=ends_on)
    ask_about_fit(home)
    promise_answers(home)
    if add_relay(home, add_people(home)):
        build_book(home, lambda _step: None, as_of=ends_on)  # what people told here is in the book from the start
    return True


def write_exports(folder: Path, customers: int) -> int:
    """Write what each system would export of a demo company; how many exports.

    WrongUse where the folder holds anything.
    """
    from relevo.sources.demo import exports  # numpy is not needed for a second start

    return len(exports.write_exports(folder, customers=customers, ends_on=_last_month_end()))


def _last_month_end() -> date:
    return first_day(month_of(today(COMPANY.timezone))) - timedelta(days=1)


def _write_and_load(home: Home, customers: int, ends_on: date, on_step: Callable[[str, int], None]) -> None:
    from relevo.sources.demo import write_demo

    with TemporaryDirectory(prefix="relevo-demo-", dir=home.path) as folder:
        write_demo(Path(folder), customers=customers, ends_on=ends_on)
        load_path(Path(folder), Landing(home.landing), home.config(), now(), on_step)


def _refuse_other_data(home: Home) -> None:
    if (home.path / MARK).exists() or not home.path.exists():
        return
    if home.settings_file.exists() or Landing(home.landing).loads():
        raise WrongUse(
            f"{home.path} already belongs to a company.", "Give the demo a home of its own: relevo --home DIR demo."
        )
