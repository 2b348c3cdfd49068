"""The example of docs/start.md loads without a complaint and gives the figure that a reader can work out."""

import json
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "start.md"
EXAMPLE = re.compile(r"^ +```text\n( +\w+\.csv\n.*?)^ +```$", re.MULTILINE | re.DOTALL)
RUN = "from relevo.cli.main import main; main()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the example files of the page."""
    for block in EXAMPLE.findall(PAGE.read_text("utf-8")):
        name, _, text = dedent(block).partition("\n")
        (tmp_path / name).write_text(text)
    return tmp_path


def relevo(home: Path, *arguments: str) -> str:
    command = [sys.executable, "-c", RUN, "--home", str(home), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_gives_the_figure_a_reader_can_work_out(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    loaded = json.loads(relevo(home, "load", str(folder), "--format", "json"))
    assert [(t["table"], t["rows_in"], t["kept"]) for t in loaded["tables"]] == [
        ("customer", 2, 2),
        ("subscription_span", 2, 2),
    ]
    relevo(home, "build", "--as-of", "2026-06-30")
    (row,) = json.loads(
        relevo(home, "show", "net_revenue_retention", "--from", "2026-06", "--to", "2026-06", "--format", "json")
    )["rows"]
    # 12 seats at 49.00 a month stay; 290.00 a year, which is 24.17 a month, ended in January.
    assert (row["opening_cents"], row["kept_cents"], row["customers"]) == (61217, 58800, 2)
