"""The boxes in which a hand-off is written: one per item, with what stands in it and what else could."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _

from relevo.answers.relay.one import ItemView
from relevo.desk.relay.handoffs import KeptItem
from relevo.desk.relay.scoring import HALF, WHOLE
from relevo.desk.relay.templates import WITH_NUMBER
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.reader import clock
from relevo.web.relay.item_words import item_name
from relevo.web.relay.suggested import Choice, Suggested, choices
from relevo.web.relay.typed import Fields, Typed, fields_of
from relevo.web.relay.words import HELP, SURE, source_words

SURENESS = tuple(SURE)
_RECENT = timedelta(hours=12)


@dataclass(frozen=True)
class Conflict:
    """Two texts for one item: what was typed, and what somebody saved in between, by whom."""

    mine: str
    theirs: str
    who: str
    revision: int


@dataclass(frozen=True)
class Box:
    """An item to be written: its fields, the marks that it goes back with, and how it counts.

    `saved` says when it was saved last, `asks` what would make it count whole; `problem` is why it was not saved.
    """

    item: str
    name: str
    help: str
    fields: Fields
    seen: int
    mark: str
    saved: str
    score: str
    asks: str
    source: str
    choices: list[Choice] = field(default_factory=list)
    conflict: Conflict | None = None
    problem: str = ""
    is_gap: bool = False

    @property
    def id(self) -> str:
        """The name by which the page finds it."""
        return self.item

    @property
    def sureness(self) -> list[tuple[str, str]]:
        """How sure one can be, as code and word."""
        return [(code, label(SURE, code)) for code in SURENESS]


@dataclass(frozen=True)
class Troubles:
    """What was not saved, by item: two texts for one item, or why a text cannot be kept, with what was typed."""

    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Typed] = field(default_factory=dict)


def box(
    view: ItemView, today: date, found: Suggested, troubles: Troubles = Troubles(), gaps: Collection[str] = ()
) -> Box:
    """An item as its box: with what was typed where that was not saved."""
    kept, item = view.kept, view.item
    stands, typed = fields_of(kept, today), troubles.typed.get(item)
    conflict, problem = troubles.conflicts.get(item), troubles.problems.get(item, "")
    is_kept = typed is None or not (conflict or problem)
    return Box(
        item=item,
        name=item_name(item),
        help=label(HELP, item) if item in HELP else "",
        fields=stands if is_kept or typed is None else typed.fields,
        seen=(kept.revision if kept else 0) if is_kept or typed is None else typed.seen,
        mark=stands.mark if is_kept or typed is None else typed.mark,
        saved=saved_words(kept),
        score=score_words(view.score),
        asks=asks_for(item, view.score),
        source=source_words(kept.source) if kept and kept.source else "",
        choices=choices(found, item, stands.text),
        conflict=conflict,
        problem=problem,
        is_gap=item in gaps,
    )


def conflict_of(typed: Typed, stands: KeptItem, names: Mapping[str, str]) -> Conflict:
    """What to choose between, where somebody saved in between."""
    return Conflict(typed.fields.text, stands.text, names.get(stands.changed_by, stands.changed_by), stands.revision)


def saved_words(kept: KeptItem | None) -> str:
    """When an item was saved last: the time alone where it was within a day."""
    if kept is None:
        return ""
    at = kept.changed_at.astimezone(clock())
    is_recent = now() - kept.changed_at < _RECENT
    return _("saved %(moment)s") % {"moment": f"{at:%H:%M}" if is_recent else written.minute(at)}


def score_words(score: Fraction) -> str:
    """How an item counts."""
    return {WHOLE: _("counts whole"), HALF: _("counts half")}.get(score, _("says nothing yet"))


def asks_for(item: str, score: Fraction) -> str:
    """What would make an item count whole."""
    return _("A number is missing: from how much to how much?") if item in WITH_NUMBER and score == HALF else ""
