"""Parts of pages as values, ready for a template: tiles, tables, and pictures with their table beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from relevo.answers.measures import MeasureAnswer
from relevo.answers.values import Direction, Figure, Sentence, Tile, Unit, Value
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.base import Spec
from relevo.web.charts.svg import draw
from relevo.web.headings import COLUMNS
from relevo.web.labels import CAUSES, DIMENSIONS, FIGURES, KINDS, label, slice_value
from relevo.web.sentences import full, prose, say

_NUMBERS = (Unit.MONEY, Unit.RATE, Unit.RATIO, Unit.COUNT, Unit.MONTHS)


@dataclass(frozen=True)
class Cell:
    """One cell: its text, where it leads, and whether it is a number."""

    text: str
    href: str = ""
    is_number: bool = False
    small: str = ""


@dataclass(frozen=True)
class Head:
    """One column heading; `sort` is 'ascending', 'descending' or empty, `href` sorts by it."""

    text: str
    is_number: bool = False
    href: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Grid:
    """A table: a caption for those who cannot see it, headings, rows, and a last row of totals."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class More:
    """A last row that leads to the next rows: where, and how many are shown of how many."""

    href: str
    shown: int
    found: int


@dataclass(frozen=True)
class TileView:
    """A tile as words."""

    label: str
    value: str
    href: str
    change: str
    mood: str
    partner: str
    partner_label: str
    partner_href: str


@dataclass(frozen=True)
class ChartView:
    """A picture in its frame: title (the finding), subtitle (units), drawing, the same as a table, and links."""

    key: str
    title: str
    subtitle: str
    drawing: SafeString | None
    grid: Grid
    rows_href: str = ""
    csv_href: str = ""
    foot: str = ""
    is_wide: bool = False


def tile_view(tile: Tile) -> TileView:
    """A tile in the language in force."""
    return TileView(
        label=_figure_label(tile),
        value=prose(tile.figure.value) if tile.figure.value.unit is not Unit.MONEY else _tile_money(tile.figure.value),
        href=_href(tile.figure),
        change=_change(tile),
        mood=_mood(tile),
        partner=prose(tile.partner.value),
        partner_label=label(FIGURES, tile.partner.code),
        partner_href=_href(tile.partner),
    )


def _figure_label(tile: Tile) -> str:
    name = label(FIGURES, tile.figure.code)
    return f"{name}, {written.month(tile.month)}" if tile.month else name


def _tile_money(value: Value) -> str:
    """Money in whole units: a headline figure does not need cents."""
    amount = None if value.amount is None else int(value.amount)
    return written.money(amount, value.currency or "", decimals=False)


def _href(figure: Figure) -> str:
    return rows_address(figure.rows) if figure.rows else ""


def _change(tile: Tile) -> str:
    change = tile.change
    if change is None or change.amount is None:
        return ""
    amount = float(change.amount)
    arrow = "▲" if amount > 0 else "▼" if amount < 0 else "="
    size = Value(abs(change.amount), change.unit, change.currency)  # type: ignore[arg-type]
    words = written.number(abs(amount) * 100, 1) if change.unit is Unit.RATE else prose(size)
    text = _("%(size)s points on %(month)s") if change.unit is Unit.RATE else _("%(size)s on %(month)s")
    return f"{arrow} " + text % {"size": words, "month": written.month(tile.since)}


def _mood(tile: Tile) -> str:
    change = tile.change.amount if tile.change else None
    if not change or tile.better is Direction.NONE:
        return ""
    return "good" if (float(change) > 0) == (tile.better is Direction.UP) else "bad"


def chart(
    key: str, title: Sentence, subtitle: str, spec: Spec | None, answers: Sequence[MeasureAnswer], **more: Any
) -> ChartView:
    """A picture of measures in its frame. Its table and its download are those of the first measure."""
    words = say(title)
    first = answers[0]
    return ChartView(
        key=key,
        title=words,
        subtitle=subtitle,
        drawing=draw(spec, words) if spec else None,
        grid=more.pop("grid", None) or measure_grid(first),
        csv_href=more.pop("csv_href", reverse("measure", args=[first.measure, "csv"])),
        **more,
    )


def measure_grid(answer: MeasureAnswer, link: Callable[[Mapping[str, Any]], str] | None = None) -> Grid:
    """The rows of a measure as a table; `link` leads from a row to the rows behind it."""
    columns = [c for c in answer.columns if any(c.name in row for row in answer.rows)]
    heads = tuple(Head(column_name(c.name), c.unit in _NUMBERS) for c in columns)
    rows = tuple(
        tuple(
            cell(c.name, c.unit, row.get(c.name), answer.currency, href=link(row) if link and i == 0 else "")
            for i, c in enumerate(columns)
        )
        for row in answer.rows
    )
    return Grid(_(answer.title), heads, rows)


def cell(name: str, unit: Unit, amount: Any, currency: str, href: str = "") -> Cell:
    """One cell of an answer in the language in force."""
    if unit is Unit.BOOLEAN:
        return Cell(written.yes_or_no(amount), href)
    if unit is Unit.TEXT and isinstance(amount, str):
        return Cell(_text_cell(name, amount), href)
    text = full(Value(str(amount) if unit is Unit.DATE and amount is not None else amount, unit, currency))
    return Cell(text, href, unit in _NUMBERS)


def _text_cell(name: str, text: str) -> str:
    if name == "cohort":
        return written.month(text)
    if name in ("kind", "cause"):
        return label(KINDS if name == "kind" else CAUSES, text)
    return slice_value(text) if name in DIMENSIONS else text


def column_name(name: str) -> str:
    """The heading of a column."""
    return label(DIMENSIONS, name) if name in DIMENSIONS and name not in COLUMNS else label(COLUMNS, name)
