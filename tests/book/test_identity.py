"""Who is one customer: aliases with and without a source, merges made here, chains, loops, who only billing knows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from relevo.book.book import Book
from relevo.measures.asking import ask
from tests.making import make, make_book, span

Rows = list[dict[str, Any]]


def alias(source: str, external_id: str, customer_id: str) -> dict[str, str]:
    return {"source": source, "external_id": external_id, "customer_id": customer_id}


def here(external_id: str, customer_id: str) -> dict[str, str]:
    return alias("relevo", external_id, customer_id)


CUSTOMERS: Rows = [
    {"customer_id": c, "name": f"Name of {c}", "source": "crm"}
    for c in ("kept", "merged", "mid", "end", "loop1", "loop2", "loop3", "into_loop", "own", "solo")
] + [{"customer_id": "crm-7", "name": "Seven", "source": "crm"}]

SPANS: Rows = [
    # Billing's own id, translated by an alias of billing; the same id of another source is somebody else.
    span("cus_1", "2025-01-01", None, 100, subscription_id="s1", source="billing"),
    # No alias of this source, but exactly one alias carries the id and no customer has it.
    span("cus_2", "2025-01-01", None, 200, subscription_id="s2", source="other"),
    # Two aliases carry the id: nothing is guessed.
    span("cus_3", "2025-01-01", None, 300, subscription_id="s3", source="other"),
    # A customer has that id itself, so a lone alias of another source does not take it.
    span("own", "2025-01-01", None, 400, subscription_id="s4", source="other"),
    span("merged", "2025-01-01", None, 500, subscription_id="s5"),
    span("loop1", "2025-01-01", None, 600, subscription_id="s6"),
    span("cus_9", "2025-01-01", None, 700, subscription_id="s7", source="billing"),
    span("unknown", "2025-01-01", None, 800, subscription_id="s8"),
]
ALIASES: Rows = [
    alias("billing", "cus_1", "kept"), alias("desk", "cus_2", "solo"),
    alias("desk", "cus_3", "kept"), alias("mail", "cus_3", "solo"), alias("desk", "own", "kept"),
    alias("crm", "crm-7", "seven"), alias("billing", "cus_9", "merged"),
    here("merged", "mid"), here("mid", "end"),
    here("loop1", "loop2"), here("loop2", "loop3"), here("loop3", "loop1"), here("into_loop", "loop1"),
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    tables: Mapping[str, Rows] = {"customer": CUSTOMERS, "subscription_span": SPANS, "customer_alias": ALIASES}
    return make_book(tmp_path_factory.mktemp("identity"), tables, "2025-03-31")


def paying(book: Book) -> dict[str, str]:
    """Subscription by who pays it."""
    spans = book.run(book.tables.subscription_span).dicts()
    return {s["subscription_id"]: s["customer_id"] for s in spans}


def matches(book: Book) -> dict[tuple[str, str], tuple[str, str]]:
    found = book.run_sql("SELECT source, external_id, customer_id, reason FROM identity_match").rows
    return {(source, external): (customer, reason) for source, external, customer, reason in found}


def test_an_alias_speaks_for_its_source(book: Book) -> None:
    assert paying(book)["s1"] == "kept"
    assert matches(book)["billing", "cus_1"] == ("kept", "alias of its source")


def test_an_id_without_an_alias_of_its_source_is_matched_only_where_it_can_mean_one_customer(book: Book) -> None:
    assert (paying(book)["s2"], paying(book)["s3"], paying(book)["s4"]) == ("solo", "cus_3", "own")
    assert matches(book)["other", "cus_2"] == ("solo", "alias, source not stated")
    assert ("other", "cus_3") not in matches(book)


def test_a_merge_made_here_is_followed_to_its_end_after_an_alias_too(book: Book) -> None:
    assert (paying(book)["s5"], paying(book)["s7"]) == ("end", "end")
    assert matches(book)["billing", "cus_9"] == ("end", "merged here")


def test_merges_that_lead_back_leave_everybody_as_they_are_and_are_told(book: Book) -> None:
    assert paying(book)["s6"] == "loop1"
    told = {f.where for f in book.manifest.findings if f.code == "merge_loop"}
    assert told == {f"customer_alias {c}" for c in ("loop1", "loop2", "loop3", "into_loop")}


def test_customers_that_became_one_keep_the_row_of_the_one_kept(book: Book) -> None:
    names = {c["customer_id"]: c["name"] for c in book.run(book.tables.customer).dicts()}
    assert names["end"] == "Name of end"
    assert {"merged", "mid"} & set(names) == set()
    assert names["seven"] == "Seven"


def test_who_only_billing_knows_is_a_customer_with_its_id_as_its_name_and_is_counted(book: Book) -> None:
    names = {c["customer_id"]: c["name"] for c in book.run(book.tables.customer).dicts()}
    assert (names["unknown"], names["cus_3"]) == ("unknown", "cus_3")
    (told,) = [f for f in book.manifest.findings if f.code == "customer_without_row"]
    assert "cus_3, unknown" in told.message


def test_no_money_is_lost_by_deciding_who_is_one(book: Book) -> None:
    assert ask(book, "mrr").rows[-1]["mrr_cents"] == sum(s["unit_amount_cents"] for s in SPANS)


def test_a_customer_known_by_another_id_of_its_own_source_is_not_taken_for_unknown(tmp_path: Path) -> None:
    """The CRM's customers carry its ids, and an alias names them: billing finds their rows."""
    report = make(
        tmp_path,
        {
            "customer": [{"customer_id": "crm-1", "name": "One", "source": "crm"}],
            "customer_alias": [alias("crm", "crm-1", "one")],
            "subscription_span": [span("one", "2025-01-01", None, 100)],
        },
        "2025-03-31",
    )
    assert [f.code for f in report.findings] == []


def test_without_aliases_every_id_is_its_own(tmp_path: Path) -> None:
    made = make_book(tmp_path, {"subscription_span": [span("A", "2025-01-01", None, 100)]}, "2025-03-31")
    assert matches(made) == {}
    assert [c["name"] for c in made.run(made.tables.customer).dicts()] == ["A"]
