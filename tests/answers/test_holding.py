"""Who holds a customer and what is open are asked of the book's day, and head, list, tab and sight say the same."""

from datetime import date

import pytest

from relevo.answers.customer_head import customer_head
from relevo.answers.customer_talks import customer_talks
from relevo.answers.customers import customers_page
from relevo.answers.customers_ask import CustomersAsk
from relevo.answers.reading import OPERATOR, Reading
from relevo.answers.scope import own_customers
from relevo.base.config import Company
from relevo.book.book import Book
from tests.making import make_book, span

# The book's day, 31 October in Madrid, ends at this moment.
END = "2026-10-31T23:00:00Z"
# Customer to who holds it, since when, until when; and whether that is so on the book's day.
HELD = {
    "ENDS_LATER": ("ana", "2026-01-01T08:00:00Z", "2026-12-01T08:00:00Z", True),
    "BEGINS_LATER": ("ben", "2026-11-15T08:00:00Z", None, False),
    "ENDED": ("ana", "2026-01-01T08:00:00Z", "2026-10-31T22:59:59Z", False),
    "ENDS_WITH_THE_DAY": ("ana", "2026-01-01T08:00:00Z", END, True),
    "BEGINS_WITH_THE_NEXT": ("ben", END, None, False),
}
# Customer to when its conversation was solved and closed; and whether it is open on the book's day.
TALKS = {
    "ENDS_LATER": ("2026-11-05T10:00:00Z", "2026-11-06T10:00:00Z", True),
    "BEGINS_LATER": (None, None, True),
    "ENDED": ("2026-10-05T10:00:00Z", "2026-11-06T10:00:00Z", False),
    "ENDS_WITH_THE_DAY": (None, END, True),
    "BEGINS_WITH_THE_NEXT": (None, "2026-10-31T22:59:59Z", False),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    tables = {
        "person": [
            {"person_id": p, "name": p.title(), "email": f"{p}@norte.example", "team": "success"}
            for p in ("ana", "ben")
        ],
        "customer": [{"customer_id": c, "name": c} for c in HELD],
        "subscription_span": [span(c, "2026-01-10", None, 10000) for c in HELD],
        "assignment": [
            {"customer_id": c, "role": "success", "person_id": who, "from_at": since, "to_at": until}
            for c, (who, since, until, _) in HELD.items()
        ],
        "conversation": [
            {"conversation_id": f"V-{c}", "customer_id": c, "channel": "mail", "opened_at": "2026-10-01T10:00:00Z",
             "resolved_at": solved, "closed_at": closed, "close_reason": "solved"}
            for c, (solved, closed, _) in TALKS.items()
        ],
    }  # fmt: skip
    company = Company("Norte Software", "EUR", "Europe/Madrid")
    return make_book(tmp_path_factory.mktemp("holding"), tables, company=company)


@pytest.fixture(scope="module")
def everything(book: Book) -> Reading:
    return Reading(book, OPERATOR)


def listed(reading: Reading) -> dict[str, dict[str, object]]:
    page = customers_page(reading, CustomersAsk(columns=("name", "owner", "held", "open_conversations")))
    return {row.customer_id: dict(cells) for row, cells in zip(page.rows, page.cells, strict=True)}


@pytest.mark.parametrize("customer", HELD)
def test_head_list_and_sight_name_the_holder_of_the_books_day(everything: Reading, customer: str) -> None:
    person, _, _, is_held = HELD[customer]
    who, cells = person.title() if is_held else None, listed(everything)[customer]
    (success,) = customer_head(everything, customer).holders
    assert (success.who, cells["owner"], cells["held"]) == (who, who, who)
    assert (customer in own_customers(everything, f"{person}@norte.example")) is is_held


@pytest.mark.parametrize("customer", TALKS)
def test_head_list_and_tab_count_what_is_open_on_the_books_day(everything: Reading, customer: str) -> None:
    is_open, head = TALKS[customer][2], customer_head(everything, customer)
    talks = customer_talks(everything, customer)
    assert (head.open_conversations, talks.open_now) == (is_open, is_open)
    assert listed(everything)[customer]["open_conversations"] == is_open
    (talk,) = talks.rows
    assert (talk.resolved_at is None and talk.closed_at is None) is is_open, "an open one shows no end of a later day"


def test_an_earlier_day_of_the_same_book_has_its_own_holders(everything: Reading, book: Book) -> None:
    earlier = Reading(book.at(date(2025, 12, 31)), OPERATOR)
    later = Reading(book.at(date(2026, 11, 30)), OPERATOR)
    assert own_customers(earlier, "ana@norte.example") == frozenset()
    assert own_customers(later, "ben@norte.example") == {"BEGINS_LATER", "BEGINS_WITH_THE_NEXT"}
    (held,) = customer_head(later, "BEGINS_LATER").holders
    assert held.who == "Ben"
