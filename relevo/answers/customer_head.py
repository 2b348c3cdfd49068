"""What stands at the head of a customer's page: who holds it, when its term ends, what it brought, how it is doing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers.customer_facts import OWNER_ROLES
from relevo.answers.holding import is_held, is_open, shown_name, until_of
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.book.book import Book, Tables
from relevo.book.remembering import Remembered
from relevo.insight.one_customer import END_OF_DAY, ask_about, of_customer
from relevo.measures.asking import ask as ask_book
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask
from relevo.measures.revenue.customer_value import CUSTOMER_VALUE

HAPPY_DAYS = 90
_ROLES: Remembered[tuple[str, ...]] = Remembered(2)
_VALUES: Remembered[dict[str, "Worth"]] = Remembered(4)


@dataclass(frozen=True)
class Holder:
    """Who is responsible in a role since when; `who` is None where nobody is, `before` then who was until `since`."""

    role: str
    who: str | None
    since: datetime | None
    before: str | None = None


@dataclass(frozen=True)
class Renewal:
    """The next end of a term of a subscription in force; `auto_renew` is None where the source does not say."""

    on: date
    auto_renew: bool | None


@dataclass(frozen=True)
class Worth:
    """Margin brought so far and what is expected yet, in minor units of the book's currency."""

    realised_cents: int
    expected_cents: int


@dataclass(frozen=True)
class Mood:
    """How happy the customer said it was in the last 90 days: answers by score."""

    great: int
    okay: int
    bad: int

    @property
    def n(self) -> int:
        """All answers."""
        return self.great + self.okay + self.bad


@dataclass(frozen=True)
class Touch:
    """The last contact outside the help desk: when, what sort, and by whom."""

    at: datetime
    kind: str
    who: str | None


@dataclass(frozen=True)
class Head:
    """The state of one customer on the book's day. `worth` is None where it never paid, and for who may not see it."""

    holders: tuple[Holder, ...]
    renewal: Renewal | None
    worth: Worth | None
    open_conversations: int
    mood: Mood
    last_touch: Touch | None


def customer_head(reading: Reading, customer_id: str) -> Head:
    """The head of a customer whom the viewer may see (NotFound otherwise)."""
    reading.check_customer(customer_id)
    book, names = reading.company_book, names_of_people(reading)
    until = until_of(reading)
    sees_money = reading.viewer.sees_money_of(customer_id)
    return Head(
        holders=_holders(book, customer_id, names, until),
        renewal=_renewal(book, customer_id),
        worth=_worths(reading).get(customer_id) if sees_money else None,
        open_conversations=_open(book, customer_id),
        mood=_mood(book, customer_id, until),
        last_touch=_touch(book, customer_id, names, until),
    )


def _holders(book: Book, customer_id: str, names: dict[str, str], until: datetime) -> tuple[Holder, ...]:
    """Every role that the company fills, and those this customer once knew: who has it, or nobody."""
    spans = [s for s in ask_about(book, customer_id, _assignments).dicts() if s["from_at"] < until]
    roles = dict.fromkeys([*_company_roles(book), *(s["role"] for s in spans)])
    return tuple(_holder(role, [s for s in spans if s["role"] == role], names) for role in _ranked(roles))


def _holder(role: str, spans: list[dict[str, Any]], names: dict[str, str]) -> Holder:
    held = [s for s in spans if s["is_held"]]
    if held:
        return Holder(role, shown_name(names, held[-1]["person_id"]), held[-1]["from_at"])
    if not spans:
        return Holder(role, None, None)
    last = max(spans, key=lambda s: s["to_at"])
    return Holder(role, None, last["to_at"], shown_name(names, last["person_id"]))


def _assignments(tables: Tables) -> ir.Table:
    mine = of_customer(tables.assignment)
    asked = mine.select("role", "person_id", "from_at", "to_at", is_held=is_held(mine, END_OF_DAY))
    return asked.order_by("from_at", "person_id")


def _company_roles(book: Book) -> tuple[str, ...]:
    """The roles that somebody holds for some customer on the book's day."""
    return _ROLES.get(book, "roles", lambda: tuple(str(row[0]) for row in book.run(_roles_held(book)).rows))


def _roles_held(book: Book) -> ir.Table:
    held = book.tables.assignment
    return held.filter(is_held(held, book.until)).select("role").distinct().order_by("role")


def _ranked(roles: dict[str, None]) -> list[str]:
    known = [role for role in OWNER_ROLES if role in roles]
    return [*known, *(role for role in roles if role not in known)]


def _renewal(book: Book, customer_id: str) -> Renewal | None:
    ends = [r for r in ask_about(book, customer_id, _terms).dicts() if r["term_end_on"] > book.as_of]
    if not ends:
        return None
    first = ends[0]["term_end_on"]
    known = {r["auto_renew"] for r in ends if r["term_end_on"] == first}
    return Renewal(first, None if None in known else all(known))


def _terms(tables: Tables) -> ir.Table:
    rates = of_customer(tables.run_rate)
    live = rates.filter(rates.to_day.isnull() & rates.term_end_on.notnull())
    return live.select("term_end_on", "auto_renew").distinct().order_by("term_end_on")


def _worths(reading: Reading) -> dict[str, Worth]:
    """Every customer's worth, asked once per book: a company's curve and margin stand behind each."""
    book, assumed = reading.company_book, reading.assumed()
    return _VALUES.get(book, assumed, lambda: _ask_worths(book, assumed))


def _ask_worths(book: Book, assumed: Assumptions) -> dict[str, Worth]:
    rows = ask_book(book, CUSTOMER_VALUE.card.name, Ask(assumptions=assumed)).rows
    return {r["customer_id"]: Worth(r["realised_cents"], r["expected_cents"]) for r in rows}


def _open(book: Book, customer_id: str) -> int:
    return len(ask_about(book, customer_id, _open_talks).rows)


def _open_talks(tables: Tables) -> ir.Table:
    mine = of_customer(tables.conversation)
    return mine.filter(is_open(mine, END_OF_DAY)).select("conversation_id")


def _mood(book: Book, customer_id: str, until: datetime) -> Mood:
    since = until - timedelta(days=HAPPY_DAYS)
    scores = [score for score, at in ask_about(book, customer_id, _ratings).rows if since <= at < until]
    return Mood(*(sum(score == wanted for score in scores) for wanted in (1, 0, -1)))


def _ratings(tables: Tables) -> ir.Table:
    rows = of_customer(tables.rating)
    return rows.filter(rows.kind == "happiness").select("score", "at")


def _touch(book: Book, customer_id: str, names: dict[str, str], until: datetime) -> Touch | None:
    found = (r for r in ask_about(book, customer_id, _touches).rows if r[0] < until)
    last = next(found, None)
    return Touch(last[0], last[1], shown_name(names, last[2])) if last else None


def _touches(tables: Tables) -> ir.Table:
    mine = of_customer(tables.touch)
    return mine.select("at", "kind", "person_id", "touch_id").order_by(ibis.desc("at"), "touch_id")
