"""Names, domains and numbers in the form in which they are compared."""

import pytest

from relevo.book.engine import connect
from relevo.book.matching import plain


def asked(sql: str, value: str | None) -> tuple[object, ...]:
    with connect() as connection:
        found = connection.execute(f"SELECT {sql} FROM (SELECT ?::VARCHAR AS x)", [value]).fetchone()
        assert found
        return found


def named(name: str) -> tuple[object, ...]:
    with connect() as connection:
        rows = plain.names_sql("SELECT ?::VARCHAR AS name")
        found = connection.execute(f"SELECT key, form, is_latin FROM ({rows})", [name]).fetchone()
        assert found
        return found


@pytest.mark.parametrize(
    ("name", "key", "form"),
    [
        ("Acme, S.L.", "acme", "sl"), ("ACME S. L.", "acme", "sl"), ("Acme Limitada", "acme", "ltda"),
        ("Müller & Söhne GmbH", "mullersohne", "gmbh"), ("Acme GmbH & Co. KG", "acme", "gmbh_co"),
        ("Ａｃｍｅ　Ｌｔｄ．", "acme", "ltd"), ("ООО Ромашка", "romashka", "llc"), ("Romashka LLC", "romashka", "llc"),
        ("Łódź Sp. z o.o.", "lodz", "zoo"), ("The Acme Company", "acme", None), ("L'Oréal S.A.", "loreal", "sa"),
        ("Acme (UK) Ltd", "acmeuk", "ltd"), ("GmbH", "gmbh", None), ("E", "e", None), ("Straße 9 AG", "strasse9", "ag"),
    ],
)  # fmt: skip
def test_a_name_is_what_is_left_without_form_accents_and_marks(name: str, key: str, form: str | None) -> None:
    assert named(name) == (key, form, True)


def test_names_in_other_scripts_keep_their_signs_and_lose_their_legal_form() -> None:
    assert named("华为技术有限公司") == ("华为技术", "ltd", False)
    assert named("北京股份有限公司") == ("北京", "shares", False)
    assert named("株式会社トヨタ")[1:] == ("kk", False)
    assert named("ABC株式会社") == ("abc", "kk", True)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("https://www.acme.com/x", "acme.com"), ("shop.acme.co.uk", "acme.co.uk"), ("acme.com.br", "acme.com.br"),
        ("foo.myshopify.com", "foo.myshopify.com"), ("ACME.COM.", "acme.com"), ("www2.acme.de:80", "acme.de"),
        ("me.it", "me.it"), ("http://user@acme.io", "acme.io"), ("acme.example", "acme.example"),
        ("gmail.com", None), ("yahoo.co.jp", None), ("myshopify.com", None), ("facebook.com/acme", None),
        ("acme", None), ("", None), (".com", None), ("acme.invalid", None), (None, None),
    ],
)  # fmt: skip
def test_a_domain_is_the_name_that_a_registry_gave_out_and_nobodys_where_it_is_everybodys(
    host: str | None, domain: str | None
) -> None:
    with connect() as connection:
        rows = plain.domains_sql("SELECT ?::VARCHAR AS host")
        assert connection.execute(f"SELECT domain FROM ({rows})", [host]).fetchone() == (domain,)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("ES-B12345678", "B12345678"), ("B12345678", "B12345678"), ("de 123 456 789", "123456789"),
        ("12-3456789", "123456789"), ("000000000", None), ("n/a", None), ("****6789", None), ("XXXX1234", None),
        ("d41d8cd98f00b204e9800998ecf8427e", None), ("1234", None), (None, None),
    ],
)  # fmt: skip
def test_a_tax_number_has_no_marks_and_no_country_and_is_none_where_it_is_masked(
    number: str | None, told: str | None
) -> None:
    assert asked(plain.tax_number("x"), number) == (told,)


def test_addresses_and_countries_that_are_none_say_nothing() -> None:
    said = [asked(plain.address("x"), value)[0] for value in (" Ana@Acme.com", "***@acme.com", "d41d8cd9", "a@b", None)]
    assert said == ["ana@acme.com", None, None, None, None]
    assert [asked(plain.country("x"), value)[0] for value in ("es", "Spain", None)] == ["ES", None, None]
