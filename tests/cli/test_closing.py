"""Close, reopen, compare, change the policy: the verbs over one home, with the tests' own Desk."""

import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.book.store import Store
from relevo.desk.house.models import HouseRule, PeriodClose
from relevo.desk.people.models import AuditEntry
from relevo.jobs import closing as job
from relevo.jobs.known import _forget
from relevo.jobs.loading import load
from relevo.jobs.publish import build_book
from tests.cli.running import Ran, Runner
from tests.making import span, write_table

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def three_customers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of three customers, built as of the end of April, made once."""
    folder = tmp_path_factory.mktemp("closing")
    write_table(folder / "raw", "customer", [{"customer_id": c, "name": c, "segment": "smb"} for c in "ABC"])
    write_table(
        folder / "raw",
        "subscription_span",
        [
            span("A", "2025-01-10", None, 10000),
            span("B", "2025-02-01", None, 50000),
            span("C", "2025-02-05", "2025-04-01", 3000, status="past_due"),
        ],
    )
    load(Home(folder / "home"), folder / "raw")
    build_book(Home(folder / "home"), lambda _step: None, as_of=date(2025, 4, 30))
    return folder / "home"


@pytest.fixture
def built(relevo: Runner, three_customers: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """The home of three customers; its Desk is the tests' database."""
    for module in ("closing", "desk", "identity"):
        monkeypatch.setattr(f"relevo.jobs.{module}.prepare", lambda _home: None)
    shutil.copytree(three_customers, relevo.home)
    Home(relevo.home).desk_database.touch()
    return relevo


def build(relevo: Runner, as_of: str = "2025-04-30", **more: Any) -> None:
    assert build_book(Home(relevo.home), lambda _step: None, as_of=date.fromisoformat(as_of), **more).published


def late(relevo: Runner, *spans: dict[str, Any], **tables: list[dict[str, Any]]) -> None:
    """Load what came later, and build."""
    folder = relevo.home.parent / "late"
    write_table(folder, "subscription_span", spans)
    for name, rows in tables.items():
        write_table(folder, name, rows)
    load(Home(relevo.home), folder)
    build(relevo)


def shown(relevo: Runner, *arguments: str) -> Any:
    ran = relevo(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def bridge(relevo: Runner, month: str, *arguments: str) -> dict[str, Any]:
    """The cells of a month of the bridge that are not 0."""
    rows = shown(relevo, "show", "mrr_movements", *arguments)["rows"]
    return {k: v for row in rows if row["month"] == month for k, v in row.items() if v and k.endswith("_cents")}


def refused(ran: Ran, *words: str) -> None:
    assert ran.code in (1, 2)
    assert all(word in ran.err for word in words), ran.err


def test_months_are_closed_in_order(built: Runner) -> None:
    refused(built("close", "2025-03"), "2025-01 to 2025-02 are open", "--with-earlier")
    refused(built("close", "2025-05"), "not over in the book")
    refused(built("close", "2024-12"), "nothing in 2024-12")
    assert "Closed 2025-01." in built("close", "2025-01", "--reason", "signed").err
    assert "Closed 2025-02 to 2025-03." in built("close", "2025-03", "--with-earlier").err
    refused(built("close", "2025-02"), "2025-02 is closed already")
    assert [(c.month, c.reason) for c in PeriodClose.objects.all()] == [
        ("2025-01", "signed"), ("2025-02", ""), ("2025-03", ""),
    ]  # fmt: skip
    assert PeriodClose.objects.get(month="2025-02").figures["closing_cents"] == 63000
    assert PeriodClose.objects.get(month="2025-02").figures["customers"] == 3
    lines = [json.loads(line) for line in (built.home / "audit.jsonl").read_text("utf-8").splitlines()]
    assert "close" in {line["what"] for line in lines}
    assert AuditEntry.objects.filter(action="period.closed", who="operator").count() == 3


def test_what_comes_late_is_adjusted_and_the_next_closing_carries_it(built: Runner) -> None:
    built("close", "2025-03", "--with-earlier")
    before = bridge(built, "2025-02")
    late(built, span("D", "2025-02-15", None, 700), customer=[{"customer_id": "D", "name": "D"}])
    assert bridge(built, "2025-02") == before
    assert shown(built, "show", "mrr_movements")["view"] == "reported"
    assert bridge(built, "2025-02", "--view", "restated")["new_cents"] == before["new_cents"] + 700
    assert bridge(built, "2025-04")["prior_period_adj_cents"] == 700
    page = {row["month"]: row for row in shown(built, "closed")["months"]}
    assert (page["2025-03"]["difference_cents"], page["2025-04"]["state"]) == (700, "open")
    assert built("close", "2025-04").code == 0
    build(built)
    assert bridge(built, "2025-04")["prior_period_adj_cents"] == 700
    assert "2025-04,closed,operator" in built("closed", "--format", "csv").out
    assert "closed" in built("closed").out


def test_reopening_brings_the_month_back(built: Runner) -> None:
    built("close", "2025-03", "--with-earlier")
    build(built)
    refused(built("reopen", "2025-02", "--reason", "rates"), "--with-later")
    assert "Reopened 2025-02, 2025-03." in built("reopen", "2025-02", "--reason", "rates", "--with-later").err
    refused(built("close", "2025-02"), "closed or reopened after the book", "relevo build")
    late(built, span("D", "2025-02-15", None, 700), customer=[{"customer_id": "D", "name": "D"}])
    assert bridge(built, "2025-02")["new_cents"] == 53700
    assert built("close", "2025-02").code == 0
    states = {row["month"]: row["state"] for row in shown(built, "closed")["months"]}
    assert states == {"2025-01": "closed", "2025-02": "closed", "2025-03": "reopened", "2025-04": "open"}


def test_a_closing_killed_between_file_and_desk_leaves_the_month_open(
    built: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Nothing catches this, as nothing catches a kill."""

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("relevo.desk.house.actions_closing.close_months", killed)
        with pytest.raises(Killed):
            job.close(Home(built.home), "2025-01")
    assert len(list((built.home / "closed").glob("*.parquet"))) == 1
    build(built)
    assert Store(built.home / "book").manifest().closed == ()
    assert built("close", "2025-01").code == 0
    assert [f.name for f in (built.home / "closed").glob("*.parquet")] == [PeriodClose.objects.get().file]


def test_a_changed_file_stops_the_build_and_the_reading(built: Runner) -> None:
    built("close", "2025-01")
    file = built.home / "closed" / PeriodClose.objects.get().file
    whole = file.read_bytes()
    build(built)
    served = Store(built.home / "book").current()
    middle = len(whole) // 2
    file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    refused(built("build", "--as-of", "2025-04-30"), "2025-01", "SHA-256 differs", "relevo reopen 2025-01")
    assert Store(built.home / "book").current() == served
    refused(built("show", "mrr"), "SHA-256 differs")
    file.write_bytes(whole)
    assert built("show", "mrr").code == 0


def test_only_a_book_of_what_is_in_force_can_be_closed(built: Runner) -> None:
    build(built, policy="stripe")
    refused(built("close", "2025-01"), "made under the policy stripe; in force is relevo")
    built("build", "--as-of", "2025-04-30", "--known-at", "2027-01-01T00:00:00Z")
    refused(built("close", "2025-01"), "only what was known by")


def test_two_books_are_compared_down_to_customers(built: Runner) -> None:
    first = Store(built.home / "book").current()
    assert first
    assert "No figure differs." in built("compare", first, "current").err
    late(
        built,
        span("A", "2025-01-10", None, 12000),
        span("D", "2025-02-15", None, 700),
        customer=[{"customer_id": "D", "name": "D"}],
        customer_alias=[{"source": "relevo", "external_id": "C", "customer_id": "B"}],
    )
    found = shown(built, "compare", first, "current", "--to", "2025-02")
    cells = {(c["month"], c["column"]): c["difference"] for c in found["cells"]}
    assert cells[("2025-01", "new_cents")] == 2000
    assert cells[("2025-02", "closing_cents")] == 2700
    causes = {c["customer_id"]: c["cause"] for c in found["customers"]}
    assert causes == {"A": "corrected", "B": "identity", "C": "identity", "D": "late"}
    assert found["by_cause"] == {"corrected": 1, "identity": 2, "late": 1}
    closing = [c["after_cents"] - c["before_cents"] for c in found["customers"] if c["part"] == "closing"]
    assert sum(closing) == 2000 + 2700, "the customers make the difference of the cells of both months"
    table = built("compare", first, "current", "--measure", "mrr", "--by", "segment")
    assert "smb" in table.out
    assert "identity: 2 customers" in table.err
    assert "A,2025-01,new,10000,12000,corrected" in built("compare", first, "current", "--format", "csv").out
    removed = shown(built, "compare", "current", first, "--to", "2025-02")["by_cause"]
    assert removed == {"corrected": 1, "identity": 2, "removed": 1}


def test_a_book_is_compared_with_itself_as_reported(built: Runner) -> None:
    built("close", "2025-03", "--with-earlier")
    late(
        built,
        span("D", "2025-02-15", None, 700),
        customer=[{"customer_id": "D", "name": "D"}],
        customer_alias=[{"source": "relevo", "external_id": "C", "customer_id": "B"}],
    )
    found = shown(built, "compare", "current:reported", "current:restated", "--to", "2025-03")
    assert (found["before"]["view"], found["after"]["view"]) == ("reported", "restated")
    assert {c["customer_id"]: c["cause"] for c in found["customers"]} == {
        "B": "identity", "C": "identity", "D": "after_close",
    }  # fmt: skip
    refused(built("compare", "current:revised", "current"), "not a view")


def test_a_policy_is_previewed_then_accepted(built: Runner) -> None:
    found = shown(built, "policy", "preview", "--set", "past_due_grace_days=60")
    assert found["conventions"] == [["past_due_grace_days", 30, 60]]
    assert {c["month"] for c in found["figures"]["mrr"]} == {"2025-03"}
    assert [(c["customer_id"], c["month"]) for c in found["customers"]] == [("C", "2025-03"), ("C", "2025-04")]
    assert found["adjustment_cents"] is None
    assert "Figures" in built("policy", "preview", "--set", "past_due_grace_days=60").out
    assert (
        "mrr,2025-03,mrr_cents,60000,63000,3000"
        in built("policy", "preview", "--set", "past_due_grace_days=60", "--format", "csv").out
    )
    assert "No figure of the last 13 months changes." in built("policy", "preview").err
    refused(built("policy", "accept", "--reason", "our contract"), "No policy was named")
    refused(built("policy", "accept", "--set", "past_due_grace_days=60", "--reason", " "), "no reason")
    accepted = ("policy", "accept", "--set", "past_due_grace_days=60", "--from", "2025-01-01")
    assert "holds from 2025-01-01" in built(*accepted, "--reason", "our contract").err
    assert HouseRule.objects.get(key="policy").reason == "our contract"
    before = Store(built.home / "book").current()
    build(built)
    manifest = Store(built.home / "book").manifest()
    assert (manifest.policy.name, manifest.policy.past_due_grace_days) == ("house", 60)
    step = shown(built, "compare", str(before), "current")
    assert step["by_cause"] == {"policy": 1}
    assert step["before"]["policy_hash"] != step["after"]["policy_hash"] == manifest.policy.hash


def test_a_policy_changes_closed_months_only_by_an_adjustment(built: Runner) -> None:
    built("close", "2025-03", "--with-earlier")
    build(built)
    preview = ("policy", "preview", "--set", "past_due_grace_days=60")
    assert shown(built, *preview)["adjustment_cents"] == 3000
    assert "adjusted by 3000" in built(*preview).err
    built("policy", "accept", "--set", "past_due_grace_days=60", "--reason", "x", "--from", "2025-01-01")
    build(built)
    assert bridge(built, "2025-03")["closing_cents"] == 60000
    assert bridge(built, "2025-04")["prior_period_adj_cents"] == 3000


NO_SETTINGS = {
    "grace=4": "sets no convention",
    "past_due_grace_days": "sets no convention",
    "past_due_grace_days=soon": "cannot be 'soon'",
    "past_due_grace_days=-1": "not below zero",
    "weeks_per_year=0": "not below zero",
    "pause=maybe": "Write one of",
    "zero_mrr_is_churn=yes": "true, false",
}


def test_a_setting_that_is_none_is_refused(relevo: Runner) -> None:
    for setting, said in NO_SETTINGS.items():
        refused(relevo("policy", "preview", "--set", setting), said)


def test_settings_of_every_kind(built: Runner) -> None:
    chosen = ["past_due_grace_days=none", "weeks_per_year=52", "pause=keep", "zero_mrr_is_churn=true"]
    found = shown(built, "policy", "preview", *(w for text in chosen for w in ("--set", text)))
    assert found["conventions"] == [["past_due_grace_days", 30, None], ["pause", "zero", "keep"]]


def test_what_was_known_at_a_moment(built: Runner) -> None:
    raw = [{"customer_id": "D", "name": "D", "recorded_at": "2099-01-01T00:00:00Z"}]
    late(built, span("D", "2025-02-15", None, 700, recorded_at="2099-01-01T00:00:00Z"), customer=raw)
    assert bridge(built, "2025-02")["new_cents"] == 53700
    for year in (2030, 2031):
        asked = ("--known-at", f"{year}-01-01T00:00:00Z")
        assert bridge(built, "2025-02", *asked)["new_cents"] == 53000
    assert len(list((built.home / "book" / "known").iterdir())) == 2
    _forget(built.home / "book" / "known", 1)
    assert len(list((built.home / "book" / "known").iterdir())) == 1


@pytest.mark.sims
def test_the_verbs_run_as_a_person_runs_them(tmp_path: Path) -> None:
    """With a Desk of its own, in processes of its own."""
    write_table(tmp_path / "raw", "customer", [{"customer_id": "A", "name": "A"}])
    write_table(tmp_path / "raw", "subscription_span", [span("A", "2025-01-10", None, 10000)])
    relevo = [str(Path(sys.executable).with_name("relevo")), "--home", str(tmp_path / "home")]
    for verb in (["load", str(tmp_path / "raw")], ["build", "--as-of", "2025-02-28"], ["close", "2025-01"], ["closed"]):
        ran = subprocess.run([*relevo, *verb], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
    assert "2025-01" in ran.stdout
