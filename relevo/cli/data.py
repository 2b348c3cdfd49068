"""Verbs that bring data in and make a book of them."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from relevo.base.config import Company, Home
from relevo.base.errors import WrongUse
from relevo.base.findings import is_critical
from relevo.base.periods import parse_day
from relevo.cli.guessing import print_guess
from relevo.cli.printing import Format, print_csv, print_json, print_table, progress, say
from relevo.jobs import desk, loading, operator

FormatOption = Annotated[Format, typer.Option("--format", help="How the answer is printed.")]
_WAREHOUSE = "warehouse"
_COUNTS = ("table", "source", "file", "rows_in", "kept", "quarantined")
_FINDINGS = ("severity", "code", "where", "message", "hint")


def init(
    context: typer.Context,
    owner: Annotated[str, typer.Option(help="E-mail address of the owner.")],
    currency: Annotated[str, typer.Option(help="ISO 4217 code in which everything is reported.")] = "EUR",
    timezone: Annotated[str, typer.Option(help="IANA time zone in which months begin and end.")] = "UTC",
    name: Annotated[str, typer.Option(help="Name of the company.")] = "My company",
) -> None:
    """Start a home: settings and the owner."""
    home: Home = context.obj
    desk.check_address(owner)
    loading.start_home(home, Company(name, currency, timezone))
    desk.add_owner(home, owner)
    say("", f"{home.path} is ready.", f"Next: relevo load FOLDER. {owner} signs in with: relevo link {owner}")


def load(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="A file or a folder; or the word warehouse, and then its DSN.")],
    dsn: Annotated[
        str | None,
        typer.Argument(help="duckdb:///FILE, postgresql://..., a folder of Parquet, or env:NAME of a variable."),
    ] = None,
    schema: Annotated[
        list[str] | None, typer.Option(help="SYSTEM=SCHEMA, once for each system of the warehouse.")
    ] = None,
    format_: FormatOption = Format.TABLE,
    guess: Annotated[bool, typer.Option("--guess", help="Only say what would be read, and how; load nothing.")] = False,
) -> None:
    """Load a file or a folder (tables of the book, exports, raw tables, what relevo.toml maps), or a warehouse."""
    home: Home = context.obj
    if str(path) == _WAREHOUSE and (dsn is not None or schema):
        _load_warehouse(home, dsn or "", schema or [], format_)
    if dsn is not None or schema:
        raise WrongUse("One path is loaded at a time.", f"Write relevo load FOLDER, or relevo load {_WAREHOUSE} DSN.")
    loading.refuse_dsn_as_path(str(path))
    if guess:
        operator.record(home, "load --guess", {"path": str(path)})
        print_guess(home, path, format_)
        return
    loading.ensure_home(home)
    operator.record(home, "load", {"path": str(path)})
    with progress() as shown:
        task = shown.add_task("Loading", total=None)
        done = loading.load(home, path, lambda file, rows: shown.update(task, description=f"{file}: {rows} rows"))
    _end(done, loading.status_as_dict(done.after), format_)


def _load_warehouse(home: Home, dsn: str, schemas: list[str], format_: Format) -> None:
    if not dsn:
        raise WrongUse("No warehouse is named.", f"Write relevo load {_WAREHOUSE} DSN --schema stripe=fivetran_stripe.")
    address = loading.warehouse_at(dsn)
    loading.ensure_home(home)
    operator.record(home, "load warehouse", {"warehouse": str(address), "schemas": schemas})
    with progress() as shown:
        task = shown.add_task(f"Asking {address}", total=None)

        def told(table: str, rows: int) -> None:
            shown.update(task, description=f"{table}: {rows} rows")

        done = loading.load_from_warehouse(home, address, schemas, told)
    missing = [asdict(each) for each in done.missing]
    if format_ is Format.TABLE and missing:
        print_table("Not in the warehouse", ("system", "schema", "table", "told"), missing)
    _end(done, {**loading.status_as_dict(done.after), "missing": missing}, format_)


def _end(done: loading.Loaded, found: dict[str, Any], format_: Format) -> None:
    """Say what was loaded, and leave with the exit code that it earns."""
    fresh = sum(1 for each in done.report.loads if each.is_new)
    _print_status(found, format_)
    say("", f"{fresh} files loaded, {len(done.report.loads) - fresh} were loaded before.", _next_step(done))
    raise typer.Exit(0 if done.is_clean else 1)


def _next_step(done: loading.Loaded) -> str:
    if done.is_clean:
        return "Next: relevo build."
    return "Some rows were not kept: relevo check says which and why. What was kept can be built: relevo build."


def check(context: typer.Context, format_: FormatOption = Format.TABLE) -> None:
    """Say what was loaded, kept and quarantined, and what is odd about it."""
    home: Home = context.obj
    loading.ensure_home(home)
    operator.record(home, "check", {})
    found = loading.landing_status(home)
    later = tuple(f for f in loading.published_findings(home) if f not in set(found.findings))
    _print_status(loading.status_as_dict(found, later), format_)
    raise typer.Exit(1 if any(c.quarantined for c in found.tables) or is_critical(found.findings) else 0)


def build(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option(help="Day to which the book looks, YYYY-MM-DD; today.")] = None,
    known_at: Annotated[str | None, typer.Option(help="Only what was recorded by this time.")] = None,
    policy: Annotated[str | None, typer.Option(help="Convention profile; the one in force by house rule.")] = None,
) -> None:
    """Make a book of everything loaded, and publish it."""
    from relevo.jobs import publish  # brings the expression compiler, which other verbs do not need

    home: Home = context.obj
    loading.ensure_home(home)
    operator.record(home, "build", {"as_of": as_of, "known_at": known_at, "policy": policy})
    day = parse_day(as_of) if as_of else None
    with progress() as shown:
        task = shown.add_task("Building", total=None)

        def on_step(step: Any) -> None:
            shown.update(task, description=step.name)
            told = "as it was" if step.reused else f"{step.seconds:6.2f} s"
            if step.rows:
                shown.console.print(f"{step.name:24} {step.rows:>12,} rows  {told}", highlight=False)

        report = publish.build_book(home, on_step, as_of=day, known_at=instant(known_at), policy=policy)
    _print_findings([f.as_dict() for f in report.findings])
    if not report.published:
        say("[bold]Not published.[/bold] ", "A critical finding stands in the way; the last good book stays.")
        raise typer.Exit(1)
    say("", f"Book {report.manifest.id} as of {report.manifest.as_of} is published.", "Next: relevo serve.")


def instant(text: str | None) -> datetime | None:
    """A moment as somebody wrote it, in UTC where no zone is said; None where nothing was written."""
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"{text!r} is not a time.", "Write it as 2026-03-31T18:00:00Z.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _print_status(found: dict[str, Any], format_: Format) -> None:
    if format_ is Format.JSON:
        print_json(found)
    elif format_ is Format.CSV:
        print_csv(_COUNTS, found["tables"])
    else:
        print_table("Loaded", _COUNTS, found["tables"])
        if found["unused"]:
            print_table("Files that nothing maps", ("file",), [{"file": f} for f in found["unused"]])
        _print_findings(found["findings"])


def _print_findings(findings: list[dict[str, str]]) -> None:
    """What wants attention; what is for information only is counted."""
    rows = [f for f in findings if f["severity"] != "info"]
    if rows:
        print_table("Findings", _FINDINGS, rows)
    if len(rows) < len(findings):
        say("", f"{len(findings) - len(rows)} more for information: relevo check --format json.")
