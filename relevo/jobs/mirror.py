"""Take what the Desk wrote down into the landing, so that the next build has it: hand-offs, promises, fit, reviews,
votes.

It may be killed at any line. Rows are noted as taken once they are landed; landed twice they change nothing, for they
have the same keys and the same times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType

from relevo.base.config import Home
from relevo.book.landing import Landing
from relevo.book.landing_store import OWN_SOURCE
from relevo.book.tables import TABLES
from relevo.jobs.clock import now
from relevo.jobs.desk import config_with_readings, has_ready_desk
from relevo.sources.own import OwnRows, Row, land_own, loads_with


@dataclass(frozen=True)
class _Part:
    """One part of the Desk that is mirrored: what it has that is new, and what notes that the book has it."""

    mirrored: ModuleType
    actions: ModuleType


def _parts() -> tuple[_Part, ...]:
    from relevo.desk.relay import actions_mirror as relay_actions
    from relevo.desk.relay import mirrored as relay
    from relevo.desk.reviews import actions_mirror as reviews_actions
    from relevo.desk.reviews import mirrored as reviews
    from relevo.desk.voices import actions_mirror as voices_actions
    from relevo.desk.voices import mirrored as voices

    return _Part(relay, relay_actions), _Part(reviews, reviews_actions), _Part(voices, voices_actions)


def has_news(home: Home) -> bool:
    """Whether the Desk has rows that a build would take into the book; False in a home without a Desk."""
    if not has_ready_desk(home):
        return False
    return any(part.mirrored.has_news() for part in _parts()) or _is_lost(home)


def mirror(home: Home) -> int:
    """Land what is new on the Desk, and note it; how many of its rows. Nothing in a home without a Desk.

    NotReady while another load runs.
    """
    if not has_ready_desk(home):
        return 0
    if _is_lost(home):
        for part in _parts():
            part.actions.note_lost()
    return sum(_mirror(home, part) for part in _parts())


def _mirror(home: Home, part: _Part) -> int:
    total, currency = 0, home.config().company.currency
    while found := part.mirrored.news(currency):
        tables = [_own(home, part, table, rows, found.gone.get(table, frozenset()), currency)
                  for table, rows in found.rows.items()]  # fmt: skip
        land_own(tables, Landing(home.landing), config_with_readings(home), now())
        noted = int(part.actions.note_mirrored(found.seen))
        total += noted
        if not noted:  # all of it was changed meanwhile: the next build takes it
            break
    return total


def _is_lost(home: Home) -> bool:
    """Whether the landing was emptied: what the Desk had landed is not there any more."""
    has_mirrored = any(part.mirrored.has_mirrored() for part in _parts())
    return has_mirrored and all(load.source != OWN_SOURCE for load in Landing(home.landing).loads())


def _own(home: Home, part: _Part, table: str, rows: Sequence[Row], gone: frozenset[str], currency: str) -> OwnRows:
    """The rows of one table. Where a row was withdrawn that had been landed, its load is replaced by one without it:

    the book of an earlier moment still shows it, and no later one does.
    """
    if not gone:
        return OwnRows(table, rows)
    loads = loads_with(Landing(home.landing), table, gone)
    again = part.mirrored.rows_standing(table, frozenset().union(*loads.values()) - gone, currency)
    key = TABLES[table].key
    only = {tuple(row[name] for name in key): row for row in (*again, *rows)}
    return OwnRows(table, list(only.values()), tuple(sorted(loads)))
