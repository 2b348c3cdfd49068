"""The stage of the company: how large it is, by the headcounts of the book and the limits of the house."""

from relevo.answers.reading import Reading
from relevo.book.remembering import Remembered
from relevo.desk.house.rules import rules_in_force
from relevo.planning.stages import LIMITS, UNKNOWN, Stage, stage

LIMITS_RULE = "stage_limits"
_STAGES: Remembered[Stage] = Remembered(8)


def company_stage(reading: Reading) -> Stage:
    """The stage in force on the book's day; unknown before the first book, and where no headcount was loaded."""
    book = reading.published
    if book is None:
        return UNKNOWN
    rule = rules_in_force(book.as_of).get(LIMITS_RULE)
    limits = tuple(rule.value) if rule and isinstance(rule.value, list) else LIMITS
    counted = book.tables.headcount.select("on_date", "employees")
    return _STAGES.get(book, limits, lambda: stage(book.run(counted).rows, book.as_of, limits))
