"""What is followed up, as words: how a line stands, what was read of it, its numbers, and tables of lines."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.relay.follow_ups import FollowLine, Proposed
from relevo.desk.relay.follow_ups import KeptFollowUp
from relevo.desk.relay.following import MILESTONE, VALUES, Standing, Watch
from relevo.web import format as written
from relevo.web.customer.head import not_for_you
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.relay.addresses import handoff_address
from relevo.web.relay.follow_names import COUNTS, PRIORITIES, standing_words
from relevo.web.relay.item_words import item_name
from relevo.web.relay.one import Said
from relevo.web.relay.words import STEPS

_MOODS = {
    Standing.DELIVERED: "good", Standing.EXISTS: "good", Standing.REACHED: "good", Standing.PLANNED: "warn",
    Standing.LATE: "warn", Standing.ABSENT: "bad", Standing.MISSED: "bad",
}  # fmt: skip
_LONGEST = 90


def mood(standing: Standing) -> str:
    """Whether that is good, bad, or a warning; '' for what is open."""
    return _MOODS.get(standing, "")


def said_of(line: FollowLine) -> Said:
    """A line as reality's word on its item."""
    text = line.kept.text
    short = text if text is None or len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "…"
    told = [standing_words(line.kept.item, line.standing), share_words(line.share), slip_words(line.slip)]
    standing = ", ".join(each for each in told if each)
    return Said(
        _("%(line)s: %(standing)s") % {"line": short or not_for_you(), "standing": standing}, mood(line.standing)
    )


def share_words(share: Fraction | None) -> str:
    """How much of an expected value was realised; '' where it is not known."""
    return _("%(share)s realised") % {"share": written.rate(float(share), 0)} if share is not None else ""


def slip_words(days: int | None) -> str:
    """By how much a day moved since it was planned first; '' where it did not."""
    if not days:
        return ""
    late = ngettext("%(n)s day later than planned first", "%(n)s days later than planned first", abs(days))
    early = ngettext("%(n)s day earlier than planned first", "%(n)s days earlier than planned first", abs(days))
    return (late if days > 0 else early) % {"n": written.count(abs(days))}


def beneath(line: FollowLine, names: Mapping[str, str]) -> str:
    """What is known of a line beside its words."""
    kept = line.kept
    told = (
        label(PRIORITIES, kept.priority) if kept.priority else "",
        numbers_words(kept.metric, kept.baseline, kept.target, kept.unit),
        _("now %(value)s") % {"value": number_words(kept.actual)} if kept.actual is not None else "",
        share_words(line.share),
        _("due %(day)s") % {"day": written.day(kept.due_on)} if kept.due_on else "",
        slip_words(line.slip),
        _done(kept),
        kept.reason or "",
        _("shown by: %(what)s") % {"what": kept.evidence} if kept.evidence else "",
        watch_words(kept.watch),
        _who(kept, names),
    )
    return " · ".join(each for each in told if each)


def read_words(proposed: Proposed) -> str:
    """What was read of a line of the text, so that a person can see it before it is taken over."""
    found = proposed.proposal
    told = (
        label(PRIORITIES, found.priority) if found.priority else "",
        numbers_words(found.metric, found.baseline, found.target, found.unit),
        _("due %(day)s") % {"day": written.day(found.due_on)} if found.due_on else "",
        _("first planned for %(day)s") % {"day": written.day(proposed.first_due_on)} if proposed.first_due_on else "",
        _("shown by: %(what)s") % {"what": found.evidence} if found.evidence else "",
    )
    return " · ".join(each for each in told if each)


def numbers_words(metric: str | None, baseline: Decimal | None, target: Decimal | None, unit: str | None) -> str:
    """From where to where: `Planning: 12 → 4 hours`; '' where neither is known."""
    if baseline is None and target is None:
        return metric or ""
    told = f"{number_words(baseline)} → {number_words(target)} {unit or ''}".strip()
    return f"{metric}: {told}" if metric else told


def number_words(value: Decimal | None) -> str:
    """A number with the digits that it has."""
    if value is None:
        return written.MISSING
    exponent = value.as_tuple().exponent
    return written.number(value, max(0, -exponent) if isinstance(exponent, int) else 0)


def watch_words(watch: Watch | None) -> str:
    """What in the book tells that a line was reached; '' where a person does."""
    if watch is None:
        return ""
    if watch.kind == MILESTONE:
        return _("the milestone %(step)s tells") % {"step": label(STEPS, watch.what)}
    named = {"feature": watch.what.replace("_", " "), "least": written.count(watch.least),
             "counts": label(COUNTS, watch.counts)}  # fmt: skip
    return _("use of %(feature)s tells, from %(least)s on (%(counts)s)") % named


def lines_grid(lines: Iterable[FollowLine]) -> Grid:
    """Lines of a customer as a table, but those of values, which have their own."""
    heads = tuple(Head(name) for name in (_("What"), _("Item"), _("Standing"), _("Due"), _("Moved"), _("Hand-off")))
    return Grid(_("What became of it"), heads, tuple(_row(each) for each in lines if each.kept.item != VALUES))


def values_grid(lines: Iterable[FollowLine]) -> Grid:
    """Expected values of a customer beside what was reached of them."""
    heads = (Head(_("Value")), Head(_("Unit")), Head(_("Was"), is_number=True), Head(_("Expected"), is_number=True),
             Head(_("Now"), is_number=True), Head(_("Realised"), is_number=True), Head(_("By")),
             Head(_("Hand-off")))  # fmt: skip
    return Grid(_("Value tracker"), heads, tuple(_value_row(each) for each in lines if each.kept.item == VALUES))


def _row(line: FollowLine) -> tuple[Cell, ...]:
    kept = line.kept
    priority = label(PRIORITIES, kept.priority) if kept.priority else ""
    return (
        Cell(kept.text if kept.text is not None else not_for_you(), small=priority),
        Cell(item_name(kept.item)),
        Cell(standing_words(kept.item, line.standing), small=_done(kept)),
        Cell(written.day(kept.due_on)),
        Cell(slip_words(line.slip)),
        _where(kept),
    )


def _value_row(line: FollowLine) -> tuple[Cell, ...]:
    kept = line.kept
    name = not_for_you() if kept.text is None else kept.metric or kept.text
    numbers = (kept.baseline, kept.target, kept.actual)
    return (
        Cell(name, small=standing_words(kept.item, line.standing)),
        Cell(kept.unit or ""),
        *(Cell(number_words(each), is_number=True) for each in numbers),
        Cell(written.rate(float(line.share), 0) if line.share is not None else written.MISSING, is_number=True),
        Cell(written.day(kept.due_on)),
        _where(kept),
    )


def _where(kept: KeptFollowUp) -> Cell:
    return Cell(f"#{kept.handoff_id}", f"{handoff_address(kept.handoff_id)}#line-{kept.id}")


def _done(kept: KeptFollowUp) -> str:
    """On which day it happened or was measured, and that the book said so."""
    if kept.done_on is None:
        return ""
    told = written.day(kept.done_on)
    return _("%(day)s, by the book") % {"day": told} if kept.said_how == "rule" else told


def _who(kept: KeptFollowUp, names: Mapping[str, str]) -> str:
    return names.get(kept.changed_by, kept.changed_by) if kept.said_how == "person" else ""
