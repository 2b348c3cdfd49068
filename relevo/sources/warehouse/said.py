"""The `[[warehouse]]` entries of relevo.toml: warehouses that are loaded by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relevo.base.errors import WrongUse
from relevo.sources.files.mapping import check_keys, required
from relevo.sources.warehouse.address import FROM_ENVIRONMENT, parse_dsn

_KEYS: Mapping[str, type] = {"dsn": str, "schemas": dict}


@dataclass(frozen=True)
class Watched:
    """A warehouse that is loaded again and again. `dsn` holds no password: it may name a variable that does."""

    dsn: str
    schemas: tuple[str, ...]


def read_warehouses(raw: Sequence[Mapping[str, Any]]) -> tuple[Watched, ...]:
    """The warehouses of a configuration; WrongUse names the entry and what is allowed there."""
    return tuple(_watched(entry, f"[[warehouse]] {place}") for place, entry in enumerate(raw, 1))


def _watched(entry: Mapping[str, Any], where: str) -> Watched:
    check_keys(entry, _KEYS, where)
    dsn = required(entry, "dsn", where)
    if "://" in dsn and not dsn.startswith(FROM_ENVIRONMENT) and _has_secret(dsn):
        raise WrongUse(
            f"dsn of {where} holds a password, and relevo.toml is no place for one.",
            'Put the DSN into a variable of the environment and write dsn = "env:RELEVO_WAREHOUSE".',
        )
    schemas = tuple(f"{system}={schema}" for system, schema in entry.get("schemas", {}).items())
    if not schemas:
        raise WrongUse(f"{where} names no schema.", 'Write schemas = { stripe = "fivetran_stripe" }.')
    return Watched(dsn, schemas)


def _has_secret(dsn: str) -> bool:
    return dsn.startswith("postgres") and bool(parse_dsn(dsn).secrets)
