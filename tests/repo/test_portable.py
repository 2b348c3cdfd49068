"""No measure or roll-up uses an Ibis idiom that engines read differently; the lint finds each of them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]

# One line of an expression per idiom, and a word of what is said about it.
BAD = {
    "t.value.last(include_null=False).over(w)": "include_null",
    "t.value.first(order_by=t.day)": "row_number",
    "t.value.nth(2)": "row_number",
    "t.value.arbitrary()": "min()",
    "t.value.collect(order_by=t.day)": "ordered rows",
    "t.value.group_concat(',')": "ordered rows",
    "t.plan.mode()": "ties",
    "t.value.median().over(w)": "interpolates",
    "t.value.quantile(0.9)": "interpolates",
    "t.customer_id.hexdigest('md5')": "hash in Python",
    "t.customer_id.hash()": "hash in Python",
    "t.sample(0.1, seed=7)": "seed",
    "t.plan.like('a\\\\_b%')": "escapes",
    "t.plan.re_search('^a')": "syntax",
    "t.on_date.strftime('%Y')": "format",
    "t.customer_id.approx_nunique()": "nunique()",
    "t.sql('SELECT 1')": "dialect",
    "ibis.uuid()": "identifiers",
    "ibis.random()": "draw",
    "ibis.now()": "clock",
    "t.amount * t.rate // SCALE": "floor",
    "t.amount / t.count": "by 0",
    "t.amount / 0": "by 0",
    "(t.amount * 2).round()": "halves",
    "(t.amount / 2).cast('int64')": "cut off",
    "t.amount.mean().cast('int32')": "cut off",
    "t.at.cast(\"timestamp('UTC')\")": "clock",
    "t.closed_at.delta(t.opened_at, unit='month')": "months",
    "t.a.corr(t.b)": "how='pop'",
    "ibis.range(t.month, t.until).unnest()": "step",
    "t.limit(5)": "order first",
}
GOOD = (
    "t.amount / 12",
    "t.amount / SCALE",
    "t.amount / t.count.nullif(0)",
    "(t.amount * 2).round()  # portable: whole already",
    "t.a.corr(t.b, how='pop')",
    "t.closed_at.date().delta(t.opened_at.date(), unit='day').cast('int64')",
    "t.amount.cast('decimal(38, 0)').sum()",
    "t.order_by('day').limit(5)",
    "t.mutate(m=lambda t: ibis.range(t.month, t.until, 1).unnest())",
    "t.value.max(where=t.place == 0)",
    "np.round(3.5)",
    "frame.first",
)


@pytest.fixture(scope="module")
def lint() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "tools"))
    import portable_lint

    yield portable_lint
    sys.path.remove(str(ROOT / "tools"))


def module(line: str) -> str:
    return f"import ibis\n\n\ndef sums(tables: Tables, frame: Frame) -> ir.Table:\n    return {line}\n"


def test_measures_and_roll_ups_are_free_of_them(lint: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert len(lint.files(list(lint.PLACES))) > 20
    assert [str(f) for f in lint.files(list(lint.PLACES)) if f.name == "prepared.py"] == []
    told = [str(f) for file in lint.files(list(lint.PLACES)) for f in lint.findings(file.read_text("utf-8"), str(file))]
    assert told == []


@pytest.mark.parametrize("line", BAD)
def test_each_idiom_is_found_and_told(line: str, lint: ModuleType) -> None:
    found = lint.findings(module(line), "made.py")
    assert [f.line for f in found] == [5] * len(found)
    assert any(BAD[line] in f.told for f in found), found
    assert lint.findings(module(f"{line}  # portable: tried on all engines"), "made.py") == []


def test_every_rule_has_a_line_that_it_finds(lint: ModuleType) -> None:
    text = " ".join(BAD)
    untried = {name for name in (*lint.METHODS, *lint.FUNCTIONS) if f"{name.rpartition('.')[2]}(" not in text}
    assert untried == {"ilike", "approx_median", "approx_quantile", "ibis.today"}


@pytest.mark.parametrize("line", GOOD)
def test_what_engines_agree_on_is_not_found(line: str, lint: ModuleType) -> None:
    assert lint.findings(module(line), "made.py") == []


def test_functions_that_build_no_expressions_are_left_alone(lint: ModuleType) -> None:
    text = "def finish(found: Sequence[Record], frame: Frame) -> list[Record]:\n    return found[0] // round(2.5)\n"
    assert lint.findings(text, "made.py") == []


def test_the_tool_leaves_with_1_where_something_is_found(tmp_path: Path) -> None:
    (tmp_path / "made.py").write_text(module("t.amount // 2"))
    tool = [sys.executable, str(ROOT / "tools" / "portable_lint.py")]
    run = subprocess.run([*tool, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (
        1,
        f"{tmp_path.as_posix()}/made.py:5: "
        "// is the floor of a float division; take the remainder off, divide, round(), cast.",
    )
    (tmp_path / "made.py").write_text(module("t.amount"))
    assert subprocess.run([*tool, str(tmp_path)], check=False).returncode == 0
