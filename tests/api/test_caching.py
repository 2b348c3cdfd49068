"""An answer that did not change is not sent again, and nobody is sent another's."""

from dataclasses import replace

import pytest

from relevo.desk.house.actions import save_rule
from relevo.jobs import served as serving
from tests.answers import company
from tests.api.asking import Program, member, program

OF_BOOK = (
    "/measures", "/measures/mrr", "/measures/mrr/answer", "/measures/mrr/rows", "/customers", "/people",
    "/pages/reconcile",
)  # fmt: skip
OF_DESK = (
    "/me", "/pages/money", "/customers/C02", "/customers/C02/timeline", "/customers/C02/money", "/search?q=a",
    "/pages/today", "/pages/data", "/pages/closing", "/pages/ahead", "/pages/review", "/pages/unit-economics",
    "/pages/forecasts", "/data/loads", "/data/sources", "/data/quarantine", "/data/findings", "/data/books",
    "/members", "/views", "/goals", "/openapi.json",
)  # fmt: skip


@pytest.mark.parametrize("path", [*OF_BOOK, *OF_DESK])
def test_an_answer_is_sent_once(owner: Program, path: str) -> None:
    owner.get(path)
    tag, kept = owner.last["ETag"], owner.last["Cache-Control"]
    assert tag.startswith('"')
    assert "private" in kept
    assert "Authorization" in owner.last["Vary"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        owner.get(path, 304, headers={"If-None-Match": known})
        assert (owner.last.content, owner.last["ETag"]) == (b"", tag)
    owner.get(path, 200, headers={"If-None-Match": '"other"'})


@pytest.mark.parametrize("path", OF_BOOK)
def test_another_question_viewer_or_book_is_another_answer(
    owner: Program, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tags = []
    for asking in (owner, program(member("ben", "csm")), program(member("ines", "owner"), "read")):
        asking.get(path)
        tags.append(asking.last["ETag"])
    book = serving.shelf().book()
    assert book is not None
    later = replace(book, manifest=replace(book.manifest, id="20261201T060000Z-000000"))
    monkeypatch.setattr("relevo.answers.reading.Shelf.book", lambda _shelf: later)
    owner.get(path)
    tags.append(owner.last["ETag"])
    assert len(set(tags)) == 4


def test_the_order_of_parameters_is_no_other_question(owner: Program) -> None:
    owner.get("/customers", q="a", status="left")
    tag = owner.last["ETag"]
    owner.get("/customers", 304, headers={"If-None-Match": tag}, status="left", q="a")


def test_a_house_rule_that_moves_a_figure_moves_its_tag(owner: Program) -> None:
    owner.get("/measures/cac/answer")
    tag = owner.last["ETag"]
    save_rule("cac_lag_months", 2, company.NOW.date().replace(year=2020), "ines", "we try it", company.NOW)
    told = owner.get("/measures/cac/answer", headers={"If-None-Match": tag})
    assert {row["lag_months"] for row in told["rows"]} == {2}


def test_what_is_written_carries_no_tag(owner: Program) -> None:
    owner.send("POST", "/views", {"page": "customers", "name": "a"}, 201)
    assert not owner.last.has_header("ETag")
    assert "private" in owner.last["Cache-Control"]
