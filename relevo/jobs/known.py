"""What was known at a moment: a book of its own, made from what had been recorded by then, kept beside the others."""

import hashlib
import shutil
from datetime import date, datetime
from pathlib import Path

from relevo.base.config import Home
from relevo.base.errors import NotReady
from relevo.base.findings import Severity
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.matching.decisions import fingerprint
from relevo.book.store import Store
from relevo.jobs.clock import now
from relevo.jobs.desk import config_in_force
from relevo.jobs.identity import decisions

# Each is as large as a book.
KEPT = 3


def known_at_books(home: Home, known_at: datetime, as_of: date | None = None) -> Path:
    """The folder of the book as of a day (the published book's) that holds only what was recorded by a moment.

    Made when it is first asked, which takes as long as a build without anything to reuse; the last three are kept.
    Months are not closed in it; decisions about identity are those that held then. NotReady before the first book, and
    where a critical finding stands in the way.
    """
    served = Store(home.books).manifest()
    day = as_of or served.as_of
    landing = Landing(home.landing)
    loads = " ".join(f"{load.seq}:{load.id}" for load in landing.loads())
    decided = decisions(home, known_at)
    made_of = (known_at.isoformat(), day, served.policy.hash, loads, fingerprint(decided))
    key = hashlib.sha256("|".join(map(str, made_of)).encode()).hexdigest()[:16]
    folder = home.books / "known"
    store = Store(folder / key)
    if store.current() is None:
        _forget(folder, KEPT - 1)
        config, said = config_in_force(home, day)
        order = Order(day, now(), known_at, served.policy, said, decisions=decided)
        report = build(landing, store, config, order, lambda _step: None)
        if not report.published:
            why = next(f.message for f in report.findings if f.severity is Severity.CRITICAL)
            raise NotReady(f"No book could be made of what was known by {known_at}: {why}", "Ask a later moment.")
    return store.path


def _forget(folder: Path, keep: int) -> None:
    """Remove all but the newest of the books that were made so."""
    made = sorted(folder.glob("*"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in made[keep:]:
        shutil.rmtree(old)
