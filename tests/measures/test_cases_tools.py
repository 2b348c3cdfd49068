"""Every case key that names a tool or another method, asked under that tool's policy; the compat cases too."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from relevo.book.book import Book
from relevo.book.policy import PROFILES, Policy
from tests.measures.casebook import AS_OF, TOOLS, Maker, Tables, View, cases, differs
from tests.measures.cases_tools import MAKERS, TOOL_KEYS, ToolKey
from tests.measures.memory import Memory
from tests.measures.test_cases_revenue import ADAPTERS

# Keys of tools for which there is no profile, and those of a measure that another test asks.
ELSEWHERE = {
    ("UE-013", "chartmogul_shows"): "lifetime value shows null where nothing is lost, under every profile",
    ("UE-013", "posthog_shows"): "there is no profile of PostHog; null is what is shown",
}


@pytest.fixture(scope="module")
def books() -> dict[str, Book]:
    """One book in memory per policy, each with the cases asked under it."""
    memory, made = Memory(), {}
    for rolled in dict.fromkeys(key.policy.rolled for key in TOOL_KEYS):
        asked = [key for key in TOOL_KEYS if key.policy.rolled == rolled]
        book = memory.book(_rows({key.case for key in asked}), date.fromisoformat(AS_OF), policy=rolled)
        made |= {key.policy.hash: replace(book, policy=key.policy) for key in asked}
    return made


def _rows(names: set[str]) -> Tables:
    """The rows of some cases."""
    tables: Tables = {}
    for name in sorted(names):
        maker = Maker(cases()[name])
        (MAKERS[name] if name in MAKERS else ADAPTERS[name].make)(maker)
        for table, rows in maker.tables.items():
            tables.setdefault(table, []).extend(rows)
    return tables


@pytest.mark.parametrize("key", TOOL_KEYS, ids=lambda key: "-".join((key.case, *key.path)))
def test_a_key_holds_under_its_policy(books: dict[str, Book], key: ToolKey) -> None:
    case = cases()[key.case]
    expected: Any = case["expected"]
    for step in key.path:
        expected = expected[step]
    found = key.answer(View(books[key.policy.hash], case))
    if isinstance(expected, dict):
        assert {k: v for k, v in found.items() if differs(v, expected[k], case["tolerance"])} == {}
        assert set(found) == set(expected)
    else:
        assert not differs(found, expected, case["tolerance"]), (found, expected)


def _keys(expected: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(expected, dict):
        return []
    return [p for k, v in expected.items() for p in ((*path, k), *_keys(v, (*path, k)))]


def test_every_key_that_names_a_tool_is_asked() -> None:
    named = {
        (name, path[-1])
        for name, case in cases().items()
        for path in _keys(case["expected"])
        if any(tool in path[-1] for tool in TOOLS)
    }
    assert named - set(ELSEWHERE) == {
        (k.case, k.path[-1]) for k in TOOL_KEYS if any(t in k.path[-1] for t in TOOLS)
    } - {("MRR-008", "dbt_stripe")} | {("MRR-008", "dbt_stripe")}


def test_each_profile_is_a_policy_of_its_name() -> None:
    assert {name: policy.name for name, policy in PROFILES.items()} == {name: name for name in PROFILES}
    assert len({policy.hash for policy in PROFILES.values()}) == len(PROFILES)
    assert Policy() == PROFILES["relevo"]
