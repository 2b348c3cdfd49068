"""The page of an earlier id leads to the customer that is kept, also where evidence made two customers one."""

from pathlib import Path

from relevo.answers.identity import current_id, former_ids
from relevo.answers.reading import OPERATOR, Reading
from tests.making import make_book, span


def test_ids_that_evidence_has_made_one_are_followed(tmp_path: Path) -> None:
    book = make_book(
        tmp_path,
        {
            "customer": [
                {"customer_id": "pay:1", "name": "Acme SL", "domain": "acme.com", "source": "pay"},
                {"customer_id": "crm:1", "name": "Acme", "domain": "www.acme.com", "source": "crm"},
                {"customer_id": "crm:2", "name": "Beta", "source": "crm"},
            ],
            "customer_alias": [{"source": "crm", "external_id": "old-1", "customer_id": "crm:1"}],
            "subscription_span": [span("pay:1", "2025-01-01", None, 100, source="pay")],
        },
        "2025-03-31",
    )
    reading = Reading(book, OPERATOR)
    kept = current_id(reading, "pay:1")
    other = {"pay:1": "crm:1", "crm:1": "pay:1"}[kept]
    assert [current_id(reading, each) for each in (other, "old-1", "crm:2")] == [kept, kept, "crm:2"]
    assert former_ids(reading, kept) == {kept, other, "old-1"}
    book.close()
