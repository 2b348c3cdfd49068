"""Simple forms of unit economics, exact and pure: to compare with published figures and with other tools.

None of them is the headline: they leave out survival, discount or margin, and each says which. What is undefined is
None, never 0 and never infinite. Shares and money may be Fractions or integers; floats come in as they are written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from relevo.measures.revenue.lifetime_interval import RULE_OF_THREE
from relevo.measures.revenue.lifetime_value import mix_weighted

Number = Fraction | int


def churn_of(lost: int, opening: int) -> Fraction | None:
    """Customers lost / customers at the opening, exact; None over nobody. Never round it before dividing by it."""
    return Fraction(lost, opening) if opening else None


def endless_value(margin: Number, churn: Number | None) -> Fraction | None:
    """Margin per month / monthly churn: constant, undiscounted, without end (cases UE-003, UE-019).

    None where churn is not positive (case UE-012: net-negative churn would give a negative value) or unknown. With
    revenue instead of margin this is what Stripe, ChartMogul and Baremetrics show.
    """
    return None if churn is None or churn <= 0 else Fraction(margin) / Fraction(churn)


def endless_floor(margin: Number, customers: int, lost: int) -> Fraction | None:
    """A lower bound of `endless_value` where nobody left: margin / (3/n), by the rule of three (case UE-013).

    None where somebody left, for then the value itself exists, and None over nobody.
    """
    return None if lost or not customers else Fraction(margin) * max(Fraction(customers, RULE_OF_THREE), Fraction(1))


def growing_value(margin: Number, growth: Number, churn: Number) -> Fraction | None:
    """Margin m that grows by g each month, over constant churn c: m / c + g (1 - c) / c^2 (case UE-011).

    Months are counted from 0: the sum over t of (m + g t)(1 - c)^t. None where churn is not positive.
    """
    if churn <= 0:
        return None
    c = Fraction(churn)
    return Fraction(margin) / c + Fraction(growth) * (1 - c) / c**2


def value_until(margin: Number, survival: Sequence[float], months: int) -> Fraction:
    """Margin x sum of S(t) over the first `months` ages: no further than the data reach (case SUR-009)."""
    return Fraction(margin) * sum((Fraction(s) for s in survival[:months]), Fraction(0))


def monthly_churn(yearly: float) -> float:
    """The monthly churn that compounds to a yearly one: 1 - (1 - c)^(1/12) (case UE-019)."""
    return float(1 - (1 - yearly) ** (1 / 12))


@dataclass(frozen=True)
class Segment:
    """Customers of one kind: how many, what each pays per month, and the monthly churn."""

    customers: int
    arpa: Fraction
    churn: Fraction


def blended_value(segments: Iterable[Segment]) -> Fraction | None:
    """The value of an average customer, which is not the average value (case UE-021): compare `mean_value`."""
    listed = list(segments)
    arpa = mix_weighted([(s.customers, s.arpa) for s in listed])
    return endless_value(arpa, mix_weighted([(s.customers, s.churn) for s in listed]))


def mean_value(segments: Iterable[Segment]) -> Fraction | None:
    """Every segment's value weighted by its customers (case UE-021); None where one of them is undefined."""
    values = [(s.customers, endless_value(s.arpa, s.churn)) for s in segments]
    known = [(n, value) for n, value in values if value is not None]
    return mix_weighted(known) if len(known) == len(values) else None


def simple_payback(cost: Number, margin: Number) -> Fraction | None:
    """CAC / margin per month, in months, as if nobody left (cases S0-55, UE-017, UE-018); None without a margin.

    UE-017: which margin decides: that of new customers, of new ones and expansion, or of net new MRR.
    """
    return None if margin <= 0 else Fraction(cost) / Fraction(margin)


def cash_payback(cost: Number, paid: Sequence[Number]) -> int | None:
    """The month, from 1, in which cash received covers the cost; None if it never does (case UE-018).

    `paid` is cash by month: a year paid up front is there in month 1. It says when money is back, not that the
    customer was worth it: gross of the cost to serve, and refundable.
    """
    return next((n for n, got in enumerate(accumulate(paid), 1) if got >= cost), None)


def ratio(value: Number | None, cost: Number | None) -> Fraction | None:
    """LTV / CAC (case UE-022: 1.9 to 8.0 for one customer, by the definitions chosen); None where either is."""
    return None if value is None or not cost else Fraction(value) / Fraction(cost)
