"""P05: one of a team carries most of its hard work; the others share the rest equally.

In the third pod the first who came, leads nobody and is still here takes over `TAKES` of the hard cases that have found
anybody of the pod, from the rule or, once they have picked them, from colleagues: with seven people about
0.65 + 0.35/7 = 70 % of them, and everybody else keeps about 5 %. Within this pod hard work depends on nothing else: no
rule prefers the skilled (P04), and nothing hard is passed on to others. Nobody does so in the silent company.
Requirement S0-44.
"""

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.frame import NONE, Frame
from relevo.sources.demo.truths import p04_brave

POD = 2
TAKES = 0.65


def planted(frame: Frame, cast: Cast) -> int:
    """Who carries it; -1 for nobody."""
    found = p04_brave.eligible(cast, POD)
    return found[0].number if found and frame.company.has_signal else NONE
