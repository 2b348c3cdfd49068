"""The bridge of twelve months with who owns each of its lines."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from relevo.answers.money import Bridge, MoneyPage
from relevo.answers.owners import Owner
from relevo.answers.values import RowsAsk
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.base import COLOURS
from relevo.web.charts.waterfall import Step, money_scale, waterfall
from relevo.web.labels import KINDS, label
from relevo.web.parts import Cell, ChartView, Grid, Head, chart, measure_grid

Owners = Mapping[str, Owner]
# What exchange rates and corrections do is nobody's doing.
UNOWNED = "other"


def bridge_chart(page: MoneyPage, owners: Owners) -> ChartView:
    """The bridge of twelve months; its table has the lines with their owners, then the months."""
    bridge, currency = page.bridge, page.movements.currency
    if bridge is None:
        return chart("bridge", page.bridge_title, "", None, [page.movements])
    scale = money_scale(max(bridge.opening, bridge.closing), currency)
    values = {"unit": scale.name, "first": written.month(bridge.since), "last": written.month(bridge.until)}
    return chart(
        "bridge",
        page.bridge_title,
        _("Monthly recurring revenue, %(unit)s, %(first)s to %(last)s; below each line who owns it") % values,
        waterfall(_steps(bridge, owners), scale, currency),
        [page.movements],
        grid=_lines(bridge, owners, currency),
        more_grids=(measure_grid(page.movements, lambda r: rows_address(RowsAsk("mrr_movements", month=r["month"]))),),
        rows_href=rows_address(RowsAsk("mrr_movements", month=bridge.until, since=bridge.since)),
        foot=_("as reported: closed months as they were closed") if page.movements.view == "reported" else "",
    )


def _steps(bridge: Bridge, owners: Owners) -> list[Step]:
    steps, level = [_level(bridge, "opening", bridge.opening)], bridge.opening
    for line in bridge.lines:
        steps.append(_step(bridge, line, level, owners))
        level += bridge.change(line)
    return [*steps, _level(bridge, "closing", bridge.closing)]


def _level(bridge: Bridge, kind: str, amount: int) -> Step:
    return Step(label(KINDS, kind), 0, amount, COLOURS[kind], _address(bridge, kind), is_level=True)


def _step(bridge: Bridge, line: str, level: int, owners: Owners) -> Step:
    owner = owners.get(line)
    is_open = owner is None and line != UNOWNED
    return Step(
        name=label(KINDS, line),
        start=level,
        end=level + bridge.change(line),
        colour=COLOURS[line],
        href=_address(bridge, line),
        under=_short(owner) if owner else _("no owner") if is_open else "",
        is_warning=is_open,
    )


def _short(owner: Owner) -> str:
    """What fits below a bar: of a colleague the first letter and the last name, of a role as much as there is room."""
    words = owner.name.split()
    short = f"{words[0][0]}. {words[-1]}" if len(words) > 1 and owner.person_id else owner.name
    return short if len(short) <= 14 else short[:13] + "…"


def _address(bridge: Bridge, kind: str) -> str:
    return rows_address(RowsAsk("mrr_movements", month=bridge.until, since=bridge.since, kind=kind))


def _lines(bridge: Bridge, owners: Owners, currency: str) -> Grid:
    heads = (Head(_("Line")), Head(_("Amount"), is_number=True), Head(_("Owner")))
    ends = {"opening": bridge.opening, "closing": bridge.closing}
    rows = [_row(bridge, "opening", ends["opening"], "", currency)]
    for line in bridge.lines:
        owner = owners.get(line)
        who = owner.name if owner else "" if line == UNOWNED else _("nobody owns this")
        rows.append(_row(bridge, line, bridge.change(line), who, currency))
    return Grid(_("Lines of the bridge"), heads, tuple(rows), _row(bridge, "closing", ends["closing"], "", currency))


def _row(bridge: Bridge, kind: str, amount: int, who: str, currency: str) -> tuple[Cell, ...]:
    is_level = kind in ("opening", "closing")
    text = written.money(amount, currency) if is_level else written.signed(written.money, amount, currency)
    return Cell(label(KINDS, kind)), Cell(text, _address(bridge, kind), is_number=True), Cell(who)
