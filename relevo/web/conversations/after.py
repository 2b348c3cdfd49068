"""What support is for, as sentences, pictures and tables: ratios after contact, and the comparison not to make."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.conversations.after import ANY, FEWEST_LOST, MEASURE, TRAP_MONTHS, AfterPage, Experience, Trap
from relevo.web import format as written
from relevo.web.charts.after import ratios_picture
from relevo.web.charts.intervals import Estimate, Share, shares_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import Names, label
from relevo.web.parts import Cell, ChartView, Grid, Head

EXPERIENCES: Names = {
    "none": gettext_lazy("No contact"),
    "any": gettext_lazy("Any contact"),
    "fast": gettext_lazy("Answered fast"),
    "slow": gettext_lazy("Answered slowly"),
    "unanswered": gettext_lazy("Not answered yet"),
    "resolved": gettext_lazy("Solved"),
    "silent": gettext_lazy("Went silent"),
    "unresolved": gettext_lazy("Not solved"),
    "happy": gettext_lazy("Happy"),
    "okay": gettext_lazy("Okay"),
    "unhappy": gettext_lazy("Unhappy"),
    "no_answer": gettext_lazy("Said nothing"),
    "first": gettext_lazy("First on its topic"),
    "second": gettext_lazy("Second on its topic"),
    "third": gettext_lazy("Third or later"),
}


def sentence(page: AfterPage) -> str:
    """Whether customers leave more or less often after contact, as far as it can be told."""
    found = page.any_contact
    if found is None:
        return _("Nobody knows yet whether customers stay after contact")
    if found.ratio is None or found.low is None or found.high is None:
        return _("Too few customers left to tell whether contact goes with staying")
    values = _values(found)
    if found.high < 1:
        return _("After contact customers leave less often: %(ratio)s times as often as others like them") % values
    if found.low > 1:
        return _("After contact customers leave more often: %(ratio)s times as often as others like them") % values
    told = _("After contact customers leave about as often as others like them: %(ratio)s times, %(low)s–%(high)s")
    return told % values


def ratios_chart(page: AfterPage) -> ChartView:
    """How often customers leave after each experience, against none."""
    told = [e for e in page.experiences if e.ratio is not None and e.low is not None and e.high is not None]
    estimates = [
        Estimate(label(EXPERIENCES, e.name), e.ratio or 0.0, e.low or 0.0, e.high or 0.0,
                 written.ratio(e.ratio), _tip(e), stands_out=(e.low or 0) > 1)
        for e in told
    ]  # fmt: skip
    title = ratios_title(page)
    axis = _("customers lost, times as many as expected without contact")
    return ChartView(
        key="ratios",
        title=title,
        subtitle=_("months that follow the last contact of 90 days, against months without; 95 % interval"),
        drawing=draw(ratios_picture(estimates, axis), title) if estimates else None,
        grid=experiences_grid(page),
        files=((_("download"), reverse("measure", args=[MEASURE, "csv"])),),
        foot=_("Associated, not caused: trouble brings both contact and leaving. Month, tenure, segment, plan, size "
               "and trend of use are held equal, as they were before the 90 days."),
    )  # fmt: skip


def ratios_title(page: AfterPage) -> str:
    """Which experience leaving goes with most, where one stands out from no contact."""
    known = [e for e in page.experiences if e.ratio is not None and e.low is not None and e.name != ANY]
    worst = max((e for e in known if (e.low or 0) > 1), key=lambda e: e.ratio or 0, default=None)
    best = min((e for e in known if (e.high or 2) < 1), key=lambda e: e.ratio or 0, default=None)
    told = worst or best
    if told is not None:
        return _("%(name)s: customers leave %(ratio)s times as often afterwards (%(low)s–%(high)s)") % _values(told)
    if known:
        return _("After no kind of contact do customers leave more or less often than chance would have it")
    return _("Too few customers left after contact, or without any, to compare them")


def _values(each: Experience) -> dict[str, str]:
    return {"name": label(EXPERIENCES, each.name), "ratio": written.ratio(each.ratio),
            "low": written.ratio(each.low), "high": written.ratio(each.high)}  # fmt: skip


def _tip(each: Experience) -> str:
    values = {**_values(each), "lost": written.count(each.lost), "expected": written.number(each.expected, 1)}
    return _("%(name)s: %(ratio)s (%(low)s–%(high)s); %(lost)s lost, %(expected)s expected") % values


def experiences_grid(page: AfterPage) -> Grid:
    """Every experience with its months, its lost customers and what was expected."""
    heads = (
        Head(_("Experience")), Head(_("Months at risk"), is_number=True), Head(_("Customers lost"), is_number=True),
        Head(_("Expected"), is_number=True), Head(_("Ratio"), is_number=True), Head(_("95 %"), is_number=True),
    )  # fmt: skip
    return Grid(_("Leaving after each experience"), heads, tuple(_row(each) for each in page.experiences))


def _row(each: Experience) -> tuple[Cell, ...]:
    is_few = each.ratio is None
    ratio = _("too few (%(n)s)") % {"n": written.count(each.lost)} if is_few else written.ratio(each.ratio)
    numbers = (
        written.count(each.months), written.count(each.lost),
        written.MISSING if each.expected is None else written.number(each.expected, 1), ratio,
        written.between(each.low, each.high, written.ratio),
    )  # fmt: skip
    return (Cell(label(EXPERIENCES, each.name)), *(Cell(text, is_number=True) for text in numbers))


def trap_chart(page: AfterPage) -> ChartView:
    """Ever in contact against never: what not to look at, and why."""
    title, found = trap_title(page.trap), page.trap
    sides = ((_("Ever in contact"), found.ever_lost, found.ever), (_("Never"), found.never_lost, found.never))
    shares = [Share(name, lost / n, *_between(lost, n), n) for name, lost, n in sides if n]
    return ChartView(
        key="trap",
        title=title,
        subtitle=_("share that left within %(n)s months, of those who paid when they began") % {"n": TRAP_MONTHS},
        drawing=draw(shares_picture(shares, _("left")), title) if len(shares) == len(sides) else None,
        grid=_trap_grid(sides),
        foot=_("Whoever leaves early has had less time to write, so those who never wrote are full of those who left. "
               "This looks good even where contact does nothing; with no effect at all it gives 36 % against 64 % in "
               "half a year. The picture beside it compares months and has no such fault."),
    )  # fmt: skip


def trap_title(found: Trap) -> str:
    """What the trap says, as what not to say."""
    if found.ever_share is None or found.never_share is None:
        return _("Never compare who ever wrote with who never did")
    values = {"ever": written.rate(found.ever_share, 0), "never": written.rate(found.never_share, 0)}
    return _("Not to be believed: %(ever)s of those who ever wrote left, and %(never)s of those who never did") % values


def _between(lost: int, n: int) -> tuple[float, float]:
    """No interval: the picture is one not to be believed."""
    return lost / n, lost / n


def _trap_grid(sides: Sequence[tuple[str, int, int]]) -> Grid:
    heads = (Head(_("Customers")), Head(_("In all"), is_number=True), Head(_("Left"), is_number=True),
             Head(_("Share"), is_number=True))  # fmt: skip
    rows = tuple(
        (Cell(name), Cell(written.count(n), is_number=True), Cell(written.count(lost), is_number=True),
         Cell(written.rate(lost / n if n else None), is_number=True))
        for name, lost, n in sides
    )  # fmt: skip
    return Grid(_("Ever in contact against never"), heads, rows)


def few() -> str:
    """When a ratio is not told."""
    return _("Below %(n)s customers lost there is no ratio.") % {"n": FEWEST_LOST}
