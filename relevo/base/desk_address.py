"""Where the Desk's database is: a SQLite file in the home, or a PostgreSQL named by an address.

The address is the value of RELEVO_DESK, else the text of the file `desk.address` in the home, which commands and
servers then share: `postgresql://user:password@host:5432/database?sslmode=require`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from relevo.base.errors import WrongUse

VARIABLE = "RELEVO_DESK"
FILE = "desk.address"
_SCHEMES = ("postgres", "postgresql")


@dataclass(frozen=True)
class DeskAddress:
    """A PostgreSQL database; its text never shows the password."""

    database: str
    user: str = ""
    password: str = field(default="", repr=False)
    host: str = ""
    port: str = ""
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        return f"postgresql://{self.host or 'localhost'}/{self.database}"


def desk_address(home: Path, environment: Mapping[str, str]) -> DeskAddress | None:
    """The address that the environment or the home names; None where the Desk is the SQLite file of the home."""
    file = home / FILE
    text = environment.get(VARIABLE) or (file.read_text("utf-8").strip() if file.exists() else "")
    return parse_desk_address(text) if text else None


def parse_desk_address(text: str) -> DeskAddress:
    """An address from its text; WrongUse for one that names no PostgreSQL database. `host` may be an option."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:  # its words would show a part of the address, and so of the password
        raise _no_address() from None
    database = unquote(parts.path.lstrip("/"))
    if parts.scheme not in _SCHEMES or not database:
        raise _no_address()
    options = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "") or options.pop("host", "")
    return DeskAddress(
        database, unquote(parts.username or ""), unquote(parts.password or ""), host,
        str(port or ""), options,
    )  # fmt: skip


def _no_address() -> WrongUse:
    return WrongUse(
        f"{VARIABLE} or the file {FILE} names no PostgreSQL database.",
        "Write postgresql://user:password@host:5432/database; in a password write / as %2F, @ as %40, : as %3A.",
    )
