"""Measures of staying and leaving over books in memory: what they count, and that they say what the estimators say."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest

from relevo.base.periods import first_day, month_text, parse_month
from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.estimators.comparison import Lives, log_rank
from relevo.measures.estimators.cox import cox
from relevo.measures.estimators.hazards import discrete_hazards, losses_of
from relevo.measures.estimators.shifted_beta_geometric import fit
from relevo.measures.revenue.survival_patterns import OTHER
from tests.making import span
from tests.measures.casebook import cases
from tests.measures.memory import Memory

Rows = list[dict[str, Any]]
START = parse_month("2024-01")
AS_OF = date(2025, 12, 31)
LAST = parse_month("2025-12")


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def months(name: str, first: int, left: int | None, cents: int = 1000, **more: Any) -> dict[str, Any]:
    """A customer that pays from the middle of a month to the middle of another."""
    day = f"{month_text(first)}-15"
    return span(name, day, None if left is None else f"{month_text(left)}-15", cents, **more)


class Company:
    """Customers with traits; each began in a month and left after so many months, or is still here."""

    def __init__(self) -> None:
        self.spans: Rows = []
        self.customers: Rows = []
        self.lives: list[tuple[int, int, dict[str, Any]]] = []

    def add(self, duration: int | None, began: int = START, plan: str | None = None, **traits: Any) -> None:
        name = f"c{len(self.customers)}"
        left = None if duration is None else began + duration
        self.spans.append(months(name, began, left, plan=plan))
        self.customers.append({"customer_id": name, "name": name, **traits})
        self.lives.append((LAST - began if duration is None else duration, int(duration is not None), traits))

    def book(self, memory: Memory, **more: Any) -> Book:
        return memory.book({"subscription_span": self.spans, "customer": self.customers}, AS_OF, **more)

    def columns(self, **wanted: str) -> tuple[list[int], list[int]]:
        kept = [(d, e) for d, e, traits in self.lives if all(traits[k] == v for k, v in wanted.items())]
        return [d for d, _ in kept], [e for _, e in kept]


def two_kinds() -> Company:
    """200 customers, two segments and three countries; small ones leave twice as fast."""
    company, draw = Company(), np.random.default_rng(5)
    for place in range(200):
        small = place % 3 > 0
        left = int(draw.geometric(0.08 if small else 0.04))
        country = ("ES", "MX", "BR")[int(draw.integers(3))]
        began = START + place % 12
        company.add(
            left if began + left <= LAST else None, began,
            segment="smb" if small else "ent", country=country, size_band="1-10" if small else "11-50",
        )  # fmt: skip
    return company


@pytest.fixture(scope="module")
def company() -> Company:
    return two_kinds()


@pytest.fixture(scope="module")
def book(company: Company, memory: Memory) -> Book:
    return company.book(memory)


def rows(book: Book, name: str, by: str | None = None, **more: Any) -> Rows:
    return list(ask(book, name, Ask(by=by, **more)).rows)


# survival -------------------------------------------------------------------------------------------------


def test_pictures_stop_where_fewer_than_ten_are_at_risk(book: Book, company: Company) -> None:
    found = rows(book, "survival")
    assert {r["shown"] for r in found} == {True, False}
    assert all(r["shown"] == (r["at_risk"] >= 10) for r in found)
    assert sum(r["events"] for r in found) == sum(company.columns()[1])
    assert found[0]["at_risk"] == len(company.lives)


# survival_compare -----------------------------------------------------------------------------------------


def test_groups_are_compared_by_the_log_rank_test(book: Book, company: Company) -> None:
    wanted = log_rank({s: Lives(*company.columns(segment=s)) for s in ("smb", "ent")})
    found = {r["level"]: r for r in rows(book, "survival_compare", "segment")}
    assert list(found) == ["smb", "ent"]
    for name, row in found.items():
        assert (row["segment"], row["term"]) == (name, "segment")
        assert row["statistic"] == pytest.approx(wanted.statistic, abs=1e-6)
        assert (row["p"], row["degrees"]) == (pytest.approx(wanted.p, abs=1e-6), 1)
        assert row["events"] == wanted.groups[name].observed
        assert row["expected"] == pytest.approx(wanted.groups[name].expected, abs=0.005)
        assert row["n"] == len(company.columns(segment=name)[0])
    assert found["smb"]["median_months"] < found["ent"]["median_months"]


def test_without_a_dimension_the_usual_four_are_compared(book: Book) -> None:
    found = rows(book, "survival_compare")
    assert [r["term"] for r in found] == ["segment", "segment", "plan", "channel", "size_band", "size_band"]
    # A dimension in which all are alike has nothing to compare.
    assert [r["statistic"] for r in found if r["term"] in ("plan", "channel")] == [None, None]
    assert found[0]["statistic"] == found[4]["statistic"]


def test_small_values_are_pooled_by_how_many_could_have_left_not_by_how_many_did(memory: Memory) -> None:
    """Twenty countries of six customers; in half of them nobody left. The pool must leave like everybody."""
    company = Company()
    for place in range(120):
        company.add(6 if place % 4 == 0 else None, country=f"k{place % 20:02d}")
    for place in range(120):
        company.add(6 if place % 4 == 0 else None, country="ES")
    found = {r["level"]: r for r in rows(company.book(memory), "hazard_ratios", "country")}
    assert list(found) == ["ES", OTHER]
    assert (found[OTHER]["n"], found[OTHER]["events"]) == (120, 30)
    assert found[OTHER]["hazard_ratio"] == pytest.approx(1.0)


def test_at_most_twelve_values_are_compared(memory: Memory) -> None:
    company = Company()
    for place in range(14 * 20):
        company.add(5 if place < 14 * 12 else None, country=f"k{place % 14:02d}")
    found = rows(company.book(memory), "survival_compare", "country")
    assert len(found) == 12
    assert found[-1]["level"] == OTHER
    assert sum(r["n"] for r in found) == 14 * 20


# hazard_ratios --------------------------------------------------------------------------------------------


def test_ratios_are_those_of_cox_s_model_over_every_customer(book: Book, company: Company) -> None:
    durations, events = company.columns()
    x = [[float(traits["country"] == c) for c in ("MX", "BR")] for _, _, traits in company.lives]
    wanted = {t.name: t for t in cox(x, durations, events, names=("MX", "BR")).terms}
    found = {r["level"]: r for r in rows(book, "hazard_ratios", "country")}
    reference = next(iter(found))
    assert found[reference]["hazard_ratio"] == 1.0
    assert found[reference]["low"] is None
    if reference == "ES":
        for name, term in wanted.items():
            assert found[name]["hazard_ratio"] == pytest.approx(term.hazard_ratio, abs=1e-5)
            assert (found[name]["low"], found[name]["high"]) == pytest.approx((term.low, term.high), abs=1e-4)
            assert found[name]["p"] == pytest.approx(term.p, abs=1e-5)


def test_a_dimension_that_repeats_another_is_left_out_with_its_reason(book: Book) -> None:
    """Size is segment under another name: segment has a ratio, size says why it has none."""
    found = {(r["term"], r["level"]): r for r in rows(book, "hazard_ratios")}
    assert 0.2 < found["segment", "ent"]["hazard_ratio"] < 0.9
    assert found["segment", "ent"]["note"] == ""
    repeated = found["size_band", "11-50"]
    assert (repeated["hazard_ratio"], repeated["low"], repeated["p"]) == (None, None, None)
    assert "follow from one another" in repeated["note"]
    assert found["plan", "(none)"]["hazard_ratio"] == 1.0


def test_where_one_side_never_leaves_the_reason_stands_instead_of_a_ratio(memory: Memory) -> None:
    company = Company()
    for place in range(60):
        company.add(3 + place % 7 if place % 2 else None, segment="smb" if place % 2 else "ent")
    found = {r["level"]: r for r in rows(company.book(memory), "hazard_ratios", "segment")}
    assert [r["hazard_ratio"] for r in found.values()].count(None) == 1
    assert any("infinite" in r["note"] for r in found.values())


# Nobody yet -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["survival", "survival_compare", "hazard_ratios", "renewal_hazards", "cohort_total", "cohort_projection"]
)
def test_a_book_without_customers_has_no_rows(memory: Memory, name: str) -> None:
    empty = memory.book({}, AS_OF)
    assert rows(empty, name) == []
    assert rows(empty, name, "segment") == []


# renewal_hazards ------------------------------------------------------------------------------------------


def contracts(active: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Customers on yearly terms from 2015 on; so many are left after each renewal, and the rest wait for the next."""
    for place in range(active[0]):
        kept = sum(place < n for n in active[1:])
        for year in range(kept + 1):
            last = year == kept
            left = last and kept < len(active) - 1
            term = {"term_end_on": f"{2016 + year}-03-01", "unit_amount_cents": 1000}
            end = f"{2016 + year}-03-01" if not last or left else None
            yield span(f"c{place}", f"{2015 + year}-03-01", end, 1000, **term)


def test_hazards_fall_from_renewal_to_renewal_though_nobody_changes(memory: Memory) -> None:
    """The cohort of SUR-003, a tenth of it: 100 customers, of which 63, 47, 38 and 33 renew."""
    active = [100, 63, 47, 38, 33]
    book = memory.book({"subscription_span": list(contracts(active))}, date(2019, 12, 31))
    found = rows(book, "renewal_hazards")
    wanted, model = discrete_hazards(*losses_of(active)), fit(*losses_of(active))
    assert [r["renewal"] for r in found] == [1, 2, 3, 4, 5]
    for row, hazard in zip(found, wanted, strict=False):
        assert (row["exposed"], row["lost"], row["waiting"]) == (hazard.exposed, hazard.lost, 0)
        assert row["hazard"] == pytest.approx(hazard.hazard, abs=1e-6)
        assert (row["low"], row["high"]) == (hazard.low, hazard.high)
        assert row["kept"] == pytest.approx(hazard.survival, abs=1e-6)
    ahead = found[-1]
    assert (ahead["exposed"], ahead["waiting"], ahead["hazard"], ahead["kept"]) == (0, 33, None, None)
    assert ahead["model_kept"] == pytest.approx(model.survival(5)[-1], abs=1e-6)
    assert ahead["model_hazard"] == pytest.approx(model.hazards(5)[-1], abs=1e-6)


def test_renewals_of_whoever_was_there_before_history_have_no_number(memory: Memory) -> None:
    old = [s for s in contracts([20, 15, 12]) if s["valid_from"] >= "2016"]
    new = [{**s, "customer_id": f"n{s['customer_id']}", "subscription_id": f"n{s['subscription_id']}"}
           for s in contracts([20, 15, 12])]  # fmt: skip
    later = [
        {**s, **{k: str(int(s[k][:4]) + 2) + s[k][4:] for k in ("valid_from", "valid_to", "term_end_on") if s[k]}}
        for s in new
    ]
    book = memory.book(
        {"subscription_span": [*old, *later]}, date(2019, 12, 31), history_starts_on=date(2016, 3, 1)
    )  # fmt: skip
    found = {r["renewal"]: r for r in rows(book, "renewal_hazards")}
    assert found[1]["exposed"] == 20
    assert found[1]["lost"] == 5
    unknown = found[None]
    assert (unknown["exposed"], unknown["lost"], unknown["waiting"]) == (27, 3, 0)
    assert (unknown["kept"], unknown["model_hazard"]) == (None, None)
    cut = [{k: v for k, v in r.items() if k != "segment"} for r in rows(book, "renewal_hazards", "segment")]
    assert cut == list(found.values())


def test_without_a_term_nothing_can_be_renewed(book: Book) -> None:
    assert rows(book, "renewal_hazards") == []


# cohort_total and cohort_projection -----------------------------------------------------------------------


def bullhound() -> Rows:
    """The cohorts of COH-001, each one customer whose MRR moves as the published percentages say."""
    found = []
    for cohort in cases()["COH-001"]["input"]["cohorts"]:
        first, shares = parse_month(cohort["month"]), cohort["retention_pct"]
        for age, pct in enumerate(shares):
            last = age == len(shares) - 1
            end = None if last else str(first_day(first + age + 1))
            found.append(span(cohort["month"], str(first_day(first + age)), end, cohort["initial_mrr"] * pct))
    return found


def test_the_published_triangle_and_what_the_chain_ladder_makes_of_it(memory: Memory) -> None:
    book = memory.book({"subscription_span": bullhound()}, date(2022, 10, 31))
    expected = cases()["COH-001"]["expected"]["recomputed_from_rounded_cells_pct"]
    found = rows(book, "cohort_total")[:14]
    assert [100 * r["mrr_rate"] for r in found] == pytest.approx(expected, abs=1e-3)
    assert [r["cohorts"] for r in found] == [16 - age for age in range(14)]


def three_cohorts() -> Rows:
    """COH-003: 10, 20 and 30 customers; the first loses one a month, the second two."""
    stays = {0: [10, 9, 8], 1: [20, 18], 2: [30]}
    return [
        months(f"k{cohort}-{place}", START + cohort, None if lost is None else START + cohort + lost)
        for cohort, seen in stays.items()
        for place in range(seen[0])
        for lost in [next((age for age, n in enumerate(seen) if place >= n), None)]
    ]


def test_the_total_row_leaves_out_what_cannot_be_seen_yet(memory: Memory) -> None:
    book = memory.book({"subscription_span": three_cohorts()}, date(2024, 3, 31))
    expected = cases()["COH-003"]["expected"]
    found = rows(book, "cohort_total")
    assert [r["customer_rate"] for r in found] == [1.0, expected["pooled_m1"], expected["pooled_m2"]]
    assert [(r["cohorts"], r["n_started"], r["customers"]) for r in found] == [(3, 60, 60), (2, 30, 27), (1, 10, 8)]
    assert [r["mrr_rate"] for r in found] == [1.0, 0.9, 0.8]
    assert found[1]["low"] < 0.9 < found[1]["high"]


def test_cohorts_are_carried_on_as_far_as_ten_customers_lead(memory: Memory) -> None:
    """From age 0 to 1 thirty customers show 0.9, from 1 to 2 nine: too few, so nothing is said of age 2."""
    book = memory.book({"subscription_span": three_cohorts()}, date(2024, 3, 31))
    found = {(r["cohort"], r["age"]): r for r in rows(book, "cohort_projection")}
    assert len(found) == 4 * 37
    assert found["2024-01", 2]["customer_rate"] == 0.8
    assert found["2024-03", 1]["customer_rate"] == 0.9
    assert found["2024-03", 1]["mrr_rate"] == 0.9
    assert found["2024-03", 0]["seen"]
    assert not found["2024-03", 1]["seen"]
    assert found["2024-03", 2]["customer_rate"] is None
    assert found["2024-02", 2]["customer_rate"] is None
    assert found["total", 1]["customer_rate"] == 0.9
    assert found["total", 2]["customer_rate"] is None
    assert found["total", 0]["n_started"] == 60


def steady(size: int, every: int) -> Rows:
    """Twelve cohorts of which a share leaves every month, or only every so many months."""
    draw, found = np.random.default_rng(9), []
    for cohort in range(24):
        for place in range(size):
            chance = draw.beta(0.8, 6)
            left = every * int(draw.geometric(chance))
            gone = None if START + cohort + left > LAST else START + cohort + left
            found.append(months(f"k{cohort}-{place}", START + cohort, gone))
    return found


@pytest.fixture(scope="module")
def monthly(memory: Memory) -> Rows:
    return rows(memory.book({"subscription_span": steady(40, 1)}, AS_OF), "cohort_projection")


def test_a_model_that_follows_the_curve_answers_beyond_the_oldest_cohort(monthly: Rows) -> None:
    found = {(r["cohort"], r["age"]): r for r in monthly}
    oldest, youngest = found["2024-01", 36], found["2025-12", 36]
    assert oldest["customer_rate"] is None
    assert oldest["model_low"] < oldest["model_rate"] < oldest["model_high"]
    assert found["2024-01", 23]["model_rate"] is None
    assert youngest["model_rate"] < found["2025-12", 24]["model_rate"]
    total = found["total", 36]
    assert total["model_low"] < total["model_rate"] < total["model_high"]
    # Where both speak they agree: the same customers, once by steps, once by a model.
    seen = found["total", 18]
    assert seen["low"] < seen["customer_rate"] < seen["high"]
    assert seen["model_rate"] == pytest.approx(seen["customer_rate"], abs=0.05)


def test_a_projection_lies_in_its_interval_and_is_no_wider_near(monthly: Rows) -> None:
    ahead = [r for r in monthly if r["cohort"] == "2025-06" and r["low"] is not None]
    assert next(r["age"] for r in ahead) == 7
    assert all(r["low"] < r["customer_rate"] < r["high"] for r in ahead)
    widths = [r["high"] - r["low"] for r in ahead]
    assert widths[0] < widths[10]


def test_no_model_where_contracts_end_in_bursts(memory: Memory) -> None:
    found = rows(memory.book({"subscription_span": steady(20, 12)}, AS_OF), "cohort_projection")
    assert {r["model_rate"] for r in found} == {None}


def test_a_cohort_of_which_nobody_is_left_stays_at_nothing(memory: Memory) -> None:
    gone = [months(f"g{i}", START, START + 2) for i in range(12)]
    found = rows(memory.book({"subscription_span": [*gone, *steady(20, 1)]}, AS_OF), "cohort_projection", "plan")
    assert {r["plan"] for r in found} == {"(none)"}
    assert all(r["customer_rate"] is None or 0 <= r["customer_rate"] <= 1 for r in found)
