"""Everything that is known to have happened with one customer, in one list.

`ENTRIES` names, for every canonical table, how its rows become lines; `NOT_LINES` names the tables that give none and
why. A test keeps the two complete. Frequent small things (usage, article views, work) give one line a month.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.book.book import Book, Tables
from relevo.insight.lines import conversations, money, product, relay, selling
from relevo.insight.one_customer import ask_about, of_customer

Lines = Callable[[Tables], list[ir.Table]]

ENTRIES: dict[str, Lines] = {
    **selling.LINES,
    **money.LINES,
    **conversations.LINES,
    **product.LINES,
    **relay.LINES,
}

NOT_LINES: dict[str, str] = {
    "person": "It is about a colleague.",
    "person_role": "It is about a colleague.",
    "absence": "It is about a colleague.",
    "headcount": "It is about the company.",
    "shift": "It is about a colleague.",
    "coaching": "It is about a colleague.",
    "review": "It judges a colleague's answer; people see their own.",
    "schedule": "It is about the company.",
    "holiday": "It is about the company.",
    "fx_rate": "It is about a currency.",
    "spend": "It is about the company.",
    "target": "It is about the company.",
    "article": "It is for every customer; who read it is a line.",
    "customer_alias": "It has no date; the page lists the names.",
    "deal_role": "It has no date; the deal's line names who sold it.",
    "invoice_line": "The line of its invoice has the sum.",
    "message": "The line of its conversation counts them.",
    "handoff_item": "The line of its hand-off counts them.",
}


@dataclass(frozen=True)
class Happening:
    """One line: when (UTC), its kind and code, what and who it names, an amount or a number, its record's address.

    `is_day` says that only the day is known. `amount` is in minor units of `currency`. `who` is a person's id.
    """

    at: datetime
    is_day: bool
    kind: str
    code: str
    what: str | None
    who: str | None
    amount: int | None
    currency: str | None
    number: int | None
    url: str | None


def timeline(book: Book, customer_id: str) -> tuple[Happening, ...]:
    """Everything known of a customer up to the end of the book's as-of day, newest first."""
    until = book.until
    found = (_happening(row) for row in ask_about(book, customer_id, _everything).dicts())
    return tuple(line for line in found if line.at < until)


def _everything(tables: Tables) -> ir.Table:
    lines = [line for entry in ENTRIES.values() for line in entry(tables)]
    kept = [of_customer(line).filter(line.at.notnull()) for line in lines]
    return ibis.union(*kept).order_by(ibis.desc("at"), "kind", "code", "what")


def _happening(row: dict[str, Any]) -> Happening:
    return Happening(**{name: value for name, value in row.items() if name != "customer_id"})
