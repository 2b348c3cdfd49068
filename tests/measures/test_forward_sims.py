"""Simulated companies whose truth is known: do intervals hold what happens, and is nothing over- or understated?"""

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest

from relevo.base.money import BASE_SCALE
from relevo.measures.revenue.expected_churn import HIGH, LOW, band_of, outlook
from relevo.measures.revenue.forecast import _interval, learn
from relevo.measures.revenue.seller_quality import Kept, pulled

pytestmark = pytest.mark.sims

MONTHS = 36
AHEAD = 12
# Size and factor on the hazard per segment; the last is too small to say anything of itself.
SEGMENTS = {"smb": (500, 1.4), "mid": (250, 0.9), "ent": (90, 0.4), "new": (15, 1.0)}


def hazard(age: np.ndarray, factor: float) -> np.ndarray:
    """Leaving is likely early, and at the end of each year."""
    monthly = 0.012 + 0.02 * np.exp(-age / 5) + np.where(age % 12 == 0, 0.05, 0.0)
    return np.minimum(factor * monthly, 1.0)


def company(
    rng: np.random.Generator,
) -> tuple[dict[str, Counter[tuple[int, int, int]]], dict[str, Counter[int]], Counter[tuple[str, str]]]:
    """Lives up to now, ages of those still here, and how many of them leave in the next year by segment and band."""
    lives, ages, lost = {}, {}, Counter()
    for name, (size, factor) in SEGMENTS.items():
        # A third was there before history is known: it is seen from its age then on, if it got so far.
        start = rng.integers(-18, MONTHS, size)
        end = start + _lifetimes(rng, factor, size)
        known = end > np.maximum(start, 0)
        entry = np.where(start < 0, -start, -1)
        lives[name], ages[name] = Counter(), Counter()
        for s, e, late in zip(start[known], end[known], entry[known], strict=True):
            left = e <= MONTHS
            lives[name][int(late), int(min(e, MONTHS) - s), int(left)] += 1
            if not left:
                ages[name][int(MONTHS - s)] += 1
                lost[name, band_of(int(MONTHS - s))] += int(e <= MONTHS + AHEAD)
    return lives, ages, lost


def _lifetimes(rng: np.random.Generator, factor: float, size: int) -> np.ndarray:
    months = np.arange(1, 120)
    left = rng.random((size, months.size)) < hazard(months, factor)
    return np.where(left.any(axis=1), left.argmax(axis=1) + 1, 120)


def test_expected_churn_covers_what_happens_and_is_not_biased() -> None:
    rng, inside, cells = np.random.default_rng(7), Counter(), Counter()
    expected, happened = Counter(), Counter()
    for _ in range(120):
        lives, ages, lost = company(rng)
        known = outlook(lives)
        assert known is not None
        for name, counted in ages.items():
            for band in {band_of(age) for age in counted}:
                here = {age: n for age, n in counted.items() if band_of(age) == band}
                low, high = np.percentile(known.lost(name, here, AHEAD), [LOW, HIGH], method="inverted_cdf")
                inside[name] += low <= lost[name, band] <= high
                cells[name] += 1
                expected[name] += sum(n * known.chance(name, age, AHEAD) for age, n in here.items())
                happened[name] += lost[name, band]
    assert sum(inside.values()) / cells.total() == pytest.approx(0.965, abs=0.025)
    for name in SEGMENTS:
        assert inside[name] / cells[name] > 0.92, name
    assert expected.total() / happened.total() == pytest.approx(1, abs=0.03)
    for name in ("smb", "mid"):
        assert expected[name] / happened[name] == pytest.approx(1, abs=0.05)
    # Pulled towards the company: a small segment that loses little is overstated somewhat, and by less than unpooled.
    assert 1 < expected["ent"] / happened["ent"] < 1.25


def test_the_forecast_covers_what_happens() -> None:
    """Revenue kept per month and revenue won per month vary; the same process goes on for a year."""
    rng, inside, off = np.random.default_rng(11), 0, []
    for _ in range(200):
        found, paid = _past(rng)
        known = learn(found, 23)
        assert known is not None
        ages = [(24, paid)]
        existing, new = known.existing(ages, AHEAD), known.new(AHEAD)
        total = existing[-1] + known.arrivals[-12:].mean() * new[:, -1].sum()
        band = _interval(known, existing, new, AHEAD)
        assert band is not None
        truth = _future(rng, paid)
        inside += band[0][-1] <= truth <= band[1][-1]
        off.append(total / truth - 1)
    assert inside / 200 > 0.91
    assert abs(float(np.mean(off))) < 0.02


def _e16(cents: float) -> int:
    return round(cents) * BASE_SCALE * 12


def _past(rng: np.random.Generator) -> tuple[dict[str, list[dict[str, object]]], float]:
    """Two years of a company of one old cohort: what it kept and won each month."""
    paid, steps, won = 1_000_000.0, [], []
    for month in range(24):
        kept = paid * _kept(rng)
        came = _came(rng)
        steps.append({"month": month, "age": 30, "n": 500, "opening_e16": _e16(paid), "closing_e16": _e16(kept)})
        won.append({"month": month, "kind": "new", "n": 20, "base_e16": _e16(came)})
        paid = kept + came
    return {"steps": steps, "won": won}, paid


def _future(rng: np.random.Generator, paid: float) -> float:
    for _ in range(AHEAD):
        paid = paid * _kept(rng) + _came(rng)
    return paid


def _kept(rng: np.random.Generator) -> float:
    return float(rng.normal(0.985, 0.006))


def _came(rng: np.random.Generator) -> float:
    return float(rng.gamma(20, 1500))


def test_pulled_quality_is_nearer_to_the_truth_than_raw_and_covered() -> None:
    rng, inside, cells = np.random.default_rng(5), 0, 0
    raw, shrunk = [], []
    for _ in range(300):
        truth = np.clip(rng.normal(1, 0.2, 12), 0.3, 1.7)
        n = rng.integers(3, 60, 12)
        seen = rng.normal(truth, 0.8 / np.sqrt(n))
        known = {
            str(i): Kept(
                int(n[i]), Fraction(int(n[i])), Fraction(float(seen[i] * n[i])), float(n[i]), 0.64 * float(n[i])
            )
            for i in range(12)
        }
        found = pulled(known)
        for i in range(12):
            raw.append((seen[i] - truth[i]) ** 2)
            shrunk.append((found[str(i)].value - truth[i]) ** 2)
            inside += found[str(i)].low <= truth[i] <= found[str(i)].high
            cells += 1
    assert np.mean(shrunk) < 0.75 * np.mean(raw)
    assert inside / cells > 0.85
