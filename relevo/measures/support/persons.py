"""Figures of persons, or of their teams where the company is too small to look at single people."""

from collections.abc import Iterable
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import TEAM, Dimension, Frame, Record
from relevo.measures.slices import NONE, SLICE, sliced
from relevo.measures.support.teams import with_team

OWN = (Dimension(TEAM, "the team of the person, at that time."),)
# A company of twenty looks at its work by team, and one of 250 at that of single people (tension T04).
FROM_STAGE = 3


def of_whom(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Rows of the ledger, kept by conditions on customers, with whose they are as `person_id`.

    That is the person's team where teams are asked for, and null where a condition on teams does not hold; who is in
    no team is in '(none)'. Null stays null.
    """
    wanted = [value for name, value in frame.where if name == TEAM]
    others = replace(frame, by=None, where=tuple(each for each in frame.where if each[0] != TEAM))
    kept = sliced(rows, tables, others)
    if frame.by != TEAM and not wanted:
        return kept
    placed = with_team(kept.mutate(person=kept.person_id), tables)
    team = placed.team.fill_null(NONE)
    holds = placed.person_id.notnull()
    if wanted:
        holds = holds & team.isin(wanted)
    name = team if frame.by == TEAM else placed.person_id
    named = placed.mutate(person_id=ibis.ifelse(holds, name, ibis.null("string")))
    return named.select(*kept.columns)


def teams_of(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Rows of `person_id` and `seconds`, added up over the people of each team as it is now where teams are asked."""
    if frame.by != TEAM:
        return rows
    people = tables.person.select(member="person_id", team="team")
    known = rows.left_join(people, rows.person_id == people.member)
    placed = known.select("seconds", person_id=known.team.fill_null(NONE))
    return placed.group_by("person_id").aggregate(seconds=placed.seconds.sum().cast("int64"))


def behind(rows: ir.Table, frame: Frame) -> ir.Table:
    """The customers of rows with `person_id` and `customer_id`: per team where teams are asked, else of all."""
    known = rows.filter(rows.person_id.notnull()).rename({SLICE: "person_id"})
    return (known.group_by(SLICE) if frame.by else known).aggregate(customers=known.customer_id.nunique())


def named(rows: Iterable[Record], frame: Frame) -> list[Record]:
    """The answer's rows, under the name of the team where teams are asked."""
    if frame.by != TEAM:
        return list(rows)
    return [{TEAM: row["person_id"], **{k: v for k, v in row.items() if k != "person_id"}} for row in rows]
