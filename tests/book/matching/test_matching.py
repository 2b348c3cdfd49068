"""Who is one customer, case by case with the bits added up by hand, and over companies of which the truth is known."""

from datetime import UTC, datetime
from typing import Any

import pytest

from relevo.book.matching.decisions import Decision
from relevo.book.matching.evidence import read
from tests.book.matching.matching import Found, Rows, Score, matched, score
from tests.book.matching.worlds import world

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def row(system: str, key: str, name: str | None, **more: Any) -> dict[str, Any]:
    return {"customer_id": f"{system}:{key}", "source": system, "name": name, **more}


def people(*given: tuple[str, str]) -> Rows:
    return [
        {"contact_id": f"k{n}", "customer_id": who, "source": who.split(":")[0], "email": email}
        for n, (who, email) in enumerate(given)
    ]


def both(one: dict[str, Any], other: dict[str, Any], *emails: tuple[str, str]) -> Found:
    """Acme of the CRM and of billing, whose people have these addresses."""
    return matched(customer=[row("crm", "1", **{"name": "Acme", **one}), row("pay", "1", **{"name": "Acme", **other})],
                   contact=people(*emails))  # fmt: skip


def sure(found: Found) -> float | None:
    """The confidence with which the two were joined or are shown."""
    return found.why["pay:1"][1] if found.one("crm:1", "pay:1") else next(iter(found.pairs.values()), None)


ACME = {"domain": "acme.com"}


@pytest.mark.parametrize(
    ("one", "other", "bits"),
    [
        ({**ACME, "name": "ACME, S.L."}, {"domain": "www.acme.com", "name": "Acme"}, 9 + 8 - 10),
        ({**ACME, "country": "ES"}, {**ACME, "country": "ES"}, 9 + 8 + 1 - 10),
        ({"tax_id": "ESB12345678"}, {"tax_id": "B-12345678"}, 9 + 11 - 10),
        ({**ACME, "name": "Logistics Hub"}, {**ACME, "name": "Logistcs Hub"}, 8 + 8 - 10),
        ({**ACME, "name": "Ромашка ООО"}, {**ACME, "name": "Romashka"}, 9 + 8 - 10),
        ({"tax_id": "91350100M000100Y43", "name": "华为技术有限公司", **ACME},
         {"tax_id": "91350100M000100Y43", "name": "Huawei", **ACME}, 11 + 8 - 10),
    ],
)  # fmt: skip
def test_two_kinds_of_evidence_without_a_contradiction_join(
    one: dict[str, Any], other: dict[str, Any], bits: float
) -> None:
    found = both(one, other)
    assert found.one("crm:1", "pay:1")
    assert found.kept == {"pay:1": "crm:1"}
    assert sure(found) == round(1 / (1 + 2**-bits), 4)
    assert found.candidates == []


@pytest.mark.parametrize(
    ("one", "other", "bits"),
    [
        ({}, {}, 9 - 10),
        ({"country": "ES"}, {"country": "ES"}, 9 + 1 - 10),
        ({"domain": "acme.com", "country": "DE"}, {"domain": "acme.de", "country": "DE", "tax_id": "1"}, None),
        ({**ACME, "country": "DE"}, {**ACME, "country": "GB"}, None),
        ({**ACME, "name": "Acme GmbH"}, {**ACME, "name": "Acme Ltd"}, None),
        ({**ACME, "tax_id": "DE123456789"}, {**ACME, "tax_id": "DE999456789"}, None),
        ({**ACME, "name": "Acme"}, {**ACME, "name": "Acme Iberia"}, None),
        ({**ACME, "name": "Store 1"}, {**ACME, "name": "Store 2"}, None),
        ({**ACME, "name": "Clinic A"}, {**ACME, "name": "Clinic B"}, None),
        ({"tax_id": "ESB12345678"}, {"tax_id": "B12345678", "name": "Other"}, None),
        ({"domain": "gmail.com"}, {"domain": "gmail.com"}, 9 - 10),
        ({"tax_id": "000000000"}, {"tax_id": "000000000"}, 9 - 10),
        ({**ACME, "name": "华为"}, {**ACME, "name": "Huawei"}, 8 - 10),
        ({**ACME, "country": "Spain"}, {"domain": "other.com", "country": "ES"}, None),
    ],
)  # fmt: skip
def test_what_contradicts_or_stands_alone_is_left_to_people(
    one: dict[str, Any], other: dict[str, Any], bits: float | None
) -> None:
    found = both(one, other)
    assert not found.one("crm:1", "pay:1")
    assert sure(found) == (None if bits is None else round(1 / (1 + 2**-bits), 4))


def test_the_same_person_at_the_same_domain_is_enough_where_a_name_is_missing_and_not_where_names_differ() -> None:
    ana = (("crm:1", "Ana@Acme.com"), ("pay:1", "ana@acme.com"))
    said = {"country": "ES"}
    assert both({**ACME, **said}, {"name": "ana@acme.com", **said}, *ana).one("crm:1", "pay:1")
    differing = both({**ACME, **said}, {"name": "Zeta", **said}, *ana)
    assert not differing.one("crm:1", "pay:1")
    assert sure(differing) == round(1 / (1 + 2**1), 4), "10 - 7 + 8 + 7 + 1 leaves -1"
    assert both({}, {}, *ana).why["pay:1"] == ("same name, domain, email", round(1 / (1 + 2**-14.0), 4))


def test_evidence_is_shown_side_by_side_without_addresses_and_numbers_in_full() -> None:
    found = both(
        {**ACME, "name": "Acme GmbH", "tax_id": "DE123456789", "country": "DE"},
        {"name": "Acme Ltd", "tax_id": "123456789", "country": "DE"},
        ("pay:1", "ana@acme.com"), ("crm:1", "ana@acme.com"),
    )  # fmt: skip
    ((one, other, _, text),) = found.candidates
    assert (one, other) == ("crm:1", "pay:1")
    assert [(e.kind, e.left, e.right, e.weight, e.says) for e in read(text)] == [
        ("name", "Acme GmbH", "Acme Ltd", 9.0, "for"),
        ("domain", "acme.com", "acme.com", 8.0, "for"),
        ("email", "a…@acme.com", "a…@acme.com", 7.0, "for"),
        ("tax_id", "…6789", "…6789", 11.0, "for"),
        ("country", "DE", "DE", 1.0, "for"),
        ("legal_form", "gmbh", "ltd", -10.0, "against"),
    ]


def test_a_parent_and_its_child_are_never_one() -> None:
    found = both({**ACME}, {**ACME, "parent_id": "crm:1"})
    assert not found.one("crm:1", "pay:1")


def test_two_customers_of_one_system_are_shown_and_never_joined() -> None:
    found = matched(customer=[row("crm", k, "Acme", country="ES", **ACME) for k in "12"])
    assert found.kept == {}
    assert found.pairs == {frozenset(("crm:1", "crm:2")): round(1 / (1 + 2**-6.0), 4)}, "5 + 7 + 4 - 10"
    assert found.counts == {"crm": (2, 0, 0, 1)}


def test_with_a_rival_nobody_is_joined_and_with_a_lead_the_better_one_is() -> None:
    twice = [row("crm", k, "Acme", country="ES", **ACME) for k in "12"]
    even = matched(customer=[*twice, row("pay", "1", "Acme", country="ES", **ACME)])
    assert even.kept == {}
    assert frozenset(("crm:1", "pay:1")) in even.pairs
    numbered = [{**twice[0], "tax_id": "B12345678"}, twice[1]]
    led = matched(customer=[*numbered, row("pay", "1", "Acme", country="ES", tax_id="B12345678", **ACME)])
    assert led.kept == {"pay:1": "crm:1"}


def test_a_group_in_which_a_system_knows_two_is_not_believed() -> None:
    """The desk's customer has the domain of one and the number of another customer of billing."""
    found = matched(
        customer=[
            row("pay", "1", "Alpha Beta", domain="one.com"), row("pay", "2", "Alpha Beta", tax_id="B12345678"),
            row("crm", "1", "Alpha Beta", domain="one.com", tax_id="X99999999", country="ES"),
            row("desk", "1", "Alpha Beta", tax_id="B12345678"),
        ]
    )  # fmt: skip
    assert not found.one("pay:1", "pay:2")


def test_values_of_many_customers_tell_nothing() -> None:
    """Three customers of billing have one number and one address; so neither says who one of them is."""
    bills = [row("pay", k, f"Shop {k}{k}{k}", tax_id="B12345678") for k in "abc"]
    found = matched(
        customer=[*bills, row("crm", "1", "Something Else", tax_id="B12345678")],
        contact=people(*((f"pay:{k}", "ana@agency.com") for k in "abc"), ("crm:1", "ana@agency.com")),
    )
    assert found.kept == {}
    assert found.pairs == {}


def test_the_first_landed_is_kept_when_another_system_is_connected_later() -> None:
    rows = [row(system, "1", "Acme", **ACME) for system in ("pay", "desk", "crm")]
    two, three = matched(customer=rows[:2]), matched(customer=rows)
    assert two.kept == {"desk:1": "pay:1"}
    assert three.kept == {"desk:1": "pay:1", "crm:1": "pay:1"}
    assert three.counts == {"pay": (1, 1, 0, 0), "desk": (1, 1, 0, 0), "crm": (1, 1, 0, 0)}


def test_who_stands_alone_where_other_systems_exist_is_counted() -> None:
    found = matched(
        customer=[row("crm", "1", "Acme", **ACME), row("pay", "1", "Acme", **ACME), row("crm", "2", "Beta")],
        subscription_span=[{"customer_id": "pay:9", "source": "pay", "subscription_id": "s", "item_id": "i"}],
    )
    assert found.counts == {"crm": (2, 1, 1, 0), "pay": (2, 1, 1, 0)}


def test_an_alias_joins_without_evidence_and_says_that_its_system_knows_the_customer() -> None:
    found = matched(
        customer=[row("crm", "1", "Acme", **ACME), row("pay", "1", "Acme", **ACME)],
        customer_alias=[{"source": "pay", "external_id": "cus_1", "customer_id": "crm:1"}],
    )
    assert found.kept == {}, "billing knows crm:1 as cus_1, so pay:1 is another customer of billing"
    assert found.counts["pay"] == (2, 1, 1, 1)


def test_links_are_followed_by_exact_name_and_address_within_their_system_first() -> None:
    links = [("1", "desk:named:acme"), ("2", "desk:mail:ana@acme.com"), ("3", "desk:mail:bob@acme.com"),
             ("4", "desk:mail:eva@beta.com"), ("5", "desk:named:Twice"), ("6", "desk:mail:joe@beta.com")]  # fmt: skip
    found = matched(
        customer=[row("desk", "1", "Acme"), row("crm", "7", "Beta", domain="beta.com"),
                  row("desk", "2", "Twice"), row("desk", "3", "Twice")],
        contact=people(("desk:1", "Ana@acme.com"), ("crm:7", "eva@beta.com")),
        conversation=[{"conversation_id": c, "customer_id": who, "source": "desk"} for c, who in links],
    )  # fmt: skip
    assert found.why["desk:named:acme"][0] == "name in its system"
    assert found.why["desk:mail:ana@acme.com"][0] == "address in its system"
    assert found.why["desk:mail:eva@beta.com"][0] == "address elsewhere"
    assert found.kept["desk:mail:eva@beta.com"] == "crm:7"
    assert {"desk:named:Twice", "desk:mail:bob@acme.com", "desk:mail:joe@beta.com"} & set(found.kept) == set()
    assert found.pairs[frozenset(("crm:7", "desk:mail:joe@beta.com"))] == 0.2
    refused = Decision("apart", "crm:7", "desk:mail:joe@beta.com", NOON)
    again = matched(
        [refused], customer=[row("crm", "7", "Beta", domain="beta.com")],
        conversation=[{"conversation_id": "6", "customer_id": "desk:mail:joe@beta.com", "source": "desk"}],
    )  # fmt: skip
    assert again.pairs == {}


def test_people_who_say_apart_are_stronger_than_evidence_and_the_second_leaves() -> None:
    rows = [row(system, "1", "Acme", country="ES", **ACME) for system in ("pay", "desk", "crm")]
    found = matched([Decision("apart", "pay:1", "crm:1", NOON)], customer=rows)
    assert found.kept == {"desk:1": "pay:1"}
    assert frozenset(("pay:1", "crm:1")) not in found.pairs
    direct = matched([Decision("apart", "pay:1", "desk:1", NOON)], customer=rows[:2])
    assert (direct.kept, direct.pairs) == ({}, {})
    nobody = matched([Decision("apart", "x", "y", NOON)], customer=rows)
    assert nobody.one("pay:1", "desk:1", "crm:1")


def test_a_merge_is_kept_whoever_was_landed_first_and_evidence_joins_others_to_it() -> None:
    rows = [row("crm", "1", "Acme", **ACME), row("crm", "2", "Azurra"), row("pay", "1", "Acme", **ACME)]
    found = matched([Decision("merge", "crm:2", "crm:1", NOON)], customer=rows)
    assert found.kept == {"crm:1": "crm:2", "pay:1": "crm:2"}
    assert found.why["crm:1"] == ("merged here", 1.0)


def held(seed: int) -> Score:
    made = world(seed)
    told = score(made, matched(customer=made.customers, contact=made.contacts))
    assert told.wrong == ()
    return told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_truth_is_found_without_a_wrong_join(seed: int) -> None:
    told = held(seed)
    assert told.joined > 1400
    assert told.recall >= 0.95
    assert told.duplicates[0] >= 0.8 * told.duplicates[1], "planted duplicates of the CRM are shown"


@pytest.mark.sims
def test_over_many_companies_no_join_is_wrong() -> None:
    told = [held(seed) for seed in range(1000, 1100)]
    recalls = [each.recall for each in told]
    assert min(recalls) >= 0.93
    assert sum(recalls) / len(recalls) >= 0.95
    shown, planted = (sum(each.duplicates[n] for each in told) for n in (0, 1))
    assert shown >= 0.9 * planted


def test_two_systems_with_other_customers_give_no_join_and_few_candidates() -> None:
    crm, pay = world(21, hard=False), world(22, hard=False)
    names = {c["name"].rsplit(" ", 1)[0] for c in crm.customers if c["source"] == "hubspot"}
    rows = [c for c in crm.customers if c["source"] == "hubspot"]
    rows += [c for c in pay.customers if c["source"] == "stripe" and c["name"].rsplit(" ", 1)[0] not in names]
    unlike = [{**c, "customer_id": f"{c['source']}:{n}"} for n, c in enumerate(rows)]
    found = matched(customer=unlike)
    assert found.kept == {}
    assert len(found.candidates) <= 5
