"""From a folder to an answer, as the README says it, and what the answer looks like to a program."""

import csv
import io
import json
from pathlib import Path

import pytest

from relevo.cli.main import home_first
from relevo.measures.catalog import MEASURES
from tests.cli.running import Runner
from tests.making import write_table

ENVELOPE = {
    "measure",
    "question",
    "unit",
    "kind",
    "read_with",
    "as_of",
    "book",
    "policy",
    "scope",
    "definition",
    "rows",
}


def test_the_three_commands_answer(relevo: Runner, raw: Path) -> None:
    assert relevo("load", str(raw)).code == 0
    assert relevo("build", "--as-of", "2025-12-31").code == 0
    ran = relevo("show", "net_revenue_retention", "--to", "2025-03", "--from", "2025-03", "--format", "json")
    answer = json.loads(ran.out)
    assert ran.code == 0
    assert set(answer) >= ENVELOPE
    assert answer["as_of"] == "2025-12-31"
    assert answer["policy"] == "relevo"
    assert answer["scope"] == "company"
    # A 100 -> 200, B 500 -> 0, C 100 USD a month at 0.9 unchanged.
    assert answer["rows"] == [
        {
            "month": "2025-03",
            "months": 12,
            "opening_cents": 69000,
            "kept_cents": 29000,
            "rate": 0.42029,
            "customers": 3,
            "currency": "EUR",
        }
    ]


@pytest.mark.parametrize("name", list(MEASURES))
def test_every_measure_answers_in_every_format(built: Runner, name: str) -> None:
    tool = ("--policy", "stripe") if name == "reconcile" else ()
    table, plain, told = (built("show", name, *tool, "--format", f) for f in ("table", "csv", "json"))
    assert (table.code, plain.code, told.code) == (0, 0, 0)
    rows = json.loads(told.out)["rows"]
    parsed = list(csv.reader(io.StringIO(plain.out)))
    assert len(parsed) == len(rows) + 1
    assert set(parsed[0]) >= {column.name for column in MEASURES[name].card.columns}
    assert table.out.strip()


def test_a_window_a_slice_a_filter_and_a_grain(built: Runner) -> None:
    sliced = json.loads(built("show", "mrr", "--by", "segment", "--format", "json").out)["rows"]
    assert {row["segment"] for row in sliced} == {"smb"}
    none = json.loads(built("show", "mrr", "--where", "segment=none", "--to", "2025-01", "--format", "json").out)
    assert {row["mrr_cents"] for row in none["rows"]} == {0}
    years = json.loads(built("show", "mrr_movements", "--grain", "year", "--format", "json").out)["rows"]
    assert [row["month"] for row in years] == ["2024-12", "2025-12"]
    churn = json.loads(built("show", "logo_churn", "--months", "12", "--to", "2025-12", "--format", "json").out)
    assert churn["rows"][-1]["lost"] == 1


def test_the_relay_is_shown(relevo: Runner, raw: Path) -> None:
    """A was handed to Sue in time; B left, and was never handed on; C is held by nobody, which the build tells."""
    deal = {"kind": "new", "outcome": "won", "person_id": "ana", "currency": "EUR", "opened_at": "2024-01-01"}
    given = {"handoff_id": "H", "customer_id": "A", "from_role": "sales", "to_role": "success", "to_person_id": "sue"}
    write_table(raw, "deal", [{**deal, "deal_id": f"D{c}", "customer_id": c, "closed_at": "2024-01-10"} for c in "AB"])
    write_table(raw, "handoff", [{**given, "given_at": "2024-01-12", "accepted_at": "2024-01-13T09:00:00Z"}])
    assert relevo("load", str(raw)).code == 0
    built = relevo("build", "--as-of", "2025-12-31")
    assert "1 active customers are held by nobody" in " ".join((built.out + built.err).split())

    def rows(name: str) -> list[dict[str, object]]:
        return list(json.loads(relevo("show", name, "--format", "json").out)["rows"])

    sue = {"role": "success", "person_id": "sue", "since": "2024-01-13T09:00:00", "reason": "handoff"}
    nobody = {"role": None, "person_id": None, "since": None, "reason": "nobody"}
    assert rows("baton") == [{"customer_id": "A", **sue}, {"customer_id": "C", **nobody}]
    dropped = {"deal_id": "DB", "customer_id": "B", "closed_at": "2024-01-10T00:00:00", "days": 721, "owner": "ana"}
    assert rows("dropped_batons") == [dropped]
    flow = {"customer_id": "A", "team_handoffs": 0, "person_handoffs": 0, "ping_pongs": 0, "days": 0}
    assert rows("handoff_flow") == [flow]


def test_as_of_an_earlier_day(built: Runner) -> None:
    ran = built("show", "mrr", "--as-of", "2025-01-31", "--from", "2025-01", "--format", "json")
    answer = json.loads(ran.out)
    assert answer["as_of"] == "2025-01-31"
    assert [row["mrr_cents"] for row in answer["rows"]] == [69000]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("show", "nrr"), "not a measure"),
        (("show", "mrr", "--by", "planet"), "not a dimension"),
        (("show", "mrr", "--from", "2025-13"), "not a month"),
        (("show", "mrr", "--from", "2025-05", "--to", "2025-01"), "is after"),
        (("show", "mrr", "--to", "2027-01"), "after the as-of day"),
        (("show", "mrr", "--months", "3"), "no window"),
        (("show", "net_revenue_retention", "--months", "0"), "is none"),
        (("show", "mrr", "--where", "segment"), "not a filter"),
        (("show", "mrr", "--as-of", "2026-06-30"), "knows nothing"),
        (("show", "mrr", "--as-of", "someday"), "not a day"),
        (("show", "mrr", "--policy", "nobody"), "not a policy"),
        (("show", "survival", "--from", "2025-01"), "all of history"),
        (("build", "--as-of", "2999-01-01"), "has not come"),
        (("build", "--known-at", "noon"), "not a time"),
        (("build", "--policy", "nobody"), "not a policy"),
    ],
)
def test_wrong_use_says_what_and_leaves_with_2(built: Runner, arguments: tuple[str, ...], word: str) -> None:
    ran = built(*arguments)
    assert ran.code == 2
    assert word in " ".join(ran.err.split())
    assert ran.out == ""


def test_unknown_verbs_and_options_leave_with_2(relevo: Runner) -> None:
    assert relevo("dance").code == 2
    assert relevo("show").code == 2


def test_before_the_first_book_show_says_what_to_do(relevo: Runner) -> None:
    ran = relevo("show", "mrr")
    assert ran.code == 2
    assert "relevo build" in ran.err


def test_measures_lists_the_cards_without_a_book_or_a_home(relevo: Runner) -> None:
    listed = json.loads(relevo("measures", "--format", "json").out)
    assert [card["name"] for card in listed] == list(MEASURES)
    assert relevo("measures", "--format", "csv").out.count("\n") >= len(MEASURES)
    assert "net_revenue_retention" in relevo("measures").out
    assert not relevo.home.exists()


def test_what_the_operator_asked_is_written_down(built: Runner) -> None:
    built("check")
    built("show", "mrr", "--by", "segment")
    lines = [json.loads(line) for line in (built.home / "audit.jsonl").read_text().splitlines()]
    assert [line["what"] for line in lines] == ["check", "show"]
    assert lines[-1]["measure"] == "mrr"
    assert lines[-1]["by"] == "segment"


def test_text_that_a_spreadsheet_would_run_is_made_harmless(relevo: Runner, raw: Path) -> None:
    text = (raw / "subscription_span.csv").read_text().replace("sub-B,B,", "sub-B,=B,")
    (raw / "subscription_span.csv").write_text(text.replace("main,1,", "main,1,"))
    relevo("load", str(raw))
    relevo("build", "--as-of", "2025-12-31")
    assert "'=B" in relevo("show", "movement_log", "--format", "csv").out


def test_home_may_stand_after_the_verb() -> None:
    assert home_first(["show", "mrr", "--home", "x", "--by", "y"]) == ["--home", "x", "show", "mrr", "--by", "y"]
    assert home_first(["show", "--home=x", "mrr"]) == ["--home=x", "show", "mrr"]
    assert home_first(["load", "--", "--home"]) == ["load", "--", "--home"]


def test_version(relevo: Runner) -> None:
    assert relevo("--version").out.count(".") == 2
