"""The job `refresh`: what is new in watched folders becomes a book, and nothing else does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.desk.house.actions import save_rule
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import is_behind, refresh
from relevo.jobs.registry import JOBS, intervals
from tests.jobs.conftest import put, settled, write_settings
from tests.making import span

MAPPING = """
[[source]]
name = "crm"
[[source.table]]
table = "customer"
file = "crm.csv"
[source.table.columns]
customer_id = "id"
name = "name"
"""


def again(home: Home, before: Outcome) -> Outcome:
    return refresh(home, before.kept or {})


def book_of(home: Home) -> str | None:
    return Store(home.books).current()


def test_a_new_file_leads_to_a_new_book_and_nothing_new_to_none(home: Home) -> None:
    first = refresh(home, {})
    assert (first.result, first.code) == (Result.OK, "published")
    one = book_of(home)
    assert one is not None
    assert first.text == f"New files loaded: 1; rows put aside: 0. The book {one} was published."

    second = again(home, first)
    assert (second.result, second.code, book_of(home)) == (Result.OK, "nothing_new", one)

    put(home, "subscription_span", [span("D", "2025-02-01", None, 500)], folder="later")
    third = again(home, second)
    assert third.code == "published"
    assert book_of(home) != one
    assert Store(home.books).manifest().rows["customer"] == 4


def test_a_file_that_was_only_touched_is_not_loaded_again(home: Home) -> None:
    first = refresh(home, {})
    one, loads = book_of(home), len(Landing(home.landing).loads())
    settled(next((home.path.parent / "exports").glob("*.csv")), 5)
    second = again(home, first)
    assert second.kept != first.kept
    assert (second.code, book_of(home), len(Landing(home.landing).loads())) == ("nothing_new", one, loads)


def test_a_mapping_that_changed_is_read_with(home: Home) -> None:
    first = refresh(home, {})
    one = book_of(home)
    crm = home.path.parent / "exports" / "crm.csv"
    crm.write_text("id,name,country\nA,Acme,de\n", "utf-8")
    settled(crm)
    second = again(home, first)
    assert (second.code, book_of(home)) == ("nothing_new", one), "nobody says what it is"

    write_settings(home, MAPPING)
    third = again(home, second)
    assert (third.code, Store(home.books).manifest().rows["customer"]) == ("published", 3)
    assert [each.table for each in Landing(home.landing).loads()][-1] == "customer"
    assert again(home, third).code == "nothing_new"


def test_what_was_kept_may_be_lost(home: Home) -> None:
    refresh(home, {})
    one = book_of(home)
    assert (refresh(home, {}).code, book_of(home)) == ("nothing_new", one)


def test_a_load_that_was_not_built_is_built(home: Home) -> None:
    """As after a kill between the two."""
    from relevo.jobs.loading import load

    load(home, home.path.parent / "exports")
    assert is_behind(home)
    assert refresh(home, {}).code == "published"
    assert not is_behind(home)


def test_what_lands_after_a_build_began_is_built_whenever_its_load_began(home: Home) -> None:
    """As in a load of two files that takes long, with a build after the first: both carry the time it began."""
    from relevo.jobs.loading import load

    put(home, "customer", [{"customer_id": c, "name": c} for c in "ABC"])
    published = []

    def meanwhile(_file: str, _rows: int) -> None:
        if not published:
            published.append(build_book(home, lambda _step: None).published)

    load(home, home.path.parent / "exports", meanwhile)
    late = Landing(home.landing).loads()[-1]
    assert (published, late.at < Store(home.books).manifest().built_at) == ([True], True)
    assert is_behind(home)
    assert refresh(home, {}).code == "published"
    assert not is_behind(home)


def test_a_book_that_does_not_name_its_loads_is_held_to_their_times(home: Home) -> None:
    refresh(home, {})
    store = Store(home.books)
    made = replace(store.manifest(), landed="")
    (home.books / f"gen-{made.id}.json").write_text(made.to_json(), "utf-8")
    assert not is_behind(home)
    earlier = replace(made, built_at=Landing(home.landing).loads()[-1].at - timedelta(seconds=1))
    (home.books / f"gen-{made.id}.json").write_text(earlier.to_json(), "utf-8")
    assert is_behind(home)


def test_nothing_is_published_while_somebody_loads(home: Home) -> None:
    from relevo.jobs.loading import load

    load(home, home.path.parent / "exports")
    home.settings_file.write_text(home.settings_file.read_text("utf-8").partition("[watch]")[0], "utf-8")
    with Landing(home.landing).alone():
        outcome = refresh(home, {})
    assert (outcome.result, outcome.code, book_of(home)) == (Result.PUT_OFF, "put_off", None)
    assert refresh(home, {}).code == "published"


def test_a_bad_file_is_told_and_the_last_book_is_served(home: Home) -> None:
    first = refresh(home, {})
    one = book_of(home)
    bad = put(home, "subscription_span", [{"nonsense": 1}], folder="bad")
    second = again(home, first)
    assert (second.result, second.code) == (Result.FAILED, "refused")
    assert "bad/subscription_span.csv" in second.text
    assert second.hint
    assert book_of(home) == one

    third = again(home, second)
    assert (third.result, third.code) == (Result.FAILED, "refused"), "it fails until it is mended"
    assert book_of(home) == one
    put(home, "subscription_span", [span("E", "2025-02-01", None, 500)], folder="bad")
    assert bad.exists()
    assert again(home, third).code == "published", "the mended file takes the place of the bad one"


def test_a_folder_that_is_missing_is_told_and_the_others_are_read(home: Home, tmp_path: Any) -> None:
    write_settings(home, "")
    text = home.settings_file.read_text("utf-8").replace("folders = [", f'folders = ["{tmp_path / "gone"}", ')
    home.settings_file.write_text(text, "utf-8")
    outcome = refresh(home, {})
    assert (outcome.result, outcome.code) == (Result.FAILED, "folder_missing")
    assert str(tmp_path / "gone") in outcome.text
    assert "[watch]" in outcome.hint
    assert book_of(home) is not None


def test_a_file_that_is_still_written_is_left_for_the_next_time(home: Home) -> None:
    file = next((home.path.parent / "exports").glob("*.csv"))
    file.touch()
    outcome = refresh(home, {})
    assert (outcome.result, outcome.code, book_of(home)) == (Result.OK, "no_data", None)
    assert "still writes" in outcome.text
    settled(file)
    assert again(home, outcome).code == "published"


def test_a_file_of_a_clock_that_is_ahead_is_read(home: Home) -> None:
    settled(next((home.path.parent / "exports").glob("*.csv")), -86_400)
    assert refresh(home, {}).code == "published"


def test_a_file_of_the_future_does_not_hide_one_that_is_still_written(home: Home) -> None:
    settled(put(home, "customer", [{"customer_id": "A"}]), -86_400)
    next((home.path.parent / "exports").glob("subscription_span*")).touch()
    assert refresh(home, {}).code == "no_data"


def test_a_load_by_hand_meanwhile_puts_it_off(home: Home) -> None:
    with Landing(home.landing).alone():
        outcome = refresh(home, {})
    assert (outcome.result, outcome.code) == (Result.PUT_OFF, "put_off")
    assert again(home, outcome).code == "published"


def test_a_book_of_yesterday_is_made_anew_and_one_of_a_chosen_day_is_not(home: Home) -> None:
    refresh(home, {})
    store = Store(home.books)
    made = store.manifest()
    text = (home.books / f"gen-{made.id}.json").read_text("utf-8")
    yesterday = (datetime.now(UTC) - timedelta(days=1)).replace(microsecond=0)

    def pretend(as_of: date, built_at: datetime) -> None:
        then = text.replace(f'"as_of": "{made.as_of}"', f'"as_of": "{as_of}"')
        then = then.replace(str(made.built_at), str(built_at))
        (home.books / f"gen-{made.id}.json").write_text(then, "utf-8")

    later = max(each.at for each in Landing(home.landing).loads()) + timedelta(seconds=1)
    pretend(later.date() - timedelta(days=1), later)
    assert not is_behind(home), "somebody chose the day before"
    pretend(yesterday.date(), yesterday)
    assert is_behind(home)


def test_a_chosen_day_stays_until_something_is_loaded(home: Home) -> None:
    refresh(home, {})
    build_book(home, lambda _step: None, as_of=date(2026, 1, 31))
    assert not is_behind(home)
    put(home, "subscription_span", [span("D", "2025-02-01", None, 500)], folder="later")
    assert refresh(home, {}).code == "published"
    assert Store(home.books).manifest().as_of == datetime.now(UTC).date()


def test_how_often_is_a_rule_of_the_house(home: Home) -> None:
    assert intervals(home) == {
        "refresh": 15,
        "uploads": 15,
        "mail_failures": 15,
        "promises": 1440,
        "follow_ups": 1440,
        "reviews": 1440,
        "notices": 15,
        "webhooks": 5,
    }
    write_settings(home, "[house]\npublish_every_minutes = 60\n")
    assert intervals(home)["refresh"] == 60
    home.desk_database.touch()  # the rules of a Desk that is there win
    save_rule("publish_every_minutes", 0, date(2026, 1, 1), "ines", "by hand at month end", datetime.now(UTC))
    assert intervals(home)["refresh"] == 0
    assert all(job.run is not None for job in JOBS)


@pytest.mark.parametrize("text", ["[house]\npublish_every_minutes = -1\n", "[watch]\nfolders = [3]\n"])
def test_settings_that_make_no_sense_are_refused(tmp_path: Any, text: str) -> None:
    from relevo.base.config import parse_config
    from relevo.base.errors import WrongUse

    with pytest.raises(WrongUse):
        parse_config(text, "relevo.toml")
