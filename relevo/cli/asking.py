"""Verbs that answer. What compiles expressions is imported when a verb runs, so that the others start at once."""

from dataclasses import asdict
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.base.periods import Grain, parse_day, parse_month
from relevo.cli.data import FormatOption, instant
from relevo.cli.printing import Format, print_csv, print_json, print_table, say
from relevo.jobs import operator
from relevo.jobs.loading import ensure_home

if TYPE_CHECKING:
    from relevo.answers.measures import MeasureAnswer


class View(StrEnum):
    """As reported when months were closed, or restated as the book knows them now."""

    REPORTED = "reported"
    RESTATED = "restated"


def measures(context: typer.Context, format_: FormatOption = Format.TABLE) -> None:
    """List the measures with what each answers."""
    from relevo.answers.definitions import definitions_page
    from relevo.jobs.opening import cards_reading

    operator.record(context.obj, "measures", {})
    rows = [asdict(card) for card in definitions_page(cards_reading()).cards]
    if format_ is Format.JSON:
        print_json(rows)
    elif format_ is Format.CSV:
        print_csv(tuple(rows[0]), [{k: _joined(v) for k, v in r.items()} for r in rows])
    else:
        print_table("Measures", ("name", "question", "unit", "kind", "read_with"), [_short(r) for r in rows])


def _short(row: dict[str, object]) -> dict[str, object]:
    return {**row, "read_with": _joined(row["read_with"])}


def _joined(value: object) -> object:
    return ", ".join(str(v) for v in value) if isinstance(value, (list, tuple)) else value


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A measure; relevo measures lists them.")],
    by: Annotated[str | None, typer.Option(help="Dimension by which it is sliced.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First month, YYYY-MM.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month, YYYY-MM.")] = None,
    months: Annotated[int | None, typer.Option(help="Length of the window.")] = None,
    grain: Annotated[Grain, typer.Option(help="Length of the periods.")] = Grain.MONTH,
    where: Annotated[list[str] | None, typer.Option(help="dimension=value; may be given more than once.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Day to which it looks, YYYY-MM-DD.")] = None,
    policy: Annotated[str | None, typer.Option(help="Convention profile; of reconcile, the other tool's.")] = None,
    theirs: Annotated[str | None, typer.Option(help="What the tool says: an amount, or a CSV of month,mrr.")] = None,
    view: Annotated[View | None, typer.Option(help="How closed months are told.")] = None,
    known_at: Annotated[str | None, typer.Option(help="Only what was recorded by this time; makes a book.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Answer a measure from the published book."""
    from relevo.answers.measures import Ask
    from relevo.answers.measures import show as show_measure
    from relevo.jobs.forecasts import with_frozen
    from relevo.jobs.opening import operator_reading

    home: Home = context.obj
    asked = {"measure": name, "by": by, "from": first, "to": last, "months": months, "where": where, "as_of": as_of}
    asked |= {"policy": policy, "view": view, "known_at": known_at}
    ensure_home(home)
    operator.record(home, "show", {k: v for k, v in asked.items() if v})
    if name == "reconcile":
        _reconcile(home, policy, (first, last), theirs, (where, as_of), format_)
        return
    if theirs:
        raise WrongUse(f"{name} takes no figure of another tool.", "--theirs belongs to relevo show reconcile.")
    question = Ask(
        by=by,
        first=parse_month(first) if first else None,
        last=parse_month(last) if last else None,
        months=months,
        grain=grain,
        where=tuple(_pair(w) for w in where or ()),
        view=None if view is None else view.value,
    )
    reading = operator_reading(
        home, as_of=parse_day(as_of) if as_of else None, policy=policy, known_at=instant(known_at)
    )
    _print(with_frozen(home, reading, question, show_measure(reading, name, question)), format_)


def _reconcile(
    home: Home, tool: str | None, months: tuple[str | None, str | None], theirs: str | None,
    limits: tuple[list[str] | None, str | None], format_: Format,
) -> None:  # fmt: skip
    """The bridge to another tool's figure, or with --where cause=NAME the customers behind one of its rows."""
    from relevo.cli.reconciling import print_behind, reconciled

    (first, last), (where, as_of) = months, limits
    day = parse_day(as_of) if as_of else None
    asked = dict(_pair(w) for w in where or ())
    if set(asked) - {"cause"}:
        raise WrongUse(f"reconcile is not cut by {min(set(asked) - {'cause'})}.", "Only --where cause=NAME is known.")
    if asked:
        print_behind(home, tool, last, asked["cause"], day, format_)
    else:
        _print(reconciled(home, tool, first, last, theirs, day), format_)


def _pair(text: str) -> tuple[str, str]:
    dimension, separator, value = text.partition("=")
    if not separator:
        raise WrongUse(f"{text!r} is not a filter.", "Write --where dimension=value.")
    return dimension, value


def _print(answer: "MeasureAnswer", format_: Format) -> None:
    columns = tuple(answer.rows[0]) if answer.rows else tuple(c.name for c in answer.columns)
    if format_ is Format.JSON:
        print_json(answer.as_dict())
    elif format_ is Format.CSV:
        print_csv(columns, answer.rows)
    else:
        read_with = f"Read it with {', '.join(answer.read_with)}." if answer.read_with else ""
        made = f"as of {answer.as_of}, book {answer.book}, policy {answer.policy}, {answer.view}"
        caption = f"{made}, {answer.scope}. {read_with}"
        print_table(f"{answer.title}: {answer.question}", columns, answer.rows, caption)
        if not answer.rows:
            say("", "There is nothing to show for this question yet.", answer.definition)
