"""Companies drawn in memory whose friction comes from a known cause, or from none; and rows written by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relevo.insight.relay.friction import DAY, STAGES, Facts
from relevo.insight.relay.friction_causes import CAUSES, Cause, People

# The end of the as-of day, in seconds: what is drawn ended before it.
UNTIL = 700 * DAY
_SEGMENTS = ("smb", "mid", "enterprise")
# Usual days of the four stages, and how much longer larger customers take.
_USUAL, _SLOWER = np.array([30.0, 12, 40, 50]), np.array([0.8, 1.1, 1.6])
_UNSURE = 1.5


def facts(rows: Sequence[dict[str, Any]]) -> Facts:
    """Stages by hand: customer, stage (its place), days, and what else is known; ended on a day before UNTIL."""

    def numbers(name: str) -> NDArray[np.float64]:
        return np.array([row.get(name, np.nan) for row in rows], dtype=float)

    ended = np.array([UNTIL - row.get("ago", 10) * DAY for row in rows], dtype=np.int64)
    days = np.array([row.get("days", 10) for row in rows])
    return Facts(
        [str(row["customer"]) for row in rows], [row.get("segment", "smb") for row in rows],
        np.array([row.get("stage", 1) for row in rows], dtype=np.int64), (ended - days * DAY).astype(np.int64), ended,
        waited=numbers("waited") * DAY, wrote=np.array([row.get("wrote", 1) for row in rows], dtype=np.int64),
        over_plan=numbers("over_plan"), asked=numbers("asked"), effort=numbers("effort"),
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Drawn:
    """A company: the stages of its customers, and their people."""

    facts: Facts
    people: dict[str, People]


def drawn(seed: int, cause: Cause | None, size: int = 300) -> Drawn:
    """Customers of three segments with four stages each.

    Larger ones take longer, write more and have more transfers. Whoever takes longer has more transfers and more time
    to be asked again. People are newer in the second half. Beyond that friction comes from `cause` alone.
    """
    rng = np.random.default_rng(seed)
    segment = rng.integers(0, 3, size)
    spread = rng.gamma(4, 0.1, size)
    days = _USUAL * _SLOWER[segment][:, None] * np.exp(rng.normal(0, 1, (size, 4)) * spread[:, None])
    begins = UNTIL / DAY - 10 - days.sum(axis=1) - rng.uniform(0, 330, size)
    newer = np.where(begins > UNTIL / DAY - 330, 4, 2)
    new_share, transfers = rng.beta(newer, 8), rng.poisson(days.sum(axis=1) / 120 + 0.5 * segment)
    uneven = np.abs(np.log(days / np.median(days, axis=0))).mean(axis=1)
    strength = _in_spreads({Cause.NEW_PEOPLE: new_share, Cause.UNEVEN: uneven, Cause.TRANSFERS: transfers}, cause)
    pull = strength[:, None] + rng.normal(0, _UNSURE, (size, 4))
    waiting = 1 / (1 + np.exp(2.5 - 0.2 * segment[:, None] - 0.4 * pull))
    asked = rng.random((size, 4)) < 1 - np.exp(-days / 60 * np.exp(0.5 * strength)[:, None])
    effort = np.clip(np.rint(3 + 0.6 * pull + 0.3 * segment[:, None]), 1, 7)
    knows_asked, knows_effort = rng.random((size, 4)) < 0.7, rng.random((size, 4)) < 0.3
    ends = np.cumsum(days, axis=1) + begins[:, None]
    names = [f"c{i:04}" for i in range(size)]
    told = Facts(
        np.repeat(names, 4), [_SEGMENTS[s] for s in np.repeat(segment, 4)], np.tile(np.arange(len(STAGES)), size),
        ((ends - days) * DAY).astype(np.int64).ravel(), (ends * DAY).astype(np.int64).ravel(),
        waited=(waiting * days * DAY).ravel(), wrote=np.ones(4 * size, dtype=np.int64),
        over_plan=np.full(4 * size, np.nan), asked=np.where(knows_asked, asked, np.nan).ravel(),
        effort=np.where(knows_effort, (effort - 1) / 6, np.nan).ravel(),
    )  # fmt: skip
    held = zip(names, new_share, transfers, strict=True)
    return Drawn(told, {name: People(float(share), int(moved)) for name, share, moved in held})


def _in_spreads(causes: dict[Cause, Any], cause: Cause | None) -> NDArray[np.float64]:
    """How many standard deviations of the cause each customer has above the mean; 0 for no cause."""
    assert set(causes) == set(CAUSES)
    chosen = np.zeros(len(causes[Cause.UNEVEN])) if cause is None else causes[cause]
    spread = chosen.std()
    return np.asarray((chosen - chosen.mean()) / spread if spread else chosen, dtype=float)
