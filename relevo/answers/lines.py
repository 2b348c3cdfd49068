"""Lines of habit in pictures, such as twelve months or three to one: whether the house chose them, and why."""

from dataclasses import dataclass
from datetime import date

from relevo.answers.reading import Reading
from relevo.desk.house.rules import rules_in_force

PAYBACK_LINE, RATIO_LINE = "payback_line_months", "ltv_to_cac_line"


@dataclass(frozen=True)
class LineSource:
    """The house rule that set a line: since when, and the reason given."""

    since: date
    reason: str


def line_source(reading: Reading, rule: str) -> LineSource | None:
    """Where a line comes from; None where it is the default, which is a rule of thumb and no more."""
    held = rules_in_force(reading.company_book.as_of).get(rule)
    return None if held is None else LineSource(held.from_on, held.reason)
