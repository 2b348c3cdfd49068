"""What the pages of Conversations say, before anybody says it in HTML: numbers by hand from `helped`."""

from dataclasses import replace
from fractions import Fraction

import pytest

from relevo.answers.conversations import load
from relevo.answers.conversations.load import load_page
from relevo.answers.conversations.overview import overview, support_map
from relevo.answers.conversations.steps import whole_steps
from relevo.answers.conversations.told import Level, told_of_people
from relevo.answers.conversations.types import types_page
from relevo.answers.conversations.waits import waits_page
from relevo.answers.pages import PAGES
from relevo.answers.reading import OPERATOR, Reading, Refused, Viewer
from relevo.base.errors import WrongUse
from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.insight.talks.contacts import Change
from relevo.insight.talks.strain import Strip
from relevo.measures.assumptions import Assumptions
from tests.answers import helped

HOUR = 3600
NOBODY = Viewer("eva@norte.example")
MIA = Viewer("mia@norte.example", persons=frozenset({"mia", "ana", "ben"}), me=frozenset({"mia"}))
BEN = Viewer("ben@norte.example", persons=frozenset({"ben"}), me=frozenset({"ben"}))
ANA = Viewer("ana@norte.example", persons=frozenset({"ana"}), me=frozenset({"ana"}))


def reading(employees: int = 300, viewer: Viewer = OPERATOR, **more: object) -> Reading:
    return Reading(Book.open(helped.home(employees, **more).books), viewer)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def large() -> Reading:
    return reading()


def as_seen_by(found: Reading, viewer: Viewer) -> Reading:
    return Reading(found.published, viewer, found.assumed)


def test_the_three_figures_stand_together_with_what_the_mix_would_take(large: Reading) -> None:
    """Ana: three customers, three replies in each of nine cases; Ben: seven customers with three cases each."""
    ana, ben = support_map(large).helpers
    assert (ana.name, ana.customers, ana.response_s, ana.replies) == ("Ana", 3, 3 * HOUR, 9.0)
    assert (ben.id, ben.customers, ben.response_s, ben.replies) == ("ben", 7, HOUR, 3.0)


def test_the_picture_goes_back_by_months(large: Reading) -> None:
    """In the three months to February Ben's four late customers had not come."""
    back = support_map(large, parse_month("2026-02"))
    ana, ben = back.helpers
    assert (ana.customers, ben.customers) == (3, 3)
    assert (back.months[0], back.months[-1]) == (parse_month("2025-11"), parse_month("2026-10"))
    for month in ("2025-10", "2026-11"):
        with pytest.raises(WrongUse, match="Ask for one from 2025-11 to 2026-10"):
            support_map(large, parse_month(month))


@pytest.mark.parametrize(
    ("employees", "viewer", "level", "who"),
    [
        (300, OPERATOR, Level.PERSONS, {"ana", "ben"}),
        (300, BEN, Level.PERSONS, {"ben"}),
        (300, NOBODY, Level.TEAMS, {"support", "success"}),
        (120, OPERATOR, Level.TEAMS, {"support", "success"}),
        (15, OPERATOR, Level.NOBODY, set()),
    ],
)
def test_stage_and_role_decide_of_whom_is_told(employees: int, viewer: Viewer, level: Level, who: set[str]) -> None:
    told = told_of_people(reading(employees, viewer), "support_map")
    assert told.level is level
    assert {row[told.column] for row in told.rows} == who
    assert (told.lock is not None) == (level is Level.NOBODY)


def test_a_house_that_writes_down_why_sees_persons_early() -> None:
    early = replace(reading(15), assumed=lambda: Assumptions(early_figures="Two offices."))
    assert told_of_people(early, "support_map").level is Level.PERSONS
    assert load_page(early).lock is None


def test_the_overview_pairs_speed_with_what_became_of_customers(large: Reading) -> None:
    page = overview(large)
    assert page.sentence.code == "talks.waited"
    assert page.sentence.values["wait"].amount == HOUR
    assert tuple(tile.figure.measure for tile in page.tiles) == PAGES["conversations"].tiles
    assert {tile.partner.measure for tile in page.tiles} <= set(PAGES["conversations"].measures)
    # Ten conversations a month of twelve customers: 30 of them in three months.
    assert page.tiles[-1].figure.value.amount == pytest.approx(250.0, abs=0.02)


def test_a_small_company_is_told_why_and_nothing_else() -> None:
    one = reading(4)
    page, waits = overview(one), waits_page(one)
    assert page.lock is not None
    assert (page.lock.stage, page.lock.above, page.lock.employees, page.tiles) == (2, 5, 4, ())
    assert waits.lock == page.lock
    assert (waits.rows, waits.months, waits.has_any) == ((), None, False)
    assert load_page(one).lock is not None
    assert (load_page(one).rows, types_page(one).rows) == ((), ())
    two = reading(15)
    assert overview(two).lock is None
    assert [tile.figure.measure for tile in overview(two).tiles] == ["happiness", "waits", "waits"]


def test_waits_are_told_by_month_and_by_what_was_promised(large: Reading) -> None:
    page = waits_page(
        replace(large, assumed=lambda: Assumptions(response_promises=(("premium", 60), ("standard", 90))))
    )
    now = page.months.last() if page.months else {}
    # Seven waited one hour, three waited three.
    assert (now["first_response_s"], now["first_response_p90_s"], now["n"]) == (HOUR, 3 * HOUR, 10)
    rows = {row.value: row for row in page.tiers}
    assert [(rows[t].within, rows[t].n, rows[t].promised_s) for t in ("premium", "standard")] == [
        (0.0, 3, HOUR), (1.0, 7, 90 * 60),
    ]  # fmt: skip
    assert page.sentence.code == "waits.promised"
    assert page.sentence.values["within"].amount == pytest.approx(0.7)
    assert page.cover is not None
    assert sum(row["asked"] for row in page.cover.rows) == 30


def test_without_a_promise_the_page_says_how_slow_the_slow_ones_were(large: Reading) -> None:
    page = waits_page(large)
    assert (page.has_promises, page.tiers, page.sentence.code) == (False, (), "waits.slow")
    assert [(row.value, row.n) for row in page.rows] == [("standard", 7), ("premium", 3)]


def test_who_sees_some_customers_alone_is_answered_from_memory_the_second_time(
    large: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = Viewer("leo@norte.example", scope=frozenset({"C0"}))
    first, asked, run_sql = waits_page(as_seen_by(large, viewer)), list[str](), Book.run_sql
    monkeypatch.setattr(Book, "run_sql", lambda book, sql: asked.append(sql) or run_sql(book, sql))
    assert waits_page(as_seen_by(large, viewer)) == first
    assert [sql for sql in asked if "customer_wait" in sql or "headcount" in sql] == []


def test_waits_by_person_are_for_who_sees_persons(large: Reading) -> None:
    assert "person" in waits_page(large).choices
    nobody = as_seen_by(large, NOBODY)
    assert "person" not in waits_page(nobody).choices
    with pytest.raises(Refused):
        waits_page(nobody, "person")
    with pytest.raises(WrongUse, match="Known: tier, category"):
        waits_page(large, "weather")
    assert waits_page(reading(120)).choices == ("tier", "category", "channel", "team")
    assert waits_page(reading(15)).choices == ("tier", "category", "channel")


def test_who_takes_the_hard_cases(large: Reading) -> None:
    """All nine hard cases of the window are Ana's, by chance alone once in 256 (two people, one side or the other)."""
    page = load_page(large)
    ana, ben = page.rows
    assert (ana.n, ana.hard_share, ben.n, ben.hard_share) == (9, 1.0, 21, 0.0)
    assert page.team_share == pytest.approx(0.3)
    assert ana.is_loaded
    assert not ben.is_loaded
    assert page.sentence.code == "load.uneven"
    assert (page.sentence.values["share"].amount, page.sentence.values["fair"].amount) == (1.0, 0.5)
    assert [(t.topic, t.name, t.share, t.n) for t in page.topics] == [("login", helped.LONG, 1.0, 21 - 3)]


def test_a_topic_names_its_holder_to_those_who_see_the_person(large: Reading) -> None:
    assert [t.name for t in load_page(as_seen_by(large, NOBODY)).topics] == [""]
    page = load_page(as_seen_by(large, BEN))
    assert [row.id for row in page.rows] == ["ben"]
    # Ben's chance is read beside Ana's, whom he does not see.
    assert page.rows[0].hard_q == load_page(large).rows[1].hard_q


def test_who_sees_nobody_else_is_still_held_against_everybody(large: Reading) -> None:
    """Three in ten of all cases are hard. Alone, Ana's would be all of hers, and more than all is nothing."""
    page = load_page(as_seen_by(large, ANA))
    assert [(row.id, row.is_loaded) for row in page.rows] == [("ana", True)]
    assert page.team_share == pytest.approx(0.3)
    assert not load_page(as_seen_by(large, BEN)).rows[0].is_loaded


def test_the_weeks_of_a_person_are_for_that_person_and_who_leads_it(
    large: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ana carries too much, and Ben does not: the lead is told of her alone, and no owner of either."""
    made = tuple(Strip(who, (), (), reasons) for who, reasons in (("ana", ("hard",)), ("ben", ())))
    monkeypatch.setattr(load, "_STRIPS", Remembered(1))
    monkeypatch.setattr(load, "strips", lambda _book: made)
    seen = {
        who: [strip.person_id for strip in load_page(as_seen_by(large, viewer)).strips]
        for who, viewer in (("owner", OPERATOR), ("ana", ANA), ("ben", BEN), ("mia", MIA), ("eva", NOBODY))
    }
    assert seen == {"owner": [], "ana": ["ana"], "ben": ["ben"], "mia": ["ana"], "eva": []}


def test_the_weeks_are_those_of_the_book(large: Reading) -> None:
    (ben,) = load_page(as_seen_by(large, BEN)).strips
    assert (ben.person_id, len(ben.weeks) > 4) == ("ben", True)


def test_the_gauge_tells_customers_and_hours_for_each_person_by_month(large: Reading) -> None:
    """Row S0-10. Four customers come in March: eight, then twelve for two people.

    In October Ben's seven replies take 35 minutes and Ana's nine 150, in 31 days; in November 2025 165 came for 185.
    """
    found = load_page(large).gauges
    assert [(g.customers, g.customers_per_person) for g in (found[0], found[3], found[4], found[-1])] == [
        (8, 4), (8, 4), (12, 6), (12, 6),
    ]  # fmt: skip
    assert found[-1].month.hours_per_person_week == pytest.approx(185 / 60 / 2 / (31 / 7))
    assert [g.against_usual for g in (found[0], found[-1])] == [pytest.approx(165 / 185), pytest.approx(1)]
    assert {g.level for g in found} == {"calm"}
    assert load_page(reading(15)).gauges == ()


def test_time_by_type_adds_up_with_what_nobody_filed_in_sight(large: Reading) -> None:
    """Nine of 50 minutes, 18 of five, and three of five that nobody filed."""
    page = types_page(large)
    assert [(r.category, r.minutes, r.conversations) for r in page.rows] == [
        ("sso", 450, 9), ("login", 90, 18), ("(none)", 15, 3),
    ]  # fmt: skip
    assert sum(r.share or 0 for r in page.rows) == pytest.approx(1)
    assert page.sentence.values["share"].amount == pytest.approx(450 / 555, abs=1e-5)
    assert [r.minutes for r in types_page(large, "smb").rows] == [450, 90, 15]
    with pytest.raises(WrongUse, match="Known: smb"):
        types_page(large, "enterprise")


def test_the_change_of_contacts_falls_into_steps_that_add_up(large: Reading) -> None:
    """From six to ten contacts while customers went from eight to twelve.

    Customers: four times the mean rate: login (2/8 + 6/12) / 2, sso (3/8 + 3/12) / 2, none (1/8 + 1/12) / 2: 19/6.
    """
    volume = types_page(large).volume
    assert volume is not None
    assert (volume.since, volume.until, volume.before, volume.after) == ("2025-10", "2026-10", 6, 10)
    assert volume.steps == {"customers": 3, "mix": 0, "rate": 1, "others": 0}
    assert volume.before + sum(volume.steps.values()) == volume.after
    exact = sum((row.change.customers for row in volume.drivers), Fraction(0))
    assert exact == Fraction(19, 6)
    rates = {row.change.driver: (row.per_100_before, row.per_100) for row in volume.drivers}
    assert rates["login"] == (25.0, 50.0)


@pytest.mark.parametrize("thirds", [(1, 1, 1), (4, -2, 1), (-5, 7, 4), (2, 2, -10)])
def test_whole_steps_always_add_up(thirds: tuple[int, int, int]) -> None:
    parts = [Fraction(n, 3) for n in thirds]
    after = 100 + sum(parts) + 2
    found = whole_steps(Change("", 100, int(after), parts[0], parts[1], parts[2], 2))
    assert 100 + sum(found.values()) == after


def test_pages_without_conversations_say_so() -> None:
    empty = reading(300, talks=False)
    assert not overview(empty).has_any
    assert not waits_page(empty).has_any
    assert not load_page(empty).has_any
    assert not types_page(empty).has_any
    assert (load_page(empty).sentence.code, types_page(empty).sentence.code) == ("load.none", "types.none")
    assert types_page(empty).volume is None
