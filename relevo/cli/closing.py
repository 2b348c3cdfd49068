"""Verbs for what was reported: close months, compare books, change the policy knowingly."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.base.periods import parse_day, parse_month
from relevo.cli.data import FormatOption
from relevo.cli.printing import Format, print_csv, print_json, print_some, print_table, say
from relevo.jobs import operator
from relevo.jobs.loading import ensure_home

if TYPE_CHECKING:
    from relevo.answers.comparing import Comparison
    from relevo.answers.policy_preview import PolicyPreview

policy = typer.Typer(help="See what another policy would change, and accept it.", no_args_is_help=True)
MonthArgument = Annotated[str, typer.Argument(help="The month, YYYY-MM.")]
ProfileOption = Annotated[str | None, typer.Option(help="Convention profile; the policy in force.")]
SetOption = Annotated[list[str] | None, typer.Option("--set", help="convention=value; may be given more than once.")]
_CLOSED = (
    "month",
    "state",
    "who",
    "at",
    "reported_cents",
    "restated_cents",
    "difference_cents",
    "policy_hash",
    "reason",
)
_CELLS = ("column", "before", "after", "difference")
_CUSTOMERS = ("customer_id", "month", "part", "before_cents", "after_cents", "cause")


def close(
    context: typer.Context,
    month: MonthArgument,
    reason: Annotated[str, typer.Option(help="Said beside it in the record.")] = "",
    with_earlier: Annotated[bool, typer.Option("--with-earlier", help="Close open months before it too.")] = False,
) -> None:
    """Close a month: what is known of it later becomes an adjustment of the first open month."""
    from relevo.jobs import closing

    home: Home = context.obj
    operator.record(home, "close", {"month": month, "reason": reason, "with_earlier": with_earlier})
    done = closing.close(home, month, reason=reason, with_earlier=with_earlier)
    named = done[0] if len(done) == 1 else f"{done[0]} to {done[-1]}"
    say("", f"Closed {named}.", "The next build carries it; until then both views of the book are the same.")


def reopen(
    context: typer.Context,
    month: MonthArgument,
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
    with_later: Annotated[bool, typer.Option("--with-later", help="Reopen the months closed after it too.")] = False,
) -> None:
    """Open a closed month again; its record and its file stay."""
    from relevo.jobs import closing

    home: Home = context.obj
    operator.record(home, "reopen", {"month": month, "reason": reason, "with_later": with_later})
    done = closing.reopen(home, month, reason=reason, with_later=with_later)
    say("", f"Reopened {', '.join(done)}.", "Build, then close it again: relevo build.")


def closed(context: typer.Context, format_: FormatOption = Format.TABLE) -> None:
    """List the months with what was reported of them and what the book says now."""
    from relevo.jobs import closing, opening

    home: Home = context.obj
    operator.record(home, "closed", {})
    closing.ready(home)
    from relevo.answers.closing import closing_page  # reads the Desk, which is ready only now

    page = closing_page(opening.operator_reading(home))
    rows = [{**asdict(m), "state": str(m.state), "difference_cents": m.difference_cents} for m in page.months]
    if format_ is Format.JSON:
        print_json({"next": page.next_month, "policy": asdict(page.policy), "months": rows})
    elif format_ is Format.CSV:
        print_csv(_CLOSED, rows)
    else:
        print_table("Months", _CLOSED, rows, f"policy {page.policy.name} {page.policy.hash}, book {page.stamp.book}")


def compare(
    context: typer.Context,
    before: Annotated[str, typer.Argument(help="A kept book, or current; :reported or :restated may follow.")],
    after: Annotated[str, typer.Argument(help="The book it is compared with.")],
    measure: Annotated[str, typer.Option(help="A measure; relevo measures lists them.")] = "mrr_movements",
    first: Annotated[str | None, typer.Option("--from", help="First month, YYYY-MM.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month, YYYY-MM.")] = None,
    by: Annotated[str | None, typer.Option(help="Dimension by which it is sliced.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Say which figures differ between two books, for which customers, and why."""
    from relevo.answers.comparing import compare as compare_books
    from relevo.answers.measures import Ask
    from relevo.jobs.opening import operator_reading

    home: Home = context.obj
    ensure_home(home)
    operator.record(home, "compare", {"before": before, "after": after, "measure": measure})
    sides = [_side(text) for text in (before, after)]
    readings = [operator_reading(home, book_id=book) for book, _ in sides]
    ask = Ask(by=by, first=parse_month(first) if first else None, last=parse_month(last) if last else None)
    _print_comparison(compare_books(readings[0], readings[1], measure, ask, (sides[0][1], sides[1][1])), format_)


def _side(text: str) -> tuple[str | None, Any]:
    """A book's id (None for the published one) and its view; both sides are restated where nothing is said."""
    book, colon, view = text.partition(":")
    return (None if book == "current" else book), view if colon else "restated"


def _print_comparison(found: "Comparison", format_: Format) -> None:
    cells = [change.as_dict() for change in found.cells]
    customers = [asdict(change) for change in found.customers]
    if format_ is Format.JSON:
        print_json({**asdict(found), "cells": cells, "customers": customers})
    elif format_ is Format.CSV:
        print_csv(_CUSTOMERS, customers)
    else:
        sides = ", ".join(f"{s.book} {s.view}, policy {s.policy} {s.policy_hash}" for s in (found.before, found.after))
        _print_changes(f"{found.measure}: {sides}", cells)
        print_some("Customers", _CUSTOMERS, customers)
        causes = ", ".join(f"{cause}: {count} customers" for cause, count in sorted(found.by_cause.items()))
        other = f" Defined otherwise: {', '.join(found.redefined)}." if found.redefined else ""
        say("", f"{'No figure differs.' if found.is_equal else f'Causes: {causes}.'}{other}")


def _print_changes(title: str, cells: Sequence[Mapping[str, Any]]) -> None:
    if cells:
        keys = tuple(name for name in cells[0] if name not in _CELLS)
        print_some(title, (*keys, *_CELLS), cells)


@policy.command()
def preview(
    context: typer.Context,
    profile: ProfileOption = None,
    settings: SetOption = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show which figures of the last 13 months another policy changes, and for which customers."""
    from relevo.answers.policy_preview import policy_preview
    from relevo.jobs import opening, policies

    home: Home = context.obj
    ensure_home(home)
    operator.record(home, "policy preview", {"profile": profile, "set": settings})
    chosen = policies.considered(home, profile, settings or ())
    found = policy_preview(opening.operator_reading(home), chosen)
    if format_ is Format.JSON:
        figures = {name: [c.as_dict() for c in changes] for name, changes in found.figures.items()}
        hashes = {"now_hash": found.now.hash, "then_hash": found.then.hash}
        print_json({**asdict(found), **hashes, "figures": figures})
    elif format_ is Format.CSV:
        print_csv(("measure", "month", *_CELLS), _figure_rows(found))
    else:
        _print_preview(found)


def _figure_rows(found: "PolicyPreview") -> list[dict[str, Any]]:
    return [{"measure": name, **c.as_dict()} for name, changes in found.figures.items() for c in changes]


def _print_preview(found: "PolicyPreview") -> None:
    title = f"From {found.now.name} {found.now.hash} to {found.then.name} {found.then.hash}"
    rows = [{"convention": n, "now": str(now), "then": str(then)} for n, now, then in found.conventions]
    print_table(title, ("convention", "now", "then"), rows)
    print_some("Figures", ("measure", "month", *_CELLS), _figure_rows(found))
    told = [{**asdict(c), "now": _kinds(c.now), "then": _kinds(c.then)} for c in found.customers]
    print_some("Customers told otherwise", ("customer_id", "month", "now", "then"), told)
    if found.changes_nothing:
        say("", "No figure of the last 13 months changes.")
    if found.adjustment_cents is not None:
        say("", f"Closed months stay; the first open month would be adjusted by {found.adjustment_cents} minor units.")


def _kinds(kinds: Mapping[str, int]) -> str:
    return ", ".join(f"{kind} {cents}" for kind, cents in kinds.items()) or "nothing"


@policy.command()
def accept(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="Why; it is kept.")],
    profile: ProfileOption = None,
    settings: SetOption = None,
    from_on: Annotated[str | None, typer.Option("--from", help="Day from which it holds, YYYY-MM-DD; today.")] = None,
) -> None:
    """Make a policy the house's own from a day on; the next build takes it."""
    from relevo.jobs import policies

    home: Home = context.obj
    ensure_home(home)
    if not profile and not settings:
        raise WrongUse("No policy was named.", "Give --profile NAME or --set convention=value.")
    operator.record(home, "policy accept", {"profile": profile, "set": settings, "reason": reason})
    chosen = policies.considered(home, profile, settings or ())
    day = policies.accept(home, chosen, parse_day(from_on) if from_on else None, reason)
    say("", f"The policy {chosen.name} {chosen.hash} holds from {day}.", "Next: relevo build.")
