"""Peer reviews: what waits for the caller, what was found, marks, replies."""

from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from relevo.answers.reading import Reading
from relevo.answers.relay.acting import my_person
from relevo.answers.reviews.mine import ReviewLine, my_reviews
from relevo.answers.reviews.one import ReviewOne, Said, ToldReply, review_one
from relevo.answers.reviews.sight import review_to_answer, review_to_score
from relevo.api.callers import reading_of
from relevo.api.endpoints.desk import MADE, Body, Number
from relevo.api.endpoints.relay_parts import LINES, Revision, today_of
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import done, listed, responses, shape
from relevo.api.trail import note_persons_of
from relevo.desk.people.keys import KeyScope
from relevo.desk.reviews import actions
from relevo.desk.reviews.lengths import LONGEST_NOTE
from relevo.desk.reviews.rules import rubric_for
from relevo.jobs.clock import now

router = Router(tags=["reviews"])
ONE = "/reviews/{review_id}"
Reviews = listed(shape(ReviewLine, "ReviewTold"), "Reviews")


class WhichReviews(StrEnum):
    """Which reviews: to be made by the caller, of the caller's work, of those the caller leads, made by the caller."""

    QUEUE = "queue"
    MINE = "mine"
    TEAM = "team"
    GIVEN = "given"


class ReviewsQuestion(Page):
    """Which reviews."""

    list: WhichReviews = Field(WhichReviews.QUEUE, description="Which of them.")


@dataclass(frozen=True)
class ReviewCriterion:
    """One line of the rubric; below half of the points of a critical one the whole review is 0."""

    name: str
    points: int
    weight: float
    is_critical: bool


@dataclass(frozen=True)
class ReviewRead:
    """One review: what it judges, the marks (null where a criterion does not apply), replies, and what may be done.

    `messages` is null where the caller may not read the conversation. `is_open` says whether others than its reviewer
    see it.
    """

    review: ReviewLine
    conversation_id: str
    rubric: tuple[ReviewCriterion, ...]
    marks: dict[str, int | None]
    note: str
    was_hard: bool | None
    revision: int
    is_open: bool
    replies: tuple[ToldReply, ...]
    subject: str | None
    messages: tuple[Said, ...] | None
    may_score: bool
    may_reply: bool
    may_give_back: bool


class ReviewMarks(Body):
    """What a reviewer found: points of every criterion of the rubric, null where one does not apply."""

    revision: Revision = Field(examples=[0])
    marks: dict[str, int | None] = Field(
        max_length=12, examples=[{"accuracy": 4, "clarity": 3, "tone": 4, "next_step": None}]
    )
    note: str = Field("", max_length=LONGEST_NOTE, pattern=LINES, examples=["Clear; say what comes next."])
    was_hard: bool | None = Field(None, description="Whether the case was hard, whoever answered it.")


class ReviewReply(Body):
    """What is said to a review."""

    text: str = Field(min_length=1, max_length=LONGEST_NOTE, pattern=LINES, examples=["It was the old screen."])


class GivenBack(Schema):
    """A review that was given back, by its id: it waits for somebody else."""

    id: int = Field(examples=[1])


@router.get("/reviews", response=responses(Reviews), summary="List reviews")
def list_reviews(request: HttpRequest, ask: Query[ReviewsQuestion]) -> HttpResponse:
    """What waits for the caller, or what was found. 403 for a key without `read:persons`."""
    reading = reading_of(request, KeyScope.READ_PERSONS)
    mine = my_reviews(reading, today_of(reading))
    rows = {
        WhichReviews.QUEUE: mine.queue,
        WhichReviews.MINE: mine.about_me,
        WhichReviews.TEAM: mine.about_team,
        WhichReviews.GIVEN: mine.given,
    }[ask.list]
    note_persons_of(request, "reviews", ["person_id"] if rows else [])
    return said(request, Place(request, ask).cut(rows))


@router.get(ONE, response=responses(ReviewRead, 404), summary="Read a peer review")
def get_review(request: HttpRequest, review_id: Number) -> HttpResponse:
    """One review with its conversation. 404 for marks that are not for the caller, or not yet."""
    reading = reading_of(request, KeyScope.READ_PERSONS)
    told = _told(reading, review_id)
    note_persons_of(request, "reviews", ["person_id"])
    return said(request, told)


@router.put(f"{ONE}/marks", response=done(ReviewRead, 404), summary="Give marks")
def give_marks(request: HttpRequest, review_id: Number, body: ReviewMarks) -> HttpResponse:
    """Marks of the reviewer. 409 where they were changed since; 400 where both of a pair are in, or a reply is."""
    reading = _telling(request)
    kept = review_to_score(reading, review_id)
    rubric = rubric_for(kept, today_of(reading))
    actions.score(kept.id, rubric, body.marks, body.note, body.was_hard, body.revision, reading.viewer.name, now())
    return said(request, _told(reading, review_id))


@router.post(f"{ONE}/replies", response=done(ReviewRead, 404, status=MADE), summary="Reply to a review")
def reply_to_review(request: HttpRequest, review_id: Number, body: ReviewReply) -> HttpResponse:
    """What the reviewed person, or the reviewer, says to it."""
    reading = _telling(request)
    kept = review_to_answer(reading, review_id)
    actions.reply(kept.id, body.text, my_person(reading), reading.viewer.name, now())
    return said(request, _told(reading, review_id), MADE)


@router.post(f"{ONE}/give-back", response=done(GivenBack, 404, status=MADE), summary="Give a review back")
def give_review_back(request: HttpRequest, review_id: Number) -> HttpResponse:
    """A review that the caller cannot make."""
    reading = reading_of(request, KeyScope.WRITE_REVIEWS)
    kept = review_to_score(reading, review_id)
    actions.give_back(kept.id, reading.viewer.name, now())
    return said(request, {"id": kept.id}, MADE)


def _telling(request: HttpRequest) -> Reading:
    """What writes and then tells the review: a key has to name both. Refused where it does not."""
    reading_of(request, KeyScope.READ_PERSONS)
    return reading_of(request, KeyScope.WRITE_REVIEWS)


def _told(reading: Reading, key: int) -> ReviewRead:
    return _read(review_one(reading, key, today_of(reading)))


def _read(one: ReviewOne) -> ReviewRead:
    same = (
        "conversation_id", "note", "was_hard", "revision", "is_open", "replies", "subject", "messages", "may_score",
        "may_reply", "may_give_back",
    )  # fmt: skip
    rubric = tuple(ReviewCriterion(e.name, e.points, float(e.weight), e.is_critical) for e in one.rubric)
    told = {name: getattr(one, name) for name in same}
    return ReviewRead(review=one.line, rubric=rubric, marks=dict(one.marks), **told)
