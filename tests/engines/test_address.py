import pytest

from relevo.base.errors import WrongUse
from relevo.book.engines.address import DUCKDB, chosen_address, parse_address


def test_the_engine_is_duckdb_unless_the_environment_names_another() -> None:
    assert chosen_address({}) == DUCKDB
    assert chosen_address({"RELEVO_ENGINE": ""}) == DUCKDB
    assert chosen_address({"RELEVO_ENGINE": " duckdb "}) == DUCKDB
    assert chosen_address({"RELEVO_ENGINE": "spark://local[2]"}).kind == "spark"
    assert parse_address("postgresql://localhost/x").kind == "postgres"


def test_an_address_is_shown_without_user_password_and_options() -> None:
    address = parse_address("postgres://ana:secret@db.example:5432/book?sslmode=require")
    assert str(address) == "postgres://db.example:5432/book"
    assert address.options == {"sslmode": "require"}
    spark = parse_address("spark://local[2]?folder=/mnt/shared/relevo")
    assert (str(spark), spark.place) == ("spark://local[2]", "local[2]")
    assert spark.options == {"folder": "/mnt/shared/relevo"}
    assert str(DUCKDB) == "duckdb"


@pytest.mark.parametrize("text", ["mysql://host", "postgres", "spark://", "duckdb://file", "", "postgres:/host"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="RELEVO_ENGINE"):
        parse_address(text)
