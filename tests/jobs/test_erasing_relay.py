"""Somebody is forgotten: what they said in a hand-off is neither in the home nor on the Desk, and stays away."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from relevo.base.config import Home
from relevo.desk.relay.actions import NewHandOff, accept, draft, give
from relevo.desk.relay.actions_customer import customer_says, make_link
from relevo.desk.relay.actions_fit import NewDecline, answer_fit, decline, override_gate
from relevo.desk.relay.actions_follow_ups import LineText, Word, change_line, say_of_line, take_over
from relevo.desk.relay.actions_items import ItemText, note_reask, save_item
from relevo.desk.relay.actions_promises import NewPromise, make_promise
from relevo.desk.relay.fit_questions import DEFAULTS as QUESTIONS
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.links import link_of
from relevo.desk.relay.models import FollowUp, HandOff, HandOffItem, Promise
from relevo.desk.relay.templates import DEFAULTS
from relevo.jobs import erasure
from relevo.jobs.mirror import mirror
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import refresh
from tests.hardening.forgetting import files_with
from tests.jobs.conftest import put

pytestmark = pytest.mark.django_db
AT, DAY = datetime(2026, 9, 1, 12, tzinfo=UTC), timedelta(days=1)
# Of A's contact k1, of k2 who is of A too, of the whole customer A, and of B, who stays.
HERS, HIS, ALL, STAYS = "saffron", "turmeric", "cardamom", "cinnamon"


@pytest.fixture
def kept(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home in whose hand-offs, promises and fit four people are spoken of; mirrored and built."""
    monkeypatch.setattr("relevo.desk.people.actions_erasing.forget_deleted_rows", lambda: None)
    put(home, "customer", [{"customer_id": c, "name": f"{c} and sons"} for c in "AB"])
    people = (("k1", "A", "Ana Gil"), ("k2", "A", "Leo Ros"), ("k3", "B", "Mia Pla"))
    put(home, "contact", [{"contact_id": k, "customer_id": c, "name": n} for k, c, n in people])
    refresh(home, {})
    home.desk_database.touch()
    tell(
        "A",
        {"objectives": ("Ana Gil", HERS), "wanted_solution": ("k1", HERS), "needs": ("k2", HIS), "calendar": ("", ALL)},
        "Ana Gil",
        HERS,
        ALL,
    )
    tell("B", {"objectives": ("k3", STAYS), "wanted_solution": ("k3", STAYS)}, "k3", STAYS, STAYS)
    build(home)
    return home


def tell(customer: str, items: dict[str, tuple[str, str]], to_whom: str, promised: str, rest: str) -> None:
    key = draft(NewHandOff(customer, DEFAULTS["sales_to_success"], "sam", "cleo"), "sam", AT)
    for item, (said_by, word) in items.items():
        save_item(key, item, ItemText(f"early {word} of theirs", said_by), 0, "sam", AT)
        save_item(key, item, ItemText(f"They grow {word} by the sea", said_by), 1, "sam", AT)
    make_promise(NewPromise(customer, f"A report about {promised}", "exists", AT, "sam", to_whom), "sam", AT)
    give(key, revision(key), "sam", AT)
    accept(key, "", {}, revision(key), "cleo", AT + DAY)
    note_reask(key, "needs", "receiver", f"Where is the {rest}?", "cleo", AT + DAY)
    customer_says(link_of(make_link(key, "cleo", AT)), False, f"No {rest} is named", AT + DAY)
    follow(key, to_whom, promised, rest)
    answer_fit(f"d{customer}", customer, QUESTIONS[0], QUESTIONS[0].answers[0][0], "sam", "sam", AT)
    override_gate(f"d{customer}", customer, None, f"They sell {rest}", "sam", AT)
    decline(NewDecline(f"A {rest} shop", "other", f"More {rest}", date(2026, 8, 1), customer_id=customer), "sam", AT)


def follow(key: int, who: str, said: str, rest: str) -> None:
    """A wish of who said it, of which the ledger was asked, a line that names who said it, and somebody else's."""
    hers = LineText(f"Wants {said}", metric=f"{said} a day", evidence=f"a jar of {said}")
    wish = take_over(key, "wanted_solution", hers, "cleo", AT, source_key="k")
    change_line(wish, hers, 1, "cleo", AT)
    say_of_line(wish, Word("absent", reason=f"No {said} is sold"), 2, "cleo", AT, AT.date())
    take_over(key, "value_events", LineText(f"{who} sees {said}"), "cleo", AT, source_key="k")
    take_over(key, "needs", LineText(f"Needs {rest}"), "cleo", AT, source_key="k")


def revision(key: int) -> int:
    found = handoff_with(key)
    assert found is not None
    return found.revision


def build(home: Home) -> None:
    assert build_book(home, lambda _step: None).published


def places(home: Home, word: str) -> list[str]:
    """Where a word is still found: files of the home, and tables of the Desk but the audit, which has its own rules."""
    models = [m for m in apps.get_app_config("relay").get_models() if any(word in repr(row) for row in rows_of(m))]
    return [*files_with(home.path, (word,)), *(model.__name__ for model in models)]


def rows_of(model: Any) -> list[Any]:
    return list(model.objects.values_list())


def test_what_a_contact_said_and_was_promised_goes_and_stays_gone(kept: Home) -> None:
    assert len(places(kept, HERS)) > 5
    before = {word: len(places(kept, word)) for word in (HIS, ALL, STAYS)}
    done = erasure.erase(kept, "contact", "k1")
    assert (done.left, places(kept, HERS)) == ((), [])
    # What others said stands where it stood, but in the books that were dropped with the old one.
    assert all(0 < len(places(kept, word)) <= count for word, count in before.items())
    assert [h.state for h in HandOff.objects.all()] == ["accepted", "accepted"]
    assert [round(h.completeness or 0, -3) for h in HandOff.objects.order_by("id")] == [667_000, 333_000]
    HandOff.objects.update(is_new=True)
    Promise.objects.update(is_new=True)
    build(kept)
    assert places(kept, HERS) == []
    assert [p.text for p in Promise.objects.order_by("id")] == [
        "erased", "erased", f"A report about {STAYS}", f"Wants {STAYS}",
    ]  # fmt: skip
    lines = FollowUp.objects.order_by("id").values_list("text", "status", "evidence")
    assert list(lines)[:3] == [("erased", "absent", ""), ("erased", "open", ""), (f"Needs {ALL}", "open", "")]


def test_everything_about_a_customer_who_is_a_person_goes(kept: Home) -> None:
    erasure.erase(kept, "customer", "A")
    for word in (HERS, HIS):
        assert places(kept, word) == []
    # A deal's name and reason are a company's, not a person's: those of the CRM stay too.
    assert {place.split("/")[-2] for place in places(kept, ALL) if "/" in place} <= {"deal", "parts", "book"}
    assert not {
        "HandOff",
        "HandOffItem",
        "ReAsk",
        "Promise",
        "RelayEvent",
        "FitOverride",
        "DeclinedDeal",
        "FollowUp",
    } & set(places(kept, ALL))
    assert set(HandOffItem.objects.filter(handoff__customer_id="A").values_list("text", "said_by", "text_key")) == {
        ("", "", "")
    }
    build(kept)
    assert "HandOff" in places(kept, STAYS)
    assert len(files_with(kept.landing, (STAYS,))) >= 2


def test_a_promise_made_later_to_who_is_forgotten_is_not_mirrored_with_the_name(kept: Home, tmp_path: Path) -> None:
    erasure.erase(kept, "contact", "k1")
    make_promise(NewPromise("A", "Ana Gil gets basil", "exists", AT, "sam"), "sam", AT + DAY)
    assert mirror(kept) == 1
    assert files_with(kept.landing, ("Ana Gil", "basil")) == []
