"""How a run of a job ended, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Result(StrEnum):
    """It did what it should; it did not; it could not be tried now, which says nothing about it."""

    OK = "ok"
    FAILED = "failed"
    PUT_OFF = "put_off"


@dataclass(frozen=True)
class Outcome:
    """The end of a run: a result, a stable code, words for a person, and what to do next.

    `kept` replaces what the job keeps for its next run; None leaves it as it is.
    """

    result: Result
    code: str
    text: str
    hint: str = ""
    kept: Mapping[str, Any] | None = field(default=None, compare=False)
