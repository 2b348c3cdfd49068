"""From votes to counted cells, and from cells to what the estimators take: codes in place of names, in one order."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.book.schema import Tables
from relevo.measures.card import TEAM, Frame, Record
from relevo.measures.estimators.answered import answer_weights
from relevo.measures.estimators.hidden_difficulty import Sign
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import POINTS, Codes, Voted
from relevo.measures.slices import NONE, SLICE, group
from relevo.measures.support.teams import with_team
from relevo.measures.support.votes import (
    ANSWERS,
    PERSON,
    SIGNS,
    TRAITS,
    is_of_persons,
    kept_and_cut,
    last_votes,
    opening_month,
    votes,
    window,
)

_STRATUM = TRAITS[:2]
# A slice, and whether the conditions hold.
Group = tuple[str | None, bool]
Name = TypeVar("Name", bound=Hashable)


def cells(tables: Tables, frame: Frame) -> ir.Table:
    """Votes that are alike, counted: their answers as sums of shares, what they are worth, and sums of their signs."""
    rows = votes(tables, frame)
    own = rows.share if is_of_persons(frame) else ibis.literal(1.0)
    answers = {name: _sum(ibis.ifelse(rows.answer == name, rows.share, 0.0)) for name in ANSWERS}
    points = ibis.cases((rows.answer == "great", POINTS[0]), (rows.answer == "not_good", POINTS[2]), else_=POINTS[1])
    signs = {}
    for name in SIGNS:
        signs[name] = _sum(rows.share * rows[name])
        signs[f"{name}_square"] = _sum(rows.share * rows[name] * rows[name])
        signs[f"{name}_points"] = _sum(rows.share * rows[name] * points)
    keys = [*TRAITS, PERSON, "fold", "kept", *group(frame)]
    return rows.group_by(keys).aggregate(**answers, squares=_sum(rows.share * own), **signs)


def counted(tables: Tables, frame: Frame) -> ir.Table:
    """How many ratings there are, and how many customers gave them (by slice)."""
    rows = votes(tables, frame)
    kept = rows.filter(rows.kept)
    return _by(kept, group(frame)).aggregate(n=kept.rating_id.nunique(), customers=kept.customer_id.nunique())


def asked(tables: Tables, frame: Frame) -> ir.Table:
    """Episodes by stratum (and slice): whether it is known that the customer was asked, who was, who answered.

    They are those that began in the window or were rated in it; of a person, those in which it replied.
    """
    rows = kept_and_cut(_episodes(tables, frame), tables, frame)
    sums = {name: rows[name].sum().cast("int64") for name in ("known", "offered", "responses", "asked", "answered")}
    return rows.group_by([*_STRATUM, "kept", *group(frame)]).aggregate(**sums)


def _episodes(tables: Tables, frame: Frame) -> ir.Table:
    last = last_votes(tables, frame)
    voted = last.select(talk="conversation_id", turn="episode", inside=window(last["at"], frame))
    voted = voted.group_by(["talk", "turn"]).aggregate(inside=voted.inside.any())
    episodes = tables.episode
    both = episodes.left_join(voted, (episodes.conversation_id == voted.talk) & (episodes.episode == voted.turn))
    answered, inside = both.talk.notnull(), both.inside.fill_null(False)
    offered, began = both.offered.fill_null(False), window(both.begun_at, frame)
    rows = both.select(
        "conversation_id", "episode", "customer_id", "tier", at=both.begun_at,
        category=both.category.fill_null(NONE), channel=both.channel.fill_null(NONE), key_month=opening_month(frame),
        known=_one(both.offered.notnull()), offered=_one((offered & began) | inside), responses=_one(inside),
        asked=_one(offered & began), answered=_one(offered & began & answered), counts=began | inside,
    )  # fmt: skip
    return with_team(_replied(rows.filter(rows.counts), tables, frame), tables)


def _replied(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """With `person`: whoever replied, one row each, where persons or teams are asked about."""
    if not {PERSON, TEAM} & {frame.by, *(name for name, _value in frame.where)}:
        return rows.mutate(person=ibis.null("string"))
    wrote = tables.reply.filter(tables.reply["at"] < ibis.timestamp(frame.until))
    each = wrote.select(talk="conversation_id", turn="episode", person="person_id").distinct()
    both = rows.inner_join(each, (rows.conversation_id == each.talk) & (rows.episode == each.turn))
    return both.select(*rows.columns, "person")


def _one(condition: ir.BooleanValue) -> ir.IntegerValue:
    return ibis.ifelse(condition, ibis.literal(1, "int64"), ibis.literal(0, "int64"))


def _sum(values: ir.NumericValue) -> ir.FloatingScalar:
    return values.cast("float64").sum()


def _by(rows: ir.Table, keys: Sequence[str]) -> ir.Table:
    return rows.group_by(keys) if keys else rows


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells as the estimators take them: the votes, the names behind the codes of persons and groups, the signs.

    A group is a slice and whether the conditions on persons and teams hold in it; `group` is its code per cell.
    """

    votes: Voted
    persons: tuple[str, ...]
    group: Codes
    groups: tuple[Group, ...]
    signs: dict[str, Sign]
    weights: Array


def coded(found: Sequence[Record], asked_rows: Sequence[Record]) -> Cells:
    """The rows of `cells` and `asked` with codes for names; in an order of their own, so that every engine agrees."""
    names = (*TRAITS, PERSON, "fold", "kept", SLICE)
    rows = sorted(found, key=lambda r: tuple(str(r.get(name)) for name in names))
    person, persons = _codes([str(r[PERSON] or NONE) for r in rows])
    of_groups, groups = _codes([(r.get(SLICE), bool(r["kept"])) for r in rows])
    traits = np.stack([_codes([r[name] for r in rows])[0] for name in TRAITS], axis=1)
    counts = np.stack([_column(rows, name) for name in ANSWERS], axis=1)
    fold = np.array([int(r["fold"]) for r in rows], dtype=np.intp)
    signs = {n: Sign(*(_column(rows, f"{n}{end}") for end in ("", "_square", "_points"))) for n in SIGNS}
    votes_of = Voted(traits, person, fold, counts, _column(rows, "squares"))
    return Cells(votes_of, persons, of_groups, groups, signs, _weights(rows, asked_rows))


def _weights(rows: Sequence[Record], asked_rows: Sequence[Record]) -> Array:
    """What each cell's votes stand for, by who answers in its stratum."""
    strata = {tuple(r[name] for name in _STRATUM) for r in (*rows, *asked_rows)}
    codes = {stratum: i for i, stratum in enumerate(sorted(strata))}
    known, told = np.zeros(len(codes)), np.zeros(len(codes))
    for r in asked_rows:
        at = codes[tuple(r[name] for name in _STRATUM)]
        known[at] += int(r["asked"])
        told[at] += int(r["answered"])
    every = answer_weights(np.arange(len(codes)), known, told)
    return np.array([every[codes[tuple(r[name] for name in _STRATUM)]] for r in rows])


def _codes(values: Sequence[Name]) -> tuple[Codes, tuple[Name, ...]]:
    names = sorted(set(values), key=str)
    place = {name: i for i, name in enumerate(names)}
    return np.array([place[value] for value in values], dtype=np.intp), tuple(names)


def _column(rows: Sequence[Record], name: str) -> Array:
    return np.array([float(r[name] or 0) for r in rows])
