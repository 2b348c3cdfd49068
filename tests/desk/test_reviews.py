"""Peer reviews as the Desk keeps them: rotation, blind pairs, replies, coaching, and that pay has no place."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.errors import WrongUse
from relevo.desk.house.known import check_rule
from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions_erasing import Whom
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.reviews import actions
from relevo.desk.reviews.actions import NewDraw, NewSample, give, keep_sample, pick, reply, score, take
from relevo.desk.reviews.actions_erasing import erase_from_reviews
from relevo.desk.reviews.drawing import Among, Reviewer, ToReview, leads_of, paired, rotated
from relevo.desk.reviews.kept import (
    KeptReview,
    done_by,
    draw_with,
    free_to_take,
    has_sample,
    last_reviewers,
    last_sample,
    load_since,
    review_with,
    reviews_about,
    talk_with,
    talks_of,
    waiting_for,
)
from relevo.desk.reviews.models import CoachingTalk, Draw, Review
from relevo.measures.rubric import Criterion

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MONDAY = date(2026, 5, 25)
RUBRIC = (Criterion("accuracy", is_critical=True), Criterion("tone"))
db = pytest.mark.django_db


def new(talk: str = "t1", person: str = "ana", chance: float | None = 0.25, **more: object) -> NewDraw:
    return NewDraw(talk, person, frozenset({person, "zoe"}), chance, "C1", **more)  # type: ignore[arg-type]


def drawn(*found: NewDraw, week: date = MONDAY) -> list[ToReview]:
    return keep_sample(NewSample(week, 7, 2, "b1", 40), found or (new(),), "relevo", NOON)


def given_to(*reviewers: str, **more: object) -> list[int]:
    """The reviews of one conversation by some reviewers."""
    (wanted,) = drawn(new(**more))  # type: ignore[arg-type]
    give({wanted.key: reviewers}, "relevo", NOON)
    return [row.pk for row in Review.objects.filter(draw=wanted.key).order_by("id")]


def mark(key: int, accuracy: int | None = 4, tone: int | None = 4, seen: int = 0, at: datetime = NOON) -> None:
    score(key, RUBRIC, {"accuracy": accuracy, "tone": tone}, "well done", None, seen, "rea", at)


def kept(key: int) -> KeptReview:
    found = review_with(key)
    assert found is not None
    return found


# Who reviews what, without a database ---------------------------------------------------------------------

PEOPLE = ("ana", "ben", "cyd", "dan", "lea")
AMONG = Among(
    (*(Reviewer(each, "support") for each in PEOPLE), Reviewer("sam", "sales")),
    {**dict.fromkeys(PEOPLE, "support"), "sam": "sales"},
    leads_of([*((person, "lea") for person in PEOPLE[:4]), ("lea", "boss")]),
)  # fmt: skip


def test_never_an_author_nor_who_leads_them_among_peers() -> None:
    wanted = ToReview(1, "ana", frozenset({"ana", "ben"}))
    assert AMONG.possible(wanted) == ["cyd", "dan"]
    assert Among(AMONG.reviewers, AMONG.teams, AMONG.leads_of, is_peers=False).possible(wanted) == ["cyd", "dan", "lea"]
    assert not AMONG.may_review("boss", wanted)
    assert AMONG.possible(ToReview(1, "ana", frozenset(PEOPLE))) == ["sam"]  # nobody of the team is left
    assert AMONG.possible(ToReview(1, "ana", frozenset({"ben"}), taken=frozenset({"cyd"}))) == ["dan"]


def test_managers_of_managers_are_no_peers_and_a_loop_ends() -> None:
    assert leads_of([("a", "b"), ("b", "c"), ("c", None)]) == {"a": {"b", "c"}, "b": {"c"}}
    assert leads_of([("a", "b"), ("b", "a")]) == {"a": {"b"}, "b": {"a"}}


@settings(max_examples=50)
@given(st.integers(0, 1000), st.integers(1, 40))
def test_reviews_are_shared_evenly(seed: int, many: int) -> None:
    """Authors in turn: nobody has more than two above another who could have reviewed, and never one's own."""
    wanted = [ToReview(i, PEOPLE[i % 4], frozenset({PEOPLE[i % 4]}), needs=1 + i % 2) for i in range(many)]
    found = rotated(wanted, AMONG, {}, {}, seed)
    assert found == rotated(list(reversed(wanted)), AMONG, {}, {}, seed)
    given_out = {name: sum(name in each for each in found.values()) for name in PEOPLE[:4]}
    assert max(given_out.values()) - min(given_out.values()) <= 2
    for each in wanted:
        assert len(set(found[each.key])) == each.needs
        assert not set(found[each.key]) & (each.authors | {"lea"})


def test_who_has_fewer_comes_first_and_then_who_was_not_the_last() -> None:
    wanted = [ToReview(1, "ana", frozenset({"ana"}))]
    assert rotated(wanted, AMONG, {"ben": 1, "dan": 1}, {}, 1) == {1: ("cyd",)}
    assert rotated(wanted, AMONG, {}, {"ana": {"ben", "dan"}}, 1) == {1: ("cyd",)}
    assert rotated([ToReview(1, "ana", frozenset({*PEOPLE, "sam"}))], AMONG, {}, {}, 1) == {1: ()}


def test_a_share_is_judged_by_two() -> None:
    assert paired(range(100), 0, 3) == frozenset()
    assert len(paired(range(100), 1, 3)) == 100
    assert paired(range(100), 0.1, 3) == paired(range(99, -1, -1), 0.1, 3)
    assert 50 < len(paired(range(1000), 0.1, 3)) < 150


# What the Desk keeps --------------------------------------------------------------------------------------


@db
def test_a_week_has_one_sample_and_its_seed_is_kept() -> None:
    wanted = drawn(new("t1"), new("t2"), new("t1", "ben"))
    assert [each.person_id for each in wanted] == ["ana", "ana", "ben"]
    assert has_sample(MONDAY)
    found = last_sample()
    assert found is not None
    assert (found.seed, found.book, found.among, found.drawn, found.reviewed) == (7, "b1", 40, 3, 0)
    with pytest.raises(WrongUse, match="has its sample"):
        drawn(new("t3"))
    assert Draw.objects.count() == 3
    # What was drawn of the same work before is not drawn again.
    assert [each.person_id for each in drawn(new("t1"), new("t4"), week=MONDAY + 7 * DAY)] == ["ana"]
    assert AuditEntry.objects.filter(action="reviews.drawn").count() == 2


@db
def test_nothing_about_pay_can_be_kept() -> None:
    """The purpose of a review is learning: the database refuses any other, and no column holds an amount."""
    (wanted,) = drawn()
    for purpose in ("pay", "appraise", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Draw.objects.filter(pk=wanted.key).update(purpose=purpose)
    names = {f.name for model in apps.get_app_config("reviews").get_models() for f in model._meta.get_fields()}
    told = ("pay", "amount", "bonus", "salary", "cents", "commission", "payout", "reward", "currency")
    assert not [name for name in names for word in told if word in name]
    talk = {f.name for f in CoachingTalk._meta.get_fields()}
    assert talk == {"id", "person_id", "coach_id", "at", "review", "created_at", "created_by", "withdrawn_at", "is_new"}
    with pytest.raises(WrongUse):
        check_rule("review_rubric", [{"criterion": "accuracy", "pay": 10}])


@db
@pytest.mark.parametrize(("sampling", "chance"), [("random", None), ("targeted", 5), ("random", 0)])
def test_what_was_drawn_has_a_chance_and_what_was_picked_none(sampling: str, chance: int | None) -> None:
    (wanted,) = drawn()
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=wanted.key).update(sampling=sampling, chance=chance)


@db
def test_a_review_from_the_queue_to_the_reply() -> None:
    (key,) = given_to("rea")
    assert [each.id for each in waiting_for({"rea"})] == [key]
    assert waiting_for({"ana"}) == ()
    assert reviews_about({"ana"}, 9) == ()
    mark(key, 2, 4)
    found = kept(key)
    assert (found.score, found.is_open, found.revision, found.marks) == (75, True, 1, {"accuracy": 2, "tone": 4})
    assert [each["criterion"] for each in found.rubric] == ["accuracy", "tone"]
    assert [each.id for each in reviews_about({"ana"}, 9)] == [key] == [each.id for each in reviews_about(None, 9)]
    assert reviews_about({"ben"}, 9) == ()
    assert [each.id for each in done_by({"rea"}, 9)] == [key]
    mark(key, 1, 4, seen=1)  # a slip: below half of what is critical
    assert kept(key).score == 0
    reply(key, " It was in the docs. ", "ana", "ana", NOON + DAY)
    assert [(each.text, each.person_id) for each in kept(key).replies] == [("It was in the docs.", "ana")]
    with pytest.raises(WrongUse, match="answered this review"):
        mark(key, 4, 4, seen=2)
    actions_told = list(AuditEntry.objects.filter(about="ana").order_by("id").values_list("action", flat=True))
    assert actions_told == ["review.given", "review.scored", "review.scored", "review.replied"]


@db
def test_two_judge_blind_until_both_are_in() -> None:
    first, second = given_to("rea", "rob")
    assert kept(first).is_pair
    mark(first, 4, 4)
    assert not kept(first).is_open
    assert reviews_about({"ana"}, 9) == ()
    mark(first, 3, 4, seen=1)  # still its own affair
    assert not Review.objects.filter(is_new=True).exists()
    with pytest.raises(WrongUse, match="not done yet"):
        reply(first, "Hm", "ana", "ana", NOON)
    mark(second, 1, 1)
    assert {each.id for each in reviews_about({"ana"}, 9)} == {first, second}
    assert Review.objects.filter(is_new=True).count() == 2
    with pytest.raises(WrongUse, match="Both have judged"):
        mark(second, 4, 4, seen=1)


@db
def test_of_two_who_change_one_review_one_does() -> None:
    (key,) = given_to("rea")
    mark(key)
    with pytest.raises(Overtaken):
        mark(key, 0, 0)
    assert kept(key).score == 100


@db
@pytest.mark.parametrize(
    ("marks", "note", "told"),
    [
        ({"accuracy": 5, "tone": 4}, "", "cannot have 5"), ({"accuracy": -1, "tone": 4}, "", "cannot have -1"),
        ({"accuracy": 4}, "", "no mark"), ({"accuracy": 4, "tone": 4, "pay": 4}, "", "not of the rubric"),
        ({"accuracy": None, "tone": None}, "", "Nothing of the rubric"),
        ({"accuracy": 4, "tone": 4}, "x" * 4001, "4001"),
    ],
)  # fmt: skip
def test_marks_that_the_rubric_does_not_have_are_refused(marks: dict[str, int | None], note: str, told: str) -> None:
    (key,) = given_to("rea")
    with pytest.raises(WrongUse, match=told):
        score(key, RUBRIC, marks, note, None, 0, "rea", NOON)
    assert kept(key).done_at is None


@db
def test_what_is_given_back_waits_for_somebody_else() -> None:
    (key,) = given_to("rea")
    assert free_to_take(9) == ()
    actions.give_back(key, "rea", NOON)
    assert review_with(key) is None
    assert waiting_for({"rea"}) == ()
    (free,) = free_to_take(9)
    assert free == draw_with(free.key)
    assert (free.taken, free.needs) == ({"rea"}, 2)
    with pytest.raises(WrongUse, match="had this review before"):
        take(free.key, "rea", "rea", NOON)
    again = take(free.key, "rob", "rob", NOON)
    with pytest.raises(Overtaken, match="Somebody else"):
        take(free.key, "cyd", "cyd", NOON)
    mark(again)
    with pytest.raises(WrongUse, match="is done"):
        actions.give_back(again, "rob", NOON)
    assert kept(again).is_open
    assert load_since(NOON) == {"rea": 1, "rob": 1}
    assert load_since(NOON + DAY) == {}
    assert last_reviewers({"ana", "ben"}) == {"ana": {"rob"}}


@db
def test_what_nobody_could_be_given_is_free() -> None:
    (wanted,) = drawn()
    assert give({wanted.key: ()}, "relevo", NOON) == 0
    assert [each.key for each in free_to_take(9)] == [wanted.key]
    assert draw_with(999) is None


@db
def test_the_last_reviewers_are_those_of_the_last_draw() -> None:
    one, two = drawn(new("t1"), new("t2"))
    give({one.key: ("rea",), two.key: ("rob", "cyd")}, "relevo", NOON)
    assert last_reviewers({"ana"}) == {"ana": {"rob", "cyd"}}


@db
def test_what_is_picked_needs_a_reason_and_is_picked_once() -> None:
    wanted = pick(new(chance=None), "  a bad rating ", "lea", NOON)
    row = Draw.objects.get(pk=wanted.key)
    assert (row.sampling, row.chance, row.why) == ("targeted", None, "a bad rating")
    with pytest.raises(WrongUse, match="picked before"):
        pick(new(chance=None), "again", "lea", NOON)
    with pytest.raises(WrongUse, match="for a reason"):
        pick(new("t9", chance=None), "  ", "lea", NOON)
    assert len(drawn(new())) == 1  # chance may still find it: the two are kept apart


@db
def test_coaching_says_that_and_when_and_nothing_else() -> None:
    (key,) = given_to("rea")
    mark(key)
    talk = actions.note_coaching("ana", "lea", NOON - DAY, key, "lea", NOON)
    found = talk_with(talk)
    assert found is not None
    assert (found.person_id, found.coach_id, found.at, found.review_id) == ("ana", "lea", NOON - DAY, key)
    assert [each.id for each in talks_of({"lea"}, 9)] == [talk] == [each.id for each in talks_of(None, 9)]
    assert talks_of({"ben"}, 9) == ()
    for refused in (("ana", "ana", NOON, None), ("ana", "lea", NOON + DAY, None), ("ben", "lea", NOON, key)):
        with pytest.raises(WrongUse):
            actions.note_coaching(*refused, "lea", NOON)
    actions.withdraw_coaching(talk, "lea", NOON)
    assert talk_with(talk) is None
    with pytest.raises(WrongUse, match="no talk"):
        actions.withdraw_coaching(talk, "lea", NOON)


@db
@pytest.mark.parametrize("act", ["score", "give_back", "reply", "take", "give"])
def test_what_is_not_there_is_said(act: str) -> None:
    with pytest.raises(WrongUse, match="77"):
        {
            "score": lambda: mark(77), "give_back": lambda: actions.give_back(77, "rea", NOON),
            "reply": lambda: reply(77, "x", "ana", "ana", NOON), "take": lambda: take(77, "rea", "rea", NOON),
            "give": lambda: give({77: ("rea",)}, "relevo", NOON),
        }[act]()  # fmt: skip


@db
@pytest.mark.parametrize(
    ("customer", "talk", "person", "word", "left"),
    [
        ("C1", "", "", "", ""), ("C9", "t1", "", "", ""), ("C9", "", "ana", "", ""), ("C9", "", "", "o", ""),
        ("C9", "t9", "zed", "elsewhere", "well done"),
    ],
)  # fmt: skip
def test_texts_about_the_forgotten_go_and_marks_stay(
    customer: str, talk: str, person: str, word: str, left: str
) -> None:
    (key,) = given_to("rea")
    mark(key, 3)
    reply(key, "Nobody here is meant", "ana", "ana", NOON)

    def names(text: str) -> bool:
        return bool(word) and word in text

    whom = Whom(lambda text: text, names, frozenset(), frozenset({customer}), frozenset({talk}))
    erase_from_reviews(whom, {person})
    found = kept(key)
    assert (found.note, found.marks["accuracy"]) == (left, 3)
    assert found.replies[0].text == ("Nobody here is meant" if left else "")


def test_no_word_of_pay_stands_in_the_code_of_reviews() -> None:
    """Where a review would be tied to pay, somebody would have to write it first."""
    folder = Path(actions.__file__).parent
    told = "".join(file.read_text("utf-8") for file in folder.glob("*.py") if file.name != "models.py")
    assert "incentives" not in told
    assert "payout" not in told
