"""Verbs about what a release says: all its figures, and what another release would change of them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relevo.base.config import Home
from relevo.cli.data import FormatOption
from relevo.cli.printing import Format, print_csv, print_json, print_some, print_table, progress, say
from relevo.jobs import operator
from relevo.jobs.loading import ensure_home

if TYPE_CHECKING:
    from relevo.jobs.trial import ReleasePreview

release = typer.Typer(help="See what another release would change.", no_args_is_help=True)
_CELLS = ("measure", "row", "column", "before", "after", "difference")


def figures(context: typer.Context) -> None:
    """Print every figure of the published book as one JSON document, with the hash of its definition."""
    from relevo.answers.figures import figures as all_figures
    from relevo.jobs.opening import operator_reading

    home: Home = context.obj
    ensure_home(home)
    operator.record(home, "figures", {})
    with _steps("Asking") as on_step:
        found = all_figures(operator_reading(home), on_step)
    print_json(found.as_dict())


@release.command()
def preview(
    context: typer.Context,
    program: Annotated[Path, typer.Argument(help="The relevo of the other release, installed beside this one.")],
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show which figures another release changes, on a copy of this home; the home stays as it is."""
    from relevo.jobs.trial import preview_release

    home: Home = context.obj
    ensure_home(home)
    operator.record(home, "release preview", {"program": str(program)})
    with _steps("Trying") as on_step:
        found = preview_release(home, program, on_step)
    if format_ is Format.JSON:
        measures = [{**asdict(each), "cells": [cell.as_dict() for cell in each.cells]} for each in found.measures]
        print_json({**asdict(found), "changes_nothing": found.changes_nothing, "measures": measures})
    elif format_ is Format.CSV:
        print_csv(_CELLS, _cells(found))
    else:
        _print(found)


def _print(found: "ReleasePreview") -> None:
    rows = [
        {"measure": m.measure, "becomes": str(m.state), "defined otherwise": m.redefined, "cells": len(m.cells)}
        for m in found.measures
        if m.redefined or m.state != "equal"
    ]
    if rows:
        print_table(f"From release {found.now} to {found.then}, as of {found.as_of}", tuple(rows[0]), rows)
    print_some("Figures", _CELLS, _cells(found))
    shared = " What all measures share is written otherwise." if found.roll_ups_redefined else ""
    changed = sum(each.state != "equal" for each in found.measures)
    told = f"{changed} changed, in {len(_cells(found))} cells" if changed else "none changed"
    say("", f"{len(found.measures)} measures were compared: {told}.{shared}", "The home is as it was.")


def _cells(found: "ReleasePreview") -> list[dict[str, Any]]:
    """The cells that differ; what identifies a row is told in one column, for measures have different ones."""
    return [
        {**cell.as_dict(), "measure": each.measure, "row": " ".join(str(v) for v in cell.row.values())}
        for each in found.measures
        for cell in each.cells
    ]


@contextmanager
def _steps(doing: str) -> Iterator[Callable[[str], None]]:
    with progress() as shown:
        task = shown.add_task(doing, total=None)
        yield lambda name: shown.update(task, description=name)
