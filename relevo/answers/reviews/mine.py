"""What waits for me to review, what was said of my work and of those I lead, and what I said of others'."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from relevo.answers.reading import Reading
from relevo.answers.relay.acting import person_names
from relevo.answers.reviews.sight import free_for, is_mine, leads
from relevo.desk.reviews.drawing import ToReview
from relevo.desk.reviews.kept import KeptReview, done_by, reviews_about, talks_of, waiting_for

PAGE = 25


@dataclass(frozen=True)
class ReviewLine:
    """One review in a list. `score` is from 0 to 100, None until it is done; `replies` counts what was said to it."""

    id: int
    person_id: str
    person: str
    reviewer: str
    channel: str
    category: str
    is_random: bool
    is_pair: bool
    why: str
    given_at: datetime
    done_at: datetime | None
    score: float | None
    replies: int

    @classmethod
    def of(cls, kept: KeptReview, names: Mapping[str, str]) -> "ReviewLine":
        """A review as it stands, people by their names."""
        same = ("id", "person_id", "channel", "category", "is_random", "is_pair", "why", "given_at", "done_at", "score")
        return cls(
            **{name: getattr(kept, name) for name in same}, person=names.get(kept.person_id, kept.person_id),
            reviewer=names.get(kept.reviewer_id, kept.reviewer_id), replies=len(kept.replies),
        )  # fmt: skip


@dataclass(frozen=True)
class FreeLine:
    """What waits for a reviewer and could be taken: whose work."""

    id: int
    person: str


@dataclass(frozen=True)
class TalkLine:
    """One coaching talk: who was coached by whom and when. `may_withdraw` says whether the viewer may take it back."""

    id: int
    person: str
    coach: str
    at: datetime
    may_withdraw: bool


@dataclass(frozen=True)
class MyReviews:
    """The viewer's part: `queue` is to be reviewed, `free` could be taken, `about_me` was said of the viewer's work.

    `about_team` was said of those the viewer leads, `given` by the viewer. `coachees` are those whose coaching the
    viewer writes down, as id and name, and `pickable` those whose conversations the viewer may have reviewed.
    """

    queue: tuple[ReviewLine, ...]
    free: tuple[FreeLine, ...]
    about_me: tuple[ReviewLine, ...]
    about_team: tuple[ReviewLine, ...]
    given: tuple[ReviewLine, ...]
    talks: tuple[TalkLine, ...]
    coachees: tuple[tuple[str, str], ...]
    pickable: tuple[tuple[str, str], ...]


def my_reviews(reading: Reading, on: date) -> MyReviews:
    """What the viewer has to do with reviews, under the rules of a day."""
    viewer, names = reading.viewer, person_names(reading)
    mine = viewer.me
    about_mine = reviews_about(mine, PAGE)
    seen = None if viewer.persons is None else viewer.persons - mine
    about_team = [each for each in reviews_about(seen, 2 * PAGE) if not is_mine(reading, each.person_id)]
    return MyReviews(
        queue=_lines(waiting_for(mine), names),
        free=tuple(_free(each, names) for each in free_for(reading, on)[:PAGE]),
        about_me=_lines(about_mine, names),
        about_team=_lines(about_team[:PAGE], names),
        given=_lines(done_by(mine, PAGE), names),
        talks=_talks(reading, names),
        coachees=_coachees(reading, names),
        pickable=_own(reading, names) + _coachees(reading, names),
    )


def _lines(found: tuple[KeptReview, ...] | list[KeptReview], names: Mapping[str, str]) -> tuple[ReviewLine, ...]:
    return tuple(ReviewLine.of(each, names) for each in found)


def _free(each: ToReview, names: Mapping[str, str]) -> FreeLine:
    return FreeLine(each.key, names.get(each.person_id, each.person_id))


def _talks(reading: Reading, names: Mapping[str, str]) -> tuple[TalkLine, ...]:
    viewer = reading.viewer
    seen = None if viewer.persons is None else viewer.persons | viewer.me
    return tuple(
        TalkLine(
            each.id, names.get(each.person_id, each.person_id), names.get(each.coach_id, each.coach_id), each.at,
            is_mine(reading, each.coach_id) or leads(reading, each.person_id),
        )
        for each in talks_of(seen, PAGE)
    )  # fmt: skip


def _own(reading: Reading, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((person, names[person]) for person in sorted(reading.viewer.me) if person in names)


def _coachees(reading: Reading, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    found = [(person, name) for person, name in names.items() if leads(reading, person)]
    return tuple(sorted(found, key=lambda pair: pair[1].casefold()))
