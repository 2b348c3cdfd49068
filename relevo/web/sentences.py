"""The wording of every finding. Answers give a code and named values; here they become sentences in a language.

A sentence whose wording depends on a number names it: `plural` is the value that decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop, ngettext

from relevo.answers.values import Sentence, Unit, Value
from relevo.web import format as written


@dataclass(frozen=True)
class Wording:
    """A template with named values; with `several`, the form for more than one of `plural`."""

    text: str
    several: str = ""
    plural: str = ""


def _plain(text: str) -> Wording:
    return Wording(text)


def _counted(plural: str, one: str, several: str) -> Wording:
    return Wording(one, several, plural)


def ngettext_noop(one: str, several: str) -> tuple[str, str]:
    """Mark a pair of forms for the catalogs."""
    return one, several


WORDINGS: Mapping[str, Wording] = {
    "money.kept": _plain(gettext_noop("You kept %(rate)s of last year’s revenue.")),
    "money.too_early": _plain(
        gettext_noop("It is too early to say what you keep: that takes a year of history, up to %(month)s.")
    ),
    "money.loss_from_channel": _plain(
        gettext_noop("%(share)s of the loss came from %(channel)s, which was %(weight)s of the revenue.")
    ),
    "bridge.none": _plain(gettext_noop("There are no complete months yet")),
    "bridge.added": _plain(
        gettext_noop("New business added %(new)s; customers you already had added %(existing)s net")
    ),
    "bridge.took": _plain(
        gettext_noop("New business added %(new)s; customers you already had took away %(existing)s net")
    ),
    "retention.too_early": _plain(gettext_noop("Retention needs a year of history")),
    "retention.now": _plain(gettext_noop("Net retention is %(net)s, gross %(gross)s")),
    "retention.steady": _plain(
        gettext_noop("Net retention held at %(net)s (a year before %(before)s); gross is %(gross)s")
    ),
    "retention.rose": _plain(
        gettext_noop("Net retention rose in a year from %(before)s to %(net)s; gross is %(gross)s")
    ),
    "retention.fell": _plain(
        gettext_noop("Net retention fell in a year from %(before)s to %(net)s; gross is %(gross)s")
    ),
    "cohorts.too_early": _plain(gettext_noop("No group of customers is a year old yet")),
    "cohorts.after_a_year": _counted(
        "cohorts",
        *ngettext_noop(
            "After a year, %(rate)s of a month’s first revenue is there (%(cohorts)s monthly group)",
            "After a year, %(rate)s of a month’s first revenue is there (%(cohorts)s monthly groups)",
        ),
    ),
    "tenure.too_early": _plain(gettext_noop("Customers are too young to say how their revenue changes with time")),
    "tenure.stayers_grow_but_loss_wins": _plain(
        gettext_noop("Who stays grows to %(survivors)s; counting the gone, %(start)s becomes %(all)s")
    ),
    "tenure.both_grow": _counted(
        "tenure",
        *ngettext_noop(
            "Even counting the gone, %(start)s becomes %(all)s after %(tenure)s month",
            "Even counting the gone, %(start)s becomes %(all)s after %(tenure)s months",
        ),
    ),
    "tenure.both_shrink": _counted(
        "tenure",
        *ngettext_noop(
            "Counting the gone, %(start)s becomes %(all)s after %(tenure)s month",
            "Counting the gone, %(start)s becomes %(all)s after %(tenure)s months",
        ),
    ),
    "survival.too_early": _plain(gettext_noop("There are no customers yet whose stay could be measured")),
    "survival.half": _counted(
        "tenure",
        *ngettext_noop(
            "Half of the customers have left after %(tenure)s month",
            "Half of the customers have left after %(tenure)s months",
        ),
    ),
    "survival.still_here": _counted(
        "tenure",
        *ngettext_noop(
            "%(rate)s of the customers are still here after %(tenure)s month",
            "%(rate)s of the customers are still here after %(tenure)s months",
        ),
    ),
    "today.month": _plain(
        gettext_noop("In %(month)s you won %(came)s and lost %(left)s customers. No renewals are due in 90 days.")
    ),
    "today.month_and_renewals": _plain(
        gettext_noop(
            "In %(month)s you won %(came)s and lost %(left)s customers. "
            "Renewals due in 90 days carry %(due_mrr)s a month."
        )
    ),
    "customer.paying": _counted(
        "months",
        *ngettext_noop(
            "%(name)s pays %(mrr)s a month and has paid for %(months)s month.",
            "%(name)s pays %(mrr)s a month and has paid for %(months)s months.",
        ),
    ),
    "customer.left": _counted(
        "months",
        *ngettext_noop(
            "%(name)s left on %(left)s after %(months)s paid month.",
            "%(name)s left on %(left)s after %(months)s paid months.",
        ),
    ),
    "customer.never": _plain(gettext_noop("%(name)s has never paid.")),
    "customer.history.grew": _plain(gettext_noop("From %(first)s to %(last)s a month")),
    "customers.found": _counted(
        "found",
        *ngettext_noop(
            "%(found)s customer pays %(mrr)s a month.",
            "%(found)s customers, %(paying)s of them paying, bring %(mrr)s a month.",
        ),
    ),
    "customers.none": _plain(gettext_noop("No customer matches.")),
    "data.nothing": _plain(gettext_noop("Nothing has been loaded yet.")),
    "data.all_kept": _plain(gettext_noop("All %(rows)s rows that were read are kept.")),
    "data.some_aside": _counted(
        "aside",
        *ngettext_noop(
            "Of %(rows)s rows, %(aside)s was put aside with its reason; %(kept)s are kept.",
            "Of %(rows)s rows, %(aside)s were put aside, each with its reason; %(kept)s are kept.",
        ),
    ),
    "reconcile.too_early": _plain(gettext_noop("There is no complete month yet that could be compared.")),
    "reconcile.same": _plain(gettext_noop("%(tool)s and this book show the same: %(ours)s a month")),
    "reconcile.more": _plain(
        gettext_noop("%(tool)s shows %(gap)s a month more than this book; the largest part: %(cause)s")
    ),
    "reconcile.less": _plain(
        gettext_noop("%(tool)s shows %(gap)s a month less than this book; the largest part: %(cause)s")
    ),
    "reconcile.all_explained": _plain(gettext_noop("Conventions explain all of it.")),
    "reconcile.not_explained": _plain(
        gettext_noop("%(rest)s are not explained by conventions: data or settings of the tool differ.")
    ),
    "definitions": _plain(gettext_noop("What each figure means, and what it must be read with.")),
}


def say(sentence: Sentence) -> str:
    """A sentence in the language in force, its values written for prose."""
    wording = WORDINGS[sentence.code]
    values = {name: prose(value) for name, value in sentence.values.items()}
    if not wording.plural:
        return gettext(wording.text) % values
    number = int(sentence.values[wording.plural].amount or 0)
    return ngettext(wording.text, wording.several, number) % values


def prose(value: Value) -> str:
    """A value for prose: at most three significant figures of money, one decimal of a rate."""
    if value.unit is Unit.MONEY:
        return written.short_money(_whole(value), value.currency or "")
    return full(value)


def full(value: Value) -> str:
    """A value as a table writes it."""
    amount = value.amount
    if amount is None:
        return written.MISSING
    match value.unit:
        case Unit.MONEY:
            return written.money(_whole(value), value.currency or "")
        case Unit.RATE:
            return written.rate(float(amount))
        case Unit.RATIO:
            return written.ratio(float(amount))
        case Unit.COUNT | Unit.MONTHS:
            return written.count(_whole(value))
        case Unit.MONTH:
            return written.month(str(amount))
        case Unit.DATE:
            return written.day_text(str(amount))
        case _:
            return str(amount)


def _whole(value: Value) -> int | None:
    return None if value.amount is None else int(value.amount)
