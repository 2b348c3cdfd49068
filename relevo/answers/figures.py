"""Every figure of a book as one document, and what differs between two: what one release says beside another."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from relevo import __version__
from relevo.answers.cells import Change, Row, cells_between, key_columns
from relevo.answers.measures import is_about_customers
from relevo.answers.measures import show as show_measure
from relevo.answers.reading import Reading
from relevo.base.errors import RelevoError
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES
from relevo.measures.definitions import SHARED, definitions


class FigureState(StrEnum):
    """What another release does with a measure: says the same, something else, knows it not, or brings it."""

    EQUAL = "equal"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Figure:
    """What a measure answers, restated: its rows as JSON has them, and the hash of its card and code.

    `keys` are the columns that tell rows apart. Of a list of customers there is one row, with the number of its rows
    and their SHA-256; of what the book refuses one row with the reason.
    """

    definition: str
    keys: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class FigureChange:
    """What becomes of one measure; `redefined` says that its card or code differs, whether or not a cell does.

    A measure may be changed without a cell to show for it, where rows without a number came, went or changed places.
    """

    measure: str
    state: FigureState
    redefined: bool
    cells: tuple[Change, ...]


@dataclass(frozen=True)
class Figures:
    """All figures of a book: the release that computed them, the book, its conventions, and every measure's answer.

    `roll_ups` is the hash of the code that all measures share.
    """

    release: str
    book: str
    as_of: date
    policy_hash: str
    roll_ups: str
    measures: Mapping[str, Figure]

    def as_dict(self) -> dict[str, Any]:
        """The document as it is printed."""
        return {**asdict(self), "as_of": self.as_of.isoformat()}

    def changes_to(self, then: "Figures") -> tuple[FigureChange, ...]:
        """What becomes of every measure of either document, in the order of this one."""
        names = dict.fromkeys([*self.measures, *then.measures])
        return tuple(_change(name, self.measures.get(name), then.measures.get(name)) for name in names)

    @classmethod
    def from_json(cls, text: str) -> "Figures":
        """The document as it was printed, by this release or another one. ValueError for any other text."""
        try:
            raw = json.loads(text)
            measures = {name: _figure(each) for name, each in raw["measures"].items()}
            return cls(**{**raw, "as_of": date.fromisoformat(raw["as_of"]), "measures": measures})
        except (AttributeError, KeyError, TypeError) as problem:
            raise ValueError(f"no document of figures: {problem}") from None


def figures(reading: Reading, on_measure: Callable[[str], None] = lambda _name: None) -> Figures:
    """Ask every measure its usual question. `on_measure` is told before each, for it may take minutes.

    NotReady before the first book.
    """
    book, hashes, found = reading.company_book, definitions(), {}
    for name, measure in MEASURES.items():
        on_measure(name)
        rows = _answered(reading, name, is_a_list=is_about_customers(measure.card))
        found[name] = Figure(hashes[name], key_columns(name), rows)
    return Figures(__version__, book.id, book.as_of, book.policy.hash, hashes[SHARED], found)


def _change(name: str, now: Figure | None, then: Figure | None) -> FigureChange:
    if now is None or then is None:
        return FigureChange(name, FigureState.ADDED if now is None else FigureState.REMOVED, True, ())
    cells = tuple(cells_between(now.rows, then.rows, set(now.keys) & set(then.keys)))
    state = FigureState.EQUAL if now.rows == then.rows else FigureState.CHANGED
    return FigureChange(name, state, now.definition != then.definition, cells)


def _answered(reading: Reading, name: str, *, is_a_list: bool) -> tuple[Row, ...]:
    """The rows as another program reads them, so that both sides of a comparison went the same way."""
    try:
        rows = show_measure(reading, name, Ask(view="restated")).rows
    except RelevoError as problem:
        return ({"refused": str(problem)},)
    text = json.dumps([dict(row) for row in rows], default=str)
    if is_a_list:
        return ({"rows": len(rows), "sha256": hashlib.sha256(text.encode()).hexdigest()},)
    return tuple(json.loads(text))


def _figure(raw: Mapping[str, Any]) -> Figure:
    return Figure(raw["definition"], tuple(raw["keys"]), tuple(raw["rows"]))
