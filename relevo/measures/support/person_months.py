"""Months in which customers could leave, with whether they had been in contact just before and how that had gone.

A month counts for everybody who paid at the end of the month before, and is lost where nothing is paid at its own end
(as in logo_churn, so that both add up alike). Contact is known when the month begins: what happens later in it explains
nobody's leaving. What is held equal is known before the 90 days of contact, so that contact has not brought it about.
"""

from dataclasses import replace

import ibis
import ibis.expr.types as ir

from relevo.base.periods import first_day
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame
from relevo.measures.slices import SLICE, group, sliced_at
from relevo.measures.support.hours import starts_at

# Contact in so many days before a month counts; they begin in the fourth month before it.
DAYS, BACK = 90, 4
# What contact was like, one cut after the other; each month with contact has one level of every cut.
CUTS = ("response", "outcome", "answer", "contacts")
NO_CONTACT = "none"
EQUAL = ("month", "tenure", "segment", "plan", "size", "usage")
_NO_CASE = ("merged", "spam", "duplicate")
_WENT_SILENT = ("went_silent", "no_reply")


def cells(tables: Tables, frame: Frame) -> ir.Table:
    """Counts of months at risk and of customers lost in them by cut, level and everything that is held equal."""
    rows = months_with_contact(tables, frame)
    keys = group(frame, *EQUAL)
    each = [
        rows.group_by([*keys, rows[cut].name("level")])
        .aggregate(n=rows.count().cast("int64"), lost=rows.lost.sum().cast("int64"))
        .select(ibis.literal(cut).name("cut"), "level", *keys, "n", "lost")
        for cut in CUTS
    ]
    return ibis.union(*each)


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers that were at risk, per slice."""
    rows, keys = sliced_at(at_risk(tables, frame), tables, frame), group(frame)
    return (rows.group_by(keys) if keys else rows).aggregate(customers=rows.customer_id.nunique())


def months_with_contact(tables: Tables, frame: Frame) -> ir.Table:
    """One row per customer and month at risk: what is held equal, and one level of every cut."""
    rows = with_equal(sliced_at(at_risk(tables, frame), tables, frame), tables, frame)
    seen = last_contacts(tables, frame).rename(of_customer="customer_id", of_month="month")
    both = rows.left_join(seen, (rows.customer_id == seen.of_customer) & (rows.month == seen.of_month))
    told = both.select("customer_id", "lost", *group(frame, *EQUAL), *CUTS)
    return told.mutate(**{cut: told[cut].fill_null(NO_CONTACT) for cut in CUTS})


def at_risk(tables: Tables, frame: Frame) -> ir.Table:
    """Customers by months that they entered paying: tenure, whether lost, and the month that tells what is equal."""
    first, last = _asked(frame)
    paid = _paid(tables, first - 1, last)
    entered = paid.filter(paid.month < last).select("customer_id", month=paid.month + 1)
    still = paid.select(payer="customer_id", paid_month="month", still=ibis.literal(1, "int64"))
    known = entered.left_join(still, (entered.customer_id == still.payer) & (entered.month == still.paid_month))
    starts = tables.customer_start.select(starter="customer_id", began="first_month")
    both = known.inner_join(starts, known.customer_id == starts.starter)
    rows = both.select("customer_id", "month", "still", "began")
    told = rows.mutate(
        lost=1 - rows.still.fill_null(0), age=rows.month - rows.began,
        moment=ibis.greatest(rows.month - BACK, rows.began),
    )  # fmt: skip
    return told.select("customer_id", "month", "lost", "age", "moment")


def _asked(frame: Frame) -> tuple[int, int]:
    """The first and the last month at risk."""
    return frame.last_complete - frame.window + 1, frame.last_complete


def _paid(tables: Tables, first: int, last: int) -> ir.Table:
    """Customers with the month ends at which they pay, and what, in the book's currency: customer_id, month, worth."""
    levels, rates = tables.mrr_level, tables.fx_month
    rated = rates.filter(rates.month.between(first, last)).select(rated="currency", month="month", rate_e10="rate_e10")
    there = levels.inner_join(
        rated,
        (levels.currency == rated.rated) & (levels.from_month <= rated.month) & (rated.month < levels.to_month),
    )
    worth = there.arr_e6.cast(EXACT) * there.rate_e10.cast(EXACT)
    each = there.select("customer_id", "month", worth=worth).group_by("customer_id", "month")
    return each.aggregate(worth=lambda t: t.worth.sum().cast(EXACT)).filter(lambda t: t.worth > 0)


def with_equal(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """The same rows with what is held equal, as it was before the 90 days or when the customer began to pay."""
    for name in ("segment", "plan"):
        valued = sliced_at(rows.rename(kept=SLICE) if frame.by else rows, tables, replace(frame, by=name, where=()))
        named = valued.rename({name: SLICE})
        rows = named.rename({SLICE: "kept"}) if frame.by else named
    sized = _with_size(rows, tables, frame)
    used = _with_usage(sized, tables)
    # Renewals fall due at the year's end, whoever has been in contact.
    tenure = ibis.cases(
        ((used.age % 12 == 0) & (used.age > 0), "year's end"), (used.age <= 3, "3 months"),
        (used.age <= 12, "1 year"), (used.age <= 24, "2 years"), else_="longer",
    )  # fmt: skip
    return used.mutate(tenure=tenure)


def _with_size(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """What was paid, in steps of about three: the number of digits, and whether the first is 3 or more."""
    first, last = _asked(frame)
    paid = _paid(tables, first - BACK, last)
    digits = paid.worth.cast("string")
    step = digits.length() * 2 + (digits.left(1) >= "3").cast("int64")
    known = paid.select(payer="customer_id", paid_month="month", step=step.cast("int64"))
    both = rows.left_join(known, (rows.customer_id == known.payer) & (rows.moment == known.paid_month))
    sized = both.select(*rows.columns, "step")
    return sized.mutate(size=sized.step.fill_null(0)).select(*rows.columns, "size")


def _with_usage(rows: ir.Table, tables: Tables) -> ir.Table:
    """Whether use was falling: a month against the one before it, where either is known and the customer was there."""
    used = tables.usage
    dated = used.select("customer_id", "events", month=(used.on_date.year() * 12 + used.on_date.month() - 1))
    monthly = dated.group_by(user="customer_id", used_month=dated.month.cast("int64")).aggregate(
        events=dated.events.sum().cast("int64")
    )
    later = monthly.select(later_user="user", later_month="used_month", later="events")
    one = rows.left_join(later, (rows.customer_id == later.later_user) & (rows.moment == later.later_month))
    one = one.select(*rows.columns, "later").mutate(before=lambda t: t.moment - 1)
    earlier = monthly.select(earlier_user="user", earlier_month="used_month", earlier="events")
    both = one.left_join(earlier, (one.customer_id == earlier.earlier_user) & (one.before == earlier.earlier_month))
    known = both.select(*rows.columns, "later", "earlier")
    now, before = known.later.fill_null(0), known.earlier.fill_null(0)
    trend = ibis.cases(
        ((known.later.isnull() & known.earlier.isnull()) | (known.age <= BACK), "unknown"),
        (now * 5 < before * 4, "falling"), (now * 4 > before * 5, "rising"), else_="steady",
    )  # fmt: skip
    return known.mutate(usage=trend).select(*rows.columns, "usage")


def last_contacts(tables: Tables, frame: Frame) -> ir.Table:
    """Per customer and month the last contact of the 90 days before it, with its level of every cut.

    Contact is an episode in which the customer wrote; merged ones, duplicates and spam are none.
    """
    months, talks = month_starts(tables, frame), _timed(tables, frame)
    within = talks.inner_join(
        months, (talks.begun_day >= months.first_day - DAYS) & (talks.begun_day < months.first_day)
    )
    alike = ibis.window(group_by=["customer_id", "month", "category"])
    latest = ibis.window(
        group_by=["customer_id", "month"],
        order_by=[ibis.desc("begun_at"), ibis.desc("conversation_id"), ibis.desc("episode")],
    )
    within = within.select(*talks.columns, "month", "begins_at")
    placed = within.mutate(contacts_alike=within.count().over(alike), place=ibis.row_number().over(latest))
    return _levels(placed.filter(placed.place == 0), tables)


def month_starts(tables: Tables, frame: Frame) -> ir.Table:
    """The months at risk with their first day and the instant at which they begin."""
    first, last = _asked(frame)
    begins = ((month, starts_at(first_day(month), frame.timezone)) for month in range(first, last + 1))
    asked = tables.calendar_month.filter(tables.calendar_month.month.between(first, last))
    return asked.select("month", "first_day", begins_at=asked.month.cases(*begins))


def _timed(tables: Tables, frame: Frame) -> ir.Table:
    """Contacts with whether the first response was no slower than the median of its category; null without one."""
    every = tables.episode.filter((tables.episode.begun_at < frame.until) & (tables.episode.customer_messages > 0))
    real = every.filter(every.outcome.notin(_NO_CASE))
    response = ibis.coalesce(real.first_business_s, real.first_wait_s)
    rows = real.select(
        "customer_id", "conversation_id", "episode", "begun_at", "begun_day", "first_human_at", "first_resolved_at",
        "closed_at", "outcome", category=real.category.fill_null(""), response=response,
    )  # fmt: skip
    known = rows.filter(rows.response.notnull())
    alike, order = ibis.window(group_by="category"), ibis.window(group_by="category", order_by="response")
    ranked = known.select(
        of_conversation="conversation_id", of_episode="episode",
        is_fast=ibis.rank().over(order) * 2 <= known.count().over(alike) - 1,
    )  # fmt: skip
    both = rows.left_join(
        ranked, (rows.conversation_id == ranked.of_conversation) & (rows.episode == ranked.of_episode)
    )
    return both.select(*rows.columns, "is_fast").filter(lambda t: t.customer_id.notnull())


def _levels(rows: ir.Table, tables: Tables) -> ir.Table:
    """What had been seen of a contact by the beginning of the month."""
    told = _answers(rows, tables)
    joined = rows.left_join(told, (rows.customer_id == told.of_customer) & (rows.month == told.of_month))
    both = joined.select(*rows.columns, "answer").mutate(answer=lambda t: t.answer.fill_null(""))
    is_answered = (both.first_human_at < both.begins_at).fill_null(False) & both.is_fast.notnull()
    is_resolved = (both.first_resolved_at < both.begins_at).fill_null(False)
    is_silent = (both.closed_at < both.begins_at).fill_null(False) & both.outcome.isin(_WENT_SILENT)
    return both.select(
        "customer_id", "month",
        response=ibis.cases((~is_answered, "unanswered"), (both.is_fast, "fast"), else_="slow"),
        outcome=ibis.cases((is_resolved, "resolved"), (is_silent, "silent"), else_="unresolved"),
        answer=ibis.cases(
            (both.answer == "great", "happy"), (both.answer == "not_good", "unhappy"),
            (both.answer == "okay", "okay"), else_="no_answer",
        ),
        contacts=ibis.cases((both.contacts_alike == 1, "first"), (both.contacts_alike == 2, "second"), else_="third"),
    )  # fmt: skip


def _answers(rows: ir.Table, tables: Tables) -> ir.Table:
    """The last rating of each contact that was given before the month began."""
    votes = tables.vote.filter(tables.vote.answer.notnull()).select(
        voted="conversation_id", voted_episode="episode", voted_at="at", rating_id="rating_id", answer="answer"
    )
    both = rows.inner_join(
        votes,
        (rows.conversation_id == votes.voted) & (rows.episode == votes.voted_episode)
        & (votes.voted_at < rows.begins_at),
    ).select("customer_id", "month", "voted_at", "rating_id", "answer")  # fmt: skip
    order = ibis.window(group_by=["customer_id", "month"], order_by=[ibis.desc("voted_at"), ibis.desc("rating_id")])
    last = both.mutate(recent=ibis.row_number().over(order)).filter(lambda t: t.recent == 0)
    return last.select(of_customer="customer_id", of_month="month", answer="answer")
