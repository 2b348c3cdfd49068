"""The words of hand-offs: states, what belongs into an item, where a text is from, what happened."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from relevo.desk.relay.templates import Template
from relevo.web import format as written
from relevo.web.labels import ROLES, Names, label
from relevo.web.parts import Head

STATES: Names = {
    "draft": pgettext_lazy("hand-off", "Draft"),
    "given": pgettext_lazy("hand-off", "Given"),
    "returned": pgettext_lazy("hand-off", "Returned"),
    "accepted": pgettext_lazy("hand-off", "Accepted"),
    "confirmed": pgettext_lazy("hand-off", "Confirmed"),
    "withdrawn": pgettext_lazy("hand-off", "Withdrawn"),
}
# What belongs into an item.
HELP: Names = {
    "objectives": _("What the customer wants to reach, and why now. Their words, not ours."),
    "needs": _("What has to be solved for that, and what stands in the way today."),
    "wanted_solution": _("How they picture it: plan, parts, people, systems."),
    "expected_value": _("What is better in numbers: from how much to how much, and how it is measured."),
    "calendar": _("What has to be ready by when, and what happens if it is not."),
    "value_events": _("The days on which they should see a result, and which one."),
    "summary": _("Who they are, what they want, what was promised, what to take care of."),
}
SURE: Names = {
    "": pgettext_lazy("how sure", "not said"),
    "certain": pgettext_lazy("how sure", "certain"),
    "likely": pgettext_lazy("how sure", "likely"),
    "guess": pgettext_lazy("how sure", "a guess"),
}
CHECKLIST: Names = {
    "read_all": _("Read all of it"),
    "promises_checked": _("Checked the promises"),
    "introduced": _("Was introduced to the customer"),
    "meeting_held": _("Met the customer together"),
}
PRODUCT: Names = {
    "exists": _("the product can do it"),
    "planned": _("it is planned"),
    "absent": _("the product cannot do it"),
}
STANDINGS: Names = {
    "open": pgettext_lazy("promise", "open"),
    "kept": pgettext_lazy("promise", "kept"),
    "late": pgettext_lazy("promise", "kept late"),
    "broken": pgettext_lazy("promise", "broken"),
}
TOLD_BY: Names = {
    "receiver": _("whoever took over"),
    "agent": _("a colleague in support"),
    "customer": _("the customer"),
}
EVENTS: Names = {
    "drafted": _("began it"),
    "item.saved": _("wrote"),
    "set_aside": _("wrote, and it was set aside because somebody else had saved"),
    "receiver.named": _("named the receiver"),
    "given": _("gave it"),
    "returned": _("returned it"),
    "accepted": _("accepted it"),
    "confirmed": _("said what was right"),
    "withdrawn": _("withdrew it"),
    "ticked": _("ticked"),
    "unticked": _("took the tick back"),
    "meeting.set": _("set the meeting"),
    "reasked": _("noted that it was asked again"),
    "link.made": _("made a link for the customer"),
    "customer.confirmed": _("confirmed it"),
    "customer.said": _("said"),
    "line.taken": _("followed a line up"),
    "line.changed": _("changed a line"),
    "line.said": _("said what became of a line"),
    "line.taken_back": _("took a line back"),
    "line.reached": _("saw in the book that it was reached"),
    "promised": _("wrote down a promise"),
    "promise.changed": _("changed a promise"),
    "promise.accepted": _("took a promise on"),
    "promise.refused": _("refused a promise"),
    "promise.kept": _("said that a promise was kept"),
    "promise.broken": _("said that a promise was broken"),
    "promise.withdrawn": _("took a promise back"),
}
STEPS: Names = {
    "set_up": pgettext_lazy("milestone", "set-up"),
    "first_value": pgettext_lazy("milestone", "first value"),
    "go_live": pgettext_lazy("milestone", "go-live"),
    "adopted": pgettext_lazy("milestone", "in use"),
    "renewed": pgettext_lazy("milestone", "renewal"),
    "reference": pgettext_lazy("milestone", "reference"),
    "story": pgettext_lazy("milestone", "story"),
}
_SOURCES: Mapping[str, str | Promise] = {
    "handoff": _("earlier hand-off"),
    "note": _("note of %(day)s"),
    "touch": _("contact of %(day)s"),
    "conversation": _("conversation of %(day)s"),
    "fit": _("answer about fit"),
    "deal": _("deal %(ref)s"),
    "milestone": _("milestones"),
    "issue": _("wish reported on %(day)s"),
}


def roles(from_role: str, to_role: str) -> str:
    """From which role to which."""
    return f"{label(ROLES, from_role)} → {label(ROLES, to_role)}"


def template_name(template: Template) -> str:
    """A template is called by its roles; one of the house's own by its name."""
    usual = f"{template.from_role}_to_{template.to_role}"
    told = roles(template.from_role, template.to_role)
    return told if template.name == usual else f"{told} ({label({}, template.name)})"


def source_words(source: str) -> str:
    """Where a text is from: `note 2026-05-03` is told as the note of that day; others as they were written."""
    kind, _sign, rest = source.partition(" ")
    if kind not in _SOURCES:
        return source
    day = written.day_text(rest) if kind in ("note", "touch", "conversation", "issue") and rest else rest
    return str(_SOURCES[kind]) % {"day": day or written.MISSING, "ref": rest}


def how_complete(share: float | None) -> str:
    """A completeness in words."""
    return _now("%(share)s complete") % {"share": written.rate(share, 0)} if share is not None else ""


def from_and_to() -> tuple[Head, Head]:
    """The heads of the columns that tell who gives and who takes over."""
    return Head(pgettext("a person", "From")), Head(pgettext("a person", "To"))
