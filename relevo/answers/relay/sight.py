"""Whose hand-offs a viewer sees, and how their customers are called."""

from collections.abc import Mapping
from dataclasses import replace

from relevo.answers.customers import names_of_customers
from relevo.answers.identity import every_id
from relevo.answers.reading import NONE, OPERATOR, Reading
from relevo.desk.relay.board import Whose

EVERYBODYS = Whose()


def whose(reading: Reading, mine: bool = False) -> Whose:
    """The hand-offs that the viewer sees: of customers that are seen, and of persons in whose name the viewer acts.

    Mine are those that the viewer gives or receives, and those of customers that the viewer holds alone.
    """
    viewer = reading.viewer
    if mine:
        return Whose(every_id(reading, viewer.own), viewer.me)
    if viewer.scope is None or viewer.acts_for is None:
        return EVERYBODYS
    return Whose(every_id(reading, viewer.scope), viewer.acts_for or NONE)


def all_names(reading: Reading) -> Mapping[str, str]:
    """Names by customer id, of every customer: who is a party of a hand-off knows whose it is."""
    return names_of_customers(replace(reading, viewer=OPERATOR))
