"""Who of the support desk takes a case: by picking from what waits, by a rule, or from a colleague."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import PODS, Cast, Roster
from relevo.sources.demo.desk_hours import Clocks, clocks, is_weekday, on_shift
from relevo.sources.demo.frame import DAY, HOUR, MONTHS, NONE, Flags, Floats, Frame, Ints
from relevo.sources.demo.truths import overload, p04_brave, p05_one_carries

PICKS, OTHERS, HARD, EASY = range(4)
"""How a case finds its person: anybody picks; anybody but the cherry-picker; a rule for hard ones; one for the rest."""
_KINDS = 4
_WEEKEND, _HOURS = 24, 25


@dataclass(frozen=True)
class Desk:
    """The people of the desk in every month, what they are like, and their clocks.

    `edges` holds, for each month, hour (one for weekends), busy weeks or not and kind, the running shares of the
    people in `slots`, all in one ascending array: group number plus share.
    """

    frame: Frame
    clocks: Clocks
    slots: Ints
    counts: Ints
    edges: Floats
    pod: Ints
    left: Ints
    skill: Floats
    found: p04_brave.Planted
    carrier: int

    def take(self, kind: Ints, at: Ints, drawn: Floats) -> Ints:
        """A person for each case at an instant, among those on shift, or among all where nobody is; -1 for nobody."""
        month = self.frame.calendar.month(at // DAY)
        hour = np.where(is_weekday(at), at % DAY // HOUR, _WEEKEND)
        group = ((month * _HOURS + hour) * 2 + overload.is_busy(self.frame, at)) * _KINDS + kind
        width = self.slots.shape[1]
        slot = np.searchsorted(self.edges, group + drawn, side="right") - group * width
        chosen = self.slots[month, np.clip(slot, 0, np.maximum(self.counts[month] - 1, 0))]
        return np.where(self.counts[month] > 0, chosen, NONE)

    def is_carried(self, person: Ints, is_hard: Flags, at: Ints, drawn: Floats) -> Flags:
        """Which hard cases one of a team takes over from whom they had found (P05)."""
        month = self.frame.calendar.month(at // DAY)
        is_here = (self.slots == self.carrier).any(axis=1)[month] & (self.carrier >= 0)
        same = (self.pod[person] == p05_one_carries.POD) & (person >= 0)
        return np.asarray(same & is_hard & is_here & (drawn < p05_one_carries.TAKES), dtype=np.bool_)

    def is_gone(self, person: Ints, at: Ints) -> Flags:
        """Whether people have left the company by an instant."""
        return np.asarray(at // DAY >= self.left[person], dtype=np.bool_)


def draw_desk(frame: Frame, cast: Cast) -> Desk:
    """The support desk of a company."""
    agents = cast.roster("support_agent", "senior_support_agent", otherwise="head_of_support")
    pod = np.array([p.pod for p in cast.people], dtype=np.int64)
    skill, found = p04_brave.skills(frame, cast), p04_brave.planted(frame, cast)
    likes = np.ones((_KINDS, len(skill)))
    if frame.company.has_signal:
        flat = np.append(pod == p05_one_carries.POD, False)
        likes[HARD] = np.where(flat, 1.0, p04_brave.given_hard(skill, found))
        likes[EASY] = np.where(flat, 1.0, p04_brave.given_easy(skill))
        if found.picker >= 0:
            likes[[PICKS, OTHERS], found.picker] = p04_brave.PICKS_MORE, 0
    edges = _edges(agents, pod, likes)
    return Desk(
        frame, clocks(frame, cast, agents), agents.people, agents.counts, edges, pod, cast.left, skill, found,
        p05_one_carries.planted(frame, cast),
    )  # fmt: skip


def _edges(agents: Roster, pod: Ints, likes: Floats) -> Floats:
    """The running shares of every group, each added to its number."""
    width = agents.people.shape[1]
    here = np.arange(width) < agents.counts[:, None]
    instants = np.append(np.arange(24) * HOUR, 2 * DAY)  # 1970-01-01 was a Thursday, two days later a Saturday
    shift = np.stack([on_shift(np.full(len(instants), p), instants) for p in range(len(PODS))])
    there = shift[pod[agents.people]].transpose(0, 2, 1) & here[:, None, :]
    there = np.where(there.any(axis=2, keepdims=True), there, here[:, None, :])
    busier = np.where(pod[agents.people] == overload.POD, overload.MORE, 1.0)
    load = np.stack([np.ones_like(busier), busier], axis=1)
    weight = (
        there[:, :, None, None, :]
        * load[:, None, :, None, :]
        * likes[:, agents.people].transpose(1, 0, 2)[:, None, None, :, :]
    ).reshape(MONTHS * _HOURS * 2 * _KINDS, width)
    running = np.cumsum(weight, axis=1)
    total = running[:, -1:]
    shares = np.where(total > 0, running / np.where(total > 0, total, 1), 1.0)
    return np.asarray((shares + np.arange(len(shares))[:, None]).ravel(), dtype=np.float64)
