"""Everything that writes peer reviews and coaching. Whoever calls these has checked that the actor may.

No action takes an amount or a purpose: a review is for learning, and the database refuses any other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.reviews.drawing import ToReview
from relevo.desk.reviews.kept import BILLION, MILLION, is_complete, to_review
from relevo.desk.reviews.models import LONGEST_NOTE, LONGEST_WHY, CoachingTalk, Draw, Reply, Review, Sample
from relevo.measures.estimators.review_score import Mark, review_score
from relevo.measures.rubric import Criterion, rubric_as_rule


@dataclass(frozen=True)
class NewSample:
    """A week's sample: the seed and the book by which it can be drawn again, and among how many it chose."""

    week_on: date
    seed: int
    per_person: int
    book: str
    among: int


@dataclass(frozen=True)
class NewDraw:
    """A conversation of one person to be reviewed, with the chance of having been drawn; None for a picked one."""

    conversation_id: str
    person_id: str
    authors: frozenset[str]
    chance: float | None
    customer_id: str = ""
    channel: str = ""
    category: str = ""
    band: str = ""


def keep_sample(new: NewSample, drawn: Sequence[NewDraw], who: str, now: datetime) -> list[ToReview]:
    """Write a week's sample down, and return what is to be reviewed of it; WrongUse where the week has one.

    What was drawn of the same person's work before is not drawn again.
    """
    try:
        with transaction.atomic():
            sample = Sample.objects.create(**vars(new), drawn_at=now, drawn_by=who)
            kept = [row for each in drawn if (row := _drawn(each, sample, who, now))]
            told = {"week": new.week_on.isoformat(), "seed": new.seed, "book": new.book, "drawn": len(kept)}
            log_audit(who, "reviews.drawn", new.week_on.isoformat(), now, told)
    except IntegrityError as problem:
        raise WrongUse(f"The week of {new.week_on} has its sample.", "Wait for the next one.") from problem
    return [to_review(row) for row in kept]


def _drawn(new: NewDraw, sample: Sample, who: str, now: datetime) -> Draw | None:
    chance = None if new.chance is None else max(round(new.chance * BILLION), 1)
    told = {**vars(new), "authors": sorted(new.authors), "chance": chance, "created_at": now, "created_by": who}
    keys = {name: told.pop(name) for name in ("conversation_id", "person_id")}
    row, is_new = Draw.objects.get_or_create(**keys, sampling="random", defaults={**told, "sample": sample})
    return row if is_new else None


def pick(new: NewDraw, why: str, who: str, now: datetime) -> ToReview:
    """Have a conversation reviewed for a reason; it is kept apart from what was drawn, and is in no score."""
    told = " ".join(why.split())
    if not told or len(told) > LONGEST_WHY:
        raise WrongUse("A conversation is picked for a reason.", f"Say it in 1 to {LONGEST_WHY} characters.")
    fixed = {**vars(new), "authors": sorted(new.authors), "chance": None}
    try:
        with transaction.atomic():
            row = Draw.objects.create(**fixed, sampling="targeted", why=told, created_at=now, created_by=who)
            log_audit(who, "review.picked", new.person_id, now, {"conversation": new.conversation_id, "why": told})
    except IntegrityError as problem:
        raise WrongUse("This conversation was picked before.", "Look for it among the reviews.") from problem
    return to_review(row)


def give(given: Mapping[int, Sequence[str]], who: str, now: datetime) -> int:
    """Give what was drawn to reviewers; two for one judge it blind. How many reviews were given."""
    with transaction.atomic():
        return sum(_give(key, reviewers, who, now) for key, reviewers in given.items() if reviewers)


def _give(key: int, reviewers: Sequence[str], who: str, now: datetime) -> int:
    row = _draw(key)
    for reviewer in reviewers:
        Review.objects.create(draw=row, reviewer_id=reviewer, given_at=now, given_by=who, changed_at=now)
        log_audit(who, "review.given", row.person_id, now, {"draw": row.pk, "reviewer": reviewer})
    if len(reviewers) > 1:
        Draw.objects.filter(pk=key).update(needs=len(reviewers))
    return len(reviewers)


def take(key: int, reviewer_id: str, who: str, now: datetime) -> int:
    """Take a review that waits for somebody, and return it; WrongUse where enough have it, or this one had it."""
    try:
        with transaction.atomic():
            row = _draw(key)
            if row.reviews.filter(given_back_at__isnull=True).count() >= row.needs:
                raise Overtaken("Somebody else has this review.", "Take another one.")
            told = {"given_at": now, "given_by": who, "changed_at": now}
            review = Review.objects.create(draw=row, reviewer_id=reviewer_id, **told)
            log_audit(who, "review.given", row.person_id, now, {"draw": row.pk, "reviewer": reviewer_id})
    except IntegrityError as problem:
        raise WrongUse("You had this review before.", "Take another one.") from problem
    return int(review.pk)


def give_back(key: int, who: str, now: datetime) -> None:
    """Give a review back that one cannot make; it waits for somebody else. WrongUse for one that is done."""
    with transaction.atomic():
        row = _review(key)
        if row.done_at is not None:
            raise WrongUse("This review is done.", "Change its marks instead.")
        Review.objects.filter(pk=key).update(given_back_at=now, changed_at=now)
        log_audit(who, "review.given_back", row.draw.person_id, now, {"review": key, "draw": row.draw_id})


def score(
    key: int, rubric: Sequence[Criterion], marks: Mapping[str, int | None], note: str, was_hard: bool | None,
    seen: int, who: str, now: datetime,
) -> None:  # fmt: skip
    """Write down what a reviewer found. Every criterion has its points, or None where it does not apply.

    Marks may be changed until the reviewed person said something, and of a pair until both are in. Overtaken where
    they were changed in between; WrongUse for points that the rubric does not have, and where nothing applies.
    """
    value = _checked(rubric, marks, note)
    with transaction.atomic():
        row = _review(key)
        _refuse_late(row)
        told = {
            "rubric": rubric_as_rule(tuple(rubric)), "marks": dict(marks), "note": note.strip(), "was_hard": was_hard,
            "score": round(value * MILLION), "done_at": row.done_at or now, "changed_at": now,
            "revision": F("revision") + 1,
        }  # fmt: skip
        if not Review.objects.filter(pk=key, revision=seen).update(**told):
            raise Overtaken("This review was changed in the meantime.", "Look at what stands there now.")
        if is_complete(_draw(row.draw_id)):
            Review.objects.filter(draw=row.draw_id, done_at__isnull=False).update(is_new=True)
        log_audit(who, "review.scored", row.draw.person_id, now, {"review": key, "revision": seen + 1})


def _checked(rubric: Sequence[Criterion], marks: Mapping[str, int | None], note: str) -> float:
    if len(note) > LONGEST_NOTE:
        raise WrongUse(f"This note has {len(note)} characters.", f"Write {LONGEST_NOTE} at most.")
    if set(marks) != {each.name for each in rubric}:
        raise WrongUse("A criterion has no mark, or one is not of the rubric.", "Mark each, or say that it is not met.")
    for each in rubric:
        points = marks[each.name]
        if points is not None and not 0 <= points <= each.points:
            raise WrongUse(f"{each.name} cannot have {points} points.", f"Give 0 to {each.points}.")
    found = review_score([Mark(marks[e.name], e.points, float(e.weight), e.is_critical) for e in rubric])
    if found is None:
        raise WrongUse("Nothing of the rubric applies.", "Give the review back, or mark what does.")
    return found


def _refuse_late(row: Review) -> None:
    if row.done_at is None:
        return
    if row.draw.needs > 1 and is_complete(row.draw):
        raise WrongUse("Both have judged; marks stand as they were made blind.", "Write it in a reply.")
    if row.replies.exists():
        raise WrongUse("Somebody answered this review.", "Write it in a reply.")


def reply(key: int, text: str, person_id: str, who: str, now: datetime) -> None:
    """Say something to a review that is done; WrongUse without a text."""
    told = text.strip()
    if not told or len(told) > LONGEST_NOTE:
        raise WrongUse("A reply has a text.", f"Write 1 to {LONGEST_NOTE} characters.")
    with transaction.atomic():
        row = _review(key)
        if row.done_at is None or not is_complete(row.draw):
            raise WrongUse("This review is not done yet.", "Wait until it is.")
        Reply.objects.create(review=row, text=told, at=now, who=who, person_id=person_id)
        log_audit(who, "review.replied", row.draw.person_id, now, {"review": key})


def note_coaching(person_id: str, coach_id: str, at: datetime, review_id: int | None, who: str, now: datetime) -> int:
    """Write down that somebody was coached and when; WrongUse for the future, and for coaching oneself."""
    if at > now:
        raise WrongUse("A talk is written down when it took place.", "Correct when.")
    if not person_id or not coach_id or person_id == coach_id:
        raise WrongUse("A talk has two people.", "Say who was coached, and by whom.")
    with transaction.atomic():
        review = _review(review_id) if review_id else None
        if review and review.draw.person_id != person_id:
            raise WrongUse("This review is of somebody else.", "Choose one of the person who was coached.")
        row = CoachingTalk.objects.create(
            person_id=person_id, coach_id=coach_id, at=at, review=review, created_at=now, created_by=who
        )
        log_audit(who, "coaching.noted", person_id, now, {"talk": row.pk, "coach": coach_id})
    return int(row.pk)


def withdraw_coaching(key: int, who: str, now: datetime) -> None:
    """Take back a talk that was written down by mistake."""
    with transaction.atomic():
        row = CoachingTalk.objects.select_for_update().filter(pk=key, withdrawn_at__isnull=True).first()
        if row is None:
            raise WrongUse(f"There is no talk {key}.", "Look for it among the talks.")
        CoachingTalk.objects.filter(pk=key).update(withdrawn_at=now, is_new=True)
        log_audit(who, "coaching.withdrawn", row.person_id, now, {"talk": key})


def _draw(key: int) -> Draw:
    row = Draw.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise WrongUse(f"There is nothing to review with the number {key}.", "Look for it under Reviews.")
    return row


def _review(key: int) -> Review:
    rows = Review.objects.select_for_update().select_related("draw")
    row = rows.filter(pk=key, given_back_at__isnull=True).first()
    if row is None:
        raise WrongUse(f"There is no review {key}.", "Look for it under Reviews.")
    return row
