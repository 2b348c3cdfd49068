"""The customers: when each started, what kind of company it is, what it bought and from whom.

Drawn column by column for all customers at once; life after the start is `subscriptions`.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.frame import (
    DAY,
    EARLY_MONTHS,
    MONTHS,
    NONE,
    Flags,
    Floats,
    Frame,
    Ints,
    choose,
    choose_rows,
    office_seconds,
)  # fmt: skip
from relevo.sources.demo.truths.p01_sellers import MANAGER_ROLES

SEGMENTS = ("smb", "mid_market", "enterprise")
SMB, MID, ENTERPRISE = range(3)
CHANNELS = ("inbound", "outbound", "partner", "events", "referral")
INDUSTRIES = ("logistics", "retail", "manufacturing", "health", "finance", "education", "hospitality", "construction",
              "energy", "professional_services", "food", "media")  # fmt: skip
SIZE_BANDS = ("1-10", "11-50", "51-200", "201-1000", "1000+")
PERSONAS = ("owner_operator", "operations_lead", "finance_lead", "it_lead", "agency")
PLANS = ("Start", "Team", "Business", "Enterprise")
INTERVALS = ("month", "quarter", "year")
MONTHLY, QUARTERLY, YEARLY = range(3)
INTERVAL_MONTHS = (1, 3, 12)
COLLECTIONS = ("charge", "invoice")
CHARGE, INVOICE = range(2)
DISCOUNTS = ("forever", "repeating", "once")
FOREVER, REPEATING, ONCE = range(3)
CURRENCIES = ("EUR", "USD", "GBP", "BRL", "MXN", "JPY")

COUNTRIES = ("ES", "MX", "BR", "US", "GB", "DE", "FR", "CN", "PT", "IT", "CO", "CL", "JP", "NA", "AR", "NL")
_COUNTRY_SHARES = [25.0, 19, 18, 8, 5, 4, 3.5, 4, 3, 2.5, 2.5, 1.5, 1.4, 0.6, 1, 1]
_COUNTRY_CURRENCY = (0, 4, 3, 1, 2, 0, 0, 1, 0, 0, 1, 1, 5, 1, 1, 0)
TIMEZONES = ("Europe/Madrid", "America/Mexico_City", "America/Sao_Paulo", "America/New_York", "Europe/London",
             "Europe/Berlin", "Europe/Paris", "Asia/Shanghai", "Europe/Lisbon", "Europe/Rome", "America/Bogota",
             "America/Santiago", "Asia/Tokyo", "Africa/Windhoek", "America/Argentina/Buenos_Aires",
             "Europe/Amsterdam")  # fmt: skip
LANGUAGES = ("es", "es", "pt", "en", "en", "de", "fr", "zh", "pt", "it", "es", "es", "ja", "en", "es", "nl")
NAMIBIA, JAPAN = COUNTRIES.index("NA"), COUNTRIES.index("JP")

_EARLY_SHARE = 0.045
_MONTHLY_GROWTH = 0.028
_SEASON = (0.88, 0.96, 1.12, 1.0, 1.02, 1.12, 0.82, 0.62, 1.12, 1.05, 1.12, 1.3)
_SEGMENT_SHARES = [0.69, 0.24, 0.07]
_CHANNEL_SHARES = np.array([[52, 12, 12, 8, 16], [30, 32, 16, 12, 10], [12, 46, 18, 18, 6]], dtype=np.float64)
_SIZE_SHARES = np.array([[38, 52, 10, 0, 0], [0, 14, 62, 24, 0], [0, 0, 6, 54, 40]], dtype=np.float64)
_PERSONA_SHARES = np.array([[42, 22, 12, 9, 15], [6, 44, 20, 22, 8], [0, 38, 22, 38, 2]], dtype=np.float64)
_PLAN_SHARES = np.array([[55, 39, 6, 0], [4, 44, 46, 6], [0, 2, 38, 60]], dtype=np.float64)
_INTERVAL_SHARES = np.array([[74, 2, 24], [40, 8, 52], [8, 14, 78]], dtype=np.float64)
SEATS_MIDDLE = np.array([7.0, 38.0, 120.0])
_SEATS_SPREAD = np.array([0.62, 0.5, 0.5])
_SEATS_LEAST, _SEATS_MOST = np.array([2, 15, 50]), np.array([40, 220, 700])
_DISCOUNT_SHARES = np.array([[80, 3, 12, 5], [66, 18, 12, 4], [42, 46, 6, 6]], dtype=np.float64)
_TRIAL_SHARE = 0.34
_IRRATIONAL = (0.7548776662466927, 0.5698402909980532)
_GRID = np.linspace(0.0005, 0.9995, 1_000)
_NORMAL = np.array([NormalDist().inv_cdf(float(p)) for p in _GRID])
_UNCONVERTED = 0.06


@dataclass(frozen=True)
class Customers:
    """One array per trait, in the order of the customers' start; people are person numbers or -1."""

    start_month: Ints
    day_of_month: Ints
    second: Ints
    segment: Ints
    country: Ints
    currency: Ints
    industry: Ints
    size_band: Ints
    persona: Ints
    channel: Ints
    plan: Ints
    seats: Ints
    interval: Ints
    collection: Ints
    discount: Ints
    discount_percent: Ints
    discount_months: Ints
    trial_days: Ints
    converts: Flags
    has_metered: Flags
    seller: Ints
    manager: Ints
    implementer: Ints
    is_executive_sale: Flags
    start_day: Ints

    @property
    def size(self) -> int:
        """How many customers there are."""
        return len(self.segment)

    @property
    def number(self) -> Ints:
        """Customer numbers, 0 upwards."""
        return np.arange(self.size)

    @property
    def start(self) -> Ints:
        """The instant service starts."""
        return self.start_day * DAY + self.second

    @property
    def relative_size(self) -> Floats:
        """Seats at the start over the segment's middle."""
        return np.asarray(self.seats / SEATS_MIDDLE[self.segment], dtype=np.float64)


def evenly(size: int, dimension: int) -> Floats:
    """Numbers in [0, 1) spread evenly over any stretch of customers in the order of their start.

    Segments and sizes are drawn with these instead of at random, so that the mix of a month is the mix of the market
    and a company of 2,000 shows the same picture as one of 200,000. Dimensions do not move together.
    """
    return np.asarray((0.37 + np.arange(size) * _IRRATIONAL[dimension]) % 1, dtype=np.float64)


def month_weights(frame: Frame) -> Floats:
    """How many customers start in each month, as shares: growth, a summer dip, a push at the year's end."""
    months = np.arange(MONTHS)
    season = np.array(_SEASON)[frame.calendar.of_year(months)]
    weights = season * (1 + _MONTHLY_GROWTH) ** months
    early = months < EARLY_MONTHS
    weights[early] *= _EARLY_SHARE / weights[early].sum()
    weights[~early] *= (1 - _EARLY_SHARE) / weights[~early].sum()
    return np.asarray(weights)


def draw_customers(frame: Frame, cast: Cast) -> Customers:
    """Everything that is known about the customers on the day they start."""
    rng, size = frame.stream("customers"), frame.customers
    month = np.sort(choose(rng, month_weights(frame), size))
    day = rng.integers(1, 29, size)
    order = np.lexsort((day, month))
    month, day = month[order], day[order]
    segment = np.searchsorted(np.cumsum(_SEGMENT_SHARES), evenly(size, 0)).astype(np.int64)
    country = _countries(rng, size)
    traits = _traits(rng, segment)
    terms = _terms(rng, segment)
    people = _people(frame, cast, month, segment)
    return Customers(
        start_month=month, day_of_month=day, second=office_seconds(rng, size), segment=segment, country=country,
        currency=np.array(_COUNTRY_CURRENCY)[country], start_day=frame.calendar.day(month, day),
        converts=(terms["trial_days"] == 0) | (rng.random(size) >= _UNCONVERTED),
        has_metered=rng.random(size) < np.array([0.06, 0.2, 0.35])[segment],
        is_executive_sale=(segment != ENTERPRISE) | (cast.roster("account_director").counts[month] == 0),
        **traits, **terms, **people,
    )  # fmt: skip


def _countries(rng: np.random.Generator, size: int) -> Ints:
    country = choose(rng, _COUNTRY_SHARES, size)
    country[3:4], country[5:6] = NAMIBIA, JAPAN
    return country


def _traits(rng: np.random.Generator, segment: Ints) -> dict[str, Ints]:
    return {
        "industry": rng.integers(0, len(INDUSTRIES), len(segment)),
        "size_band": choose_rows(rng, _SIZE_SHARES[segment]),
        "persona": choose_rows(rng, _PERSONA_SHARES[segment]),
        "channel": choose_rows(rng, _CHANNEL_SHARES[segment]),
    }


def _terms(rng: np.random.Generator, segment: Ints) -> dict[str, Ints]:
    """Plan, seats, billing, discount and trial."""
    size = len(segment)
    interval = choose_rows(rng, _INTERVAL_SHARES[segment])
    deviation = np.interp(evenly(size, 1), _GRID, _NORMAL)
    seats = SEATS_MIDDLE[segment] * np.exp(deviation * _SEATS_SPREAD[segment])
    discount = choose_rows(rng, _DISCOUNT_SHARES[segment]) - 1
    discount = np.where((discount == REPEATING) & (interval != MONTHLY), FOREVER, discount)
    percent = np.where(discount == REPEATING, rng.choice((20, 25, 30, 50), size), rng.choice((5, 8, 10, 15, 20), size))
    trial = (segment == SMB) & (rng.random(size) < _TRIAL_SHARE)
    return {
        "plan": choose_rows(rng, _PLAN_SHARES[segment]),
        "seats": np.clip(np.rint(seats), _SEATS_LEAST[segment], _SEATS_MOST[segment]).astype(np.int64),
        "interval": interval,
        "collection": _collection(rng, segment, interval),
        "discount": discount,
        "discount_percent": np.where(discount == NONE, 0, percent),
        "discount_months": rng.choice((3, 6), size),
        "trial_days": np.where(trial, 14, 0),
    }


def _collection(rng: np.random.Generator, segment: Ints, interval: Ints) -> Ints:
    """Long terms are mostly invoiced, small ones mostly charged to a card."""
    chance = np.array([0.0, 0.5, 0.9])[interval] + np.array([0.0, 0.08, 0.3])[segment]
    return np.where(rng.random(len(segment)) < chance, INVOICE, CHARGE)


def _people(frame: Frame, cast: Cast, month: Ints, segment: Ints) -> dict[str, Ints]:
    """Seller by segment; success manager and onboarding specialist without regard to anything."""
    rng, size = frame.stream("first_people"), len(segment)
    executive = cast.roster("account_executive").pick(month, rng.random(size))
    director = cast.roster("account_director").pick(month, rng.random(size))
    by_director = (segment == ENTERPRISE) & (director >= 0)
    return {
        "seller": np.where(by_director, director, executive),
        "manager": cast.roster(*MANAGER_ROLES, otherwise="head_of_success").pick(month, rng.random(size)),
        "implementer": cast.roster("onboarding_specialist", otherwise="head_of_implementation").pick(
            month, rng.random(size)
        ),
    }
