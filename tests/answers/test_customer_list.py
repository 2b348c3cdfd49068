"""The list of customers: columns, filters and sums on the small company, worked out by hand; and its text form."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.answers.customer_columns import COLUMNS, DEFAULT_COLUMNS, Column, Kind
from relevo.answers.customer_filters import OPERATORS, STRETCHES, Filter
from relevo.answers.customer_offers import columns_offered, filter_offered
from relevo.answers.customers import CustomersPage, customers_page
from relevo.answers.customers_ask import CustomersAsk
from relevo.answers.reading import Reading, Refused, Viewer
from relevo.base.errors import WrongUse
from tests.answers import company
from tests.making import make_book, span

EVERY = [company.key(i) for i in range(company.CUSTOMERS)]


def found(reading: Reading, *filters: str, **more: object) -> list[str]:
    """Ids of the customers that filters find, in the order of their ids."""
    return sorted(row.customer_id for row in page_of(reading, *filters, **more).rows)


def page_of(reading: Reading, *filters: str, **more: object) -> CustomersPage:
    asked = CustomersAsk(filters=tuple(map(Filter.parse, filters)), limit=None)
    return customers_page(reading, replace(asked, **more))  # type: ignore[arg-type]


def cell(reading: Reading, customer: str, column: str) -> object:
    page = page_of(reading, columns=("name", column))
    return next(c[column] for row, c in zip(page.rows, page.cells, strict=True) if row.customer_id == customer)


# Every fifth leaves after eight months: C04 came back, C34 does so after the book's day, C39 never paid.
LEFT = ["C09", "C14", "C19", "C24", "C29"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["segment:is:mid", "channel:is:events"], ["C00", "C03"]),
        (["segment:is:mid,smb", "channel:is:events"], ["C00", "C01", "C02", "C03"]),
        (["channel:not:partner,inbound"], ["C00", "C01", "C02", "C03"]),
        (["channel:not:partner", "segment:is:mid", "since:before:2023-08"], ["C00", "C03"]),
        (["status:is:left"], LEFT),
        (["status:is:never"], ["C39"]),
        (["since:is:(none)"], ["C39"]),
        (["since:before:2023-06"], ["C00", "C01"]),
        (["since:from:2026-10-01", "since:before:2026-11"], []),
        (["left_on:in:year"], ["C24", "C29"]),
        (["held:is:ana", "channel:is:events"], ["C00", "C02"]),
        (["held:success:is:ben", "channel:is:events"], ["C01", "C03"]),
        (["held:is:(none)"], []),
        (["attr:tier:is:gold"], ["C00"]),
        (["attr:tier:has:OLD"], ["C00"]),
        (["attr:tier:is:(none)", "channel:is:events"], ["C01", "C02", "C03"]),
        (["name:has:brisa"], ["C01"]),
        (["name:has:álto"], ["C00"]),
        (["seller:is:leo", "channel:is:events"], ["C00", "C01", "C02", "C03"]),
        (["country:is:NA"], ["C02"]),
        (["mrr:min:100.64", "mrr:max:100.64"], ["C05"]),
        (["auto_renew:is:yes"], []),
        (["last_use:before:2024-05-07"], ["C00"]),
        (["last_use:over:10"], ["C00"]),
        (["last_use:last:10"], []),
        (["open_conversations:min:0"], ["C00"]),
        (["open_conversations:min:1"], []),
        (["ratings:is:(none)", "channel:is:events"], ["C00", "C01", "C02", "C03"]),
    ],
)
def test_filters_find_whom_they_say(everything: Reading, filters: list[str], expected: list[str]) -> None:
    assert found(everything, *filters) == expected


def test_renewals_in_90_days_are_the_terms_that_end_by_then(everything: Reading) -> None:
    """Every third that grew by the book's day and did not leave has a term that ends 45 days later; C36 grew since."""
    due = [company.key(i) for i in range(0, 36, 3) if i % 5 != 4]
    assert found(everything, "renewal:next:90") == due
    assert found(everything, "renewal:next:45") == due
    assert found(everything, "renewal:next:44") == []
    assert cell(everything, "C03", "renewal") == date(2026, 12, 15)
    assert cell(everything, "C03", "auto_renew") is None


def test_cells_are_those_of_the_rows(everything: Reading) -> None:
    assert cell(everything, "C00", "last_touch") == date(2024, 5, 6)
    assert cell(everything, "C00", "last_conversation") == date(2024, 5, 6)
    assert cell(everything, "C00", "open_conversations") == 0
    assert cell(everything, "C00", "tenure") == (2026 - 2023) * 12 + 10 - 4
    assert cell(everything, "C09", "tenure") == 8
    assert cell(everything, "C00", "held") == "Ana"
    assert cell(everything, "C01", "held:success") == "Ben"
    assert cell(everything, "C01", "held:support") is None
    assert cell(everything, "C00", "attr:tier") == "gold"
    assert cell(everything, "C39", "mrr_before") is None


def test_a_year_ago_and_the_change_add_up(everything: Reading) -> None:
    """C00 pays the same since its seventh month; C35 began after October 2025."""
    page = page_of(everything, columns=("name", "mrr", "mrr_before", "mrr_change"))
    for cells in page.cells:
        if cells["mrr_before"] is None:
            assert cells["mrr_change"] is None
        else:
            assert cells["mrr"] - cells["mrr_before"] == cells["mrr_change"]
    assert cell(everything, "C00", "mrr_before") == 2 * 4999
    assert cell(everything, "C35", "mrr_before") is None
    assert page.sums["mrr_before"] == sum(c["mrr_before"] or 0 for c in page.cells)
    assert page.sums["mrr"] == page.mrr_cents


@pytest.mark.parametrize("name", [*COLUMNS, "attr:tier", "held:success"])
def test_every_column_sorts_with_the_unknown_last(everything: Reading, name: str) -> None:
    for descending in (True, False):
        page = page_of(everything, columns=("name", name), sort=name, descending=descending)
        known = [c[name] for c in page.cells if c[name] is not None]
        assert [c[name] for c in page.cells][: len(known)] == known
        keys = [k.casefold().lstrip("=<") if isinstance(k, str) else k for k in known]
        if Column.named(name).kind is not Kind.STATUS and name != "name":
            assert keys == sorted(keys, reverse=descending)
        assert len(page.rows) == company.CUSTOMERS


def test_pages_follow_each_other(everything: Reading) -> None:
    whole = [row.customer_id for row in page_of(everything).rows]
    first = customers_page(everything, CustomersAsk(limit=15))
    second = customers_page(everything, CustomersAsk(limit=15, offset=15))
    assert [r.customer_id for r in (*first.rows, *second.rows)] == whole[:30]
    assert (first.next_offset, first.found, second.mrr_cents) == (15, 40, first.mrr_cents)


@pytest.mark.parametrize(
    "text",
    [
        "shoes:is:big",
        "segment",
        "segment:is",
        "segment:is:",
        "segment:min:5",
        "mrr:min:much",
        "mrr:min:nan",
        "mrr:is:500",
        "mrr:min:1e9999999",
        "mrr:max:1E999999",
        "tenure:max:1e9999999",
        "mrr:min:1_0",
        "mrr:min:+1",
        "mrr:min:.5",
        "mrr:min:5.",
        "mrr:min:\u0663",
        "mrr:min:1.00001",
        "mrr:max:1234567890123",
        "since:before:yesterday",
        "since:before:2025-13",
        "renewal:next:-3",
        "renewal:next:٣",
        "renewal:in:week",
        "auto_renew:is:maybe",
        "attr:is:gold",
        "segment:is:a,",
    ],
)
def test_a_filter_that_says_nothing_is_refused(text: str) -> None:
    with pytest.raises(WrongUse):
        Filter.parse(text)


def test_what_no_customer_has_is_refused(everything: Reading) -> None:
    for name in ("attr:shoe_size", "held:barber"):
        with pytest.raises(WrongUse):
            page_of(everything, columns=("name", name))


# What others hold cannot be had through any question ------------------------------------------------------------


@pytest.mark.parametrize(
    "filters",
    [
        [],
        ["held:is:ben"],
        ["held:success:is:ben"],
        ["segment:not:nothing"],
        ["name:has:customer"],
        ["since:from:2000-01"],
        ["since:is:(none)"],
        ["mrr:min:0"],
        ["channel:is:events,partner,inbound,(none)"],
    ],
)
def test_a_foreign_customer_is_found_by_no_filter(anas: Reading, filters: list[str]) -> None:
    page = page_of(anas, *filters)
    assert {row.customer_id for row in page.rows} <= set(EVERY[::2])
    assert page.found == len(page.rows)
    assert page.mrr_cents is None or page.mrr_cents == sum(row.mrr_cents or 0 for row in page.rows)


def test_values_are_offered_from_own_customers_alone(everything: Reading, anas: Reading) -> None:
    """C02 is Ana's and the only one from NA; the odd ones are held by Ben."""
    assert filter_offered(anas, "held").choices == (("ana", "Ana"),)
    assert filter_offered(everything, "held").choices == (("ana", "Ana"), ("ben", "Ben"))
    bens = replace(anas, viewer=Viewer("ben", scope=frozenset(EVERY[1::2])))
    assert filter_offered(bens, "country").choices == (("ES", "ES"),)
    assert "attr:tier" in {c.name for c in columns_offered(anas)}
    assert "attr:tier" not in {c.name for c in columns_offered(bens)}


def test_amounts_that_are_hidden_are_in_no_cell_sum_order_or_filter(everything: Reading) -> None:
    blind = replace(everything, viewer=Viewer("eva", scope=None, money=frozenset()))
    page = page_of(blind, columns=("name", "mrr", "mrr_before", "mrr_change"), sort="mrr")
    assert {(c["mrr"], c["mrr_before"], c["mrr_change"]) for c in page.cells} == {(None, None, None)}
    assert set(page.sums.values()) == {None}
    assert [row.customer_id for row in page.rows] == EVERY
    with pytest.raises(Refused):
        page_of(blind, "mrr:min:1")


def test_an_amount_that_is_hidden_among_others_hides_their_sum(everything: Reading) -> None:
    some = replace(everything, viewer=Viewer("eva", scope=None, money=frozenset({"C05", "C08"}), persons=None))
    assert page_of(some).mrr_cents is None
    assert found(some, "mrr:min:1") == ["C05", "C08"]
    assert page_of(some, "mrr:min:1").mrr_cents == 10064 + 4999 + 1013 * 8


def test_a_sum_by_person_is_for_those_who_may_see_the_person(everything: Reading, anas: Reading) -> None:
    assert page_of(everything, "held:is:ben").mrr_cents is not None
    analyst = replace(everything, viewer=Viewer("eva", scope=None, money=None, persons=frozenset()))
    for question in ("held:is:ben", "seller:is:leo", "held:success:not:ana", "owner:has:be"):
        page = page_of(analyst, question)
        assert (page.mrr_cents, page.is_by_person) == (None, True)
        assert page.found > 0
    led = replace(analyst, viewer=replace(analyst.viewer, persons=frozenset({"ben"})))
    assert page_of(led, "held:is:ben").mrr_cents == page_of(everything, "held:is:ben").mrr_cents
    assert page_of(analyst, "held:is:(none)").mrr_cents == 0


def test_ones_own_name_counts_as_oneself_and_no_other_gains_a_sum(tmp_path: Path) -> None:
    """Two are called Eva, and somebody is called like the id of Leo."""
    people = {"leo": "Leo", "ana": "Ana", "eva": "Eva", "eva2": "Eva", "x": "leo"}
    holds = {"A": "ana", "B": "eva", "C": "eva2", "D": "x", "E": "leo"}
    book = make_book(tmp_path, {
        "person": [{"person_id": p, "name": name, "team": "success"} for p, name in people.items()],
        "customer": [{"customer_id": c, "name": c} for c in holds],
        "subscription_span": [span(c, "2026-01-10", None, 10000) for c in holds],
        "assignment": [
            {"customer_id": c, "role": "success", "person_id": p, "from_at": "2026-01-01T08:00:00Z"}
            for c, p in holds.items()
        ],
    })  # fmt: skip

    def sums(person: str, *questions: str) -> list[int | None]:
        viewer = Viewer(person, scope=None, money=None, persons=frozenset({person}))
        return [page_of(Reading(book, viewer), question).mrr_cents for question in questions]

    assert sums("ana", "owner:is:Ana", "held:is:ana", "owner:is:Ana,(none)") == [10000, 10000, 10000]
    assert sums("ana", "owner:is:Leo", "owner:is:Ana,Leo", "owner:has:Ana", "owner:not:Ana") == [None] * 4
    assert sums("eva", "held:is:eva", "owner:is:Eva") == [10000, None], "another of the same name would be in the sum"
    assert sums("leo", "owner:is:Leo", "owner:is:leo") == [10000, None], "somebody else has one's id as a name"


# The text form --------------------------------------------------------------------------------------------------

WORDS = st.text(min_size=1, max_size=12).filter(lambda t: t == t.strip() and t)
NUMBERS = st.decimals(-9999, 99999, places=2).map(str)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1)).map(lambda d: d.isoformat())
VALUES = {
    "is": WORDS,
    "not": WORDS,
    "has": WORDS,
    "min": NUMBERS,
    "max": NUMBERS,
    "before": DAYS,
    "from": DAYS,
    **dict.fromkeys(("next", "last", "over"), st.integers(0, 9999).map(str)),
    "in": st.sampled_from(list(STRETCHES)),
}
NAMES = st.one_of(st.sampled_from(list(COLUMNS)), WORDS.map("attr:{}".format), WORDS.map("held:{}".format))


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    name = draw(NAMES)
    kind = Column.named(name).kind
    operator = draw(st.sampled_from(OPERATORS[kind]))
    values = VALUES[operator]
    if operator in ("is", "not") and kind is Kind.YES_NO:
        values = st.sampled_from(["yes", "no", "(none)"])
    elif operator == "is" and kind not in (Kind.TEXT, Kind.PERSON, Kind.CUSTOMER, Kind.STATUS):
        values = st.just("(none)")
    return Filter(name, operator, tuple(draw(st.lists(values, min_size=1, max_size=4))))


@st.composite
def asks(draw: st.DrawFn) -> CustomersAsk:
    columns = draw(st.lists(st.sampled_from(list(COLUMNS)), max_size=5, unique=True))
    shown = tuple(dict.fromkeys(["name", *columns])) if columns else DEFAULT_COLUMNS
    return CustomersAsk(
        text=draw(st.text(max_size=20)).strip(),
        filters=tuple(draw(st.lists(filters(), max_size=4))),
        columns=shown,
        sort=draw(st.sampled_from(list(COLUMNS))),
        descending=draw(st.booleans()),
    )


@given(filters())
def test_a_filter_reads_as_it_is_written(each: Filter) -> None:
    assert Filter.parse(str(each)) == each


@given(asks())
def test_a_question_reads_as_it_is_written(ask: CustomersAsk) -> None:
    assert CustomersAsk.from_parameters(parse_qs(urlencode(ask.parameters()))) == ask


def test_short_forms_are_filters(everything: Reading) -> None:
    ask = CustomersAsk.from_parameters({"status": ["paying"], "segment": ["mid"], "q": ["customer"]})
    assert tuple(map(str, ask.conditions)) == ("status:is:paying", "segment:is:mid")
    assert ask.in_filters().filters == ask.conditions
    short, long = (customers_page(everything, each).rows for each in (ask, ask.in_filters()))
    assert short == long
