"""relevo identity: list, show, merge, apart, undo, over a book whose pairs are written by hand."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from relevo.base.config import Home
from relevo.book.store import Store
from relevo.desk.identity.decided import decisions_in_force, every_decision
from relevo.desk.people.models import AuditEntry
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import is_behind
from tests.cli.conftest import write_raw
from tests.cli.running import Ran, Runner

pytestmark = pytest.mark.django_db
EVIDENCE = '[{"kind": "tax_id", "left": "…12", "right": "…12", "weight": 11, "says": "for"}]'


@pytest.fixture(scope="module")
def with_pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three customers; A and B may be one, and X of the help desk was joined into A."""
    from relevo.jobs.loading import load

    folder = tmp_path_factory.mktemp("identity")
    home = Home(folder / "home")
    load(home, write_raw(folder / "raw"))
    built = build_book(home, lambda _step: None, as_of=date(2025, 12, 31))
    connection = duckdb.connect(str(Store(home.books).database(built.manifest.id)))
    for name in ("identity_candidate", "identity_match", "identity_count"):
        connection.execute(f"DELETE FROM {name}")
    connection.execute("INSERT INTO identity_candidate VALUES ('k1', 'A', 'B', 0.9, ?)", [EVIDENCE])
    connection.execute("INSERT INTO identity_match VALUES ('desk', 'X', 'A', 'same domain', 0.98)")
    connection.execute("INSERT INTO identity_count VALUES ('files', 3, 1, 2, 1)")
    connection.close()
    return home.path


@pytest.fixture
def built(relevo: Runner, with_pairs: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """That home; its Desk is the tests' database."""
    for module in ("closing", "desk", "identity"):
        monkeypatch.setattr(f"relevo.jobs.{module}.prepare", lambda _home: None)
    shutil.copytree(with_pairs, relevo.home)
    Home(relevo.home).desk_database.touch()
    return relevo


def shown(relevo: Runner, *arguments: str) -> Any:
    ran = relevo("identity", *arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def refused(ran: Ran, *words: str) -> None:
    assert ran.code == 2
    assert all(word in ran.err for word in words), ran.err


def test_what_waits_is_listed_and_shown(built: Runner) -> None:
    found = shown(built, "list")
    (pair,) = found["pairs"]
    assert (pair["candidate_id"], pair["customer_id"], pair["other_id"], pair["kinds"]) == ("k1", "A", "B", ["tax_id"])
    assert found["systems"] == [{"source": "files", "customers": 3, "matched": 1, "unmatched": 2, "candidates": 1}]
    assert "k1,A,=Firm A" not in built("identity", "list", "--format", "csv").out, "a name is no formula"
    assert "k1,A,'=Firm A,B,'=Firm B,0.9," in built("identity", "list", "--format", "csv").out
    assert "1 pairs wait for a word." in built("identity", "list").err
    side_by_side = shown(built, "show", "k1")
    assert (side_by_side["one"]["customer_id"], side_by_side["other"]["customer_id"]) == ("A", "B")
    assert shown(built, "show", "B", "A")["evidence"] == side_by_side["evidence"]
    # A pays 2 x 100.00 in December 2025.
    assert side_by_side["one"]["mrr_cents"] == 20000
    table = built("identity", "show", "k1")
    assert "the rules are 90% sure" in table.out
    assert "tax_id,…12,…12,for,11.0" in built("identity", "show", "k1", "--format", "csv").out
    refused(built("identity", "list", "--order", "luck"), "not ordered by 'luck'")


def test_a_customer_tells_what_was_joined_into_it(built: Runner) -> None:
    found = shown(built, "show", "A")
    assert [(j["source"], j["external_id"], j["reason"]) for j in found["joins"]] == [("desk", "X", "same domain")]
    assert shown(built, "show", "X")["customer_id"] == "A"
    assert "desk,X,same domain,0.98,,False" in built("identity", "show", "A", "--format", "csv").out
    assert "same domain" in built("identity", "show", "A").out
    assert "X counts as A: same domain." in built("identity", "show", "A", "X").err
    refused(built("identity", "show", "nobody"), "no customer 'nobody'")


def test_a_merge_is_decided_once_and_makes_the_book_behind(built: Runner) -> None:
    home = Home(built.home)
    assert not is_behind(home), "a book as of an earlier day stays at it"
    ran = built("identity", "merge", "A", "B", "--reason", "the same tax number")
    assert ran.code == 0
    assert "B is joined into A." in ran.err
    (held,) = decisions_in_force()
    assert (held.kind, held.customer_id, held.other_id, held.decided_by) == ("merge", "A", "B", "operator")
    assert is_behind(home)
    assert shown(built, "list")["pairs"] == []
    assert "1 decisions are not in this book yet." in built("identity", "list").err
    refused(built("identity", "merge", "A", "B", "--reason", "again"), "decided already, by operator")
    refused(built("identity", "merge", "A", "nobody", "--reason", "x"), "no customer 'nobody'")
    refused(built("identity", "merge", "A", "X", "--reason", "x"), "one customer in this book already")
    refused(built("identity", "merge", "A", "C", "--reason", " "), "1 to 500 characters")
    anew = built("identity", "apart", "A", "B", "--reason", "two after all")
    assert "It takes the place of merge by operator: the same tax number." in anew.err
    assert build_book(home, lambda _step: None, as_of=date(2025, 12, 31)).published
    assert not is_behind(home), "the book was made with what holds"
    lines = [json.loads(line) for line in (built.home / "audit.jsonl").read_text("utf-8").splitlines()]
    assert {"identity list", "identity merge", "identity apart"} <= {line["what"] for line in lines}


def test_undoing_leaves_everything_as_it_was_and_told(built: Runner) -> None:
    built("identity", "merge", "A", "B", "--reason", "one")
    key = str(decisions_in_force()[0].id)
    assert "holds no more" in built("identity", "undo", key, "--reason", "two").err
    assert not is_behind(Home(built.home))
    (line,) = shown(built, "list", "--decided")
    assert (line["undo_reason"], line["undone_by"], line["in_book"]) == ("two", "operator", True)
    assert f"{key},merge,A,B,operator" in built("identity", "list", "--decided", "--format", "csv").out
    assert "two" in built("identity", "list", "--decided").out
    refused(built("identity", "undo", key, "--reason", "again"), "undone before")
    refused(built("identity", "undo", "987654", "--reason", "x"), "no decision 987654")
    assert len(every_decision()) == 1
    assert [e.action for e in AuditEntry.objects.order_by("id")] == ["identity.merge", "identity.undone"]


def test_a_home_without_a_book_says_what_to_do(relevo: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("desk", "identity"):
        monkeypatch.setattr(f"relevo.jobs.{module}.prepare", lambda _home: None)
    relevo("init", "--owner", "ines@norte.example")
    refused(relevo("identity", "list"), "No book has been published yet")
