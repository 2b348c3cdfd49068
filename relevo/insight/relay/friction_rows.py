"""The stages that customers finished, asked of the book: how long, waits, questions asked again, effort."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.book.book import Book, Tables
from relevo.insight.relay.friction import LOOK_BACK_DAYS, Facts
from relevo.insight.relay.lost_rows import SETTLED_DAYS

# The milestones that end the stages after the sale.
ENDS = ("set_up", "go_live", "adopted")
NO_SEGMENT = ""
_KEY = ["customer_id", "stage"]


def seconds(instant: datetime) -> int:
    """An instant of the book, which is UTC without saying so, in seconds."""
    return int(instant.replace(tzinfo=UTC).timestamp())


def facts_of(book: Book) -> Facts:
    """Every stage that a customer finished within the last two years, in order of customer and stage.

    Waits are known from the first message of the help desk on; questions asked again where a hand-off within the stage
    has settled; effort where it was asked within the stage.
    """
    stages = stages_of(book.tables, book.until)
    found = _beside(stages, _waits(book, stages), _asked(book, stages), _effort(book, stages))
    listed = book.run(found.order_by(_KEY)).rows
    columns = list(zip(*listed, strict=True)) if listed else [()] * 11
    customer, segment, stage, began, ended, over, waited, wrote, asked, easy, worst = columns
    told = _first_message(book)
    known = np.array(began, dtype=np.int64) >= told if told is not None else np.zeros(len(customer), dtype=bool)
    return Facts(
        customer, [name or NO_SEGMENT for name in segment], _whole(stage), _whole(began), _whole(ended),
        waited=np.where(known, _whole(waited), np.nan), wrote=_whole(wrote), over_plan=_float(over),
        asked=_float(asked), effort=1 - _float(easy) / _float(worst),
    )  # fmt: skip


def _whole(values: Sequence[Any]) -> Any:
    return np.array(values, dtype=np.int64)


def _float(values: Sequence[Any]) -> Any:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _first_message(book: Book) -> int | None:
    message = book.tables.message
    ((first,),) = book.run(message.aggregate(first=message["at"].min())).rows
    return None if first is None else seconds(first)


def stages_of(tables: Tables, until: datetime) -> ir.Table:
    """A row per customer and stage finished within the last two years: when it began and ended, whether over plan.

    A stage whose end lies before its beginning is not known.
    """
    borders = borders_of(tables, until)
    starts = ("opened_at", "won_at", *(f"{kind}_at" for kind in ENDS))
    dues = (None, None, *(f"{kind}_due" for kind in ENDS))
    union = ibis.union(*(_stage(borders, i, starts[i : i + 2], dues[i : i + 2]) for i in range(4)))
    since = seconds(until - timedelta(days=LOOK_BACK_DAYS))
    return union.filter((union.ended >= union.began) & (union.ended >= since))


def _stage(borders: ir.Table, place: int, ends: tuple[str, ...], dues: tuple[str | None, ...]) -> ir.Table:
    begin, end = borders[ends[0]], borders[ends[1]]
    over: ir.Value = ibis.null("int64")
    if dues[1] is not None:
        planned_from = borders[dues[0]] if dues[0] else begin.date()
        planned = borders[dues[1]].delta(planned_from, unit="day")
        took = end.date().delta(begin.date(), unit="day")
        over = ibis.ifelse(planned >= 0, (took > planned).cast("int64"), ibis.null("int64"))
    return borders.select(
        "customer_id", "segment", stage=ibis.literal(place, "int64"), began=begin.epoch_seconds().cast("int64"),
        ended=end.epoch_seconds().cast("int64"), over=over,
    )  # fmt: skip


def borders_of(tables: Tables, until: datetime) -> ir.Table:
    """Per customer: its first won deal of kind new, when each step was first reached, and its first expected day."""
    deals, steps = tables.deal, tables.milestone.filter(tables.milestone.kind.isin(ENDS))
    won = deals.filter(
        (deals.kind == "new") & (deals.outcome == "won") & deals.customer_id.notnull() & (deals.closed_at < until)
    )
    order = ibis.window(group_by="customer_id", order_by=["closed_at", "deal_id"])
    first = won.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    traits = tables.customer.select(named="customer_id", segment="segment")
    named = first.left_join(traits, first.customer_id == traits.named)
    reached = {
        f"{kind}_at": ibis.ifelse((steps.kind == kind) & (steps.reached_at < until), steps.reached_at,
                                  ibis.null("timestamp")).min()
        for kind in ENDS
    }  # fmt: skip
    due = {
        f"{kind}_due": ibis.ifelse(steps.kind == kind, steps.expected_on, ibis.null("date")).min() for kind in ENDS
    }  # fmt: skip
    found = steps.group_by(stepped="customer_id").aggregate(**reached, **due)
    both = named.left_join(found, named.customer_id == found.stepped)
    return both.select("customer_id", "segment", "opened_at", *reached, *due, won_at="closed_at")


def _beside(stages: ir.Table, waits: ir.Table, asked: ir.Table, effort: ir.Table) -> ir.Table:
    found = stages
    for each in (waits, asked, effort):
        renamed = each.rename(of_customer="customer_id", of_stage="stage")
        joined = found.left_join(
            renamed, (found.customer_id == renamed.of_customer) & (found.stage == renamed.of_stage)
        )
        found = joined.drop("of_customer", "of_stage")
    return found.select(
        "customer_id", "segment", "stage", "began", "ended", "over", waited=found.waited.fill_null(0),
        wrote=found.wrote.fill_null(0), asked="asked", easy="easy", worst="worst",
    )  # fmt: skip


def _within(stages: ir.Table, rows: ir.Table) -> ir.Table:
    """Rows of customers (`who`, `at` in seconds) with the stage in which they fall."""
    inside = (stages.customer_id == rows.who) & (rows["at"] >= stages.began) & (rows["at"] < stages.ended)
    return stages.inner_join(rows, inside)


def _asked(book: Book, stages: ir.Table) -> ir.Table:
    """Whether a customer was asked something again after a hand-off in a stage."""
    given = book.tables.handoff
    settled = given.filter(given.reasks.notnull() & (given.given_at < book.until - timedelta(days=SETTLED_DAYS)))
    at = ibis.coalesce(settled.accepted_at, settled.given_at).epoch_seconds().cast("int64")
    both = _within(stages, settled.select(who="customer_id", at=at, reasks="reasks"))
    return both.group_by(_KEY).aggregate(asked=(both.reasks.max() > 0).cast("int64"))


def _effort(book: Book, stages: ir.Table) -> ir.Table:
    """How easy answers about effort say it was: points above the lowest, and how many there can be."""
    rating = book.tables.rating
    asked = rating.filter((rating.kind == "ces") & rating.customer_id.notnull() & (rating.scale_max > 1))
    asked = asked.filter((asked["at"] < book.until) & (asked.score >= 1) & (asked.score <= asked.scale_max))
    at = asked["at"].epoch_seconds().cast("int64")
    rows = asked.select(who="customer_id", at=at, easy=asked.score - 1, worst=asked.scale_max - 1)
    both = _within(stages, rows)
    return both.group_by(_KEY).aggregate(easy=both.easy.sum().cast("int64"), worst=both.worst.sum().cast("int64"))


def _waits(book: Book, stages: ir.Table) -> ir.Table:
    """Seconds of each stage in which something the customer wrote had no answer, and how many such waits there were.

    Waits that overlap count once.
    """
    waits = _unanswered(book, stages)
    both = stages.inner_join(
        waits, (stages.customer_id == waits.who) & (waits.since < stages.ended) & (waits.until > stages.began)
    )
    cut = both.select(*_KEY, since=ibis.greatest(both.since, both.began), until=ibis.least(both.until, both.ended))
    earlier = ibis.window(group_by=_KEY, order_by=["since", "until"], preceding=(None, 1))
    seen = cut.mutate(seen=cut.until.max().over(earlier))
    fresh = seen.mutate(fresh=ibis.greatest(seen.until - ibis.greatest(seen.since, seen.seen.fill_null(0)), 0))
    return fresh.group_by(_KEY).aggregate(waited=fresh.fresh.sum().cast("int64"), wrote=fresh.count())


def _unanswered(book: Book, stages: ir.Table) -> ir.Table:
    """Each time a customer wrote until a person answered, or until it was solved, closed, or is over now."""
    messages = _messages(book, stages)
    order = ibis.cumulative_window(group_by="conversation_id", order_by=["at", "is_answer"])
    turned = messages.mutate(turn=messages.is_answer.sum().over(order) - messages.is_answer)
    none = ibis.null("int64")
    turns = turned.group_by("conversation_id", "who", "over_at", "turn").aggregate(
        since=ibis.ifelse(turned.is_answer == 0, turned["at"], none).min(),
        answered=ibis.ifelse(turned.is_answer == 1, turned["at"], none).min(),
    )
    waits = turns.select("who", "since", until=ibis.coalesce(turns.answered, turns.over_at))
    return waits.filter(waits.until > waits.since)


def _messages(book: Book, stages: ir.Table) -> ir.Table:
    """What customers wrote and people answered in conversations of the time that stages take."""
    talks, message = book.tables.conversation, book.tables.message
    spans = stages.group_by(who="customer_id").aggregate(first=stages.began.min(), last=stages.ended.max())
    now = seconds(book.until)
    over = ibis.coalesce(talks.resolved_at, talks.closed_at).epoch_seconds().cast("int64")
    talks = talks.filter(talks.opened_at < book.until).select(
        "conversation_id", "customer_id", opened=talks.opened_at.epoch_seconds().cast("int64"),
        over_at=ibis.least(over.fill_null(now), now),
    )  # fmt: skip
    mine = talks.inner_join(
        spans, (talks.customer_id == spans.who) & (talks.opened < spans.last) & (talks.over_at > spans.first)
    ).select("who", "over_at", talk="conversation_id")
    said = message.filter(
        message.is_public & message.author_kind.isin(("customer", "human")) & (message["at"] < book.until)
    )
    said = said.select(
        "conversation_id", at=said["at"].epoch_seconds().cast("int64"),
        is_answer=(said.author_kind == "human").cast("int64"),
    )  # fmt: skip
    return said.inner_join(mine, said.conversation_id == mine.talk).drop("talk")
