"""`relevo show reconcile`: their figure first, ours last, the customers behind a cause."""

import csv
import io
import json
from pathlib import Path

from tests.cli.running import Runner

STRIPE = ("show", "reconcile", "--policy", "stripe", "--to", "2025-12")


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out)))


def test_the_bridge_is_printed_in_every_format(built: Runner) -> None:
    ran = built(*STRIPE, "--theirs", "300.00", "--format", "csv")
    assert ran.code == 0
    found = [(r["cause"], r["amount_cents"]) for r in rows(ran.out)]
    # A pays 2 x 100, C 1200 dollars a year at 0.9.
    assert found == [
        ("theirs", "30000"), ("unexplained", "-1000"), ("discounts", "0"), ("cancel_recognition", "0"),
        ("past_due_grace_days", "0"), ("ours", "29000"),
    ]  # fmt: skip
    told = json.loads(built(*STRIPE, "--format", "json").out)
    assert (told["measure"], told["policy"], told["read_with"]) == ("reconcile", "relevo", ["mrr"])
    assert "cancel_recognition" in built(*STRIPE).out


def test_a_file_of_figures_covers_several_months(built: Runner, tmp_path: Path) -> None:
    figures = tmp_path / "figures.csv"
    figures.write_text("month,mrr\n2025-11,290.00\n2025-12,280.50\n2025-10,\n", "utf-8")
    ran = built(*STRIPE, "--from", "2025-11", "--theirs", str(figures), "--format", "csv")
    assert [r["amount_cents"] for r in rows(ran.out) if r["cause"] == "theirs"] == ["29000", "28050"]
    assert [r["amount_cents"] for r in rows(ran.out) if r["cause"] == "unexplained"] == ["0", "950"]


def test_the_customers_behind_a_row(built: Runner) -> None:
    behind = (*STRIPE, "--where", "cause=ours")
    assert [(r["customer_id"], r["after_cents"]) for r in rows(built(*behind, "--format", "csv").out)] == [
        ("A", "20000"),
        ("C", "9000"),
    ]
    assert len(json.loads(built(*behind, "--format", "json").out)) == 2
    assert "2 customers" in built(*behind).out
    assert "0 customers" in built("show", "reconcile", "--where", "cause=fx").out


def test_wrong_use_is_told_with_what_to_do(built: Runner, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("when,amount\n2025-12,1\n", "utf-8")
    cases = [
        (("show", "reconcile"), "Add --policy TOOL"),
        ((*STRIPE, "--theirs", "much"), "not an amount of EUR"),
        ((*STRIPE, "--theirs", "gone.csv"), "There is no file gone.csv"),
        ((*STRIPE, "--theirs", str(wrong)), "no columns month and mrr"),
        ((*STRIPE, "--where", "segment=smb"), "not cut by segment"),
        (("show", "mrr", "--theirs", "5"), "takes no figure of another tool"),
    ]
    for arguments, told in cases:
        ran = built(*arguments)
        assert ran.code == 2
        assert told in " ".join(ran.err.split())
