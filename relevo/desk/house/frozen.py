"""Answers that were frozen when they were given, as values; their hash shows that nobody changed them since."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from relevo.base.errors import DataRefused
from relevo.desk.house.models import FrozenAnswer


@dataclass(frozen=True)
class Frozen:
    """An answer to be kept: of which measure, looking back to a month (YYYY-MM) and so many months ahead."""

    measure: str
    month: str
    months: int
    book: str
    as_of: date
    policy_hash: str
    rows: tuple[Mapping[str, Any], ...]

    @cached_property
    def sha256(self) -> str:
        """The hash of everything said here, the same on every machine."""
        text = json.dumps(asdict(self), sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Kept:
    """A frozen answer with the moment at which it was frozen."""

    answer: Frozen
    frozen_at: datetime


def frozen_answers(measure: str) -> tuple[Kept, ...]:
    """The frozen answers of a measure, oldest first; DataRefused for one that is not what was frozen."""
    return tuple(_checked(found) for found in FrozenAnswer.objects.filter(measure=measure))


def is_frozen(measure: str, month: str, months: int) -> bool:
    """Whether the answer of that month and length is kept already."""
    return FrozenAnswer.objects.filter(measure=measure, month=month, months=months).exists()


def _checked(found: FrozenAnswer) -> Kept:
    told = (found.measure, found.month, found.months, found.book, found.as_of, found.policy_hash)
    answer = Frozen(*told, rows=tuple(found.rows))
    if answer.sha256 != found.sha256:
        raise DataRefused(
            f"The frozen answer {found} is not what was frozen on {found.frozen_at:%Y-%m-%d}: its hash differs.",
            "Restore the Desk from a backup; a changed forecast is not scored.",
        )
    return Kept(answer, found.frozen_at)
