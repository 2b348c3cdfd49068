"""The people of the company over time: who joined, rose, led whom and left. Pure arrays; `people` writes them.

The company grows along `staff_wanted` from a handful to about 290. Each team has a head who stays; teams of ten get
leads; sellers rise from development to account executive to director, support and success people to senior.
"""

import math
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from relevo.sources.demo.frame import EARLY_MONTHS, MONTHS, NONE, Floats, Frame, Ints
from relevo.sources.demo.names import AMERICAN, BRAZILIAN, CHINESE, IBERIAN, NORTHERN

TEAMS = ("sales", "presales", "implementation", "success", "support", "marketing", "product", "finance", "other")
SALES, PRESALES, IMPLEMENTATION, SUCCESS, SUPPORT, MARKETING, PRODUCT, FINANCE, OTHER = range(len(TEAMS))
SHARES = (0.17, 0.03, 0.05, 0.10, 0.15, 0.06, 0.29, 0.04, 0.11)
FOUNDERS = (OTHER, PRODUCT, PRODUCT, SALES, PRODUCT, SUPPORT, SUCCESS, IMPLEMENTATION)

ROLES = (
    "sales_development", "account_executive", "account_director", "head_of_sales",
    "solutions_engineer", "head_of_presales", "onboarding_specialist", "head_of_implementation",
    "success_manager", "senior_success_manager", "head_of_success", "support_agent", "senior_support_agent",
    "head_of_support", "marketer", "head_of_marketing", "engineer", "senior_engineer", "head_of_product",
    "accountant", "head_of_finance", "operations", "chief_executive",
)  # fmt: skip
ROLE = {name: code for code, name in enumerate(ROLES)}
HEADS = {
    SALES: "head_of_sales", PRESALES: "head_of_presales", IMPLEMENTATION: "head_of_implementation",
    SUCCESS: "head_of_success", SUPPORT: "head_of_support", MARKETING: "head_of_marketing",
    PRODUCT: "head_of_product", FINANCE: "head_of_finance", OTHER: "chief_executive",
}  # fmt: skip
FIRST_ROLE = {
    PRESALES: "solutions_engineer", IMPLEMENTATION: "onboarding_specialist", SUCCESS: "success_manager",
    SUPPORT: "support_agent", MARKETING: "marketer", PRODUCT: "engineer", FINANCE: "accountant", OTHER: "operations",
}  # fmt: skip
SALES_PATTERN = ("account_executive", "account_executive", "sales_development", "account_director",
                 "account_executive", "sales_development", "account_executive")  # fmt: skip
RISES = {
    "sales_development": ("account_executive", 13, 0.07),
    "account_executive": ("account_director", 24, 0.015),
    "success_manager": ("senior_success_manager", 14, 0.08),
    "support_agent": ("senior_support_agent", 12, 0.06),
    "engineer": ("senior_engineer", 15, 0.06),
}

PODS = ("madrid", "mexico_city", "sao_paulo", "shenzhen")
POD_SHARES = (0.42, 0.24, 0.20, 0.14)
TIMEZONES = ("Europe/Madrid", "America/Mexico_City", "America/Sao_Paulo", "Asia/Shanghai")
CULTURES = (IBERIAN, AMERICAN, BRAZILIAN, CHINESE, NORTHERN)
MONTHLY_LEAVING = 0.013
SAFE_MONTHS = 6
SMALLEST_TEAM = 4
TEAM_WITH_LEADS = 10
SPAN_OF_CONTROL = 8
START_STAFF, END_STAFF, EARLY_STAFF = 14, 290, 8


@dataclass
class Person:
    """One person while the company is simulated; days are day numbers, -1 is none."""

    number: int
    team: int
    pod: int
    role: str
    hired: int
    is_head: bool
    left: int = NONE
    leads: bool = False


@dataclass(frozen=True)
class RoleSpan:
    """What a person was from a day on: role and manager."""

    person: int
    team: int
    pod: int
    role: str
    leads: bool
    manager: int
    start: int
    end: int

    @property
    def title(self) -> str:
        """The role as written; a lead's says so."""
        return f"{self.role}_lead" if self.leads else self.role


@dataclass(frozen=True)
class Roster:
    """Who can be given work in each month: a row of person numbers per month and how many of them count."""

    people: Ints
    counts: Ints

    def pick(self, month: Ints, drawn: Floats) -> Ints:
        """A person per row, uniformly among those there for the whole month; -1 where there is nobody."""
        size = self.counts[month]
        return np.where(size > 0, self.people[month, (drawn * size).astype(np.int64)], NONE)


@dataclass(frozen=True)
class Cast:
    """Everybody who ever worked here, their roles over time, and headcount per month start and at the end."""

    people: tuple[Person, ...]
    spans: tuple[RoleSpan, ...]
    headcount: tuple[tuple[int, int], ...]
    starts: Ints

    @property
    def left(self) -> Ints:
        """The day each person left; far in the future for those still here."""
        return np.array([p.left if p.left >= 0 else 10**7 for p in self.people], dtype=np.int64)

    def roster(self, *roles: str, otherwise: str = "") -> Roster:
        """Those who held one of these roles through whole months; in a month without any, the `otherwise` role."""
        rows = [self._holders(roles, month) or self._holders((otherwise,), month) for month in range(MONTHS)]
        people = np.full((MONTHS, max(1, *map(len, rows))), NONE, dtype=np.int64)
        for month, row in enumerate(rows):
            people[month, : len(row)] = row
        return Roster(people, np.array([len(r) for r in rows], dtype=np.int64))

    def _holders(self, roles: tuple[str, ...], month: int) -> list[int]:
        return [s.person for s in self.spans if s.role in roles and self._whole(s, month)]

    def _whole(self, span: RoleSpan, month: int) -> bool:
        return span.start <= self.starts[month] and (span.end < 0 or span.end >= self.starts[month + 1])


def staff_wanted(month: int) -> int:
    """Heads at the start of a company month: 8 a year before, 14 at the first reported month, 290 at the end."""
    if month < EARLY_MONTHS:
        return round(EARLY_STAFF + (START_STAFF - EARLY_STAFF) * month / EARLY_MONTHS)
    share = (month - EARLY_MONTHS) / (MONTHS - EARLY_MONTHS)
    pace = (1 - math.exp(-1.5 * share)) / (1 - math.exp(-1.5))
    return round(START_STAFF * math.exp(math.log(END_STAFF / START_STAFF) * pace))


@dataclass
class _Company:
    """The simulation: who is here now, and what has been written down so far."""

    rng: np.random.Generator
    starts: Ints
    people: list[Person] = field(default_factory=list)
    open_spans: dict[int, RoleSpan] = field(default_factory=dict)
    spans: list[RoleSpan] = field(default_factory=list)

    def here(self) -> list[Person]:
        return [p for p in self.people if p.left < 0]

    def hire(self, team: int, day: int) -> None:
        count = sum(p.team == team for p in self.people)
        is_head = (count == 0 and team != SALES) or (team == SALES and count == 4)
        role = HEADS[team] if is_head and team in (OTHER, SALES, PRODUCT) else _first_role(team, count)
        pod = int(np.searchsorted(np.cumsum(POD_SHARES), self.rng.random())) if len(self.people) > 4 else 0
        self.people.append(Person(len(self.people), team, min(pod, 3), role, day, is_head))

    def leave(self, month: int) -> None:
        teams = Counter(p.team for p in self.here())
        for person in self.here():
            is_new = person.hired > self.starts[month] - SAFE_MONTHS * 30
            safe = person.is_head or is_new or teams[person.team] < SMALLEST_TEAM
            if self.rng.random() < MONTHLY_LEAVING and not safe:
                person.left = int(self.starts[month] + self.rng.integers(1, 28))
                teams[person.team] -= 1

    def rise(self, month: int) -> None:
        day = int(self.starts[month])
        for person in self.here():
            self._promote(person, day)
        for team in range(len(TEAMS)):
            self._name_leads([p for p in self.here() if p.team == team and not p.is_head], day)

    def _promote(self, person: Person, day: int) -> None:
        drawn = self.rng.random()
        if person.is_head and day - person.hired > 400:
            person.role = HEADS[person.team]
        elif person.role in RISES:
            role, months, chance = RISES[person.role]
            if day - person.hired > months * 30 and drawn < chance:
                person.role = role

    def _name_leads(self, team: list[Person], day: int) -> None:
        wanted = len(team) // SPAN_OF_CONTROL if len(team) >= TEAM_WITH_LEADS else 0
        ready = [p for p in team if not p.leads and day - p.hired > 240]
        for person in ready[: max(0, wanted - sum(p.leads for p in team))]:
            person.leads = True

    def write_down(self, month: int) -> None:
        """Open a new role span for everybody whose role or manager differs from the last one."""
        boss = self._managers()
        for person in self.people:
            current = self.open_spans.get(person.number)
            if person.left >= 0:
                if current is not None:
                    self.spans.append(_closed(self.open_spans.pop(person.number), person.left))
                continue
            start = max(int(self.starts[month]), person.hired)
            now = RoleSpan(person.number, person.team, person.pod, person.role, person.leads,
                           boss[person.number], start, NONE)  # fmt: skip
            if current is None:
                self.open_spans[person.number] = _since(now, person.hired)
            elif _differs(now, current):
                self.spans.append(_closed(current, now.start))
                self.open_spans[person.number] = now

    def _managers(self) -> dict[int, int]:
        here = self.here()
        heads = {p.team: p.number for p in here if p.is_head}
        leads: dict[tuple[int, int], list[int]] = {}
        for p in here:
            if p.leads:
                leads.setdefault((p.team, p.pod), []).append(p.number)
        return {p.number: _manager(p, heads, leads) for p in here}


def _first_role(team: int, count: int) -> str:
    return SALES_PATTERN[count % len(SALES_PATTERN)] if team == SALES else FIRST_ROLE[team]


def _manager(person: Person, heads: dict[int, int], leads: dict[tuple[int, int], list[int]]) -> int:
    """The pod's lead, else the team's head, else the chief executive; nobody above the latter."""
    if person.number == heads[OTHER]:
        return NONE
    if person.is_head or person.team not in heads:
        return heads[OTHER]
    pod = leads.get((person.team, person.pod), [])
    return heads[person.team] if person.leads or not pod else pod[person.number % len(pod)]


def _closed(span: RoleSpan, end: int) -> RoleSpan:
    return RoleSpan(span.person, span.team, span.pod, span.role, span.leads, span.manager, span.start, end)


def _since(span: RoleSpan, start: int) -> RoleSpan:
    return RoleSpan(span.person, span.team, span.pod, span.role, span.leads, span.manager, start, NONE)


def _differs(a: RoleSpan, b: RoleSpan) -> bool:
    return (a.role, a.leads, a.manager) != (b.role, b.leads, b.manager)


def _most_missing(company: _Company) -> int:
    """The team that is shortest of its share."""
    counts = Counter(p.team for p in company.here())
    heads = counts.total() + 1
    return max(range(len(TEAMS)), key=lambda team: SHARES[team] * heads - counts[team])


def _grow(company: _Company, month: int) -> None:
    """Hire during `month` until the next month's wanted heads are here on its first day."""
    day = int(company.starts[month])
    for _ in range(staff_wanted(month + 1) - len(company.here())):
        company.hire(_most_missing(company), day + int(company.rng.choice((1, 2, 6, 13, 14, 20))))


def cast(frame: Frame) -> Cast:
    """Simulate the company's people month by month."""
    company = _Company(frame.stream("cast"), frame.calendar.starts)
    for team in FOUNDERS:
        company.hire(team, int(company.starts[0]) - 45 - int(company.rng.integers(0, 200)))
    heads = []
    for month in range(MONTHS):
        company.rise(month)
        company.write_down(month)
        heads.append((int(company.starts[month]), len(company.here())))
        company.leave(month)
        _grow(company, month)
    company.write_down(MONTHS)
    still = [s for s in company.open_spans.values() if s.start < frame.calendar.end]
    spans = sorted(company.spans + still, key=lambda s: (s.person, s.start))
    heads.append((frame.calendar.end - 1, len(company.here())))
    return Cast(tuple(company.people), tuple(spans), tuple(heads), frame.calendar.starts)
