"""Lines of a customer's timeline as sentences."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

from relevo.answers.customer_timeline import Line
from relevo.web import format as written
from relevo.web.labels import ROLES, label

TEXTS: Mapping[str, str] = {
    "customer.created": gettext_noop("%(what)s was first recorded"),
    "attribute.set": gettext_noop("Trait: %(what)s"),
    "contact.left": gettext_noop("%(what)s left the customer"),
    "lead.created": gettext_noop("A lead came in through %(what)s"),
    "lead.converted": gettext_noop("The lead from %(what)s became a customer"),
    "deal.opened": gettext_noop("Deal opened: %(what)s"),
    "deal.won": gettext_noop("Deal won: %(what)s, %(amount)s"),
    "deal.lost": gettext_noop("Deal lost: %(what)s, %(amount)s"),
    "deal.declined": gettext_noop("We declined the deal %(what)s, %(amount)s"),
    "deal.stage": gettext_noop("Deal moved on: %(what)s"),
    "fit.answered": gettext_noop("Fit question: %(what)s"),
    "span.began": gettext_noop("Terms began: %(what)s, %(amount)s a unit"),
    "span.cancel_requested": gettext_noop("Asked to cancel %(what)s"),
    "invoice.issued": gettext_noop("Invoice %(what)s over %(amount)s"),
    "invoice.paid": gettext_noop("Invoice %(what)s paid, %(amount)s"),
    "payment.succeeded": gettext_noop("Payment of %(amount)s received"),
    "payment.failed": gettext_noop("Payment of %(amount)s failed"),
    "payment.refunded": gettext_noop("%(amount)s was paid back"),
    "payment.disputed": gettext_noop("Payment of %(amount)s disputed"),
    "cancellation": gettext_noop("Cancelled: %(what)s"),
    "conversation.opened": gettext_noop("Conversation: %(what)s (messages: %(number)s)"),
    "conversation.resolved": gettext_noop("Resolved: %(what)s"),
    "conversation.escalated": gettext_noop("Escalated: %(what)s"),
    "conversation.reopened": gettext_noop("Reopened: %(what)s"),
    "rating.happiness": gettext_noop("Rated %(score)s: %(what)s"),
    "rating.csat": gettext_noop("Satisfaction %(number)s: %(what)s"),
    "rating.nps": gettext_noop("Would recommend us, %(number)s of 10: %(what)s"),
    "rating.ces": gettext_noop("Effort %(number)s: %(what)s"),
    "survey.sent": gettext_noop("Survey sent: %(what)s"),
    "usage.month": gettext_noop("Used the product %(number)s times this month, features: %(what)s"),
    "issue.shipped": gettext_noop("Fixed what they had reported: %(what)s"),
    "issue.reported": gettext_noop("Reported: %(what)s"),
    "articles.month": gettext_noop("Help articles read this month: %(number)s"),
    "assignment.began": gettext_noop("Took over for %(role)s"),
    "assignment.ended": gettext_noop("Gave up %(role)s"),
    "touch.call": gettext_noop("Call: %(what)s"),
    "touch.meeting": gettext_noop("Meeting: %(what)s"),
    "touch.mail": gettext_noop("Mail: %(what)s"),
    "touch.visit": gettext_noop("Visit: %(what)s"),
    "touch.interview": gettext_noop("Interview: %(what)s"),
    "touch.other": gettext_noop("Contact: %(what)s"),
    "work.month": gettext_noop("Minutes of work this month, %(what)s: %(number)s"),
    "milestone.reached": gettext_noop("Milestone reached: %(what)s"),
    "milestone.missed": gettext_noop("Milestone expected and not reached: %(what)s"),
    "handoff.given": gettext_noop("Handed over, %(what)s (items: %(number)s)"),
    "handoff.returned": gettext_noop("Hand-off returned, %(what)s"),
    "handoff.accepted": gettext_noop("Hand-off accepted, %(what)s"),
    "handoff.confirmed": gettext_noop("Hand-off confirmed by the customer, %(what)s"),
    "promise.made": gettext_noop("Promise made: %(what)s"),
    "promise.accepted": gettext_noop("Promise accepted: %(what)s"),
    "promise.refused": gettext_noop("Promise refused: %(what)s"),
    "promise.kept": gettext_noop("Promise kept: %(what)s"),
    "promise.broken": gettext_noop("Promise broken: %(what)s"),
}

_SCORES = {1: gettext_noop("great"), 0: gettext_noop("okay"), -1: gettext_noop("not good")}


def tell(line: Line) -> str:
    """One line in the language in force; a kind that a source invented is told by its own words."""
    happening = line.happening
    values = {
        "what": (happening.what or written.MISSING).replace("_", " ") if _is_code(happening.what) else happening.what,
        "role": label(ROLES, happening.what),
        "amount": written.money(happening.amount, happening.currency or ""),
        "number": written.count(happening.number),
        "score": gettext(_SCORES.get(happening.number or 0, "okay")),
    }
    values["what"] = values["what"] or written.MISSING
    if happening.code not in TEXTS:
        return f"{happening.code.replace('.', ' ').replace('_', ' ')}: {values['what']}"
    told = gettext(TEXTS[happening.code]) % values
    # Most ratings come without a word: nothing stands after the colon, and so the colon goes too.
    return told.removesuffix(written.MISSING).rstrip(":： ") if happening.what is None else told


def _is_code(what: str | None) -> bool:
    return what is not None and " " not in what and what.islower()
