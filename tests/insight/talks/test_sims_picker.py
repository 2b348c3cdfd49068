"""The demo's cherry-picker is named by `avoidance`, read beside everybody else, and nobody else is (row S0-27)."""

import sys
from pathlib import Path

import pytest

from relevo.measures.asking import ask
from relevo.measures.estimators.discoveries import believed
from relevo.sources.demo.cast import cast
from relevo.sources.demo.frame import frame
from relevo.sources.demo.truths import p04_brave
from tests.insight.talks.test_sims_silent import demo
from tests.sources.demo.conftest import ENDS_ON

CUSTOMERS = 2000


@pytest.mark.sims
@pytest.mark.parametrize("seed", [20260101, 7])
def test_of_all_who_pick_one_is_named(seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = demo(tmp_path, seed, CUSTOMERS, "norte")
    rows = ask(book, "avoidance").rows
    book.close()
    read = believed([float("nan") if row["p"] is None else row["p"] for row in rows])
    picker = f"p{p04_brave.eligible(cast(frame(CUSTOMERS, seed, ENDS_ON, 'norte')), 0)[1].number:04}"
    told = sorted((float(q), str(row["person_id"])) for row, q in zip(rows, read, strict=True) if row["p"] is not None)
    with capsys.disabled():
        sys.stdout.write(f"\navoidance, seed {seed}: {picker}, of {len(rows)}; read beside the others {told[:2]}\n")
    assert [person for q, person in told if q <= 0.05] == [picker]
    (row,) = [each for each in rows if each["person_id"] == picker]
    assert row["easy_pick_share"] > row["expected_share"]
