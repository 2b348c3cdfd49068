"""Reviews through the API: the queue, marks, replies, and whose marks are whose."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.models import AuditEntry
from relevo.desk.reviews.actions import NewDraw, NewSample, give, keep_sample
from relevo.desk.reviews.models import Review
from tests.answers import reviewed
from tests.api.asking import Program, program

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ROLES = {"ana": "agent", "cyd": "agent", "rex": "agent", "lea": "support_lead", "eva": "finance"}
MARKS = {"accuracy": 4, "clarity": 2, "tone": None, "next_step": 4}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed.home(tmp_path_factory.mktemp("reviewed")).path


@pytest.fixture
def programs(settings: Any, db: None, home: Path) -> dict[str, Program]:
    settings.RELEVO_HOME = home
    return {
        name: program(ensure_member(NewMember(name, f"{name}@norte.example", role), "operator", NOW))
        for name, role in ROLES.items()
    }


def drawn(*reviewers: str) -> list[int]:
    new = NewDraw("T-ana-1", "ana", frozenset({"ana"}), 0.25, "C1", "mail", "howto")
    (wanted,) = keep_sample(NewSample(reviewed.MONDAY, 1, 2, "b", 24), [new], "relevo", NOW)
    give({wanted.key: reviewers}, "relevo", NOW)
    return list(Review.objects.order_by("id").values_list("pk", flat=True))


def test_from_the_queue_to_the_reply(programs: dict[str, Program]) -> None:
    (key,) = drawn("cyd")
    cyd, ana = programs["cyd"], programs["ana"]
    (line,) = cyd.get("/reviews")["items"]
    assert (line["id"], line["person"], line["score"]) == (key, "Ana", None)
    one = cyd.get(f"/reviews/{key}")
    assert [each["text"] for each in one["messages"]] == ["My answer 0 to T-ana-1", "My question T-ana-1"]
    assert one["rubric"][0] == {"name": "accuracy", "points": 4, "weight": 1.0, "is_critical": False}
    body = {"revision": 0, "marks": MARKS, "note": "Clear."}
    told = cyd.send("PUT", f"/reviews/{key}/marks", body)
    assert told["review"]["score"] == pytest.approx(250 / 3)
    assert cyd.send("PUT", f"/reviews/{key}/marks", body, 409)["error"]["code"] == "overtaken"
    cyd.send("PUT", f"/reviews/{key}/marks", {"revision": 1, "marks": {"accuracy": 9}}, 400)
    assert [line["id"] for line in ana.get("/reviews", list="mine")["items"]] == [key]
    assert [line["id"] for line in programs["lea"].get("/reviews", list="team")["items"]] == [key]
    assert [line["id"] for line in cyd.get("/reviews", list="given")["items"]] == [key]
    replied = ana.send("POST", f"/reviews/{key}/replies", {"text": "Thank you."}, 201)
    assert replied["replies"][0]["text"] == "Thank you."
    programs["lea"].send("POST", f"/reviews/{key}/replies", {"text": "Hm"}, 403)
    for name in ("rex", "eva"):
        programs[name].get(f"/reviews/{key}", 404)
        assert programs[name].get("/reviews", list="team")["items"] == []
    assert AuditEntry.objects.filter(who="ana", action="person_level.seen").exists()


def test_of_a_pair_neither_is_told_the_other(programs: dict[str, Program]) -> None:
    first, second = drawn("cyd", "rex")
    programs["cyd"].send("PUT", f"/reviews/{first}/marks", {"revision": 0, "marks": MARKS})
    for name in ("rex", "ana", "lea"):
        programs[name].get(f"/reviews/{first}", 404)
    programs["rex"].send("POST", f"/reviews/{second}/give-back", expect=201)
    assert programs["rex"].get("/reviews")["items"] == []


def test_a_key_sees_what_it_names(programs: dict[str, Program]) -> None:
    """Without read:persons no review is told, without read:conversations not what the customer said."""
    (key,) = drawn("cyd")
    user = User.objects.get(username="cyd")
    program(user, "read").get("/reviews", 403)
    program(user, "read").get(f"/reviews/{key}", 403)
    assert program(user, "read", "read:persons").get(f"/reviews/{key}")["messages"] is None
    body = {"revision": 0, "marks": MARKS}
    program(user, "read", "read:persons").send("PUT", f"/reviews/{key}/marks", body, 403)
    # What is written is told: a key that may not read the marks of a person is not told them by writing.
    program(user, "read", "write:reviews").send("PUT", f"/reviews/{key}/marks", body, 403)
    assert Review.objects.get().done_at is None
    program(user, "read", "read:persons", "write:reviews").send("PUT", f"/reviews/{key}/marks", body)
    ana = User.objects.get(username="ana")
    program(ana, "read", "write:reviews").send("POST", f"/reviews/{key}/replies", {"text": "Thanks"}, 403)
