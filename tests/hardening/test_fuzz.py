"""Loading answers whatever bytes it is given; longer at night, with other examples each time."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.hardening.fuzzing import BOOKS, SHEETS, TABLES, ZIPS, loads_whatever_it_is

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=1_000, deadline=None, derandomize=False, suppress_health_check=list(HealthCheck))
KINDS = [
    pytest.param("customer.csv", TABLES, id="tables of the book"),
    pytest.param("customers.csv", TABLES, id="exports"),
    pytest.param("customer.xlsx", BOOKS, id="workbooks"),
    pytest.param("customer.xlsx", SHEETS, id="sheets"),
    pytest.param("all.zip", ZIPS, id="archives"),
]


def check(name, strategy, how):
    @how
    @given(content=strategy)
    def holds(content):
        loads_whatever_it_is(name, content)

    holds()


@pytest.mark.parametrize(("name", "strategy"), KINDS)
def test_loading_answers_whatever_it_is_given(name, strategy):
    check(name, strategy, FEW)


@pytest.mark.nightly
@pytest.mark.parametrize(("name", "strategy"), KINDS)
def test_loading_answers_whatever_it_is_given_all_night(name, strategy):
    check(name, strategy, MANY)
