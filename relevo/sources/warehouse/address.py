"""Where a warehouse is: a DuckDB file, a PostgreSQL database or a folder of Parquet files, by its DSN."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from relevo.base.errors import WrongUse

_ENDINGS = (".duckdb", ".ddb", ".db")
_POSTGRES = ("postgres", "postgresql")
_FORMS = "Write duckdb:///path/to/file, postgresql://user:password@host:5432/database, or a folder of Parquet files."
FROM_ENVIRONMENT = "env:"


class Kind(StrEnum):
    """What a warehouse is kept in."""

    DUCKDB = "duckdb"
    POSTGRES = "postgresql"
    FOLDER = "folder"


@dataclass(frozen=True)
class Address:
    """A warehouse that is named. `shown` is its name without user, password and options: all that may be written.

    `options` are what PostgreSQL's client takes to connect; `secrets` are texts that no message may hold.
    """

    kind: Kind
    shown: str
    path: Path = Path()
    options: Mapping[str, str] = field(default_factory=dict, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def safe(self, text: str) -> str:
        """A message of a driver without what is secret."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return text

    def __str__(self) -> str:
        return self.shown


def looks_like_dsn(text: str) -> bool:
    """Whether a text is meant as an address of a database rather than as a path."""
    return text.split(":", 1)[0].casefold() in ("duckdb", *_POSTGRES) and ":/" in text


def parse_dsn(text: str, environment: Mapping[str, str] = os.environ) -> Address:
    """The warehouse that a DSN names; `env:NAME` names a variable that holds it. WrongUse without the DSN's text."""
    if text.startswith(FROM_ENVIRONMENT):
        text = _from_environment(text.removeprefix(FROM_ENVIRONMENT), environment)
    scheme, mark, rest = text.partition("://")
    if mark and scheme in _POSTGRES:
        return _postgres(text)
    if mark and scheme != "duckdb":
        raise WrongUse("The DSN names no warehouse that can be read.", _FORMS)
    path = Path(rest if mark else text).expanduser()
    if not mark and path.is_dir():
        return Address(Kind.FOLDER, str(path), path)
    if not mark and path.suffix.casefold() not in _ENDINGS:
        raise WrongUse(f"There is no folder {path}, and its name is none of a DuckDB file.", _FORMS)
    if not path.is_file():
        raise WrongUse(f"There is no file {path}.", _FORMS)
    return Address(Kind.DUCKDB, f"duckdb://{path}", path)


def _from_environment(name: str, environment: Mapping[str, str]) -> str:
    if not environment.get(name):
        raise WrongUse(f"The environment has no variable {name}, which should hold the DSN.", f"Set {name}.")
    return environment[name]


def _postgres(text: str) -> Address:
    try:
        parts = urlsplit(text)
        host, port = unquote(parts.hostname or ""), parts.port
    except ValueError:  # its words would show a part of the address, and so of the password
        raise _no_postgres() from None
    database = unquote(parts.path.lstrip("/"))
    if not database or "/" in database or "@" in parts.path + parts.query + parts.fragment or parts.fragment:
        raise _no_postgres()
    named = {"host": host, "port": str(port or ""), "dbname": database, "user": unquote(parts.username or "")}
    named["password"] = unquote(parts.password or "")
    options = {**dict(parse_qsl(parts.query)), **{name: value for name, value in named.items() if value}}
    shown = f"postgresql://{options.get('host', 'localhost')}{f':{port}' if port else ''}/{database}"
    secrets = (options.get("password", ""), parts.password or "", options.get("sslpassword", ""))
    return Address(Kind.POSTGRES, shown, options=options, secrets=tuple(each for each in secrets if each))


def _no_postgres() -> WrongUse:
    return WrongUse(
        "The DSN names no PostgreSQL database.",
        "Write postgresql://user:password@host:5432/database; in a password write / as %2F, @ as %40, # as %23.",
    )
