"""Take what the Desk wrote down into the landing, so that the next build has it: hand-offs, promises, fit, reviews,
votes.

It may be killed at any line. Rows are noted as taken once they are landed; landed twice they change nothing, for they
have the same keys and the same times.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from relevo.base.config import Home
from relevo.book.landing import Landing
from relevo.book.landing_store import OWN_SOURCE
from relevo.book.tables import TABLES
from relevo.jobs.clock import now
from relevo.jobs.desk import config_with_readings, has_ready_desk
from relevo.sources.own import OwnRows, Row, land_own, loads_with

# The apps of the Desk whose rows are taken: each has `mirrored` (what is new) and `actions_mirror` (noting it).
_APPS = ("relay", "reviews", "voices")


def has_news(home: Home) -> bool:
    """Whether the Desk has rows that a build would take into the book; False in a home without a Desk."""
    if not has_ready_desk(home):
        return False
    return any(_mirrored(app).has_news() for app in _APPS) or _is_lost(home)


def mirror(home: Home) -> int:
    """Land what is new on the Desk, and note it; how many of its rows. Nothing in a home without a Desk.

    NotReady while another load runs.
    """
    if not has_ready_desk(home):
        return 0
    if _is_lost(home):
        for app in _APPS:
            _noting(app).note_lost()
    return sum(_mirror_app(home, app) for app in _APPS)


def _mirror_app(home: Home, app: str) -> int:
    """Land what is new in one app, a batch at a time."""
    total, currency = 0, home.config().company.currency
    while found := _mirrored(app).news(currency):
        tables = [_own(home, app, table, rows, found.gone.get(table, frozenset()), currency)
                  for table, rows in found.rows.items()]  # fmt: skip
        land_own(tables, Landing(home.landing), config_with_readings(home), now())
        noted: int = _noting(app).note_mirrored(found.seen)
        total += noted
        if not noted:  # all of it was changed meanwhile: the next build takes it
            break
    return total


def _mirrored(app: str) -> Any:
    return import_module(f"relevo.desk.{app}.mirrored")


def _noting(app: str) -> Any:
    return import_module(f"relevo.desk.{app}.actions_mirror")


def _is_lost(home: Home) -> bool:
    """Whether the landing was emptied: what the Desk had landed is not there any more."""
    is_landed = any(_mirrored(app).has_mirrored() for app in _APPS)
    return is_landed and all(load.source != OWN_SOURCE for load in Landing(home.landing).loads())


def _own(home: Home, app: str, table: str, rows: Sequence[Row], gone: frozenset[str], currency: str) -> OwnRows:
    """The rows of one table. Where a row was withdrawn that had been landed, its load is replaced by one without it:

    the book of an earlier moment still shows it, and no later one does.
    """
    if not gone:
        return OwnRows(table, rows)
    loads = loads_with(Landing(home.landing), table, gone)
    again = _mirrored(app).rows_standing(table, frozenset().union(*loads.values()) - gone, currency)
    key = TABLES[table].key
    only = {tuple(row[name] for name in key): row for row in (*again, *rows)}
    return OwnRows(table, list(only.values()), tuple(sorted(loads)))
