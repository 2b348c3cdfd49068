"""What a measure assumes where the data do not say: margin, horizon, discount. House rules replace these defaults."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Assumptions:
    """Editable defaults with their source; a figure that used one says so.

    `gross_margin` is a share of revenue, used where no cost of revenue is loaded; `discount_per_year` is an effective
    yearly rate; `horizon_months` bounds a lifetime; `lag_months` overrides the measured sales cycle; `target_ratio`
    and `payback_line_months` are only lines in a picture (folklore, not laws).
    """

    gross_margin: Fraction = Fraction(4, 5)
    horizon_months: int = 60
    discount_per_year: Fraction = Fraction(1, 10)
    lag_months: int | None = None
    target_ratio: Fraction = Fraction(3)
    payback_line_months: int = 12
