"""Random small relays, and what the measures of the relay say of them, worked out row by row in plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from relevo.book.book import Book
from tests.making import span
from tests.measures.relays import AS_OF, MEMORY, Row, at

HOLDERS = ("success", "account_manager", "implementation", "sales")
NEXT = ("presales", "implementation", "success", "account_manager", "support")
FIRST = at("2025-10-01")
# Days around which things happen: the 30 and 90 days of the rules, the as-of day, and a day after it.
_DAYS = (0, 30, 60, 61, 91, 92, 93, 120, 150, 151, 180, 181, 182)
_HOURS = (0, 0, 7, 8, 23)


@dataclass(frozen=True)
class Relay:
    """One random company."""

    tables: Mapping[str, list[Row]]
    timezone: str

    def book(self) -> Book:
        return MEMORY.book(self.tables, AS_OF, timezone=self.timezone)

    @property
    def until(self) -> datetime:
        return self.end(timedelta(0))

    def end(self, before: timedelta) -> datetime:
        """The end of the as-of day, or of one before it."""
        midnight = at("2026-04-01") - before
        return midnight.replace(tzinfo=ZoneInfo(self.timezone)).astimezone(UTC).replace(tzinfo=None)

    def rows(self, table: str, customer: str | None) -> list[Row]:
        return [row for row in self.tables[table] if row["customer_id"] == customer]


instants = st.builds(
    lambda day, hour: FIRST + timedelta(days=day, hours=hour), st.sampled_from(_DAYS), st.sampled_from(_HOURS)
)
maybe = st.one_of(st.none(), instants)
persons = st.sampled_from(("p1", "p2", "p3"))
customers = st.sampled_from(("a", "b", "c"))


@st.composite
def _assignment(draw: st.DrawFn) -> Row:
    start, end = draw(instants), draw(maybe)
    return {
        "customer_id": draw(customers), "role": draw(st.sampled_from((*HOLDERS, "presales", "support", "expert"))),
        "person_id": draw(persons), "from_at": start, "to_at": max(start, end) if end else None,
    }  # fmt: skip


@st.composite
def _handoff(draw: st.DrawFn) -> Row:
    given = draw(maybe)
    return {
        "handoff_id": f"h{draw(st.integers(0, 10**6))}", "customer_id": draw(customers), "from_role": "sales",
        "to_role": draw(st.sampled_from(("implementation", "success"))),
        "to_person_id": draw(st.one_of(st.none(), persons)), "given_at": given,
        "accepted_at": draw(maybe) if given else None,
    }  # fmt: skip


@st.composite
def _deal(draw: st.DrawFn) -> Row:
    return {
        "deal_id": f"d{draw(st.integers(0, 10**6))}", "customer_id": draw(st.one_of(st.none(), customers, customers)),
        "kind": draw(st.sampled_from(("new", "new", "expansion"))),
        "outcome": draw(st.sampled_from(("won", "won", "won", "lost"))), "opened_at": FIRST, "closed_at": draw(maybe),
        "person_id": draw(st.one_of(st.none(), persons)), "currency": "EUR",
    }  # fmt: skip


@st.composite
def relays(draw: st.DrawFn) -> Relay:
    """Three customers, some of which pay, with deals, hand-offs, assignments and conversations in any order."""
    deals = draw(st.lists(_deal(), max_size=4, unique_by=lambda d: d["deal_id"]))
    roles = [
        {"deal_id": d["deal_id"], "role": draw(st.sampled_from(("sold_by", "sold_by", "manager"))), "person_id": p,
         "share": draw(st.sampled_from((None, "0.5", "1")))}
        for d in deals for p in draw(st.lists(persons, max_size=2, unique=True))
    ]  # fmt: skip
    talks = [
        {"conversation_id": f"t{i}", "customer_id": who, "channel": "mail"}
        for i, who in enumerate(draw(st.lists(st.one_of(st.none(), customers), max_size=3)))
    ]
    spans = [
        span(c, "2025-10-15", draw(st.sampled_from((None, "2026-03-01", "2026-03-31", "2026-04-01"))), 1000)
        for c in draw(st.sets(customers))
    ]
    unique = st.lists(_assignment(), max_size=8, unique_by=lambda r: (r["customer_id"], r["role"], r["from_at"]))
    return Relay(
        {
            "customer": [{"customer_id": c, "name": c} for c in "abc"], "subscription_span": spans, "deal": deals,
            "deal_role": roles, "assignment": draw(unique), "conversation": talks,
            "handoff": draw(st.lists(_handoff(), max_size=5, unique_by=lambda h: h["handoff_id"])),
            "conversation_event": [draw(_event(t["conversation_id"], i)) for t in talks for i in range(5)],
        },
        draw(st.sampled_from(("UTC", "America/Los_Angeles"))),
    )  # fmt: skip


@st.composite
def _event(draw: st.DrawFn, conversation: str, number: int) -> Row:
    kind = draw(st.sampled_from(("assigned", "assigned", "group", "status")))
    named = ("first", "second", None) if kind == "group" else ("p1", "p2", "p2", None)
    when = FIRST + timedelta(days=draw(st.integers(0, 190)), minutes=number)
    return {
        "event_id": f"{conversation}-{number}", "conversation_id": conversation, "at": when, "kind": kind,
        "to_value": draw(st.sampled_from(named)),
    }  # fmt: skip


# What the measures say -------------------------------------------------------------------------------------


def seller(relay: Relay, deal: Row) -> str | None:
    shares = [
        (-float(r["share"] or 0), r["person_id"])
        for r in relay.tables["deal_role"] if r["deal_id"] == deal["deal_id"] and r["role"] == "sold_by"
    ]  # fmt: skip
    return deal["person_id"] or min(shares, default=(0, None))[1]


def won(relay: Relay, customer: str | None, by: datetime | None = None) -> list[Row]:
    """Won deals of a customer closed before the end of the as-of day, or by an instant; the last one first."""
    rows = [d for d in relay.rows("deal", customer) if d["outcome"] == "won" and d["closed_at"]]
    rows = [d for d in rows if d["closed_at"] < relay.until and (by is None or d["closed_at"] <= by)]
    return newest(rows, "closed_at", "deal_id")


def newest(rows: list[Row], when: str, key: str) -> list[Row]:
    return sorted(sorted(rows, key=lambda r: r[key]), key=lambda r: r[when], reverse=True)


def pays(relay: Relay, customer: str) -> bool:
    """Spans end as a UTC day begins; the as-of day is the company's."""
    ends = [row["valid_to"] for row in relay.rows("subscription_span", customer)]
    zone = ZoneInfo(relay.timezone)
    return any(e is None or at(e).replace(tzinfo=UTC).astimezone(zone).date() > AS_OF for e in ends)


def is_active(relay: Relay, customer: str) -> bool:
    since = relay.end(timedelta(days=90))
    return pays(relay, customer) or any(d["closed_at"] >= since for d in won(relay, customer))


def holder(relay: Relay, customer: str, when: datetime) -> tuple[str | None, str | None, str]:
    """Role, person and reason by the rule of the baton at an instant."""
    taken = [h for h in relay.rows("handoff", customer) if h["accepted_at"] and h["accepted_at"] <= when]
    last = newest(taken, "accepted_at", "handoff_id")[:1]
    if last and last[0]["to_person_id"]:
        return last[0]["to_role"], last[0]["to_person_id"], "handoff"
    for role in HOLDERS:
        rows = [
            a for a in relay.rows("assignment", customer)
            if a["role"] == role and a["from_at"] <= when and (a["to_at"] is None or when < a["to_at"])
        ]  # fmt: skip
        if rows:
            return role, newest(rows, "from_at", "person_id")[0]["person_id"], "assignment"
    for deal in won(relay, customer, when)[:1]:
        if who := seller(relay, deal):
            return "sales", who, "deal"
    return None, None, "nobody"


def batons(relay: Relay) -> dict[str, tuple[str | None, str | None, str]]:
    last = relay.until - timedelta(microseconds=1)
    return {c: holder(relay, c, last) for c in "abc" if is_active(relay, c)}


def dropped(relay: Relay) -> list[tuple[str, str | None]]:
    """Dropped deals with their owner, newest first."""
    rows = [d for c in ("a", "b", "c", None) for d in won(relay, c) if d["kind"] == "new" and _is_dropped(relay, d)]
    return [(d["deal_id"], seller(relay, d)) for d in newest(rows, "closed_at", "deal_id")]


def _is_dropped(relay: Relay, deal: Row) -> bool:
    if deal["customer_id"] is None:
        return True
    given = [h["given_at"] for h in relay.rows("handoff", deal["customer_id"]) if h["given_at"]]
    if any(deal["closed_at"] - timedelta(days=30) <= g < relay.until for g in given):
        return False
    following = _next_holder(relay, deal)
    return following is None or following != seller(relay, deal)


def _next_holder(relay: Relay, deal: Row) -> str | None:
    closed = deal["closed_at"]
    for role in NEXT:
        spans = [
            (max(a["from_at"], closed), -(a["from_at"] - FIRST), a["person_id"])
            for a in relay.rows("assignment", deal["customer_id"])
            if a["role"] == role and max(a["from_at"], closed) < min(a["to_at"] or relay.until, relay.until)
        ]
        if spans:
            return str(min(spans)[2])
    return None


def flows(relay: Relay) -> dict[str, tuple[int, int, int, int | None]]:
    found = {}
    for customer in "abc":
        relayed = _relayed(relay, customer)
        threads = [relayed, *_talked(relay, customer)]
        if any(threads):
            teams = [_collapsed([(when, team) for when, team, _ in thread]) for thread in threads]
            people = [_collapsed([(when, who) for when, _, who in thread]) for thread in threads]
            days = (relayed[-1][0] - relayed[0][0]).days if relayed else None
            found[customer] = (sum(map(_moves, teams)), sum(map(_moves, people)), sum(map(_back, people)), days)
    return found


def _relayed(relay: Relay, customer: str) -> list[tuple[datetime, Any, Any]]:
    steps = [(a["from_at"], a["role"], a["person_id"]) for a in relay.rows("assignment", customer)]
    taken = [h for h in relay.rows("handoff", customer) if h["accepted_at"]]
    steps += [(h["accepted_at"], h["to_role"], h["to_person_id"]) for h in taken]
    return sorted((s for s in steps if s[0] < relay.until), key=lambda s: s[0])


def _talked(relay: Relay, customer: str) -> list[list[tuple[datetime, Any, Any]]]:
    of = {t["conversation_id"] for t in relay.rows("conversation", customer)}
    found: dict[str, list[tuple[datetime, Any, Any]]] = {}
    for e in relay.tables["conversation_event"]:
        if e["conversation_id"] in of and e["at"] < relay.until and e["to_value"] and e["kind"] != "status":
            team, who = (e["to_value"], None) if e["kind"] == "group" else (None, e["to_value"])
            found.setdefault(e["conversation_id"], []).append((e["at"], team, who))
    return list(found.values())


def _collapsed(steps: list[tuple[datetime, Any]]) -> list[Any]:
    """What is named in order, equal neighbours as one; at one instant by name."""
    named = [value for _, value in sorted(step for step in steps if step[1] is not None)]
    return named[:1] + [b for a, b in pairwise(named) if a != b]


def _moves(values: list[Any]) -> int:
    return max(len(values) - 1, 0)


def _back(values: list[Any]) -> int:
    return sum(a == c for a, c in zip(values, values[2:], strict=False))
