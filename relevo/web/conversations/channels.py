"""The audit of channels in words: what came to nothing as a picture, and two years beside each other as rows."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.conversations.channels import Audit, Channel, ChannelsPage, Line
from relevo.answers.conversations.told import Lock
from relevo.answers.values import text
from relevo.web import format as written
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.svg import draw
from relevo.web.conversations.locks import LockView, lock_view
from relevo.web.conversations.reviews import channel
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.sentences import say

T = TypeVar("T")


def sentence(page: ChannelsPage) -> str:
    """The finding of the page, a channel in the reader's words."""
    found = page.sentence
    if "channel" not in found.values:
        return say(found)
    named = text(channel(str(found.values["channel"].amount)))
    return say(replace(found, values={**found.values, "channel": named}))


def page_lock(lock: Lock) -> LockView:
    """From which stage on channels are chosen here."""
    words = _(
        "Channels are chosen here from stage %(stage)s on, above %(above)s employees; the book counts %(employees)s, "
        "which is stage %(now)s. One channel that is always answered is worth more than several."
    )
    return _locked(lock, words)


def audit_lock(lock: Lock) -> LockView:
    """From which stage on channels are audited."""
    words = _(
        "The yearly audit is shown from stage %(stage)s on, above %(above)s employees; the book counts %(employees)s, "
        "which is stage %(now)s. Before that, few channels that are always answered are worth more than many."
    )
    return _locked(lock, words)


def _locked(lock: Lock, words: str) -> LockView:
    values = {
        "stage": lock.stage, "above": written.count(lock.above), "employees": written.count(lock.employees),
        "now": lock.now,
    }  # fmt: skip
    return replace(lock_view(lock), words=words % values)


def demand_chart(audit: Audit) -> ChartView:
    """The part of each channel that came to nothing, with its interval; those beyond chance in a colour."""
    title = _demand_title(audit)
    shown = [_share(line, line.now) for line in audit.lines if line.now and line.now.failed_interval[0] is not None]
    return ChartView(
        key="failed",
        title=title,
        subtitle=_("Share of the conversations that customers began from %(first)s to %(last)s, 95 %% interval")
        % {"first": written.month(audit.first), "last": written.month(audit.last)},
        drawing=draw(shares_picture(shown, _("came to nothing"), width=420), title) if shown else None,
        grid=_shares_grid(shown),
        foot=_(
            "Came to nothing: closed without any answer, left by the customer before a person answered (given up), or "
            "after one (gone silent). It is told as it stood when the twelve months ended, the year before likewise."
        ),
    )


def _share(line: Line, now: Channel) -> Share:
    low, high = now.failed_interval
    return Share(channel(line.name), now.failed_share or 0.0, low or 0.0, high or 0.0, now.begun, line.stands_out)


def _shares_grid(shown: list[Share]) -> Grid:
    heads = (
        Head(_("Channel")),
        *(Head(name, is_number=True) for name in (_("Begun"), _("Came to nothing"), _("95 %"))),
    )
    rows = tuple(
        (Cell(each.name), *(Cell(told, is_number=True) for told in (
            written.count(each.n), written.rate(each.share), _ends((each.low, each.high)))))
        for each in shown
    )  # fmt: skip
    return Grid(_("What came to nothing"), heads, rows)


def _demand_title(audit: Audit) -> str:
    marked = [line for line in audit.lines if line.stands_out]
    values = {"failed": written.count(audit.failed), "n": written.count(audit.begun)}
    if not audit.failed:
        return _("None of %(n)s attempts came to nothing") % values
    if not marked:
        return _("%(failed)s of %(n)s attempts came to nothing, on no channel clearly more than on all") % values
    names = ", ".join(channel(line.name) for line in marked)
    return _("%(failed)s of %(n)s attempts came to nothing, clearly more on: %(names)s") % {**values, "names": names}


def demand_grid(audit: Audit) -> Grid:
    """What was begun on each channel and what came of it; the year before in small."""
    heads = (
        Head(_("Channel")), *(Head(name, is_number=True) for name in (
            _("Begun"), _("Share"), _("Came to nothing"), _("95 %"), _("No answer"), _("Given up"), _("Gone silent"),
            _("Bot alone"), _("Still open"))),
    )  # fmt: skip
    foot = (
        Cell(_("All")), *(Cell(told, is_number=True) for told in (
            written.count(audit.begun), "", written.rate(audit.failed_share), *[""] * 6)),
    )  # fmt: skip
    return Grid(
        _("What customers began, and what came to nothing"), heads, tuple(map(_demand_cells, audit.lines)), foot
    )


def _demand_cells(line: Line) -> tuple[Cell, ...]:
    now = line.now
    return (
        Cell(channel(line.name)),
        _cell(line, lambda c: c.begun, written.count),
        Cell(written.rate(line.share), is_number=True),
        _cell(line, lambda c: c.failed_share, written.rate),
        Cell(_ends(now.failed_interval) if now else "", is_number=True),
        *(_cell(line, of, written.count) for of in (
            lambda c: c.unanswered, lambda c: c.given_up, lambda c: c.silent, lambda c: c.bot_alone, lambda c: c.open)),
    )  # fmt: skip


def service_grid(audit: Audit) -> Grid:
    """How it is to be helped on each channel; the year before in small."""
    heads = (
        Head(_("Channel")), *(Head(name, is_number=True) for name in (
            _("Later than promised"), _("While nobody was there"), _("Half waited"), _("Half, open hours"),
            _("Replies each"), _("Expected minutes each"))),
    )  # fmt: skip
    return Grid(_("How customers were served"), heads, tuple(map(_service_cells, audit.lines)))


def _service_cells(line: Line) -> tuple[Cell, ...]:
    return (
        Cell(channel(line.name)),
        _cell(line, lambda c: _part(c.late, c.due), written.rate, lambda c: c.due),
        _cell(line, lambda c: _part(c.unattended, c.asked), written.rate, lambda c: c.asked),
        _cell(line, lambda c: c.wait_s, written.duration),
        _cell(line, lambda c: c.open_hours_s, written.duration),
        _cell(line, lambda c: c.replies, written.ratio),
        _cell(line, lambda c: c.minutes, lambda value: written.number(value, 1)),
    )


def answers_grid(audit: Audit) -> Grid:
    """What customers said of each channel; the year before in small."""
    heads = (
        Head(_("Channel")), Head(_("Found it easy"), is_number=True), Head(_("Happiness"), is_number=True),
        Head(_("95 %"), is_number=True),
    )  # fmt: skip
    return Grid(_("What customers said"), heads, tuple(map(_answer_cells, audit.lines)))


def _answer_cells(line: Line) -> tuple[Cell, ...]:
    return (
        Cell(channel(line.name)),
        _cell(line, lambda c: c.easy_share, written.rate, lambda c: c.ease.n),
        _cell(line, lambda c: c.happiness.value, _score, lambda c: c.happy.n),
        Cell(_score_ends(line.now) if line.now else "", is_number=True),
    )


def _cell(
    line: Line, of: Callable[[Channel], T | None], write: Callable[[T | None], str],
    many: Callable[[Channel], int] | None = None,
) -> Cell:  # fmt: skip
    """A figure of the year, on how many it rests, and the same of the year before."""
    told = write(of(line.now)) if line.now else written.MISSING
    n = _("n %(count)s") % {"count": written.count(many(line.now))} if line.now and many else ""
    before = of(line.before) if line.before else None
    was = "" if before is None else _("was %(value)s") % {"value": write(before)}
    return Cell(told, is_number=True, small=", ".join(each for each in (n, was) if each))


def _part(part: int | None, whole: int) -> float | None:
    return None if part is None or not whole else part / whole


def _score(value: float | None) -> str:
    return written.MISSING if value is None else written.number(value, 1)


def _ends(interval: tuple[float | None, float | None]) -> str:
    low, high = interval
    return "" if low is None or high is None else f"{written.hundredths(low)}–{written.rate(high)}"


def _score_ends(now: Channel) -> str:
    found = now.happiness
    return "" if found.low is None or found.high is None else f"{_score(found.low)} – {_score(found.high)}"


def notes(audit: Audit) -> list[str]:
    """What the rows leave out, and what nobody can know."""
    told = [_("A channel that you do not have is not in these rows: what customers would begin on it is not known.")]
    if audit.left_out:
        text_of = ngettext("%(n)s merged, duplicate or spam conversation is left out.",
                           "%(n)s merged, duplicate or spam conversations are left out.", audit.left_out)  # fmt: skip
        told.append(text_of % {"n": written.count(audit.left_out)})
    if not audit.is_whole:
        told.append(
            _("Conversations are known from %(month)s on, so this is less than a year.") % _month(audit.known_from)
        )
    elif not audit.has_before:
        told.append(
            _("The year before is not told: conversations are known from %(month)s on.") % _month(audit.known_from)
        )
    return [*told, *_hidden(audit), *_effort(audit)]


def _month(month: str) -> dict[str, str]:
    return {"month": written.month(month)}


def _hidden(audit: Audit) -> list[str]:
    if not audit.hidden:
        return []
    told = ngettext("%(n)s channel is withheld: fewer than five customers stand behind it.",
                    "%(n)s channels are withheld: fewer than five customers stand behind one of them.",
                    audit.hidden)  # fmt: skip
    return [told % {"n": written.count(audit.hidden)}]


def _effort(audit: Audit) -> list[str]:
    """Answers about effort that no channel can have."""
    if not audit.ease_elsewhere.n:
        return []
    told = ngettext("%(n)s answer about effort names no conversation, so no channel has it.",
                    "%(n)s answers about effort name no conversation, so no channel has them.",
                    audit.ease_elsewhere.n)  # fmt: skip
    return [told % {"n": written.count(audit.ease_elsewhere.n)}]
