"""Identity in words: kinds of evidence, reasons of joins, decisions."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from relevo.answers.identity_decisions import DecisionLine
from relevo.web import format as written
from relevo.web.labels import Names, label
from relevo.web.reader import clock

EVIDENCE: Names = {
    "name": _("Name"),
    "domain": _("Domain"),
    "email": _("Addresses of contacts"),
    "tax_id": _("Tax number"),
    "country": _("Country"),
    "legal_form": _("Legal form"),
    "parent": _("Parent"),
}
# Why rows of another id count as a customer's, as the book says it.
REASONS: Names = {
    "alias of its source": _("an alias that was loaded"),
    "alias, source not stated": _("an alias that was loaded, of a system that is not named"),
    "merged here": _("somebody decided it"),
    "name in its system": _("its system calls it so"),
    "address in its system": _("an address that its system knows"),
    "address elsewhere": _("an address that another system knows"),
}
# How a reason begins that names the kinds of evidence that agree.
_SAME = "same "
DECISIONS: Names = {
    "merge": pgettext_lazy("decision", "one customer"),
    "apart": pgettext_lazy("decision", "not the same"),
}
# What people often know; they are offered and may be written over.
OFTEN = (
    _("The same company: they told us so."),
    _("The same company under its former name."),
    _("The same tax number."),
    _("A branch that pays for itself."),
    _("Another company of the same name."),
    _("A reseller, not the customer."),
)


def sure(confidence: float | None) -> str:
    """How sure a rule is; a dash where it does not say."""
    return written.MISSING if confidence is None else written.rate(confidence, 0)


def kinds(codes: tuple[str, ...]) -> str:
    """Kinds of evidence in a row."""
    return ", ".join(label(EVIDENCE, code) for code in codes)


def reason(told: str) -> str:
    """Why rows of another id count as a customer's; what agrees is named kind by kind."""
    if not told.startswith(_SAME):
        return label(REASONS, told)
    agreeing = [each.strip() for each in told.removeprefix(_SAME).split(",")]
    return gettext("the same: %(kinds)s") % {"kinds": kinds(tuple(agreeing))}


def decided(line: DecisionLine) -> str:
    """Who decided what, when and why, and what became of it."""
    values = {
        "what": label(DECISIONS, line.kind),
        "who": line.who,
        "when": written.minute(line.decided_at.astimezone(clock())),
        "why": line.reason,
    }
    told = gettext("%(what)s: %(who)s, %(when)s: %(why)s") % values
    return f"{told} {undone(line)}".strip()


def undone(line: DecisionLine) -> str:
    """Who undid a decision, when and why; nothing where it holds."""
    if line.undone_at is None:
        return ""
    when = written.minute(line.undone_at.astimezone(clock()))
    return gettext("Undone by %(who)s, %(when)s: %(why)s") % {
        "who": line.undone_by,
        "when": when,
        "why": line.undo_reason,
    }
