"""One measure asked by one viewer: the answer of `relevo show`, of a download, and of every figure on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from relevo.answers.dosage import dosed
from relevo.answers.reading import COMPANY, Reading, Refused, Scope
from relevo.answers.small_cells import FEWEST_CUSTOMERS, small_rows
from relevo.base.errors import WrongUse
from relevo.base.periods import Grain, parse_month
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.measures.asking import ask as ask_book
from relevo.measures.asking import customers_behind
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import TEAM, Answer, Ask, Card, Out, Unit, View
from relevo.measures.catalog import MEASURES, find
from relevo.measures.revenue.by_segment import SEGMENT

__all__ = [
    "COMPANY_DIMENSIONS",
    "FEWEST_CUSTOMERS",
    "PERSON_COLUMNS",
    "PERSON_DIMENSIONS",
    "Ask",
    "MeasureAnswer",
    "check_person_level",
    "is_about_customers",
    "show",
    "show_asked",
]

# By these a figure of the company may be cut for everybody; any other cut shows the viewer's customers alone.
COMPANY_DIMENSIONS = frozenset({"segment", "plan", "country", "channel", "cohort"})
# Those of customers, and those that single measures have of their own.
PERSON_DIMENSIONS = frozenset({"seller"}) | {
    each.name for measure in MEASURES.values() for each in measure.card.own_dimensions if each.is_person
}
# A list of one colleague's customers adds up to a figure of the colleague: whoever sees one of these is in the audit.
PERSON_COLUMNS = PERSON_DIMENSIONS | {"person_id", "owner", "held"}
# Columns by which a measure is cut of itself.
_OWN_CUTS = (SEGMENT, "tier", "fit")
_ANSWERS: Remembered[Answer] = Remembered(512)
# Customers by slice of measures that count something else, for viewers from whom small cells are hidden.
_BEHIND: Remembered[Mapping[str | None, int] | None] = Remembered(512)


@dataclass(frozen=True)
class MeasureAnswer:
    """What a measure answered: rows with named, typed columns, and everything needed to trust and repeat it.

    `hidden` counts the rows whose figures were withheld because fewer than five customers stand behind them; such a
    row keeps its slice and month, and its other cells are None. `view` says whether closed months are told as they
    were closed (reported) or as the book knows them now (restated).
    """

    measure: str
    title: str
    question: str
    unit: str
    kind: str
    read_with: tuple[str, ...]
    as_of: date
    book: str
    policy: str
    scope: Scope
    definition: str
    currency: str
    columns: tuple[Out, ...]
    rows: tuple[Mapping[str, Any], ...]
    hidden: int = 0
    view: View = "restated"
    policy_hash: str = ""

    def last(self) -> Mapping[str, Any]:
        """The last row; an empty mapping where there is none."""
        return self.rows[-1] if self.rows else {}

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON prints it."""
        plain = (
            "measure", "question", "unit", "kind", "read_with", "as_of", "book", "policy", "policy_hash", "view",
            "scope", "definition",
        )  # fmt: skip
        told = {name: getattr(self, name) for name in plain}
        return {
            **told,
            "read_with": list(self.read_with),
            "as_of": self.as_of.isoformat(),
            "scope": str(self.scope),
            "rows": [dict(row) for row in self.rows],
        }


def show(reading: Reading, name: str, ask: Ask) -> MeasureAnswer:
    """Ask a measure as this viewer. Refused for a cut by person without the right to see persons.

    Columns are those of the card, preceded by the dimension of a slice. WrongUse for an unknown name or dimension.
    """
    check_person_level(reading, ask)
    card = find(name).card
    ask = dosed(reading, card, ask)
    if card.is_of_persons and ask.by != TEAM:
        _refuse_persons(reading, frozenset())
    book = _book_for(reading, card, ask)
    shown = _asked(reading, book, card, ask)
    own = None if ask.by else _own_cut(card)
    if reading.viewer.sees_all or not (ask.by or own or ask.where) or _is_of_persons_alone(card, ask):
        return shown

    def rows(other: Ask) -> Sequence[Mapping[str, Any]]:
        # By its own dimension a measure is cut without being asked.
        return _asked(reading, book, card, replace(other, by=None) if own and other.by == own else other).rows

    def behind(other: Ask) -> Mapping[str | None, int] | None:
        asked = _assuming(reading, card, other)
        return _BEHIND.get(book, (name, asked), lambda: customers_behind(book, name, asked))

    cut = replace(ask, by=ask.by or own)
    return _hide_small_cells(shown, small_rows(book, cut, rows, behind), cut)


def _asked(reading: Reading, book: Book, card: Card, ask: Ask) -> MeasureAnswer:
    """What the book answers, with what the house assumes and without rows of persons the viewer may not see."""
    asked = _assuming(reading, card, ask)
    answer = _ANSWERS.get(book, (card.name, asked), lambda: ask_book(book, card.name, asked))
    return _of_persons(reading, _as_answer(answer, _scope_of(reading, book)), ask)


def _assuming(reading: Reading, card: Card, ask: Ask) -> Ask:
    """The question under what the house assumes, where the measure assumes anything and nothing else was said."""
    is_open = card.assumes and ask.assumptions == Assumptions()
    return replace(ask, assumptions=reading.assumed()) if is_open else ask


def _of_persons(reading: Reading, answer: MeasureAnswer, ask: Ask) -> MeasureAnswer:
    """The rows of persons whose figures the viewer may see; answers about no person stay as they are."""
    is_cut = ask.by in PERSON_DIMENSIONS
    persons = reading.viewer.persons
    of_persons = find(answer.measure).card.is_of_persons and ask.by != TEAM
    if persons is None or not (is_cut or of_persons):
        return answer
    column = str(ask.by) if is_cut else "person_id"
    return replace(answer, rows=tuple(row for row in answer.rows if row[column] in persons))


def _is_of_persons_alone(card: Card, ask: Ask) -> bool:
    """Whether a measure is asked by persons of its own and nothing else.

    Such a row is the person's figure over the whole company, as in a sold book: it is guarded by who may see the
    person, and is told however few customers stand behind it.
    """
    asked = _dimensions(ask)
    return bool(asked) and asked <= {each.name for each in card.own_dimensions if each.is_person}


def _dimensions(ask: Ask) -> set[str]:
    """The dimensions by which it is asked, as cut or as condition."""
    return {dimension for dimension in (ask.by, *(d for d, _ in ask.where)) if dimension is not None}


def _own_cut(card: Card) -> str | None:
    """The dimension by which a measure is cut of itself; None for most, and where its rows are customers."""
    names = {column.name for column in card.columns}
    return None if is_about_customers(card) else next((name for name in _OWN_CUTS if name in names), None)


def show_asked(reading: Reading, name: str, asked: Mapping[str, Sequence[str]]) -> MeasureAnswer:
    """Ask a measure with text parameters: by, from, to, months, grain, view, where (`dimension=value`, repeatable).

    WrongUse for a parameter that is unknown or cannot be read.
    """
    known = ("by", "from", "to", "months", "grain", "view", "where")
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise WrongUse(f"{unknown[0]!r} cannot be asked of a measure.", f"Ask one of {', '.join(known)}.")
    one = {key: values[-1] for key, values in asked.items() if values and values[-1]}
    return show(
        reading,
        name,
        Ask(
            by=one.get("by"),
            first=parse_month(one["from"]) if "from" in one else None,
            last=parse_month(one["to"]) if "to" in one else None,
            months=_whole(one["months"]) if "months" in one else None,
            grain=_grain(one.get("grain", "month")),
            where=tuple(_condition(text) for text in asked.get("where", ()) if text),
            view=cast(View, one["view"]) if "view" in one else None,  # the measure refuses what is none
        ),
    )


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise WrongUse(f"{text[:40]!r} is not a number of months.", "Write a whole number such as 12.")
    return int(text)


def _grain(text: str) -> Grain:
    if text not in set(Grain):
        raise WrongUse(f"{text[:40]!r} is not a grain.", f"Write one of {', '.join(Grain)}.")
    return Grain(text)


def _condition(text: str) -> tuple[str, str]:
    dimension, equals, value = text.partition("=")
    if not equals:
        raise WrongUse(f"{text[:80]!r} is not a condition.", "Write it as dimension=value, for example segment=smb.")
    return dimension, value


def is_about_customers(card: Card) -> bool:
    """Whether each row of a measure names one customer, so that it belongs to those who may see the customer."""
    return any(column.name == "customer_id" for column in card.columns)


def check_person_level(reading: Reading, ask: Ask) -> None:
    """Raise Refused for a question about persons by a viewer without the right to see them."""
    named = frozenset(value for dimension, value in ask.where if dimension in PERSON_DIMENSIONS)
    if named or ask.by in PERSON_DIMENSIONS:
        _refuse_persons(reading, named)


def _refuse_persons(reading: Reading, named: frozenset[str]) -> None:
    """Refuse who may see no person's figures, and who asks for those of somebody not theirs to see."""
    viewer = reading.viewer
    if not viewer.can_see_person_level or not (viewer.persons is None or named <= viewer.persons):
        raise Refused(
            "Figures by person are not shown to you.", "Ask the owner of this Relevo, or cut by segment or channel."
        )


def _book_for(reading: Reading, card: Card, ask: Ask) -> Book:
    """The whole book for company figures; the viewer's own for rows, and where a cut is not one of the company's.

    A measure's own dimensions are of the company: who gave a hand-off is not bound to whose customer it is now.
    Refused where such a cut is asked of what is never scoped, as acquisition cost and lifetime value.
    """
    asked = _dimensions(ask) - {each.name for each in card.own_dimensions}
    if is_about_customers(card):
        return reading.money_book if _has_amounts(card) else reading.book
    if reading.viewer.sees_all or asked <= COMPANY_DIMENSIONS:
        return reading.company_book
    if card.never_scoped:
        raise Refused(
            f"{card.title} is a figure of the whole company and is not cut down to your customers.",
            f"Cut it by {', '.join(sorted(COMPANY_DIMENSIONS))}, or ask the owner of this Relevo.",
        )
    return reading.money_book


def _scope_of(reading: Reading, book: Book) -> Scope:
    if book is reading.company_book:
        return COMPANY
    return reading.money_scope if book is reading.money_book else reading.scope


def _has_amounts(card: Card) -> bool:
    return any(column.unit is Unit.MONEY for column in card.columns)


def _as_answer(answer: Answer, scope: Scope) -> MeasureAnswer:
    card, frame, book = answer.card, answer.frame, answer.book
    cut = (Out(frame.by, Unit.TEXT, _doc_of(card, frame.by)),) if frame.by else ()
    # A measure that is cut by segment of itself has the asked dimension in that column's place.
    told = answer.rows[0] if answer.rows else {c.name: None for c in card.columns}
    own = tuple(column for column in card.columns if column.name != frame.by and column.name in told)
    return MeasureAnswer(
        measure=card.name,
        title=card.title,
        question=card.question,
        unit=str(card.unit),
        kind=str(card.kind),
        read_with=card.read_with,
        as_of=frame.as_of,
        book=book.id,
        policy=book.policy.name,
        scope=scope,
        definition=card.definition,
        currency=frame.currency,
        columns=cut + own,
        rows=answer.rows,
        view="restated" if frame.closed_through is None else "reported",
        policy_hash=book.policy.hash,
    )


def _doc_of(card: Card, dimension: str) -> str:
    own = {each.name: f"The slice: {each.doc}" for each in card.own_dimensions}
    return own.get(dimension, "The slice.")


def _hide_small_cells(shown: MeasureAnswer, small: frozenset[int], cut: Ask) -> MeasureAnswer:
    """The answer with the figures of some rows withheld."""
    rows = tuple(_withheld(row, cut) if i in small else row for i, row in enumerate(shown.rows))
    return replace(shown, rows=rows, hidden=len(small))


def _withheld(row: Mapping[str, Any], ask: Ask) -> Mapping[str, Any]:
    kept = {ask.by, "month", "months", "tenure_month", "cohort", "age", "age_band", "made_on", "person_id"}
    return {name: value if name in kept else None for name, value in row.items()}
