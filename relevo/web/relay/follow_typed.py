"""What a form of a line holds: its fields as texts, and what they say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from relevo.base.errors import WrongUse
from relevo.base.periods import parse_day
from relevo.desk.relay.actions_follow_ups import LineText, Word
from relevo.desk.relay.follow_ups import KeptFollowUp
from relevo.desk.relay.following import WATCHED, Counts, Watch, watch_of
from relevo.desk.relay.line_reading import Proposal, exact


@dataclass(frozen=True)
class LineFields:
    """The fields of a line as a form shows them."""

    text: str = ""
    priority: str = ""
    due_on: str = ""
    first_due_on: str = ""
    metric: str = ""
    unit: str = ""
    baseline: str = ""
    target: str = ""
    evidence: str = ""
    watch: str = ""
    counts: str = str(Counts.EVENTS)
    least: str = ""


def fields_of(kept: KeptFollowUp) -> LineFields:
    """A line as its form shows it."""
    watch = kept.watch
    return LineFields(
        kept.text or "", kept.priority, _day(kept.due_on), "", kept.metric or "", kept.unit or "",
        _number(kept.baseline), _number(kept.target), kept.evidence or "", watch.code if watch else "",
        str(watch.counts) if watch else str(Counts.EVENTS), _least(watch),
    )  # fmt: skip


def fields_proposed(found: Proposal, first_due_on: date | None) -> LineFields:
    """A proposal as its form shows it."""
    return LineFields(
        found.text, found.priority, _day(found.due_on), _day(first_due_on), found.metric, found.unit,
        _number(found.baseline), _number(found.target), found.evidence,
    )  # fmt: skip


def fields_typed(asked: Mapping[str, str]) -> LineFields:
    """What a form sent."""
    usual = LineFields()
    return LineFields(**{name: asked.get(name, getattr(usual, name)).strip() for name in vars(usual)})


def line_of(fields: LineFields, item: str) -> LineText:
    """The line that a form says; WrongUse for a number that can be read in two ways, or a day that is none."""
    watch = watch_of(fields.watch, fields.counts, _whole(fields.least)) if item in WATCHED else None
    return LineText(
        fields.text, fields.priority, _as_day(fields.due_on), fields.metric, fields.unit, as_number(fields.baseline),
        as_number(fields.target), fields.evidence, watch,
    )  # fmt: skip


def first_day(fields: LineFields) -> date | None:
    """The day planned first, where the form names another than that of now."""
    return _as_day(fields.first_due_on)


def word_of(asked: Mapping[str, str], status: str) -> Word:
    """What a form says of a line."""
    on, why, actual = (asked.get(name, "").strip() for name in ("on", "why", "actual"))
    return Word(status, _as_day(on), why, as_number(actual))


def as_number(text: str) -> Decimal | None:
    """A number of a form, None where it was left empty; WrongUse for one that can be read in two ways."""
    if not text.strip():
        return None
    found = exact(text)
    if found is None:
        raise WrongUse(f"{text[:40]!r} is not plainly a number.", "Write 1200 or 1.25, without a sign for thousands.")
    return found


def _whole(text: str) -> int | None:
    """From how many on; 1 where it was left empty, None for what is no whole number."""
    if not text:
        return 1
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _as_day(text: str) -> date | None:
    return parse_day(text) if text else None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(value: Decimal | None) -> str:
    return f"{value:f}" if value is not None else ""


def _least(watch: Watch | None) -> str:
    return str(watch.least) if watch and watch.least > 1 else ""
