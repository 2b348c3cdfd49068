"""Whom a home has forgotten: salted hashes of their names and addresses, and the ids that stay.

An erasure keeps no value of the person. It keeps ids, which are surrogates, and hashes of *phrases*: an e-mail
address or a full name as a run of words. Any text is searched for them by hashing its runs of words, so that the
person is recognised again in a later export without being named here. The salt is one per home and lies beside the
hashes: who has the home can test a guess, and nothing more.
"""

import hashlib
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from relevo.book.store import write_whole

_HAN = "\u3400-\u9fff"
_WORD = re.compile(f"[{_HAN}]|[^\\W_{_HAN}]+")
MARK = "erased"


@dataclass(frozen=True)
class Change:
    """A landed file that an erasure rewrote: its path below the landing, its hash before and after."""

    load: str
    file: str
    before: str
    after: str


@dataclass(frozen=True)
class Erasure:
    """One person that was erased. `phrases` are (number of words, hash); ids are those that stay in the rows.

    Until `done`, it is to be taken up again: every step of it may be repeated.
    """

    id: str
    at: datetime
    kind: str
    contacts: tuple[str, ...]
    people: tuple[str, ...]
    customers: tuple[str, ...]
    phrases: tuple[tuple[int, str], ...]
    done: bool = False
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Forgotten:
    """Everybody whom a home has forgotten, as one set of rules."""

    salt: str
    contacts: frozenset[str]
    people: frozenset[str]
    customers: frozenset[str]
    phrases: frozenset[tuple[int, str]]

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({length for length, _ in self.phrases}))

    def names(self, text: str) -> bool:
        """Whether a text holds a phrase of somebody who was forgotten."""
        words = words_of(text)
        return any(
            (length, digest(self.salt, words[start : start + length])) in self.phrases
            for length in self._lengths
            for start in range(len(words) - length + 1)
        )

    def stand_in(self, text: str) -> str:
        """What stands where a text named somebody: the same for the same text, so that keys still meet."""
        return f"{MARK}-{hashlib.sha256((self.salt + text).encode()).hexdigest()[:16]}"

    def clean(self, value: Any) -> Any:
        """A value of JSON, to any depth, in which nobody who was forgotten is named."""
        if isinstance(value, str):
            return self.stand_in(value) if self.names(value) else value
        if isinstance(value, list | tuple):
            return [self.clean(each) for each in value]
        if isinstance(value, Mapping):
            return {self.clean(key): self.clean(each) for key, each in value.items()}
        return value


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text in small letters without accents; every Chinese sign is a word."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return tuple(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def digest(salt: str, words: Iterable[str]) -> str:
    """The hash under which a phrase is kept."""
    return hashlib.sha256(f"{salt}{' '.join(words)}".encode()).hexdigest()


def phrase(salt: str, text: str) -> tuple[int, str]:
    """A text as a phrase."""
    words = words_of(text)
    return len(words), digest(salt, words)


@dataclass(frozen=True)
class Register:
    """The folder of a landing in which its erasures stand."""

    path: Path

    @property
    def salt(self) -> str:
        """The home's salt, made with the first erasure."""
        file = self.path / "salt"
        if not file.exists():
            self.path.mkdir(parents=True, exist_ok=True)
            write_whole(file, secrets.token_hex(16))
        return file.read_text("ascii").strip()

    def all(self) -> tuple[Erasure, ...]:
        """Every erasure in the order of time."""
        found = (_read(json.loads(file.read_text("utf-8"))) for file in self.path.glob("*.json"))
        return tuple(sorted(found, key=lambda erasure: (erasure.at, erasure.id)))

    def unfinished(self) -> tuple[Erasure, ...]:
        """Erasures that were interrupted."""
        return tuple(erasure for erasure in self.all() if not erasure.done)

    def keep(self, erasure: Erasure) -> Erasure:
        """Write an erasure down, in place of what was written of it before."""
        self.path.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(erasure), default=str, ensure_ascii=False, indent=1)
        write_whole(self.path / f"{erasure.id}.json", text + "\n")
        return erasure

    def forgotten(self) -> Forgotten | None:
        """Everybody forgotten so far; None where nobody was."""
        erasures = self.all()
        if not erasures:
            return None
        return Forgotten(
            self.salt,
            frozenset(each for erasure in erasures for each in erasure.contacts),
            frozenset(each for erasure in erasures for each in erasure.people),
            frozenset(each for erasure in erasures for each in erasure.customers),
            frozenset(each for erasure in erasures for each in erasure.phrases),
        )


def _read(raw: dict[str, Any]) -> Erasure:
    lists = {name: tuple(raw[name]) for name in ("contacts", "people", "customers")}
    phrases = tuple((int(length), str(text)) for length, text in raw["phrases"])
    changes = tuple(Change(**change) for change in raw["changes"])
    at = datetime.fromisoformat(raw["at"])
    return Erasure(**{**raw, **lists, "at": at, "phrases": phrases, "changes": changes})
