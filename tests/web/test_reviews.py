"""The page Reviews and one review: what it says, who sees what, from the queue to the reply."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.models import AuditEntry
from relevo.desk.reviews.actions import NewDraw, NewSample, give, keep_sample
from relevo.desk.reviews.kept import review_with, waiting_for
from relevo.desk.reviews.models import CoachingTalk, Draw, Review
from relevo.web.conversations import reviews as words
from tests.answers import reviewed
from tests.web.conftest import signed_in

PAGE = "/conversations/reviews"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ROLES = {"ana": "agent", "ben": "agent", "cyd": "agent", "rex": "agent", "lea": "support_lead", "sam": "seller",
         "ines": "owner", "eva": "finance"}  # fmt: skip
MARKS = {"mark_accuracy": "3", "mark_clarity": "4", "mark_tone": "na", "mark_next_step": "2"}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed.home(tmp_path_factory.mktemp("large")).path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same company with sixty people, which is stage 3."""
    return reviewed.home(tmp_path_factory.mktemp("small"), 60).path


@pytest.fixture
def served(settings: Any, db: None, large: Path) -> None:
    settings.RELEVO_HOME = large


@pytest.fixture
def browsers(served: None) -> dict[str, Client]:
    """Everybody, signed in."""
    return {
        name: signed_in(ensure_member(NewMember(name, f"{name}@norte.example", role), "operator", NOW))
        for name, role in ROLES.items()
    }


def drawn(*reviewers: str, talk: str = "T-ana-0") -> list[int]:
    """One of Ana's conversations, given to reviewers; their reviews."""
    new = NewDraw(talk, "ana", frozenset({"ana", "ben"}), 0.25, "C0", "chat", "bug", "hard")
    (wanted,) = keep_sample(NewSample(reviewed.MONDAY, 1, 2, "b", 24), [new], "relevo", NOW)
    give({wanted.key: reviewers}, "relevo", NOW)
    return [row.pk for row in Review.objects.filter(draw=wanted.key).order_by("id")]


def test_a_picture_without_everybody_says_so(browsers: dict[str, Client], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "by name, the table everybody" not in page(browsers["ines"])
    monkeypatch.setattr(words, "MOST_LINES", 0)
    assert re.search(r"The picture has the first 0 of \d by name, the table everybody\.", page(browsers["ines"]))


def page(client: Client, address: str = PAGE, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def says(shown: str) -> str:
    """The text of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", shown.split("<main")[1]).split())


def score(client: Client, key: int, status: int = 302, **more: str) -> str:
    told = {"do": "score", "seen": str(seen_by(key)), "note": "Clear.", **MARKS, **more}
    answer = client.post(f"{PAGE}/{key}", told)
    assert answer.status_code == status
    return answer.content.decode()


def seen_by(key: int) -> int:
    found = review_with(key)
    return found.revision if found else 0


def test_the_page_says_what_was_found(browsers: dict[str, Client]) -> None:
    """Ana 75 and 75, Ben 25 and 75, Cyd 75 and 50 are 62.5; two of 36 were seen 12.5 lower by two: 61.8."""
    text = says(page(browsers["ines"]))
    assert "Our answers score 61.8 of 100" in text
    assert "by 36 conversations drawn at random" in text
    assert "Accuracy: two who judged the same answers blind gave the same mark in 67 % of 6 pairs" in text
    assert "the usual mark, 3, is given 83 % of the time" in text
    assert "1 of 4 agents was coached" in text or "1 of 4 agents were coached in the last 30 days." in text
    assert "Ana varies by" in text
    assert "nothing here touches anybody’s pay" in text


@pytest.mark.parametrize(
    ("name", "seen"),
    [("ines", {"Ana", "Ben", "Cyd"}), ("lea", {"Ana", "Ben", "Cyd"}), ("ana", {"Ana"}), ("rex", set()), ("sam", set())],
)
def test_figures_of_persons_are_ones_own_or_of_those_one_leads(
    browsers: dict[str, Client], name: str, seen: set[str]
) -> None:
    shown = page(browsers[name])
    groups = shown.split('<figure id="groups">')[1].split("</figure>")[0]
    assert {each for each in ("Ana", "Ben", "Cyd", "Rex") if f">{each}<" in groups} == seen
    assert AuditEntry.objects.filter(who=name, action="person_level.seen").exists()


def test_finance_sees_the_team_and_nobody(browsers: dict[str, Client]) -> None:
    text = says(page(browsers["eva"]))
    assert "by 36 conversations" in text
    assert not re.search(r"\b(Ana|Ben|Cyd|Rex)\b", text)
    assert not AuditEntry.objects.filter(who="eva", action="person_level.seen").exists()


def test_a_stage_3_company_gets_figures_of_teams(browsers: dict[str, Client], settings: Any, small: Path) -> None:
    settings.RELEVO_HOME = small
    shown = page(browsers["ines"])
    groups = shown.split('<figure id="groups">')[1].split("</figure>")[0]
    assert ">Support<" in groups
    assert ">Ana<" not in groups
    assert "Who marks harder" not in shown


def test_from_the_queue_to_the_reply(browsers: dict[str, Client]) -> None:
    (key,) = drawn("cyd")
    assert "You have 1 conversation to review" in says(page(browsers["cyd"]))
    one = page(browsers["cyd"], f"{PAGE}/{key}")
    assert "My question T-ana-0" in one
    assert "My answer 0 to T-ana-0" in one
    page(browsers["ana"], f"{PAGE}/{key}", 404)  # it is not done
    score(browsers["cyd"], key)
    found = review_with(key)
    assert found is not None
    assert found.score == pytest.approx((75 + 100 + 50) / 3)
    told = says(page(browsers["ana"], f"{PAGE}/{key}"))
    assert "Cyd gave Ana’s answers 75.0 of 100" in told
    assert "Clear." in told
    assert f"{PAGE}/{key}" in page(browsers["ana"])
    answer = browsers["ana"].post(f"{PAGE}/{key}", {"do": "reply", "text": "It was the old screen."})
    assert answer.status_code == 302
    assert "It was the old screen." in page(browsers["cyd"], f"{PAGE}/{key}")
    assert "Somebody answered this review" in score(browsers["cyd"], key, 422)


def test_marks_are_seen_by_reviewer_reviewed_and_who_leads_and_by_nobody_else(browsers: dict[str, Client]) -> None:
    (key,) = drawn("cyd")
    score(browsers["cyd"], key)
    seen = {name for name, browser in browsers.items() if browser.get(f"{PAGE}/{key}").status_code == 200}
    assert seen == {"cyd", "ana", "lea", "ines"}
    # None of those may mark but the reviewer, and none reply but the two.
    for name, browser in browsers.items():
        marked = browser.post(f"{PAGE}/{key}", {"do": "score", "seen": str(seen_by(key)), **MARKS}).status_code
        assert marked == (302 if name == "cyd" else 403 if name in seen else 404), name
        said = browser.post(f"{PAGE}/{key}", {"do": "reply", "text": "Hm"}).status_code
        assert said == (302 if name in ("cyd", "ana") else 403 if name in seen else 404), name
        Review.objects.get(pk=key).replies.all().delete()


def test_of_a_pair_neither_sees_the_other_until_both_are_in(browsers: dict[str, Client]) -> None:
    first, second = drawn("cyd", "rex")
    score(browsers["cyd"], first)
    for name in ("ana", "lea", "ines", "rex"):
        page(browsers[name], f"{PAGE}/{first}", 404)
    assert "neither sees the other’s marks" in says(page(browsers["cyd"], f"{PAGE}/{first}"))
    score(browsers["rex"], second, mark_accuracy="1")
    assert {browsers[name].get(f"{PAGE}/{first}").status_code for name in ("ana", "lea", "ines")} == {200}
    assert "Both have judged" in score(browsers["rex"], second, 422)


@pytest.mark.parametrize(
    ("typed", "told"),
    [({"mark_accuracy": ""}, "accuracy has no mark"), ({"mark_accuracy": "9"}, "accuracy cannot have 9 points")],
)
def test_what_was_typed_stays_where_it_is_refused(
    browsers: dict[str, Client], typed: dict[str, str], told: str
) -> None:
    (key,) = drawn("cyd")
    shown = score(browsers["cyd"], key, 422, note="My long note", **typed)
    assert told in shown
    assert "My long note" in shown
    assert re.search(r'name="mark_clarity" value="4" required checked', shown)


def test_of_two_windows_one_saves(browsers: dict[str, Client]) -> None:
    (key,) = drawn("cyd")
    score(browsers["cyd"], key)
    assert "changed in the meantime" in score(browsers["cyd"], key, 409, seen="0")
    assert browsers["cyd"].post(f"{PAGE}/{key}", {"do": "dance"}).status_code == 400


def test_what_is_given_back_can_be_taken_by_a_peer(browsers: dict[str, Client]) -> None:
    """Not by the author, who helped in it, the manager, who had it, nor by who does not review at all."""
    (key,) = drawn("cyd")
    assert browsers["cyd"].post(f"{PAGE}/{key}", {"do": "back"}).status_code == 302
    draw = Draw.objects.get().pk
    tried = {
        name: browsers[name].post(f"{PAGE}/take/{draw}").status_code for name in ("ana", "ben", "cyd", "lea", "eva")
    }
    assert set(tried.values()) == {404}
    assert "An answer of Ana" in page(browsers["rex"])
    assert "An answer of Ana" not in page(browsers["ben"])
    assert browsers["rex"].post(f"{PAGE}/take/{draw}").status_code == 302
    assert [each.person_id for each in waiting_for({"rex"})] == ["ana"]
    # Somebody of another team could have, had nobody of the team been there; now it is taken.
    assert browsers["sam"].post(f"{PAGE}/take/{draw}").status_code == 409


def test_a_doubt_is_reviewed_apart(browsers: dict[str, Client]) -> None:
    """Lea has one of Ben's reviewed after a bad rating; Ana may pick her own, and none of Ben's."""
    asked = {"conversation": "T-ben-1", "person": "ben", "why": "a bad rating"}
    assert browsers["ana"].post(f"{PAGE}/pick", asked).status_code == 404
    assert browsers["lea"].post(f"{PAGE}/pick", asked).status_code == 302
    row = Draw.objects.get()
    assert (row.sampling, row.chance, row.needs) == ("targeted", None, 1)
    assert row.reviews.get().reviewer_id in {"ana", "cyd", "rex"}
    assert browsers["lea"].post(f"{PAGE}/pick", asked).status_code == 422
    own = {"conversation": "T-ana-1", "person": "ana", "why": "I was not sure"}
    assert browsers["ana"].post(f"{PAGE}/pick", own).status_code == 302
    for missing in ({**own, "conversation": "T-none"}, {**own, "conversation": "T-cyd-1"}):
        assert browsers["ana"].post(f"{PAGE}/pick", missing).status_code == 404


def test_a_lead_writes_down_that_a_talk_took_place(browsers: dict[str, Client]) -> None:
    asked = {"person": "ben", "on": "2026-10-30"}
    assert browsers["ana"].post(f"{PAGE}/coaching", asked).status_code == 403
    assert browsers["lea"].post(f"{PAGE}/coaching", {**asked, "person": "lea"}).status_code == 403
    assert browsers["lea"].post(f"{PAGE}/coaching", {**asked, "on": "2999-01-01"}).status_code == 422
    assert browsers["lea"].post(f"{PAGE}/coaching", asked).status_code == 302
    row = CoachingTalk.objects.get()
    assert (row.person_id, row.coach_id, row.at.date().isoformat()) == ("ben", "lea", "2026-10-30")
    assert "Ben with Lea" in page(browsers["ben"])
    assert "Ben with Lea" not in page(browsers["ana"])
    assert browsers["ben"].post(f"{PAGE}/coaching/{row.pk}/withdraw").status_code == 404
    assert browsers["lea"].post(f"{PAGE}/coaching/{row.pk}/withdraw").status_code == 302
    assert "Ben with Lea" not in page(browsers["lea"])


def test_without_reviews_the_page_says_what_to_load(browsers: dict[str, Client], settings: Any, tmp_path: Path) -> None:
    from relevo.base.config import Home
    from tests.making import make

    tables = {"person": reviewed.people(), "customer": [{"customer_id": "C0", "name": "C0"}]}
    assert make(tmp_path, tables, reviewed.AS_OF).published
    settings.RELEVO_HOME = Home(tmp_path / "home").path
    text = says(page(browsers["ines"]))
    assert "No conversation that was drawn at random has been reviewed yet" in text
    assert "relevo load review.csv" in text


def test_the_rubric_is_a_rule_of_the_house(browsers: dict[str, Client]) -> None:
    """Written as lines; what cannot be a rubric is refused with what was typed; a review uses it from then on."""
    address = "/settings/house/review_rubric"
    assert "accuracy: 4, 1" in page(browsers["ines"], address)
    told = {"value": "accuracy: 5, 2, critical\nkindness: 3", "from_on": "2026-01-01", "reason": "ours"}
    assert browsers["ines"].post(address, told).status_code == 302
    (key,) = drawn("cyd")
    one = page(browsers["cyd"], f"{PAGE}/{key}")
    assert 'name="mark_kindness" value="3"' in one
    assert 'name="mark_accuracy" value="5"' in one
    for wrong in ("accuracy", "accuracy: x", "accuracy: 4, 1, 2", "accuracy: 4, 1, pay"):
        assert browsers["ines"].post(address, {**told, "value": wrong}).status_code == 422
