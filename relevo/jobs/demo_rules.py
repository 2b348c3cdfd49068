"""Rules of the demo company's house about conversations."""

from datetime import date

from relevo.base.config import Home
from relevo.desk.ready import prepare
from relevo.jobs.clock import now

# The tier that is sold with an answer within an hour, as its customers are told (truth P11 of the demo).
PROMISED = {"priority": 60}
_RULE, _SINCE = "response_promises", date(2020, 1, 1)


def promise_answers(home: Home) -> None:
    """Let the priority tier be promised a first answer within an hour, unless somebody has promised otherwise."""
    prepare(home)
    from relevo.desk.house.actions import save_rule
    from relevo.desk.house.rules import rule_versions

    if not rule_versions(_RULE):
        save_rule(_RULE, PROMISED, _SINCE, "operator", "what the priority tier is sold with", now())
