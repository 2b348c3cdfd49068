"""What a measure is for: why it is measured, what it should bring people to do, and what it may bring them to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """What a card does not say, because no figure depends on it.

    `why` says what is decided with it, `wanted` the behaviour hoped for and `risked` the one to be feared where it is
    a target; `symbols` is the formula. These words are not part of a definition: its hash does not cover them.
    """

    why: str
    wanted: str
    risked: str
    symbols: str
