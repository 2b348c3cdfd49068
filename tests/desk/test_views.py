"""Saved views: one's own to change, everybody's to use when shared."""

from datetime import UTC, datetime, timedelta

import pytest

from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.desk.work.actions_views import NameTaken, NoSuchView, ViewChange, change_view, delete_view, save_view
from relevo.desk.work.models import SavedView
from relevo.desk.work.views import views_for

NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_a_view_is_kept_changed_and_removed_with_a_trail() -> None:
    view = save_view("ana", "customers", "  Large  ones ", "?sort=mrr", NOON)
    assert (view.name, view.query, view.is_shared, view.created_at) == ("Large ones", "sort=mrr", False, NOON)
    changed = change_view("ana", view.id, ViewChange(query="sort=name", is_shared=True), LATER)
    assert (changed.name, changed.query, changed.is_shared, changed.changed_at) == (
        "Large ones", "sort=name", True, LATER,
    )  # fmt: skip
    delete_view("ana", view.id, LATER)
    assert views_for("ana") == ()
    assert list(AuditEntry.objects.order_by("id").values_list("action", "who", "about")) == [
        (f"view.{done}", "ana", "customers: Large ones") for done in ("saved", "changed", "deleted")
    ]


def test_one_chooses_from_ones_own_and_from_what_is_shared() -> None:
    mine = save_view("ana", "customers", "b", "", NOON)
    save_view("ben", "customers", "private", "", NOON)
    theirs = save_view("ben", "customers", "a", "", NOON, is_shared=True)
    other = save_view("ana", "data", "c", "", NOON)
    assert views_for("ana") == (theirs, mine, other)
    assert views_for("ana", "data") == (other,)


def test_a_view_of_another_is_not_there_to_be_changed() -> None:
    theirs = save_view("ben", "customers", "a", "", NOON, is_shared=True)
    with pytest.raises(NoSuchView):
        change_view("ana", theirs.id, ViewChange(name="mine"), NOON)
    with pytest.raises(NoSuchView):
        delete_view("ana", theirs.id, NOON)
    assert SavedView.objects.get().name == "a"


def test_two_views_of_one_owner_and_page_differ_by_name() -> None:
    save_view("ana", "customers", "a", "", NOON)
    second = save_view("ana", "customers", "b", "", NOON)
    save_view("ben", "customers", "a", "", NOON)
    save_view("ana", "data", "a", "", NOON)
    with pytest.raises(NameTaken):
        save_view("ana", "customers", "a", "", NOON)
    with pytest.raises(NameTaken):
        change_view("ana", second.id, ViewChange(name="a"), NOON)
    assert AuditEntry.objects.count() == 4


@pytest.mark.parametrize(
    ("page", "name", "query"),
    [
        ("", "a", ""), ("Customers", "a", ""), ("x" * 41, "a", ""), ("customers", " ", ""),
        ("customers", "x" * 81, ""), ("customers", "a\x00", ""), ("customers", "a", "q=\n"),
        ("customers", "a", "x" * 4001),
    ],
)  # fmt: skip
def test_what_is_no_view_is_refused(page: str, name: str, query: str) -> None:
    with pytest.raises(WrongUse):
        save_view("ana", page, name, query, NOON)


def test_there_are_at_most_two_hundred_views() -> None:
    for i in range(200):
        SavedView.objects.create(owner="ana", page="customers", name=str(i), created_at=NOON, changed_at=NOON)
    with pytest.raises(WrongUse, match="most"):
        save_view("ana", "customers", "one more", "", NOON)
