"""What the house assumes where the data do not say: house rules of the Desk, for every figure that depends on them."""

from dataclasses import replace

from relevo.answers.reading import Reading
from relevo.desk.house.rules import rules_in_force
from relevo.measures.assumptions import Assumptions


def assumptions_in_force(reading: Reading) -> Assumptions:
    """The assumptions that hold on the day to which the book looks, from the Desk of this process.

    WrongUse for a house rule whose value cannot be read; NotReady before the first book.
    """
    rules = rules_in_force(reading.company_book.as_of)
    return Assumptions.of({key: rule.value for key, rule in rules.items()})


def with_house_rules(reading: Reading) -> Reading:
    """The same reading, whose figures use the house rules of the Desk; they are read when first needed."""
    return replace(reading, assumed=lambda: assumptions_in_force(reading))
