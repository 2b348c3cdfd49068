"""What a DSN names, and that nothing which is shown of it holds a password."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.errors import WrongUse
from relevo.sources.warehouse.address import Kind, looks_like_dsn, parse_dsn
from relevo.sources.warehouse.said import read_warehouses


def test_each_form_names_its_kind(tmp_path: Path) -> None:
    file, other = tmp_path / "a.duckdb", tmp_path / "without_ending"
    file.touch()
    other.touch()
    assert parse_dsn(str(file)).kind is Kind.DUCKDB
    assert parse_dsn(f"duckdb://{other}").path == other
    assert parse_dsn(str(tmp_path)).kind is Kind.FOLDER
    found = parse_dsn("postgresql://ana:se%40cret@db.example:6543/book?sslmode=require")
    assert found.kind is Kind.POSTGRES
    assert found.options == {
        "host": "db.example", "port": "6543", "dbname": "book", "user": "ana", "password": "se@cret",
        "sslmode": "require",
    }  # fmt: skip
    assert str(found) == "postgresql://db.example:6543/book"


@pytest.mark.parametrize("text", ["", "nowhere", "nowhere.duckdb", "duckdb:///nowhere.db", "mysql://a:geheim@b/c"])
def test_what_names_nothing_is_refused(text: str) -> None:
    with pytest.raises(WrongUse) as told:
        parse_dsn(text or "./nothing-here")
    assert "geheim" not in str(told.value)


def test_a_variable_may_hold_it(tmp_path: Path) -> None:
    assert parse_dsn("env:WHERE", {"WHERE": str(tmp_path)}).path == tmp_path
    with pytest.raises(WrongUse, match="no variable WHERE"):
        parse_dsn("env:WHERE", {})


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=6))
def test_no_password_is_shown_however_it_is_written(password: str) -> None:
    assert "XYZZY" not in shown_of(f"postgresql://ana:{password}XYZZY@db.example/book")


def shown_of(dsn: str) -> str:
    """All that is shown of a DSN: by its refusal, by itself, and of what the driver may repeat."""
    try:
        found = parse_dsn(dsn)
    except WrongUse as problem:
        return str(problem)
    return f"{found} {found!r} {found.safe('no user with ' + found.options.get('password', ''))}"


def test_an_address_is_not_taken_for_a_path() -> None:
    assert looks_like_dsn("postgresql:/ana:geheim@db/book")  # as a path keeps it
    assert not looks_like_dsn("postgres_exports")
    assert not looks_like_dsn("/data/duckdb")


def test_settings_hold_no_password() -> None:
    (found,) = read_warehouses([{"dsn": "env:WHERE", "schemas": {"stripe": "fivetran_stripe"}}])
    assert found.schemas == ("stripe=fivetran_stripe",)
    for entry, told in (
        ({"dsn": "postgresql://a:geheim@b/c", "schemas": {"stripe": "s"}}, "holds a password"),
        ({"dsn": "env:WHERE"}, "names no schema"),
        ({"dsn": "env:WHERE", "table": "x"}, "table"),
    ):
        with pytest.raises(WrongUse, match=told) as refused:
            read_warehouses([entry])
        assert "geheim" not in str(refused.value)
