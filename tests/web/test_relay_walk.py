"""A newcomer's walk on the demo: a won deal that nobody handed on, until its hand-off stands in every figure."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from relevo.base.config import Home
from relevo.desk.relay.promises import promises_of
from relevo.jobs import clock
from relevo.jobs.demo import make_demo
from relevo.jobs.demo_people import add_people
from relevo.jobs.promises import settle_promises
from relevo.jobs.publish import build_book
from tests.web.conftest import signed_in
from tests.web.test_handoffs import act, page, sent, write

CUSTOMERS, DAY = 300, timedelta(days=1)
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)
PROMISED = "A report of late routes, every Monday"
TEXTS = {
    "objectives": "One plan for the four depots that everybody reads on Monday.",
    "needs": "Drivers hear of a changed route within the hour.",
    "wanted_solution": "Routes on the drivers' phones, orders from their own system.",
    "expected_value": "Planning takes 12 hours a week; 4 are expected by spring.",
    "calendar": "The depot of the south first, the others within six weeks.",
    "value_events": "The first week without a call to a driver.",
}
ITEMS = tuple(TEXTS)


class Walked(datetime):
    """The clock of the walk: it stands at a morning until it is put ahead, so that every run walks the same demo."""

    ahead = timedelta()

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        """The morning of the walk, or so many days after it."""
        return (MORNING + cls.ahead).astimezone(tz)


@pytest.fixture
def demo(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Home:
    """The demo company with its people, as `make demo` leaves it."""
    home = Home(tmp_path / "demo")
    settings.RELEVO_HOME = home.path
    monkeypatch.setenv("RELEVO_HOME", str(home.path))
    home.desk_database.parent.mkdir()
    home.desk_database.touch()  # the Desk of the tests stands for one of this home
    monkeypatch.setattr(clock, "datetime", Walked)
    monkeypatch.setattr(Walked, "ahead", timedelta())
    make_demo(home, CUSTOMERS, lambda _step, _rows: None)
    return home


def browser(role: str) -> Client:
    return signed_in(User.objects.get(username=role))


@dataclass(frozen=True)
class Begun:
    """The hand-off of the walk: its number, its customer, who gives it and who takes it."""

    key: int
    customer: str
    seller: str
    taker: str


def test_a_won_deal_goes_from_dropped_to_fidelity(demo: Home) -> None:
    """Won -> given -> returned with a gap -> accepted -> a promise broken by its day -> seen after the next build."""
    lead, csm, owner = browser("sales_lead"), browser("csm"), browser("owner")
    before = confirmed(owner)
    begun = begin(lead, add_people(demo)["csm"])
    assert csm.get(f"/customers/{begun.customer}").status_code == 404
    hand_over(lead, csm, begun.key)
    assert csm.get(f"/customers/{begun.customer}").status_code == 200
    Walked.ahead = 12 * DAY
    settle_promises(demo, {})
    assert promises_of(begun.key)[0].ended_how == "date"
    Walked.ahead = 31 * DAY
    act(csm, begun.key, "confirm", **{f"right.{item}": "no" if item == "needs" else "yes" for item in ITEMS})
    assert confirmed(owner) == before
    build_book(demo, lambda _step: None)
    assert confirmed(owner) == before + 1
    on_the_customer(page(owner, f"/customers/{begun.customer}?tab=hand-offs"), begun)
    on_the_sellers_page(page(lead, f"/hand-offs/people/{begun.seller}"), begun)


def begin(lead: Client, taker: str) -> Begun:
    """From the dropped baton on the board to a draft for the success manager."""
    board = page(lead, "/hand-offs")
    assert "1 won deal of an active customer was handed on to nobody" in board
    customer, deal = re.findall(r"/hand-offs/new\?customer=(c\d+)&deal=(d\d+)", board)[0]
    seller = chosen(page(lead, f"/hand-offs/new?customer={customer}&deal={deal}"), "giver")
    asked = {"customer": customer, "deal": deal, "template": "sales_to_success", "giver": seller, "to": taker}
    key = int(sent(lead, "/hand-offs/new", **asked).rsplit("/", 1)[1])
    assert f"customer={customer}" not in page(lead, "/hand-offs/list?state=dropped")
    return Begun(key, customer, seller, taker)


def hand_over(lead: Client, csm: Client, key: int) -> None:
    """Given without the events, returned for them, given again with them, and accepted with its promise."""
    due = str(clock.today("Europe/Madrid") + 10 * DAY)
    write(lead, key, do="promise", promise=PROMISED, product="planned", due_on=due)
    write(lead, key, do="give", **{f"text__{item}": TEXTS[item] for item in ITEMS[:-1]})
    act(csm, key, "return", gap=["value_events"], reason="What shows them that it works?")
    assert "What shows them that it works?" in page(lead, f"/hand-offs/{key}")
    write(lead, key, do="give", text__value_events=TEXTS["value_events"])
    [promise] = promises_of(key)
    act(csm, key, "accept", **{f"decided.{promise.id}": "yes"})


def on_the_customer(shown: str, begun: Begun) -> None:
    """Who holds it now, how faithfully it came to them, and that the promise was broken."""
    assert re.search(r"holds it since [^;]+; it changed hands 2 times", shown)
    strip = part(shown, '<figure id="relay">', "</figure>")
    assert f'href="/hand-offs/people/{begun.taker}"' in strip
    assert "83.3 %" in strip  # five of six filled items were right
    assert "broken" in part(shown, PROMISED, "</tr>")


def on_the_sellers_page(shown: str, begun: Begun) -> None:
    """The same score, and the same promise."""
    shown = shown.replace("\u202f", " ")
    assert re.search(r"83\.3 % of what .+ knew arrived with the next person, by 1 confirmed hand-off", shown)
    assert f'<a href="/hand-offs/{begun.key}">83.3 %' in shown
    assert "broken" in part(shown, PROMISED, "</tr>")


def confirmed(client: Client) -> int:
    """How many confirmed hand-offs the page of fidelity speaks of."""
    found = re.search(r"by (\d+) confirmed hand-offs", page(client, "/hand-offs/fidelity"))
    assert found
    return int(found[1])


def chosen(shown: str, field: str) -> str:
    """What a field with choices offers."""
    found = re.search(rf'<select id="{field}".*?value="([^"]+)" selected', shown)
    assert found
    return found[1]


def part(shown: str, begins: str, ends: str) -> str:
    """From the last time that some words stand on a page to others, spaces of numbers as plain ones."""
    return shown[shown.rindex(begins) :].split(ends, 1)[0].replace("\u202f", " ")
