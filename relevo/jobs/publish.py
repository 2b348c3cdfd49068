"""Build a book and publish it; how it went is written into the journal of builds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from types import TracebackType

from relevo.base.config import Home
from relevo.base.errors import NotReady, RelevoError, WrongUse
from relevo.base.findings import Severity
from relevo.book import journal
from relevo.book.build import BuildReport, Order, build
from relevo.book.journal import Ending
from relevo.book.landing import Landing
from relevo.book.manifest import Step
from relevo.book.policy import profile
from relevo.book.store import Store
from relevo.jobs import erasure
from relevo.jobs.clock import now, today
from relevo.jobs.closing import closed_files
from relevo.jobs.desk import config_in_force, note_publication, policy_in_force
from relevo.jobs.forecasts import freeze_forecasts
from relevo.jobs.identity import decisions
from relevo.jobs.loading import ensure_home
from relevo.jobs.mirror import mirror
from relevo.measures.definitions import definitions

NEXT = {
    Ending.DISK_FULL: "Free space, then run relevo build.",
    Ending.READ_ONLY: "Make the home writable for this user, then run relevo build.",
    Ending.OUT_OF_MEMORY: "Raise memory_limit in relevo.toml or end other programs, then run relevo build.",
}


class BuildFailed(RelevoError):
    """The machine did not let a build end: disk, memory or permissions. The book that was served still is."""

    exit_code = 1


def build_book(
    home: Home,
    on_step: Callable[[Step], None],
    *,
    as_of: date | None = None,
    known_at: datetime | None = None,
    policy: str | None = None,
) -> BuildReport:
    """Build a book of a home as of a day (today by default) and publish it unless a critical finding forbids.

    What people wrote down on the Desk since the last build is landed first, so that the book has it.

    Wrong use for a day that has not come yet; NotReady while another build runs; BuildFailed where disk, memory or
    permissions end it. The Desk's log of publications gets an entry where there is a Desk. The policy is the one in
    force by house rule unless a profile is named; the months that are closed and the decisions about identity go with
    the book.
    """
    ensure_home(home)
    erasure.resume(home)
    mirror(home)
    current = today(home.config().company.timezone)
    if as_of and as_of > current:
        raise WrongUse(f"{as_of} has not come yet.", f"Give --as-of up to {current}; what is planned is not a fact.")
    config, said = config_in_force(home, as_of or current)
    day = as_of or current
    order = Order(
        day, now(), known_at, profile(policy) if policy else policy_in_force(home, day), said,
        closed=closed_files(home, day, known_at), definitions=definitions(), decisions=decisions(home, known_at),
    )  # fmt: skip
    store = Store(home.books)
    with _Told(store, order) as told:
        report = build(Landing(home.landing), store, config, order, lambda step: told.step(step, on_step))
        if report.published:
            note_publication(home, report.manifest)
        told.report = report
    if report.published:
        freeze_forecasts(home, report.manifest)
    return report


class _Told:
    """Writes the journal of one build: at its begin, after each step, and how it ended, whatever ended it."""

    def __init__(self, store: Store, order: Order) -> None:
        self._store = store
        self._build = journal.begun(order.now, order.as_of)
        self.report: BuildReport | None = None

    def __enter__(self) -> "_Told":
        running = journal.read(self._store.path)
        if running and running.ending is Ending.RUNNING:
            raise NotReady("Another build of this home is running.", "Wait until it ends.")
        try:
            self._store.path.mkdir(parents=True, exist_ok=True)
            journal.write(self._store.path, self._build)
        except OSError as problem:
            raise self._failed(*journal.ending_of(problem)) from problem
        return self

    def step(self, step: Step, on_step: Callable[[Step], None]) -> None:
        """One step has ended."""
        self._build = self._build.after(step.name)
        journal.write(self._store.path, self._build)
        on_step(step)

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.report is not None and problem is None:
            self._end(*_ending_of_report(self.report))
        elif problem is not None:
            self._die(problem)

    def _die(self, problem: BaseException) -> None:
        """Say why, and give back the disk; a problem of the machine is told as such."""
        self._clear()
        ending, told = journal.ending_of(problem)
        with suppress(OSError):  # a disk that takes nothing: the process is gone soon, which is told instead
            self._end(ending, told, None)
        if ending in NEXT:
            raise self._failed(ending, told) from problem

    def _end(self, ending: Ending, told: str, book: str | None) -> None:
        journal.write(self._store.path, self._build.ended(ending, told, book))

    def _clear(self) -> None:
        """Give back what the dead build took of the disk; another build that began meanwhile does it itself."""
        with suppress(OSError, NotReady), self._store.building():
            pass

    def _failed(self, ending: Ending, told: str) -> BuildFailed:
        place = f"after the step {self._build.step!r}" if self._build.step else "before its first step"
        served = self._store.current()
        still = f"The book {served} is still served." if served else "No book has been published yet."
        return BuildFailed(f"The build ended {place}: {told} {still}", NEXT.get(ending, "Run relevo doctor."))


def _ending_of_report(report: BuildReport) -> tuple[Ending, str, str | None]:
    """How a build that came to its end ended: published, or refused for what was found."""
    if report.published:
        return Ending.PUBLISHED, "", report.manifest.id
    critical = [f.message for f in report.findings if f.severity is Severity.CRITICAL]
    more = f" And {len(critical) - 1} more." if len(critical) > 1 else ""
    return Ending.REFUSED, critical[0] + more, None
