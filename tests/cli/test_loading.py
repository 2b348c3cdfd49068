"""What load, check and build print, and their exit codes."""

import json
from pathlib import Path

from tests.cli.running import Runner


def counts(ran_out: str) -> dict[str, tuple[int, int, int]]:
    tables = json.loads(ran_out)["tables"]
    return {t["table"]: (t["rows_in"], t["kept"], t["quarantined"]) for t in tables}


def test_a_clean_load_leaves_with_0_and_counts_every_row(relevo: Runner, raw: Path) -> None:
    ran = relevo("load", str(raw), "--format", "json")
    assert ran.code == 0
    assert counts(ran.out) == {"customer": (3, 3, 0), "subscription_span": (4, 4, 0), "fx_rate": (1, 1, 0)}


def test_the_same_folder_twice_changes_nothing(relevo: Runner, raw: Path) -> None:
    first = relevo("load", str(raw), "--format", "json")
    second = relevo("load", str(raw), "--format", "json")
    assert second.code == 0
    assert second.out == first.out
    assert "3 were loaded before" in second.err


def test_check_before_any_build_speaks_from_the_landing_alone(relevo: Runner, raw: Path) -> None:
    with (raw / "subscription_span.csv").open("a") as file:
        file.write("x,y\n")
    assert relevo("load", str(raw)).code == 1
    ran = relevo("check", "--format", "json")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert set(answer) == {"tables", "unused", "findings"}
    assert counts(ran.out)["subscription_span"] == (5, 4, 1)
    assert {"code", "severity", "where", "message", "hint"} == set(answer["findings"][0])
    assert not (relevo.home / "desk.sqlite3").exists()


def test_check_of_an_empty_home_says_so_and_leaves_with_0(relevo: Runner) -> None:
    ran = relevo("check", "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out) == {"tables": [], "unused": [], "findings": []}
    assert (relevo.home / "relevo.toml").exists()


def test_files_nobody_maps_are_listed(relevo: Runner, raw: Path) -> None:
    (raw / "holidays.csv").write_text("a,b\n1,2\n")
    ran = relevo("load", str(raw), "--format", "json")
    assert any("holidays.csv" in name for name in json.loads(ran.out)["unused"])


def test_a_build_that_is_refused_leaves_with_1_and_the_last_book(relevo: Runner, raw: Path, tmp_path: Path) -> None:
    relevo("load", str(raw))
    relevo("build", "--as-of", "2025-12-31")
    good = (relevo.home / "book" / "CURRENT").read_text()
    (tmp_path / "more").mkdir()
    header = (raw / "subscription_span.csv").read_text().splitlines()[0]
    row = (raw / "subscription_span.csv").read_text().splitlines()[1].replace("EUR", "CHF").replace("sub-A", "sub-Z")
    (tmp_path / "more" / "subscription_span.csv").write_text(f"{header}\n{row}\n")
    assert relevo("load", str(tmp_path / "more")).code == 0
    ran = relevo("build", "--as-of", "2025-12-31")
    assert ran.code == 1
    assert "CHF" in ran.out
    assert "last good book stays" in ran.err
    assert (relevo.home / "book" / "CURRENT").read_text() == good


def test_a_path_that_is_not_there_is_wrong_use(relevo: Runner, tmp_path: Path) -> None:
    assert relevo("load", str(tmp_path / "nothing")).code == 2


def test_build_without_any_data_is_refused(relevo: Runner) -> None:
    ran = relevo("build")
    assert ran.code == 1
    assert "no customer" in ran.out


def test_a_setting_that_does_not_exist_stops_every_verb(relevo: Runner) -> None:
    relevo.home.mkdir()
    (relevo.home / "relevo.toml").write_text("[company]\ncolour = 'red'\n")
    ran = relevo("build")
    assert ran.code == 2
    assert "colour" in ran.err
