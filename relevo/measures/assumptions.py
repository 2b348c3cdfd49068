"""What a measure assumes where the data do not say: margin, horizon, discount. House rules replace these defaults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from relevo.base.errors import WrongUse
from relevo.measures import rubric


@dataclass(frozen=True)
class Assumptions:
    """Editable defaults with their source; a figure that used one says so.

    `gross_margin` is a share of revenue, used where no cost of revenue is loaded; `discount_per_year` is an effective
    yearly rate; `horizon_months` bounds a lifetime; `lag_months` overrides the measured sales cycle; `target_ratio`
    and `payback_line_months` are only lines in a picture (folklore, not laws).

    Commissions are assumed too, as no table of them is read: `commission_months` times a new customer's first MRR,
    due `commission_deferral_months` after the win. They count in the acquisition cost of the month in which they are
    due, or with `commission_by_cohort` in that of the month in which the customer was won. By default there are none.

    `response_promises` are pairs of a support tier and the minutes of open hours in which a first answer is due.

    `stage_limits` are the last headcounts of stages 1 to 4, and `early_figures` says why a house shows figures of teams
    and persons before its stage; where it is empty, the house waits.

    `review_rubric` says how much each criterion of a peer review weighs.
    `ratings_not_of_persons` are the reasons of ratings that are not about the person who answered.
    """

    gross_margin: Fraction = Fraction(4, 5)
    horizon_months: int = 60
    discount_per_year: Fraction = Fraction(1, 10)
    lag_months: int | None = None
    target_ratio: Fraction = Fraction(3)
    payback_line_months: int = 12
    commission_months: Fraction = Fraction(0)
    commission_deferral_months: int = 0
    commission_by_cohort: bool = False
    response_promises: tuple[tuple[str, int], ...] = ()
    stage_limits: tuple[int, ...] | None = None
    early_figures: str = ""
    review_rubric: tuple[rubric.Criterion, ...] = rubric.DEFAULT
    ratings_not_of_persons: tuple[str, ...] = ("product", "price", "policy")

    @classmethod
    def of(cls, rules: Mapping[str, object]) -> "Assumptions":
        """The defaults with house rules in their place, by the keys of `RULES`; other rules are not looked at.

        WrongUse for a value that cannot be what the rule says.
        """
        read = {RULES[key].field: RULES[key].read(key, value) for key, value in rules.items() if key in RULES}
        return cls(**read)


@dataclass(frozen=True)
class Rule:
    """A house rule's place among the assumptions, the values it may have, and how one is read."""

    field: str
    allowed: str
    accepts: Callable[[Any], Any]

    def read(self, key: str, value: object) -> Any:
        """The value as the field holds it; WrongUse for one that is not allowed."""
        try:
            return self.accepts(value)
        except (ValueError, ZeroDivisionError):
            raise WrongUse(
                f"The house rule {key} is {value!r}, and must be {self.allowed}; no figure that needs it is shown.",
                f"Save {key} again with such a value, from the same day on.",
            ) from None


def _number(low: int, high: int) -> Callable[[Any], Fraction]:
    """Reads a number between two bounds from JSON: 0.8, "0.8" or "4/5"."""

    def accept(value: object) -> Fraction:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise ValueError(value)
        number = Fraction(str(value))
        if not low <= number <= high:
            raise ValueError(value)
        return number

    return accept


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def accept(value: object) -> int:
        number = _number(low, high)(value)
        if number.denominator != 1:
            raise ValueError(value)
        return int(number)

    return accept


def _lag(value: object) -> int | None:
    return None if value is None else _whole(0, 60)(value)


def _limits(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise ValueError(value)
    limits = tuple(_whole(1, 1_000_000)(each) for each in value)
    if len(limits) != _LIMITS or sorted(set(limits)) != list(limits):
        raise ValueError(value)
    return limits


def _reason(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_REASON:
        raise ValueError(value)
    return value.strip()


def _reasons(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_REASONS:
        raise ValueError(value)
    reasons = tuple(_reason(each).lower() for each in value)
    if len(set(reasons)) != len(reasons) or "" in reasons:
        raise ValueError(value)
    return reasons


_LIMITS, _LONGEST_REASON, _MOST_REASONS = 4, 200, 50


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _promises(value: object) -> tuple[tuple[str, int], ...]:
    if not isinstance(value, Mapping):
        raise ValueError(value)
    return tuple(sorted((str(tier), _whole(1, _YEAR_MINUTES)(minutes)) for tier, minutes in value.items()))


_YEAR_MINUTES = 366 * 24 * 60
RULES: Mapping[str, Rule] = {
    "gross_margin": Rule("gross_margin", "a share from 0 to 1, such as 0.8", _number(0, 1)),
    "ltv_horizon_months": Rule("horizon_months", "a whole number of months from 1 to 600", _whole(1, 600)),
    "ltv_discount_per_year": Rule("discount_per_year", "a rate from 0 to 10, such as 0.1", _number(0, 10)),
    "cac_lag_months": Rule("lag_months", "a whole number of months from 0 to 60, or null to measure it", _lag),
    "ltv_to_cac_line": Rule("target_ratio", "a ratio from 0 to 1000, such as 3", _number(0, 1000)),
    "payback_line_months": Rule("payback_line_months", "a whole number of months from 1 to 600", _whole(1, 600)),
    "commission_months": Rule("commission_months", "months of first MRR, from 0 to 120", _number(0, 120)),
    "commission_deferral_months": Rule(
        "commission_deferral_months", "a whole number of months from 0 to 120", _whole(0, 120)
    ),
    "commission_by_cohort": Rule("commission_by_cohort", "true or false", _flag),
    "response_promises": Rule(
        "response_promises", "a support tier and whole minutes of open hours in each line", _promises
    ),
    "stage_limits": Rule("stage_limits", "four whole numbers, each above the one before", _limits),
    "early_figures": Rule("early_figures", "up to 200 characters, or empty", _reason),
    "review_rubric": Rule("review_rubric", rubric.ALLOWED, rubric.rubric_of),
    "ratings_not_of_persons": Rule("ratings_not_of_persons", "one reason in each line, none twice", _reasons),
}
