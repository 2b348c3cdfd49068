"""What the columns of the list of customers hold, asked of the book group by group and only when a column is wanted.

Everything here is about every customer of the company. What a viewer may see of it is decided in `sight`.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers.customer_columns import ATTRIBUTE, HELD
from relevo.answers.holding import is_held, is_open
from relevo.answers.series import AND
from relevo.base.periods import day_from_number, day_in, month_of
from relevo.book.book import Book, Tables
from relevo.book.rollups.traits import DERIVED, FIXED
from relevo.measures.revenue.levels import levels_at

TRAITS = ("segment", "channel", "plan", "country")
MORE_TRAITS = ("industry", "size_band", "persona", "parent", "seller", "cohort")
YEAR = 12
VOICE_DAYS = 90
# Who is shown as holding the baton: the first of these roles that somebody has now.
OWNER_ROLES = ("success", "account_manager", "implementation", "sales", "support", "presales")
# Column name to what is known of each customer, by customer id.
Facts = Mapping[str, Mapping[str, Any]]


class Status(StrEnum):
    """Whether a customer pays now, has left, or never paid."""

    PAYING = "paying"
    LEFT = "left"
    NEVER = "never"


@dataclass(frozen=True)
class CardFacts:
    """What the book says of one customer at first sight. `base_e16` is its exact run-rate on the book's day."""

    customer_id: str
    name: str
    domain: str | None
    status: Status
    base_e16: int
    since: date | None
    tenure: int | None
    left_on: date | None
    traits: Mapping[str, str | None]
    owner: str | None


class Groups:
    """The questions by group, each asked of a book and answered with its columns."""

    @staticmethod
    def cards(book: Book) -> tuple[CardFacts, ...]:
        """One card per customer of the book, in the order of their ids."""
        rows = book.run(_card_rows(book)).dicts()
        return tuple(sorted((_card(row, book) for row in rows), key=lambda card: card.customer_id))

    @staticmethod
    def levels_before(book: Book) -> Mapping[str, int]:
        """Exact run-rates a year before the book's month, of those who paid then."""
        rows = levels_at(book.tables, [book.open_month - YEAR]).select("customer_id", "base_e16")
        return {key: int(base) for key, base in book.run(rows).rows}

    @staticmethod
    def facts(book: Book, group: str) -> Facts:
        """The columns of a group, for every customer of the book that has them."""
        return _QUESTIONS[group](book)


def _card_rows(book: Book) -> ir.Table:
    """One row per customer of the book: name, what it pays now, since when, its traits and who holds it."""
    tables, month = book.tables, book.open_month
    starts = tables.customer_start
    ids = ibis.union(tables.customer.select("customer_id"), starts.select("customer_id"), distinct=True)
    rows = _joined(ids, tables.customer.select("customer_id", "name", "domain"))
    rows = _joined(rows, levels_at(tables, [month]).select("customer_id", "base_e16"))
    rows = _joined(rows, starts.select("customer_id", "first_day", "churn_day"))
    rows = _joined(rows, _traits(tables, month, TRAITS))
    rows = _joined(rows, _owners(book))
    paid = ibis.coalesce(rows.base_e16, ibis.literal(0).cast("decimal(38, 0)"))
    status = ibis.cases((paid > 0, "paying"), (rows.first_day.notnull(), "left"), else_="never")
    return rows.mutate(name=ibis.coalesce(rows.name, rows.customer_id), base_e16=paid, status=status)


def _card(found: Mapping[str, Any], book: Book) -> CardFacts:
    status = Status(found["status"])
    since, left = found["first_day"], found["churn_day"]
    began = None if since is None else day_from_number(since)
    ended = None if left is None or status is Status.PAYING else day_from_number(left)
    return CardFacts(
        customer_id=found["customer_id"],
        name=found["name"],
        domain=found["domain"],
        status=status,
        base_e16=int(found["base_e16"]),
        since=began,
        tenure=None if began is None else month_of(ended or book.as_of) - month_of(began),
        left_on=ended,
        traits={name: found[name] for name in TRAITS},
        owner=found["owner"],
    )


def _joined(rows: ir.Table, more: ir.Table) -> ir.Table:
    return rows.left_join(more, "customer_id").drop("customer_id_right")


def _held_traits(tables: Tables, month: int) -> ir.Table:
    traits = tables.customer_trait
    return traits.filter((traits.from_month <= month) & (traits.to_month > month))


def _traits(tables: Tables, month: int, names: tuple[str, ...]) -> ir.Table:
    held = _held_traits(tables, month).filter(lambda t: t.name.isin(names))
    return held.group_by("customer_id").aggregate(**{name: held.value.max(where=held.name == name) for name in names})


def _owners(book: Book) -> ir.Table:
    """Per customer the name of the person whose role comes first in `OWNER_ROLES` of those held on the book's day."""
    held = _held_now(book)
    rank = held.role.cases(*((role, i) for i, role in enumerate(OWNER_ROLES)), else_=len(OWNER_ROLES))
    order = ibis.window(group_by="customer_id", order_by=["rank", ibis.desc("from_at"), "person_id"])
    first = held.mutate(rank=rank).mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    people = book.tables.person.select("person_id", "name")
    named = first.select("customer_id", "person_id").left_join(people, "person_id")
    return named.select("customer_id", owner=ibis.coalesce(named.name, named.person_id))


def _held_now(book: Book) -> ir.Table:
    return book.tables.assignment.filter(lambda t: is_held(t, book.until))


def _more_traits(book: Book) -> Facts:
    rows = book.run(_traits(book.tables, book.open_month, MORE_TRAITS))
    return _by_column(rows.dicts(), MORE_TRAITS)


def _attributes(book: Book) -> Facts:
    """Every dated attribute that is no dimension of its own, under `attr:NAME`."""
    held = _held_traits(book.tables, book.open_month)
    rows = held.filter(~held.name.isin((*FIXED, *DERIVED))).select("customer_id", "name", "value")
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for key, name, value in sorted(book.run(rows).rows):
        found[f"{ATTRIBUTE}:{name}"][key] = value
    return found


def _holders(book: Book) -> Facts:
    """Who holds each customer on the book's day: anybody under `held`, and in each role under `held:ROLE`."""
    rows = book.run(_held_now(book).select("customer_id", "role", "person_id", "from_at")).rows
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key, role, person, _ in rows:
        found[HELD][key].add(person)
        found[f"{HELD}:{role}"][key].add(person)
    named = {column: {key: AND.join(sorted(who)) for key, who in each.items()} for column, each in found.items()}
    return {f"{HELD}:{role}": {} for role in OWNER_ROLES} | {HELD: {}} | named


def _terms(book: Book) -> Facts:
    """The next term end of contracts in force, and whether what ends then renews by itself."""
    rates = book.tables.run_rate
    live = rates.filter(rates.to_day.isnull() & (rates.term_end_on > book.as_of))
    rows = live.group_by("customer_id", "term_end_on").aggregate(auto_renew=live.auto_renew.min())
    found = sorted(book.run(rows).rows, key=lambda row: (row[1], row[0]), reverse=True)
    # The earliest term comes last and stays.
    return {"renewal": {key: day for key, day, _ in found}, "auto_renew": {key: auto for key, _, auto in found}}


def _talk(book: Book) -> Facts:
    """Conversations that are open on the book's day, and the day on which the last one was opened."""
    talks = book.tables.conversation
    known = talks.filter(talks.customer_id.notnull() & (talks.opened_at < book.until))
    still = is_open(known, book.until).cast("int64").sum()
    rows = known.group_by("customer_id").aggregate(still=still, last=known.opened_at.max())
    found = book.run(rows).rows
    return {
        "open_conversations": {key: int(still) for key, still, _ in found},
        "last_conversation": _days(book, {key: last for key, _, last in found}),
    }


def _touches(book: Book) -> Facts:
    touches = book.tables.touch.filter(lambda t: t["at"] < book.until)
    rows = touches.group_by("customer_id").aggregate(last=touches["at"].max())
    return {"last_touch": _days(book, dict(book.run(rows).rows))}


def _use(book: Book) -> Facts:
    used = book.tables.usage.filter(lambda t: (t.on_date <= book.as_of) & (t.events > 0))
    rows = used.group_by("customer_id").aggregate(last=used.on_date.max())
    return {"last_use": dict(book.run(rows).rows)}


def _voice(book: Book) -> Facts:
    """The mean of happiness answers (great 1, okay 0, not good -1) of the last days, and how many there were."""
    until = book.until
    said = book.tables.rating.filter(
        lambda t: (
            (t.kind == "happiness")
            & t.customer_id.notnull()
            & (t["at"] < until)
            & (t["at"] >= until - timedelta(days=VOICE_DAYS))
        )
    )
    rows = said.group_by("customer_id").aggregate(points=said.score.sum(), n=said.count())
    found = book.run(rows).rows
    return {
        "happiness": {key: int(points) / int(n) for key, points, n in found},
        "ratings": {key: int(n) for key, _, n in found},
    }


def _days(book: Book, instants: Mapping[str, datetime]) -> Mapping[str, date]:
    """The calendar days of instants where the company is."""
    return {key: day_in(at, book.company.timezone) for key, at in instants.items()}


def _by_column(rows: list[dict[str, Any]], names: tuple[str, ...]) -> Facts:
    return {name: {row["customer_id"]: row[name] for row in rows if row[name] is not None} for name in names}


_QUESTIONS: Mapping[str, Callable[[Book], Facts]] = {
    "traits": _more_traits,
    "attributes": _attributes,
    "holders": _holders,
    "terms": _terms,
    "talk": _talk,
    "touches": _touches,
    "use": _use,
    "voice": _voice,
}
