"""Tables as HTML. They hold most of a page's cells, so they are written here and not by template includes."""

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from relevo.web import format as written
from relevo.web.parts import Cell, Grid, Head, More

EMPTY = SafeString("")
# Text longer than this takes lines of its own width in its cell.
WRAPS_ABOVE = 60


def table(grid: Grid, more: More | None = None) -> SafeString:
    """A table in a frame of its own that scrolls sideways and takes the keyboard."""
    return format_html(
        '<div class="frame" role="region" aria-label="{}" tabindex="0"><table><caption class="hidden">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody>{}</table></div>",
        grid.caption,
        grid.caption,
        format_html_join("", "{}", ((_head(head, grid, i),) for i, head in enumerate(grid.heads))),
        table_rows(grid, more),
        _foot(grid.foot),
    )


def table_rows(grid: Grid, more: More | None = None) -> SafeString:
    """The rows alone, and the row that leads to the next ones."""
    rows = "".join(f"<tr>{_cells(row)}</tr>" for row in grid.rows)
    return mark_safe(rows + _more(more, len(grid.heads)))  # noqa: S308 - every text went through conditional_escape


def _cells(row: tuple[Cell, ...]) -> str:
    return "".join(_cell(cell, is_first=i == 0) for i, cell in enumerate(row))


def _cell(cell: Cell, *, is_first: bool) -> str:
    tag, scope = ("th", ' scope="row"') if is_first else ("td", "")
    kind = ' class="number"' if cell.is_number else ' class="wrap"' if len(cell.text) > WRAPS_ABOVE else ""
    text: str = conditional_escape(cell.text)
    if cell.href and text:
        text = f'<a href="{conditional_escape(cell.href)}">{text}</a>'
    small = f" <small>{conditional_escape(cell.small)}</small>" if cell.small else ""
    return f"<{tag}{scope}{kind}>{text}{small}</{tag}>"


def _head(head: Head, grid: Grid, column: int) -> SafeString:
    text = format_html('<a href="{}">{}</a>', head.href, head.text) if head.href else head.text
    kind = SafeString(' class="number"') if head.is_number else EMPTY
    sort = format_html(' aria-sort="{}"', head.sort) if head.sort else EMPTY
    return format_html('<th scope="col"{}{}{}>{}</th>', kind, sort, _room(head, grid, column), text)


def _room(head: Head, grid: Grid, column: int) -> SafeString:
    """Room for the longest text below a heading: a row that comes late must not move what was painted."""
    below = (grid.foot, *grid.rows)
    longest = max((_told(row[column]) for row in below if len(row) > column), key=len, default="")
    if not len(head.text) <= len(longest) <= WRAPS_ABOVE:
        return EMPTY
    is_total = len(grid.foot) > column and longest == _told(grid.foot[column])
    return format_html(' data-{}="{}"', "total" if is_total else "room", longest)


def _told(cell: Cell) -> str:
    return f"{cell.text} {cell.small}" if cell.small else cell.text


def _foot(foot: tuple[Cell, ...]) -> SafeString:
    if not foot:
        return EMPTY
    return mark_safe(f"<tfoot><tr>{_cells(foot)}</tr></tfoot>")  # noqa: S308 - escaped cell by cell


def _more(more: More | None, columns: int) -> str:
    if more is None:
        return ""
    told = _("%(shown)s of %(found)s") % {"shown": written.count(more.shown), "found": written.count(more.found)}
    return format_html(
        '<tr class="next"><td colspan="{}"><a class="button" href="{}" hx-get="{}" hx-target="closest tr" '
        'hx-swap="outerHTML">{}</a> <span class="mute">{}</span></td></tr>',
        columns,
        more.href,
        more.href,
        _("more"),
        told,
    )
