"""Parts of pages as values, ready for a template: tiles, tables, and pictures with their table beside them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.measures import MeasureAnswer
from relevo.answers.reading import Scope
from relevo.answers.values import Direction, Figure, Sentence, Tile, Unit, Value
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.base import Spec
from relevo.web.charts.svg import draw
from relevo.web.headings import COLUMNS
from relevo.web.labels import CAUSES, DIMENSIONS, FIGURES, KINDS, label, slice_value
from relevo.web.sentences import full, prose, say
from relevo.web.sparkline import sparkline

EMPTY = SafeString("")
_NUMBERS = (Unit.MONEY, Unit.RATE, Unit.RATIO, Unit.COUNT, Unit.MONTHS, Unit.SECONDS)


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
    """A tile as words, with its small line. `seen` says as of when, how many, and the interval, in small grey."""

    label: str
    value: str
    href: str
    change: str
    mood: str
    partner: str
    partner_label: str
    partner_href: str
    definition_href: str = ""
    spark: SafeString = EMPTY
    seen: str = ""


@dataclass(frozen=True)
class ChartView:
    """A picture in its frame: title (the finding), subtitle (units), drawing, the same as a table, and links.

    A long table has an address of its own (`table_href`) and is sent when it is opened. `files` are the name and the
    address of each measure's rows as CSV.
    """

    key: str
    title: str
    subtitle: str
    drawing: SafeString | None
    grid: Grid
    rows_href: str = ""
    files: tuple[tuple[str, str], ...] = ()
    foot: str = ""
    is_wide: bool = False
    more_grids: tuple[Grid, ...] = ()
    table_href: str = ""
    is_own_table: bool = False

    @property
    def scrolls_alone(self) -> bool:
        """Whether the frame itself must take the keyboard: where it scrolls, no mark in it can be walked to."""
        return bool(self.drawing) and "tabindex" not in str(self.drawing)


def tile_view(tile: Tile) -> TileView:
    """A tile in the language in force."""
    return TileView(
        label=label(FIGURES, tile.figure.code),
        value=prose(tile.figure.value) if tile.figure.value.unit is not Unit.MONEY else _tile_money(tile.figure.value),
        href=_href(tile.figure),
        change=_change(tile),
        mood=_mood(tile),
        partner=prose(tile.partner.value),
        partner_label=label(FIGURES, tile.partner.code),
        partner_href=_href(tile.partner),
        definition_href=reverse("definition", args=[tile.figure.measure]),
        spark=sparkline(tile.spark, _told(tile)),
        seen=_seen(tile),
    )


def scope_words(scope: Scope) -> str:
    """Whose a figure is, where it is not the company's."""
    if scope.customers is None:
        return ""
    told = ngettext("your %(n)s customer", "your %(n)s customers", scope.customers)
    return told % {"n": written.count(scope.customers)}


def _seen(tile: Tile) -> str:
    """As of when, whose it is, how many stand behind it, and its interval."""
    when = written.month(tile.month) if tile.month else written.day(tile.as_of) if tile.as_of else ""
    many = "" if tile.n is None else _("n %(count)s") % {"count": written.count(tile.n)}
    return " · ".join(part for part in (when, scope_words(tile.scope), many, _interval(tile)) if part)


def _interval(tile: Tile) -> str:
    if tile.low is None or tile.high is None or tile.low.amount is None:
        return ""
    is_rate = tile.low.unit is Unit.RATE
    low = written.hundredths(float(tile.low.amount)) if is_rate else prose(tile.low)
    return _("95 %%: %(low)s–%(high)s") % {"low": low, "high": prose(tile.high)}


def _told(tile: Tile) -> str:
    """What the small line shows, for those who do not see it."""
    known = [value for value in tile.spark if value is not None]
    if not known:
        return ""
    ends = {"first": known[0], "last": known[-1], "low": min(known), "high": max(known)}
    figure = tile.figure.value
    values = {name: prose(Value(amount, figure.unit, figure.currency)) for name, amount in ends.items()}
    return _("%(months)s months: from %(first)s to %(last)s; lowest %(low)s, highest %(high)s") % {
        **values,
        "months": len(tile.spark),
    }


def _tile_money(value: Value) -> str:
    """Money in whole units: a headline figure does not need cents."""
    amount = None if value.amount is None else int(value.amount)
    return written.money(amount, value.currency or "", decimals=False)


def _href(figure: Figure) -> str:
    """The rows behind a figure; its definition where it has none."""
    return rows_address(figure.rows) if figure.rows else reverse("definition", args=[figure.measure])


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
    """A picture of measures in its frame. Its table is that of the first measure; each of them is a file."""
    words, by = say(title), more.pop("by", None)
    files = more.pop("files", None) or [_file(answer, by, is_one=len(answers) == 1) for answer in answers]
    return ChartView(
        key=key,
        title=words,
        subtitle=subtitle,
        drawing=draw(spec, words) if spec else None,
        grid=more.pop("grid", None) or measure_grid(answers[0]),
        files=tuple(files),
        **more,
    )


def _file(answer: MeasureAnswer, by: str | None, *, is_one: bool) -> tuple[str, str]:
    href = reverse("measure", args=[answer.measure, "csv"]) + (f"?{urlencode({'by': by})}" if by else "")
    return (_("download") if is_one else _("download %(measure)s") % {"measure": _(answer.title)}), href


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
    if unit is Unit.INSTANT:
        return Cell(written.moment(amount and amount.replace(tzinfo=UTC)), href)
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
