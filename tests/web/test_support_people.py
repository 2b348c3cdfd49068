"""People in context: both figures side by side, who sees whom, what is said where too little is known, four angles."""

import csv
import functools
import html
import io
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from relevo.answers.conversations.load import LoadRow, Taste, load_page
from relevo.answers.conversations.people import PeoplePage, people_page
from relevo.answers.conversations.person import Choosing, appraisal, support_person
from relevo.answers.reading import OPERATOR, NotFound, Reading, Refused, Viewer
from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.insight.talks.helped_by import HelpedBy
from relevo.web.conversations import load as load_words
from relevo.web.conversations import people as words
from relevo.web.conversations import person as person_words
from relevo.web.downloads import csv_text
from tests.answers import helped
from tests.answers.rated import COLLEAGUES, answers, home, people
from tests.measures.desks_in_memory import AS_OF, BEGIN, desk, many
from tests.web.conftest import member, signed_in


@functools.cache
def reading(viewer: Viewer = OPERATOR, employees: int = 300) -> Reading:
    counted = [{"on_date": "2026-01-01", "employees": employees}]
    return Reading(desk(*answers(), person=people(), headcount=counted), viewer)


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


def test_two_ratings_have_a_wide_interval_and_no_rank() -> None:
    """Row S0-46. Two great: 100, and by Newcombe's interval 7 to 100; nothing in context, and no place among others.

    Wilson's ends of 2 of 2 and of 0 of 2 lie 3.8415 / 5.8415 = 0.6576 away: 100 less 93.0.
    """
    book = desk(*answers(), *many("gil", "easy", {"great": 2}), person=[
        *people(), {"person_id": "gil", "name": "Gil", "email": "gil@norte.example", "team": "support",
                     "manager_id": "mia"},
    ], headcount=[{"on_date": "2026-01-01", "employees": 300}])  # fmt: skip
    found = people_page(Reading(book, OPERATOR))
    gil = next(row for row in words.persons_grid(found).rows if row[0].text == "Gil")
    assert [cell.text for cell in gil[1:4]] == ["2", "100.0\u202f%", "100"]
    assert (gil[3].small, gil[5].text, gil[5].small) == ("95 %: 7 to 100", "–", "")
    assert re.search(r"not enough data: \d+ more ratings$", gil[6].text)
    grid = words.persons_grid(found)
    assert [row[0].text for row in grid.rows] == ["Ana", "Ben", "Cem", "Dan", "Eva", "Fay", "Gil"]
    assert not any(head.href for head in grid.heads)
    told = support_person(Reading(book, OPERATOR), "gil")
    (happiness,) = (angle for angle in person_words.angles(told) if angle.code == "happiness")
    assert happiness.value.startswith("not enough data")
    assert happiness.words[1] == "raw 95 %: 7 to 100"
    every = " ".join([*(head.text for head in grid.heads), *happiness.words, words.sentence(found)])
    assert not re.search(r"\b(rank|best|worst|top|place|#\d)", every)


def test_nps_stands_beside_happiness_and_is_nobodys() -> None:
    """Nine asked, of whom three answered: two promoters, one detractor."""
    asked = [{"invite_id": f"i{i}", "kind": "nps", "at": BEGIN, "contact_id": f"k{i}"} for i in range(9)]
    said = [{"rating_id": f"n{i}", "kind": "nps", "score": score, "at": BEGIN, "contact_id": f"k{i}"}
            for i, score in enumerate((10, 9, 2))]  # fmt: skip
    counted = [{"on_date": "2026-01-01", "employees": 300}]
    parts = {"person": people(), "headcount": counted, "rating": said}
    found = people_page(Reading(desk(*answers(), survey_invite=asked, **parts), OPERATOR))
    nps = words.facts(found)[-1]
    assert (nps["name"], nps["value"]) == ("Would recommend (NPS)", "33")
    assert re.fullmatch(r"95 %: −\d+ to \d+ · 3 answers · 33\.3 % of 9 asked", nps["small"].replace("\u202f", " "))
    assert "of no team or person" in words.recommended_words(found)
    assert found.persons == page().persons
    silent = people_page(Reading(desk(*answers(), **parts), OPERATOR))
    assert words.facts(silent)[-1]["small"].endswith("3 answers · nobody noted who was asked")
    assert (words.recommended_words(page()), len(words.facts(page()))) == ("", 3)


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
    # 24 of 150 hard ones are not good; of each the model expects about what the colleagues get, 12 of 30.
    assert any(line.startswith("not good: 24.0, expected ") for line in told["happiness"].words)
    assert told["reviews"].is_missing
    assert told["reviews"].words == ("No answer was drawn for a review by colleagues.",)
    assert "hard cases" in told["load"].words[0]
    assert person_words.sentence(found).startswith("Ana: ")
    assert person_words.sentence(found).endswith("harder cases than the team’s")


def test_hard_cases_that_were_taken_unasked_are_counted_and_nobody_is_ranked() -> None:
    """Row S0-51. A lead gives Ana 50 of her 150 cases of the hard category, of which some are of the hardest fifth.

    Which and how many is counted by hand in tests/insight/people/test_picked_ratings.
    """
    events = [
        {"event_id": f"e{i}", "conversation_id": f"ana-hard-{i}", "at": BEGIN + timedelta(hours=1), "kind": "assigned",
         "to_value": "ana", "by_id": "mia"}
        for i in range(50)
    ]  # fmt: skip
    counted = [{"on_date": "2026-01-01", "employees": 300}]
    book = desk(*answers(), person=people(), headcount=counted, conversation_event=events)
    found = support_person(Reading(book, OPERATOR), "ana")
    assert found.chosen is not None
    assert 0 < found.chosen.hard - found.chosen.unasked <= 50
    assert found.chosen.unasked > 0
    (line,) = (each for each in person_words.angles(found)[0].words if "unasked" in each)
    assert line == (
        f"took {found.chosen.unasked} of {found.chosen.hard} hard cases unasked: "
        "those for which a great rating was least to be expected"
    )
    one = replace(found, chosen=Choosing(None, 1, 0))
    assert any(each.startswith("took 0 of 1 hard case unasked: one") for each in person_words.angles(one)[0].words)
    for nothing in (None, Choosing(None, 0, 0)):
        words_of = person_words.angles(replace(found, chosen=nothing))[0].words
        assert not any("unasked" in each for each in words_of)


def test_at_everybodys_mix_both_shares_stand_together_where_ratings_suffice() -> None:
    """Of the five colleagues 440 of 500 easy and 50 of 150 hard ratings are great, of Ana's 9 of 10 and 100 of 150.

    Of all 810 ratings 510 are easy: 510/810 x 0.9 + 300/810 x 2/3 = 81.4 % and 67.8 %.
    """
    ana = support_person(reading(), "ana").happiness
    assert ana is not None
    told = person_words.angles(support_person(reading(), "ana"))[1].words
    (line,) = (each for each in told if "everybody" in each)
    assert line.replace("\u202f", " ").startswith(
        "at everybody’s mix of categories 81.4 % of these ratings would be great, 67.8 % of the colleagues’ (95 % of "
    )
    few = replace(support_person(reading(), "ana"), happiness=replace(ana, equal_mix=None))
    assert not any("everybody" in each for each in person_words.angles(few)[1].words)


def test_before_the_stage_of_persons_nobodys_choices_are_counted() -> None:
    assert support_person(reading(employees=60), "ana").chosen is None


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


def test_what_is_lacking_is_said_once_beside_the_figure() -> None:
    found = support_person(reading(), "ana")
    assert found.happiness is not None
    unsure = replace(found.happiness, judged=replace(found.happiness.judged, reliability=0.5, more=66))
    told = person_words.angles(replace(found, happiness=unsure))[1].words
    assert [line for line in told if "not enough data: 66 more ratings" in line] == [told[0]]


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


def test_an_appraisal_is_all_four_angles_with_what_is_missing(rated: None) -> None:
    """Row S2-35: a line per angle, those without figures too; whoever took it away is in the trail."""
    lead = signed_in(member("mia", "support_lead"))
    assert 'href="/conversations/appraisal/ana?months=6"' in text_of(lead, "/conversations/people/ana")
    found = lead.get("/conversations/appraisal/ana?months=6")
    assert found["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(found.content.decode())))
    assert tuple(rows[0]) == person_words.APPRAISAL
    assert [row["angle"] for row in rows] == [str(name) for name in person_words.NAMES.values()]
    assert {(row["person_id"], row["name"], row["as_of"], row["months"]) for row in rows} == {
        ("ana", "Ana", AS_OF, "6")
    }
    told = {row["angle"]: row for row in rows}
    assert told["Colleagues’ reviews"]["is_missing"] == "true"
    assert told["Colleagues’ reviews"]["what_to_know"] == "No answer was drawn for a review by colleagues."
    # Points above expectation begin with a plus: no spreadsheet runs them.
    assert re.fullmatch(r"'\+\d+\.\d", told["Happiness in context"]["value"])
    assert re.match(r"\d+ raw, \d+ expected, ", told["Happiness in context"]["what_to_know"])
    actions = AuditEntry.objects.filter(about="/conversations/appraisal/ana").values_list("action", flat=True)
    assert sorted(actions) == ["exported", "person_level.seen"]


def test_no_cell_of_an_appraisal_is_a_formula() -> None:
    found = replace(support_person(reading(), "ana"), name="=1+1")
    rows = person_words.appraisal_rows(found)
    cells = [cell for row in csv.reader(io.StringIO(csv_text(person_words.APPRAISAL, rows))) for cell in row]
    assert "'=1+1" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        *((f"/conversations/appraisal/ana?{left}", 400)
          for left in ("angle=happiness", "angles=happiness", "only=happiness", "columns=value",
                       "where=angle%3Dhappiness", "months=6&by=happiness")),
        ("/conversations/appraisal/ana/happiness", 404), ("/conversations/appraisal/ana/happiness.csv", 404),
        *((f"/measures/happiness.{form}?where=person%3Dana", 400) for form in ("csv", "xlsx", "json")),
        ("/measures/happiness.csv?by=category&where=person%3Dana", 400),
    ],
)  # fmt: skip
def test_satisfaction_alone_is_no_appraisal(rated: None, address: str, status: int) -> None:
    """There is no address and no parameter that gives one person's ratings as a file by themselves (row S2-35)."""
    lead = signed_in(member("mia", "support_lead"))
    assert lead.get(address).status_code == status
    assert not AuditEntry.objects.filter(action="exported").exists()


def test_who_may_not_see_a_person_takes_nothing_away(rated: None) -> None:
    agent = signed_in(member("ben", "agent"))
    assert agent.get("/conversations/appraisal/ben").status_code == 200
    assert agent.get("/conversations/appraisal/ana").status_code == 404


def test_before_the_stage_of_persons_there_is_no_appraisal() -> None:
    with pytest.raises(Refused, match="shown from stage 5 on"):
        appraisal(reading(employees=60), "ana")


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


def test_who_picks_what_is_likelier_to_please_is_on_the_page_of_load() -> None:
    """At ten 510 easy and 300 hard cases wait; five colleagues take 100 and 30 each, Ana 10 and 150 (row S0-49).

    62.96 % of what waits is easy, 76.92 % of what the five take, 6.25 % of what Ana takes: 13.96 above, 56.71 below.
    An easy case is worth the same to all, so that the differences in points stand to each other as these do.
    """
    found = load_page(reading())
    rows = {row.name: row.liking for row in found.rows}
    ana, ben = rows["Ana"], rows["Ben"]
    assert ana is not None
    assert ben is not None
    assert (ana.n, ben.n) == (160, 130)
    assert ana.difference / ben.difference == pytest.approx(-56.71 / 13.96, rel=0.02)
    assert {row.name for row in found.rows if row.is_seeking} == {"Ben", "Cem", "Dan", "Eva", "Fay"}
    grid = load_words.likings_grid(found)
    assert [row[0].text for row in grid.rows] == ["Ana", "Ben", "Cem", "Dan", "Eva", "Fay"]
    assert [row[0].small for row in grid.rows] == ["", *["likelier to please than chance"] * 5]
    assert load_words.likings_words(found) == "5 people pick what is likelier to please than chance explains"


def test_ratings_to_expect_are_told_of_persons_to_who_may_see_them() -> None:
    """By team nothing is told of it; who sees Ben alone reads his chance beside all others'."""
    assert load_words.likings_grid(load_page(reading(employees=120))).rows == ()
    assert load_words.likings_grid(load_page(reading(Viewer("x")))).rows == ()
    (mine,) = load_page(reading(Viewer("ben", persons=frozenset({"ben"})))).rows
    every = {row.id: row.liking_q for row in load_page(reading()).rows}
    assert mine.liking_q == every["ben"]


def test_the_page_of_load_shows_it_to_who_leads_and_says_what_it_does_not_prove(rated: None) -> None:
    told = text_of(signed_in(member("mia", "support_lead")), "/conversations/load")
    section = told.split('<section id="likings">')[1].split("</section>")[0]
    assert "5 people pick what is likelier to please than chance explains" in section
    assert "it begins a talk and proves nothing" in section
    assert 'id="likings"' not in text_of(signed_in(member("x", "product")), "/conversations/load")


def test_few_choices_have_no_interval_and_no_mark() -> None:
    few = Taste(5, 12.04, None, None, None)
    row = LoadRow("a", "Ana", 5, 1.0, None, 0.0, 0.0, 1.0, None, None, 0, 5, 1.0, 0.5, None, 0, liking=few)
    one = replace(load_page(reading()), rows=(row,))
    assert [cell.text for cell in load_words.likings_grid(one).rows[0]] == ["Ana", "5", "+12.0", "too few choices", "–"]
    assert load_words.likings_words(one) == "Nobody picks what is likelier to please than chance explains"


def test_a_small_company_is_told_from_which_stage_on(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = helped.home(4).path
    owner = signed_in(member("owner", "owner"))
    assert "Shown from stage 2 on" in text_of(owner, "/conversations/people")
    assert "Shown from stage 5 on" in text_of(owner, "/conversations/people/ana")
