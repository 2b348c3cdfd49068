"""How much of a figure of people's work is told: nothing, the company, teams, persons, by the stage of the company.

A company of five does not measure how fast its one colleague answers. Whoever wants to see more before its time writes
down why, in a rule of the house; the change is in the audit (law 7).
"""

from dataclasses import replace

from relevo.answers.reading import Reading, Refused
from relevo.answers.stage import company_stage, stage_limits
from relevo.measures.card import TEAM, Ask, Card
from relevo.planning.stages import PERSONS_FROM, TEAMS_FROM, begins_above, is_locked


def dosed(reading: Reading, card: Card, ask: Ask) -> Ask:
    """What may be asked of a measure at this stage: the same, or a measure of persons by team.

    Refused where the measure, teams or persons belong to a later stage.
    """
    if not card.from_stage:
        return ask
    _open(reading, card.from_stage, card.title)
    asked = {ask.by, *(dimension for dimension, _value in ask.where)}
    persons = {each.name for each in card.own_dimensions if each.is_person}
    if asked & persons:
        check_persons(reading)
    if TEAM in asked:
        _open(reading, TEAMS_FROM, "Figures of teams")
    if not card.is_of_persons or ask.by == TEAM or not is_shut(reading, PERSONS_FROM):
        return ask
    _open(reading, TEAMS_FROM if ask.by is None else PERSONS_FROM, "Figures of teams")
    return replace(ask, by=TEAM)


def is_shut(reading: Reading, stage: int) -> bool:
    """Whether what belongs to a stage is not shown yet; all is while no headcount is known."""
    return not reading.assumed().early_figures and is_locked(stage, company_stage(reading))


def check_persons(reading: Reading) -> None:
    """Raise Refused while the stage forbids figures of single people."""
    _open(reading, PERSONS_FROM, "Figures of single people")


def _open(reading: Reading, stage: int, what: str) -> None:
    if is_shut(reading, stage):
        now = company_stage(reading)
        above = begins_above(stage, stage_limits(reading))
        raise Refused(
            f"{what}: shown from stage {stage} on, above {above} employees; the book counts {now.employees}, which is "
            f"stage {now.number}.",
            "Wait, or write down in the house rule early_figures why you do not.",
        )
