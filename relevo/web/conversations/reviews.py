"""Peer reviews as sentences, pictures and tables."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.reviews.mine import ReviewLine
from relevo.answers.reviews.team import ReviewsPage
from relevo.web import format as written
from relevo.web.charts.points import Point, points_picture
from relevo.web.charts.steadiness import Steady, steadiness_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import label, slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head

CRITERIA: Mapping[str, str | Promise] = {
    "accuracy": gettext_lazy("Accuracy"),
    "clarity": gettext_lazy("Clarity"),
    "tone": gettext_lazy("Tone"),
    "next_step": gettext_lazy("Next step"),
}
CHANNELS: Mapping[str, str | Promise] = {
    "mail": gettext_lazy("Mail"),
    "email": gettext_lazy("Mail"),
    "chat": gettext_lazy("Chat"),
    "phone": gettext_lazy("Phone"),
    "video": gettext_lazy("Video call"),
    "web_form": gettext_lazy("Web form"),
    "messenger": gettext_lazy("Messenger"),
    "community": gettext_lazy("Community"),
}
# A picture of more lines is no longer looked at.
MOST_LINES = 60
_HALF_WIDTH = 5


def criterion(name: str) -> str:
    """What a criterion is called: in the reader's language where we named it, else as the house did."""
    return label(CRITERIA, name) if name in CRITERIA else name.replace("_", " ").capitalize()


def channel(name: str | None) -> str:
    """What a channel is called."""
    return label(CHANNELS, name) if name in CHANNELS else slice_value(name or "(none)").replace("_", " ").capitalize()


def points(value: float | None) -> str:
    """A score of 0 to 100 with one digit."""
    return written.number(value, 1)


def sentence(page: ReviewsPage) -> str:
    """How good our answers are, by how many conversations."""
    whole = page.whole
    if not whole.get("n"):
        return _("No conversation that was drawn at random has been reviewed yet")
    told = ngettext(
        "Our answers score %(score)s of 100, by %(n)s conversation drawn at random",
        "Our answers score %(score)s of 100, by %(n)s conversations drawn at random",
        whole["n"],
    )
    return told % {"score": points(whole["score"]), "n": written.count(whole["n"])}


def glance(page: ReviewsPage) -> list[dict[str, str]]:
    """The score, what it is without severity, how steady it is, and how bad it is when it is bad."""
    whole = page.whole
    return [
        {"name": _("Score"), "value": points(whole["score"]), "small": ends(whole)},
        {"name": _("Without severity"), "value": points(whole["severity_adjusted"]),
         "small": _("as an average reviewer would mark")},
        {"name": _("Spread"), "value": points(whole["spread"]), "small": _("points; low is steady")},
        {"name": _("Worst tenth"), "value": points(whole["worst"]), "small": _("its mean score")},
    ]  # fmt: skip


def ends(row: Mapping[str, Any]) -> str:
    """The ends of a 95 % interval; '' where there is none."""
    if row.get("low") is None:
        return ""
    return _("95 %%: %(low)s–%(high)s") % {"low": points(row["low"]), "high": points(row["high"])}


def needed(page: ReviewsPage) -> str:
    """How many reviews of one person would tell its score within five points; '' while nobody knows."""
    if page.needed is None:
        return ""
    told = ngettext(
        "It takes %(n)s review of one person to know the score within %(points)s points; fewer are for talking.",
        "It takes %(n)s reviews of one person to know the score within %(points)s points; fewer are for talking.",
        page.needed,
    )
    return told % {"n": written.count(page.needed), "points": _HALF_WIDTH}


def groups_chart(page: ReviewsPage) -> ChartView | None:
    """Scores with their intervals of persons in sight, or of teams; None where neither is shown."""
    if page.by is None:
        return None
    known = [row for row in page.groups if row["low"] is not None]
    drawn = [
        Point(group(page, row), row["score"], row["low"], row["high"], f"n {written.count(row['n'])}", _tip(page, row))
        for row in sorted(known, key=lambda row: group(page, row).casefold())[:MOST_LINES]
    ]  # fmt: skip
    title, foot = _groups_title(page, known), " ".join(filter(None, (_left_out(known), needed(page))))
    return ChartView(
        "groups", title, _("score from 0 to 100, 95 % interval, n conversations drawn at random in six months"),
        draw(points_picture(drawn, _("score"), 320), title) if drawn else None, _groups_grid(page), foot=foot,
    )  # fmt: skip


def _left_out(known: Sequence[Mapping[str, Any]]) -> str:
    """That the picture does not have everybody; '' where it does."""
    if len(known) <= MOST_LINES:
        return ""
    told = _("The picture has the first %(n)s of %(all)s by name, the table everybody.")
    return told % {"n": written.count(MOST_LINES), "all": written.count(len(known))}


def steady_chart(page: ReviewsPage) -> ChartView | None:
    """Mean against spread; None where no group is shown."""
    if page.by is None:
        return None
    known = [row for row in page.groups if row["spread"] is not None]
    found = [Steady(group(page, r), r["score"], r["spread"], _tip(page, r)) for r in known]
    title = _steady_title(page, known)
    picture = draw(steadiness_picture(found, _("mean score"), _("spread in points")), title) if found else None
    return ChartView("steady", title, _("the same mean can be good every time, or by turns"), picture,
                     _groups_grid(page))  # fmt: skip


def trend_chart(page: ReviewsPage) -> ChartView:
    """Scores by month with their intervals."""
    known = [row for row in page.trend if row["low"] is not None]
    drawn = [
        Point(written.month(row["month"]), row["score"], row["low"], row["high"], f"n {written.count(row['n'])}",
              f"{written.month(row['month'])}: {points(row['score'])}")
        for row in known
    ]  # fmt: skip
    title = _trend_title(known)
    return ChartView("trend", title, _("score from 0 to 100 by month, 95 % interval"),
                     draw(points_picture(drawn, _("score"), 320), title) if drawn else None,
                     _trend_grid(page))  # fmt: skip


def group(page: ReviewsPage, row: Mapping[str, Any]) -> str:
    """What a group is called: the name of a person, or the team."""
    value = row[str(page.by)]
    return page.names.get(value, slice_value(value)) if page.by == "person_id" else slice_value(value).capitalize()


def agreement(page: ReviewsPage) -> str:
    """How far two agree who judge the same answers blind, with prevalence in the same sentence; '' without pairs."""
    row = next((row for row in page.agreement if row["criterion"] == "accuracy"), next(iter(page.agreement), None))
    if row is None:
        return ""
    values = {
        "criterion": criterion(row["criterion"]), "raw": written.rate(row["raw"], 0), "n": written.count(row["n"]),
        "mark": written.count(row["usual_mark"]), "prevalence": written.rate(row["prevalence"], 0),
        "kappa": written.MISSING if row["weighted_kappa"] is None else written.number(row["weighted_kappa"], 2),
    }  # fmt: skip
    told = ngettext(
        "%(criterion)s: two who judged the same answers blind gave the same mark in %(raw)s of %(n)s pair; beyond "
        "chance that is a weighted kappa of %(kappa)s, where the usual mark, %(mark)s, is given %(prevalence)s of "
        "the time.",
        "%(criterion)s: two who judged the same answers blind gave the same mark in %(raw)s of %(n)s pairs; beyond "
        "chance that is a weighted kappa of %(kappa)s, where the usual mark, %(mark)s, is given %(prevalence)s of "
        "the time.",
        row["n"],
    )
    return told % values


def agreement_grid(page: ReviewsPage) -> Grid:
    """Agreement of every criterion, its parts side by side."""
    heads = (
        Head(_("Criterion")), Head(_("Pairs"), is_number=True), Head(_("Same mark"), is_number=True),
        Head(_("Kappa"), is_number=True), Head(_("Weighted kappa"), is_number=True), Head(_("Alpha"), is_number=True),
        Head(_("Usual mark"), is_number=True), Head(_("How often"), is_number=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(criterion(row["criterion"])), *(Cell(text, is_number=True) for text in (
            written.count(row["n"]), written.rate(row["raw"], 0), *(_two(row[name]) for name in
            ("kappa", "weighted_kappa", "alpha")), written.count(row["usual_mark"]), written.rate(row["prevalence"], 0),
        )))
        for row in page.agreement
    )  # fmt: skip
    return Grid(_("Agreement of reviewers"), heads, rows)


def accuracy_grid(page: ReviewsPage) -> Grid:
    """Accuracy by channel, the least accurate first."""
    heads = (
        Head(_("Channel")), Head(_("Conversations"), is_number=True), Head(_("Accuracy"), is_number=True),
        Head(_("95 %"), is_number=True), Head(_("Wrong answers"), is_number=True),
        Head(_("Corrected later"), is_number=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(channel(row["channel"])), *(Cell(text, is_number=True) for text in (
            written.count(row["n"]), written.rate(row["accuracy"]), _between(row, written.rate),
            written.rate(row["error_rate"]), written.count(row["corrected"]),
        )))
        for row in sorted(page.accuracy, key=lambda row: (row["accuracy"], row["channel"]))
    )  # fmt: skip
    return Grid(_("Accuracy by channel"), heads, rows)


def severity_grid(page: ReviewsPage) -> Grid:
    """How harsh the reviewers in sight are."""
    heads = (
        Head(_("Reviewer")), Head(_("Reviews"), is_number=True), Head(_("Mean given"), is_number=True),
        Head(_("Adds"), is_number=True), Head(_("95 %"), is_number=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(page.names.get(row["person_id"], row["person_id"])), Cell(written.count(row["n"]), is_number=True),
         Cell(points(row["given"]), is_number=True),
         Cell(written.signed(written.number, row["effect"], 1), is_number=True), Cell(_between(row), is_number=True))
        for row in page.severity
    )  # fmt: skip
    return Grid(_("Severity of reviewers"), heads, rows)


def coaching_sentence(page: ReviewsPage) -> str:
    """How many agents in sight were coached in the last 30 days, and what leads carry; '' where none is in sight."""
    if not page.coaching:
        return ""
    missing = sum(not row["is_covered"] for row in page.coaching)
    told = ngettext(
        "%(covered)s of %(n)s agent was coached in the last 30 days.",
        "%(covered)s of %(n)s agents were coached in the last 30 days.",
        len(page.coaching),
    ) % {"covered": written.count(len(page.coaching) - missing), "n": written.count(len(page.coaching))}
    found = page.leads
    if not found.reviews and not found.talks:
        return told
    carried = _("Leads made %(reviews)s of the reviews and held %(talks)s of the talks.") % {
        "reviews": _part(found.reviews_by_leads, found.reviews), "talks": _part(found.talks_by_leads, found.talks),
    }  # fmt: skip
    return f"{told} {carried}"


def coaching_grid(page: ReviewsPage) -> Grid:
    """Agents in sight, who was not coached first."""
    heads = (
        Head(_("Agent")), Head(_("Coached last")), Head(_("In the last 30 days")), Head(_("Talks"), is_number=True),
        Head(_("Reviews"), is_number=True),
    )  # fmt: skip
    ordered = sorted(page.coaching, key=lambda row: (row["is_covered"], str(row["last_on"] or ""), row["person_id"]))
    rows = tuple(
        (Cell(page.names.get(row["person_id"], row["person_id"])), Cell(written.day(row["last_on"])),
         Cell(written.yes_or_no(row["is_covered"])), Cell(written.count(row["talks"]), is_number=True),
         Cell(written.count(row["reviews"]), is_number=True))
        for row in ordered
    )  # fmt: skip
    return Grid(_("Coaching"), heads, rows)


def sample_sentence(page: ReviewsPage) -> str:
    """What was drawn of the last week; '' before the first draw."""
    found = page.sample
    if found is None:
        return ""
    values = {"week": written.day(found.week_on), "drawn": written.count(found.drawn),
              "among": written.count(found.among), "reviewed": written.count(found.reviewed)}  # fmt: skip
    return _("Of the week of %(week)s, %(drawn)s of %(among)s answers to conversations were drawn; %(reviewed)s are "
             "reviewed.") % values  # fmt: skip


def lines_grid(lines: tuple[ReviewLine, ...], caption: str, *, tells_person: bool) -> Grid:
    """Reviews as rows, each leading to its page."""
    who = (Head(_("Whose answers")),) if tells_person else ()
    heads = (Head(_("Review")), *who, Head(_("Reviewer")), Head(_("Channel")), Head(_("Drawn")),
             Head(_("Score"), is_number=True), Head(_("Replies"), is_number=True))  # fmt: skip
    return Grid(caption, heads, tuple(_line(each, tells_person=tells_person) for each in lines))


def _line(each: ReviewLine, *, tells_person: bool) -> tuple[Cell, ...]:
    told = written.day(each.done_at or each.given_at)
    return (
        Cell(told, reverse("one-review", args=[each.id])), *((Cell(each.person),) if tells_person else ()),
        Cell(each.reviewer), Cell(channel(each.channel)), Cell(drawn_how(each)),
        Cell(points(each.score), is_number=True), Cell(written.count(each.replies), is_number=True),
    )  # fmt: skip


def drawn_how(each: ReviewLine) -> str:
    """Whether a conversation was drawn or picked, and whether two judge it."""
    told = _("at random") if each.is_random else _("picked")
    return _("%(how)s, two judge blind") % {"how": told} if each.is_pair else told


def _tip(page: ReviewsPage, row: Mapping[str, Any]) -> str:
    spread = "" if row["spread"] is None else f", {_('spread')} {points(row['spread'])}"
    return f"{group(page, row)}: {points(row['score'])} ({ends(row)}){spread}, n {written.count(row['n'])}"


def _groups_title(page: ReviewsPage, known: list[Mapping[str, Any]]) -> str:
    if not known:
        return _("Too few reviews to tell anybody’s score")
    if len(known) == 1:
        return _("%(name)s: %(score)s") % {"name": group(page, known[0]), "score": points(known[0]["score"])}
    apart = max(row["low"] for row in known) > min(row["high"] for row in known)
    return _("Some intervals lie apart: look for the cause first") if apart else _("The intervals overlap: no ranking")


def _steady_title(page: ReviewsPage, known: list[Mapping[str, Any]]) -> str:
    if len(known) < 2:
        return _("Too few reviews to tell who is steady")
    ordered = sorted(known, key=lambda row: row["spread"])
    values = {"steady": group(page, ordered[0]), "least": points(ordered[0]["spread"]),
              "other": group(page, ordered[-1]), "most": points(ordered[-1]["spread"])}  # fmt: skip
    return _("%(steady)s varies by %(least)s points, %(other)s by %(most)s") % values


def _trend_title(known: list[Mapping[str, Any]]) -> str:
    if len(known) < 2:
        return _("Too few months have reviews for a trend")
    first, last = known[0], known[-1]
    values = {"first": points(first["score"]), "since": written.month(first["month"]), "last": points(last["score"]),
              "now": written.month(last["month"])}  # fmt: skip
    if last["low"] <= first["high"] and first["low"] <= last["high"]:
        return _("From %(first)s in %(since)s to %(last)s in %(now)s: it may be chance") % values
    return _("From %(first)s in %(since)s to %(last)s in %(now)s") % values


def _groups_grid(page: ReviewsPage) -> Grid:
    heads = (
        Head(_("Person") if page.by == "person_id" else _("Team")), Head(_("Conversations"), is_number=True),
        Head(_("Score"), is_number=True), Head(_("95 %"), is_number=True), Head(_("Without severity"), is_number=True),
        Head(_("Spread"), is_number=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(group(page, row)), *(Cell(text, is_number=True) for text in _figures(row)))
        for row in sorted(page.groups, key=lambda row: group(page, row).casefold())
    )
    return Grid(_("Scores"), heads, rows)


def _trend_grid(page: ReviewsPage) -> Grid:
    heads = (
        Head(_("Month")), Head(_("Conversations"), is_number=True), Head(_("Score"), is_number=True),
        Head(_("95 %"), is_number=True), Head(_("Without severity"), is_number=True),
        Head(_("Spread"), is_number=True),
    )  # fmt: skip
    rows = tuple((Cell(written.month(row["month"])), *(Cell(text, is_number=True) for text in _figures(row)))
                 for row in page.trend)  # fmt: skip
    return Grid(_("Score by month"), heads, rows)


def _figures(row: Mapping[str, Any]) -> tuple[str, ...]:
    many = written.MISSING if row["n"] is None else written.count(row["n"])
    return (many, points(row["score"]), _between(row), points(row["severity_adjusted"]), points(row["spread"]))


def _between(row: Mapping[str, Any], write: Callable[[float], str] = points) -> str:
    return written.between(row["low"], row["high"], write)


def _two(value: float | None) -> str:
    return written.number(value, 2)


def _part(part: int, whole: int) -> str:
    return written.rate(part / whole, 0) if whole else written.MISSING
