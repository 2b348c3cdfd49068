"""Reviews and coaching as values: what waits, what was found, and who may see it yet."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.db.models import Count, F, Q, QuerySet

from relevo.desk.reviews.drawing import ToReview
from relevo.desk.reviews.models import CoachingTalk, Draw, Review, Sample

MILLION, BILLION = 1_000_000, 1_000_000_000


@dataclass(frozen=True)
class KeptReply:
    """What somebody said to a review."""

    text: str
    at: datetime
    person_id: str


@dataclass(frozen=True)
class KeptReview:
    """One review as it stands. `marks` are points by criterion, None where it does not apply.

    `is_open` says whether others than its reviewer may see it: once all who judge the conversation are done.
    """

    id: int
    draw_id: int
    conversation_id: str
    customer_id: str
    person_id: str
    authors: tuple[str, ...]
    channel: str
    category: str
    is_random: bool
    why: str
    is_pair: bool
    reviewer_id: str
    given_at: datetime
    done_at: datetime | None
    rubric: tuple[Mapping[str, object], ...]
    marks: Mapping[str, int | None]
    score: float | None
    note: str
    was_hard: bool | None
    revision: int
    is_open: bool
    replies: tuple[KeptReply, ...] = field(default=())


@dataclass(frozen=True)
class KeptTalk:
    """One coaching talk."""

    id: int
    person_id: str
    coach_id: str
    at: datetime
    review_id: int | None


@dataclass(frozen=True)
class KeptSample:
    """One week's sample: how it was drawn, and how much of it is reviewed."""

    week_on: date
    seed: int
    per_person: int
    book: str
    among: int
    drawn: int
    reviewed: int


def review_with(key: int) -> KeptReview | None:
    """One review; None where there is none, and for one that was given back."""
    row = _standing().filter(pk=key).first()
    return _kept(row) if row else None


def waiting_for(persons: Collection[str]) -> tuple[KeptReview, ...]:
    """What these persons have to review, the longest waiting first."""
    rows = _standing().filter(reviewer_id__in=list(persons), done_at__isnull=True)
    return tuple(_kept(row) for row in rows.order_by("given_at", "id"))


def done_by(persons: Collection[str], limit: int) -> tuple[KeptReview, ...]:
    """What these persons reviewed last."""
    rows = _standing().filter(reviewer_id__in=list(persons), done_at__isnull=False)
    return tuple(_kept(row) for row in rows.order_by("-done_at", "-id")[:limit])


def reviews_about(persons: Collection[str] | None, limit: int) -> tuple[KeptReview, ...]:
    """The last reviews of these persons' work that may be seen by others, all persons' for None."""
    rows = _standing().filter(done_at__isnull=False)
    if persons is not None:
        rows = rows.filter(draw__person_id__in=list(persons))
    found = (_kept(row) for row in rows.order_by("-done_at", "-id")[: 2 * limit])
    return tuple(each for each in found if each.is_open)[:limit]


def free_to_take(limit: int) -> tuple[ToReview, ...]:
    """What waits for more reviewers than it has, the oldest first."""
    standing = Count("reviews", filter=Q(reviews__given_back_at__isnull=True))
    rows = Draw.objects.annotate(standing=standing).filter(standing__lt=F("needs")).prefetch_related("reviews")
    found = (to_review(row) for row in rows.order_by("id"))
    return tuple(islice(found, limit))


def to_review(row: Draw) -> ToReview:
    """A draw as the rotation knows it."""
    reviews = list(row.reviews.all())
    held = frozenset(each.reviewer_id for each in reviews)
    gave_back = sum(each.given_back_at is not None for each in reviews)
    return ToReview(row.pk, row.person_id, frozenset(row.authors), row.needs + gave_back, held)


def draw_with(key: int) -> ToReview | None:
    """What was drawn, as the rotation knows it; None where there is none."""
    row = Draw.objects.prefetch_related("reviews").filter(pk=key).first()
    return to_review(row) if row else None


def load_since(since: datetime) -> Mapping[str, int]:
    """How many reviews each person was given since a moment, given back or not."""
    return Counter(Review.objects.filter(given_at__gte=since).values_list("reviewer_id", flat=True))


def last_reviewers(persons: Collection[str]) -> Mapping[str, frozenset[str]]:
    """Who reviewed each of these persons last."""
    rows = Review.objects.filter(draw__person_id__in=list(persons), given_back_at__isnull=True).order_by("id")
    last: dict[str, tuple[int, set[str]]] = {}
    for person, draw, reviewer in rows.values_list("draw__person_id", "draw_id", "reviewer_id"):
        held = last.get(person)
        last[person] = (draw, held[1] | {reviewer} if held and held[0] == draw else {reviewer})
    return {person: frozenset(reviewers) for person, (_, reviewers) in last.items()}


def has_sample(week_on: date) -> bool:
    """Whether the sample of a week was drawn."""
    return Sample.objects.filter(week_on=week_on).exists()


def last_sample() -> KeptSample | None:
    """The sample of the last week that was drawn; None where none was."""
    row = Sample.objects.first()
    if row is None:
        return None
    reviewed = row.draws.filter(reviews__done_at__isnull=False).distinct().count()
    drawn = row.draws.count()
    return KeptSample(row.week_on, row.seed, row.per_person, row.book, row.among, drawn, reviewed)


def talks_of(persons: Collection[str] | None, limit: int) -> tuple[KeptTalk, ...]:
    """The last coaching talks of persons, coached or coaching; of all for None."""
    rows = CoachingTalk.objects.filter(withdrawn_at__isnull=True)
    if persons is not None:
        rows = rows.filter(person_id__in=list(persons)) | rows.filter(coach_id__in=list(persons))
    return tuple(KeptTalk(r.pk, r.person_id, r.coach_id, r.at, r.review_id) for r in rows.distinct()[:limit])


def talk_with(key: int) -> KeptTalk | None:
    """One coaching talk; None where there is none, and for one that was withdrawn."""
    row = CoachingTalk.objects.filter(pk=key, withdrawn_at__isnull=True).first()
    return KeptTalk(row.pk, row.person_id, row.coach_id, row.at, row.review_id) if row else None


def is_complete(draw: Draw) -> bool:
    """Whether as many as it needs have reviewed what was drawn: before, none of their marks is shown to another."""
    done = sum(each.done_at is not None for each in draw.reviews.all() if each.given_back_at is None)
    return done >= draw.needs


def _standing() -> QuerySet[Review]:
    rows = Review.objects.filter(given_back_at__isnull=True).select_related("draw")
    return rows.prefetch_related("replies", "draw__reviews")


def _kept(row: Review) -> KeptReview:
    draw = row.draw
    same = ("conversation_id", "customer_id", "person_id", "channel", "category", "why")
    return KeptReview(
        id=row.pk, draw_id=draw.pk, **{name: getattr(draw, name) for name in same}, authors=tuple(draw.authors),
        is_random=draw.sampling == "random", is_pair=draw.needs > 1, reviewer_id=row.reviewer_id,
        given_at=row.given_at, done_at=row.done_at, rubric=tuple(row.rubric), marks=row.marks,
        score=None if row.score is None else row.score / MILLION, note=row.note, was_hard=row.was_hard,
        revision=row.revision, is_open=row.done_at is not None and is_complete(draw),
        replies=tuple(KeptReply(each.text, each.at, each.person_id) for each in row.replies.all()),
    )  # fmt: skip
