"""The policy: every contestable convention of recurring revenue as one value, hashed into every book.

The defaults are the profile `relevo`. Each choice and who chooses otherwise: docs/decisions/0005-revenue-policy.md.
Source of the list: reference on subscription revenue, section 8 (conventions of Stripe, ChartMogul, Recurly ...).
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Literal

from relevo.base.errors import WrongUse

DAYS_PER_YEAR = 365
WEEKS_PER_YEAR = 52
MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Policy:
    """Conventions of recurring revenue.

    Factors say how many billing intervals make a year; days and minutes say their unit in their name.
    """

    name: str = "relevo"
    weeks_per_year: int = WEEKS_PER_YEAR
    days_per_year: int = DAYS_PER_YEAR
    discounts: Literal["recurring_in_force", "all", "forever_only", "none"] = "recurring_in_force"
    once_on_multimonth: Literal["spread", "ignore"] = "spread"
    metered: Literal["exclude", "as_billed"] = "exclude"
    past_due_grace_days: int = 30
    pause: Literal["zero", "keep"] = "zero"
    gap_tolerance_days_charge: int = 0
    gap_tolerance_days_invoice: int = 30
    fx: Literal["closing_bridge"] = "closing_bridge"
    level: Literal["account", "parent"] = "account"
    nrr_method: Literal["cohort"] = "cohort"

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that change whenever a convention does."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def intervals_per_year(self, unit: str) -> Fraction:
        """How many billing intervals of a unit make a year; KeyError for an unknown unit."""
        return Fraction(
            {
                "day": self.days_per_year,
                "week": self.weeks_per_year,
                "month": MONTHS_PER_YEAR,
                "year": 1,
            }[unit]
        )


PROFILES: dict[str, Policy] = {"relevo": Policy()}


def profile(name: str) -> Policy:
    """The policy of a profile; wrong use for a name that is none."""
    if name not in PROFILES:
        raise WrongUse(f"{name!r} is not a policy.", f"Known: {', '.join(sorted(PROFILES))}.")
    return PROFILES[name]
