"""Do groups of customers leave at the same pace? The log-rank test, one dimension at a time."""

from collections.abc import Sequence

from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.estimators.comparison import GroupResult, LogRank, log_rank
from relevo.measures.estimators.lives import cell
from relevo.measures.estimators.survival import kaplan_meier
from relevo.measures.revenue.survival_patterns import Level, labels, levels_of, lives_of, patterns, terms


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    rows: list[Record] = []
    for place, term in enumerate(terms(frame)):
        levels = levels_of(found, place, term)
        lives = {level.name: lives_of(found, place, level) for level in levels}
        result = log_rank(lives) if len(levels) > 1 else None
        for level in levels:
            mine = lives[level.name]
            median, low, high = kaplan_meier(mine.durations, mine.events, mine.n, mine.entries).quantile()
            months = {"median_months": cell(median), "low": cell(low), "high": cell(high)}
            rows.append({**labels(level, frame), "events": level.events, **months, **_test(result, level)})
    return rows


def _test(result: LogRank[str] | None, level: Level) -> Record:
    if result is None:
        return {"expected": None, "statistic": None, "degrees": None, "p": None}
    mine: GroupResult = result.groups[level.name]
    known = result.statistic is not None and result.p is not None
    return {
        "expected": cell(mine.expected, 2),
        "statistic": cell(result.statistic or 0.0) if known else None,
        "degrees": result.degrees,
        "p": cell(result.p or 0.0) if known else None,
    }


SURVIVAL_COMPARE = Measure(
    Card(
        name="survival_compare",
        title="Survival compared",
        question="Do some kinds of customers leave at another pace than others?",
        unit=Unit.MONTHS,
        grain="one row per dimension and value",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("survival", "hazard_ratios"),
        columns=(
            Out("term", Unit.TEXT, "The dimension compared."),
            Out("level", Unit.TEXT, "Its value at the first MRR; '(other)' pools the small ones."),
            Out("n", Unit.COUNT, "Customers."),
            Out("events", Unit.COUNT, "Those that left."),
            Out("median_months", Unit.MONTHS, "Months after which half are gone; null where they are not yet."),
            Out("low", Unit.MONTHS, "Lower end of the median's 95 % interval."),
            Out("high", Unit.MONTHS, "Upper end; null where the data do not bound it."),
            Out("expected", Unit.COUNT, "How many would have left if all values left at one pace."),
            Out("statistic", Unit.RATIO, "Log-rank statistic of the dimension; chi-square if all are alike."),
            Out("degrees", Unit.COUNT, "Its degrees of freedom."),
            Out("p", Unit.RATE, "Chance of such a statistic if all were alike; one in 20 is below 0.05 anyway."),
        ),
        definition=(
            "The log-rank test over the same lives as survival, with delayed entry, one dimension at a time. A value "
            "is the one a customer had at its first MRR. It shows association: other differences between the groups "
            "are not held equal (hazard_ratios holds some), and only an experiment shows a cause."
        ),
        source="Mantel 1966; Peto and Peto 1972; median's interval Brookmeyer and Crowley 1982.",
        has_months=False,
    ),
    patterns,
    _finish,
)
