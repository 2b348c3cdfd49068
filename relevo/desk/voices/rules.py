"""The rules of asking that are in force on a day."""

from datetime import date

from relevo.desk.house.rules import rules_in_force
from relevo.desk.voices.asking import LINK_DAYS, PAUSE_DAYS, REASONS, AskingRules, rules_with


def asking_rules(on: date) -> AskingRules:
    """How the company asks for ratings on a day."""
    held = rules_in_force(on)
    return rules_with({key: held[key].value for key in (LINK_DAYS, PAUSE_DAYS, REASONS) if key in held})
