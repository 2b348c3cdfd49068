"""The list of customers: found, filtered and sorted, with their count and the sum of what they pay."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers.reading import NotFound, Reading
from relevo.answers.remembering import Remembered
from relevo.answers.stamp import Stamp, stamp
from relevo.base.errors import WrongUse
from relevo.base.money import apportion, half_up, mrr_from_base
from relevo.base.periods import day_from_number
from relevo.book.book import Book, Tables
from relevo.measures.revenue.levels import levels_at
from relevo.measures.slices import NONE

PAGE = 50
TRAITS = ("segment", "channel", "plan", "country")
SORTS = ("name", "mrr", "since", *TRAITS)
# Who is shown as holding the baton: the first of these roles that somebody has now.
OWNER_ROLES = ("success", "account_manager", "implementation", "sales", "support", "presales")
_CARDS: Remembered[dict[str, "CustomerRow"]] = Remembered(4)


class Status(StrEnum):
    """Whether a customer pays now, has left, or never paid."""

    PAYING = "paying"
    LEFT = "left"
    NEVER = "never"


@dataclass(frozen=True)
class CustomersAsk:
    """Which customers, in which order: `text` is part of a name, domain or id; `traits` are pairs."""

    text: str = ""
    status: Status | None = None
    traits: tuple[tuple[str, str], ...] = ()
    sort: str = "mrr"
    descending: bool = True
    limit: int | None = PAGE
    offset: int = 0


@dataclass(frozen=True)
class CustomerRow:
    """One customer as of the book's day. `mrr_cents` is in the book's currency, 0 where it does not pay now."""

    customer_id: str
    name: str
    domain: str | None
    status: Status
    mrr_cents: int
    since: date | None
    left_on: date | None
    segment: str | None
    channel: str | None
    plan: str | None
    country: str | None
    owner: str | None


@dataclass(frozen=True)
class CustomersPage:
    """One page of the list; `found`, `paying` and `mrr_cents` cover everything that was asked for, not the page."""

    stamp: Stamp
    ask: CustomersAsk
    rows: tuple[CustomerRow, ...]
    found: int
    paying: int
    mrr_cents: int
    choices: dict[str, tuple[str, ...]]

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.ask.offset + len(self.rows)
        return shown if shown < self.found else None


def customers_page(reading: Reading, ask: CustomersAsk) -> CustomersPage:
    """The customers this viewer may see that match. WrongUse for an unknown sort or trait."""
    _check(ask)
    cards = customer_rows(reading)
    matching = sorted((row for row in cards if _matches(row, ask)), key=lambda row: row.customer_id)
    known = [row for row in matching if _key(row, ask) is not None]
    unknown = [row for row in matching if _key(row, ask) is None]
    known.sort(key=lambda row: _key(row, ask), reverse=ask.descending)  # type: ignore[arg-type, return-value]
    ordered = [*known, *unknown]
    end = None if ask.limit is None else ask.offset + ask.limit
    return CustomersPage(
        stamp=stamp(reading),
        ask=ask,
        rows=tuple(ordered[ask.offset : end]),
        found=len(matching),
        paying=sum(row.status is Status.PAYING for row in matching),
        mrr_cents=sum(row.mrr_cents for row in matching),
        choices={name: _values(cards, name) for name in TRAITS},
    )


def customer_rows(reading: Reading) -> tuple[CustomerRow, ...]:
    """Every customer this viewer may see; what they pay sums to the MRR of the scope on the book's day."""
    return tuple(_cards(reading.book).values())


def customer_card(reading: Reading, customer_id: str) -> CustomerRow:
    """One customer's card. NotFound where there is none, or none that the viewer may see."""
    reading.check_customer(customer_id)
    found = _cards(reading.company_book).get(customer_id)
    if found is None:
        raise NotFound(f"There is no customer {customer_id!r} here.", "Look for it under Customers.")
    return found


def _cards(book: Book) -> dict[str, CustomerRow]:
    """Cards by customer, made once per book and scope: filters and sorting then need no query."""
    return _CARDS.get(book, "cards", lambda: _make_cards(book))


def _make_cards(book: Book) -> dict[str, CustomerRow]:
    found = book.run(_card_rows(book)).dicts()
    exact = [mrr_from_base(int(row["base_e16"])) for row in found]
    cents = apportion(exact, half_up(sum(exact, Fraction(0))))
    return {row["customer_id"]: _as_row(row, paid) for row, paid in zip(found, cents, strict=True)}


def _card_rows(book: Book) -> ir.Table:
    """One row per customer of the book: name, what it pays now, since when, its traits and who holds it."""
    tables, month = book.tables, book.open_month
    starts = tables.customer_start
    ids = ibis.union(tables.customer.select("customer_id"), starts.select("customer_id"), distinct=True)
    rows = _joined(ids, tables.customer.select("customer_id", "name", "domain"))
    rows = _joined(rows, levels_at(tables, [month]).select("customer_id", "base_e16"))
    rows = _joined(rows, starts.select("customer_id", "first_day", "churn_day"))
    rows = _joined(rows, _traits(tables, month))
    rows = _joined(rows, _owners(tables))
    paid = ibis.coalesce(rows.base_e16, ibis.literal(0).cast("decimal(38, 0)"))
    status = ibis.cases((paid > 0, "paying"), (rows.first_day.notnull(), "left"), else_="never")
    return rows.mutate(name=ibis.coalesce(rows.name, rows.customer_id), base_e16=paid, status=status)


def _as_row(found: dict[str, Any], cents: int) -> CustomerRow:
    status = Status(found["status"])
    since, left = found["first_day"], found["churn_day"]
    return CustomerRow(
        customer_id=found["customer_id"],
        name=found["name"],
        domain=found["domain"],
        status=status,
        mrr_cents=cents,
        since=None if since is None else day_from_number(since),
        left_on=None if left is None or status is Status.PAYING else day_from_number(left),
        owner=found["owner"],
        **{name: found[name] for name in TRAITS},
    )


def _joined(rows: ir.Table, more: ir.Table) -> ir.Table:
    return rows.left_join(more, "customer_id").drop("customer_id_right")


def _traits(tables: Tables, month: int) -> ir.Table:
    traits = tables.customer_trait
    held = traits.filter(traits.name.isin(TRAITS) & (traits.from_month <= month) & (traits.to_month > month))
    return held.group_by("customer_id").aggregate(**{name: held.value.max(where=held.name == name) for name in TRAITS})


def _owners(tables: Tables) -> ir.Table:
    """Per customer the name of the person whose open assignment comes first in `OWNER_ROLES`."""
    held = tables.assignment.filter(lambda t: t.to_at.isnull())
    rank = held.role.cases(*((role, i) for i, role in enumerate(OWNER_ROLES)), else_=len(OWNER_ROLES))
    order = ibis.window(group_by="customer_id", order_by=["rank", ibis.desc("from_at"), "person_id"])
    first = held.mutate(rank=rank).mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    people = tables.person.select("person_id", "name")
    named = first.select("customer_id", "person_id").left_join(people, "person_id")
    return named.select("customer_id", owner=ibis.coalesce(named.name, named.person_id))


def _check(ask: CustomersAsk) -> None:
    if ask.sort not in SORTS:
        raise WrongUse(f"Customers cannot be sorted by {ask.sort!r}.", f"Sort by one of {', '.join(SORTS)}.")
    unknown = [name for name, _ in ask.traits if name not in TRAITS]
    if unknown:
        raise WrongUse(f"Customers cannot be filtered by {unknown[0]!r}.", f"Filter by one of {', '.join(TRAITS)}.")


def _matches(row: CustomerRow, ask: CustomersAsk) -> bool:
    told = f"{row.name}\n{row.domain or ''}\n{row.customer_id}".casefold()
    return (
        all(word in told for word in ask.text.casefold().split())
        and ask.status in (None, row.status)
        and all((getattr(row, name) or NONE) == value for name, value in ask.traits)
    )


def _key(row: CustomerRow, ask: CustomersAsk) -> str | int | date | None:
    """What a row is sorted by; rows that have none stand last in either direction."""
    if ask.sort == "name":
        return row.name.casefold()
    if ask.sort == "mrr":
        return row.mrr_cents
    found: str | date | None = getattr(row, ask.sort)
    return found


def _values(cards: tuple[CustomerRow, ...], name: str) -> tuple[str, ...]:
    """The values of a trait that occur, for the filters; '(none)' last where some customer has none."""
    found = {getattr(row, name) for row in cards}
    return (*sorted(found - {None}), *((NONE,) if None in found and len(found) > 1 else ()))
