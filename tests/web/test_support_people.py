"""People in context: both figures side by side, who sees whom, what is said where too little is known, four angles."""

import functools
import html
import re
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.answers.conversations.people import PeoplePage, people_page
from relevo.answers.conversations.person import support_person
from relevo.answers.reading import OPERATOR, NotFound, Reading, Viewer
from relevo.base.config import Company, Home
from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.insight.talks.helped_by import HelpedBy
from relevo.web.conversations import people as words
from relevo.web.conversations import person as person_words
from tests.answers import helped
from tests.making import make, span
from tests.measures.desks_in_memory import AS_OF, desk, many
from tests.web.conftest import member, signed_in

COLLEAGUES = ("ana", "ben", "cem", "dan", "eva", "fay")
LEADS = {"mia": ("Mia", None), **{who: (who.capitalize(), "mia") for who in COLLEAGUES}}


def _answers() -> list[Mapping[str, Any]]:
    """Ana takes hard cases and pleases two in three; the others please one in three of theirs, and nearly all easy."""
    easy, hard = {"great": 88, "okay": 8, "not_good": 4}, {"great": 10, "okay": 8, "not_good": 12}
    said = [part for who in COLLEAGUES[1:] for part in (*many(who, "easy", easy), *many(who, "hard", hard))]
    said += many("ana", "hard", {"great": 100, "okay": 26, "not_good": 24})
    return said + many("ana", "easy", {"great": 9, "okay": 1})


def _people() -> list[dict[str, Any]]:
    return [{"person_id": who, "name": name, "email": f"{who}@norte.example", "team": "support", "manager_id": lead}
            for who, (name, lead) in LEADS.items()]  # fmt: skip


@functools.cache
def reading(viewer: Viewer = OPERATOR, employees: int = 300) -> Reading:
    counted = [{"on_date": "2026-01-01", "employees": employees}]
    return Reading(desk(*_answers(), person=_people(), headcount=counted), viewer)


@functools.cache
def home() -> Home:
    """The same company as files, for pages."""
    counted = [{"on_date": "2026-01-01", "employees": 300}]
    rows: dict[str, list[dict[str, Any]]] = {"person": _people(), "headcount": counted}
    for part in _answers():
        for name, found in part.items():
            rows.setdefault(name, []).extend(found)
    names = sorted({talk["customer_id"] for talk in rows["conversation"]})
    rows["customer"] = [{"customer_id": name, "name": name} for name in names]
    rows["subscription_span"] = [span(names[0], "2025-01-01", None, 10_000)]
    folder = Path(tempfile.mkdtemp(prefix="relevo-rated-"))
    report = make(folder, rows, AS_OF, company=Company("Norte", "EUR", "UTC"))
    assert report.published, report.findings
    return Home(folder / "home")


@pytest.fixture
def rated(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = home().path


def page() -> PeoplePage:
    return people_page(reading())


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"[\u2009\u202f\u00a0]", " ", html.unescape(answer.content.decode()))


def test_who_takes_the_hard_cases_is_below_raw_and_above_in_context() -> None:
    found = page()
    ana = next(line for line in found.persons if line.name == "Ana").happy
    others = [line.happy for line in found.persons if line.name != "Ana"]
    assert ana.judged.shown
    assert all((ana.judged.raw.value or 0) < (each.judged.raw.value or 0) for each in others)
    assert (ana.judged.pooled or 0) > 10
    assert words.sentence(found).startswith("Ana is below most colleagues raw, ")
    assert words.sentence(found).endswith(f"in context, {words.signed(ana.parts.in_context)}")


def test_both_figures_always_stand_together() -> None:
    ana = next(line for line in page().persons if line.name == "Ana").happy
    raw, expected = ana.parts.raw, ana.parts.expected
    assert words.plain(ana) == f"{raw} raw, {expected} expected, {words.signed(ana.parts.in_context)} in context"
    row = next(row for row in words.persons_grid(page()).rows if row[0].text == "Ana")
    assert [cell.text for cell in row[3:6]] == [str(raw), str(expected), words.signed(ana.parts.in_context)]
    assert "harder cases" in row[6].text


def test_people_are_in_the_order_of_names_and_no_column_sorts_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ana, who has the most points in context and the least raw, is called Dora here: neither first nor last."""
    named = {**{who: who.capitalize() for who in COLLEAGUES}, "ana": "Dora"}
    monkeypatch.setattr("relevo.answers.conversations.people.names_of_people", lambda _reading: named)
    grid = words.persons_grid(page())
    assert [row[0].text for row in grid.rows] == ["Ben", "Cem", "Dan", "Dora", "Eva", "Fay"]
    assert not any(head.href for head in grid.heads)


def test_pictures_say_what_the_table_says() -> None:
    found = page()
    chart, funnel = words.against_chart(found), words.funnel_chart(found)
    assert chart.drawing is not None
    assert chart.title == words.sentence(found)
    assert funnel is not None
    assert funnel.drawing is not None
    assert "Ana" in funnel.title
    assert len(funnel.grid.rows) == len(COLLEAGUES)


def test_the_shortest_window_in_which_anybody_can_be_told_is_shown_unless_another_is_asked() -> None:
    assert page().months == 6
    assert people_page(reading(), 12).months == 12
    with pytest.raises(WrongUse, match="not shown for 7 months"):
        people_page(reading(), 7)


def test_who_leads_nobody_sees_only_the_own_figures() -> None:
    found = people_page(reading(Viewer("ben", persons=frozenset({"ben"}))))
    assert [line.name for line in found.persons] == ["Ben"]
    nobody = people_page(reading(Viewer("x")))
    assert (nobody.persons, nobody.sees_persons) == ((), False)
    assert words.sentence(nobody).startswith("Happiness is ")


def test_before_their_stage_teams_are_told_and_persons_are_not() -> None:
    found = people_page(reading(employees=60))
    assert (found.persons, found.persons_lock and found.persons_lock.stage) == ((), 5)
    assert [row[0].text for row in words.teams_grid(found).rows] == ["support"]
    small = people_page(reading(employees=4))
    assert small.lock is not None
    assert small.company == {}


def test_one_person_has_four_angles_and_what_is_missing_is_said() -> None:
    found = support_person(reading(), "ana")
    told = {angle.code: angle for angle in person_words.angles(found)}
    assert list(told) == ["load", "happiness", "reviews", "kept"]
    assert told["happiness"].value.startswith("+")
    assert told["happiness"].words[0] == words.plain(found.happiness)  # type: ignore[arg-type]
    assert told["reviews"].is_missing
    assert told["reviews"].words == ("No answer was drawn for a review by colleagues.",)
    assert "hard cases" in told["load"].words[0]
    assert person_words.sentence(found).startswith("Ana: ")
    assert person_words.sentence(found).endswith("harder cases than the team’s")


def test_without_ratings_three_angles_remain() -> None:
    marks = {"score": 75.0, "spread": 9.0, "low": 70.0, "high": 80.0, "n": 12, "severity_adjusted": 74.0}
    kept = HelpedBy("ana", 100, 0.9, 0.88, 0.02, -0.01, 0.05, is_comparable=True)
    found = replace(support_person(reading(), "ana"), happiness=None, reviews=marks, kept=kept)
    told = {angle.code: angle for angle in person_words.angles(found)}
    assert [code for code, angle in told.items() if angle.is_missing] == ["happiness"]
    assert "No customer has rated an answer" in told["happiness"].words[0]
    assert told["load"].value.endswith(" expected hours")
    assert told["reviews"].value == "75 of 100"
    assert told["kept"].value == "90.0\u202f%"
    assert person_words.sentence(found) == "Ana: no customer has rated an answer yet"


def test_who_helped_nobody_has_no_angle() -> None:
    found = support_person(reading(), "mia")
    assert [angle.code for angle in person_words.angles(found) if angle.is_missing] == list(person_words.NAMES)
    assert person_words.sentence(found) == "Mia: no customer has rated an answer yet"


@pytest.mark.parametrize("who", ["nobody", "ana"])
def test_a_person_who_is_not_the_viewers_is_not_found(who: str) -> None:
    with pytest.raises(NotFound):
        support_person(reading(Viewer("ben", persons=frozenset({"ben"}))), who)


def test_a_newcomer_finds_in_three_clicks_why_a_low_figure_misleads(rated: None) -> None:
    """Today, Conversations, People, Ana: each address is a link on the page before."""
    owner = signed_in(member("owner", "owner"))
    at = "/"
    for link in (r'href="(/conversations)"', r'href="(/conversations/people)"', r'href="(/conversations/people/ana)"'):
        found = re.search(link, text_of(owner, at))
        assert found, (at, link)
        at = found[1]
    people = text_of(owner, "/conversations/people")
    assert re.search(r"Ana is below most colleagues raw, \d+, and above them in context, \+", people)
    ana = text_of(owner, at)
    assert re.search(r"<h1>Ana: \d+ raw, \d+ expected, \+\d+\.\d in context · harder cases than the team’s</h1>", ana)


def test_whoever_saw_figures_of_persons_is_in_the_trail(rated: None) -> None:
    lead = signed_in(member("mia", "support_lead"))
    text_of(lead, "/conversations/people")
    text_of(lead, "/conversations/people/ana")
    seen = AuditEntry.objects.filter(action="person_level.seen").values_list("about", flat=True)
    assert {"/conversations/people", "/conversations/people/ana"} <= set(seen)
    text_of(signed_in(member("ben", "agent")), "/conversations/people/ben")
    assert not AuditEntry.objects.filter(action="person_level.seen", about="/conversations/people/ben").exists()


def test_an_agent_opens_the_own_page_and_no_colleagues(rated: None) -> None:
    agent = signed_in(member("ben", "agent"))
    assert "Ben" in text_of(agent, "/conversations/people/ben")
    assert agent.get("/conversations/people/ana").status_code == 404
    assert "Ana" not in text_of(agent, "/conversations/people").replace("Analys", "")


def test_a_window_is_chosen_and_nonsense_is_refused(rated: None) -> None:
    owner = signed_in(member("owner", "owner"))
    assert "12 months" in text_of(owner, "/conversations/people?months=12")
    assert owner.get("/conversations/people?months=x").status_code == 400
    assert owner.get("/conversations/people?months=7").status_code == 400


def test_without_ratings_the_page_says_what_to_load(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = helped.home(talks=False).path
    told = text_of(signed_in(member("owner", "owner")), "/conversations/people")
    assert "No rating is in the book yet" in told
    assert "relevo load rating.csv" in told


def test_a_small_company_is_told_from_which_stage_on(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = helped.home(4).path
    owner = signed_in(member("owner", "owner"))
    assert "Shown from stage 2 on" in text_of(owner, "/conversations/people")
    assert "Shown from stage 5 on" in text_of(owner, "/conversations/people/ana")
