"""Fidelity of hand-offs, by hand: the worked example of the docs, groups, what is not judged, windows, days."""

from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.measures.asking import ask, customers_behind
from relevo.measures.card import Ask, Record
from relevo.measures.catalog import find
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer

AS_OF = "2025-06-30"
FIVE_SIXTHS = "0.833333333333333333"
NAME = "handoff_fidelity"


def handed(key: str, completeness: str | None = "1", accuracy: str | None = "1", **more: Any) -> Row:
    """A hand-off of customer a from ana to cleo, given in January and confirmed in March 2025."""
    return {
        "handoff_id": key, "customer_id": "a", "from_role": "sales", "to_role": "success", "template": "sale",
        "from_person_id": "ana", "to_person_id": "cleo", "given_at": "2025-01-20T10:00:00",
        "confirmed_at": "2025-03-01T10:00:00", "completeness": completeness, "accuracy": accuracy, "items": 6,
        "reasks": 0, "reasks_unfilled": 0, **more,
    }  # fmt: skip


def rows(handoffs: list[Row], question: Ask | None = None, **more: Any) -> list[Record]:
    tables = {
        "subscription_span": [span("a", "2025-02-10", None, 10000), span("b", "2024-02-10", None, 10000)],
        "customer": [customer("a", segment="smb"), customer("b", segment="ent"), customer("c")],
        "customer_attribute": [
            {"customer_id": "b", "name": "tier", "value": tier, "from_at": at}
            for tier, at in (("silver", "2024-01-01"), ("gold", "2025-02-01"))
        ],
        "handoff": handoffs,
    }  # fmt: skip
    return list(ask(book_of(tables, more.pop("as_of", AS_OF), **more), NAME, question).rows)


def test_complete_at_first_sight_and_wrong_scores_low() -> None:
    """The example of docs/how-to/hand-offs.md: 5 of 6 filled, 4 of the 5 right, one re-ask about the empty one.

    5/6 x 4/5 x (1 - 1/6) = 0.833333 x 0.8 x 0.833333 = 0.555556.
    """
    (row,) = rows([handed("h1", FIVE_SIXTHS, "0.8", reasks=2, reasks_unfilled=1)])
    assert row == {
        "n": 1, "completeness": 0.833333, "accuracy": 0.8, "reask_rate": 0.166667, "fidelity": 0.555556,
        "low": None, "high": None,
    }  # fmt: skip
    assert "5/6 x 4/5 x 5/6 = 0.555556" in find(NAME).card.definition, "the page of the definition says the same"


def test_a_group_has_the_mean_of_the_products_and_not_the_product_of_the_means() -> None:
    """0.5 x 1 and 1 x 0.5: products 0.5 and 0.5, mean 0.5; the means 0.75 x 0.75 would say 0.5625."""
    (row,) = rows([handed("h1", "0.5", "1"), handed("h2", "1", "0.5")])
    assert (row["n"], row["completeness"], row["accuracy"]) == (2, 0.75, 0.75)
    assert (row["fidelity"], row["low"], row["high"]) == (0.5, 0.5, 0.5)


def test_the_interval_is_students() -> None:
    """0.2, 0.4, 0.6: mean 0.4, standard deviation 0.2, half a width of 4.302653 x 0.2 / sqrt(3) = 0.496828."""
    (row,) = rows([handed(f"h{i}", share) for i, share in enumerate(("0.2", "0.4", "0.6"))])
    assert (row["fidelity"], row["low"], row["high"]) == (0.4, 0.0, 0.896828)
    (row,) = rows([handed(f"h{i}", share) for i, share in enumerate(("0.50", "0.52", "0.54"))])
    assert (row["fidelity"], row["low"], row["high"]) == (0.52, 0.470317, 0.569683)


@pytest.mark.parametrize(
    ("more", "rate"),
    [
        ({"items": 4, "reasks_unfilled": 1}, 0.25),
        ({"items": None, "reasks_unfilled": 3}, 0.5),  # against six
        ({"items": 0, "reasks_unfilled": 3}, 0.5),
        ({"items": 3, "reasks_unfilled": 9}, 1.0),  # at most one
        ({"reasks": None, "reasks_unfilled": None}, 0.0),
        ({"reasks": 4, "reasks_unfilled": None}, 0.0),
    ],
)
def test_re_asks_over_items(more: dict[str, Any], rate: float) -> None:
    (row,) = rows([handed("h1", "1", "0.5", **more)])
    assert (row["reask_rate"], row["fidelity"]) == (rate, 0.5 * (1 - rate))


def test_what_cannot_be_judged_is_in_no_figure() -> None:
    known = handed("h0", "0.5")
    others = [
        handed("open", confirmed_at=None), handed("later", confirmed_at="2025-07-01T00:00:00"),
        handed("no accuracy", "0.5", None), handed("no completeness", None, "0.5"),
        handed("per cent", "80", "0.5"), handed("per cent too", "0.5", "90"),
    ]  # fmt: skip
    assert rows([known, *others]) == rows([known])
    assert rows(others) == [
        {"n": 0, "completeness": None, "accuracy": None, "reask_rate": None, "fidelity": None, "low": None,
         "high": None}
    ]  # fmt: skip
    assert rows(others, Ask(by="from_person")) == []


def test_a_day_ends_where_the_company_is() -> None:
    """Confirmed at 22:30 UTC on 30 June: that day in London, and already 1 July in Madrid."""
    late = [handed("h1", confirmed_at="2025-06-30T22:30:00")]
    assert rows(late, timezone="Europe/London")[0]["n"] == 1
    assert rows(late, timezone="Europe/Madrid")[0]["n"] == 0
    assert rows(late, timezone="Europe/Madrid", as_of="2025-07-01")[0]["n"] == 1


def test_a_window_is_of_months_that_end_with_the_as_of_days() -> None:
    dated = [handed(f"h{day}", confirmed_at=f"{day}T12:00:00") for day in ("2025-04-30", "2025-05-01", "2025-06-30")]
    assert [rows(dated, Ask(months=n))[0]["n"] for n in (1, 2, 3, 12)] == [1, 2, 3, 3]
    assert rows(dated)[0]["n"] == 3
    with pytest.raises(WrongUse, match="window of 0"):
        rows(dated, Ask(months=0))


def test_by_its_own_dimensions() -> None:
    given = [
        handed("h1", "0.5"), handed("h2", "0.7"), handed("h3", "0.9", from_person_id="ben", template="upgrade"),
        handed("h4", "0.3", from_person_id=None, to_person_id=None, template=None),
    ]  # fmt: skip
    assert [(r["from_person"], r["n"], r["fidelity"]) for r in rows(given, Ask(by="from_person"))] == [
        ("(none)", 1, 0.3), ("ana", 2, 0.6), ("ben", 1, 0.9),
    ]  # fmt: skip
    assert [(r["to_person"], r["n"]) for r in rows(given, Ask(by="to_person"))] == [("(none)", 1), ("cleo", 3)]
    assert [(r["template"], r["n"]) for r in rows(given, Ask(by="template"))] == [
        ("(none)", 1), ("sale", 2), ("upgrade", 1),
    ]  # fmt: skip
    assert list(rows(given, Ask(by="template"))[0]) == [
        "template", "n", "completeness", "accuracy", "reask_rate", "fidelity", "low", "high",
    ]  # fmt: skip


def test_conditions_on_its_own_dimensions_and_on_those_of_customers() -> None:
    given = [
        handed("h1", "0.5"), handed("h2", "0.7", customer_id="b"), handed("h3", "0.9", from_person_id="ben"),
        handed("h4", "0.3", from_person_id=None),
    ]  # fmt: skip

    def fidelity(*where: tuple[str, str], by: str | None = None) -> list[float]:
        return [r["fidelity"] for r in rows(given, Ask(by=by, where=where))]

    assert fidelity(("from_person", "ana")) == [0.6]
    assert fidelity(("from_person", "ana"), ("from_person", "ben")) == [0.7]
    assert fidelity(("from_person", "(none)")) == [0.3]
    assert fidelity(("from_person", "ana"), ("segment", "smb")) == [0.5]
    assert fidelity(("from_person", "ana"), by="segment") == [0.7, 0.5]  # ent, smb
    assert fidelity(("segment", "smb"), by="from_person") == [0.3, 0.5, 0.9]
    assert fidelity(("from_person", "nobody"), by="template") == []


def test_a_customers_slice_is_that_of_the_month_in_which_it_was_given() -> None:
    """The tier of b rose in February 2025; whoever never paid, or was handed over at an unknown time, has one too."""
    given = [
        handed("h1", "0.1", customer_id="b", given_at="2025-01-31T12:00:00"),
        handed("h2", "0.2", customer_id="b", given_at="2025-02-01T12:00:00"),
        handed("h3", "0.3", customer_id="b", given_at=None),
        handed("h4", "0.4", customer_id="c", given_at="2025-02-01T12:00:00"),
    ]
    assert {r["tier"]: (r["n"], r["fidelity"]) for r in rows(given, Ask(by="tier"))} == {
        "silver": (2, 0.2), "gold": (1, 0.2), "(none)": (1, 0.4),
    }  # fmt: skip
    assert [r["segment"] for r in rows([handed("h1")], Ask(by="segment"))] == ["smb"]
    at_night = [handed("h1", customer_id="b", given_at="2025-01-31T23:30:00")]
    tiers = [rows(at_night, Ask(by="tier"), timezone=f"Europe/{town}")[0]["tier"] for town in ("London", "Madrid")]
    assert tiers == ["silver", "gold"], "the month is the company's"


def test_the_customers_behind_are_not_the_hand_offs() -> None:
    given = [handed("h1"), handed("h2"), handed("h3", customer_id="b"), handed("h4", from_person_id="ben")]
    book = book_of({"handoff": given}, AS_OF)
    assert customers_behind(book, NAME, Ask()) == {None: 2}
    assert customers_behind(book, NAME, Ask(by="from_person")) == {"ana": 2, "ben": 1}
    assert customers_behind(book, "mrr", Ask()) is None


@pytest.mark.parametrize("name", ["mrr", "promises", "sold_book"])
def test_its_dimensions_are_its_own(name: str) -> None:
    book = book_of({"subscription_span": [span("a", "2025-02-10", None, 10000)]}, AS_OF)
    with pytest.raises(WrongUse, match="'from_person' is not a dimension") as refused:
        ask(book, name, Ask(by="from_person"))
    assert ("person, " in str(refused.value)) == (name == "promises")
    with pytest.raises(WrongUse, match=r"'colour' is not a dimension\. Known: .*from_person, .*template, to_person"):
        ask(book, NAME, Ask(where=(("colour", "red"),)))
