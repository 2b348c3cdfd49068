"""The states of a hand-off, and what may be done in each. Pure.

    draft --give--> given --accept--> accepted --confirm--> confirmed
                    given --return--> returned --give--> given
    draft, given, returned --withdraw--> withdrawn

The baton moves when the receiver accepts, and at no other time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from relevo.base.errors import WrongUse


class State(StrEnum):
    """Where a hand-off stands."""

    DRAFT = "draft"
    GIVEN = "given"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Side(StrEnum):
    """Who acts: who hands on, or who takes over."""

    GIVER = "giver"
    RECEIVER = "receiver"


class Act(StrEnum):
    """What can be done with a hand-off."""

    EDIT = "edit"
    GIVE = "give"
    RETURN = "return"
    ACCEPT = "accept"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Rule:
    """Who may do it, from which states, and into which it leads; None where the state stays."""

    side: Side
    sources: frozenset[State]
    target: State | None


_WRITTEN = frozenset({State.DRAFT, State.RETURNED})
# Open: not yet taken over. The giver holds the baton.
OPEN = _WRITTEN | {State.GIVEN}
# Taken over: the receiver held the baton from then on.
TAKEN = frozenset({State.ACCEPTED, State.CONFIRMED})
RULES: Mapping[Act, Rule] = {
    Act.EDIT: Rule(Side.GIVER, _WRITTEN, None),
    Act.GIVE: Rule(Side.GIVER, _WRITTEN, State.GIVEN),
    Act.RETURN: Rule(Side.RECEIVER, frozenset({State.GIVEN}), State.RETURNED),
    Act.ACCEPT: Rule(Side.RECEIVER, frozenset({State.GIVEN}), State.ACCEPTED),
    Act.CONFIRM: Rule(Side.RECEIVER, frozenset({State.ACCEPTED}), State.CONFIRMED),
    Act.WITHDRAW: Rule(Side.GIVER, OPEN, State.WITHDRAWN),
}


class NotNow(WrongUse):
    """Something that the state of a hand-off does not allow."""


def check(act: Act, state: State) -> Rule:
    """The rule of an act in a state; NotNow where it is not allowed there, saying what is."""
    rule = RULES[act]
    if state not in rule.sources:
        possible = ", ".join(a for a in Act if state in RULES[a].sources) or "nothing more"
        raise NotNow(f"A hand-off that is {state} cannot take: {act}.", f"What it can take now: {possible}.")
    return rule


def possible(state: State) -> tuple[Act, ...]:
    """What can be done in a state, by whoever may."""
    return tuple(act for act in Act if state in RULES[act].sources)
