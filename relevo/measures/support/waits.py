"""How long customers wait for the first answer of a person, and whether it came when it was promised."""

from functools import partial

import ibis
import ibis.expr.types as ir

from relevo.book.schema import OPEN, Tables
from relevo.measures.card import (
    BEHIND,
    TEAM,
    Card,
    Dimension,
    Direction,
    Found,
    Frame,
    Kind,
    Model,
    Out,
    Record,
    Unit,
)
from relevo.measures.rounding import rate
from relevo.measures.slices import NONE, SLICE, group, sliced_by_own
from relevo.measures.support.quantiles import marks, quantile
from relevo.measures.support.spells import fell_in, period_of, periods, readings, seconds
from relevo.measures.support.teams import with_team

PERSON = "person"
OWN = (
    Dimension(TEAM, "the team of whoever answered, at that time; of whoever holds it where nobody has."),
    Dimension("channel", "how the conversation came in."),
    Dimension("tier", "the service tier it was handled under."),
    Dimension("category", "what it is about, as it was first said."),
    Dimension(PERSON, "who answered, as a person_id; then the person's own part is told.", is_person=True),
)
_NAMES = tuple(each.name for each in OWN)


def followed(tables: Tables, frame: Frame) -> ir.Table:
    """First answers of each period and those not yet given at its end, with the slice asked for.

    `answered` and `given_up` are 1 or 0; `waited_s` and `business_s` go on to the answer or the period's end;
    `promise_s` is what the tier was promised. By person: what was answered, with the person's part as `waited_s`.
    """
    waits = _first(tables, frame)
    asked = {frame.by, *(name for name, _ in frame.where)}
    if PERSON in asked:
        rows = _own_part(waits)
    else:
        rows = ibis.union(_answered(waits), _still_open(waits, tables, frame), _given_up(waits))
    if TEAM in asked:
        rows = with_team(rows, tables)
    return sliced_by_own(rows, tables, frame, _NAMES)


def _first(tables: Tables, frame: Frame) -> ir.Table:
    """First waits begun by the end of the as-of day, with the periods in which they begin and end as known then."""
    rows = tables.customer_wait.filter(lambda t: t.is_first & (t.from_at < frame.until))
    is_answered = (rows.until_at < frame.until).fill_null(False)
    ended = ibis.coalesce(rows.until_at, rows.given_up_at)
    return rows.mutate(
        person="person_id",
        from_month=period_of(rows.from_at, frame),
        end_month=period_of(ended, frame),
        month=fell_in(ended, frame),
        answered=is_answered.cast("int64"),
        promise_s=promise_of(rows.tier, frame),
    )


def promise_of(tier: ir.StringValue, frame: Frame) -> ir.IntegerValue:
    """The open seconds in which a tier was promised an answer; null where it was promised none."""
    given = frame.assumptions.response_promises
    if not given:
        return ibis.null("int64")
    return tier.fill_null(NONE).cases(*((name, ibis.literal(60 * minutes, "int64")) for name, minutes in given))


def _answered(waits: ir.Table) -> ir.Table:
    """Waits in the period in which a person answered."""
    rows = waits.filter((waits.answered == 1) & (waits.month < OPEN))
    return _told(rows, rows.wait_s, rows.business_s)


def _own_part(waits: ir.Table) -> ir.Table:
    """The same with the answering person's own part; waits of which it is not known are left out."""
    rows = waits.filter((waits.answered == 1) & (waits.month < OPEN) & waits.reaction_s.notnull())
    return _told(rows, rows.reaction_s, ibis.null("int64"))


def _still_open(waits: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Waits at the end of every period that they outlast, with the time that had passed by then."""
    lasting = waits.filter(waits.from_month < waits.end_month).drop("month")
    then = periods(frame)
    there = lasting.inner_join(then, (lasting.from_month <= then.month) & (then.month < lasting.end_month))
    shown = readings(tables, frame)
    read = there.left_join(shown, (there.calendar == shown.open_calendar) & (there.month == shown.read_month))
    openly = read.reading_s.fill_null(0) - read.from_reading_s
    rows = read.mutate(person=ibis.null("string"), answered=ibis.literal(0, "int64"))
    return _told(rows, rows.end_s - seconds(rows.from_at), openly)


def _given_up(waits: ir.Table) -> ir.Table:
    """Waits in the period in which the conversation was closed without an answer; their length is nobody's figure."""
    rows = waits.filter((waits.answered == 0) & (waits.month < OPEN))
    unknown = ibis.null("int64")
    return _told(rows.mutate(promise_s=unknown), unknown, unknown, given_up=1)


def _told(rows: ir.Table, waited: ir.Value, openly: ir.Value, given_up: int = 0) -> ir.Table:
    """The columns that every row has; the answer's instant, or that of the question, says in which team it was."""
    return rows.select(
        "conversation_id", "episode", "customer_id", "channel", "tier", "category", "person", "month", "answered",
        "promise_s", key_month=rows.month, at=ibis.coalesce(rows.until_at, rows.from_at), waited_s=waited,
        business_s=openly, given_up=ibis.literal(given_up, "int64"),
    )  # fmt: skip


def counts(tables: Tables, frame: Frame) -> ir.Table:
    """First answers per period (and slice), those not yet given, and of those promised how many came in time."""
    rows = followed(tables, frame)
    in_time = rows.business_s <= rows.promise_s
    is_judged = (rows.answered == 1) | ~in_time
    return rows.group_by(group(frame, "month")).aggregate(
        n=rows.answered.sum().cast("int64"),
        open_n=(1 - rows.answered - rows.given_up).sum().cast("int64"),
        given_up_n=rows.given_up.sum().cast("int64"),
        promised=in_time.count(where=is_judged),
        kept=in_time.sum(where=rows.answered == 1).cast("int64"),
    )


def quantiles(tables: Tables, frame: Frame, length: str) -> ir.Table:
    """The marks of the quantiles of `waited_s` or `business_s` per period (and slice)."""
    return marks(followed(tables, frame), group(frame, "month"), length)


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers who waited, per slice."""
    rows, keys = followed(tables, frame), group(frame)
    return (rows.group_by(keys) if keys else rows).aggregate(customers=rows.customer_id.nunique())


def _finish(found: Found, frame: Frame) -> list[Record]:
    cells = {(r["month"], r.get(SLICE)): r for r in found["counts"]}
    waited, openly = ({(r["month"], r.get(SLICE)): r for r in found[part]} for part in ("waited", "business"))
    keys = sorted(cells, key=str) if frame.by else [(month, None) for month in frame.ends]
    return [_row(key, cells.get(key, {}), waited.get(key), openly.get(key), frame) for key in keys]


def _row(
    key: tuple[int, str | None], counted: Record, waited: Record | None, openly: Record | None, frame: Frame
) -> Record:
    month, of = key
    return {
        "month": month,
        **({frame.by: of} if frame.by else {}),
        "first_response_s": quantile(waited, "half"),
        "first_response_p90_s": quantile(waited, "tenth"),
        "business_s": quantile(openly, "half"),
        "within_promise": rate(int(counted.get("kept") or 0), int(counted.get("promised") or 0)),
        "n": int(counted.get("n") or 0),
        "open_n": int(counted.get("open_n") or 0),
        "given_up_n": int(counted.get("given_up_n") or 0),
    }


WAITS = Model(
    Card(
        name="waits",
        title="First answers",
        question="How long do customers wait for the first answer of a person, and does it come when promised?",
        unit=Unit.SECONDS,
        grain="one row per period, or one per period and slice",
        direction=Direction.DOWN,
        kind=Kind.EFFICIENCY,
        read_with=("happiness", "gross_revenue_retention"),
        columns=(
            Out("month", Unit.MONTH, "The period in which they were answered; for open ones, at whose end they were."),
            Out("first_response_s", Unit.SECONDS, "Median from the first question to a person's first public answer."),
            Out("first_response_p90_s", Unit.SECONDS, "What nine in ten did not exceed; null if too many still wait."),
            Out("business_s", Unit.SECONDS, "The median in open hours alone; null without a schedule."),
            Out("within_promise", Unit.RATE, "Of those promised an answer, the share that got it in time."),
            Out("n", Unit.COUNT, "First answers given in the period."),
            Out("open_n", Unit.COUNT, "First answers not yet given when the period ended."),
            Out("given_up_n", Unit.COUNT, "Conversations closed in the period before a person had answered."),
        ),
        definition=(
            "A wait runs from the customer's first message of an episode to the next public reply of a human; bots, "
            "automatic mails and internal notes end none, and conversations that the company began have none. An "
            "answer counts in the period in which it was given. Who still waits at a period's end is not left out: "
            "the wait counts there as longer than it has lasted so far (Kaplan-Meier), so a figure of a past period "
            "never changes and leaving hard cases unanswered does not make it look better. What was closed without an "
            "answer leaves them on that day and is counted as given up. Business seconds are those in which the "
            "calendar of the case is open. The promise of a tier is the house rule response_promises, in minutes of "
            "open hours; an answer that comes on closing time is in time, an open wait that has lasted longer than "
            "promised is not kept, and without a promise or a schedule nothing is told. A median of an even number is "
            "the mean of the two in the middle. By person the customer's wait is never told: first_response_s and "
            "first_response_p90_s are then the person's own part, from when it had both the question and the case to "
            "its reply, in the seconds of its own shifts; n are the first answers of which that is known, and the "
            "other columns are empty."
        ),
        source="Support reference, section 3; Kaplan and Meier 1958.",
        assumes=("response_promises",),
        starts_with=("episode", "begun_month"),
        own_dimensions=OWN,
        from_stage=2,
    ),
    {
        "counts": counts,
        "waited": partial(quantiles, length="waited_s"),
        "business": partial(quantiles, length="business_s"),
        BEHIND: behind,
    },
    _finish,
)
