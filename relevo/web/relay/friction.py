"""Friction as sentences, pictures and tables: in which stage, of what it is made, and what it goes with."""

from collections.abc import Mapping
from math import exp

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.relay.friction import (
    CAUSES_METHOD,
    CAVEAT,
    FEWEST,
    FEWEST_BEFORE,
    FEWEST_NEW,
    LEAST,
    METHOD,
    Bar,
    Cause,
    FrictionPage,
    Part,
    PartShare,
    Stage,
    StageFriction,
)  # fmt: skip
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.charts.points import Point, points_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import Names, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.relay.process import counted

STAGES: Names = {
    Stage.BUYING: gettext_lazy("Buying"),
    Stage.IMPLEMENTATION: gettext_lazy("Implementation"),
    Stage.DEPLOYMENT: gettext_lazy("Deployment"),
    Stage.ADOPTION: gettext_lazy("Adoption"),
}
PARTS: Names = {
    Part.LONGER: gettext_lazy("On top of the usual"),
    Part.OVER_PLAN: gettext_lazy("Longer than planned"),
    Part.WAITING: gettext_lazy("Waiting for us"),
    Part.ASKED: gettext_lazy("Asked again"),
    Part.EFFORT: gettext_lazy("Effort"),
}
CAUSES: Names = {
    Cause.NEW_PEOPLE: gettext_lazy("Inexperienced people"),
    Cause.UNEVEN: gettext_lazy("An uneven process"),
    Cause.TRANSFERS: gettext_lazy("Transfers"),
}
# What has to be loaded before a stage or a part is known.
STAGE_NEEDS: Mapping[Stage, str | Promise] = {
    Stage.BUYING: gettext_lazy("deals with the day they were opened and won (deal)"),
    Stage.IMPLEMENTATION: gettext_lazy("won deals (deal) and the milestone set_up (milestone)"),
    Stage.DEPLOYMENT: gettext_lazy("the milestones set_up and go_live (milestone)"),
    Stage.ADOPTION: gettext_lazy("the milestones go_live and adopted (milestone)"),
}
PART_NEEDS: Mapping[Part, str | Promise] = {
    Part.LONGER: gettext_lazy("stages that %(before)s customers finished in the year before"),
    Part.OVER_PLAN: gettext_lazy("expected days of both ends of the stage (milestone.expected_on)"),
    Part.WAITING: gettext_lazy("conversations with their messages in which customers of the stage write "
                               "(conversation, message)"),
    Part.ASKED: gettext_lazy("hand-offs with their re-asks (handoff.reasks)"),
    Part.EFFORT: gettext_lazy("answers about effort with their scale (rating of kind ces)"),
}  # fmt: skip


def sentence(page: FrictionPage) -> str:
    """In which stage there is most friction."""
    known = page.known
    if not known:
        return _("Nobody knows yet where customers meet friction on their way to use")
    most = {"stage": label(STAGES, known[0].stage), "score": written.number(known[0].score, 1)}
    if len(known) == 1:
        return _("%(stage)s has a friction of %(score)s of 100; of the other stages too little is known") % most
    if _may_be_alike(known[0], known[1]):
        told = _("Customers meet the most friction in this stage: %(stage)s, %(score)s of 100; %(next)s may have more")
        return told % {**most, "next": label(STAGES, known[1].stage)}
    return _("Customers meet the most friction in this stage: %(stage)s, %(score)s of 100") % most


def _may_be_alike(more: StageFriction, less: StageFriction) -> bool:
    """Whether the intervals of two stages of which the friction is known meet."""
    return more.low is None or less.high is None or more.low <= less.high


def map_chart(page: FrictionPage) -> ChartView:
    """The friction of each stage with its interval, in the order of the way."""
    told = [stage for stage in page.stages if stage.score is not None]
    title = _map_title(page)
    points = [
        Point(label(STAGES, s.stage), s.score or 0.0, s.low or 0.0, s.high or 0.0, f"n {written.count(s.n)}",
              f"{label(STAGES, s.stage)}: {_with_ends(s.score, s.low, s.high)}, n {written.count(s.n)}")
        for s in told
    ]  # fmt: skip
    return ChartView(
        key="map",
        title=title,
        subtitle=_("points from 0 to 100: the mean of the known parts, 95 % interval, n customers of the last year"),
        drawing=draw(points_picture(points, _("friction, points")), title) if points else None,
        grid=scores_grid(page),
        foot=_("A stage is told by what is known of it; stages of which different parts are known compare with care."),
    )


def _map_title(page: FrictionPage) -> str:
    known = page.known
    if len(known) < 2:
        return _("Too few stages are known to compare them")
    most, least = known[0], known[-1]
    values = {"most": label(STAGES, most.stage), "high": written.number(most.score, 1),
              "least": label(STAGES, least.stage), "low": written.number(least.score, 1)}  # fmt: skip
    if _may_be_alike(most, least):
        return _("From %(low)s (%(least)s) to %(high)s (%(most)s): it may be chance") % values
    return _("%(most)s has a friction of %(high)s, %(least)s one of %(low)s") % values


def scores_grid(page: FrictionPage) -> Grid:
    """The stages with their friction: what the picture shows."""
    heads = (Head(_("Stage")), Head(_("Customers"), is_number=True), Head(_("Friction"), is_number=True),
             Head(_("95 %"), is_number=True))  # fmt: skip
    rows = tuple(
        (Cell(label(STAGES, s.stage)), Cell(written.count(s.n), is_number=True), _number(s.score, s.n),
         Cell(_ends(s.low, s.high), is_number=True))
        for s in page.stages
    )  # fmt: skip
    return Grid(_("Friction by stage"), heads, rows)


def parts_grid(page: FrictionPage) -> Grid:
    """The map: each stage with its days and every part of its friction."""
    heads = (
        Head(_("Stage")), Head(_("Friction"), is_number=True), Head(_("Days, median"), is_number=True),
        *(Head(label(PARTS, part), is_number=True) for part in Part),
    )  # fmt: skip
    return Grid(_("What the friction of each stage is made of"), heads, tuple(_parts_row(s) for s in page.stages))


def _parts_row(stage: StageFriction) -> tuple[Cell, ...]:
    usual = _("usual %(days)s") % {"days": written.number(stage.usual, 1)} if stage.usual is not None else ""
    days = written.MISSING if stage.days is None else written.number(stage.days, 1)
    return (
        Cell(label(STAGES, stage.stage), small=_("n %(count)s") % {"count": written.count(stage.n)}),
        _number(stage.score, stage.n, _ends(stage.low, stage.high)), Cell(days, is_number=True, small=usual),
        *(_part(each, stage) for each in stage.parts),
    )  # fmt: skip


def _part(part: PartShare, stage: StageFriction) -> Cell:
    if part.share is None:
        return Cell(_unknown(part.n), is_number=True)
    small = "" if part.n == stage.n else _("n %(count)s") % {"count": written.count(part.n)}
    if part.part is Part.WAITING and stage.waited is not None:
        each = _("%(days)s days each") % {"days": written.number(stage.waited, 1)}
        small = ", ".join(told for told in (each, small) if told)
    return Cell(written.rate(part.share), is_number=True, small=small)


def _number(score: float | None, n: int, small: str = "") -> Cell:
    text = _unknown(n) if score is None else written.number(score, 1)
    return Cell(text, is_number=True, small=small)


def _unknown(n: int) -> str:
    """What stands where a figure is not known: that it is not, or that it rests on too few."""
    return _("too few (%(n)s)") % {"n": written.count(n)} if 0 < n < FEWEST else _("not known")


def needs(page: FrictionPage) -> list[str]:
    """What to load for what is not known, stage by stage and then part by part."""
    told = [
        _("%(what)s is not known: load %(need)s.") % {"what": label(STAGES, s.stage), "need": STAGE_NEEDS[s.stage]}
        for s in page.stages
        if s.n == 0
    ]
    for place, part in enumerate(Part):
        lacking = [label(STAGES, s.stage) for s in page.stages if _could_be_known(s, part) and not _is_known(s, place)]
        if lacking:
            values = {"what": label(PARTS, part), "stages": ", ".join(lacking),
                      "need": PART_NEEDS[part] % {"before": FEWEST_BEFORE}}  # fmt: skip
            told.append(_("%(what)s is not known of %(stages)s: it needs %(need)s.") % values)
    return told


def _could_be_known(stage: StageFriction, part: Part) -> bool:
    """Nothing that is loaded says how long buying was planned to take."""
    return stage.n >= FEWEST and not (part is Part.OVER_PLAN and stage.stage is Stage.BUYING)


def _is_known(stage: StageFriction, place: int) -> bool:
    return stage.parts[place].share is not None


def held_grid(page: FrictionPage) -> Grid:
    """Customers that are in a stage for long."""
    heads = (Head(_("Customer")), Head(_("Stage")), Head(_("Days so far"), is_number=True),
             Head(_("Usual days"), is_number=True))  # fmt: skip
    rows = tuple(
        (Cell(line.customer, customer_address(line.held.customer_id)), Cell(label(STAGES, line.held.stage)),
         Cell(written.number(line.held.days), is_number=True), Cell(written.number(line.held.usual), is_number=True))
        for line in page.held
    )  # fmt: skip
    return Grid(_("Customers in a stage for long"), heads, rows)


def held_of(page: FrictionPage) -> str:
    """How many of how many are listed; '' where all are."""
    return counted(len(page.held), page.held_found)


def method() -> str:
    """How friction is counted."""
    return _(METHOD)


def causes_method() -> str:
    """How the causes are compared."""
    return _(CAUSES_METHOD)


def causes_chart(page: FrictionPage) -> ChartView:
    """The points of friction that go with each cause, the largest first."""
    told = [bar for bar in page.causes.bars if bar.estimate is not None]
    title = causes_title(page)
    points = [
        Point(label(CAUSES, b.cause), b.estimate or 0.0, b.low or 0.0, b.high or 0.0, _signed(b.estimate),
              f"{label(CAUSES, b.cause)}: {_with_ends(b.estimate, b.low, b.high)}")
        for b in told
    ]  # fmt: skip
    subtitle = _("points of friction with one standard deviation more, 95 %% interval, n %(count)s customers")
    return ChartView(
        key="causes",
        title=title,
        subtitle=subtitle % {"count": written.count(page.causes.n)},
        drawing=draw(points_picture(points, _("friction, points")), title) if points else None,
        grid=causes_grid(page),
        foot=_(CAVEAT),
    )


def causes_title(page: FrictionPage) -> str:
    """Which cause friction goes with, or that none stands out."""
    if page.causes.missing:
        lacking = page.causes.missing
        return ngettext(
            "Not enough data: %(n)s more customer has to finish a stage of which friction is known",
            "Not enough data: %(n)s more customers have to finish a stage of which friction is known",
            lacking,
        ) % {"n": written.count(lacking)}
    certain = [bar for bar in page.causes.bars if bar.stands_out]
    if not certain:
        return _("Friction goes with none of the three: what differs may be chance")
    most = max(certain, key=lambda bar: bar.estimate or 0.0)
    values = {"cause": label(CAUSES, most.cause), "points": _signed(most.estimate)}
    if (most.estimate or 0.0) > 0:
        return _("%(cause)s: friction goes with this the most, %(points)s points") % values
    return _("%(cause)s: with more of it there is less friction, %(points)s points") % values


def causes_grid(page: FrictionPage) -> Grid:
    """The causes with what one step of each is, and why one of them is not told."""
    heads = (
        Head(_("Cause")), Head(_("Points"), is_number=True), Head(_("95 %"), is_number=True), Head(_("One step is")),
        Head(_("Customers"), is_number=True), Head(_("To be said of it")),
    )  # fmt: skip
    return Grid(_("What friction goes with"), heads, tuple(_cause_row(bar) for bar in page.causes.bars))


def _cause_row(bar: Bar) -> tuple[Cell, ...]:
    step = "" if bar.step is None else _step(bar.cause, bar.step)
    return (
        Cell(label(CAUSES, bar.cause)),
        Cell(written.MISSING if bar.estimate is None else _signed(bar.estimate), is_number=True),
        Cell(_ends(bar.low, bar.high), is_number=True), Cell(step), Cell(written.count(bar.known), is_number=True),
        Cell(_said(bar)),
    )  # fmt: skip


def _step(cause: Cause, step: float) -> str:
    """One standard deviation of a cause, in its own unit."""
    if cause is Cause.NEW_PEOPLE:
        return _("%(share)s of the days with people in their first 180 days") % {"share": written.rate(step)}
    if cause is Cause.UNEVEN:
        times = written.number(exp(step), 2)
        return _("stages by a factor of %(times)s further from their usual length") % {"times": times}
    return _("%(n)s transfers to another person") % {"n": written.number(step, 2)}


def _said(bar: Bar) -> str:
    if bar.why_not == "people":
        return _("fewer than %(n)s new people: nothing is told, so that nobody is pointed at") % {"n": FEWEST_NEW}
    if bar.why_not == "same":
        return _("it is the same for everybody, or follows from the others")
    if bar.why_not == "few":
        return _("known of too few customers, it needs %(n)s: load %(need)s") % {"n": LEAST, "need": _cause_need(bar)}
    if bar.is_entangled:
        return _("it goes along with another cause so closely that the two are hardly told apart")
    return "" if bar.stands_out else _("it may be chance")


def _cause_need(bar: Bar) -> str:
    if bar.cause is Cause.NEW_PEOPLE:
        return _("who holds customers (assignment) and when people started (person.started_on)")
    return _("who holds customers (assignment, handoff)") if bar.cause is Cause.TRANSFERS else _("deal and milestone")


def _signed(value: float | None) -> str:
    return written.MISSING if value is None else written.signed(written.number, round(value, 1), 1)


def _ends(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{written.number(low, 1)} – {written.number(high, 1)}"


def _with_ends(value: float | None, low: float | None, high: float | None) -> str:
    return f"{written.number(value, 1)} ({_ends(low, high)})"
