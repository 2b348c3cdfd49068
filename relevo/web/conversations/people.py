"""People in context, in words: both figures of happiness always together, with what limits them."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.conversations.people import (
    CAVEAT,
    METHOD,
    WINDOWS,
    Happy,
    PeoplePage,
    PersonLine,
    Recommended,
)
from relevo.web import format as written
from relevo.web.charts.against import Pair, against_picture
from relevo.web.charts.funnel import Limit, Spot, funnel_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head

# So many points less than the team's cases make a person's mix worth a word.
HARDER = 2.0
SIGNS: Mapping[str, str | Promise] = {
    "escalated": gettext_lazy("were passed on more often"),
    "customer_messages": gettext_lazy("needed more messages of the customer"),
    "minutes": gettext_lazy("took longer"),
}


def sentence(page: PeoplePage) -> str:
    """Whose raw figure misleads most, or that nobody's ratings suffice yet."""
    misled = _misled(page)
    if misled is not None:
        return _("%(name)s is below most colleagues raw, %(raw)s, and above them in context, %(context)s") % {
            "name": misled.name, "raw": score(misled.happy.parts.raw), "context": signed(misled.happy.parts.in_context),
        }  # fmt: skip
    told = max(_shown(page), key=lambda line: (abs(_points(line)), line.name), default=None)
    if told is not None:
        return person_sentence(told.name, told.happy)
    if not page.has_any:
        return _("No customer has rated an answer yet")
    if not page.persons:
        values = {"score": score(page.company.get("raw")), "n": written.count(page.company["n"])}
        return _("Happiness is %(score)s, by %(n)s ratings") % values
    told_n = ngettext(
        "Of %(n)s person’s ratings too little is known for a figure in context",
        "Of %(n)s people’s ratings too little is known for a figure in context",
        page.rated,
    )
    return told_n % {"n": written.count(page.rated)}


def _shown(page: PeoplePage) -> list[PersonLine]:
    return [line for line in page.persons if line.happy.judged.shown]


def _misled(page: PeoplePage) -> PersonLine | None:
    """Of those above the average colleague in context, the furthest who lies below half of the colleagues raw."""
    raw = [line.happy.judged.raw.value for line in page.persons if line.happy.judged.raw.value is not None]
    found = [line for line in _shown(page) if _points(line) > 0 and (line.happy.judged.raw.value or 0) < median(raw)]
    return max(found, key=lambda line: (_points(line), line.name), default=None)


def _points(line: PersonLine) -> float:
    return line.happy.judged.pooled or 0.0


def person_sentence(name: str, happy: Happy) -> str:
    """The plain sentence with the person's name: both figures, and what the cases were."""
    told = _("%(name)s: %(plain)s") % {"name": name, "plain": plain(happy)}
    harder = happy.harder or 0.0
    if harder >= HARDER:
        told += " · " + _("harder cases than the team’s")
    elif harder <= -HARDER:
        told += " · " + _("easier cases than the team’s")
    return told


def plain(happy: Happy) -> str:
    """'44 raw, 37 expected, +6.6 in context', or why there is no figure in context."""
    parts, judged = happy.parts, happy.judged
    if parts.raw is None:
        return _("no rating yet")
    values = {"raw": score(parts.raw), "expected": score(parts.expected), "context": signed(parts.in_context)}
    if parts.expected is None:
        return _("%(raw)s raw; too few ratings for an expectation") % values
    if parts.in_context is not None:
        return _("%(raw)s raw, %(expected)s expected, %(context)s in context") % values
    if not judged.comparable:
        return _("%(raw)s raw, %(expected)s expected; nobody else takes such cases") % values
    return _("%(raw)s raw, %(expected)s expected; %(lacking)s") % {**values, "lacking": lacking(judged.more)}


def lacking(more: int | None) -> str:
    """How many ratings are lacking until a figure in context can stand."""
    if more is None:
        return _("no number of ratings tells people apart so far")
    return ngettext("not enough data: %(n)s more rating", "not enough data: %(n)s more ratings", more) % {
        "n": written.count(more)
    }


def score(value: float | None) -> str:
    """A score from -100 to 100 in whole points."""
    return written.MISSING if value is None else written.signed(written.number, round(value)).removeprefix("+")


def signed(value: float | None) -> str:
    """Points in context with their sign and one decimal."""
    return written.MISSING if value is None else written.signed(written.number, value, 1)


def interval(low: float | None, high: float | None) -> str:
    """The ends of a 95 % interval in points; '' where there is none."""
    if low is None or high is None:
        return ""
    return _("95 %%: %(low)s to %(high)s") % {"low": score(low), "high": score(high)}


def against_chart(page: PeoplePage) -> ChartView:
    """Raw against expected: above the line a person does better than colleagues would on the same cases."""
    known = [line for line in page.persons if line.happy.parts.expected is not None]
    pairs = [_pair(line) for line in known]
    title = sentence(page)
    spec = None
    if pairs:
        spec = against_picture(
            pairs, _("expected on these cases, points"), _("raw, points"),
            _("better than on such cases usual"), _("less than on such cases usual"),
        )  # fmt: skip
    return ChartView(
        key="against", title=title, subtitle=_("great less not good; filled where enough is known for a figure"),
        drawing=draw(spec, title) if spec else None, grid=persons_grid(page),
        files=((_("download"), f"{reverse('measure', args=['happiness', 'csv'])}?by=person&months={page.months}"),),
        foot=_(CAVEAT) + " " + _("There are no ranks. Ratings about product, price or policy count for the company and "
                                 "not for persons."),
        is_wide=True,
    )  # fmt: skip


def _pair(line: PersonLine) -> Pair:
    judged = line.happy.judged
    tip = _("%(name)s: %(plain)s, n %(n)s") % {
        "name": line.name, "plain": plain(line.happy), "n": written.count(line.happy.n)
    }  # fmt: skip
    return Pair(line.name, judged.expected or 0.0, judged.raw.value or 0.0, tip, judged.shown)


def funnel_chart(page: PeoplePage) -> ChartView | None:
    """How far each lies from what was expected, by ratings, with the limits of chance; None where nothing is known."""
    known = [line for line in page.persons if line.happy.judged.difference is not None]
    if not known or not page.limits:
        return None
    out = [line.name for line in known if line.happy.judged.stands_out]
    title = (
        _("%(names)s: further from what was expected than chance takes anybody") % {"names": ", ".join(out[:4])}
        if out else _("Nobody lies further from what was expected than chance takes them")
    )  # fmt: skip
    spots = [_spot(line) for line in known]
    limits = [Limit(each.votes, each.low, each.high, each.low998, each.high998) for each in page.limits]
    spec = funnel_picture(spots, limits, _("ratings"), _("points beyond expected"))
    return ChartView(
        key="funnel", title=title,
        subtitle=_("prediction limits: 95 % dashed, 99.8 % dotted; nobody is moved to peers here"),
        drawing=draw(spec, title), grid=_funnel_grid(known), is_wide=True,
        foot=_("Who stands out is found at a false discovery rate of 5 % over all persons (Benjamini and Hochberg)."),
    )  # fmt: skip


def _spot(line: PersonLine) -> Spot:
    judged = line.happy.judged
    tip = _("%(name)s: %(points)s points, n %(n)s") % {
        "name": line.name, "points": signed(round(judged.difference or 0.0, 1)), "n": written.count(line.happy.n)
    }  # fmt: skip
    return Spot(line.name, judged.raw.votes, judged.difference or 0.0, tip, judged.stands_out)


def _funnel_grid(known: list[PersonLine]) -> Grid:
    heads = (Head(_("Person")), Head(_("Ratings"), is_number=True), Head(_("Beyond expected"), is_number=True),
             Head(_("Stands out")))  # fmt: skip
    rows = tuple(
        (Cell(line.name, _address(line)), _number(written.count(line.happy.n)),
         _number(signed(round(line.happy.judged.difference or 0.0, 1))),
         Cell(written.yes_or_no(line.happy.judged.stands_out)))
        for line in known
    )  # fmt: skip
    return Grid(_("Beyond expected, by ratings"), heads, rows)


def _number(text: str, small: str = "") -> Cell:
    return Cell(text, is_number=True, small=small)


def _address(line: PersonLine) -> str:
    return reverse("support-person", args=[line.happy.person_id])


def persons_grid(page: PeoplePage) -> Grid:
    """Everybody in the order of names, both figures side by side; no column ranks people."""
    heads = (
        Head(_("Person")), Head(_("Ratings"), is_number=True), Head(_("Response rate"), is_number=True),
        Head(_("Raw"), is_number=True), Head(_("Expected"), is_number=True), Head(_("In context"), is_number=True),
        Head(_("What to know")),
    )  # fmt: skip
    return Grid(_("Happiness, raw and in context"), heads, tuple(_person_row(line) for line in page.persons))


def _person_row(line: PersonLine) -> tuple[Cell, ...]:
    happy, judged = line.happy, line.happy.judged
    context = _number(signed(happy.parts.in_context), interval(judged.low, judged.high) if judged.shown else "")
    return (
        Cell(line.name, _address(line)), _number(written.count(happy.n)), _number(answered(happy)),
        _number(score(happy.parts.raw), interval(judged.raw.low, judged.raw.high)),
        _number(score(happy.parts.expected)), context, Cell(" · ".join(notes(happy))),
    )  # fmt: skip


def answered(happy: Happy) -> str:
    """The response rate: conversations rated of those asked; missing where nobody noted who was asked."""
    return written.rate(happy.responses / happy.offered) if happy.offered else written.MISSING


def notes(happy: Happy) -> list[str]:
    """What limits the figure, and what the cases were, in short."""
    told, judged = [], happy.judged
    if happy.harder is not None and abs(happy.harder) >= HARDER:
        values = {"points": written.number(abs(happy.harder), 0)}
        words = (
            _("harder cases: %(points)s points less could be expected") if happy.harder > 0
            else _("easier cases: %(points)s points more could be expected")
        )  # fmt: skip
        told.append(words % values)
    if judged.expected is not None and not judged.comparable:
        told.append(_("not comparable: nobody else takes such cases"))
    elif judged.expected is not None and not judged.shown:
        told.append(lacking(judged.more))
    if happy.hidden is not None:
        told.append(warning(happy))
    return told


def warning(happy: Happy) -> str:
    """That something the expectation does not know may make the cases look harder or easier."""
    hidden = happy.hidden
    if hidden is None:
        return ""
    values = {"why": str(SIGNS[hidden.sign]), "points": signed(round(hidden.points, 1))}
    return _("these cases %(why)s: worth about %(points)s points that are not taken out") % values


def teams_grid(page: PeoplePage) -> Grid:
    """Happiness by team, both figures side by side."""
    rows = page.teams.rows if page.teams else ()
    heads = (Head(_("Team")), Head(_("Ratings"), is_number=True), Head(_("Raw"), is_number=True),
             Head(_("Expected"), is_number=True), Head(_("In context"), is_number=True))  # fmt: skip
    return Grid(_("Happiness by team"), heads, tuple(_team_row(row) for row in rows))


def _team_row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    shown = row.get("in_context")
    context = None if shown is None else round(shown, 1)
    return (Cell(slice_value(row["team"])), _number(written.count(row["n"])), _number(score(row["raw"])),
            _number(score(row["expected"])), _number(signed(context)))  # fmt: skip


def facts(page: PeoplePage) -> list[dict[str, str]]:
    """The company's score with its interval, the ratings, the response rate, and NPS where anybody was asked for it."""
    row = page.company
    offered = row.get("offered")
    return [
        {"name": _("Happiness"), "value": score(row.get("raw")), "small": interval(row.get("low"), row.get("high"))},
        {"name": _("Ratings"), "value": written.count(row.get("n")), "small": ""},
        {"name": _("Response rate"), "value": written.rate(row["responses"] / offered) if offered else written.MISSING,
         "small": _of_asked(offered)},
        *_recommended(page.recommended),
    ]  # fmt: skip


def _of_asked(asked: int | None) -> str:
    return _("of %(n)s asked") % {"n": written.count(asked)} if asked else _("nobody noted who was asked")


def _recommended(found: Recommended | None) -> list[dict[str, str]]:
    """NPS with its interval, its answers, and how many of those asked gave them; nothing where there is none."""
    if found is None or not found.n:
        return []
    said = ngettext("%(n)s answer", "%(n)s answers", found.n) % {"n": written.count(found.n)}
    share = written.rate(found.response_rate) + " " if found.asked else ""
    small = (interval(found.score.low, found.score.high), said, share + _of_asked(found.asked))
    return [{"name": _("Would recommend (NPS)"), "value": score(found.score.value), "small": " · ".join(small)}]


def recommended_words(page: PeoplePage) -> str:
    """Why NPS stands beside nobody's name; '' where there is none."""
    if page.recommended is None or not page.recommended.n:
        return ""
    return _("NPS asks about the company as a whole and names no answer: it is told of the company, and of no team or "
             "person.")  # fmt: skip


def method() -> str:
    """How both figures are made."""
    return _(METHOD)


def windows() -> list[tuple[str, str]]:
    """The windows that can be asked for."""
    return [(str(n), ngettext("%(n)s month", "%(n)s months", n) % {"n": n}) for n in WINDOWS]
