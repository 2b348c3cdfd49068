"""The lines of an item's text as proposals of what to follow up: what is plain is read, nothing is guessed. Pure.

One line or bullet each. `must:` or `nice:` before it gives the priority, its one date the day, and `from 12 to 20
percent` where the value was and where it shall be. Two dates, or a number that can be read in two ways such as 1,200,
are left to the person who takes the line over.
"""

import calendar
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from relevo.base.words import fold
from relevo.desk.relay.following import DIGITS, EVENTS, NEEDS, VALUES, Priority
from relevo.desk.relay.scoring import NOTHING, folded, score

MOST = 50
LONGEST_METRIC, LONGEST_UNIT = 120, 40
_PRIORITIES = {
    Priority.MUST: ("must", "must have", "imprescindible", "obligatorio", "imprescindivel", "obrigatorio", "必须"),
    Priority.NICE: ("nice", "nice to have", "deseable", "desejavel", "最好"),
}
_BULLET = re.compile(r"^\s*(?:[-*•–—·]|\d{1,2}[.)](?=\s)|\[[ xX]?\])\s*")
_EVIDENCE = re.compile(r"\b(?:evidence|proof|evidencia|evidência|prueba|prova|证据)\s*[:：]\s*(.+)$", re.IGNORECASE)
_MONTHS = {
    name: number
    for names in (
        "january february march april may june july august september october november december",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    )
    for number, name in enumerate(names.split(), 1)
}
_NAME = f"(?P<name>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})"
_YEAR = r"(?P<year>\d{4})"
# The more exact first; each place of a text is read once. A month alone is its last day.
_DATES = tuple(re.compile(each, re.IGNORECASE) for each in (
    r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?![\d-])",
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
    r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)",
    r"(?<![\d/])(?P<either>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4})(?!\d)",
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|º)?\s+(?:de\s+)?{_NAME}\.?,?\s+(?:de\s+)?{_YEAR}(?!\d)",
    rf"\b{_NAME}\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}(?!\d)",
    r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})(?![\d-])",
    r"(?P<year>\d{4})年(?P<month>\d{1,2})月",
    rf"\b{_NAME}\.?\s+(?:de\s+)?{_YEAR}(?!\d)",
))  # fmt: skip
_NUMBER = r"[-−]?(?:\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)*)"
_NO_UNIT = r"(?:to|a|hasta|para|até|by|until|in|on|for|and|or|within|with|at|before|por|en|em|y|e|o|ou)\b"
_PER = r"(?:\s+(?:a|an|per|por|al|cada)\s+[^\W\d_]+|/[^\W\d_]+)?"
_UNIT = rf"(?:\s*(%|per\s?cent\b|por\s?cien(?:to)?\b|por\s?cento\b|[€$£]|(?!{_NO_UNIT})[^\W\d_]+{_PER}))?"
_SIGN = r"([€$£])?\s*"
_FROM_TO = re.compile(
    rf"(?:(?:\b(?:from|de|desde)\s+|从\s*){_SIGN}({_NUMBER}){_UNIT}\s*(?:\b(?:to|a|hasta|para|até)\s+|[到至]\s*)"
    rf"|{_SIGN}({_NUMBER}){_UNIT}\s*(?:->|→|=>)\s*){_SIGN}({_NUMBER}){_UNIT}",
    re.IGNORECASE,
)
# After a number these are no unit but part of the number, and how much each is differs between countries.
_SCALES = frozenset({"k", "m", "mm", "mn", "mio", "bn", "b", "tsd", "million", "millions", "thousand", "mil"})
_UNITS = {"€": "EUR", "£": "GBP"}


@dataclass(frozen=True)
class Proposal:
    """A line that could be followed up, with what is plain of it. `key` names the line, `stem` it without its dates."""

    key: str
    stem: str
    item: str
    text: str
    priority: str = ""
    due_on: date | None = None
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Numbers:
    """From where to where a value shall come, of what, in which unit; None or '' where it is not plain."""

    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None


def proposed(item: str, text: str) -> tuple[Proposal, ...]:
    """The lines of an item's text that say something, each once, 50 at most."""
    found = {each.key: each for each in islice(_proposals(item, text), MOST)}
    return tuple(found.values())


def exact(text: str) -> Decimal | None:
    """The number that a text says; None where it can be read in two ways (1,200), or is none.

    One sign with three digits behind it may be a decimal point or part thousands; everything else is plain.
    """
    plain = re.sub(r"(?<=\d)[ \u00a0\u202f\u2009](?=\d{3}(?!\d))", "", text.strip()).replace("−", "-")
    if not re.fullmatch(r"-?\d+(?:[.,]\d+)*", plain):
        return None
    signs = re.findall(r"[.,]", plain)
    if len(signs) == 1:
        return _with_one_sign(plain)
    if len(set(signs)) == 2:
        return _with_both_signs(plain, signs[-1])
    is_grouped = re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})*", plain)
    return Decimal(re.sub(r"[.,]", "", plain)) if not signs or is_grouped else None


def numbers_of(line: str) -> Numbers:
    """From where to where, where a line says it once and plainly."""
    without, _dates = _split_dates(line)
    found = list(_FROM_TO.finditer(without))
    if len(found) != 1:
        return Numbers()
    parts = found[0].groups()
    first = parts[:3] if parts[1] else parts[3:6]
    units = {_unit(each) for each in (first[0], first[2], parts[6], parts[8]) if each}
    low, high = exact(first[1]), exact(parts[7])
    if low is None or high is None or len(units) > 1 or {each.casefold() for each in units} & _SCALES:
        return Numbers()
    metric = without[: found[0].start()].strip(" \t:：,;-–—|")
    return Numbers(metric[:LONGEST_METRIC], next(iter(units), "")[:LONGEST_UNIT], low, high)


def day_of(line: str) -> date | None:
    """The one day that a line names; None for none, several, or one that no calendar has. A month is its last day."""
    days = _split_dates(line)[1]
    return days[0] if len(days) == 1 else None


def line_key(line: str) -> str:
    """The hash by which a line is known again."""
    return hashlib.sha256(" ".join(fold(line).split()).encode()).hexdigest()[:32]


def stem_of(line: str) -> str:
    """A line without its dates, by which it is known again where only its day was changed."""
    return folded(_split_dates(line)[0])


def _proposals(item: str, text: str) -> Iterator[Proposal]:
    for each in text.splitlines():
        line = _BULLET.sub("", each).strip()
        if score(item, line) > NOTHING:
            yield _proposal(item, line)


def _proposal(item: str, line: str) -> Proposal:
    priority, text = _priority(line) if item == NEEDS else ("", line)
    numbers = numbers_of(text) if item == VALUES else Numbers()
    evidence = _EVIDENCE.search(text) if item == EVENTS else None
    return Proposal(
        key=line_key(text), stem=stem_of(text), item=item, text=text, priority=priority, due_on=day_of(text),
        evidence=evidence[1].strip() if evidence else "", **vars(numbers),
    )  # fmt: skip


def _priority(line: str) -> tuple[str, str]:
    before, colon, rest = line.replace("：", ":").partition(":")
    told = " ".join(re.sub(r"[-\s]+", " ", fold(before)).split())
    found = next((each for each, names in _PRIORITIES.items() if told in names), None)
    return (str(found), rest.strip()) if colon and found and rest.strip() else ("", line)


def _split_dates(line: str) -> tuple[str, list[date | None]]:
    """The line with a bar in the place of each date, and the dates; None for one that cannot be read plainly."""
    days: list[date | None] = []
    for pattern in _DATES:
        days.extend(_day(found.groupdict()) for found in pattern.finditer(line))
        line = pattern.sub("|", line)
    return line, days


def _day(parts: dict[str, str | None]) -> date | None:
    year, month, day = int(parts["year"] or 0), _month(parts), parts.get("day")
    if parts.get("either"):
        month, day = _ordered(int(parts["either"] or 0), int(parts["other"] or 0))
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, month)[1]
    number = int(day) if day is not None else last
    return date(year, month, number) if 1 <= number <= last else None


def _month(parts: dict[str, str | None]) -> int:
    name = parts.get("name")
    return _MONTHS[name.lower()] if name else int(parts.get("month") or 0)


def _ordered(one: int, other: int) -> tuple[int, str]:
    """Month and day of 3/31/2026 or 31/3/2026; month 0 where both orders are possible."""
    if one != other and one <= 12 and other <= 12:
        return 0, "0"
    return (other, str(one)) if other <= 12 else (one, str(other))


def _with_one_sign(plain: str) -> Decimal | None:
    whole, digits = re.split(r"[.,]", plain.lstrip("-"))
    is_double = len(digits) == 3 and len(whole) <= 3 and whole != "0"
    return None if is_double or len(digits) > DIGITS else Decimal(plain.replace(",", "."))


def _with_both_signs(plain: str, point: str) -> Decimal | None:
    """1,200.50 and 1.200,50: the sign that comes last once is the point, the other parts thousands."""
    other = "," if point == "." else "."
    if not re.fullmatch(rf"-?\d{{1,3}}(?:\{other}\d{{3}})+\{point}\d{{1,{DIGITS}}}", plain):
        return None
    return Decimal(plain.replace(other, "").replace(point, "."))


def _unit(text: str) -> str:
    """Signs and words of one unit are one."""
    told = " ".join(text.split())
    return "%" if re.match(r"per\s?cent|por\s?cien", told, re.IGNORECASE) or told == "%" else _UNITS.get(told, told)
