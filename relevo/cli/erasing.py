"""The verb that erases a person."""

from typing import TYPE_CHECKING, Annotated

import typer

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.cli.data import FormatOption
from relevo.cli.printing import Format, print_csv, print_json, print_table, say
from relevo.jobs import operator

if TYPE_CHECKING:
    from relevo.jobs.erasure import Erased

_COLUMNS = ("erasure", "kind", "files", "book", "desk_rows", "uploads", "left")


def erase(
    context: typer.Context,
    contact: Annotated[str | None, typer.Option(help="A contact's id.")] = None,
    contact_email: Annotated[str | None, typer.Option(help="A contact's e-mail address.")] = None,
    person: Annotated[str | None, typer.Option(help="A colleague's id.")] = None,
    person_email: Annotated[str | None, typer.Option(help="A colleague's e-mail address.")] = None,
    customer: Annotated[str | None, typer.Option(help="Id of a customer who is one person, with its contacts.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Finish what was interrupted.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Erase a person's data: values go everywhere, ids and amounts stay, figures do not change."""
    from relevo.jobs import erasure as job  # searches and rewrites; no other verb needs it

    home: Home = context.obj
    asked = [
        ("contact", contact, False),
        ("contact", contact_email, True),
        ("person", person, False),
        ("person", person_email, True),
        ("customer", customer, False),
    ]
    named = [(kind, value, by_email) for kind, value, by_email in asked if value]
    if len(named) != (0 if resume else 1):
        raise WrongUse("Name one person, or give --resume.", "relevo erase --contact ID, or --help.")
    # Who was erased is not written down: the log would name them again.
    operator.record(home, "erase", {"kind": named[0][0] if named else "resume"})
    done = [job.erase(home, kind, value, by_email=by_email) for kind, value, by_email in named]
    done += job.resume(home) if resume else ()
    _print([_row(each) for each in done], format_)
    if any(each.left for each in done):
        say("[bold]Still named[/bold] ", "in the files listed; the rest is erased.", "Look at them; mend by hand.")
        raise typer.Exit(1)
    told = "Erased. " if done else "No erasure was interrupted. "
    say("", told + "Raw exports and backups outside this home are not touched: erase there as well.")


def _row(each: "Erased") -> dict[str, object]:
    return {
        "erasure": each.erasure.id,
        "kind": each.erasure.kind,
        "files": each.files,
        "book": each.book,
        "desk_rows": each.desk_rows,
        "uploads": each.uploads,
        "left": ", ".join(each.left),
    }


def _print(rows: list[dict[str, object]], format_: Format) -> None:
    if format_ is Format.JSON:
        print_json(rows)
    elif format_ is Format.CSV:
        print_csv(_COLUMNS, rows)
    else:
        print_table("Erased", _COLUMNS, rows)
