"""Money: integers in a currency's minor unit, exact inside, rounded half-up once per output cell.

Run-rate is carried as integers too. `ARR_SCALE` counts millionths of a minor unit per year, so an amount billed
per month, year, week or day is exact; multiplied by an exchange rate (`RATE_SCALE`, ten decimals) it stays an exact
integer of `BASE_SCALE`. Only the last step divides, and it rounds half-up, away from zero.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

ARR_SCALE = 10**6
RATE_SCALE = 10**10
BASE_SCALE = ARR_SCALE * RATE_SCALE
MONTHS_PER_YEAR = 12

# ISO 4217 currencies whose minor unit is not 1/100. Source: ISO 4217 list one.
_EXPONENTS: Mapping[str, int] = {
    **dict.fromkeys(
        [
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW"], 4),
}


def exponent(currency: str) -> int:
    """Decimals of a currency's minor unit: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


def half_up(numerator: int | Fraction, denominator: int = 1) -> int:
    """The nearest integer to numerator/denominator; a half goes away from zero."""
    exact = Fraction(numerator) / denominator
    magnitude = (2 * abs(exact.numerator) + exact.denominator) // (2 * exact.denominator)
    return -magnitude if exact < 0 else magnitude


def mrr_from_base(base_arr_e16: int) -> Fraction:
    """Exact MRR in minor units of the book's currency from a base run-rate per year."""
    return Fraction(base_arr_e16, BASE_SCALE * MONTHS_PER_YEAR)


def arr_from_base(base_arr_e16: int) -> Fraction:
    """Exact ARR in minor units of the book's currency from a base run-rate per year."""
    return Fraction(base_arr_e16, BASE_SCALE)


def apportion(parts: Sequence[Fraction], whole: int) -> list[int]:
    """Integers near `parts` that sum to `whole`: largest remainder, ties to the earlier part.

    `whole` must lie between the sums of the floors and of the ceilings, as any rounding of the exact sum does.
    """
    floors = [p.numerator // p.denominator for p in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i], i))
    for i in by_remainder[: whole - sum(floors)]:
        floors[i] += 1
    return floors


def mrr_cents_of(base_arr_e16: Sequence[int]) -> list[int]:
    """Run-rates per year as MRR in minor units that sum to the rounded MRR of all; as `apportion`, in whole numbers."""
    divisor = BASE_SCALE * MONTHS_PER_YEAR
    parts = [divmod(base, divisor) for base in base_arr_e16]
    cents = [whole for whole, _ in parts]
    by_remainder = sorted(range(len(parts)), key=lambda i: (-parts[i][1], i))
    for i in by_remainder[: half_up(sum(base_arr_e16), divisor) - sum(cents)]:
        cents[i] += 1
    return cents


def decimal_text(minor: int, currency: str) -> str:
    """An amount in major units as plain text, e.g. 1234 EUR -> '12.34'; 100 JPY -> '100'."""
    digits = exponent(currency)
    sign = "-" if minor < 0 else ""
    units, rest = divmod(abs(minor), 10**digits)
    return f"{sign}{units}.{rest:0{digits}d}" if digits else f"{sign}{units}"
