"""Whom to call back: who is on the lists, who sees them, what of the words, and that a vote is there at once."""

import re
from typing import Any

import pytest
from django.test import Client

from relevo.base.scales import Answer
from relevo.desk.people.models import AuditEntry
from relevo.desk.voices.actions import NewInvitation, Said, invite, vote
from relevo.desk.voices.asking import AskingRules
from relevo.desk.voices.votes import How
from relevo.desk.work.models import Task
from relevo.jobs.clock import now
from tests.answers import company, voiced
from tests.api.asking import Program, member, program
from tests.web.conftest import signed_in

PAGE = "/conversations/call-back"
RULES = AskingRules()


@pytest.fixture
def voices(settings: Any, db: None) -> None:
    settings.RELEVO_HOME = voiced.home().path


def browser(name: str, role: str) -> Client:
    return signed_in(member(name, role))


def opened(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def part(page: str, name: str) -> str:
    found = re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def customers(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/customers/(\w)\?tab=conversations">', html)


def voted(conversation: str, answer: Answer, **more: Any) -> int:
    link = invite(NewInvitation(conversation, **more), AskingRules(pause=RULES.pause * 0), "help", now()).id
    vote(link, Said(answer, "time", "Still <waiting>"), How.PRESSED, RULES, now())
    return link


def test_who_is_unhappy_though_solved_stands_newest_first(voices: None) -> None:
    """NPS 3 of A on the 28th, then votes of E on the 11th, B on the 9th and A on the 8th.

    A's vote of the 20th is on what is open, and B's of the 13th okay.
    """
    page = opened(browser("ines", "owner"))
    assert customers(part(page, "unhappy")) == ["A", "E", "B", "A"]
    assert "4 votes to call back about" in page
    unhappy = part(page, "unhappy")
    assert "would not recommend us" in unhappy
    assert "Nobody &lt;listens&gt;" in unhappy
    assert "100.00" in unhappy
    assert re.search(r"Shop A</a>.*?<td>Ana</td>", unhappy, re.DOTALL)
    assert "<td>Ben</td>" in unhappy, "nobody holds E: who answered talks to it"
    assert "<svg" in page


def test_a_vote_through_a_link_is_there_at_once_and_a_better_one_takes_it_off(voices: None) -> None:
    client = browser("ines", "owner")
    voted("VC", Answer.NOT_GOOD)
    assert customers(part(opened(client), "unhappy")) == ["C", "A", "E", "B", "A"]
    assert "Still &lt;waiting&gt;" in opened(client)
    voted("VC", Answer.GREAT)
    voted("VB", Answer.OKAY)
    assert customers(part(opened(client), "unhappy")) == ["A", "E", "A"]


def test_a_vote_on_what_the_book_cannot_know_yet_says_so(voices: None) -> None:
    client = browser("ines", "owner")
    voted("VNEW", Answer.NOT_GOOD, customer_id="B")
    voted("VO", Answer.NOT_GOOD)
    unhappy = part(opened(client), "unhappy")
    # VO is open in the book, but the vote is later than the book: it may be solved by now.
    assert customers(unhappy)[:2] == ["A", "B"]
    assert unhappy.count("not in the book as solved yet") == 2
    voted("VSTRANGE", Answer.NOT_GOOD)
    assert "nobody knows" in part(opened(client), "unhappy")


def test_who_was_happy_and_came_back_or_left(voices: None) -> None:
    gone = part(opened(browser("ines", "owner")), "gone")
    assert customers(gone) == ["C", "D"]
    assert "3 days later" in gone
    assert "1 day later" in gone
    assert "1 customer left within 30 days" in gone


def test_who_was_asked_and_who_too_often(voices: None) -> None:
    asked = part(opened(browser("ines", "owner")), "asked")
    # Asked about VA, VX and VB, of A and B; VA and VB were rated.
    assert "2 of 3 conversations that were asked about were rated (66.7 %)" in asked
    assert "2 of 2 customers (100.0 %)" in asked
    assert "1 contact was asked about something else again within 14 days" in asked
    assert "Rosa A" in asked


@pytest.mark.parametrize(
    ("name", "role", "unhappy", "gone", "money", "words"),
    [
        ("mia", "success_lead", ["A", "B", "A"], ["C", "D"], True, True),
        ("ana", "csm", ["A", "A"], ["C"], True, True),
        ("ben", "agent", ["B"], ["D"], True, True),
        ("eva", "finance", ["A", "E", "B", "A"], ["C", "D"], True, False),
        ("eva", "product", ["A", "E", "B", "A"], ["C", "D"], False, True),
        ("eva", "csm", [], [], False, False),
    ],
)
def test_everybody_sees_their_own_and_reads_what_the_role_reads(
    voices: None, name: str, role: str, unhappy: list[str], gone: list[str], money: bool, words: bool
) -> None:
    voted("VSTRANGE", Answer.NOT_GOOD)
    page = opened(browser(name, role))
    assert customers(part(page, "unhappy")) == unhappy
    assert customers(part(page, "gone")) == gone
    assert ("100.00" in page) == money
    assert ("Invoice of" in page) == words
    assert bool(re.search("listens|Two days", page)) == words
    assert ("desk.example" in page) == words
    assert ("nobody knows" in part(page, "unhappy")) == (role in ("finance", "product"))
    assert ("Rosa A" in page) == ("A" in unhappy)


@pytest.mark.parametrize(("name", "role"), [("ines", "owner"), ("ana", "csm"), ("eva", "finance"), ("eva", "product")])
def test_the_api_says_the_same_as_the_page(voices: None, name: str, role: str) -> None:
    user = member(name, role)
    page, asking = opened(signed_in(user)), program(user)
    rows = asking.get(PAGE)["items"]
    assert [row["about"]["customer_id"] for row in rows] == customers(part(page, "unhappy"))
    assert all((row["comment"] is None) == (role == "finance") for row in rows)
    assert all((row["about"]["mrr_cents"] is None) == (role == "product") for row in rows)
    gone = asking.get("/conversations/happy-then-gone")["items"]
    assert [row["about"]["customer_id"] for row in gone] == customers(part(page, "gone"))
    told = asking.get("/conversations/asked")
    assert (told["conversations"], told["conversations_answered"], told["customers_answered"]) == (3, 2, 2)


def test_a_key_without_words_and_money_reads_neither(voices: None) -> None:
    narrow: Program = program(member("ines", "owner"), "read")
    for row in narrow.get(PAGE)["items"]:
        assert (row["comment"], row["reason"], row["about"]["subject"], row["about"]["mrr_cents"]) == (None,) * 4


def test_pages_of_the_list_follow_each_other(voices: None) -> None:
    asking = program(member("ines", "owner"))
    assert [row["rating_id"] for row in asking.all_of(PAGE, 3)] == ["RN", "RVE", "RVB", "RVA"]
    assert [row["left_at_once"] for row in asking.all_of("/conversations/happy-then-gone", 1)] == [False, True]
    assert AuditEntry.objects.filter(action="exported", about="call-back").exists()
    assert customers(part(opened(browser("ines", "owner"), f"{PAGE}?offset=3"), "unhappy")) == ["A"]


def test_a_task_is_made_with_one_press_and_is_shown(voices: None) -> None:
    client = browser("ana", "csm")
    form = re.search(r'<form action="/tasks/add".*?</form>', part(opened(client), "unhappy"), re.DOTALL)
    assert form
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    answer = client.post("/tasks/add", fields)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    task = Task.objects.get()
    assert (task.customer_id, task.owner) == ("A", "ana")
    assert "Invoice" not in task.title
    assert "1 open task" in part(opened(client), "unhappy")


def test_an_empty_list_says_what_to_do(served: None) -> None:
    page = opened(browser("ines", "owner"))
    assert "Nobody to call back" in page
    assert "relevo links rating" in page
    assert "No great vote of the last 180 days" in page
    assert company.LAST  # the small company has ratings of no conversation alone
