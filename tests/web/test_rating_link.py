"""The page behind a rating link: opening it never votes, a press does, and links that do not hold say nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from relevo.desk.house.actions import save_rule
from relevo.desk.voices.actions import NewInvitation, invite
from relevo.desk.voices.addresses import paths_of
from relevo.desk.voices.asking import AskingRules
from relevo.desk.voices.links import signature
from relevo.desk.voices.models import Invitation, Vote
from relevo.desk.voices.votes import votes_since
from relevo.jobs.clock import now
from tests.web.conftest import member, signed_in

LONG_AGO = timedelta(days=400)
SHARED = "s3cret"


@pytest.fixture
def invitation(served: None) -> int:
    return invite(NewInvitation("V1", "M1", "C00", "K1"), AskingRules(), "help", now()).id


@pytest.fixture
def link(invitation: int) -> str:
    return paths_of(invitation)["not_good"]


def opened(address: str, **headers: str) -> HttpResponse:
    return Client().get(address, headers=headers)  # type: ignore[return-value]


def said() -> list[tuple[str, str, str]]:
    return [(each.answer.value, each.reason, each.comment) for each in votes_since(now() - LONG_AGO)]


def checked(page: str) -> list[str]:
    return re.findall(r'name="answer" value="(\w+)" required checked', page)


def test_opening_a_link_keeps_nothing(link: str) -> None:
    for browser in (Client(), Client(headers={"user-agent": "SafeLinks"})):
        for answer in (browser.get(link), browser.head(link), browser.get(link.replace("not_good", "great"))):
            assert answer.status_code == 200
    assert not Vote.objects.exists()
    assert Client().put(link).status_code == 405


def test_the_chosen_answer_is_preselected_and_sent_with_one_press(link: str) -> None:
    browser = Client()
    page = browser.get(link).content.decode()
    assert checked(page) == ["not_good"]
    assert "How was our answer?" in page
    assert "Norte Software" in page
    assert "data-sends-itself" in page
    sent = browser.post(link, {"answer": "not_good"})
    assert (sent.status_code, sent["Location"]) == (302, link.partition("?")[0])
    assert said() == [("not_good", "", "")]
    after = browser.get(sent["Location"]).content.decode()
    assert "you said “Not good”" in after
    assert checked(after) == ["not_good"]
    assert "data-sends-itself" not in after


def test_words_are_added_and_the_answer_is_changed(link: str) -> None:
    browser = Client()
    browser.post(link, {"answer": "not_good"})
    browser.post(link, {"answer": "okay", "reason": "price", "comment": "Dear <me>"})
    assert said() == [("okay", "price", "Dear <me>")]
    page = browser.get(link.partition("?")[0]).content.decode()
    assert checked(page) == ["okay"]
    assert '<option value="price" selected>' in page
    assert "Dear &lt;me&gt;</textarea>" in page


def test_the_page_itself_votes_without_words_and_hears_when_a_button_is_needed(link: str) -> None:
    browser = Client()
    first = browser.post(link, {"answer": "not_good", "how": "moved", "comment": "half a word", "reason": "x"})
    assert first.json() == {"took": "kept"}
    assert said() == [("not_good", "", "")]
    assert browser.post(link, {"answer": "great", "how": "moved"}).json() == {"took": "press"}
    assert said() == []


def test_what_cannot_be_kept_is_asked_again_with_what_was_typed(link: str) -> None:
    nothing = Client().post(link, {"comment": "Why <not>"})
    assert nothing.status_code == 422
    assert "Choose one of the three answers" in nothing.content.decode()
    long = Client().post(link, {"answer": "great", "comment": "y" * 2_001})
    assert long.status_code == 422
    page = long.content.decode()
    assert "y" * 2_001 in page
    assert 'aria-invalid="true"' in page
    assert checked(page) == ["great"]
    assert not Vote.objects.exists()


def test_links_that_do_not_hold_all_look_the_same_and_stay_calm(invitation: int, link: str) -> None:
    told = [opened("/r/never-made"), opened(link.replace("?", "x?")), opened("/r/own?c=V1&t=1780315200&s=0")]
    Invitation.objects.filter(pk=invitation).update(expires_at=now())
    told.append(opened(link))
    told.append(Client().post(link, {"answer": "great"}))
    pages = {re.sub(r'value="[^"]*"', "", each.content.decode()) for each in told}
    assert [each.status_code for each in told] == [404] * 5
    assert len(pages) == 1
    assert "nothing was lost" in pages.pop()
    assert not Vote.objects.exists()


def test_nobody_keeps_passes_on_or_frames_the_page(link: str) -> None:
    for answer in (opened(link), opened("/r/never-made")):
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "same-origin"
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert not answer.cookies.get("relevo-session")
    # Signatures and tokens of forms may hold any two letters.
    page = re.sub(r'value="[^"]*"|/r/[^"]*', "", opened(link).content.decode())
    for hidden in ("C00", "K1", "Alto", "V1", "M1", "/customers", "/sign-in", "<script>", "style="):
        assert hidden not in page, hidden


def test_it_speaks_the_language_of_the_conversation_until_another_is_chosen(served: None) -> None:
    asked = NewInvitation("V2", language="pt")
    link = paths_of(invite(asked, AskingRules(), "help", now()).id)["great"]
    answer = opened(link, accept_language="en")
    assert '<html lang="pt-br"' in answer.content.decode()
    assert answer["Content-Language"] == "pt-br"
    chosen = Client()
    chosen.post("/preferences", {"language": "es", "next": link})
    assert '<html lang="es"' in chosen.get(link).content.decode()


def test_of_a_language_that_the_pages_do_not_have_the_browsers_is_spoken(served: None) -> None:
    link = paths_of(invite(NewInvitation("V2", language="fi"), AskingRules(), "help", now()).id)["great"]
    assert '<html lang="zh-hans"' in opened(link, accept_language="zh-CN").content.decode()


def test_a_form_that_was_not_sent_from_our_page_is_refused(link: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"answer": "great"}).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get(link).content.decode())
    assert token
    assert strict.post(link, {"answer": "great", "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_a_colleague_who_is_signed_in_looks_on(link: str) -> None:
    colleague = signed_in(member("ana", "csm"))
    assert "what your customer sees" in colleague.get(link).content.decode()
    assert colleague.post(link, {"answer": "great"}).status_code == 200
    assert not Vote.objects.exists()


def test_links_cannot_be_found_by_trying_and_one_is_not_voted_by_all_day(link: str) -> None:
    for number in range(10):
        assert opened(f"/r/{number}.guess").status_code == 404
    assert opened(link).status_code == 429
    other = Client(REMOTE_ADDR="10.1.1.1")
    for _ in range(10):
        assert other.post(link, {"answer": "great"}).status_code == 302
    assert other.post(link, {"answer": "okay"}).status_code == 429
    assert said() == [("great", "", "")]


def test_reasons_are_those_of_the_house(link: str) -> None:
    save_rule("rating_reasons", ["Speed of ours", "other"], now().date(), "ines", "ours", now())
    page = opened(link).content.decode()
    assert '<option value="Speed of ours">Speed of ours</option>' in page
    assert "Something else" in page
    assert Client().post(link, {"answer": "okay", "reason": "price"}).status_code == 422


def test_a_link_that_the_help_desk_signed(served: None, settings: Any) -> None:
    settings.RATING_SECRET = SHARED
    made = int(now().timestamp())
    link = f"/r/own?c=zendesk%3A7&m=&t={made}&s={signature(SHARED, 'zendesk:7', '', made)}&a=great"
    browser = Client()
    assert checked(browser.get(link).content.decode()) == ["great"]
    sent = browser.post(link, {"answer": "great"})
    assert sent["Location"] == link.removesuffix("&a=great")
    assert "you said “Great”" in browser.get(sent["Location"]).content.decode()
    (kept,) = votes_since(now() - LONG_AGO)
    assert (kept.conversation_id, kept.message_id) == ("zendesk:7", "")


def test_the_path_of_a_link_is_that_of_the_page(invitation: int) -> None:
    path = paths_of(invitation)["great"]
    assert path == reverse("rating", args=[path.split("/r/")[1].split("?")[0]]) + "?a=great"


def test_before_the_first_book_a_link_holds(db: None, settings: Any, tmp_path: Any) -> None:
    settings.RELEVO_HOME = tmp_path
    link = paths_of(invite(NewInvitation("V1"), AskingRules(), "help", now()).id)["okay"]
    assert checked(opened(link).content.decode()) == ["okay"]
