"""What somebody typed into the form of a review, or of a coaching talk."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from relevo.answers.reviews.one import ReviewOne
from relevo.base.errors import WrongUse
from relevo.web.conversations.reviews import criterion
from relevo.web.views.settings.tabs import company_today, day_of

NOT_APPLICABLE = "na"


def marks_typed(names: Sequence[str], typed: Mapping[str, str]) -> dict[str, int | None]:
    """Points by criterion: a whole number, or 'na' where it does not apply. WrongUse for others."""
    return {name: _points(name, typed.get(f"mark_{name}", "")) for name in names}


def _points(name: str, text: str) -> int | None:
    if text == NOT_APPLICABLE:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        raise WrongUse(f"{name} has no mark.", "Mark each criterion, or say that it does not apply.")
    return int(text)


def talk_moment(text: str, zone: str) -> datetime:
    """Noon of the day of a talk where the company is; the beginning of today's, so that it is not in the future."""
    day = day_of(text)
    at = time(12) if day < company_today() else time(0)
    return datetime.combine(day, at, ZoneInfo(zone))


def fields(one: ReviewOne, typed: Mapping[str, str]) -> list[dict[str, object]]:
    """The fieldsets of the rubric: each criterion with its choices, and the one that is chosen."""
    return [_field(one, each.name, each.points, typed) | {"is_critical": each.is_critical} for each in one.rubric]


def _field(one: ReviewOne, name: str, most: int, typed: Mapping[str, str]) -> dict[str, object]:
    marked = one.marks.get(name) if name in one.marks else ""
    chosen = typed.get(f"mark_{name}", NOT_APPLICABLE if marked is None else str(marked))
    choices = [(str(value), str(value) == chosen) for value in range(most + 1)]
    return {"key": f"mark_{name}", "name": criterion(name), "choices": choices, "na": chosen == NOT_APPLICABLE}
