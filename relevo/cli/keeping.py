"""Verbs that keep a home sound: look at it, copy it, bring it back, bring it up to this release."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from relevo.base.config import Home
from relevo.cli.data import FormatOption
from relevo.cli.printing import Format, errors, print_csv, print_json, print_table, progress, say
from relevo.jobs import formats, operator

# Verbs that work on a home of any release; every other one refuses what this release does not know.
ANY_FORMAT = ("doctor", "backup", "restore", "upgrade")
_CHECKS = ("name", "state", "found", "next")


def refuse_other_format(home: Home) -> None:
    """Raise where the home was written by another release, before anything reads or changes it."""
    formats.check(home)


def doctor(
    context: typer.Context,
    format_: FormatOption = Format.TABLE,
    deploy: Annotated[bool, typer.Option("--deploy", help="Refuse settings too weak for others to reach it.")] = False,
) -> None:
    """Look whether this home is sound, and say what to do where it is not. Changes nothing."""
    from relevo.jobs.doctor import examine, is_sound  # reads everything, which other verbs need not know how to

    home: Home = context.obj
    checks = examine(home)
    if deploy:
        from relevo.jobs.doctor_deploy import examine_deploy

        checks = (*checks, *examine_deploy(home))
    rows = [{**asdict(check), "state": str(check.state)} for check in checks]
    sound = is_sound(checks)
    if format_ is Format.JSON:
        print_json({"home": str(home.path), "sound": sound, "checks": rows})
    elif format_ is Format.CSV:
        print_csv(_CHECKS, rows)
    else:
        print_table(f"The home {home.path}", _CHECKS, rows)
    say("", "Sound." if sound else "Not sound: see the checks that are bad.")
    raise typer.Exit(0 if sound else 1)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The archive to write; it must not exist.")],
) -> None:
    """Write this home into one file; it may be served meanwhile."""
    from relevo.jobs import backup as job

    home: Home = context.obj
    operator.record(home, "backup", {"file": str(file)})
    done = job.backup(home, file)
    size = sum(size for size, _ in done.files.values()) // 1024
    say(
        "",
        f"{file}: {len(done.files)} files, {size} kB, book {done.book or 'none'}.",
        "Keep it away from this machine.",
    )
    if address := home.desk_address():
        say("", f"The Desk is in {address} and not in this file: keep it too, with pg_dump, at the same time.")


def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where to write; a folder that is empty or new.")],
) -> None:
    """Write the whole book and Desk as Parquet, CSV and JSON lines, without secrets."""
    from relevo.jobs import export as job

    home: Home = context.obj
    operator.record(home, "export", {"folder": str(folder)})
    with progress() as shown:
        task = shown.add_task("Exporting", total=None)
        done = job.export(home, folder, lambda name: shown.update(task, description=name))
    size = sum(size for size, _ in done.files.values()) // 1024
    say("", f"{folder}: {len(done.files)} files, {size} kB, book {done.book}.", "README.md says what is in them.")


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="An archive that relevo backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put the home that is there aside.")] = False,
) -> None:
    """Bring a home back from a backup, after every byte of it was checked."""
    from relevo.jobs import backup as job

    home: Home = context.obj
    done, aside = job.restore(file, home, replaced=replace)
    operator.record(home, "restore", {"file": str(file), "book": done.book})
    say("", f"{home.path} is as it was on {done.at:%Y-%m-%d %H:%M} UTC, book {done.book or 'none'}.")
    if aside:
        say("", f"What was there before is in {aside}.")
    if done.format < formats.FORMAT:
        say("", "The backup is of an earlier release.", "Next: relevo upgrade.")


def upgrade(context: typer.Context) -> None:
    """Bring a home of an earlier release up to this one."""
    from relevo.jobs import upgrade as job

    home: Home = context.obj
    operator.record(home, "upgrade", {})
    done = job.upgrade(home, lambda step: errors.print(f"{step.name:24} {step.rows:>12,} rows", highlight=False))
    if not done.published:
        say(
            "[bold]Not upgraded.[/bold] ", "A critical finding stands in the way of the book.", "relevo check names it."
        )
        raise typer.Exit(1)
    made = f"The book was made anew: {done.book}." if done.book else "The book could stay."
    say("", f"Format {done.before}, now {done.after}. {done.loads} loads got their hashes. {made}")
