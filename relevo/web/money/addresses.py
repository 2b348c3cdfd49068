"""Where the figures of the Money pages lead."""

from relevo.answers.retention import MOVEMENT
from relevo.answers.values import RowsAsk
from relevo.base.periods import month_text, parse_month
from relevo.web.addresses import rows_address

YEAR = 12


def window_address(measure: str, month: str, method: str = "", by: str | None = None, value: str | None = None) -> str:
    """The rows behind a year's retention: its customers, or by the other method the movements of the year."""
    if method == MOVEMENT:
        since = month_text(parse_month(month) - YEAR + 1)
        return rows_address(RowsAsk("mrr_movements", month=month, since=since, by=by, value=value))
    return rows_address(RowsAsk(measure, month=month, months=YEAR, by=by, value=value))
