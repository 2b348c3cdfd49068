"""Laws of pages: together they are the whole, none doubled, bounded, and a cursor belongs to one book and question."""

import base64
import json
from dataclasses import replace

import pytest

from relevo.api.paging import MOST
from relevo.desk.people.actions import log_audit
from relevo.jobs import served as serving
from tests.answers import company
from tests.api.asking import Program, member, program

LISTS = (
    "/measures",
    "/measures/customer_value/answer",
    "/measures/mrr/rows",
    "/customers",
    "/customers/C00/timeline",
    "/customers/C00/contacts",
    "/customers/C00/deals",
    "/customers/C00/conversations",
    "/customers/C00/usage",
    "/people",
    "/data/loads",
    "/data/sources",
    "/data/quarantine",
    "/data/findings",
    "/data/books",
    "/members",
    "/keys",
    "/views",
    "/audit",
)


@pytest.fixture
def everywhere(owner: Program) -> Program:
    """Something in every list."""
    for i in range(5):
        member(f"more-{i}", "analyst")
        owner.send("POST", "/keys", {"name": f"k{i}", "scopes": ["read"]}, 201)
        owner.send("POST", "/views", {"page": "customers", "name": f"v{i}"}, 201)
    return owner


def items(page: dict[str, list[object]]) -> list[object]:
    return page["rows"] if "rows" in page else page["items"]


def read_through(asking: Program, path: str, limit: int) -> list[object]:
    page = asking.get(path, limit=limit)
    found = list(items(page))
    while page["next"]:
        assert len(items(page)) == limit
        page = asking.get(path, limit=limit, cursor=page["next"])
        found += items(page)
    return found


@pytest.mark.parametrize("path", [path for path in LISTS if path != "/audit"])
@pytest.mark.parametrize("limit", [2, 7])
def test_all_pages_together_are_the_whole(everywhere: Program, path: str, limit: int) -> None:
    page = everywhere.get(path, limit=MOST)
    whole = items(page)
    assert page["next"] is None
    assert len(whole) == page["found"] > 0
    told = [json.dumps(each, sort_keys=True) for each in whole]
    assert len(set(told)) == len(told)
    assert read_through(everywhere, path, limit) == whole


def test_the_audit_is_read_through_while_it_grows(everywhere: Program) -> None:
    for i in range(7):
        log_audit("ana", "tried", str(i), company.NOW)
    first = everywhere.get("/audit", who="ana", limit=3)
    log_audit("ana", "tried", "later", company.NOW)
    second = everywhere.get("/audit", who="ana", limit=3, cursor=first["next"])
    third = everywhere.get("/audit", who="ana", limit=3, cursor=second["next"])
    pages = (first, second, third)
    assert [e["about"] for page in pages for e in page["items"]] == ["6", "5", "4", "3", "2", "1", "0"]
    assert (first["found"], third["found"], third["next"]) == (7, 8, None)


def test_a_cursor_is_never_longer_than_one_may_be(owner: Program) -> None:
    who = "\u00e9" * 254
    for i in range(3):
        log_audit(who, "tried", str(i), company.NOW)
    assert [e["about"] for e in owner.all_of("/audit", 1, who=who)] == ["2", "1", "0"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", ["0", "501", "-1", "9" * 30, "many", ""])
def test_the_length_of_a_page_is_bounded(owner: Program, path: str, limit: str) -> None:
    problem = owner.get(path, 422, limit=limit)["error"]
    assert (problem["code"], problem["where"].rpartition(".")[2]) == ("invalid", "limit")


def test_a_cursor_of_another_book_is_refused(owner: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    first = owner.get("/customers", limit=5)
    book = serving.shelf().book()
    assert book is not None
    later = replace(book, manifest=replace(book.manifest, id="20261201T060000Z-000000"))
    monkeypatch.setattr("relevo.answers.reading.Shelf.book", lambda _shelf: later)
    problem = owner.get("/customers", 409, limit=5, cursor=first["next"])["error"]
    assert problem["code"] == "cursor_refused"
    assert "another book" in problem["message"]
    assert problem["hint"] == "Begin again without cursor."
    assert owner.get("/customers", limit=5)["items"] == first["items"]


def test_a_cursor_of_another_question_or_viewer_is_refused(owner: Program) -> None:
    cursor = owner.get("/customers", limit=5)["next"]
    assert owner.get("/customers", limit=9, cursor=cursor)["items"]
    assert owner.get("/customers", 409, limit=5, cursor=cursor, q="a")["error"]["code"] == "cursor_refused"
    assert owner.get("/people", 409, cursor=cursor)["error"]["code"] == "cursor_refused"
    ben = program(member("ben", "csm"))
    assert ben.get("/customers", 409, limit=5, cursor=cursor)["error"]["code"] == "cursor_refused"


@pytest.mark.parametrize("text", ['["",""]', '["","",-1]', '["","",true]', "[1,2,3]", "{}", "7", "[[[", '["","",1e9]'])
def test_what_is_no_cursor_is_refused(owner: Program, text: str) -> None:
    cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    assert owner.get("/customers", 400, cursor=cursor)["error"]["code"] == "wrong_use"
    assert owner.get("/customers", 400, cursor="abcde")["error"]["code"] == "wrong_use"
    assert owner.get("/customers", 422, cursor="a=b")["error"]["code"] == "invalid"


def test_a_place_behind_the_end_is_an_empty_page(owner: Program) -> None:
    book, listed, _ = json.loads(base64.urlsafe_b64decode(owner.get("/customers", limit=5)["next"] + "=="))
    far = base64.urlsafe_b64encode(json.dumps([book, listed, 10**9]).encode()).decode().rstrip("=")
    page = owner.get("/customers", cursor=far)
    assert (page["items"], page["next"], page["found"]) == ([], None, 40)
