"""How good our answers are, as colleagues judged a random sample: of all, by channel, by topic, by month."""

from collections.abc import Iterable
from itertools import groupby

import ibis.expr.types as ir

from relevo.base.periods import day_in, month_of
from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Dimension, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.severity import Severity
from relevo.measures.slices import by_slice, group, labelled, sliced_by_own
from relevo.measures.support.review_rows import WINDOW, Review, draws, marks, mean_of, reviews_of, severity_of, six
from relevo.measures.support.reviews import ASSUMES, FIGURES, SCORED, SOURCE, figures

OWN = (
    Dimension("channel", "how the conversation came in."),
    Dimension("category", "what the conversation is about."),
)
_COLUMNS = (*FIGURES, Out("worst", Unit.RATIO, "Mean score of the worst tenth; null for none."))


def marks_of_all(tables: Tables, frame: Frame) -> ir.Table:
    """One row per review of the window and criterion, with the slice asked for of its conversation.

    Where traits of customers are asked, reviews of conversations that are not in sight are left out.
    """
    own = [each.name for each in OWN]
    asked = {name for name in (frame.by, *dict(frame.where)) if name}
    rows, talks = marks(tables, frame), tables.conversation
    of = talks.select("customer_id", "channel", "category", talk="conversation_id")
    both = rows.join(of, rows.conversation_id == of.talk, how="left" if asked <= set(own) else "inner")
    month = both["at"].year().cast("int64") * 12 + both["at"].month().cast("int64") - 1
    told = both.select(*rows.columns, "customer_id", "channel", "category", key_month=month)
    cut = sliced_by_own(told, tables, frame, own)
    return cut.select(*rows.columns, "customer_id", *group(frame)).order_by("review_id", "criterion")


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers whose conversations were reviewed, per slice."""
    rows, keys = marks_of_all(tables, frame), group(frame)
    return (rows.group_by(keys) if keys else rows).aggregate(customers=rows.customer_id.nunique())


def _finish(found: Found, frame: Frame) -> list[Record]:
    rubric = frame.assumptions.review_rubric
    harsh = severity_of(reviews_of(found["window"], rubric))
    cells = by_slice(found[""], frame).items()
    return labelled({of: _row(reviews_of(rows, rubric), harsh) for of, rows in cells}, frame)


def _row(reviews: Iterable[Review], harsh: Severity) -> Record:
    drawn = draws(reviews)
    return {**figures(drawn, harsh), "worst": six(mean_of(drawn).worst)}


REVIEW_SCORES = Model(
    Card(
        name="review_scores",
        title="Quality of answers",
        question="How good are our answers, as colleagues judged a random sample of them?",
        unit=Unit.RATIO,
        grain="one row, or one per slice",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("happiness", "review_agreement"),
        columns=_COLUMNS,
        definition=(
            f"{SCORED} A customer's slice is its value in the month, in UTC, in which the review was made, at the "
            "earliest that of its first paying month."
        ),
        source=SOURCE,
        months=WINDOW,
        has_months=False,
        own_dimensions=OWN,
        assumes=ASSUMES,
    ),
    {"": marks_of_all, "window": marks, BEHIND: behind},
    _finish,
)


def _by_month(found: Found, frame: Frame) -> list[Record]:
    reviews = reviews_of(found[""], frame.assumptions.review_rubric)
    harsh = severity_of(reviews)

    def month(review: Review) -> int:
        return month_of(day_in(review.at, frame.timezone))

    ordered = sorted((each for each in reviews if each.is_random), key=month)
    return [{"month": of, **_row(list(group), harsh)} for of, group in groupby(ordered, key=month)]


REVIEW_TREND = Model(
    Card(
        name="review_trend",
        title="Quality of answers by month",
        question="Do our answers become better or worse, as colleagues judge a random sample of them?",
        unit=Unit.RATIO,
        grain="one row per month in which a conversation that had been drawn was reviewed",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("review_agreement",),
        columns=(Out("month", Unit.MONTH, "The month in which the reviews were made."), *_COLUMNS),
        definition=SCORED,
        source=SOURCE,
        months=12,
        can_slice=False,
        has_months=False,
        assumes=ASSUMES,
    ),
    {"": marks},
    _by_month,
)
