"""Which engine answers: the value of RELEVO_ENGINE."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from relevo.base.errors import WrongUse

VARIABLE = "RELEVO_ENGINE"
_KINDS = {"duckdb": "duckdb", "postgres": "postgres", "postgresql": "postgres", "spark": "spark"}


@dataclass(frozen=True)
class Address:
    """An engine by its kind (`duckdb`, `postgres`, `spark`) and the whole text it was named with."""

    kind: str
    text: str

    @property
    def place(self) -> str:
        """What follows `://`, without user, password and options."""
        # Not urlsplit: it takes the brackets of local[2] for an IPv6 address.
        return self.text.partition("://")[2].partition("?")[0].rpartition("@")[2]

    @property
    def options(self) -> Mapping[str, str]:
        """What follows `?`."""
        return dict(parse_qsl(self.text.partition("?")[2]))

    def __str__(self) -> str:
        """The address as it may be shown: without user, password and options."""
        return f"{self.kind}://{self.place}" if self.place else self.kind


DUCKDB = Address("duckdb", "duckdb")


def parse_address(text: str) -> Address:
    """The address of a text: `duckdb`, `postgres://...` or `spark://...`; wrong use for any other."""
    name, mark, rest = text.strip().partition("://")
    if name in _KINDS and (name == "duckdb") != bool(mark and rest):
        return Address(_KINDS[name], text.strip())
    raise WrongUse(
        f"{VARIABLE} names no engine that is known ({name or 'it is empty'}).",
        "Write duckdb, postgres://user@host/database, spark://local[2] or spark://host:7077.",
    )


def chosen_address(environment: Mapping[str, str] = os.environ) -> Address:
    """The engine of an environment; DuckDB where it names none."""
    return parse_address(environment.get(VARIABLE) or "duckdb")
