"""Tables of people: person, person_role, absence, headcount, and the support desk's schedule, holidays and shifts."""

import numpy as np

from relevo.sources.demo.cast import CULTURES, HEADS, PODS, SUPPORT, TEAMS, TIMEZONES, Cast, Person, RoleSpan
from relevo.sources.demo.frame import DAY, HOUR, MONTHS, NONE, Frame, Ints, choose
from relevo.sources.demo.names import person_names
from relevo.sources.demo.truths import p04_brave
from relevo.sources.demo.writer import Day, Id, Joined, Lower, Moment, Same, Word, Writer

_CURRENCIES = ("EUR", "MXN", "BRL", "CNY")
_HOURLY = (3_400, 41_000, 11_500, 19_500)
_CULTURE_SHARES = ((80, 8, 2, 1, 9), (6, 86, 2, 1, 5), (3, 3, 88, 1, 5), (2, 1, 1, 92, 4))
OPEN_HOURS = (7, 13, 11, 0)
DESK_HOURS = 9
PRIORITY_HOURS = (7, 21)
"""Local hours of the schedule of the priority tier."""
_BY_TIER = ("standard", "priority")
_HOLIDAYS = (
    ((1, 1, "New Year"), (1, 6, "Epiphany"), (5, 1, "Labour Day"), (10, 12, "National Day"), (12, 25, "Christmas")),
    ((1, 1, "New Year"), (9, 16, "Independence"), (11, 20, "Revolution Day"), (12, 25, "Christmas")),
    ((1, 1, "New Year"), (4, 21, "Tiradentes"), (9, 7, "Independence"), (12, 25, "Christmas")),
    ((1, 1, "New Year"), (5, 1, "Labour Day"), (10, 1, "National Day"), (10, 2, "National Day")),
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_KINDS = ("holiday", "sick", "parental", "training")


def person_id(number: Ints) -> Id:
    """How a person is named in every table."""
    return Id("p", number, 4)


def write_people(frame: Frame, cast: Cast, out: Writer) -> None:
    """Write the seven tables about people and their hours."""
    _person(frame, cast, out)
    _person_role(frame, cast, out)
    _absence(frame, cast, out)
    _headcount(cast, out)
    _schedule(out)
    _holiday(frame, out)
    _shift(frame, cast, out)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _person(frame: Frame, cast: Cast, out: Writer) -> None:
    rng = frame.stream("people")
    latest = {s.person: s for s in cast.spans}
    spans = [latest.get(p.number, _hired(p)) for p in cast.people]
    pods = _ints([p.pod for p in cast.people])
    cultures = _ints([choose(rng, [float(x) for x in _CULTURE_SHARES[p]], 1)[0] for p in pods])
    names = _named(person_names(rng, _ints([CULTURES[c] for c in cultures])), p04_brave.named(cast))
    size = len(names)
    full = Word(np.arange(size), names)
    out.add(
        "person",
        {
            "person_id": person_id(np.arange(size)),
            "name": full,
            "email": Joined((Lower(Word(np.arange(size), [n.replace(" ", ".") for n in names])), "@norte.example")),
            "team": Word(_ints([p.team for p in cast.people]), TEAMS),
            "role": Word(np.arange(size), [s.title for s in spans]),
            "pod": Word(pods, PODS),
            "manager_id": person_id(_ints([s.manager for s in spans])),
            "started_on": Day(_ints([p.hired for p in cast.people])),
            "ended_on": Day(_ints([p.left for p in cast.people])),
            "hourly_cost_cents": _hourly(rng, spans, pods),
            "currency": Word(pods, _CURRENCIES),
            "timezone": Word(pods, TIMEZONES),
        },
        size,
    )


def _named(names: list[str], brave: int) -> list[str]:
    """The same names, but for the one agent whom everybody is to find (P04)."""
    renamed = list(names)
    if brave >= 0:
        family = names[brave].partition(" ")[2]
        new = f"{p04_brave.BRAVE_NAME} {family}"
        renamed[brave] = f"{new} {family}" if new in names else new
    return renamed


def _hired(person: Person) -> RoleSpan:
    """The role of somebody who has just signed, before the first month start."""
    return RoleSpan(person.number, person.team, person.pod, person.role, False, 0, person.hired, NONE)


def _hourly(rng: np.random.Generator, spans: list[RoleSpan], pods: Ints) -> Ints:
    level = np.array([_level(s) for s in spans])
    hourly: Ints = (np.array(_HOURLY)[pods] * level * rng.uniform(0.9, 1.12, len(spans)) / 100).astype(np.int64)
    return hourly * 100


def _level(span: RoleSpan) -> float:
    if span.role in HEADS.values():
        return 2.3
    base = {"engineer": 1.3, "senior_engineer": 1.7, "account_director": 1.6, "solutions_engineer": 1.35}
    return base.get(span.role, 1.2 if span.role.startswith("senior") else 1.0) * (1.15 if span.leads else 1.0)


def _person_role(frame: Frame, cast: Cast, out: Writer) -> None:
    known = {s.person for s in cast.spans}
    late = [_hired(p) for p in cast.people if p.number not in known and p.hired < frame.calendar.end]
    spans = [*cast.spans, *late]
    size = len(spans)
    out.add(
        "person_role",
        {
            "person_id": person_id(_ints([s.person for s in spans])),
            "team": Word(_ints([s.team for s in spans]), TEAMS),
            "role": Word(np.arange(size), [s.title for s in spans]),
            "pod": Word(_ints([s.pod for s in spans]), PODS),
            "manager_id": person_id(_ints([s.manager for s in spans])),
            "from_on": Day(_ints([s.start for s in spans])),
            "to_on": Day(_ints([s.end for s in spans])),
        },
        size,
    )


def _absence(frame: Frame, cast: Cast, out: Writer) -> None:
    """Summer and year-end weeks for everybody, illness at random, now and then a parent or a course."""
    rng = frame.stream("absence")
    rows = sorted({(p.number, day): (length, kind) for p in cast.people
                   for day, length, kind in _away(rng, frame, p)}.items())  # fmt: skip
    out.add(
        "absence",
        {
            "person_id": person_id(_ints([key[0] for key, _ in rows])),
            "from_on": Day(_ints([key[1] for key, _ in rows])),
            "to_on": Day(_ints([key[1] + value[0] for key, value in rows])),
            "kind": Word(_ints([value[1] for _, value in rows]), _KINDS),
        },
        len(rows),
    )


def _away(rng: np.random.Generator, frame: Frame, person: Person) -> list[tuple[int, int, int]]:
    starts = frame.calendar.starts
    end = person.left if person.left >= 0 else frame.calendar.end
    found: list[tuple[int, int, int]] = []
    for month in range(MONTHS):
        of_year = int(frame.calendar.of_year(_ints([month]))[0])
        first = int(starts[month])
        if of_year in (6, 7) and rng.random() < 0.55:
            found.append((first + int(rng.integers(0, 15)), 12, 0))
        if of_year == 11 and rng.random() < 0.7:
            found.append((first + 21, 7, 0))
        if rng.random() < 0.09:
            found.append((first + int(rng.integers(15, 20)), int(rng.integers(1, 6)), 1 if rng.random() < 0.8 else 3))
    if rng.random() < 0.05:
        found.append((person.hired + 300 + int(rng.integers(0, 200)), 112, 2))
    return [(d, n, k) for d, n, k in found if person.hired < d and d + n < end]


def _headcount(cast: Cast, out: Writer) -> None:
    rows = cast.headcount
    out.add(
        "headcount",
        {"on_date": Day(_ints([d for d, _ in rows])), "employees": _ints([n for _, n in rows])},
        len(rows),
    )


def _schedule(out: Writer) -> None:
    """Nine to six in each office on weekdays, Madrid also on Saturday mornings; and what is promised to each tier."""
    rows = [(pod, day, "09:00", "18:00") for pod in range(len(PODS)) for day in range(5)]
    rows.append((0, 5, "09:00", "13:00"))
    hours = ((9, 18), PRIORITY_HOURS)
    rows += [(len(PODS) + n, day, f"{a:02}:00", f"{b:02}:00") for n, (a, b) in enumerate(hours) for day in range(5)]
    size = len(rows)
    out.add(
        "schedule",
        {
            "schedule_id": Word(_ints([r[0] for r in rows]), (*PODS, *_BY_TIER)),
            "timezone": Word(_ints([r[0] for r in rows]), (*TIMEZONES, *[TIMEZONES[0]] * len(_BY_TIER))),
            "weekday": Word(_ints([r[1] for r in rows]), _WEEKDAYS),
            "opens": Word(np.arange(size), [r[2] for r in rows]),
            "closes": Word(np.arange(size), [r[3] for r in rows]),
            "valid_from": Same(None),
            "valid_to": Same(None),
        },
        size,
    )


def _holiday(frame: Frame, out: Writer) -> None:
    calendar = frame.calendar
    rows: list[tuple[int, int, str]] = []
    for month in range(MONTHS):
        of_year = int(calendar.of_year(_ints([month]))[0]) + 1
        for pod, days in enumerate(_HOLIDAYS):
            rows += [(pod, int(calendar.starts[month]) + d - 1, name) for m, d, name in days if m == of_year]
    out.add(
        "holiday",
        {
            "schedule_id": Word(_ints([r[0] for r in rows]), PODS),
            "on_date": Day(_ints([r[1] for r in rows])),
            "name": Word(np.arange(len(rows)), [r[2] for r in rows]),
        },
        len(rows),
    )


def _shift(frame: Frame, cast: Cast, out: Writer) -> None:
    """A weekday shift of nine hours for everybody in support since the first reported month."""
    who, days, pods = [], [], []
    for person in (p for p in cast.people if p.team == SUPPORT):
        end = person.left if person.left >= 0 else frame.calendar.end
        span = np.arange(max(person.hired, frame.calendar.opens), min(end, frame.calendar.end))
        span = span[(span + 3) % 7 < 5]
        days.append(span)
        who.append(np.full(len(span), person.number))
        pods.append(np.full(len(span), person.pod))
    day, person_number, pod = np.concatenate(days), np.concatenate(who), np.concatenate(pods)
    opens = day * DAY + np.array(OPEN_HOURS)[pod] * HOUR
    out.add(
        "shift",
        {
            "person_id": person_id(person_number),
            "from_at": Moment(opens),
            "to_at": Moment(opens + DESK_HOURS * HOUR),
        },
        len(day),
    )
