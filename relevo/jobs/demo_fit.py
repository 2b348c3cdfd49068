"""What the demo company asks before a sale: the questions that its CRM has answers to."""

from datetime import date

from relevo.base.config import Home
from relevo.desk.ready import prepare
from relevo.jobs.clock import now

_SINCE = date(2020, 1, 1)
_ASKED = {
    "uses_our_core_process": "Do they sell, deliver and invoice the way the product does?",
    "has_an_owner": "Has somebody there the task and the time to introduce it?",
    "data_is_ready": "Are their data there, and clean enough to begin with?",
    "integration_exists": "Do the integrations exist that they cannot do without?",
    "budget_is_real": "Is the price in somebody's budget beyond the first year?",
    "expects_what_we_do": "Do they expect what the product does today?",
}


# The value of the house rule: yes and no, as the CRM has it.
ASKED = [{"key": key, "text": text, "answers": {"yes": 1, "no": 0}} for key, text in _ASKED.items()]


def ask_about_fit(home: Home) -> None:
    """Let these questions be the house's, unless somebody has set others."""
    prepare(home)
    from relevo.desk.house.actions import save_rule
    from relevo.desk.house.rules import rule_versions
    from relevo.desk.relay.fit_questions import RULE

    if not rule_versions(RULE):
        save_rule(RULE, ASKED, _SINCE, "operator", "what our CRM asks", now())
