"""The page of load in words: who takes the hard cases, the table of everybody, the weeks, and one's own."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.conversations.load import Contrast, Gauge, LoadPage, LoadRow, Strip, Taste, Week
from relevo.answers.conversations.told import Level
from relevo.base.periods import month_of
from relevo.web import format as written
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.svg import draw
from relevo.web.charts.weeks_of_load import LoadBar, weeks_picture
from relevo.web.labels import slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head

REASONS: dict[str, str | Promise] = {
    "load": gettext_lazy("more than can be done, three weeks in a row"),
    "after_hours": gettext_lazy("much outside working hours for a month"),
    "hard": gettext_lazy("among those with most hard work, four weeks in a row"),
}
LEVELS: dict[str, str | Promise] = {"tight": gettext_lazy("tight"), "over": gettext_lazy("more than can be done")}
_HOUR = 60


def hard_chart(page: LoadPage) -> ChartView:
    """The hard part of each person's or team's cases with its interval."""
    known = [row for row in page.rows if row.hard_share is not None]
    shares = [
        Share(r.name, r.hard_share or 0.0, r.hard_low or 0.0, r.hard_high or 1.0, r.n, stands_out=r.is_loaded)
        for r in known
    ]
    title = _hard_title(page, known)
    return ChartView(
        key="hard",
        title=title,
        subtitle=_("Hard cases among those replied to in three months, 95 % interval"),
        drawing=draw(shares_picture(shares, _("hard cases"), width=700), title) if shares else None,
        grid=hard_grid(known),
        files=_files(page, "load"),
        is_wide=True,
        foot=_("Hard is what at most a fifth of the year’s conversations were to be expected to exceed in minutes, by "
               "what was known when it came. In another colour: more than chance explains, read beside all others "
               "(Benjamini–Hochberg, one false in twenty)."),
    )  # fmt: skip


def _files(page: LoadPage, name: str) -> tuple[tuple[str, str], ...]:
    by = "?by=team" if page.told.level is Level.TEAMS else ""
    return ((_("download"), reverse("measure", args=[name, "csv"]) + by),)


def _hard_title(page: LoadPage, known: list[LoadRow]) -> str:
    if not known:
        return _("Who takes the hard cases")
    many = sum(row.is_loaded for row in known)
    values = {"n": written.count(many), "of": written.count(len(known)), "share": written.rate(page.team_share)}
    if not many:
        return _("None of %(of)s takes more hard cases than chance explains; %(share)s of all are hard") % values
    told = ngettext(
        "%(n)s of %(of)s takes more hard cases than chance explains; %(share)s of all are hard",
        "%(n)s of %(of)s take more hard cases than chance explains; %(share)s of all are hard",
        many,
    )
    return told % values


def hard_grid(rows: list[LoadRow]) -> Grid:
    """What the picture shows, as a table."""
    heads = (Head(_("Name")), Head(_("Hard cases"), is_number=True), Head(_("95 %"), is_number=True),
             Head(_("Cases"), is_number=True))  # fmt: skip
    return Grid(
        _("Hard cases"),
        heads,
        tuple(
            (Cell(slice_value(row.name)), Cell(written.rate(row.hard_share), is_number=True, small=_mark(row)),
             Cell(written.between(row.hard_low, row.hard_high, written.rate), is_number=True),
             Cell(written.count(row.n), is_number=True))
            for row in rows
        ),
    )  # fmt: skip


def rows_grid(page: LoadPage) -> Grid:
    """Minutes, hours, the hard part, after hours and weeks at the top, by name."""
    heads = (
        Head(_("Team") if page.told.level is Level.TEAMS else _("Person")), Head(_("Cases"), is_number=True),
        Head(_("Expected hours"), is_number=True), Head(_("On shift"), is_number=True),
        Head(_("Of the time"), is_number=True), Head(_("Hard cases"), is_number=True),
        Head(_("Chance"), is_number=True), Head(_("After hours"), is_number=True),
        Head(_("Top weeks"), is_number=True),
    )  # fmt: skip
    return Grid(_("Load"), heads, tuple(_load_cells(row) for row in page.rows))


def _mark(row: LoadRow) -> str:
    return _("more than chance") if row.is_loaded else ""


def _load_cells(row: LoadRow) -> tuple[Cell, ...]:
    numbers = (
        Cell(written.count(row.n), is_number=True), Cell(_hours(row.minutes), is_number=True),
        Cell(_hours(row.available), is_number=True), Cell(written.rate(row.utilisation), is_number=True),
        Cell(written.rate(row.hard_share), is_number=True, small=_mark(row)), Cell(_chance(row.hard_q), is_number=True),
        Cell(written.rate(row.after_hours), is_number=True), Cell(written.count(row.top_weeks), is_number=True),
    )  # fmt: skip
    return (Cell(slice_value(row.name)), *numbers)


def _hours(minutes: float | None) -> str:
    return written.number(None if minutes is None else minutes / _HOUR)


def _chance(q: float | None) -> str:
    """A chance with three decimals; below that it is told as below."""
    if q is None:
        return written.MISSING
    return _("below %(p)s") % {"p": written.number(0.001, 3)} if q < 0.001 else written.number(q, 3)


def picks_grid(page: LoadPage) -> Grid:
    """What was picked against what random picking would have been, by name; a mark only where chance is unlikely."""
    heads = (
        Head(_("Team") if page.told.level is Level.TEAMS else _("Person")), Head(_("Picks"), is_number=True),
        Head(_("Easy ones"), is_number=True), Head(_("By chance"), is_number=True),
        Head(_("Chance of it"), is_number=True), Head(_("Aged hard ones passed over"), is_number=True),
    )  # fmt: skip
    return Grid(_("Picks from the queue"), heads, tuple(_pick_cells(row) for row in page.rows if row.picks))


def _pick_cells(row: LoadRow) -> tuple[Cell, ...]:
    mark = _("more easy ones than chance") if row.is_avoiding else ""
    return (
        Cell(slice_value(row.name), small=mark), Cell(written.count(row.picks), is_number=True),
        Cell(written.rate(row.easy_share), is_number=True), Cell(written.rate(row.expected_easy), is_number=True),
        Cell(_chance(row.easy_q), is_number=True), Cell(written.count(row.skipped), is_number=True),
    )  # fmt: skip


def picks_words(page: LoadPage) -> str:
    """How many pick more easy cases than chance would have it."""
    known = [row for row in page.rows if row.picks]
    many = sum(row.is_avoiding for row in known)
    values = {"n": written.count(many), "of": written.count(len(known))}
    if not many:
        return _("None of %(of)s picks more easy cases than chance explains") % values
    told = ngettext(
        "%(n)s of %(of)s picks more easy cases than chance explains",
        "%(n)s of %(of)s pick more easy cases than chance explains",
        many,
    )
    return told % values


def likings_grid(page: LoadPage) -> Grid:
    """By how many points what was picked was likelier to please than what waited, by name; empty without persons."""
    heads = (
        Head(_("Person")), Head(_("Choices"), is_number=True), Head(_("Rating to expect"), is_number=True),
        Head(_("95 %"), is_number=True), Head(_("Chance of it"), is_number=True),
    )  # fmt: skip
    rows = tuple(_liking_cells(row, row.liking) for row in page.rows if row.liking)
    return Grid(_("Picks and the ratings to be expected"), heads, rows)


def _liking_cells(row: LoadRow, one: Taste) -> tuple[Cell, ...]:
    mark = _("likelier to please than chance") if row.is_seeking else ""
    return (
        Cell(slice_value(row.name), small=mark), Cell(written.count(one.n), is_number=True),
        Cell(_points(one.difference), is_number=True), Cell(_between(one), is_number=True),
        Cell(_chance(row.liking_q), is_number=True),
    )  # fmt: skip


def _points(value: float) -> str:
    return written.signed(written.number, round(value, 1) + 0.0, 1)


def _between(one: Taste) -> str:
    """The 95 % interval in points, or that there were too few choices for one."""
    if one.low is None or one.high is None:
        return _("too few choices")
    return _("%(low)s to %(high)s") % {"low": _points(one.low), "high": _points(one.high)}


def likings_words(page: LoadPage) -> str:
    """How many pick what is likelier to please than chance would have it."""
    many = sum(row.is_seeking for row in page.rows)
    if not many:
        return _("Nobody picks what is likelier to please than chance explains")
    told = ngettext(
        "%(n)s person picks what is likelier to please than chance explains",
        "%(n)s people pick what is likelier to please than chance explains",
        many,
    )
    return told % {"n": written.count(many)}


def topics_grid(page: LoadPage) -> Grid:
    """Topics of one holder; the name only for who sees the person."""
    heads = (Head(_("Topic")), Head(_("Held by")), Head(_("Share"), is_number=True), Head(_("Cases"), is_number=True))
    rows = tuple(
        (Cell(slice_value(t.topic)), Cell(t.name or _("one person")), Cell(written.rate(t.share), is_number=True),
         Cell(written.count(t.n), is_number=True))
        for t in page.topics
    )  # fmt: skip
    return Grid(_("Topics of one person"), heads, rows)


def weeks_chart(page: LoadPage) -> ChartView | None:
    """How much came each week, and whether customers got less of the time when it was too much."""
    found = page.pressure
    if found is None or not found.weeks:
        return None
    title = _weeks_title(found.contrast)
    bars = [
        LoadBar(written.day(w.stretch.begins_on), w.stretch.arriving / _HOUR, w.is_overloaded, _tip(w))
        for w in found.weeks
    ]
    by = _("No shifts are known: a week is overloaded that brings a quarter more per colleague than usual.")
    if found.by_shifts:
        by = _("A week is overloaded where what came is to be expected to take more than 85 % of the hours on shift.")
    return ChartView(
        key="weeks", title=title,
        subtitle=_("Expected hours of what came each week; overloaded weeks in another colour"),
        drawing=draw(weeks_picture(bars, _("hours")), title), grid=weeks_grid(found.weeks), is_wide=True,
        foot=by + " " + _contrast(found.contrast),
    )  # fmt: skip


def _weeks_title(found: Contrast) -> str:
    weeks = found.overloaded + found.others
    values = {"n": written.count(found.overloaded), "of": written.count(weeks)}
    if not found.overloaded:
        return _("In none of %(of)s weeks came more than could be done") % values
    return _("In %(n)s of %(of)s weeks came more than could be done") % values


def _contrast(found: Contrast) -> str:
    """Minutes per customer in both kinds of weeks, with the interval of their difference."""
    if found.difference is None or found.low is None or found.high is None:
        return _("Too few weeks of both kinds to say whether customers got less time.")
    values = {
        "over": written.number(found.with_overload, 1), "other": written.number(found.without, 1),
        "difference": written.signed(written.number, found.difference, 1), "low": written.number(found.low, 1),
        "high": written.number(found.high, 1),
    }  # fmt: skip
    return (
        _(
            "A customer got %(over)s minutes in overloaded weeks and %(other)s in others: %(difference)s "
            "(95 %%: %(low)s to %(high)s). An association, not proof."
        )
        % values
    )


def _tip(week: Week) -> str:
    values = {
        "day": written.day(week.stretch.begins_on), "hours": _hours(week.stretch.arriving),
        "there": _hours(week.stretch.available), "minutes": written.number(week.stretch.per_customer, 1),
    }  # fmt: skip
    return _("Week of %(day)s: %(hours)s hours came, %(there)s on shift, %(minutes)s minutes per customer") % values


def weeks_grid(weeks: tuple[Week, ...]) -> Grid:
    """The weeks as a table."""
    heads = (
        Head(_("Week of")), Head(_("Came"), is_number=True), Head(_("Expected hours"), is_number=True),
        Head(_("Hours on shift"), is_number=True), Head(_("Of the time"), is_number=True),
        Head(_("Customers helped"), is_number=True), Head(_("Minutes per customer"), is_number=True),
    )  # fmt: skip
    return Grid(_("Weeks"), heads, tuple(_week_cells(week) for week in weeks))


def _week_cells(week: Week) -> tuple[Cell, ...]:
    one = week.stretch
    texts = (
        written.count(one.conversations), _hours(one.arriving), _hours(one.available), written.rate(one.utilisation),
        written.count(one.helped), written.number(one.per_customer, 1),
    )  # fmt: skip
    mark = _("overloaded") if week.is_overloaded else ""
    return (Cell(written.day(one.begins_on), small=mark), *(Cell(text, is_number=True) for text in texts))


def months_grid(page: LoadPage) -> Grid:
    """How many customers and hours each person carried, month by month, and whether that was too much."""
    heads = (
        Head(_("Month")), Head(_("Active customers"), is_number=True), Head(_("For each person"), is_number=True),
        Head(_("Hours in replies, a person and week"), is_number=True), Head(_("Of the time"), is_number=True),
        Head(_("Against the usual month"), is_number=True),
    )  # fmt: skip
    return Grid(_("Customers and hours for each person"), heads, tuple(_month_cells(each) for each in page.gauges))


def _month_cells(gauge: Gauge) -> tuple[Cell, ...]:
    month = gauge.month
    texts = (
        written.count(gauge.customers), written.number(gauge.customers_per_person, 1),
        written.number(month.hours_per_person_week, 1), written.rate(month.utilisation),
        written.rate(gauge.against_usual),
    )  # fmt: skip
    name = Cell(written.month(month_of(month.begins_on)), small=str(LEVELS.get(gauge.level or "", "")))
    return (name, *(Cell(text, is_number=True) for text in texts))


def strips_grid(page: LoadPage) -> Grid:
    """Of the reader and of those the reader leads: what holds now, since when, and how the last weeks were."""
    heads = (Head(_("Person")), Head(_("Now")), Head(_("Said since")), Head(_("Hard weeks"), is_number=True),
             Head(_("Busiest week"), is_number=True), Head(_("After hours"), is_number=True))  # fmt: skip
    rows = tuple(_strip_cells(each, page.names.get(each.person_id, each.person_id)) for each in page.strips)
    return Grid(_("Carrying too much for too long"), heads, tuple(sorted(rows, key=lambda row: row[0].text)))


def _strip_cells(strip: Strip, name: str) -> tuple[Cell, ...]:
    now = "; ".join(str(REASONS[reason]) for reason in strip.reasons)
    since = written.day(strip.signals[-1].begins_on) if strip.reasons and strip.signals else ""
    loads = [week.load for week in strip.weeks if week.load is not None]
    timed, outside = (sum(getattr(week, part) for week in strip.weeks[-4:]) for part in ("timed", "outside"))
    return (
        Cell(name), Cell(now or _("nothing")), Cell(since),
        Cell(written.count(sum(week.is_hard for week in strip.weeks)), is_number=True),
        Cell(written.rate(max(loads, default=None)), is_number=True),
        Cell(written.rate(outside / timed if timed else None), is_number=True),
    )  # fmt: skip
