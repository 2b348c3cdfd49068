"""Every figure as a document, and what another release would change of it."""

import hashlib
import json
import shutil
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import relevo as package
from relevo.answers.figures import Figure, FigureChange, Figures, FigureState
from relevo.base.config import Home
from relevo.jobs.loading import load
from relevo.jobs.publish import build_book
from relevo.measures.catalog import MEASURES
from tests.cli.running import Runner
from tests.making import span, write_table

# What the other release says of lost revenue: contraction is forgotten and churn counted twice.
SAYS = '"lost_cents": bridge["contraction_cents"] + bridge["churn_cents"],'
SAYS_NEXT = '"lost_cents": 2 * bridge["churn_cents"],'


def program(folder: Path, script: str, interpreter: str = sys.executable) -> Path:
    """A program that runs a script."""
    file = folder / "other-relevo"
    file.write_text(f"#!{interpreter}\n{script}", "utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def next_release(tmp_path: Path) -> Path:
    """The `relevo` of a later release, in which one measure is defined otherwise and nothing else is."""
    copy = tmp_path / "next" / "relevo"
    shutil.copytree(Path(package.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    replace_once(copy / "measures" / "revenue" / "movements.py", SAYS, SAYS_NEXT)
    replace_once(copy / "__init__.py", package.__version__, "99.0.0")
    start = f"import sys\nsys.path.insert(0, {str(copy.parent)!r})\nfrom relevo.cli.main import main\nmain()\n"
    return program(tmp_path, start)


def replace_once(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def files(home: Path) -> dict[str, str]:
    """Every file of a home with its hash, without the operator's log and the cache, to which asking adds."""
    found = (f for f in home.rglob("*") if f.is_file() and f.name != "audit.jsonl" and "cache" not in f.parts)
    return {str(f.relative_to(home)): hashlib.sha256(f.read_bytes()).hexdigest() for f in found}


def test_another_release_says_which_figures_it_changes_and_leaves_the_home_alone(
    built: Runner, next_release: Path
) -> None:
    before = files(built.home)
    ran = built("release", "preview", str(next_release), "--format", "json")
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert (found["now"], found["then"], found["as_of"]) == (package.__version__, "99.0.0", "2025-12-31")
    changed = {m["measure"]: m["cells"] for m in found["measures"] if m["state"] != "equal"}
    assert changed == {
        "quick_ratio": [
            {"month": "2025-02", "column": "lost_cents", "before": 50000, "after": 100000, "difference": 50000}
        ]
    }
    redefined = {m["measure"] for m in found["measures"] if m["redefined"]}
    assert redefined == {"mrr_movements", "movement_log", "quick_ratio"}  # the measures of that file
    assert (len(found["measures"]), found["roll_ups_redefined"]) == (len(MEASURES), False)
    assert files(built.home) == before
    assert not list((built.home / "book" / "cache").glob(".tmp-*"))
    assert '"what": "release preview"' in (built.home / "audit.jsonl").read_text("utf-8")


def test_the_preview_is_told_as_tables_and_as_csv(built: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    now = document(mrr=figure({"month": "2025-01", "mrr_cents": 5}), arpa=figure({"arpa_cents": 1}))
    then = document(
        mrr=figure({"month": "2025-01", "mrr_cents": 7}),
        arpa=figure({"arpa_cents": 1}, definition="other"),
        roll_ups="r2",
    )
    monkeypatch.setattr("relevo.jobs.trial.figures", lambda _reading, _on_measure: now)
    monkeypatch.setattr("relevo.jobs.trial._Trial.run", lambda _trial, *_words: json.dumps(then.as_dict()))
    told = built("release", "preview", "/opt/next/bin/relevo")
    assert "mrr_cents" in told.out
    assert "2 measures were compared: 1 changed, in 1 cells. What all measures share is written otherwise." in told.err
    printed = built("release", "preview", "/opt/next/bin/relevo", "--format", "csv").out
    assert printed == "measure,row,column,before,after,difference\nmrr,2025-01,mrr_cents,5,7,2\n"
    monkeypatch.setattr("relevo.jobs.trial._Trial.run", lambda _trial, *_words: json.dumps(now.as_dict()))
    same = built("release", "preview", "/opt/next/bin/relevo")
    assert (same.out, "2 measures were compared: none changed." in same.err) == ("", True)


def test_a_program_that_is_no_release_is_told(built: Runner, tmp_path: Path) -> None:
    before = files(built.home)
    for other, words in (
        (tmp_path / "absent", "does not start: No such file or directory."),
        (
            program(tmp_path, "echo first >&2; echo last >&2; exit 3", "/bin/sh"),
            "restore ended with exit code 3: first",
        ),
    ):
        ran = built("release", "preview", str(other))
        assert ran.code
        assert words in ran.err
    said = program(tmp_path, 'test "$3" != restore || mkdir "$2"; echo []', "/bin/sh")
    ran = built("release", "preview", str(said))
    assert (ran.code, "figures printed no document of figures" in ran.err) == (1, True)
    assert files(built.home) == before
    assert not list((built.home / "book" / "cache").glob(".tmp-*"))


def test_a_book_that_is_behind_what_is_loaded_is_not_previewed(built: Runner, tmp_path: Path) -> None:
    write_table(tmp_path / "late", "subscription_span", [span("B", "2025-06-01", None, 100)])
    load(Home(built.home), tmp_path / "late")
    ran = built("release", "preview", "/opt/next/bin/relevo")
    assert (ran.code, "Build first: relevo build." in ran.err) == (2, True)


@pytest.mark.parametrize("otherwise", [{"policy": "stripe"}, {"known_at": datetime(2099, 1, 1, tzinfo=UTC)}])
def test_a_book_of_another_policy_or_moment_is_not_previewed(built: Runner, otherwise: dict[str, Any]) -> None:
    assert build_book(Home(built.home), lambda _step: None, as_of=date(2025, 12, 31), **otherwise).published
    ran = built("release", "preview", "/opt/next/bin/relevo")
    assert (ran.code, "Build first: relevo build." in ran.err) == (2, True)


def test_figures_are_every_measure_with_lists_as_number_and_hash(built: Runner) -> None:
    ran = built("figures")
    assert ran.code == 0, ran.err
    found = Figures.from_json(ran.out)
    assert len(found.measures) == len(MEASURES)
    assert (found.as_of, found.release) == (date(2025, 12, 31), package.__version__)
    assert found.measures["mrr"].rows[-1]["mrr_cents"] == 29000
    log = found.measures["movement_log"].rows
    assert [(row["rows"], len(row["sha256"])) for row in log] == [(5, 64)]
    assert Figures.from_json(json.dumps(found.as_dict())) == found


def figure(*rows: dict[str, Any], definition: str = "one") -> Figure:
    return Figure(definition, ("month",), rows)


def document(roll_ups: str = "r1", **measures: Figure) -> Figures:
    return Figures("1.0", "b", date(2025, 12, 31), "p", roll_ups, measures)


def test_a_measure_that_comes_or_goes_or_is_refused_is_told() -> None:
    now = document(old=figure(), kept=figure({"month": "2025-01", "n": 1}), moved=figure({"month": "2025-01", "n": 1}))
    then = document(
        kept=figure({"refused": "No costs."}),
        moved=figure({"month": "2025-01", "n": 1}, definition="two"),
        new=figure(),
    )
    old, kept, moved, new = now.changes_to(then)
    assert old == FigureChange("old", FigureState.REMOVED, redefined=True, cells=())
    assert new == FigureChange("new", FigureState.ADDED, redefined=True, cells=())
    assert (moved.state, moved.redefined) == (FigureState.EQUAL, True)
    assert {(c.column, c.before, c.after) for c in kept.cells} == {("n", 1, None), ("refused", None, "No costs.")}
    assert (kept.cells[-1].as_dict()["difference"], kept.redefined) == (None, False)


def test_a_row_without_a_number_that_goes_is_a_change_and_a_new_column_is_one_of_its_cells() -> None:
    row = {"month": "2025-01", "n": None}
    gone, same = document(a=figure(row)).changes_to(document(a=figure()))[0], document(a=figure(row))
    assert (gone.state, gone.cells) == (FigureState.CHANGED, ())
    assert same.changes_to(document(a=figure(dict(reversed(row.items())))))[0].state is FigureState.EQUAL
    wider = Figure("one", ("month", "team"), ({"team": "x", "month": "2025-01", "n": None},))
    (cell,) = same.changes_to(document(a=wider))[0].cells
    assert (cell.row, cell.column, cell.before, cell.after) == ({"month": "2025-01"}, "team", None, "x")
