"""The policy: every contestable convention of recurring revenue as one value, hashed into every book.

The defaults are the profile `relevo`. Each choice and who chooses otherwise: docs/decisions/0005-revenue-policy.md;
what each tool's profile is made of: docs/decisions/0009-policy-profiles.md.
Source of the list: reference on subscription revenue, sections 6 and 8 (conventions of Stripe, ChartMogul ...).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal

from relevo.base.errors import WrongUse

DAYS_PER_YEAR = Fraction(365)
WEEKS_PER_YEAR = Fraction(52)
MONTHS_PER_YEAR = 12


@lru_cache(maxsize=256)
def _hashed(policy: "Policy") -> str:
    """Every answer that is remembered asks for it, so it is computed once for each policy."""
    text = json.dumps({name: str(value) for name, value in asdict(policy).items()}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Policy:
    """Conventions of recurring revenue.

    Factors say how many billing intervals make a year; days and minutes say their unit in their name, and None means
    without limit. The first group decides what MRR is, the second how its movements are told, the third its rates.
    """

    name: str = "relevo"
    weeks_per_year: Fraction = WEEKS_PER_YEAR
    days_per_year: Fraction = DAYS_PER_YEAR
    discounts: Literal["recurring_in_force", "all", "forever_only", "none"] = "recurring_in_force"
    once_on_multimonth: Literal["spread", "ignore"] = "spread"
    refunds: Literal["ignore", "net"] = "ignore"
    metered: Literal["exclude", "as_billed"] = "exclude"
    new_recognition: Literal["service_start", "paid", "issued"] = "service_start"
    cancel_recognition: Literal["service_end", "request"] = "service_end"
    past_due_grace_days: int | None = 30
    unpaid: Literal["zero", "keep"] = "zero"
    pause: Literal["zero", "keep"] = "zero"
    zero_mrr_is_churn: bool = True
    gap_tolerance_days_charge: int = 0
    gap_tolerance_days_invoice: int = 30
    fx: Literal["closing_bridge", "locked", "service_start"] = "closing_bridge"
    level: Literal["account", "parent"] = "account"

    reactivation_window_days: int | None = None
    net_window_minutes: int | None = None

    nrr_method: Literal["cohort", "movement", "chained"] = "cohort"
    mrr_churn: Literal["cohort", "movement", "movement_with_reactivation"] = "cohort"
    logo_churn: Literal[
        "opening_cohort", "all_over_opening", "all_over_opening_and_new", "all_over_midpoint", "sum_of_days"
    ] = "opening_cohort"
    quick_ratio: Literal["with_reactivation", "without_reactivation"] = "with_reactivation"
    trial_conversion: Literal["cohort", "rolling"] = "cohort"

    @property
    def hash(self) -> str:
        """Twelve hexadecimal digits that change whenever a convention does."""
        return _hashed(self)

    @property
    def rolled(self) -> "Policy":
        """The policy with the conventions on rates at their defaults: what the roll-ups of a book depend on."""
        house = Policy()
        return replace(self, name="rolled", **{name: getattr(house, name) for name in RATE_FIELDS})

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Policy":
        """The policy of stored JSON; a convention that an older book does not name is the default."""
        factors = {name: Fraction(stored[name]) for name in ("weeks_per_year", "days_per_year") if name in stored}
        return cls(**{**stored, **factors})

    def intervals_per_year(self, unit: str) -> Fraction:
        """How many billing intervals of a unit make a year; KeyError for an unknown unit."""
        return {
            "day": Fraction(self.days_per_year),
            "week": Fraction(self.weeks_per_year),
            "month": Fraction(MONTHS_PER_YEAR),
            "year": Fraction(1),
        }[unit]


# The conventions that decide what MRR at a month's end is, in the order in which a reconciliation takes them over:
# at which exchange rate, then what is charged, then when it counts, and for whom.
LEVEL_FIELDS = (
    "fx", "discounts", "once_on_multimonth", "refunds", "metered", "weeks_per_year", "days_per_year",
    "new_recognition", "cancel_recognition", "past_due_grace_days", "unpaid", "pause", "zero_mrr_is_churn",
    "gap_tolerance_days_charge", "gap_tolerance_days_invoice", "level",
)  # fmt: skip
# The conventions that decide a rate from roll-ups which are the same for all of them.
RATE_FIELDS = ("nrr_method", "mrr_churn", "logo_churn", "quick_ratio", "trial_conversion")

PROFILES: dict[str, Policy] = {
    policy.name: policy
    for policy in (
        Policy(),
        Policy(
            name="stripe", discounts="forever_only", cancel_recognition="request", past_due_grace_days=None,
            logo_churn="all_over_opening_and_new", trial_conversion="rolling",
        ),
        Policy(
            name="chartmogul", discounts="all", new_recognition="paid", past_due_grace_days=None, unpaid="keep",
            zero_mrr_is_churn=False, fx="service_start", net_window_minutes=60,
            mrr_churn="movement_with_reactivation",
        ),
        Policy(
            name="baremetrics", mrr_churn="movement", logo_churn="all_over_opening", quick_ratio="without_reactivation",
        ),
        Policy(
            name="profitwell", discounts="all", metered="as_billed", new_recognition="paid", past_due_grace_days=None,
            fx="locked",
        ),
        Policy(
            name="recurly", refunds="net", days_per_year=Fraction(360), past_due_grace_days=None, unpaid="keep",
        ),
        Policy(name="maxio", cancel_recognition="request", pause="keep", reactivation_window_days=90),
    )
}  # fmt: skip


def profile(name: str) -> Policy:
    """The policy of a profile; wrong use for a name that is none."""
    if name not in PROFILES:
        raise WrongUse(f"{name!r} is not a policy.", f"Known: {', '.join(sorted(PROFILES))}.")
    return PROFILES[name]


def differences(theirs: Policy, ours: Policy) -> tuple[str, ...]:
    """The names of the conventions in which two policies differ, in the order of `Policy`."""
    return tuple(
        f.name for f in fields(Policy) if f.name != "name" and getattr(theirs, f.name) != getattr(ours, f.name)
    )


def walk(theirs: Policy, ours: Policy) -> list[tuple[str, Policy]]:
    """From one policy to another, one convention on MRR at a time: its name and the policy that it leads to.

    Conventions on movements and rates do not change MRR and are not taken; so the last policy has the MRR of `ours`.
    """
    steps, here = [], theirs
    differing = differences(theirs, ours)
    for name in (field for field in LEVEL_FIELDS if field in differing):
        here = replace(here, name=f"{theirs.name} to {ours.name}", **{name: getattr(ours, name)})
        steps.append((name, here))
    return steps
