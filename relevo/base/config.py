"""Where one company's files live, and the settings of `relevo.toml`, checked when they are read.

Everything of one company lives in one folder, its home: `--home`, else `RELEVO_HOME`, else `./relevo-home`.
A setting that is unknown or does not parse stops the program with what was found and what is allowed.
"""

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from relevo.base.errors import WrongUse

DEFAULT_HOME = "relevo-home"
FILE_NAME = "relevo.toml"


@dataclass(frozen=True)
class Company:
    """Who the book is about: the currency and time zone in which everything is reported."""

    name: str = "My company"
    currency: str = "EUR"
    timezone: str = "UTC"
    fiscal_year_starts: int = 1


@dataclass(frozen=True)
class House:
    """House rules of the file; rules saved in the Desk later win over these and say so.

    `history_starts_on` is the day a billing import begins: customers already paying then entered late.
    """

    history_starts_on: date | None = None
    keep_books: int = 3
    memory_limit: str = "2GB"
    threads: int = 2


@dataclass(frozen=True)
class Config:
    """All settings of one company, and the source mappings as written (`relevo.sources.files` reads them)."""

    company: Company = field(default_factory=Company)
    house: House = field(default_factory=House)
    sources: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Home:
    """The folder of one company: its settings, landing, books, desk database and logs."""

    path: Path

    @property
    def settings_file(self) -> Path:
        """`relevo.toml`."""
        return self.path / FILE_NAME

    @property
    def landing(self) -> Path:
        """Append-only Parquet of everything that was loaded."""
        return self.path / "landing"

    @property
    def books(self) -> Path:
        """Generations of the book, their shared parts and the CURRENT pointer."""
        return self.path / "book"

    @property
    def desk_database(self) -> Path:
        """The SQLite file of the Desk."""
        return self.path / "desk.sqlite3"

    @property
    def audit_log(self) -> Path:
        """What the operator of this machine asked for, one JSON object a line."""
        return self.path / "audit.jsonl"

    @property
    def served_port(self) -> Path:
        """The port on which this home was last served, so that links lead there."""
        return self.path / "served-port"

    def config(self) -> Config:
        """The settings of this home; defaults where the file is absent."""
        if not self.settings_file.exists():
            return Config()
        return parse_config(self.settings_file.read_text("utf-8"), str(self.settings_file))


def find_home(explicit: str | Path | None, environment: Mapping[str, str] = os.environ) -> Home:
    """The home that a command means: what it names, else `RELEVO_HOME`, else a folder here."""
    return Home(Path(explicit or environment.get("RELEVO_HOME") or DEFAULT_HOME).expanduser().resolve())


def parse_config(text: str, where: str) -> Config:
    """Settings from TOML text; `where` names the file in errors."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise WrongUse(f"{where} is not valid TOML: {problem}.", "Mend the line it names.") from None
    _refuse_unknown(raw, {"company", "house", "source"}, where)
    company = Company(**_section(raw, "company", Company, where))
    house = House(**_section(raw, "house", House, where))
    _check_company(company, where)
    return Config(company, house, tuple(raw.get("source", ())))


def _section(raw: Mapping[str, Any], name: str, kind: type, where: str) -> dict[str, Any]:
    values = dict(raw.get(name, {}))
    _refuse_unknown(values, set(kind.__dataclass_fields__), f"[{name}] of {where}")  # type: ignore[attr-defined]
    for key, value in values.items():
        default = getattr(kind(), key)
        wanted = date if key.endswith("_on") else type(default)
        if type(value) is not wanted:
            raise WrongUse(
                f"{key} in [{name}] of {where} is {value!r}, a {type(value).__name__}.",
                f"Write a {wanted.__name__}.",
            )
    return values


def _refuse_unknown(found: Mapping[str, Any], allowed: set[str], where: str) -> None:
    unknown = sorted(set(found) - allowed)
    if unknown:
        raise WrongUse(
            f"{where} has the unknown setting {unknown[0]!r}.", f"Allowed here: {', '.join(sorted(allowed))}."
        )


def _check_company(company: Company, where: str) -> None:
    if len(company.currency) != 3 or not company.currency.isascii() or not company.currency.isupper():
        raise WrongUse(f"currency in {where} is {company.currency!r}.", "Write an ISO 4217 code such as EUR or USD.")
    try:
        ZoneInfo(company.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongUse(
            f"timezone in {where} is {company.timezone!r}.",
            "Write an IANA name such as Europe/Madrid or UTC.",
        ) from None
    if not 1 <= company.fiscal_year_starts <= 12:
        raise WrongUse(f"fiscal_year_starts in {where} is {company.fiscal_year_starts}.", "Write a month from 1 to 12.")


def render_config(company: Company) -> str:
    """A new `relevo.toml` for a company."""
    return (
        "# Settings of this company. Every figure is reported in this currency and time zone.\n"
        "[company]\n"
        f"name = {json.dumps(company.name, ensure_ascii=False)}\n"
        f'currency = "{company.currency}"\n'
        f'timezone = "{company.timezone}"\n'
        f"fiscal_year_starts = {company.fiscal_year_starts}\n"
    )
