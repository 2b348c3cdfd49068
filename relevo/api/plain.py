"""Answers as JSON: one way for every dataclass. Money stays an integer, null stays null, days and instants are ISO."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any


def plain(value: Any) -> Any:
    """A value of an answer as JSON knows it; TypeError for one that no answer holds."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return _number(value) if isinstance(value, float | Decimal) else _other(value)


def _number(value: float | Decimal) -> int | float | None:
    """A number; None for what is none, because JSON has no word for it."""
    if not math.isfinite(value):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _other(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{int(value.total_seconds())}S"
    if isinstance(value, Fraction):
        return str(value)  # a share is exact: 1/3 is told as 1/3
    if isinstance(value, frozenset | set):
        return sorted(plain(each) for each in value)
    raise TypeError(f"{type(value).__name__} is no part of an answer")


def json_bytes(value: Any) -> bytes:
    """A document in UTF-8, the same bytes for the same answer."""
    return json.dumps(plain(value), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )
