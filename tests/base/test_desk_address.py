"""Where the Desk is: the environment's word, the home's file, else the SQLite file."""

from pathlib import Path

import pytest

from relevo.base.config import Home
from relevo.base.desk_address import DeskAddress, desk_address, parse_desk_address
from relevo.base.errors import WrongUse

TEXT = "postgresql://ana:s%40fe@db.example:5433/relevo?sslmode=require"
MEANT = DeskAddress("relevo", "ana", "s@fe", "db.example", "5433", {"sslmode": "require"})


def test_the_parts_of_an_address() -> None:
    assert parse_desk_address(TEXT) == MEANT
    assert parse_desk_address("postgres:///relevo?host=/run/pg") == DeskAddress("relevo", host="/run/pg")


@pytest.mark.parametrize("text", ["sqlite:///desk", "postgresql://host", "postgresql://host/", "relevo"])
def test_what_names_no_database_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="names no PostgreSQL"):
        parse_desk_address(text)


@pytest.mark.parametrize("password", ["sec/ret", "sec[ret", "sec:ret@x"])
def test_a_mistyped_password_is_not_in_the_refusal(password: str) -> None:
    with pytest.raises(WrongUse) as refused:
        parse_desk_address(f"postgresql://u:{password}@host:54x2/db")
    assert "sec" not in f"{refused.value.message}{refused.value.hint}"
    assert refused.value.__cause__ is None


def test_a_password_is_never_shown() -> None:
    assert str(MEANT) == "postgresql://db.example/relevo"
    assert "s@fe" not in repr(MEANT)
    assert "hunter2" not in repr(parse_desk_address("postgresql://host/db?password=hunter2"))


def test_the_environment_wins_over_the_file_of_the_home(tmp_path: Path) -> None:
    assert desk_address(tmp_path, {}) is None
    assert Home(tmp_path).desk_address({}) is None
    (tmp_path / "desk.address").write_text("postgresql://file/one\n")
    assert desk_address(tmp_path, {}) == DeskAddress("one", host="file")
    assert desk_address(tmp_path, {"RELEVO_DESK": TEXT}) == MEANT


def test_a_home_has_a_desk_where_it_names_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELEVO_DESK", raising=False)
    home = Home(tmp_path)
    assert not home.has_desk
    (tmp_path / "desk.address").write_text(TEXT)
    assert home.has_desk
