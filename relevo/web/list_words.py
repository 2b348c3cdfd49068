"""The words of the list of customers: its columns, and its filters as sentences."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from relevo.answers.customer_columns import ATTRIBUTE, HELD, Column, Kind
from relevo.answers.customer_filters import Filter
from relevo.answers.customers import CustomersPage
from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.labels import DIMENSIONS, NONE, ROLES, STATUSES, Names, label, slice_value

COLUMNS: Names = {
    "name": gettext_lazy("Customer"),
    "domain": gettext_lazy("Domain"),
    "status": gettext_lazy("Status"),
    "mrr": gettext_lazy("MRR"),
    "mrr_before": gettext_lazy("MRR a year ago"),
    "mrr_change": gettext_lazy("Change in a year"),
    "since": gettext_lazy("Since"),
    "tenure": gettext_lazy("Months here"),
    "left_on": gettext_lazy("Left on"),
    "owner": gettext_lazy("Held by"),
    HELD: gettext_lazy("Held by anyone"),
    "renewal": gettext_lazy("Renewal"),
    "auto_renew": gettext_lazy("Renews by itself"),
    "open_conversations": gettext_lazy("Open conversations"),
    "last_conversation": gettext_lazy("Last conversation"),
    "last_touch": gettext_lazy("Last touch"),
    "last_use": gettext_lazy("Last use"),
    "happiness": gettext_lazy("Happiness, 90 days"),
    "ratings": gettext_lazy("Ratings, 90 days"),
    "cohort": gettext_lazy("Started in"),
}
VIEWS: Names = {
    "all": gettext_lazy("All"),
    "paying": gettext_lazy("Paying"),
    "renewals": gettext_lazy("Renewals in 90 days"),
    "left": gettext_lazy("Left this quarter"),
}
_SENTENCES: Mapping[str, str | Promise] = {
    "is": gettext_lazy("%(column)s is %(values)s"),
    "not": gettext_lazy("%(column)s is not %(values)s"),
    "has": gettext_lazy("%(column)s contains %(values)s"),
    "min": gettext_lazy("%(column)s is at least %(values)s"),
    "max": gettext_lazy("%(column)s is at most %(values)s"),
    "before": gettext_lazy("%(column)s is before %(values)s"),
    "from": gettext_lazy("%(column)s is %(values)s or later"),
    "next": gettext_lazy("%(column)s is within %(values)s days"),
    "last": gettext_lazy("%(column)s is within the last %(values)s days"),
    "over": gettext_lazy("%(column)s is more than %(values)s days ago"),
    "in": gettext_lazy("%(column)s is in %(values)s"),
}
OPERATORS: Names = {
    "is": pgettext_lazy("filter", "is"),
    "not": pgettext_lazy("filter", "is not"),
    "has": pgettext_lazy("filter", "contains"),
    "min": pgettext_lazy("filter", "is at least"),
    "max": pgettext_lazy("filter", "is at most"),
    "before": pgettext_lazy("filter", "is before"),
    "from": pgettext_lazy("filter", "is on or after"),
    "next": pgettext_lazy("filter", "is within the next days:"),
    "last": pgettext_lazy("filter", "is within the last days:"),
    "over": pgettext_lazy("filter", "is longer ago than days:"),
    "in": pgettext_lazy("filter", "is in"),
}
STRETCHES: Names = {
    "month": gettext_lazy("this month"),
    "quarter": gettext_lazy("this quarter"),
    "year": gettext_lazy("this year"),
}


def column_words(name: str) -> str:
    """The heading of a column: an attribute's own name, or the role in which somebody holds the customer."""
    prefix, _colon, rest = name.partition(":")
    if rest and prefix == HELD:
        return _("Held by, %(role)s") % {"role": label(ROLES, rest)}
    if rest and prefix == ATTRIBUTE:
        return rest.replace("_", " ")
    return label(COLUMNS, name) if name in COLUMNS else label(DIMENSIONS, name)


def filter_words(each: Filter, page: CustomersPage) -> str:
    """A filter as a sentence: "Segment is smb or mid"."""
    values = [_value_words(each, value, page) for value in each.values]
    told = reduce(lambda one, other: _("%(one)s or %(other)s") % {"one": one, "other": other}, values)
    return str(_SENTENCES[each.operator]) % {"column": column_words(each.column), "values": told}


def choice_words(column: Column, value: str, shown: str) -> str:
    """A value that is offered, in the reader's language where it is a word of ours."""
    if column.kind is Kind.STATUS:
        return label(STATUSES, value)
    if column.kind is Kind.YES_NO:
        return written.yes_or_no(value == "yes")
    return slice_value(shown)


def _value_words(each: Filter, value: str, page: CustomersPage) -> str:
    if value == "(none)":
        return str(NONE)
    write = _WRITERS.get(each.kind)
    if write and each.operator in ("min", "max", "before", "from"):
        return write(value, page.stamp.currency)
    if each.operator == "in":
        return label(STRETCHES, value)
    if each.operator == "has":
        return value
    return choice_words(Column.named(each.column), value, page.words.get((each.column, value), value))


def _money(value: str, currency: str) -> str:
    minor = int(Decimal(value).scaleb(exponent(currency)))
    return written.money(minor, currency, decimals="." in value)


def _day(value: str, _currency: str) -> str:
    return written.month(value) if len(value) == len("2025-01") else written.day_text(value)


_WRITERS: Mapping[Kind, Callable[[str, str], str]] = {
    Kind.MONEY: _money,
    Kind.DAY: _day,
    Kind.RATE: lambda value, _: written.rate(Decimal(value) / 100, 0),
}
