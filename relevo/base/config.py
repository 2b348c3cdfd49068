"""Where one company's files live, and the settings of `relevo.toml`, checked when they are read.

Everything of one company lives in one folder, its home: `--home`, else `RELEVO_HOME`, else `./relevo-home`.
A setting that is unknown or does not parse stops the program with what was found and what is allowed.
"""

import json
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from relevo.base.desk_address import DeskAddress, desk_address
from relevo.base.errors import WrongUse

DEFAULT_HOME = "relevo-home"
FILE_NAME = "relevo.toml"
MAIL_SECURITY = ("starttls", "tls", "none")


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
    `publish_every_minutes` is how often watched folders are looked at and a book is published; 0 is never.
    Of one load, packed files may become `unpack_limit_mb` megabytes together, each `unpack_ratio` times its size; an
    archive may have `unpack_entries` entries.
    `upload_limit_mb` is how large one upload may be; uploaded files are kept for `keep_uploads_days` after the last
    upload, 0 for good.
    """

    history_starts_on: date | None = None
    keep_books: int = 3
    memory_limit: str = "2GB"
    threads: int = 2
    publish_every_minutes: int = 15
    unpack_limit_mb: int = 8_000
    unpack_ratio: int = 250
    unpack_entries: int = 10_000
    upload_limit_mb: int = 1024
    keep_uploads_days: int = 0


@dataclass(frozen=True)
class Watch:
    """Folders whose files are loaded by themselves; a relative one is looked for in the home."""

    folders: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mail:
    """The server that sends mail, without its password; no mail is sent while `host` is empty.

    `security` is starttls, tls or none; `address` is where this Relevo is opened in a browser, for links in mails.
    """

    host: str = ""
    port: int = 587
    user: str = ""
    sender: str = ""
    security: str = "starttls"
    address: str = ""


@dataclass(frozen=True)
class Config:
    """All settings of one company; mappings, readings and warehouses as written (`relevo.sources` reads them).

    So are webhooks, which `relevo.jobs.hooks` reads.
    """

    company: Company = field(default_factory=Company)
    house: House = field(default_factory=House)
    sources: tuple[Mapping[str, Any], ...] = ()
    readings: tuple[Mapping[str, Any], ...] = ()
    watch: Watch = field(default_factory=Watch)
    mail: Mail = field(default_factory=Mail)
    warehouses: tuple[Mapping[str, Any], ...] = ()
    webhooks: tuple[Mapping[str, Any], ...] = ()


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
    def uploads(self) -> Path:
        """Files that were uploaded, as they came."""
        return self.path / "uploads"

    @property
    def desk_database(self) -> Path:
        """The SQLite file of the Desk."""
        return self.path / "desk.sqlite3"

    def desk_address(self, environment: Mapping[str, str] = os.environ) -> DeskAddress | None:
        """The PostgreSQL that holds the Desk; None where that SQLite file does."""
        return desk_address(self.path, environment)

    @property
    def has_desk(self) -> bool:
        """Whether there is a Desk that could be asked."""
        return self.desk_database.exists() or self.desk_address() is not None

    @property
    def audit_log(self) -> Path:
        """What the operator of this machine asked for, one JSON object a line."""
        return self.path / "audit.jsonl"

    @property
    def watched_folders(self) -> tuple[Path, ...]:
        """The folders of `[watch]`, whole paths."""
        return tuple(self.path / Path(folder).expanduser() for folder in self.config().watch.folders)

    @property
    def mail_password(self) -> Path:
        """The file with the mail server's password, where it is not given in the environment."""
        return self.path / "mail.password"

    @property
    def webhook_secrets(self) -> Path:
        """The file with the secrets of webhooks, one `name = secret` a line, where they are not in the environment."""
        return self.path / "webhook.secrets"

    @property
    def served_port(self) -> Path:
        """The port on which this home was last served, so that links lead there."""
        return self.path / "served-port"

    def config(self) -> Config:
        """The settings of this home; defaults where the file is absent."""
        if not self.settings_file.exists():
            return Config()
        return parse_config(_text_of(self.settings_file), str(self.settings_file))


def find_home(explicit: str | Path | None, environment: Mapping[str, str] = os.environ) -> Home:
    """The home that a command means: what it names, else `RELEVO_HOME`, else a folder here."""
    return Home(Path(explicit or environment.get("RELEVO_HOME") or DEFAULT_HOME).expanduser().resolve())


def _text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise WrongUse(f"{file} is not UTF-8: line {line}.", "Save it as UTF-8 in the editor.") from None


def parse_config(text: str, where: str) -> Config:
    """Settings from TOML text; `where` names the file in errors."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise WrongUse(f"{where} is not valid TOML: {problem}.", "Mend the line it names.") from None
    _refuse_unknown(raw, {"company", "house", "source", "reading", "warehouse", "watch", "mail", "webhook"}, where)
    company = Company(**_section(raw, "company", Company, where))
    house = House(**_section(raw, "house", House, where))
    watch = Watch(**_section(raw, "watch", Watch, where))
    mail = Mail(**_section(raw, "mail", Mail, where))
    _check_company(company, where)
    _check_running(house, watch, mail, where)
    sources, readings, warehouses = (_sections(raw, name, where) for name in ("source", "reading", "warehouse"))
    hooks = _sections(raw, "webhook", where)
    return Config(company, house, sources, readings, watch, mail, warehouses, hooks)


def _sections(raw: Mapping[str, Any], name: str, where: str) -> tuple[Any, ...]:
    found = raw.get(name, ())
    if not isinstance(found, Sequence) or isinstance(found, str):
        raise WrongUse(f"{name} in {where} is {found!r}.", f"Write each {name} as a section [[{name}]].")
    return tuple(found)


def _section(raw: Mapping[str, Any], name: str, kind: type, where: str) -> dict[str, Any]:
    values = raw.get(name, {})
    if not isinstance(values, Mapping):
        raise WrongUse(f"{name} in {where} is {values!r}.", f"Write a section [{name}] with its settings below.")
    _refuse_unknown(values, set(kind.__dataclass_fields__), f"[{name}] of {where}")  # type: ignore[attr-defined]
    for key, value in values.items():
        default = getattr(kind(), key)
        wanted = date if key.endswith("_on") else type(default)
        if type(value) is not wanted:
            raise WrongUse(
                f"{key} in [{name}] of {where} is {value!r}, a {type(value).__name__}.",
                f"Write a {wanted.__name__}.",
            )
    return dict(values)


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


def _check_running(house: House, watch: Watch, mail: Mail, where: str) -> None:
    if house.publish_every_minutes < 0:
        raise WrongUse(
            f"publish_every_minutes in {where} is {house.publish_every_minutes}.", "Write minutes, or 0 for never."
        )
    for name in ("unpack_limit_mb", "unpack_ratio", "unpack_entries"):
        if getattr(house, name) < 1:
            raise WrongUse(f"{name} in {where} is {getattr(house, name)}.", "Write a whole number from 1 on.")
    for name in ("upload_limit_mb", "keep_uploads_days"):
        if getattr(house, name) < 0:
            raise WrongUse(f"{name} in {where} is {getattr(house, name)}.", "Write a whole number from 0 on.")
    if not all(isinstance(folder, str) and folder for folder in watch.folders):
        raise WrongUse(f"folders in [watch] of {where} is {watch.folders!r}.", 'Write folders = ["/data/exports"].')
    if mail.security not in MAIL_SECURITY:
        raise WrongUse(
            f"security in [mail] of {where} is {mail.security!r}.", f"Write one of {', '.join(MAIL_SECURITY)}."
        )


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
