"""Load a company's files, and tell what of them was kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home, parse_config, render_config
from relevo.base.errors import WrongUse
from relevo.base.findings import Finding, is_critical, worst_first
from relevo.book.currencies import CURRENCIES
from relevo.book.engine import connect
from relevo.book.landing import Landing, LandingStatus, status
from relevo.book.store import Store
from relevo.jobs import formats
from relevo.jobs.clock import now
from relevo.jobs.desk import config_with_readings
from relevo.sources.guess import Guess, GuessedColumn, answer_to, guess
from relevo.sources.load import LoadReport, load_path
from relevo.sources.raw.facts import DATES, NUMBERS
from relevo.sources.raw.said import entry_of, read_readings, written_entry
from relevo.sources.warehouse.address import Address, looks_like_dsn, parse_dsn
from relevo.sources.warehouse.bring import Missing
from relevo.sources.warehouse.load import load_warehouse


@dataclass(frozen=True)
class Loaded:
    """What a load did, and the state of the landing after it."""

    report: LoadReport
    after: LandingStatus

    @property
    def is_clean(self) -> bool:
        """Whether every row of the named files was kept and no file was unreadable."""
        named = {each.load.file for each in self.report.loads}
        lost = any(count.quarantined for count in self.after.tables if count.file in named)
        return not lost and not is_critical(self.report.findings)


def ensure_home(home: Home) -> None:
    """A home with default settings where there is none yet."""
    home.path.mkdir(parents=True, exist_ok=True)
    if formats.format_of(home) is None:
        formats.mark(home)
    if not home.settings_file.exists():
        home.settings_file.write_text(render_config(Company()), "utf-8")


def start_home(home: Home, company: Company) -> None:
    """A new home with a company's settings; refuses to replace settings that are there."""
    if home.settings_file.exists():
        raise WrongUse(f"{home.settings_file} exists already.", "Edit it, or choose another --home.")
    if company.currency not in CURRENCIES:
        raise WrongUse(f"{company.currency!r} is not a currency.", "Give an ISO 4217 code such as EUR or USD.")
    text = render_config(company)
    parse_config(text, "The new relevo.toml")
    home.path.mkdir(parents=True, exist_ok=True)
    home.settings_file.write_text(text, "utf-8")
    formats.mark(home)


def load(home: Home, path: Path, on_progress: Callable[[str, int], None] | None = None) -> Loaded:
    """Load a file or folder into the landing of a home, creating the home with defaults if it is new."""
    ensure_home(home)
    report = read_files(home, path, on_progress)
    return Loaded(report, landing_status(home))


@dataclass(frozen=True)
class LoadedWarehouse(Loaded):
    """What a load of a warehouse did; `missing` says of each table that is not there what stays unknown."""

    missing: tuple[Missing, ...]


def warehouse_at(dsn: str) -> Address:
    """The warehouse that a DSN names; as text it has no password. WrongUse where it names none."""
    return parse_dsn(dsn)


def load_from_warehouse(
    home: Home,
    address: Address,
    schemas: Sequence[str],
    on_progress: Callable[[str, int], None] | None = None,
) -> LoadedWarehouse:
    """Load systems (SYSTEM=SCHEMA, each) from a warehouse into the landing of a home, creating the home if new."""
    ensure_home(home)
    done = load_warehouse(address, schemas, Landing(home.landing), config_with_readings(home), now(), on_progress)
    return LoadedWarehouse(done.report, landing_status(home), done.missing)


def refuse_dsn_as_path(text: str) -> None:
    """WrongUse for an address where a path is expected; the address, which may hold a password, is not shown."""
    if looks_like_dsn(text):
        raise WrongUse(
            "That is the address of a warehouse, not a path.",
            "Write relevo load warehouse DSN --schema stripe=fivetran_stripe.",
        )


def read_files(home: Home, path: Path, on_progress: Callable[[str, int], None] | None = None) -> LoadReport:
    """Load a file or folder as `load` does, without counting afterwards what the whole landing holds."""
    return load_path(path, Landing(home.landing), config_with_readings(home), now(), on_progress)


def guessed(home: Home, path: Path) -> tuple[Guess, ...]:
    """What the files at a path would be taken for, with what was said about them; nothing is landed or created."""
    config = config_with_readings(home)
    return guess(path, config, read_readings(config.readings))


def guess_as_dict(found: Guess, currency: str) -> dict[str, Any]:
    """A guess as `relevo load --guess --format json` prints it. `answer` would answer what is open."""
    answer = entry_of(answer_to(found, currency)) if found.questions or (found.others and not found.table) else None
    return {
        "file": found.file,
        "is": found.table,
        "others": list(found.others),
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        "timezone": found.zone,
        "why": found.why.message if found.why else "",
        "columns": [_column_as_dict(each) for each in found.columns],
        "questions": [
            {"field": q.field, "about": q.about, "examples": [e for e in q.examples if e], "choices": list(q.choices)}
            for q in found.questions
        ],
        "before": [list(row) for row in found.before],
        "after": [
            {"table": each.table, "columns": list(each.columns), "rows": [list(row) for row in each.rows],
             "problems": list(each.problems)}
            for each in found.after
        ],
        "answer": answer,
    }  # fmt: skip


def answer_text(answer: Mapping[str, Any]) -> str:
    """An answer of `guess_as_dict` as text for relevo.toml, with the other choices beside it."""
    notes = {"dates": 'or "mdy", the month first', "decimals": 'or ","', "currency": "the currency of its amounts"}
    return written_entry(answer, notes)


def _column_as_dict(each: GuessedColumn) -> dict[str, Any]:
    return {
        "heading": each.heading,
        "field": each.field,
        "kind": each.kind,
        "dates": str(each.facts.order or "") if each.kind in DATES else "",
        "decimals": str(each.facts.point or "") if each.kind in NUMBERS else "",
    }


def landing_status(home: Home) -> LandingStatus:
    """Counts and findings of everything loaded so far, from the landing alone."""
    connection = connect()
    try:
        return status(Landing(home.landing), connection)
    finally:
        connection.close()


def published_findings(home: Home) -> tuple[Finding, ...]:
    """Findings of the published book; none before the first."""
    store = Store(home.books)
    return store.manifest().findings if store.current() else ()


def status_as_dict(found: LandingStatus, more: tuple[Finding, ...] = ()) -> dict[str, Any]:
    """The landing's counts and findings as `relevo check --format json` prints them."""
    return {
        "tables": [
            {
                "table": c.table,
                "source": c.source,
                "file": c.file,
                "rows_in": c.rows_in,
                "kept": c.kept,
                "quarantined": c.quarantined,
            }
            for c in found.tables
        ],
        "unused": list(found.unused),
        "findings": [f.as_dict() for f in worst_first((*found.findings, *more))],
    }
