"""What other tools would show for the same conversations, beside ours, with the reason for the difference."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.conversations.waits import reasons_of
from relevo.answers.measures import MeasureAnswer
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head

TOOLS: Mapping[str, str | Promise] = {"zendesk": "Zendesk", "intercom": "Intercom", "helpscout": "Help Scout"}
FIGURES: Mapping[str, str | Promise] = {
    "first_reply_s": gettext_lazy("first reply, median"),
    "first_reply_business_s": gettext_lazy("first reply in business hours, median"),
    "first_response_s": gettext_lazy("first response"),
    "first_response_without_bot_s": gettext_lazy("first response without the bot’s time"),
    "first_response_office_s": gettext_lazy("first response in office hours, mean"),
    "one_touch_rate": gettext_lazy("solved with one touch"),
    "first_contact_rate": gettext_lazy("solved at first contact"),
    "one_reply_rate": gettext_lazy("solved with one reply"),
    "reopens": gettext_lazy("reopened"),
}


def compat_grid(answer: MeasureAnswer) -> Grid:
    """One row per tool and figure."""
    heads = (
        Head(_("Tool")), Head(_("Figure")), Head(_("Theirs"), is_number=True), Head(_("Ours"), is_number=True),
        Head(_("Why they differ")),
    )  # fmt: skip
    return Grid(_("Why another tool says another number"), heads, tuple(_cells(row) for row in answer.rows))


def _cells(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    theirs, ours = (_value(row["figure"], row[side]) for side in ("theirs", "ours"))
    return (
        Cell(label(TOOLS, row["tool"])), Cell(label(FIGURES, row["figure"])),
        Cell(theirs, is_number=True, small=_n(row["theirs_n"])), Cell(ours, is_number=True, small=_n(row["ours_n"])),
        Cell(_why(row["reason"] or "")),
    )  # fmt: skip


def _why(reason: str) -> str:
    """The reason in the reader's language."""
    told = (_(words) % {"n": written.count(n)} for words, n in reasons_of(reason))
    return "; ".join(told)


def _n(many: int | None) -> str:
    return "" if many is None else _("n %(count)s") % {"count": written.count(many)}


def _value(figure: str, value: Any) -> str:
    """Seconds as a length of time, shares as per cent, counts as they are."""
    if value is None:
        return written.MISSING
    if figure.endswith("_s"):
        return written.duration(round(value))
    return written.rate(value) if figure.endswith("_rate") else written.number(value)
