"""How often what we tell customers is wrong, by channel: reviewers' marks, and answers that were corrected (S2-33)."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.review_score import FAILS_BELOW, weighted_mean
from relevo.measures.rubric import ACCURACY
from relevo.measures.slices import NONE
from relevo.measures.support.review_rows import RANDOM, WINDOW, Draw, draws, marks, reviews_of, six
from relevo.measures.support.reviews import SOURCE

# How an answer begins that corrects an earlier one, in the languages of the product; folded to lower case.
CORRECTIONS = (
    "correction:", "i have to correct", "i need to correct", "my previous answer was wrong",
    "what i told you was wrong", "corrección:", "tengo que corregir", "mi respuesta anterior era incorrecta",
    "lo que le dije no era correcto", "correção:", "preciso corrigir", "minha resposta anterior estava errada",
    "更正：", "更正:", "我之前的回答有误",
)  # fmt: skip


def accuracy_marks(tables: Tables, frame: Frame) -> ir.Table:
    """One row per review of the window that was drawn at random and judges accuracy, with its channel."""
    rows, talks = marks(tables, frame), tables.conversation.select("channel", talk="conversation_id")
    judged = rows.filter((rows.criterion == ACCURACY) & (rows.sampling == RANDOM))
    both = judged.left_join(talks, judged.conversation_id == talks.talk)
    return both.select(*rows.columns, "channel").order_by("review_id")


def corrected(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations reviewed in the window in which a colleague, having answered, wrote that it had been wrong."""
    reviewed = marks(tables, frame).select("conversation_id").distinct()
    said = tables.message.filter(lambda t: (t.author_kind == "human") & t.is_public & (t["at"] < frame.until))
    answers = said.semi_join(reviewed, "conversation_id").select("conversation_id", "at", words=said.body.lower())
    nth = ibis.row_number().over(ibis.window(group_by="conversation_id", order_by="at"))
    later = answers.mutate(nth=nth).filter(lambda t: t.nth > 0)
    tells = ibis.or_(*(later.words.contains(each) for each in CORRECTIONS))
    return later.filter(tells).select("conversation_id").distinct().order_by("conversation_id")


def _finish(found: Found, _frame: Frame) -> list[Record]:
    wrong = frozenset(row["conversation_id"] for row in found["corrected"])
    channels: dict[str, list[Record]] = {}
    for row in found[""]:
        channels.setdefault(row["channel"] or NONE, []).append(row)
    return [{"channel": name, **_row(channels[name], wrong)} for name in sorted(channels)]


def _row(rows: Sequence[Record], wrong: frozenset[str]) -> Record:
    drawn = draws(reviews_of(rows, ()))
    weights = [each.weight for each in drawn]
    points = weighted_mean([_accuracy(each, wrong) for each in drawn], weights, top=1.0)
    errors = weighted_mean([float(_is_error(each, wrong)) for each in drawn], weights, top=1.0)
    return {
        "n": points.n, "accuracy": six(points.value), "low": six(points.low), "high": six(points.high),
        "error_rate": six(errors.value), "corrected": sum(_was_corrected(each, wrong) for each in drawn),
    }  # fmt: skip


def _accuracy(drawn: Draw, wrong: frozenset[str]) -> float:
    return 0.0 if _was_corrected(drawn, wrong) else drawn.score / 100


def _is_error(drawn: Draw, wrong: frozenset[str]) -> bool:
    return _accuracy(drawn, wrong) < FAILS_BELOW


def _was_corrected(drawn: Draw, wrong: frozenset[str]) -> bool:
    return drawn.reviews[0].conversation_id in wrong


REVIEW_ACCURACY = Model(
    Card(
        name="review_accuracy",
        title="Accuracy by channel",
        question="In which channel do we tell customers what is wrong?",
        unit=Unit.RATE,
        grain="one row per channel of which a conversation was drawn and reviewed",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("review_agreement",),
        columns=(
            Out("channel", Unit.TEXT, "How the conversation came in."),
            Out("n", Unit.COUNT, "Conversations drawn at random whose accuracy was judged."),
            Out("accuracy", Unit.RATE, "Mean part of the points for accuracy, 0 for a corrected answer."),
            Out("low", Unit.RATE, "Lower end of its 95 % interval (Student's t); null below two."),
            Out("high", Unit.RATE, "Upper end of its 95 % interval; null below two."),
            Out("error_rate", Unit.RATE, "Part of the answers with less than half of the points, or corrected later."),
            Out("corrected", Unit.COUNT, "Those in which a colleague told the customer later that it was wrong."),
        ),
        definition=(
            "Of the conversations that were drawn at random and reviewed in the window, which is the months that end "
            "with the as-of day's: the points for the criterion accuracy over the most points, each conversation "
            "weighing one over its chance. An answer that a later public answer of a colleague corrects, in the words "
            "that are usual for it, was an error whatever the reviewer gave; where messages have no text, none is "
            "found. One that two judged blind counts once, with the mean of both."
        ),
        source=f"Row S2-33. {SOURCE}",
        months=WINDOW,
        can_slice=False,
        has_months=False,
    ),
    {"": accuracy_marks, "corrected": corrected},
    _finish,
)
