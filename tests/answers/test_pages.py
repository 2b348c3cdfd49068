"""What the pages say, before anybody says it in HTML."""

from dataclasses import replace

import pytest

from relevo.answers.customer import customer_page
from relevo.answers.customers import CustomersAsk, Status, customers_page
from relevo.answers.data import data_page, shown_findings
from relevo.answers.definitions import definitions_page
from relevo.answers.measures import Ask, show
from relevo.answers.money import money_page
from relevo.answers.reading import OPERATOR, NotFound, Reading, Shelf, Viewer
from relevo.answers.scope import own_and_team
from relevo.answers.today import today_page
from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.base.findings import Finding, Severity
from relevo.measures.catalog import MEASURES
from tests.answers import company


def test_no_tile_stands_without_a_partner(everything: Reading) -> None:
    for tile in (*money_page(everything).tiles, *today_page(everything).tiles):
        assert tile.partner.code != tile.figure.code
        assert tile.figure.measure in MEASURES


def test_the_bridge_adds_up(everything: Reading) -> None:
    bridge = money_page(everything).bridge
    assert bridge is not None
    assert bridge.opening + bridge.parts["new"] + bridge.from_existing + bridge.other == bridge.closing


def test_the_slice_shows_too_few(everything: Reading) -> None:
    rows = {row.value: row for row in money_page(everything, "channel").slice.rows}
    assert rows["events"].too_few
    assert rows["events"].gross is None
    assert rows["inbound"].gross is not None


def test_what_customers_pay_sums_to_the_mrr_of_the_day(everything: Reading) -> None:
    page = customers_page(everything, CustomersAsk(limit=None))
    assert page.found == company.CUSTOMERS
    assert sum(row.mrr_cents for row in page.rows) == page.mrr_cents
    assert page.mrr_cents == show(everything, "mrr", Ask()).last()["mrr_cents"]


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (CustomersAsk(text="customer 07"), ["C07"]),
        (CustomersAsk(text="C7.EXAMPLE"), ["C07"]),
        (CustomersAsk(status=Status.NEVER), ["C39"]),
        (CustomersAsk(traits=(("country", "NA"),)), ["C02"]),
        (CustomersAsk(text="nobody at all"), []),
    ],
)
def test_customers_are_found(everything: Reading, ask: CustomersAsk, expected: list[str]) -> None:
    assert [row.customer_id for row in customers_page(everything, ask).rows] == expected


def test_customers_are_sorted_with_the_unknown_last(everything: Reading) -> None:
    for descending in (True, False):
        page = customers_page(everything, CustomersAsk(sort="since", descending=descending, limit=None))
        known = [row.since for row in page.rows if row.since]
        assert known == sorted(known, reverse=descending)
        assert page.rows[-1].since is None


def test_an_unknown_sort_or_filter_is_refused(everything: Reading) -> None:
    for ask in (CustomersAsk(sort="shoe_size"), CustomersAsk(traits=(("mood", "good"),))):
        with pytest.raises(WrongUse):
            customers_page(everything, ask)


def test_a_viewer_finds_own_customers_alone(anas: Reading) -> None:
    page = customers_page(anas, CustomersAsk(limit=None))
    assert page.found == 20
    assert {row.owner for row in page.rows} == {"Ana"}


def test_one_customer(everything: Reading) -> None:
    page = customer_page(everything, "C00")
    assert page.card.name == "=Alto, Inc"
    assert page.history.months[-1] == (company.LAST, page.card.mrr_cents)
    assert sum(m.base_cents for m in page.history.movements) == page.card.mrr_cents


def test_a_customer_of_others_is_not_found(everything: Reading, anas: Reading) -> None:
    assert customer_page(anas, "C02").card.customer_id == "C02"
    for reading, customer_id in ((anas, "C01"), (everything, "C99")):
        with pytest.raises(NotFound):
            customer_page(reading, customer_id)


@pytest.mark.django_db
def test_data_speaks_before_and_after_the_first_book(everything: Reading) -> None:
    after = data_page(everything, company.home())
    assert sum(s.kept for s in after.sources) + sum(s.quarantined for s in after.sources) == sum(
        s.rows_in for s in after.sources
    )
    assert [(row.table, row.column) for row in after.aside] == [("customer", "customer_id")]
    assert [b.is_current for b in after.books] == [True]
    before = data_page(Reading(None, OPERATOR), company.home())
    assert before.stamp is None
    assert before.sources == after.sources


@pytest.mark.django_db
def test_values_put_aside_are_for_those_who_see_all(anas: Reading) -> None:
    page = data_page(anas, company.home())
    assert page.aside == ()
    assert page.aside_found == 1


def test_findings_quote_values_to_those_who_see_all(everything: Reading) -> None:
    value = "'Rosa Gil left for Acme'"
    plain = "1 row: bad, line 2."
    found = (Finding(Severity.WARNING, "quarantined_rows", "x", f"{plain[:-1]} ({value}).", "", plain),)
    nobody = replace(everything, viewer=Viewer("nobody"))
    assert [f.message for f in shown_findings(everything, found)] == [found[0].message]
    assert [f.message for f in shown_findings(nobody, found)] == [plain]


def test_definitions_need_no_book() -> None:
    page = definitions_page(Reading(None, OPERATOR))
    assert [card.name for card in page.cards] == list(MEASURES)
    assert page.stamp is None


def test_a_shelf_follows_the_pointer(tmp_path: object) -> None:
    shelf = Shelf(company.home().books)
    assert shelf.book() is shelf.book()
    assert Shelf(Home(company.home().path / "none").books).book() is None


def test_own_and_team(everything: Reading) -> None:
    ana, mia = (own_and_team(everything, f"{p}@NORTE.example") for p in ("ana", "mia"))
    assert len(ana) == 20
    assert len(mia) == company.CUSTOMERS
    assert len(own_and_team(everything, "leo@norte.example")) == company.CUSTOMERS
    assert own_and_team(everything, "stranger@example.com") == frozenset()
