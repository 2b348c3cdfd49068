"""A change in contacts told apart: by hand, exactly additive, and against every order by brute force."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.base.periods import parse_month
from relevo.insight.talks.contact_rows import contacts_of
from relevo.insight.talks.contacts import Contacts, change, whole
from tests.making import span
from tests.measures.support.desks import desk, talk, together

COUNT = st.integers(0, 9)
SEGMENTS = ("smb", "ent")
DRIVERS = ("sso", "billing")


@st.composite
def months(draw: st.DrawFn) -> Contacts:
    customers = {s: draw(COUNT) for s in SEGMENTS}
    contacts = {(d, s): draw(COUNT) for d in DRIVERS for s in SEGMENTS if customers[s]}
    return Contacts(customers, contacts, {d: draw(COUNT) for d in DRIVERS})


def test_more_customers_alone() -> None:
    """Ten write twenty times; twenty alike write forty times: all of it is growth."""
    (one,) = change(Contacts({"smb": 10}, {("sso", "smb"): 20}), Contacts({"smb": 20}, {("sso", "smb"): 40}))
    assert (one.customers, one.mix, one.rate, one.others, one.total) == (20, 0, 0, 0, 20)


def test_another_mix_and_a_higher_rate() -> None:
    """Ten customers each time. First 5 + 5 at 1 and 3 contacts each, then 2 + 8: mix alone -3 + 9 = 6."""
    before = Contacts({"smb": 5, "ent": 5}, {("sso", "smb"): 5, ("sso", "ent"): 15})
    (mix,) = change(before, Contacts({"smb": 2, "ent": 8}, {("sso", "smb"): 2, ("sso", "ent"): 24}))
    assert (mix.customers, mix.mix, mix.rate, mix.total) == (0, 6, 0, 6)
    (rate,) = change(before, Contacts({"smb": 5, "ent": 5}, {("sso", "smb"): 10, ("sso", "ent"): 15}))
    assert (rate.customers, rate.mix, rate.rate, rate.total) == (0, 0, 5, 5)


def test_growth_and_rate_share_what_they_do_together() -> None:
    """10 at 1 to 20 at 2: 30 more; customers alone 10 or, at the new rate, 20: the mean is 15, and so is the rate's."""
    (one,) = change(Contacts({"smb": 10}, {("sso", "smb"): 10}), Contacts({"smb": 20}, {("sso", "smb"): 40}))
    assert (one.customers, one.rate) == (15, 15)


def test_contacts_of_nobody_active_are_their_own_part() -> None:
    (one,) = change(Contacts({}, {}, {"sso": 2}), Contacts({}, {}, {"sso": 7}))
    assert (one.customers, one.mix, one.rate, one.others, one.total) == (0, 0, 0, 5, 5)
    assert (one.before, one.after) == (2, 7)


def test_the_first_customers_of_a_company_are_growth() -> None:
    (one,) = change(Contacts({}, {}), Contacts({"smb": 4}, {("sso", "smb"): 8}))
    assert (one.customers, one.mix, one.rate) == (8, 0, 0)


@given(months(), months())
def test_parts_add_up_and_no_order_is_favoured(before: Contacts, after: Contacts) -> None:
    for one in change(before, after):
        assert one.customers + one.mix + one.rate + one.others == one.total
        assert one.total == after.count(one.driver) - before.count(one.driver)
        back = next(each for each in change(after, before) if each.driver == one.driver)
        assert (back.customers, back.mix, back.rate, back.others) == (-one.customers, -one.mix, -one.rate, -one.others)
        if all(m.customers[s] for m in (before, after) for s in SEGMENTS):
            assert (one.customers, one.mix, one.rate) == _by_orders(before, after, one.driver)
    total = whole(change(before, after))
    assert total.customers + total.mix + total.rate + total.others == total.total
    assert (total.before, total.after) == tuple(sum(m.count(d) for d in DRIVERS) for m in (before, after))


def _by_orders(before: Contacts, after: Contacts, driver: str) -> tuple[Fraction, ...]:
    """Volumes of the eight half-changed companies, walked through in every order."""

    def volume(size: Contacts, mix: Contacts, rate: Contacts) -> Fraction:
        return sum(
            (size.active * Fraction(mix.customers[s], mix.active)
             * Fraction(rate.contacts[driver, s], rate.customers[s]) for s in SEGMENTS), Fraction(0),
        )  # fmt: skip

    found = [Fraction(0)] * 3
    for order in permutations(range(3)):
        at = [before] * 3
        for factor in order:
            was = volume(*at)
            at[factor] = after
            found[factor] += (volume(*at) - was) / 6
    return tuple(found)


def test_months_of_a_book() -> None:
    """Two customers pay from January on, c from March; b writes in January before it pays in the second company."""
    names = {"a": "smb", "b": "ent", "c": "smb"}
    paid = [span("a", "2025-12-05", None, 100), span("b", "2026-02-05", None, 100), span("c", "2026-03-05", None, 100)]
    book = desk(together(
        talk("1", "2026-02-10 10:00", [], customer_id="a", category="sso"),
        talk("2", "2026-02-11 10:00", [], customer_id="b", category="sso"),
        talk("3", "2026-03-11 10:00", [], customer_id="c", category="sso"),
        talk("4", "2026-03-12 10:00", [], customer_id="b"),
        talk("5", "2026-01-12 10:00", [], customer_id="b"),
        talk("6", "2026-03-12 10:00", [], customer_id=None),
        talk("7", "2026-04-01 00:00", [], customer_id="a"),
        {"customer": [{"customer_id": k, "name": k, "segment": v} for k, v in names.items()],
         "subscription_span": paid},
    ))  # fmt: skip
    found = contacts_of(book, 3)
    january, february, march = (parse_month(f"2026-0{m}") for m in (1, 2, 3))
    assert found == {
        january: Contacts({"smb": 1}, {}, {"(none)": 1}),
        february: Contacts({"smb": 1, "ent": 1}, {("sso", "smb"): 1, ("sso", "ent"): 1}),
        march: Contacts({"smb": 2, "ent": 1}, {("sso", "smb"): 1, ("(none)", "ent"): 1}, {"(none)": 1}),
    }
    assert found[march].drivers == ("(none)", "sso")
    assert found[march].per_100("sso") == pytest.approx(100 / 3)
    assert Contacts({}, {}).per_100("sso") is None
