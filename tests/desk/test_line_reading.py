"""What is plain of the lines of an item's text, and what is left to the person who takes them over."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.desk.relay.following import FOLLOWED
from relevo.desk.relay.line_reading import MOST, Numbers, day_of, exact, numbers_of, proposed, stem_of

NEITHER = Numbers()


def numbers(low: str, high: str, unit: str = "", metric: str = "") -> Numbers:
    return Numbers(metric, unit, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Planning time from 12 to 4 hours a week by 2026-06", numbers("12", "4", "hours a week", "Planning time")),
        ("from 12 to 20 percent by 2026-06", numbers("12", "20", "%")),
        ("from 12 per cent to 20 %", numbers("12", "20", "%")),
        ("Revenue from €12 000 to €20 000 by June 2026", numbers("12000", "20000", "EUR", "Revenue")),
        ("Errors: 12% → 4%", numbers("12", "4", "%", "Errors")),
        ("Orders from 1,200.50 to 1.800,25 EUR", numbers("1200.50", "1800.25", "EUR", "Orders")),
        ("Churn from 12 to 20 by 2026-06-30", numbers("12", "20", "", "Churn")),
        ("de 12 a 20 horas por semana hasta junio de 2026", numbers("12", "20", "horas por semana")),
        ("利用率从12%到20% 2026年6月30日", numbers("12", "20", "%", "利用率")),
        ("margin from -3 to 5.25 points.", numbers("-3", "5.25", "points", "margin")),
        ("from 1,200 to 800 EUR", NEITHER),
        ("from 12k to 20k EUR", NEITHER),
        ("cost from 12 to 20 million EUR", NEITHER),
        ("from 12 hours to 4 days", NEITHER),
        ("from 12 to 4 and from 3 to 5 hours", NEITHER),
        ("12 to 4 hours", NEITHER),
        ("Less work", NEITHER),
        ("20 percent more", NEITHER),
    ],
)
def test_numbers_are_read_where_a_line_says_them_once_and_plainly(line: str, wanted: Numbers) -> None:
    assert numbers_of(line) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("12", "12"), ("-3", "-3"), ("−3", "-3"), ("0.125", "0.125"), ("1.5", "1.5"), ("1,5", "1.5"),
        ("1200,500", "1200.500"), ("12 000", "12000"), ("12\u202f000,5", "12000.5"), ("1,200,300", "1200300"),
        ("1.200.300", "1200300"), ("1,200.5", "1200.5"), ("1.200,5", "1200.5"),
        ("1,200", None), ("1.200", None), ("1,2,3", None), ("1.2,3.4", None), ("", None), ("twelve", None),
        ("0.1234567", None), ("12 00", None),
    ],
)  # fmt: skip
def test_a_number_that_can_be_read_in_two_ways_is_not_read(text: str, wanted: str | None) -> None:
    assert exact(text) == (None if wanted is None else Decimal(wanted))


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Go-live 2026-06-30", date(2026, 6, 30)), ("by 2026-02", date(2026, 2, 28)),
        ("on 30.06.2026", date(2026, 6, 30)), ("by 31/12/2026", date(2026, 12, 31)),
        ("by 12/31/2026", date(2026, 12, 31)), ("4/4/2026", date(2026, 4, 4)),
        ("Dec 3rd, 2026", date(2026, 12, 3)), ("the 1st of June, 1 June 2026", date(2026, 6, 1)),
        ("3 de março de 2026", date(2026, 3, 3)), ("junio de 2026", date(2026, 6, 30)),
        ("2026年6月", date(2026, 6, 30)), ("May 2026", date(2026, 5, 31)),
        ("3/4/2026", None), ("1 December", None), ("2026-02-30", None), ("2026-13-01", None), ("13/13/2026", None),
        ("from 2026-01-01 to 2026-02-01", None), ("within 6 weeks", None), ("Q2 2026", None),
    ],
)  # fmt: skip
def test_a_day_is_read_where_a_line_names_one(line: str, wanted: date | None) -> None:
    assert day_of(line) == wanted


def test_each_line_is_proposed_once_without_its_bullet_and_with_its_priority() -> None:
    text = """- must: Two warehouses
* Nice to have: SSO by 2026-06-30

3. Reports for the night shift
TBD
• Must - have： Two warehouses
must: """
    found = proposed("needs", text)
    assert [(p.text, p.priority, p.due_on) for p in found] == [
        ("Two warehouses", "must", None), ("SSO by 2026-06-30", "nice", date(2026, 6, 30)),
        ("Reports for the night shift", "", None), ("must:", "", None),
    ]  # fmt: skip
    assert [p.text for p in proposed("calendar", "must: go live")] == ["must: go live"]


def test_an_event_names_its_evidence_and_a_value_its_numbers() -> None:
    (event,) = proposed("value_events", "First plan sent by 1 June 2026, evidence: mail of Rosa")
    assert (event.due_on, event.evidence, event.baseline) == (date(2026, 6, 1), "mail of Rosa", None)
    (value,) = proposed("expected_value", "[ ] Hours from 12 to 4 a week")
    assert (value.metric, value.baseline, value.target, value.unit) == ("Hours", Decimal(12), Decimal(4), "")


def test_a_line_is_known_again_where_only_its_day_was_changed() -> None:
    assert stem_of("Go-live 2026-06-01") == stem_of("go-live: 1 July 2026") != stem_of("Training 2026-06-01")


TEXTS = st.text(alphabet=st.sampled_from("ab 0123456789.,-/\n:€%→tofrmus年月日"), max_size=200) | st.text(max_size=200)


@given(item=st.sampled_from(FOLLOWED), text=TEXTS)
def test_no_word_of_a_text_is_lost_and_no_text_breaks_the_reading(item: str, text: str) -> None:
    """Every proposal is a part of a line of the text, in its order, each once."""
    found = proposed(item, text)
    lines = text.splitlines()
    places = [next(i for i, line in enumerate(lines) if p.text in line.replace("：", ":")) for p in found]
    assert len({p.key for p in found}) == len(found) <= MOST
    assert all(0 <= place < len(lines) for place in places)


@given(value=st.decimals(-(10**9), 10**9, places=2), other=st.decimals(0, 10**6, places=0))
def test_what_is_written_plainly_is_read_exactly(value: Any, other: Any) -> None:
    found = numbers_of(f"Hours from {value:f} to {other:f} EUR")
    assert (found.baseline, found.target, found.unit) == (value, other, "EUR")
