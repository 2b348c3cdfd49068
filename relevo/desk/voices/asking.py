"""How a company asks for ratings: for how long a link holds, how often one is asked, which reasons there are.

Pure: the rules of the house as values, with their defaults.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

LINK_DAYS, PAUSE_DAYS, REASONS = "rating_link_days", "survey_pause_days", "rating_reasons"
# The first three are not about the person who answered: unless the house says otherwise (ratings_not_of_persons),
# measures of persons leave such ratings out.
USUAL_REASONS = ("product", "price", "policy", "answer", "time", "other")
LONGEST_COMMENT, LONGEST_REASON = 2_000, 200


@dataclass(frozen=True)
class AskingRules:
    """The rules of a day. Nobody is asked about another conversation within the pause; a pause of 0 is none."""

    lasts: timedelta = timedelta(days=60)
    pause: timedelta = timedelta(days=14)
    reasons: tuple[str, ...] = USUAL_REASONS


def rules_with(values: Mapping[str, Any]) -> AskingRules:
    """The rules with the house's own values, by key; what is missing is as usual."""
    usual = AskingRules()
    return AskingRules(
        timedelta(days=values.get(LINK_DAYS, usual.lasts.days)),
        timedelta(days=values.get(PAUSE_DAYS, usual.pause.days)),
        tuple(values.get(REASONS, usual.reasons)),
    )
