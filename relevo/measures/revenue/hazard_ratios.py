"""How much faster one kind of customer leaves than another, the other dimensions being equal: Cox's model."""

from collections.abc import Mapping, Sequence

from relevo.base.errors import DataRefused
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.estimators.cox import CoxFit, Term, cox
from relevo.measures.estimators.lives import cell
from relevo.measures.revenue.survival_patterns import Level, labels, levels_of, patterns, terms


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    # The fit adds in the order of its rows, and engines give them in any.
    found = sorted(found, key=lambda r: tuple(r.values()))
    dimensions = [levels_of(found, place, term) for place, term in enumerate(terms(frame))]
    known, why = _fitted(found, dimensions)
    return [
        {**labels(level, frame), "events": level.events, **_ratio(level, place, known, why[level.term])}
        for levels in dimensions
        for place, level in enumerate(levels)
    ]


def _fitted(found: Sequence[Record], dimensions: Sequence[list[Level]]) -> tuple[dict[str, Term], dict[str, str]]:
    """Ratios by level, and for each dimension why it has none.

    Dimensions enter one after the other; one that the data cannot tell apart from those before is left out, so that
    it does not take the others with it.
    """
    columns, fit, why = dict[str, list[float]](), None, dict[str, str]()
    for place, levels in enumerate(dimensions):
        more = {_name(level): _member(found, place, level) for level in levels[1:]}
        tried, reason = _fit(found, {**columns, **more}) if more else (None, "There is one value only.")
        why.update((level.term, reason) for level in levels)
        if tried is not None:
            columns, fit = {**columns, **more}, tried
    return ({term.name: term for term in fit.terms} if fit else {}), why


def _member(found: Sequence[Record], place: int, level: Level) -> list[float]:
    return [float(r[f"level_{place}"] in level.names) for r in found]


def _fit(found: Sequence[Record], columns: Mapping[str, Sequence[float]]) -> tuple[CoxFit | None, str]:
    """The model of these levels, each against the largest of its dimension, or why the data do not give one."""
    durations, events, n, entries = ([int(r[c]) for r in found] for c in ("duration", "event", "n", "entry"))
    x = list(zip(*columns.values(), strict=True))
    try:
        return cox(x, durations, events, n, entries, names=list(columns)), ""
    except DataRefused as refused:
        return None, str(refused)


def _name(level: Level) -> str:
    return f"{level.term} {level.name}"


def _ratio(level: Level, place: int, known: dict[str, Term], why: str) -> Record:
    if place == 0:
        return {"hazard_ratio": 1.0, "low": None, "high": None, "p": None, "note": "Compared with this one."}
    if _name(level) not in known:
        return {"hazard_ratio": None, "low": None, "high": None, "p": None, "note": why}
    term = known[_name(level)]
    ratio, low, high, p = (cell(v) for v in (term.hazard_ratio, term.low, term.high, term.p))
    return {"hazard_ratio": ratio, "low": low, "high": high, "p": p, "note": ""}


HAZARD_RATIOS = Measure(
    Card(
        name="hazard_ratios",
        title="Hazard ratios",
        question="How much faster do some customers leave than others, all else in the model being equal?",
        unit=Unit.RATIO,
        grain="one row per dimension and value",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("survival_compare", "survival"),
        columns=(
            Out("term", Unit.TEXT, "The dimension."),
            Out("level", Unit.TEXT, "Its value at the first MRR; '(other)' pools the small ones."),
            Out("n", Unit.COUNT, "Customers."),
            Out("events", Unit.COUNT, "Those that left."),
            Out("hazard_ratio", Unit.RATIO, "Pace of leaving against the dimension's largest value, which has 1."),
            Out("low", Unit.RATIO, "Lower end of the 95 % interval."),
            Out("high", Unit.RATIO, "Upper end of the 95 % interval."),
            Out("p", Unit.RATE, "Chance of such a ratio if there were no difference."),
            Out("note", Unit.TEXT, "Why there is no ratio, where there is none."),
        ),
        definition=(
            "Cox's proportional hazards over the same lives as survival, with delayed entry and Efron's ties: "
            "segment, plan, channel and size together, or the one dimension asked; one that the data cannot tell "
            "apart from those before is left out. Values are those at the first MRR; those of which fewer than 10 "
            "customers would have left at everybody's pace are pooled. A ratio of 2 means that in any month twice as "
            "large a share of the remaining leaves. It is an association between customers alike in the other "
            "dimensions, not a cause."
        ),
        source="Cox 1972; Efron 1977; Wald intervals.",
        has_months=False,
    ),
    patterns,
    _finish,
)
