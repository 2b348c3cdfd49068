"""What is asked at hand-overs and whether anybody reads it, as sentences and tables."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.relay.item_lines import ItemsPage, ItemUse, TemplateUse
from relevo.web import format as written
from relevo.web.charts.fills import Bar, bars_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import ROLES, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.relay.item_words import house_words, item_name
from relevo.web.relay.words import CHECKLIST


def sentence(page: ItemsPage) -> str:
    """How many fields nobody reads."""
    if not any(each.given for each in page.templates):
        return _("No hand-off was given in the last 90 days, so nobody knows which fields are read")
    if not page.unread:
        return _("Every field that hand-offs ask for is read by somebody")
    told = ngettext(
        "%(n)s field was read by nobody in 90 days: take it away, or say why it is asked",
        "%(n)s fields were read by nobody in 90 days: take them away, or say why they are asked",
        len(page.unread),
    )
    return told % {"n": written.count(len(page.unread))}


def use_chart(page: ItemsPage) -> ChartView:
    """How much of what is filled in is read, the least read first."""
    known = sorted((use for each in page.templates for use in each.items if use.given), key=lambda u: u.read / u.given)
    bars = [Bar(_named(use), use.read / use.given, "var(--new)", _tip(use)) for use in known[:14]]
    title = _title(known)
    return ChartView("reads", title, _("share of the hand-offs given in 90 days in which the next person opened it"),
                     draw(bars_picture(bars, _("read")), title) if bars else None, _all_grid(known))  # fmt: skip


def unread_rows(page: ItemsPage) -> list[dict[str, str]]:
    """The diet list: what is proposed for removal."""
    return [
        {"template": use.template, "item": use.item, "name": item_name(use.item),
         "transition": _transition_of(page, use), "given": written.count(use.given),
         "filled": written.rate(use.filled / use.given, 0),
         "minutes": minutes(use.seconds) if use.seconds is not None else ""}
        for use in page.unread
    ]  # fmt: skip


def template_view(each: TemplateUse) -> dict[str, object]:
    """A template as its section shows it: its name, its table, and what its form holds."""
    shape = each.shape
    return {
        "name": shape.name,
        "title": _transition(each),
        "grid": _template_grid(each),
        "items": [(item, item_name(item)) for item in shape.items],
        "days": shape.days,
        "checklist": [(line, label(CHECKLIST, line) if line in CHECKLIST else house_words(line))
                      for line in shape.checklist],
        "given": each.given,
        "minutes": minutes(each.seconds),
    }  # fmt: skip


def minutes(seconds: float | None) -> str:
    """A time of work in minutes."""
    return written.MISSING if seconds is None else _("%(n)s min") % {"n": written.number(seconds / 60, 1)}


def _template_grid(each: TemplateUse) -> Grid:
    heads = (Head(_("Field")), Head(_("Given"), is_number=True), Head(_("Filled in"), is_number=True),
             Head(_("Read"), is_number=True), Head(_("Time to fill in"), is_number=True))  # fmt: skip
    return Grid(_transition(each), heads, tuple(_row(use, is_asked=use.item in each.shape.items) for use in each.items))


def _row(use: ItemUse, *, is_asked: bool) -> tuple[Cell, ...]:
    shares = [written.rate(n / use.given, 0) if use.given else written.MISSING for n in (use.filled, use.read)]
    note = "" if is_asked else _("asked no more")
    note = _("read by nobody") if use.is_unread and is_asked else note
    return (
        Cell(item_name(use.item), small=note), Cell(written.count(use.given), is_number=True),
        *(Cell(share, is_number=True) for share in shares), Cell(minutes(use.seconds), is_number=True),
    )  # fmt: skip


def _all_grid(known: list[ItemUse]) -> Grid:
    heads = (Head(_("Field")), Head(_("Given"), is_number=True), Head(_("Read"), is_number=True))
    rows = tuple((Cell(_named(use)), Cell(written.count(use.given), is_number=True),
                  Cell(written.rate(use.read / use.given, 0), is_number=True)) for use in known)  # fmt: skip
    return Grid(_("Fields by how much they are read"), heads, rows)


def _named(use: ItemUse) -> str:
    return f"{item_name(use.item)} · {use.template.replace('_to_', ' → ').replace('_', ' ')}"


def _title(known: list[ItemUse]) -> str:
    if not known:
        return _("Nothing was given yet")
    values = {"name": _named(known[0]), "share": written.rate(known[0].read / known[0].given, 0)}
    return _("Read least is %(name)s: in %(share)s of its hand-offs") % values


def _tip(use: ItemUse) -> str:
    return _("read in %(read)s of %(given)s") % {"read": written.count(use.read), "given": written.count(use.given)}


def _transition(each: TemplateUse) -> str:
    return f"{label(ROLES, each.shape.from_role)} → {label(ROLES, each.shape.to_role)}"


def _transition_of(page: ItemsPage, use: ItemUse) -> str:
    return next(_transition(each) for each in page.templates if each.shape.name == use.template)
