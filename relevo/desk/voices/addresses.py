"""The addresses of a rating link: one for each answer."""

from collections.abc import Mapping

from relevo.base.scales import Answer
from relevo.desk.voices.links import token_of

# The one place where links begin; the pages' addresses are kept equal to it by a test.
PATH = "/r/"


def paths_of(invitation_id: int) -> Mapping[str, str]:
    """The path of each answer's link, without the host."""
    token = token_of(invitation_id)
    return {answer.value: f"{PATH}{token}?a={answer.value}" for answer in Answer}
