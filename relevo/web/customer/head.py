"""The head of a customer's page as words: its figures, and who holds it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.customer import CustomerPage
from relevo.answers.customer_head import HAPPY_DAYS, Holder
from relevo.web import format as written
from relevo.web.labels import ROLES, TOUCHES, label
from relevo.web.reader import clock


@dataclass(frozen=True)
class Fact:
    """One figure of the head: its name, its value, what is to be read with it, and where it leads."""

    name: str
    value: str
    small: str = ""
    href: str = ""


def facts(page: CustomerPage) -> list[Fact]:
    """The figures at the head of the page; what a role may not see is said."""
    return [_mrr(page), _since(page), _renewal(page), _worth(page), _open(page), _mood(page), _touch(page)]


def holders(page: CustomerPage) -> list[Fact]:
    """Who holds the customer in which role and since when; nobody is said clearly."""
    return [_holder(h, clock()) for h in page.head.holders]


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """An instant of the book, UTC without saying so, as the reader's clock shows it."""
    return at.replace(tzinfo=UTC).astimezone(zone)


def not_for_you() -> str:
    """What stands where an amount would."""
    return _("not for your role")


def _mrr(page: CustomerPage) -> Fact:
    if not page.sees_money:
        return Fact(_("MRR"), not_for_you())
    currency = page.stamp.currency
    before = _("a year before: %(amount)s") % {"amount": written.money(page.mrr_year_before_cents, currency)}
    return Fact(_("MRR"), written.money(page.card.mrr_cents, currency), before)


def _since(page: CustomerPage) -> Fact:
    months = page.tenure_months
    told = "" if months is None else ngettext("%(n)s month", "%(n)s months", months) % {"n": written.count(months)}
    return Fact(_("Customer since"), written.day(page.card.since), told)


def _renewal(page: CustomerPage) -> Fact:
    found = page.head.renewal
    if found is None:
        return Fact(_("Next term end"), written.MISSING, _("no term with an end is known"))
    told = {
        True: _("renews by itself"),
        False: _("does not renew by itself"),
        None: _("the source does not say whether it renews by itself"),
    }[found.auto_renew]
    return Fact(_("Next term end"), written.day(found.on), told)


def _worth(page: CustomerPage) -> Fact:
    name, href = _("Margin so far"), f"{reverse('definitions')}#customer_value"
    if not page.sees_money:
        return Fact(name, not_for_you())
    worth, currency = page.head.worth, page.stamp.currency
    if worth is None:
        return Fact(name, written.MISSING, _("it has not paid a whole month yet"))
    told = _("expected yet: %(amount)s") % {"amount": written.money(worth.expected_cents, currency)}
    return Fact(name, written.money(worth.realised_cents, currency), told, href)


def _open(page: CustomerPage) -> Fact:
    href = reverse("customer", args=[page.card.customer_id]) + "?tab=conversations#tab"
    return Fact(_("Open conversations"), written.count(page.head.open_conversations), "", href)


def _mood(page: CustomerPage) -> Fact:
    mood = page.head.mood
    name = _("Happiness, %(days)s days") % {"days": HAPPY_DAYS}
    if not mood.n:
        return Fact(name, written.MISSING, _("nobody answered"))
    values = {"great": written.count(mood.great), "okay": written.count(mood.okay), "bad": written.count(mood.bad)}
    told = _("okay %(okay)s, not good %(bad)s") % values
    return Fact(name, _("great %(great)s") % values, f"{told} · n {written.count(mood.n)}")


def _touch(page: CustomerPage) -> Fact:
    last = page.head.last_touch
    if last is None:
        return Fact(_("Last touch"), written.MISSING, _("none is known"))
    told = " · ".join(part for part in (label(TOUCHES, last.kind), last.who) if part)
    return Fact(_("Last touch"), written.day(local(last.at, clock())), told)


def _holder(holder: Holder, zone: ZoneInfo) -> Fact:
    role = label(ROLES, holder.role)
    since = written.day(local(holder.since, zone)) if holder.since else ""
    if holder.who:
        return Fact(role, holder.who, _("since %(day)s") % {"day": since})
    if holder.before:
        values = {"day": since, "who": holder.before}
        return Fact(role, _("nobody"), _("since %(day)s; before it was %(who)s") % values)
    return Fact(role, _("nobody"), _("so far"))
