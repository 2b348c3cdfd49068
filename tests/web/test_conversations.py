"""The pages of Conversations: what is on them, for whom, at which stage, and what the trail keeps of it."""

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from relevo.answers.conversations.load import load_page
from relevo.answers.conversations.steps import PARTS
from relevo.answers.conversations.types import types_page
from relevo.answers.reading import OPERATOR, Reading
from relevo.book.book import Book
from relevo.desk.house.actions import save_rule
from relevo.desk.people.models import AuditEntry
from relevo.measures.catalog import MEASURES
from relevo.web.conversations import compat
from relevo.web.conversations import load as load_words
from relevo.web.conversations.types import time_chart
from relevo.web.sentences import WORDINGS
from tests.answers import company, helped
from tests.web.conftest import member, signed_in

PAGES = tuple(f"/conversations{page}" for page in ("", "/waits", "/load", "/types", "/channels"))


@pytest.fixture
def large(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = helped.home().path


def browser(role: str = "owner", name: str = "mia") -> Client:
    return signed_in(member(name, role))


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"[\u2009\u202f\u00a0]", " ", html.unescape(answer.content.decode()))


def rows(page: str, after: str) -> list[list[str]]:
    """The cells of the first table after some text, without what stands small beside a figure."""
    table = page.split(after, 1)[1].split("<tbody>")[1].split("</tbody>")[0]
    return [[c.strip() for c in re.findall(r"<t[hd][^>]*>([^<]*)", row)] for row in table.split("</tr>")[:-1]]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_the_others_and_stands_in_the_place(large: None, address: str) -> None:
    page = shown(browser(), address)
    tabs = page.split('<nav class="tabs"')[1].split("</nav>")[0]
    assert set(PAGES) <= set(re.findall(r'href="([^"]+)"', tabs))
    assert re.findall(r'href="([^"]+)" aria-current="page"', tabs) == [address]
    assert re.search(r'<a href="/conversations" aria-current="page">', page)
    assert len(re.findall(r"<h1>", page)) == 1


def test_a_circle_says_what_its_row_says(large: None) -> None:
    page = shown(browser(), "/conversations")
    table = {row[0]: row[1:] for row in rows(page, '<figure id="support-map"')}
    tips = re.findall(r'data-tip="([^"]+)"', page)
    for name, (customers, response, replies, theirs, mixed) in table.items():
        told = f"{name}: {customers} customers, response {response}, {replies} replies per customer; "
        assert told + f"on the same cases the team: {theirs}, {mixed}" in tips
    # Nine cases of a kind are too few: Ana's are held against all 30 by mail, with 48 replies; three a customer.
    assert table["Ana"] == ["3", "3 h 0 min", "9.00", "1 h 0 min", "4.80"]


def test_people_are_in_the_order_of_names_and_no_heading_sorts_them(large: None) -> None:
    for address, after in (("/conversations", 'id="support-map"'), ("/conversations/load", 'id="people"')):
        page = shown(browser(), address)
        table = page.split(after)[1].split("</table>")[0]
        assert [row[0] for row in rows(page, after)] == ["Ana", helped.LONG]
        assert "aria-sort" not in table
        assert not re.search(r'<th scope="col"[^>]*><a', table)


def test_the_mix_adds_a_ring_to_every_circle(large: None) -> None:
    client = browser()
    raw, beside = (shown(client, f"/conversations{q}") for q in ("", "?mix=expected"))
    assert len(re.findall("data-tip", beside)) == 2 * len(re.findall("data-tip", raw))
    assert "A dashed ring" in beside
    assert client.get("/conversations?mix=best").status_code == 400


def test_the_month_is_a_form_that_works_without_a_script(large: None) -> None:
    client = browser()
    page = shown(client, "/conversations?mix=expected")
    form = page.split('<form class="bar"')[1].split("</form>")[0]
    low, high, value = (int(re.search(rf'{name}="(\d+)"', form)[1]) for name in ("min", "max", "value"))  # type: ignore[index]
    assert (high - low, value) == (11, high)
    assert '<input type="hidden" name="mix" value="expected">' in form
    back = shown(client, f"/conversations?month={low}")
    assert "Three months to the end of Nov 2025" in back
    assert "to=2025-11" in back
    for wrong in ("0", "x", "99999999"):
        assert client.get(f"/conversations?month={wrong}").status_code == 400


def test_the_download_of_an_earlier_month_is_that_month(large: None) -> None:
    client = browser()
    file = client.get("/measures/support_map.csv?to=2026-02").content.decode()
    assert {line.split(",")[0]: line.split(",")[1] for line in file.splitlines()[1:]} == {"ana": "3", "ben": "3"}


@pytest.mark.parametrize(
    ("role", "name", "who"),
    [
        ("owner", "mia", ["Ana", helped.LONG]),
        ("support_lead", "mia", ["Ana", helped.LONG]),
        ("agent", "ben", [helped.LONG]),
        ("product", "eva", ["success", "support"]),
    ],
)
def test_persons_are_shown_to_who_sees_them_and_that_is_in_the_trail(
    large: None, role: str, name: str, who: list[str]
) -> None:
    client = browser(role, name)
    page = shown(client, "/conversations")
    assert [row[0] for row in rows(page, 'id="support-map"')] == who
    assert [row[0] for row in rows(shown(client, "/conversations/load"), 'id="people"')] == who
    seen = AuditEntry.objects.filter(action="person_level.seen").values_list("details__address", flat=True)
    assert set(seen) == (set() if role == "product" else {"/conversations", "/conversations/load"})


def test_the_gauge_stands_month_by_month_with_what_is_too_much(large: None) -> None:
    """185 minutes for two people in 31 days; no shifts are known. Then twice as much as in the other months."""
    page = shown(browser(), "/conversations/load")
    assert rows(page, 'id="months"')[-1] == ["Oct 2026", "12", "6.0", "0.3", "–", "100.0 %"]
    found = load_page(Reading(Book.open(helped.home().books), OPERATOR))
    calm = found.gauges[-1]
    over = replace(calm, against_usual=2.0)
    grid = load_words.months_grid(replace(found, gauges=(calm, over)))
    assert [row[0].small for row in grid.rows] == ["", "more than can be done"]


@pytest.mark.parametrize(("name", "told"), [("ana", "1 of 1 takes"), ("ben", "None of 1 takes")])
def test_who_sees_nobody_else_is_held_against_everybody(large: None, name: str, told: str) -> None:
    """Three in ten of all cases are hard; what another colour says stands in the table of the picture too."""
    figure = shown(browser("agent", name), "/conversations/load").split('<figure id="hard"')[1].split("</figure>")[0]
    assert f"{told} more hard cases than chance explains; 30.0 % of all are hard" in figure
    assert ("more than chance" in figure.split("<tbody>")[1].split("</tbody>")[0]) == (name == "ana")


def test_waits_by_person_are_refused_and_kept_in_the_trail(large: None) -> None:
    address = "/conversations/waits?by=person"
    assert browser("product", "eva").get(address).status_code == 403
    assert not AuditEntry.objects.filter(action="person_level.seen").exists()
    page = shown(browser(), address)
    assert "Own part, median" in page
    assert AuditEntry.objects.filter(action="person_level.seen", details__address=address).exists()
    assert "When promised" not in page.split('<section id="rows">')[1].split("</section>")[0]


def test_a_promise_is_told_by_tier_once_it_is_set(large: None) -> None:
    client = browser()
    before = shown(client, "/conversations/waits")
    assert "No first answer is promised yet" in before
    assert 'href="/settings/house/response_promises"' in before
    day = company.NOW.date().replace(year=2025)
    save_rule("response_promises", {"premium": 60, "standard": 60}, day, "ines", "Agreed.", company.NOW)
    page = shown(client, "/conversations/waits")
    assert "70.0 % were answered when promised" in page
    assert "premium was answered when promised in 0.0 % of cases" in page
    table = {row[0]: row[4] for row in rows(page, '<figure id="promise"')}
    assert table == {"premium": "0.0 %", "standard": "100.0 %"}


def test_waits_show_who_still_waits_the_hours_and_other_tools(large: None) -> None:
    page = shown(browser(), "/conversations/waits")
    assert "Half of the customers waited longer than 1 h 0 min in Oct 2026, one in ten longer than 3 h 0 min." in page
    assert "Somebody was there whenever a customer asked" in page
    tools = {row[0] for row in rows(page, '<section id="compat">')}
    assert tools == {"Zendesk", "Intercom", "Help Scout"}


def test_the_reasons_of_other_tools_are_in_the_readers_words(large: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence of every reason is looked up, with the number as the reader writes it."""
    plain = rows(shown(browser(), "/conversations/waits"), '<section id="compat">')
    looked_up = compat._
    monkeypatch.setattr(compat, "_", lambda words: f"¿{looked_up(words)}?")
    page = rows(shown(browser(), "/conversations/waits"), '<section id="compat">')
    assert any("; " in row[4] for row in plain)
    for said, told in zip(plain, page, strict=True):
        assert told[4].replace("¿", "").replace("?", "") == said[4]
        assert told[4].count("¿") == said[4].count("; ") + bool(said[4]) - ("ours is a median" in said[4])


def test_the_title_of_the_time_is_its_finding(large: None) -> None:
    """450 of 555 minutes."""
    page = types_page(Reading(Book.open(helped.home().books), OPERATOR))
    filed = replace(page, rows=tuple(row for row in page.rows if row.category != "(none)"))
    assert time_chart(filed).title == "“sso” takes 81.1\u202f% of the time"
    assert time_chart(replace(page, rows=())).title == "What takes the time"


def test_the_types_add_up_and_so_do_the_steps(large: None) -> None:
    page = shown(browser(), "/conversations/types")
    assert "81.1 % of the time goes to “sso”, which is 30.0 % of the 30 conversations." in page
    assert "2.7 % of the time is filed under nothing" in page
    assert [row[0] for row in rows(page, '<figure id="time"')] == ["sso", "login", "(none)"]
    assert "4 more conversations than in Oct 2025: 3 because there are more customers" in page
    assert browser().get("/conversations/types?segment=none").status_code == 400
    foot = page.split('<section id="drivers">')[1].split("<tfoot>")[1].split("</tfoot>")[0]
    assert re.findall(r"<t[hd][^>]*>([^<]*)", foot) == ["All", "6", "10", "", "", "+3", "0", "+1", "0"]


@pytest.mark.parametrize(("employees", "locked"), [(4, set(PAGES)), (15, set(PAGES[2:]))])
def test_a_page_of_a_later_stage_says_from_when_it_is_shown(
    settings: Any, db: None, employees: int, locked: set[str]
) -> None:
    settings.RELEVO_HOME = helped.home(employees).path
    client = browser()
    for address in PAGES:
        page = shown(client, address)
        assert ("/settings/house/early_figures" in page) == (address in locked or address == PAGES[0]), address
        if address in locked:
            assert f"the book counts {employees}" in page
            assert "<figure" not in page


def test_before_that_teams_are_told_and_nobody_is_named(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = helped.home(120).path
    client = browser()
    for address in PAGES:
        page = shown(client, address)
        assert "Ana" not in page.split("<main")[1]
        assert "Compañía" not in page.split("<main")[1]
    assert [row[0] for row in rows(shown(client, "/conversations"), 'id="support-map"')] == ["success", "support"]


@pytest.mark.parametrize("address", PAGES)
def test_without_conversations_a_page_says_what_to_load(settings: Any, db: None, address: str) -> None:
    settings.RELEVO_HOME = helped.home(300, talks=False).path
    page = shown(browser(), address)
    assert "relevo load FOLDER" in page
    assert "<figure" not in page


@pytest.mark.parametrize("language", ["es", "pt-br", "zh-hans"])
@pytest.mark.parametrize("address", PAGES)
def test_the_pages_stand_in_every_language(large: None, language: str, address: str) -> None:
    client = browser()
    client.cookies["relevo-language"] = language
    with translation.override("en"):  # the language that a request leaves in force is no other test's
        assert "%(" not in shown(client, address)


def test_every_way_in_which_contacts_change_has_its_words() -> None:
    assert {f"volume.{way}_{part}" for way in ("more", "fewer") for part in PARTS} <= set(WORDINGS)
    assert {"volume.more", "volume.fewer", "volume.same"} <= set(WORDINGS)


def test_what_one_reply_solves_and_what_cases_take_stand_on_the_page_of_types(large: None) -> None:
    """Ben's 21 took one reply and Ana's nine three. From November, 11 months before: 165 minutes of six, 185 of ten."""
    page = shown(browser(), "/conversations/types")
    assert rows(page, "What became of conversations") == [
        ["One reply", "21"], ["Two replies", "0"], ["Three and more", "9"], ["Reopened", "0"],
        ["Solved without a reply", "0"], ["Solved not a week ago", "0"], ["Open, or ended otherwise", "0"],
    ]  # fmt: skip
    foot = page.split("What became of conversations", 1)[1].split("<tfoot>")[1].split("</tfoot>")[0]
    assert re.findall(r"<t[hd][^>]*>([^<]*)", foot) == ["All", "30"]
    assert "One reply was enough in 70.0 % of 30 solved cases" in page
    assert "A conversation takes 32.7 % less than 11 months ago" in page
    assert "100.0 % of the minutes are measured" in page


EVERYWHERE = (
    *PAGES, "/conversations?mix=expected", "/conversations/waits?by=person", "/conversations/waits?by=team",
    "/conversations/types?segment=smb", "/conversations/people", "/conversations/people?months=24",
    "/conversations/reviews", "/conversations/call-back", "/conversations/after",
)  # fmt: skip
STAGED = [name for name, measure in MEASURES.items() if measure.card.from_stage]
OF_WORK = [name for name, measure in MEASURES.items() if name in STAGED or measure.card.is_of_persons]


def files(names: list[str]) -> list[str]:
    """Every file of these measures, plain and by each person of its own."""
    cuts = {name: [each.name for each in MEASURES[name].card.own_dimensions if each.is_person] for name in names}
    return [f"/measures/{name}.csv{by}" for name in names for by in ("", *(f"?by={cut}" for cut in cuts[name]))]


@pytest.mark.parametrize(("name", "key", "other"), [("ana", "ben", helped.LONG), ("ben", "ana", "Ana")])
def test_nobody_out_of_sight_is_named_in_a_title_a_tip_a_sentence_or_a_file(
    large: None, name: str, key: str, other: str
) -> None:
    """Of a company without ratings and reviews; with them: test_support_people.py and test_reviews.py."""
    agent, owner = browser("agent", name), browser("owner", "ines")
    told = [shown(agent, address).split("<main")[1] for address in EVERYWHERE]
    for address, page in zip(EVERYWHERE, told, strict=True):
        assert not re.search(rf"\b{other}\b|/people/{key}\b", page), address
    for address in files(OF_WORK):
        answer = agent.get(address)
        assert answer.status_code == 200, address
        assert not re.search(rf"\b{key}\b|\b{other}\b", answer.content.decode()), address
    # The owner is told of both, or the test would look where nobody is told of.
    assert sum(other in shown(owner, address).split("<main")[1] for address in EVERYWHERE) >= 4
    assert sum(key in owner.get(address).content.decode() for address in files(OF_WORK)) >= 4


def test_before_their_stage_no_file_names_anybody(settings: Any, db: None) -> None:
    """Stage 4: teams are told, and to the owner as well nobody by name."""
    settings.RELEVO_HOME = helped.home(120).path
    owner = browser()
    for address in files(STAGED):
        answer = owner.get(address)
        assert answer.status_code in ((403,) if "?by=" in address else (200, 403)), address
        assert not re.search(r"\b(ana|ben)\b", answer.content.decode()), address
