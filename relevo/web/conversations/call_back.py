"""Whom to call back, in words, a picture and rows: unhappy though solved, happy and then gone, asked too often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from relevo.answers.voices.asked import Asked
from relevo.answers.voices.call_back import CallBackLine, CallBackPage
from relevo.answers.voices.gone import GoneLine, GonePage
from relevo.answers.voices.lines import About
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.charts.svg import draw
from relevo.web.charts.weeks import weeks_picture
from relevo.web.labels import label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.voices.words import REASONS


@dataclass(frozen=True)
class RowView:
    """A row with its button: cells, the customer that a task would be about ('' for none), and the task's title."""

    cells: tuple[Cell, ...]
    customer_id: str
    title: str
    tasks: str


def sentence(page: CallBackPage) -> str:
    """How many there are to call back."""
    if not page.found:
        return _("Nobody to call back: no solved conversation of the last 60 days ended in a vote that is not good")
    told = ngettext(
        "%(n)s customer to call back: solved, and not happy",
        "%(n)s votes to call back about: solved, and not happy",
        page.found,
    )
    return told % {"n": written.count(page.found)}


def weeks_chart(page: CallBackPage) -> ChartView:
    """The votes of the list by week."""
    first, last = page.weeks[0][1], page.weeks[-1][1]
    title = ngettext(
        "%(n)s in the last week, %(before)s in the first of the eight",
        "%(n)s in the last week, %(before)s in the first of the eight",
        last,
    ) % {"n": written.count(last), "before": written.count(first)}
    rows = tuple((Cell(written.day(day)), Cell(written.count(n), is_number=True)) for day, n in page.weeks)
    return ChartView(
        key="weeks",
        title=title,
        subtitle=_("votes that are not good after a solved conversation, by the week in which they were given"),
        drawing=draw(weeks_picture(page.weeks, "var(--churn)"), title),
        grid=Grid(title, (Head(_("Week of")), Head(_("votes"), True)), rows),
        foot=_("The last week may not be over."),
    )


def unhappy_heads() -> tuple[Head, ...]:
    """The headings of the list."""
    return (
        Head(_("Customer")), Head(_("What was said")), Head(_("When")), Head(_("About")),
        Head(_("Who talks to them")), Head(_("MRR"), True),
    )  # fmt: skip


def unhappy_rows(page: CallBackPage) -> tuple[RowView, ...]:
    """The rows of the list."""
    return tuple(_unhappy_row(line, page.stamp.currency) for line in page.rows)


def _unhappy_row(line: CallBackLine, currency: str) -> RowView:
    about = line.about
    said = _("would not recommend us") if line.kind == "nps" else pgettext("rating", "Not good")
    words = " · ".join(part for part in (label(REASONS, line.reason), _quoted(line.comment)) if part)
    when = written.minute(line.at)
    fresh = "" if line.resolved_at else _("not in the book as solved yet")
    cells = (
        _customer(about), Cell(said, small=words), Cell(when, small=fresh), _topic(about),
        Cell(about.talks_to or written.MISSING), _mrr(about, currency),
    )  # fmt: skip
    return _row(about, cells, _("Call back: solved, and not happy"))


def gone_heads() -> tuple[Head, ...]:
    """The headings of who was happy and then gone."""
    return (
        Head(_("Customer")), Head(_("Great on")), Head(_("Again on")), Head(_("Left on")), Head(_("About")),
        Head(_("Who talks to them")), Head(_("MRR"), True),
    )  # fmt: skip


def gone_rows(page: GonePage) -> tuple[RowView, ...]:
    """The rows of who was happy and then gone."""
    return tuple(_gone_row(line, page.stamp.currency) for line in page.rows)


def _gone_row(line: GoneLine, currency: str) -> RowView:
    about = line.about
    left = "" if line.left_at is None else _after(line.at, line.left_at)
    again = "" if line.again_at is None else _after(line.at, line.again_at)
    cells = (
        _customer(about), Cell(written.day(line.at.date())), Cell(_day(line.again_at), small=again),
        Cell(_day(line.left_at), small=left), _topic(about), Cell(about.talks_to or written.MISSING),
        _mrr(about, currency),
    )  # fmt: skip
    return _row(about, cells, _("Ask what happened: happy, then gone"))


def gone_sentence(page: GonePage) -> str:
    """How many were happy and then gone."""
    told = ngettext(
        "%(n)s great vote of the last 180 days was followed by the same trouble within 7 days, or by the end",
        "%(n)s great votes of the last 180 days were followed by the same trouble within 7 days, or by the end",
        page.found,
    )
    left = ngettext(
        "%(n)s customer left within 30 days.", "%(n)s left within 30 days.", page.left
    ) % {"n": written.count(page.left)}  # fmt: skip
    return f"{told % {'n': written.count(page.found)}}. {left}"


def asked_sentence(asked: Asked) -> str:
    """Which share of those who were asked answered."""
    if asked.by_conversations is None or asked.by_customers is None:
        return _("Nobody knows who was asked for a rating, so that silence cannot be told from not being asked.")
    return _(
        "%(talks)s of %(asked)s conversations that were asked about were rated (%(share)s %%), by %(customers)s of "
        "%(of)s customers (%(who)s %%), in the last 90 days of the book."
    ) % {
        "talks": written.count(asked.conversations_answered), "asked": written.count(asked.conversations),
        "share": written.number(float(asked.by_conversations), 1),
        "customers": written.count(asked.customers_answered), "of": written.count(asked.customers),
        "who": written.number(float(asked.by_customers), 1),
    }  # fmt: skip


def often_grid(asked: Asked) -> Grid:
    """Contacts who were asked too often."""
    heads = (Head(_("Contact")), Head(_("Customer")), Head(_("too soon, times"), True), Head(_("last")))
    rows = tuple(
        (
            Cell(each.contact or written.MISSING),
            Cell(each.customer or each.customer_id, customer_address(each.customer_id) if each.customer else ""),
            Cell(written.count(each.times), is_number=True),
            Cell(written.day(each.last_at.date())),
        )
        for each in asked.often
    )
    return Grid(_("Asked again too soon"), heads, rows)


def often_title(asked: Asked) -> str:
    """How many were asked again too soon."""
    told = ngettext(
        "%(n)s contact was asked about something else again within %(days)s days",
        "%(n)s contacts were asked about something else again within %(days)s days",
        asked.often_found,
    )
    return told % {"n": written.count(asked.often_found), "days": asked.days}


def more_address(page: CallBackPage) -> str:
    """Where the next rows are; '' on the last page."""
    return f"{reverse('call-back')}?offset={page.next_offset}" if page.next_offset else ""


def _row(about: About, cells: Sequence[Cell], title: str) -> RowView:
    tasks = ""
    if about.tasks:
        tasks = ngettext("%(n)s open task", "%(n)s open tasks", about.tasks) % {"n": written.count(about.tasks)}
    # A task is read by who sees the customer: no words of the customer stand in its title.
    named = f"{title} · {about.conversation_id}" if len(about.conversation_id) < 80 else title
    return RowView(tuple(cells), about.customer_id if about.customer else "", named, tasks)


def _customer(about: About) -> Cell:
    if not about.customer:
        return Cell(_("nobody knows"))
    return Cell(about.customer, f"{customer_address(about.customer_id)}?tab=conversations")


def _topic(about: About) -> Cell:
    told: list[Any] = [each for each in (about.subject, about.category) if each]
    if not told:
        return Cell(about.conversation_id, about.url or "")
    return Cell(told[0], about.url or "", small=told[1] if len(told) > 1 else "")


def _mrr(about: About, currency: str) -> Cell:
    text = written.MISSING if about.mrr_cents is None else written.money(about.mrr_cents, currency)
    return Cell(text, is_number=True)


def _quoted(comment: str | None) -> str:
    return f"“{comment}”" if comment else ""


def _day(at: datetime | None) -> str:
    return written.MISSING if at is None else written.day(at.date())


def _after(before: datetime, at: datetime) -> str:
    days = (at - before).days
    return ngettext("%(n)s day later", "%(n)s days later", days) % {"n": days} if days else _("on the same day")
