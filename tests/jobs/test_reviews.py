"""The job `reviews`: one sample a week, given to colleagues in turn; and its marks in the next book."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from relevo.answers.reviews.drawing import sample_of
from relevo.base.config import Home
from relevo.book.book import Book
from relevo.desk.house.actions import save_rule
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.models import AuditEntry
from relevo.desk.reviews import actions
from relevo.desk.reviews.kept import last_sample, waiting_for
from relevo.desk.reviews.models import CoachingTalk, Draw, Review, Sample
from relevo.desk.reviews.rules import review_rules
from relevo.jobs import reviews as module
from relevo.jobs.erasure import erase
from relevo.jobs.mirror import has_news, mirror
from relevo.jobs.opening import operator_reading
from relevo.jobs.publish import build_book
from relevo.jobs.reviews import draw_reviews, week_before
from relevo.measures.asking import ask
from tests.answers import reviewed

MARKED = datetime(2026, 10, 28, 9, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Home:
    """The reviewed company on the Monday after its week; its agents and their lead may sign in."""
    found = reviewed.home(tmp_path)
    settings.RELEVO_HOME = found.path
    found.desk_database.touch()
    monkeypatch.setattr(module, "today", lambda zone: date(2026, 10, 26))
    for name in (*reviewed.AGENTS, "rex", "lea"):
        ensure_member(NewMember(name, f"{name}@norte.example", "agent"), "operator", MARKED)
    return found


def rule(key: str, value: object) -> None:
    save_rule(key, value, date(2026, 1, 1), "ines", "ours", MARKED)


def test_the_week_is_the_last_whole_one_where_the_company_is() -> None:
    """Of a Sunday the week before its own; in Madrid it begins two hours earlier in UTC."""
    week = week_before(date(2026, 10, 25), "Europe/Madrid")
    assert (week.monday, str(week.begins), str(week.ends)) == (
        date(2026, 10, 12), "2026-10-11 22:00:00", "2026-10-18 22:00:00",
    )  # fmt: skip
    assert week_before(date(2026, 10, 26), "UTC").monday == date(2026, 10, 19)


def test_two_of_each_are_drawn_and_given_to_peers_once_a_week(home: Home) -> None:
    """Chances add up to two for each person: of Ana 2 hard and 6 ordinary, of Ben one hard more, in which he helped."""
    rule("review_pairs", 0)
    told = draw_reviews(home, {})
    assert (told.code, told.text) == ("drawn", "Conversations drawn for reviews: 6 of 25; given: 6.")
    draws = list(Draw.objects.all())
    assert sorted(each.person_id for each in draws) == ["ana", "ana", "ben", "ben", "cyd", "cyd"]
    assert {(each.person_id, each.band, each.chance) for each in draws} <= {
        ("ana", "hard", 400_000_000), ("ana", "ordinary", 200_000_000), ("cyd", "hard", 400_000_000),
        ("cyd", "ordinary", 200_000_000), ("ben", "hard", 333_333_333), ("ben", "ordinary", 166_666_667),
    }  # fmt: skip
    for review in Review.objects.select_related("draw"):
        assert review.reviewer_id not in {*review.draw.authors, "lea"}
    assert max(len(waiting_for({name})) for name in (*reviewed.AGENTS, "rex")) <= 2
    assert draw_reviews(home, {}).code == "nothing_due"
    assert Draw.objects.count() == 6
    assert AuditEntry.objects.filter(action="reviews.drawn").count() == 1


def test_a_sample_can_be_drawn_again_from_its_seed(home: Home) -> None:
    draw_reviews(home, {})
    found = last_sample()
    assert found is not None
    assert found.book == Sample.objects.get().book
    week, reading = week_before(date(2026, 10, 26), "UTC"), operator_reading(home)
    again, among = sample_of(reading, week.begins, week.ends, found.per_person, found.seed)
    reading.company_book.close()
    kept = {(each.conversation_id, each.person_id) for each in Draw.objects.all()}
    assert ({(each.conversation_id, each.person_id) for each in again}, among) == (kept, found.among)


def test_the_house_says_how_many_by_whom_and_whether_in_pairs(home: Home) -> None:
    rule("review_sample", 1)
    rule("review_pairs", 1)
    rule("review_peers", False)
    rules = review_rules(date(2026, 10, 26))
    assert (rules.per_person, rules.pairs, rules.is_peers) == (1, 1, False)
    draw_reviews(home, {})
    assert Draw.objects.filter(needs=2).count() == 3
    assert Review.objects.count() == 6
    assert len(waiting_for({"lea"})) > 0


@pytest.mark.parametrize(("sample", "day"), [(0, date(2026, 10, 26)), (2, date(2026, 11, 9))])
def test_nothing_is_drawn_where_there_is_nothing_to_draw(
    home: Home, monkeypatch: pytest.MonkeyPatch, sample: int, day: date
) -> None:
    """None a week is the house's choice; a week that the book does not hold whole waits."""
    rule("review_sample", sample)
    monkeypatch.setattr(module, "today", lambda zone: day)
    assert draw_reviews(home, {}).code == "nothing_due"
    assert not Sample.objects.exists()


def test_before_the_first_book_nothing_is_drawn(home: Home, tmp_path: Path) -> None:
    assert draw_reviews(Home(tmp_path / "nowhere"), {}).code == "nothing_due"


def test_two_runs_at_once_draw_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first had written."""
    draw_reviews(home, {})
    monkeypatch.setattr("relevo.desk.reviews.kept.has_sample", lambda week: False)
    assert draw_reviews(home, {}).code == "nothing_due"
    assert (Sample.objects.count(), Draw.objects.count()) == (1, 6)


def rows(home: Home, table: str, columns: str) -> list[tuple[Any, ...]]:
    book = Book.open(home.books)
    try:
        told = f"SELECT {columns} FROM {table} WHERE {table}_id LIKE 'relevo:%' ORDER BY ALL"
        return list(book.run_sql(told).rows)
    finally:
        book.close()


def mark(key: int, accuracy: int, tone: int | None, seen: int = 0) -> None:
    rubric = review_rules(date(2026, 10, 26)).rubric
    marks = {"accuracy": accuracy, "clarity": None, "tone": tone, "next_step": None}
    actions.score(key, rubric, marks, "note", None, seen, "rex", MARKED + timedelta(hours=seen))


def reviews_of(person: str, *reviewers: str) -> list[int]:
    new = actions.NewDraw("T-ana-0", person, frozenset({person}), 0.25, "C0", "chat", "bug", "hard")
    (wanted,) = actions.keep_sample(actions.NewSample(reviewed.MONDAY, 1, 2, "b", 24), [new], "relevo", MARKED)
    actions.give({wanted.key: reviewers}, "relevo", MARKED)
    return list(Review.objects.order_by("id").values_list("pk", flat=True))


def test_marks_and_talks_are_in_the_next_book_and_what_applies_no_more_leaves_it(home: Home) -> None:
    (key,) = reviews_of("ana", "rex")
    assert not has_news(home)
    mark(key, 4, 2)
    talk = actions.note_coaching("ben", "lea", MARKED, None, "lea", MARKED)
    assert has_news(home)
    assert build_book(home, lambda _step: None).published
    at = MARKED.replace(tzinfo=None)
    columns = 'criterion, score, max_score, reviewer_id, person_id, sampling, probability, pair_id, "at"'
    fixed = ("rex", "ana", "random", pytest.approx(0.25), None, at)
    found = [(*row[:6], float(row[6]), *row[7:]) for row in rows(home, "review", columns)]
    assert found == [("accuracy", 4, 4, *fixed), ("tone", 2, 4, *fixed)]
    assert rows(home, "coaching", 'person_id, coach_id, "at"') == [("ben", "lea", at)]
    assert not has_news(home)
    assert mirror(home) == 0
    mark(key, 3, None, seen=1)
    actions.withdraw_coaching(talk, "lea", MARKED)
    assert build_book(home, lambda _step: None).published
    assert [row[:2] for row in rows(home, "review", columns)] == [("accuracy", 3)]
    assert rows(home, "coaching", "person_id") == []
    book = Book.open(home.books)
    (ana,) = [row for row in ask(book.at(date(2026, 10, 31)), "reviews").rows if row["person_id"] == "ana"]
    book.close()
    assert ana["n"] == 13


def test_marks_of_a_pair_enter_together(home: Home) -> None:
    first, second = reviews_of("ana", "rex", "cyd")
    mark(first, 4, 4)
    assert mirror(home) == 0
    assert not has_news(home)
    mark(second, 2, 2)
    assert mirror(home) == 2
    assert build_book(home, lambda _step: None).published
    pair = {row[0] for row in rows(home, "review", "pair_id")}
    assert pair == {f"relevo:{Draw.objects.get().pk}"}


def test_after_the_landing_was_lost_everything_is_told_again(home: Home) -> None:
    (key,) = reviews_of("ana", "rex")
    mark(key, 4, 2)
    actions.note_coaching("ben", "lea", MARKED, None, "lea", MARKED)
    assert mirror(home) == 2
    for load in (home.landing / "loads").iterdir():
        load.unlink()
    assert has_news(home)
    assert mirror(home) == 2
    assert not Review.objects.filter(is_new=True).exists()
    assert not CoachingTalk.objects.filter(is_new=True).exists()


def test_who_reviews_and_is_nobody_of_the_book_becomes_a_person_of_it(home: Home) -> None:
    ensure_member(NewMember("guest", "guest@elsewhere.example", "agent"), "operator", MARKED)
    (key,) = reviews_of("ana", "relevo:guest")
    mark(key, 4, 2)
    assert build_book(home, lambda _step: None).published
    assert rows(home, "person", "person_id, team") == [("relevo:guest", "support")]


def test_who_is_erased_is_spoken_of_in_no_review(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a customer the note and replies of its conversation go; a person's id is replaced, and marks stay."""
    monkeypatch.setattr("relevo.desk.people.actions_erasing.forget_deleted_rows", lambda: None)
    (key,) = reviews_of("ana", "rex")
    mark(key, 4, 2)
    actions.reply(key, "They wrote in a hurry", "ana", "ana", MARKED)
    mirror(home)
    done = erase(home, "customer", "C0")
    assert done.left == ()
    row = Review.objects.get(pk=key)
    assert (row.note, row.replies.get().text, row.marks["accuracy"]) == ("", "", 4)
