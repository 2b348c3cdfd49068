"""Rates brought to another length of time. A rate of loss compounds; it does not add up.

Pure functions of a rate and lengths. Source: fight-churn, listing 2.5; reference on subscription revenue, section 3.
"""

DAYS_PER_YEAR = 365
MONTHS_PER_YEAR = 12


def over(rate: float | None, times: float) -> float | None:
    """A rate of loss per period as the rate over `times` periods: 1 - (1 - rate)^times; 5 % a month is 46 % a year.

    A rate above 1, which sums of movements can give, has no other length: None, as for an unknown rate.
    """
    return None if rate is None or rate > 1 else float(1 - (1 - rate) ** times)


def yearly_of_monthly(rate: float | None) -> float | None:
    """A monthly rate of loss as a yearly one."""
    return over(rate, MONTHS_PER_YEAR)


def monthly_of_yearly(rate: float | None) -> float | None:
    """A yearly rate of loss as a monthly one."""
    return over(rate, 1 / MONTHS_PER_YEAR)


def yearly_of_days(rate: float | None, days: int) -> float | None:
    """A rate of loss measured over some days as a yearly one."""
    return over(rate, DAYS_PER_YEAR / days)


def monthly_of_days(rate: float | None, days: int) -> float | None:
    """A rate of loss measured over some days as a rate per twelfth of a year."""
    return over(rate, DAYS_PER_YEAR / MONTHS_PER_YEAR / days)


def mean_lifetime(rate: float | None) -> float | None:
    """Periods a customer stays on average if the rate stays as it is: 1 / rate; None where nothing is lost."""
    return None if not rate or rate > 1 else 1 / rate
