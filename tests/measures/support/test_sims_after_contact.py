"""Over 200 drawn companies: no effect is told as none, a planted one is found, and 95 % means 95 %."""

import sys
from math import sqrt

import numpy as np
import pytest

from relevo.measures.support.experiences import Experience, experiences
from tests.measures.support.simulated_contacts import World

SEEDS = 200
WORLDS = {
    "no effect": (World(), {"any": 1.0, "unhappy": 1.0, "happy": 1.0}),
    "twice after contact": (World(ratio=2.0), {"any": 2.0, "happy": 2.0}),
    "twice after an unhappy one": (World(unhappy=2.0), {"happy": 1.0, "unhappy": 2.0, "no_answer": 1.0}),
}


def told(world: World, seed: int) -> dict[str, Experience]:
    return {each.name: each for each in experiences(world.cells(np.random.default_rng(seed)))}


def measured(name: str, seeds: int) -> dict[str, tuple[float, float, int]]:
    """Per experience: mean log ratio less the planted one, share of intervals that hold it, in how many companies."""
    world, planted = WORLDS[name]
    errors: dict[str, list[float]] = {each: [] for each in planted}
    held: dict[str, list[bool]] = {each: [] for each in planted}
    for seed in range(seeds):
        found = told(world, seed)
        for each, ratio in planted.items():
            one = found[each]
            if one.ratio and one.low and one.high:
                errors[each].append(float(np.log(one.ratio / ratio)))
                held[each].append(one.low <= ratio <= one.high)
    return {e: (float(np.mean(errors[e])), float(np.mean(held[e])), len(held[e])) for e in planted}


@pytest.mark.sims
@pytest.mark.parametrize("name", WORLDS)
def test_ratios_are_not_biased_and_their_intervals_cover(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = measured(name, SEEDS)
    lines = [f"{name}: {SEEDS} companies of {World().customers} customers, {World().hazard:.0%} lost a month",
             f"{'experience':<12}{'companies':>10}{'bias, log ratio':>17}{'cover':>8}",
             *(f"{each:<12}{n:>10}{bias:>17.3f}{cover:>8.1%}" for each, (bias, cover, n) in found.items())]  # fmt: skip
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    for bias, cover, n in found.values():
        assert n > 0.9 * SEEDS
        assert abs(bias) < 0.05
        assert abs(cover - 0.95) <= 4 * sqrt(0.95 * 0.05 / n)
