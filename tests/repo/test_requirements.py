"""docs/requirements.md has every requirement once, and says `done` only of what a test proves."""

import ast
import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "requirements.md"
LIST = ROOT.parent / "shared" / "requirements.csv"
STATES = {"done", "partly", "open"}
HEADER = ["id", "capability", "what it asks", "state", "place", "test"]


@dataclass(frozen=True)
class Row:
    """One line of a requirements table; `places` and `tests` are empty where the page has a dash."""

    id: str
    capability: str
    asks: str
    state: str
    places: tuple[str, ...]
    tests: tuple[str, ...]


def read_rows(page: str) -> list[Row]:
    cells = [line.strip().strip("|").split("|") for line in page.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line] for line in cells]
    return [
        Row(*row[:4], places=listed(row[4]), tests=listed(row[5]))
        for row in rows
        if row != HEADER and set(row[0]) != {"-"}
    ]


def listed(cell: str) -> tuple[str, ...]:
    return () if cell == "-" else tuple(part.strip(" `") for part in cell.split(","))


def test_names(source: str) -> set[str]:
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}::{part.name}" for part in node.body if isinstance(part, ast.FunctionDef)}
    return {name for name in names if name.rsplit("::", 1)[-1].startswith("test_")}


test_names.__test__ = False  # type: ignore[attr-defined]


def has_test(reference: str, root: Path) -> bool:
    path, _, name = reference.partition("::")
    file = root / path
    return file.is_file() and name in test_names(file.read_text("utf-8"))


def problems(row: Row, root: Path) -> list[str]:
    """What is wrong with a row, in words."""
    found = []
    if row.state not in STATES:
        found.append(f"{row.id}: {row.state!r} is not a state")
    if row.state == "done" and not row.places:
        found.append(f"{row.id}: done, but names no place")
    if row.state in {"done", "partly"} and not row.tests:
        found.append(f"{row.id}: {row.state}, but names no test")
    found += [f"{row.id}: there is no {place}" for place in row.places if not (root / place).exists()]
    found += [f"{row.id}: there is no {test}" for test in row.tests if not has_test(test, root)]
    return found


ROWS = read_rows(PAGE.read_text("utf-8"))


def test_every_requirement_has_one_row() -> None:
    assert len(ROWS) == 288
    assert len({row.id for row in ROWS}) == 288
    assert all(row.asks.endswith(".") for row in ROWS)


@pytest.mark.skipif(not LIST.exists(), reason="the list ../shared/requirements.csv is not beside this checkout")
def test_the_rows_are_those_of_the_list() -> None:
    with LIST.open(encoding="utf-8", newline="") as file:
        wanted = [(line["id"], line["capability"]) for line in csv.DictReader(file)]
    assert sorted((row.id, row.capability) for row in ROWS) == sorted(wanted)


def test_what_is_said_to_be_done_is_proven() -> None:
    assert [problem for row in ROWS for problem in problems(row, ROOT)] == []


# The checker can fail -------------------------------------------------------------------------------------


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "test_hens.py").write_text("def test_lays(): ...\nclass TestHen:\n    def test_sits(self): ...\n")
    (tmp_path / "hens.py").write_text("")
    return tmp_path


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ("finished | - | -", "is not a state"),
        ("done | - | test_hens.py::test_lays", "names no place"),
        ("done | hens.py | -", "names no test"),
        ("partly | hens.py | -", "names no test"),
        ("done | geese.py | test_hens.py::test_lays", "there is no geese.py"),
        ("done | hens.py | test_hens.py::test_flies", "there is no test_hens.py::test_flies"),
        ("partly | - | test_geese.py::test_lays", "there is no test_geese.py::test_lays"),
    ],
)
def test_an_unproven_row_is_refused(repository: Path, cells: str, complaint: str) -> None:
    (row,) = read_rows(f"| X0-01 | C01 | Lay eggs. | {cells} |")
    assert any(complaint in problem for problem in problems(row, repository))


@pytest.mark.parametrize(
    "cells",
    ["open | - | -", "done | hens.py | `test_hens.py::test_lays`, test_hens.py::TestHen::test_sits"],
)
def test_a_proven_row_is_accepted(repository: Path, cells: str) -> None:
    (row,) = read_rows(f"| X0-01 | C01 | Lay eggs. | {cells} |")
    assert problems(row, repository) == []
