"""Whether customers leave more or less often after contact, and after which kind of contact."""

from relevo.measures.card import BEHIND, Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.lives import cell
from relevo.measures.slices import by_slice, labelled
from relevo.measures.support.experiences import Experience, experiences
from relevo.measures.support.person_months import behind, cells


def _finish(found: Found, frame: Frame) -> list[Record]:
    rows = []
    for name, mine in by_slice(found[""], frame).items():
        for each in experiences(mine):
            rows += labelled({name: _row(each)}, frame)
    return rows


def _row(each: Experience) -> Record:
    ratio, low, high = (None if v is None else cell(v) for v in (each.ratio, each.low, each.high))
    return {
        "experience": each.name, "person_months": each.months, "hazard_ratio": ratio, "low": low, "high": high,
    }  # fmt: skip


RETENTION_AFTER_CONTACT = Model(
    Card(
        name="retention_after_contact",
        title="Retention after contact",
        question="Do customers leave more or less often after contact, and after which kind of contact?",
        unit=Unit.RATIO,
        grain="one row per experience of contact",
        direction=Direction.DOWN,
        kind=Kind.OUTCOME,
        read_with=("logo_churn", "survival"),
        columns=(
            Out("experience", Unit.TEXT, "What the last contact of the 90 days before the month was like."),
            Out("person_months", Unit.COUNT, "Months that customers entered paying, after such an experience."),
            Out("hazard_ratio", Unit.RATIO, "Customers lost over those expected of others like them without contact."),
            Out("low", Unit.RATIO, "Lower end of the 95 % interval."),
            Out("high", Unit.RATIO, "Upper end of the 95 % interval."),
        ),
        definition=(
            "Each month that a customer enters paying counts once, and is lost where nothing is paid at its end. It "
            "follows contact if the customer wrote in the 90 days before it began; the last such contact is told, as "
            "far as it was known by then: response (fast or slow against the median of its category in business time, "
            "or unanswered), outcome (resolved, gone silent, unresolved), answer to the question of happiness (happy, "
            "okay, unhappy, none), and whether it was the first, second or a later one on its category in the 90 days. "
            "Each cut adds up to any contact, and with none to the customers that logo_churn opens with. A logistic "
            "model of the month's chance to be lost holds equal the month, tenure (renewals at the year's end apart), "
            "segment, plan, what was paid and the trend of use, all as they were before the 90 days. The ratio is lost "
            "over expected without contact, for those who had it; 95 % by the delta method. Below 10 lost there is "
            "none. An association: trouble brings both contact and leaving. Never compare who was ever in contact with "
            "who never was: who leaves early has less time to write, so contact looks good even where it does nothing."
        ),
        source="Discrete-time hazard: Singer and Willett 1993; no immortal time: Suissa 2008. Row S2-07.",
        months=24,
        has_months=False,
    ),
    {"": cells, BEHIND: behind},
    _finish,
)
