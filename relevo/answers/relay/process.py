"""The process of handing on: how often customers change hands, what goes with it, and what nobody announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relevo.answers.measures import Ask, show
from relevo.answers.reading import Reading, Scope
from relevo.answers.relay.acting import person_names
from relevo.answers.relay.sight import all_names
from relevo.answers.stamp import Stamp, stamp
from relevo.base.errors import WrongUse
from relevo.book.remembering import Remembered
from relevo.insight.relay.first_year import FEWEST, METHOD, MOST, By, Handed, first_years
from relevo.insight.relay.unannounced import UnannouncedChange, unannounced_changes

__all__ = ["CUTS", "FEWEST", "METHOD", "MOST", "Handed", "ProcessPage", "Silent", "process"]
CUTS: tuple[By, ...] = ("team", "person")
SHOWN = 50
_YEARS: Remembered[tuple[Handed, ...]] = Remembered(4)
_SILENT: Remembered[tuple[UnannouncedChange, ...]] = Remembered(32)
_FLOW: Remembered[tuple[Mapping[str, Any], ...]] = Remembered(32)


@dataclass(frozen=True)
class Bounced:
    """A customer that went straight back to who had it: how often, and how often it changed hands at all."""

    customer_id: str
    customer: str
    ping_pongs: int
    team_handoffs: int
    person_handoffs: int


@dataclass(frozen=True)
class Silent:
    """A change of who holds a customer that no hand-off announced; `at` is UTC without saying so."""

    customer_id: str
    customer: str
    role: str
    giver: str
    receiver: str
    at: datetime


@dataclass(frozen=True)
class ProcessPage:
    """Groups are of the whole company; `bounced` and `silent` of the viewer's customers, cut, with how many in all."""

    stamp: Stamp
    by: By
    groups: tuple[Handed, ...]
    bounced: tuple[Bounced, ...]
    bounced_found: int
    silent: tuple[Silent, ...]
    silent_found: int
    scope: Scope

    @property
    def customers(self) -> int:
        """Customers whose first year is over."""
        return sum(each.customers for each in self.groups)


def process(reading: Reading, by: str = "") -> ProcessPage:
    """The page of the process, by teams or by persons. WrongUse for another cut."""
    cut = next((each for each in CUTS if each == (by or CUTS[0])), None)
    if cut is None:
        raise WrongUse(f"Hand-offs are not counted by {by[:40]!r}.", f"Known: {', '.join(CUTS)}.")
    book, mine = reading.company_book, reading.book
    bounced = _FLOW.get(mine, "bounced", lambda: _bounced(reading))
    silent = _SILENT.get(mine, "silent", lambda: unannounced_changes(mine))
    names, people = all_names(reading), person_names(reading)
    return ProcessPage(
        stamp=stamp(reading),
        by=cut,
        groups=_YEARS.get(book, cut, lambda: first_years(book, cut)),
        bounced=tuple(
            Bounced(r["customer_id"], names.get(r["customer_id"], r["customer_id"]), r["ping_pongs"],
                    r["team_handoffs"], r["person_handoffs"])
            for r in bounced[:SHOWN]
        ),
        bounced_found=len(bounced),
        silent=tuple(
            Silent(c.customer_id, names.get(c.customer_id, c.customer_id), c.role,
                   people.get(c.from_person, c.from_person), people.get(c.to_person, c.to_person), c.at)
            for c in silent[:SHOWN]
        ),
        silent_found=len(silent),
        scope=reading.scope,
    )  # fmt: skip


def _bounced(reading: Reading) -> tuple[Mapping[str, Any], ...]:
    """Customers of the viewer that came straight back, the most often first."""
    rows = [row for row in show(reading, "handoff_flow", Ask()).rows if row["ping_pongs"]]
    return tuple(sorted(rows, key=lambda row: (-row["ping_pongs"], row["customer_id"])))
