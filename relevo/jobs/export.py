"""`relevo export`: the whole book and the whole Desk in open formats, for whoever leaves or looks with other tools.

book/<table>.parquet    canonical rows of the published book; `relevo load FOLDER/book` reads them back
measures/<name>.csv     what every measure answers to its usual question
desk/<model>.jsonl      what people decided and recorded, one object a line, without secrets
README.md               what every column means
manifest.json           of which book, when, by which release; size and SHA-256 of every file, written last
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from relevo import __version__
from relevo.answers.measures import show
from relevo.answers.reading import Reading
from relevo.base.config import Home
from relevo.base.errors import RelevoError, WrongUse
from relevo.book.engine import quoted
from relevo.book.landing_store import OWN_IDS
from relevo.book.tables import TABLES
from relevo.desk.ready import prepare
from relevo.jobs.clock import now
from relevo.jobs.opening import operator_reading
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES

LIST = "manifest.json"
_CHUNK = 1 << 20
# Nobody who reads an export may sign in with it.
_SECRETS = ("password", "secret", "token", "key_hash", "session_key")
# Who is signed in where is nobody's to take away, as Django's own sessions are.
_LEFT_OUT = ("OpenSession",)


@dataclass(frozen=True)
class Export:
    """What was written: when, by which release, of which book; size and SHA-256 by file; measures that refused."""

    at: datetime
    release: str
    book: str
    as_of: date
    company: dict[str, Any]
    policy: str
    policy_hash: str
    rows: dict[str, int]
    refused: dict[str, str]
    files: dict[str, tuple[int, str]]


def export(home: Home, folder: Path, on_step: Callable[[str], None] = lambda _name: None) -> Export:
    """Write everything of a home into a folder. `on_step` is told what is written next.

    WrongUse for a folder that is not empty; NotReady before the first book.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(f"{folder} is not empty. Nothing was written.", "Name a folder that is empty or new.")
    reading = operator_reading(home)
    _close(folder)
    rows = _write_book(reading, folder / "book", on_step)
    refused = _write_measures(reading, folder / "measures", on_step)
    if home.has_desk:
        prepare(home)
        _write_desk(folder / "desk", on_step)
    _copy(home.audit_log, folder / "desk" / "operator.jsonl")
    (folder / "README.md").write_text(_readme(), "utf-8")
    return _write_manifest(reading, folder, rows, refused)


def _close(folder: Path) -> None:
    """Make the folder, for its owner alone: an export holds every amount and name. WrongUse where that fails."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        folder.chmod(0o700)
    except OSError as problem:
        told = f"{folder} cannot be closed to other users of this machine: {problem.strerror}. Nothing was written."
        raise WrongUse(told, "Name a folder that is new, or one of your own.") from None


def _write_book(reading: Reading, folder: Path, on_step: Callable[[str], None]) -> dict[str, int]:
    """Every canonical table with a row, as the book holds it; the rows of each."""
    folder.mkdir()
    book, found = reading.company_book.in_files, {}
    for name, table in TABLES.items():
        on_step(name)
        columns = ", ".join(f'"{column.name}"' for column in table.stored_columns)
        count = int(book.run_sql(f'SELECT count(*) FROM "{name}"').rows[0][0])
        if count:
            keys = ", ".join(f'"{key}"' for key in table.key)
            copied = f'SELECT {columns} FROM "{name}" ORDER BY {keys}'
            book.run_sql(f"COPY ({copied}) TO {quoted(folder / f'{name}.parquet')} (FORMAT parquet, COMPRESSION zstd)")
        found[name] = count
    return found


def _write_measures(reading: Reading, folder: Path, on_step: Callable[[str], None]) -> dict[str, str]:
    """Every measure's answer as CSV; those that refused, with the reason."""
    folder.mkdir()
    refused = {}
    for name in MEASURES:
        on_step(name)
        try:
            answer = show(reading, name, Ask())
        except RelevoError as problem:
            refused[name] = str(problem)
            continue
        columns = list(dict.fromkeys(column for row in answer.rows for column in row))
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns or [column.name for column in answer.columns])
            writer.writeheader()
            writer.writerows({k: _cell(v) for k, v in row.items()} for row in answer.rows)
    return refused


def _cell(value: Any) -> Any:
    """Null is empty, truth is true or false; text is written as it is, because this is for programs."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def _write_desk(folder: Path, on_step: Callable[[str], None]) -> None:
    """Every model of the Desk and every user, one object a line, without what somebody could sign in with."""
    folder.mkdir()
    for model in _models():
        name = model._meta.model_name
        on_step(name)
        fields = [f for f in model._meta.concrete_fields if not is_secret(f.name)]
        with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            for row in model._default_manager.order_by("pk").values(*(f.attname for f in fields)).iterator():
                file.write(json.dumps(row, default=_plain, ensure_ascii=False) + "\n")


def is_secret(field: str) -> bool:
    """Whether a field of the Desk is something to sign in with, by its name."""
    return any(word in field for word in _SECRETS)


def _models() -> Iterator[Any]:
    """Users, then the models of the Desk; sessions and codes of a second factor are nobody's to take away."""
    from django.apps import apps  # after the Desk was made ready

    yield apps.get_model("auth", "User")
    for app in apps.get_app_configs():
        if app.name.startswith("relevo.desk."):
            yield from (model for model in app.get_models() if model.__name__ not in _LEFT_OUT)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no value of the Desk")


def _copy(file: Path, to: Path) -> None:
    if file.exists():
        to.parent.mkdir(exist_ok=True)
        to.write_bytes(file.read_bytes())


def _readme() -> str:
    """What the files are and what every column of the book means."""
    lines = ["# Export of Relevo", "", (__doc__ or "").split("\n\n", 1)[1].strip("\n"), ""]
    lines += ["Money is in minor units, instants are UTC, an empty cell is unknown and not 0.", ""]
    lines += [
        f"Rows whose id begins with {OWN_IDS} were written in Relevo itself and stand in desk/ too. A home that",
        "reads book/ back puts them aside, for it has a Desk of its own; relevo backup moves a Desk.",
        "",
    ]
    for name, table in TABLES.items():
        lines += [f"## {name}", "", f"{table.doc} {table.grain[0].upper()}{table.grain[1:]}.", ""]
        lines += [f"- `{column.name}` ({column.kind}): {column.doc}" for column in table.stored_columns]
        lines.append("")
    return "\n".join(lines)


def _write_manifest(reading: Reading, folder: Path, rows: dict[str, int], refused: dict[str, str]) -> Export:
    book = reading.company_book
    files = {
        path.relative_to(folder).as_posix(): (path.stat().st_size, _hash(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    done = Export(
        now(), __version__, book.id, book.as_of, asdict(book.company), book.policy.name, book.policy.hash,
        rows, refused, files,
    )  # fmt: skip
    (folder / LIST).write_text(json.dumps(asdict(done), default=_plain, indent=1), "utf-8")
    return done


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
