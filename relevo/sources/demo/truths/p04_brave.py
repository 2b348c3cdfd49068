"""P04: raw happiness ranks people backwards, because skilled people take the hard cases; in context it does not.

Every case has a difficulty in logit points, `difficulty`, from what is known when it arrives: category, priority,
channel and tier. Every person of the desk has a skill in the same points, between -`SKILL` and `SKILL`, spread evenly
over the order in which they came. A happiness answer is drawn from skill less difficulty: great with chance
1/(1 + exp(`GREAT_AT` - points)), not good with 1/(1 + exp(points - `BAD_AT`)). At points 0 that is 72 % and 11 %.

Cases of at least `HARD` points are hard, about a third. A rule gives `RULE_HARD` of them, and `RULE_EASY` of the
others, to somebody at once, the hard ones mostly to the skilled and the others mostly to the rest (`given_hard`,
`given_easy`); `PASSED` of the hard ones that somebody picked are passed on to the skilled too. So the share of hard
cases among what people answer rises with their skill, from about a tenth to more than half.

Two people stand out, both in the first pod, among those who do not lead and are still here. The brave one came first,
has skill `BRAVE_SKILL`, is given `BRAVE_TAKES` times as many hard cases as anybody of that skill, and is called Ana.
The cherry-picker came second, has skill 0, is given hardly any hard case, picks `PICKS_MORE` times as often as others,
and skips nearly every hard case that has waited for `AGED` seconds of the desk's time: `SKIPS` of those that are the
next to pick, which a colleague picks then (S0-27). So many that it shows within three months at 2,000 customers, read
beside everybody else. The others pick at random from what waits. In the silent company difficulty, skill, rules and
skipping do nothing. Requirements S0-49, S0-51, S0-27.
"""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import SUPPORT, Cast, Person
from relevo.sources.demo.frame import NONE, Flags, Floats, Frame, Ints

SKILL = 0.62
GREAT_AT, BAD_AT = -0.944, -2.09
OF_CATEGORY = np.array([-0.9, 2.1, -0.1, -0.8, 2.2, 0.0, 0.8])
OF_PRIORITY = np.array([-0.15, 0.0, 0.25, 0.5])
OF_CHANNEL = np.array([0.05, -0.15, 0.1, 0.0])
OF_PREMIUM = 0.15
MEAN = 0.45
"""About the mean of the four together, taken off so that the average case has difficulty 0."""
HARD = 0.9
RULE_HARD, RULE_EASY, RULE_SILENT = 0.5, 0.25, 0.33
PASSED, PASSED_SILENT = 0.9, 0.08
STEEP, STEEPER = 0.97, 2.0
BRAVE_NAME, BRAVE_SKILL, BRAVE_TAKES = "Ana", 0.7, 2.3
SKIPS, AGED, PICKS_MORE = 0.97, 2_700, 2.2
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True)
class Planted:
    """The two who stand out; -1 for nobody."""

    brave: int
    picker: int


def eligible(cast: Cast, pod: int) -> list[Person]:
    """Those of a pod's desk who lead nobody and are still here, the first who came first."""
    rows = [p for p in cast.people if p.team == SUPPORT and p.pod == pod and p.left < 0]
    return sorted((p for p in rows if not p.is_head and not p.leads), key=lambda p: (p.hired, p.number))


def named(cast: Cast) -> int:
    """Who is called Ana, in every company: the first of the first pod's desk; -1 if there is nobody."""
    found = eligible(cast, 0)
    return found[0].number if found else NONE


def planted(frame: Frame, cast: Cast) -> Planted:
    """Who stands out in this company; nobody does in the silent one."""
    found = eligible(cast, 0)
    if not frame.company.has_signal or len(found) < 2:
        return Planted(NONE, NONE)
    return Planted(found[0].number, found[1].number)


def skills(frame: Frame, cast: Cast) -> Floats:
    """The skill of each person at the desk in logit points; 0 for everybody else and in the silent company."""
    found, points = planted(frame, cast), np.zeros(len(cast.people) + 1)
    if not frame.company.has_signal:
        return points
    desk = sorted((p for p in cast.people if p.team == SUPPORT), key=lambda p: (p.hired, p.number))
    for order, person in enumerate(desk):
        points[person.number] = SKILL * (2 * ((0.5 + order * _GOLDEN) % 1) - 1)
    if found.brave >= 0:
        points[found.brave], points[found.picker] = BRAVE_SKILL, 0.0
    return points


def difficulty(category: Ints, priority: Ints, channel: Ints, is_premium: Flags) -> Floats:
    """How hard each case is when it arrives, in logit points; about 0 in the mean."""
    points = OF_CATEGORY[category] + OF_PRIORITY[priority] + OF_CHANNEL[channel] + OF_PREMIUM * is_premium
    return np.asarray(points - MEAN, dtype=np.float64)


def given_hard(skill: Floats, found: Planted) -> Floats:
    """How much of the hard cases that a rule gives goes to each person, over their skills."""
    weight = (1 + STEEP * np.minimum(skill / SKILL, 1)) ** STEEPER
    weight[found.brave] *= BRAVE_TAKES if found.brave >= 0 else 1
    weight[found.picker] *= 0.02 if found.picker >= 0 else 1
    return np.asarray(weight, dtype=np.float64)


def given_easy(skill: Floats) -> Floats:
    """How much of the other cases that a rule gives goes to each person."""
    weight = 1 - STEEP * np.minimum(skill / SKILL, 1)
    return np.asarray(weight, dtype=np.float64)


def moods(points: Floats) -> Floats:
    """Shares of great, okay and not good for skill less difficulty in points."""
    great = 1 / (1 + np.exp(GREAT_AT - points))
    bad = 1 / (1 + np.exp(points - BAD_AT))
    return np.stack([great, 1 - great - bad, bad], axis=1)
