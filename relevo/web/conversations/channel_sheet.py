"""The decision sheet of a channel in words: the fields of its form with what is wrong in them, and what it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.conversations.channel_sheet import AT_ONCE, Sheet, SheetAsk, Staffing
from relevo.web import format as written
from relevo.web.conversations.cover import DAYS
from relevo.web.conversations.reviews import channel

WRONG: Mapping[str, str | Promise] = {
    "missing": gettext_lazy("This is needed."),
    "needed": gettext_lazy("The coverage plan is not filled in here."),
    "unreadable": gettext_lazy("This cannot be read."),
    "range": gettext_lazy("That is too little, too much, or no whole number."),
    "unknown": gettext_lazy("There is no such thing to choose."),
    "same": gettext_lazy("Opening and closing are the same. For a whole day write 00:00 to 00:00."),
}
PLAN_NAMES: Mapping[str, str | Promise] = {
    "days": gettext_lazy("the days"),
    "opens": gettext_lazy("from when"),
    "closes": gettext_lazy("until when"),
    "people": gettext_lazy("how many people at once"),
}
_FIELDS = (
    "channel", "conversations", "minutes", "opens", "closes", "people", "role", "paid_hours", "away", "occupancy",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A value that can be chosen, what it is called, and whether it is."""

    value: str
    name: str
    is_on: bool


def asked_of(sent: QueryDict) -> SheetAsk | None:
    """What was sent with the form; None where it was not."""
    if "channel" not in sent:
        return None
    usual = SheetAsk()
    told = {name: sent.get(name, getattr(usual, name)).strip()[:80] for name in _FIELDS}
    return SheetAsk(**told, days=tuple(sent.getlist("day")[:7]))


def channels(sheet: Sheet) -> list[Choice]:
    """The channels that can be proposed, and whether they answer at once."""
    told = {True: _("%(name)s, answers at once"), False: _("%(name)s, answers later")}
    return [Choice(key, told[at_once] % {"name": channel(key)}, key == sheet.asked.channel)
            for key, at_once in AT_ONCE.items()]  # fmt: skip


def days(sheet: Sheet) -> list[Choice]:
    """The days of the week."""
    return [Choice(key, str(name), key in sheet.asked.days) for key, name in DAYS.items()]


def roles(sheet: Sheet) -> list[Choice]:
    """The roles whose hourly cost is known."""
    return [Choice(each, each.replace("_", " "), each == sheet.role) for each in sheet.roles]


def wrong(sheet: Sheet) -> dict[str, str]:
    """By field what is wrong with it."""
    return {name: str(WRONG[code]) for name, code in sheet.problems.items()}


def problem(sheet: Sheet) -> str:
    """What is missing before anything can be worked out; '' where nothing is."""
    if not sheet.problems:
        return ""
    lacking = [str(name) for field, name in PLAN_NAMES.items() if sheet.problems.get(field) == "needed"]
    if not lacking:
        return _("Nothing is worked out yet: some fields below cannot be used as they are.")
    values = {"channel": channel(sheet.asked.channel), "lacking": ", ".join(lacking)}
    if AT_ONCE.get(sheet.asked.channel):
        return _("%(channel)s answers at once, so it cannot be worked out without a filled coverage plan. Missing: "
                 "%(lacking)s.") % values  # fmt: skip
    return _("The coverage plan is begun and not filled. Missing: %(lacking)s.") % values


def finding(sheet: Sheet, told: Staffing) -> str:
    """What the channel takes, in one sentence."""
    values = {"channel": channel(sheet.asked.channel), "hours": written.number(float(told.hours), 1),
              "people": written.number(float(told.people), 1), "whole": written.count(told.whole_people)}  # fmt: skip
    return _("%(channel)s takes %(hours)s hours a week: %(people)s people, so %(whole)s") % values


def facts(sheet: Sheet, told: Staffing) -> list[tuple[str, str]]:
    """Every figure with what it is."""
    cover = None if told.cover_hours is None else float(told.cover_hours)
    lines = [
        (_("To be there, hours a week"), _("no plan, answered later") if cover is None else written.number(cover, 1)),
        (_("For the work, hours a week"), _work(told)),
        (_("What decides"), _("being there") if told.is_bound_by_cover else _("the work")),
        (_("One person is there for customers"), _week(told)),
        (_("Cost a month"), _cost(sheet)),
    ]
    if told.cover_hours is not None:
        lines.append((_("Questions of the last year in these hours"), _within(sheet)))
    return lines


def _work(told: Staffing) -> str:
    values = {"busy": written.number(float(told.busy_hours), 1), "work": written.number(float(told.work_hours), 1)}
    whole = _("%(busy)s (%(work)s of work; nobody is busy in every minute)") % values
    planned = told.proposal.cover.people if told.proposal.cover else None
    if planned is None or told.at_once is None or told.at_once <= planned:
        return whole
    more = _("it needs %(n)s at once, the plan has %(planned)s") % {"n": told.at_once, "planned": planned}
    return f"{whole}; {more}"


def _week(told: Staffing) -> str:
    working = told.proposal.working
    return _("%(hours)s hours a week: %(paid)s paid, %(away)s of them away from customers") % {
        "hours": written.number(float(working.productive_hours), 1), "away": written.rate(float(working.away), 0),
        "paid": written.number(float(working.paid_hours), 1),
    }  # fmt: skip


def _cost(sheet: Sheet) -> str:
    if sheet.cost_cents is not None:
        values = {"cost": written.money(sheet.cost_cents, sheet.currency, decimals=False),
                  "role": sheet.role.replace("_", " ")}  # fmt: skip
        return _("%(cost)s, by the hourly cost of %(role)s") % values
    if sheet.no_cost == "not_yours":
        return _("not shown to you: what an hour costs is told to who leads people or sees all amounts")
    return _("not known: no hourly cost is set")


def _within(sheet: Sheet) -> str:
    if sheet.within is None:
        return _("not known: there were none")
    return _("%(share)s of %(n)s, on the channels that there were") % {
        "share": written.rate(sheet.within), "n": written.count(sheet.questions),
    }  # fmt: skip
