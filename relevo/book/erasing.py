"""Erase a person from the landing: values go, ids and amounts stay.

Personal columns of the person's own rows become empty. Any other text that names the person, in any table, is
replaced by a stand-in that is the same everywhere, so keys still meet. A file is rewritten only where something in it
changes; the old hash is kept with the erasure. Every step may be repeated, so an interrupted erasure is finished by
running it again.
"""

import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb

from relevo.base.errors import NotReady, WrongUse
from relevo.base.findings import Finding, Severity
from relevo.book.engine import connect
from relevo.book.erased import Change, Erasure, Forgotten, Register, phrase, words_of
from relevo.book.erasing_rows import Scrubber
from relevo.book.landing_profile import profile
from relevo.book.landing_store import Landing, Load, sha256_of
from relevo.book.store import settle
from relevo.book.table import Table
from relevo.book.tables import TABLES

KINDS = {"contact": "contact_id", "person": "person_id", "customer": "customer_id"}
_SHORTEST_NUMBER = 6


@dataclass(frozen=True)
class Wanted:
    """Who is to be erased: a kind of `KINDS`, and the id or, for contacts and people, the e-mail address."""

    kind: str
    value: str
    by_email: bool = False


def register_of(landing: Landing) -> Register:
    """Where the erasures of a landing stand."""
    return Register(landing.path / "erasures")


def begin(landing: Landing, wanted: Wanted, now: datetime) -> Erasure:
    """Find somebody in everything that was ever loaded, and write down that they are to be erased.

    WrongUse where nobody of that name is there. Nothing is erased yet, and no value of theirs is written.
    """
    with closing(connect()) as connection:
        found = _found(landing, wanted, connection)
        if not found.ids:
            told = "e-mail address" if wanted.by_email else "id"
            raise WrongUse(f"No {wanted.kind} with this {told} was ever loaded.", "Nothing was changed.")
        contacts = _contacts_of(landing, found.ids, connection) if wanted.kind == "customer" else _Found()
    register = register_of(landing)
    salt = register.salt
    texts = found.texts | contacts.texts
    phrases = tuple(sorted({phrase(salt, each) for text in texts for each in _phrases(text)}))
    rules = Forgotten(salt, frozenset(), frozenset(), frozenset(), frozenset(phrases))
    ids = {wanted.kind: tuple(sorted(rules.clean(each) for each in found.ids))}
    erasure = Erasure(
        f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}", now, wanted.kind,
        ids.get("contact") or tuple(sorted(rules.clean(each) for each in contacts.ids)),
        ids.get("person", ()), ids.get("customer", ()), phrases,
    )  # fmt: skip
    return register.keep(erasure)


def erase_landing(landing: Landing, erasure: Erasure, promises: Collection[str] = ()) -> Erasure:
    """Rewrite what the landing holds of everybody forgotten; the erasure with the files it changed.

    `promises` are ids of promises made to them, where the Desk alone knows whom.

    NotReady while a load runs.
    """
    register = register_of(landing)
    with landing.alone(), closing(connect()) as connection:
        shutil.rmtree(landing.path / "work", ignore_errors=True)
        scrubber = Scrubber.of(connection, landing, _rules(register), promises)
        for load in landing.loads():
            erasure = _erase_load(landing, load, erasure, scrubber)
    return erasure


def conversations_of(landing: Landing) -> frozenset[str]:
    """The conversations of everybody forgotten, by their ids as they stand in the landing."""
    with closing(connect()) as connection:
        return Scrubber.of(connection, landing, _rules(register_of(landing))).conversations()


def leave_out(
    landing: Landing, load: Load, file: Path, table: Table | None, connection: duckdb.DuckDBPyConnection
) -> Load:
    """Leave out of a file that is being loaded what it says of people who were erased; the load tells how many rows.

    `table` is None for rows put aside.
    """
    rules = register_of(landing).forgotten()
    if rules is None:
        return load
    scrubber = Scrubber.of(connection, landing, rules)
    draft = file.with_name(f"scrubbed-{file.name}")
    rows = scrubber.scrub(file, draft, table, aside=table is None)
    if not rows:
        return load
    draft.replace(file)
    told = f"{rows} row{'s' if rows > 1 else ''} spoke of people who were erased; their personal values were left out."
    where = f"{load.table} in {load.file}"
    again = Finding(Severity.INFO, "erased_again", where, told, "Nothing to do; docs/how-to/erase-a-person.md.")
    return replace(load, findings=(*load.findings, again))


@dataclass(frozen=True)
class _Found:
    """Ids of one kind, and the texts that name who has them."""

    ids: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


def _rules(register: Register) -> Forgotten:
    rules = register.forgotten()
    if rules is None:
        raise NotReady("Nobody is to be erased.", "Name somebody: relevo erase --contact ID.")
    return rules


def _found(landing: Landing, wanted: Wanted, connection: duckdb.DuckDBPyConnection) -> _Found:
    """The ids somebody has in all loads, and their texts; contacts and people are followed over their addresses."""
    identity = KINDS[wanted.kind]
    columns = {"customer": ("name", "tax_id", "domain")}.get(wanted.kind, ("email", "name"))
    rows = _landed(landing, wanted.kind, (identity, *columns), connection)
    if wanted.kind == "customer":
        ids = {wanted.value} | _aliases(landing, wanted.value, connection)
        mine = [row for row in rows if row[0] in ids]
        return _Found(frozenset(ids) if mine else frozenset(), _texts(mine))
    start = [row for row in rows if _same(row[1] if wanted.by_email else row[0], wanted.value)]
    addresses = {row[1].casefold() for row in start if row[1]}
    ids = {row[0] for row in start} | {row[0] for row in rows if row[1] and row[1].casefold() in addresses}
    return _Found(frozenset(ids), _texts([row for row in rows if row[0] in ids]))


def _same(one: str | None, other: str) -> bool:
    return one is not None and one.casefold() == other.casefold()


def _texts(rows: list[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(text for row in rows for text in row[1:] if text)


def _contacts_of(landing: Landing, customers: frozenset[str], connection: duckdb.DuckDBPyConnection) -> _Found:
    rows = _landed(landing, "contact", ("contact_id", "email", "name", "customer_id"), connection)
    mine = [row[:3] for row in rows if row[3] in customers]
    return _Found(frozenset(row[0] for row in mine), _texts(mine))


def _aliases(landing: Landing, customer: str, connection: duckdb.DuckDBPyConnection) -> set[str]:
    rows = _landed(landing, "customer_alias", ("external_id", "customer_id"), connection)
    return {external for external, owner in rows if owner == customer}


def _landed(
    landing: Landing, table: str, columns: tuple[str, ...], connection: duckdb.DuckDBPyConnection
) -> list[tuple[str, ...]]:
    """Some columns of every row of a table that was ever landed, also of loads that count no more."""
    files = [str(landing.rows_file(load)) for load in landing.loads() if load.table == table and load.kept]
    if not files:
        return []
    listed = ", ".join(columns)
    return connection.execute(f"SELECT DISTINCT {listed} FROM read_parquet(?)", [files]).fetchall()


def _phrases(text: str) -> Iterator[str]:
    """What is searched for of a name, an address or a number.

    One word alone is too common, unless it is a long number. A name is searched for in both orders.
    """
    words = words_of(text)
    if len(words) >= 2:
        yield text
        if "@" not in text:
            yield " ".join((*words[-1:], *words[:-1]))
    elif len(text) >= _SHORTEST_NUMBER and any(sign.isdigit() for sign in text):
        yield text


def _erase_load(landing: Landing, load: Load, erasure: Erasure, scrubber: Scrubber) -> Erasure:
    """Rewrite the two files and the manifest of one load.

    What a file will be is kept with the erasure before the file gets its name: killed in between, the manifest is
    brought up to date when the erasure is taken up again.
    """
    table = TABLES.get(load.table or "")
    fresh = load
    for file, field, rows in (
        (landing.rows_file(load), "rows_sha256", load.kept if table else 0),
        (landing.quarantine_file(load), "quarantine_sha256", load.quarantined),
    ):
        if rows:
            erasure, fresh = _erase_file(landing, fresh, file, field, erasure, scrubber)
    if fresh is not load and table and load.kept:
        is_unique, ranges = profile(scrubber.connection, table, landing.rows_file(load), load.kept)
        fresh = replace(fresh, is_unique=is_unique, ranges=ranges)
    fresh = _without_names(fresh, scrubber.rules)
    if fresh != load:
        landing.commit(replace(fresh, erased=tuple(dict.fromkeys((*load.erased, erasure.id)))))
    return erasure


def _erase_file(
    landing: Landing, load: Load, file: Path, field: str, erasure: Erasure, scrubber: Scrubber
) -> tuple[Erasure, Load]:
    name = str(file.relative_to(landing.path))
    aside = field == "quarantine_sha256"
    draft = file.with_name(f".tmp-{file.name}")
    if scrubber.scrub(file, draft, None if aside else TABLES[str(load.table)], aside=aside):
        change = Change(load.id, name, getattr(load, field) or sha256_of(file), sha256_of(draft))
        erasure = register_of(landing).keep(replace(erasure, changes=(*erasure.changes, change)))
        settle(draft, file)
        return erasure, _with_hash(load, field, change.after)
    done = [change.after for change in erasure.changes if change.file == name]
    if done and getattr(load, field) != done[-1] == sha256_of(file):
        return erasure, _with_hash(load, field, done[-1])
    return erasure, load


def _with_hash(load: Load, field: str, value: str) -> Load:
    if field == "rows_sha256":
        return replace(load, rows_sha256=value)
    return replace(load, quarantine_sha256=value)


def _without_names(load: Load, rules: Forgotten) -> Load:
    """The load with nobody named in its file name and findings."""
    findings = tuple(
        replace(f, **{name: rules.clean(getattr(f, name)) for name in ("where", "message", "hint", "plain")})
        for f in load.findings
    )
    return replace(load, file=rules.clean(load.file), findings=findings)
