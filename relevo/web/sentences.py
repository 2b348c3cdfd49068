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
    "talks.locked": _plain(gettext_noop("How long customers wait is not measured in so small a company")),
    "talks.none": _plain(gettext_noop("No customer was answered in the last complete month")),
    "talks.waited": _plain(
        gettext_noop(
            "Customers waited %(wait)s for a first answer in %(month)s (median of %(n)s); %(kept)s of last year’s "
            "revenue was kept."
        )
    ),
    "talks.waited_alone": _plain(
        gettext_noop(
            "Customers waited %(wait)s for a first answer in %(month)s (median of %(n)s); what was kept is not known "
            "yet."
        )
    ),
    "waits.half": _plain(gettext_noop("Half of the customers waited longer than %(wait)s in %(month)s.")),
    "waits.slow": _plain(
        gettext_noop("Half of the customers waited longer than %(wait)s in %(month)s, one in ten longer than %(slow)s.")
    ),
    "waits.promised": _plain(
        gettext_noop(
            "%(within)s were answered when promised in %(month)s; half waited longer than %(wait)s, %(open)s still "
            "wait."
        )
    ),
    "load.locked": _plain(gettext_noop("Who carries how much is not measured in so small a company")),
    "load.none": _plain(gettext_noop("There is no hard work to share yet")),
    "load.uneven": _plain(
        gettext_noop("One of %(n)s carries %(share)s of the hard work, where %(fair)s would be their part of the time.")
    ),
    "load.even": _plain(
        gettext_noop("Hard work is spread evenly over %(n)s people: who has most carries %(share)s (Gini %(gini)s).")
    ),
    "types.locked": _plain(gettext_noop("What the time goes to is not measured in so small a company")),
    "types.none": _plain(gettext_noop("No conversation began in the last three months")),
    "types.most": _plain(
        gettext_noop("%(share)s of the time goes to “%(category)s”, which is %(part)s of the %(n)s conversations.")
    ),
    "channels.locked": _plain(gettext_noop("A small company needs one channel, and people who answer on it")),
    "channels.choose": _plain(gettext_noop("Adding a channel is easier than leaving one")),
    "channels.good": _plain(
        gettext_noop("None of the %(n)s conversations that customers began in twelve months came to nothing")
    ),
    "channels.even": _plain(
        gettext_noop(
            "%(share)s of the %(n)s conversations that customers began in twelve months came to nothing, on no channel "
            "clearly more than on all"
        )
    ),
    "channels.worst": _plain(
        gettext_noop(
            "%(part)s of what customers began by “%(channel)s” came to nothing; of all %(n)s conversations of twelve "
            "months it was %(share)s"
        )
    ),
    "volume.same": _plain(gettext_noop("As many conversations began in %(until)s as in %(since)s")),
    "volume.more": _plain(gettext_noop("%(n)s more conversations began in %(until)s than in %(since)s")),
    "volume.fewer": _plain(gettext_noop("%(n)s fewer conversations began in %(until)s than in %(since)s")),
    "volume.more_customers": _plain(
        gettext_noop("%(n)s more conversations than in %(since)s: %(part)s because there are more customers")
    ),
    "volume.more_mix": _plain(
        gettext_noop("%(n)s more conversations than in %(since)s: %(part)s because there are other customers")
    ),
    "volume.more_rate": _plain(
        gettext_noop("%(n)s more conversations than in %(since)s: %(part)s because customers write more often")
    ),
    "volume.fewer_customers": _plain(
        gettext_noop("%(n)s fewer conversations than in %(since)s: %(part)s because there are fewer customers")
    ),
    "volume.fewer_mix": _plain(
        gettext_noop("%(n)s fewer conversations than in %(since)s: %(part)s because there are other customers")
    ),
    "volume.fewer_rate": _plain(
        gettext_noop("%(n)s fewer conversations than in %(since)s: %(part)s because customers write less often")
    ),
    "records.none": _plain(gettext_noop("Nothing is in the records yet: load deals and customers")),
    "records.rates": _plain(
        gettext_noop("Fields for reports are %(report)s full, what was learned of the customer %(discovery)s")
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
    "methods.same": _plain(gettext_noop("Counted by customers or by movements, net retention is %(cohort)s.")),
    "methods.differ": _plain(
        gettext_noop(
            "Counted by customers net retention is %(cohort)s, by movements %(movement)s: movements also count what "
            "customers did that came within the year."
        )
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
    "survival.not_compared": _plain(gettext_noop("There are too few customers for a comparison")),
    "survival.differs": _counted(
        "tenure",
        *ngettext_noop(
            "After %(tenure)s month %(best_rate)s of %(best)s are still here, and %(worst_rate)s of %(worst)s",
            "After %(tenure)s months %(best_rate)s of %(best)s are still here, and %(worst_rate)s of %(worst)s",
        ),
    ),
    "survival.may_be_chance": _counted(
        "tenure",
        *ngettext_noop(
            "%(best_rate)s of %(best)s and %(worst_rate)s of %(worst)s after %(tenure)s month: it may be chance",
            "%(best_rate)s of %(best)s and %(worst_rate)s of %(worst)s after %(tenure)s months: it may be chance",
        ),
    ),
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
    "today.company": _plain(
        gettext_noop(
            "The company kept %(rate)s of the revenue of a year ago; amounts of customers are not for you to see."
        )
    ),
    "economics.too_early": _plain(
        gettext_noop("It is too early to say what a new customer brings: nobody has been here long enough.")
    ),
    "economics.no_cost": _plain(
        gettext_noop(
            "A new customer brings %(ltv)s of margin; what it costs is not known: load acquisition spend (table spend)."
        )
    ),
    "economics.costs_and_brings": _plain(
        gettext_noop("A new customer costs %(cac)s to win and brings %(ltv)s of margin, %(ratio)s times its cost.")
    ),
    "economics.lost_before_payback": _counted(
        "lost",
        *ngettext_noop(
            "It has paid back after %(months)s months; %(lost)s left before that in a year, and %(lost_money)s with "
            "it.",
            "It has paid back after %(months)s months; %(lost)s left before that in a year, and %(lost_money)s with "
            "them.",
        ),
    ),
    "ratios.too_early": _plain(gettext_noop("What customers bring cannot be compared with their cost yet")),
    "ratios.below": _plain(
        gettext_noop(
            "%(worst)s brings %(worst_ratio)s times its cost, surely less than %(line)s; %(best)s %(best_ratio)s"
        )
    ),
    "ratios.none_below": _plain(
        gettext_noop("None brings surely less than %(line)s times its cost; %(best)s brings %(best_ratio)s")
    ),
    "payback.no_cost": _plain(gettext_noop("Payback needs acquisition spend (table spend)")),
    "payback.too_early": _plain(gettext_noop("There are too few customers to say when one has paid back")),
    "payback.never": _plain(gettext_noop("With those who leave, a new customer does not pay back")),
    "payback.after": _counted(
        "months",
        *ngettext_noop(
            "With those who leave, a new customer has paid back after %(months)s month",
            "With those who leave, a new customer has paid back after %(months)s months",
        ),
    ),
    "lifetime.too_early": _plain(gettext_noop("Two years of history are needed to say what moved the value")),
    "lifetime.rose": _plain(
        gettext_noop("A new customer is worth %(moved)s more than a year before; most of it: %(part)s, %(part_money)s")
    ),
    "lifetime.fell": _plain(
        gettext_noop("A new customer is worth %(moved)s less than a year before; most of it: %(part)s, %(part_money)s")
    ),
    "ahead.too_early": _plain(gettext_noop("It is too early for a forecast: there is no past to go by.")),
    "ahead.in_a_year": _plain(
        gettext_noop(
            "If it goes on like this, MRR is %(total)s in a year, %(share)s of it from customers you have already."
        )
    ),
    "ahead.will_leave": _counted(
        "lost",
        *ngettext_noop(
            "%(lost)s of them is expected to leave, with %(money)s a month.",
            "%(lost)s of them are expected to leave, with %(money)s a month.",
        ),
    ),
    "forecast.too_early": _plain(gettext_noop("There is no past to forecast from yet")),
    "forecast.grows": _plain(
        gettext_noop("In a year new customers add %(new)s; those you have grow by %(existing)s net")
    ),
    "forecast.leaks": _plain(gettext_noop("In a year new customers add %(new)s; those you have lose %(existing)s net")),
    "leaving.too_early": _plain(gettext_noop("There are too few customers to say how many will leave")),
    "leaving.expected": _plain(
        gettext_noop("%(lost)s of %(customers)s customers, %(share)s, are expected to leave in a year")
    ),
    "renewals.none": _plain(gettext_noop("No contract comes up for renewal in 90 days")),
    "renewals.due": _counted(
        "n",
        *ngettext_noop(
            "%(n)s contract with %(mrr)s a month comes up for renewal in 90 days",
            "%(n)s contracts with %(mrr)s a month come up for renewal in 90 days",
        ),
    ),
    "scores.none": _plain(gettext_noop("No forecast is old enough to be judged yet")),
    "scores.of": _plain(
        gettext_noop("Of %(cells)s forecasts, %(inside)s held what happened; %(expected)s were expected, %(lost)s left")
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
    "today.month.yours": _counted(
        "n",
        *ngettext_noop(
            "In %(month)s your %(n)s customer: %(came)s won, %(left)s lost. No renewals are due in 90 days.",
            "Of your %(n)s customers %(came)s were won and %(left)s lost in %(month)s. No renewals are due in 90 days.",
        ),
    ),
    "today.month_and_renewals.yours": _counted(
        "n",
        *ngettext_noop(
            "In %(month)s your %(n)s customer: %(came)s won, %(left)s lost. "
            "Renewals due in 90 days carry %(due_mrr)s a month.",
            "Of your %(n)s customers %(came)s were won and %(left)s lost in %(month)s. "
            "Renewals due in 90 days carry %(due_mrr)s a month.",
        ),
    ),
    "review.quarter": _plain(
        gettext_noop("%(quarter)s added %(net)s a month; %(nrr)s of last year’s revenue was kept, %(grr)s gross.")
    ),
    "benefit.none": _plain(gettext_noop("None of these customers reached a value event since %(since)s.")),
    "benefit.unknown": _plain(
        gettext_noop("What customers gained is not known yet: load the table milestone (first value, go-live).")
    ),
    "benefit.reached": _counted(
        "customers",
        *ngettext_noop(
            "Since %(since)s %(customers)s customer gained something: %(kinds)s.",
            "Since %(since)s %(customers)s customers gained something: %(kinds)s.",
        ),
    ),
    "customer.paying": _counted(
        "months",
        *ngettext_noop(
            "%(name)s pays %(mrr)s a month and has paid for %(months)s month.",
            "%(name)s pays %(mrr)s a month and has paid for %(months)s months.",
        ),
    ),
    "customer.paying_unsaid": _counted(
        "months",
        *ngettext_noop("%(name)s has paid for %(months)s month.", "%(name)s has paid for %(months)s months."),
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
    "customers.found_unsaid": _counted(
        "found",
        *ngettext_noop(
            "%(found)s customer; its amounts are not for you to see.",
            "%(found)s customers, %(paying)s of them paying; amounts of some or all are not for you to see.",
        ),
    ),
    "customers.found_by_person": _counted(
        "found",
        *ngettext_noop(
            "%(found)s customer; sums by person are not for you to see.",
            "%(found)s customers, %(paying)s of them paying; sums by person are not for you to see.",
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
    "definitions.all": _counted(
        "unowned",
        *ngettext_noop(
            "%(of)s figures, each with what it means and what it must be read with; %(unowned)s has no owner.",
            "%(of)s figures, each with what it means and what it must be read with; %(unowned)s have no owner.",
        ),
    ),
    "definitions.found": _plain(gettext_noop("%(found)s of %(of)s figures match.")),
    "promises.due": _counted(
        "due",
        *ngettext_noop(
            "Of %(due)s promise that was due, %(kept)s was kept, %(late)s kept late and %(broken)s broken",
            "Of %(due)s promises that were due, %(kept)s were kept, %(late)s kept late and %(broken)s broken",
        ),
    ),
    "promises.none_due": _counted(
        "made",
        *ngettext_noop(
            "%(made)s promise was made, and none is due yet", "%(made)s promises were made, and none is due yet"
        ),
    ),
    "promises.none": _plain(gettext_noop("No promise is known")),
    "fit.unqualified": _counted(
        "wins",
        *ngettext_noop(
            "%(unqualified)s of %(wins)s win of the last year was unqualified: %(amount)s",
            "%(unqualified)s of %(wins)s wins of the last year were unqualified: %(amount)s",
        ),
    ),
    "fit.unqualified_unsaid": _counted(
        "wins",
        *ngettext_noop(
            "%(unqualified)s of %(wins)s win of the last year was unqualified",
            "%(unqualified)s of %(wins)s wins of the last year were unqualified",
        ),
    ),
    "fit.all_qualified": _counted(
        "wins",
        *ngettext_noop(
            "The one win of the last year was qualified", "All %(wins)s wins of the last year were qualified"
        ),
    ),
    "fit.no_wins": _plain(gettext_noop("No deal for new business was won in the last year")),
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


_WHOLE = {Unit.COUNT: written.count, Unit.MONTHS: written.count, Unit.SECONDS: written.duration}


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
        case Unit.COUNT | Unit.MONTHS | Unit.SECONDS:
            return _WHOLE[value.unit](_whole(value))
        case Unit.MONTH:
            return written.month(str(amount))
        case Unit.DATE:
            return written.day_text(str(amount))
        case _:
            return str(amount)


def _whole(value: Value) -> int | None:
    return None if value.amount is None else int(value.amount)
