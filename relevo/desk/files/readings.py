"""What was said about files and holds, and everything that was ever said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from relevo.desk.files.models import KeptReading


@dataclass(frozen=True)
class Said:
    """What somebody said about the files of a name; nothing where it was taken back."""

    file: str
    said: Mapping[str, Any]
    said_at: datetime
    said_by: str

    @property
    def entry(self) -> dict[str, Any]:
        """It as a `[[reading]]` entry."""
        return {"file": self.file, **self.said}


def readings_in_force() -> tuple[Said, ...]:
    """By name of the files the last thing said, in the order of saying; without what was taken back."""
    last = {each.file: each for each in readings_said()}
    return tuple(sorted((each for each in last.values() if each.said), key=lambda each: each.said_at))


def readings_said() -> tuple[Said, ...]:
    """Everything that was ever said, oldest first."""
    found = KeptReading.objects.values_list("file", "said", "said_at", "said_by")
    return tuple(Said(*row) for row in found)
