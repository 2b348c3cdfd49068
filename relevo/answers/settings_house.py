"""Settings, house rules: what holds, since when, by whom and why; what came before; what stands only in the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from relevo.answers.reading import NotFound, Reading, Refused
from relevo.base.config import Company, Home, House
from relevo.desk.house.known import AREAS, KNOWN, Known
from relevo.desk.house.rules import RuleInForce, RuleVersion, rule_versions, rules_in_force
from relevo.desk.people.roles import Right


@dataclass(frozen=True)
class RuleLine:
    """One rule on a day: its value, and who set it why; `rule` is None where the file or the default holds.

    `next_from` is the day from which a value saved already will hold; None where none waits.
    """

    known: Known
    value: object
    rule: RuleInForce | None
    is_of_file: bool
    next_from: date | None


@dataclass(frozen=True)
class HousePage:
    """The rules that the viewer may change, by area, and the company's facts, which stand in the file alone."""

    on: date
    areas: tuple[tuple[str, tuple[RuleLine, ...]], ...]
    company: Company
    has_file: bool


@dataclass(frozen=True)
class RulePage:
    """One rule with everything that was ever saved for it, the latest saved first."""

    line: RuleLine
    versions: tuple[RuleVersion, ...]


def house_page(reading: Reading, home: Home, on: date) -> HousePage:
    """The rules of the house on a day, as far as the viewer may change them. Refused where that is none."""
    check_may_see(reading)
    held, file = rules_in_force(on), home.config()
    waiting = _waiting(on)
    lines = [_line(rule, held, file.house, waiting) for rule in KNOWN.values() if rule.right in reading.viewer.rights]
    areas = ((area, tuple(line for line in lines if line.known.area == area)) for area in AREAS)
    return HousePage(on, tuple(each for each in areas if each[1]), file.company, home.settings_file.exists())


def rule_page(reading: Reading, home: Home, key: str, on: date) -> RulePage:
    """One rule and its history. NotFound for a rule that does not exist, Refused for one that is not the viewer's."""
    check_may_see(reading)
    if key not in KNOWN:
        raise NotFound(f"There is no house rule {key[:80]!r}.", "Look under Settings, House rules.")
    reading.check_right(KNOWN[key].right)
    line = _line(KNOWN[key], rules_in_force(on), home.config().house, _waiting(on))
    return RulePage(line, rule_versions(key))


def check_may_see(reading: Reading) -> None:
    """Raise Refused for who may change no rule of the house."""
    if not {Right.HOUSE, Right.HOUSE_MONEY} & reading.viewer.rights:
        raise Refused("The rules of the house are not yours to change.", "Ask the owner of this Relevo.")


def _line(known: Known, held: Mapping[str, RuleInForce], file: House, waiting: dict[str, date]) -> RuleLine:
    rule = held.get(known.key)
    in_file = getattr(file, known.key, None)
    is_of_file = rule is None and known.area == "running" and in_file is not None and in_file != known.default
    value = rule.value if rule else in_file if is_of_file else known.default
    return RuleLine(known, value, rule, is_of_file, waiting.get(known.key))


def _waiting(on: date) -> dict[str, date]:
    """By key the first day after this one on which a value that was saved begins to hold."""
    ahead = sorted(((v.from_on, v.key) for v in rule_versions() if v.from_on > on), reverse=True)
    return {key: day for day, key in ahead}
