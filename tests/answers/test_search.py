"""Search from anywhere: what is found, nearest first, and nothing of others."""

from dataclasses import replace

from relevo.answers.reading import Reading
from relevo.answers.search import MOST, search
from tests.answers import company


def test_customers_are_found_by_name_domain_id_and_alias(everything: Reading) -> None:
    for text, expected in (
        ("brisa", "C01"),
        ("c7.example", "C07"),
        ("c12", "C12"),
        ("x-1", "C00"),
        ("ÁLTO inc", "C00"),
    ):
        assert search(everything, text).customers[0].key == expected, text


def test_contacts_deals_people_and_measures(everything: Reading) -> None:
    assert [(h.key, h.name, h.beside) for h in search(everything, "rosa").contacts] == [
        ("C00", "Rosa Gil", "=Alto, Inc")
    ]
    assert search(everything, "deal 7").deals[0].key == "C07"
    assert [h.name for h in search(everything, "ben").people] == ["Ben"]
    assert "net_revenue_retention" in {h.key for h in search(everything, "retention").measures}
    named = search(everything, "retención", {"net_revenue_retention": "Retención neta"})
    assert [h.key for h in named.measures] == ["net_revenue_retention"]


def test_each_group_is_short_and_the_nearest_stand_first(everything: Reading) -> None:
    found = search(everything, "customer")
    assert len(found.customers) == MOST
    assert len(set(found.customers)) == MOST
    assert search(everything, "c0").customers[0].key < "C10"


def test_nothing_is_found_under_nothing(everything: Reading) -> None:
    assert search(everything, "   ").is_empty
    assert search(everything, "no such thing").is_empty


def test_nothing_of_others_is_found(anas: Reading) -> None:
    """The odd customers are Ben's: neither they, nor their deals, nor their contacts are there for Ana."""
    for i in range(1, company.CUSTOMERS, 2):
        assert search(anas, company.key(i)).customers == ()
        assert search(anas, f"deal {i}").deals == () or {
            int(h.key[1:]) % 2 for h in search(anas, f"deal {i}").deals
        } == {0}
    assert search(anas, "brisa").is_empty
    assert search(anas, "rosa").contacts
    bens = replace(anas, viewer=replace(anas.viewer, scope=frozenset({"C01"})))
    assert search(bens, "rosa").contacts == ()
    assert search(bens, "ana").people


def test_before_the_first_book_there_are_measures(anas: Reading) -> None:
    assert search(replace(anas, published=None), "mrr").measures
