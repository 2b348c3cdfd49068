"""What conversations are about, and how much time that takes (rows S0-47 and S3-24)."""

from collections.abc import Mapping
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.money import apportion
from relevo.base.periods import month_of
from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.rounding import RATE_DIGITS, rounded_parts
from relevo.measures.slices import NONE, by_slice, group, sliced
from relevo.measures.support.effort import first_month, seconds_per_reply, window_begins
from relevo.measures.support.persons import FROM_STAGE

MONTHS = 3
_SECONDS = 60


def begun(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations that began in the window, with their category and the slice asked for."""
    rows, begins = tables.episode, window_begins(frame)
    inside = rows.filter((rows.begun_at >= begins) & (rows.begun_at < frame.until))
    told = inside.select(
        "conversation_id", "episode", "customer_id", category=inside.category.fill_null(NONE),
        key_month=ibis.literal(first_month(frame), "int64"),
    )  # fmt: skip
    return sliced(told, tables, frame)


def types(tables: Tables, frame: Frame) -> ir.Table:
    """How many conversations began, per category (and slice)."""
    rows = begun(tables, frame)
    return rows.group_by(group(frame, "category")).aggregate(conversations=rows.count())


def time(tables: Tables, frame: Frame) -> ir.Table:
    """Seconds that were measured in them, by how many replies, and the replies nobody measured; per category."""
    replies = tables.reply.filter(lambda t: t["at"] < frame.until)
    told = replies.select("seconds_spent", of_conversation="conversation_id", of_episode="episode")
    talks = begun(tables, frame)
    rows = told.inner_join(talks, (told.of_conversation == talks.conversation_id) & (told.of_episode == talks.episode))
    return rows.group_by(group(frame, "category")).aggregate(**_spent(rows))


def pace(tables: Tables, frame: Frame) -> ir.Table:
    """Measured seconds of all replies of the window, and how many replies they are: what one takes on average."""
    begins = window_begins(frame)
    rows = tables.reply.filter(lambda t: (t["at"] >= begins) & (t["at"] < frame.until))
    return rows.aggregate(**_spent(rows))


def _spent(rows: ir.Table) -> dict[str, ir.Value]:
    known = rows.seconds_spent.count().cast("int64")
    return {
        "known_s": rows.seconds_spent.sum().fill_null(0).cast("int64"),
        "known_replies": known,
        "rest": rows.count().cast("int64") - known,
    }


def active(tables: Tables, frame: Frame) -> ir.Table:
    """Paying customers at the ends of the window's months, added up over the months (by slice)."""
    asked = list(range(first_month(frame), month_of(frame.as_of) + 1))
    months = tables.calendar_month.filter(lambda t: t.month.isin(asked)).select(at="month")
    paid = tables.mrr_level.filter(lambda t: t.arr_e6 > 0)
    there = paid.inner_join(months, (paid.from_month <= months["at"]) & (months["at"] < paid.to_month))
    rows = there.select("customer_id", "at", key_month=ibis.literal(first_month(frame), "int64")).distinct()
    cut = sliced(rows, tables, frame)
    return (cut.group_by(group(frame)) if frame.by else cut).aggregate(customer_months=cut.count())


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers whose conversations began, per slice."""
    rows = begun(tables, frame)
    return (rows.group_by(group(frame)) if frame.by else rows).aggregate(customers=rows.customer_id.nunique())


def _finish(found: Found, frame: Frame) -> list[Record]:
    seconds = Fraction(seconds_per_reply(found["pace"]))
    spent, paying = by_slice(found["time"], frame), by_slice(found["active"], frame)
    rows: list[Record] = []
    for of, kinds in by_slice(found["types"], frame).items():
        months = sum(int(r["customer_months"]) for r in paying.get(of, []))
        times = {str(r["category"]): _minutes(r, seconds) for r in spent.get(of, [])}
        counts = {str(r["category"]): int(r["conversations"]) for r in kinds}
        label = {frame.by: of} if frame.by else {}
        rows += [{**label, **row} for row in _rows(counts, times, months, frame.window)]
    return rows


def _minutes(row: Record, seconds: Fraction) -> Fraction:
    return (int(row["known_s"]) + seconds * int(row["rest"])) / _SECONDS


def _rows(counts: Mapping[str, int], times: Mapping[str, Fraction], months: int, window: int) -> list[Record]:
    """The rows of one whole, the most time first; minutes and shares add up to it."""
    names = sorted(counts, key=lambda name: (-times.get(name, Fraction(0)), name))
    exact = [times.get(name, Fraction(0)) for name in names]
    whole, parts = sum(exact, Fraction(0)), 10**RATE_DIGITS
    shares = apportion([each / whole * parts for each in exact], parts) if whole else []
    return [
        {
            "category": name,
            "conversations": counts[name],
            "minutes": minutes,
            "share": shares[place] / parts if shares else None,
            "per_100_customers": round(100 * counts[name] * window / months, 2) if months else None,
        }
        for place, (name, minutes) in enumerate(zip(names, rounded_parts(exact), strict=True))
    ]


WORK_TYPES = Model(
    Card(
        name="work_types",
        title="Types of work",
        question="What do customers write about, and how much of our time does each of it take?",
        unit=Unit.RATE,
        grain="one row per category, or per slice and category",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("happiness", "load"),
        columns=(
            Out("category", Unit.TEXT, "What it is about, as first set; (none) where nobody said."),
            Out("conversations", Unit.COUNT, "Conversations that began in the window."),
            Out("minutes", Unit.COUNT, "Time spent on them by the end of the as-of day, measured or estimated."),
            Out("share", Unit.RATE, "Part of the minutes of all; the parts add up to 1. Null where no time was spent."),
            Out("per_100_customers", Unit.RATIO, "Conversations of the window per 100 paying customers."),
        ),
        definition=(
            "Conversations that began in the three months that end with the as-of day's, or in those of --months; one "
            "that is taken up again a week after it was solved counts again. The category is the one first set: later "
            "retagging moves nothing. Minutes are what systems measured in public replies; a reply that nobody "
            "measured counts as the window's mean measured one, and as 5 minutes where none was: an estimate then. "
            "Paying customers are the mean over the ends of the window's months. Conversations of unknown senders and "
            "of customers that do not pay are counted too. A customer's slice is its value when the window opened, at "
            "the earliest that of its first paying month; shares then add up to 1 within a slice."
        ),
        source="Rows S0-47 and S3-24; contact rate by driver.",
        months=MONTHS,
        has_months=False,
        ends_earlier=True,
        from_stage=FROM_STAGE,
    ),
    {"types": types, "time": time, "pace": pace, "active": active, BEHIND: behind},
    _finish,
)
