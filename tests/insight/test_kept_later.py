"""Who still pays a year later, by hand: customers with an unmet promise beside the others of their segment."""

from typing import Any

import pytest

from relevo.insight.relay.kept_later import broken_beside, kept_a_year, shares
from tests.measures.forward_books import book_of, customer, lives

AS_OF = "2026-06-30"
# Here at the end of June 2025, a year before the last complete month. Two of the six and one of the others left since.
UNMET = {f"u{i}": ("2024-01-10", "2026-01-15" if i < 2 else None) for i in range(6)}
OTHERS = {f"o{i}": ("2024-03-10", "2026-05-31" if i == 0 else None) for i in range(5)}
# Gone before, come after, and the one customer of another segment.
REST = {"before": ("2024-01-10", "2025-06-15"), "after": ("2025-07-10", None), "big": ("2024-01-10", None)}


def promise(key: str, who: str, due: str, **more: Any) -> dict[str, Any]:
    return {"promise_id": key, "customer_id": who, "text": "x", "product_state": "absent",
            "made_at": "2025-01-20T10:00:00", "due_on": due, **more}  # fmt: skip


PROMISES = [
    *(promise(f"p{who}", who, "2025-05-31") for who in list(UNMET)[:5]),
    promise("late", "u5", "2025-05-31", kept_at="2025-06-10T00:00:00"),
    promise("twice", "u0", "2025-04-30"),
    promise("kept", "o1", "2025-05-31", kept_at="2025-05-30T00:00:00"),
    promise("later", "o2", "2025-07-31"),
    promise("open", "o3", "2027-07-31"),
    promise("early", "before", "2025-05-31"),
]


def book(promises: list[dict[str, Any]]) -> Any:
    everybody = {**UNMET, **OTHERS, **REST}
    segment = {"big": "ent"}
    customers = [customer(name, segment=segment.get(name, "smb")) for name in everybody]
    return book_of({"subscription_span": lives(everybody), "customer": customers, "promise": promises}, AS_OF)


def test_what_was_unmet_a_year_ago_stands_beside_the_others_of_the_segment() -> None:
    ent, smb = broken_beside(book(PROMISES))
    assert (smb.segment, smb.unmet.n, smb.unmet.kept, smb.others.n, smb.others.kept) == ("smb", 6, 4, 5, 4)
    assert smb.unmet.share == pytest.approx(4 / 6)
    assert (smb.unmet.low, smb.unmet.high) == (pytest.approx(0.300, abs=1e-3), pytest.approx(0.903, abs=1e-3))
    assert (ent.segment, ent.unmet.n, ent.others.n, ent.others.share) == ("ent", 0, 1, None), "one customer is too few"


def test_a_promise_that_is_kept_a_year_later_was_unmet_then() -> None:
    late = [promise("p", "o4", "2025-05-31", kept_at="2025-07-10T00:00:00")]
    smb = broken_beside(book(late))[1]
    assert (smb.unmet.n, smb.others.n) == (1, 10)


def test_kept_is_paying_twelve_month_ends_after_the_first() -> None:
    kept = kept_a_year(book([]))
    assert kept == {
        **dict.fromkeys(UNMET, True), **dict.fromkeys(OTHERS, True), "before": True, "big": True,
    }, "began in 2024 and paid at the same month end of 2025; who came in July 2025 is not there yet"  # fmt: skip
    began = {"a": ("2025-01-10", "2026-01-15"), "b": ("2025-01-10", "2026-02-15"), "c": ("2025-06-10", None),
             "d": ("2025-07-10", None)}  # fmt: skip
    short = book_of({"subscription_span": lives(began)}, AS_OF)
    assert kept_a_year(short) == {"a": False, "b": True, "c": True}


def test_a_share_of_fewer_than_five_is_not_told() -> None:
    told = shares([("x", True)] * 4 + [("y", True)] * 4 + [("y", False)])
    assert (told["x"].n, told["x"].kept, told["x"].share) == (4, 4, None)
    assert told["y"].share == pytest.approx(0.8)
    assert shares([]) == {}
