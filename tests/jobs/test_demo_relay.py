"""The life of the demo's Desk: every state and standing once, the same each time, never told twice."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.relay.fit import answers_of, declined, overrides_by_deal
from relevo.desk.relay.follow_ups import follow_ups_of
from relevo.desk.relay.handoffs import handoffs_in, items_of
from relevo.desk.relay.models import HandOff, HandOffItem, Promise
from relevo.desk.relay.promises import Standing, promise_with
from relevo.desk.relay.states import State
from relevo.jobs.clock import today
from relevo.jobs.demo_relay import add_relay
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import is_behind, refresh
from tests.jobs.conftest import put
from tests.making import span

pytestmark = pytest.mark.django_db
PEOPLE = {"seller": "p1", "csm": "p2", "sales_lead": "p3"}
AS_OF = date(2026, 10, 31)


@pytest.fixture
def demo(home: Home) -> Home:
    """A book with eight won deals of a seller, half a month apart, and one that is open."""
    customers = [f"c{n}" for n in range(8)]
    put(home, "subscription_span", [span(c, "2025-01-01", None, 1000) for c in customers], "more")
    put(home, "customer", [{"customer_id": c, "name": f"Shop {c}"} for c in customers])
    usual = {"kind": "new", "currency": "EUR", "person_id": "p1", "opened_at": "2026-01-01T00:00:00Z"}
    ends = [datetime(2026, 10, 25, tzinfo=UTC) - timedelta(days=15 * n) for n in range(8)]
    won = [{"deal_id": f"d{n}", "customer_id": f"c{n}", "outcome": "won", "closed_at": end.isoformat(), **usual}
           for n, end in enumerate(ends)]  # fmt: skip
    put(home, "deal", [*won, {"deal_id": "d9", "customer_id": None, "outcome": "open", "closed_at": None, **usual}])
    put(home, "person", [{"person_id": p, "name": p, "team": "sales"} for p in PEOPLE.values()])
    refresh(home, {})
    build_book(home, lambda _step: None, as_of=AS_OF)
    home.desk_database.touch()
    for role in PEOPLE:
        ensure_member(NewMember(role, f"{role}@shop.example", role), "operator", datetime(2026, 1, 1, tzinfo=UTC))
    return home


def told() -> list[Any]:
    rows = [*HandOff.objects.values_list(), *Promise.objects.values_list()]
    return [*rows, *HandOffItem.objects.values_list("item", "text", "said_by", "changed_at")]


def test_every_page_of_the_relay_has_something_to_show(demo: Home) -> None:
    assert add_relay(demo, PEOPLE) == 6
    day = today("UTC")
    states = [each.state for each in handoffs_in(tuple(State), 20)]
    wanted = (State.DRAFT, State.DRAFT, State.GIVEN, State.RETURNED, State.ACCEPTED, State.CONFIRMED)
    assert sorted(states) == sorted(wanted)
    # No text is a copy of another customer's: what is written counts in full.
    assert {
        round(float(h.completeness), 2) for h in handoffs_in((State.GIVEN, State.ACCEPTED), 9) if h.completeness
    } == {1}
    (confirmed,) = handoffs_in((State.CONFIRMED,), 9)
    assert (float(confirmed.completeness or 0), float(confirmed.accuracy or 0)) == (
        0.833333,
        0.8,
    )  # five of six, four of five
    assert len(items_of(confirmed.id)) == 5
    # 3 of 8 hours less by now; planned for the 14th day, and live on the 20th.
    became = {f.item: (str(f.standing(AS_OF)), f.share, f.slip) for f in follow_ups_of(confirmed.id)}
    assert became == {
        "needs": ("delivered", None, None), "wanted_solution": ("planned", None, None),
        "expected_value": ("open", Fraction(3, 8), None), "calendar": ("reached", None, 6),
        "value_events": ("missed", None, None),
    }  # fmt: skip
    (accepted,) = handoffs_in((State.ACCEPTED,), 9)
    assert {f.said_how for f in follow_ups_of(accepted.id)} == {""}
    (overdue,) = handoffs_in((State.GIVEN,), 9)
    assert overdue.due_at
    assert overdue.due_at.date() < AS_OF
    promises = [kept for row in Promise.objects.all() if (kept := promise_with(row.pk))]
    assert {p.standing(day) for p in promises} == set(Standing)
    red = [p.text for p in promises if p.is_red and not p.refused_at]
    assert red == ["Plans without a network connection"]
    assert any(p.due_on == day + timedelta(days=4) for p in promises if p.standing(day) is Standing.OPEN)
    assert [(o.deal_id, float(o.score or 0)) for o in overrides_by_deal().values()] == [("d0", 0.333333)], "two of six"
    assert [len(answers_of([deal])[deal]) for deal in ("d9", "d0", "d1")] == [6, 6, 2]
    assert len(declined(9)) == 2


def test_it_is_told_once_and_the_book_can_be_built_with_it(demo: Home) -> None:
    add_relay(demo, PEOPLE)
    before = told()
    assert add_relay(demo, PEOPLE) == 0
    assert told() == before
    assert is_behind(demo)
    assert build_book(demo, lambda _step: None, as_of=AS_OF).published
    assert not is_behind(demo)


def test_a_company_without_a_seller_has_no_relay_yet(demo: Home) -> None:
    assert add_relay(demo, {"csm": "p2"}) == 0
    assert add_relay(demo, {"seller": "p9", "csm": "p2"}) == 0, "nothing was sold by p9"
    assert not HandOff.objects.exists()
