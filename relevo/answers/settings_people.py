"""Settings, people: who may sign in and as what, and what each role sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.models import User

from relevo.answers.reading import Reading
from relevo.base.errors import WrongUse
from relevo.desk.house.rules import RuleInForce, rule_versions, rules_in_force
from relevo.desk.people.models import Member, SignInLink
from relevo.desk.people.roles import DEFAULTS, ROLES_RULE, SIGHTS, Right, Role, Sight, roles_with
from relevo.desk.people.second import who_gives_codes


@dataclass(frozen=True)
class Somebody:
    """One user: the role, when this person signed in last, whether an invitation is still open, and until when."""

    username: str
    name: str
    email: str
    role: str
    last_sign_in: datetime | None
    is_active: bool
    gives_codes: bool
    invited_until: datetime | None
    is_me: bool


@dataclass(frozen=True)
class Cell:
    """What a role sees of one kind of row now, and by default."""

    column: str
    now: Sight
    default: Sight

    @property
    def is_changed(self) -> bool:
        """Whether a house rule says otherwise than the default."""
        return self.now is not self.default


@dataclass(frozen=True)
class RoleLine:
    """One role: its cells, what it may change, how many active users have it; the owner's cells stay as they are."""

    role: str
    cells: tuple[Cell, ...]
    rights: frozenset[Right]
    people: int
    is_fixed: bool


@dataclass(frozen=True)
class RolesPage:
    """The table of roles on a day, and the house rule that changed it; None where nothing did."""

    on: date
    lines: tuple[RoleLine, ...]
    rule: RuleInForce | None


def people_page(reading: Reading, now: datetime) -> tuple[Somebody, ...]:
    """Everybody who may sign in or once might, active ones first, by name. Refused without the right."""
    reading.check_right(Right.PEOPLE)
    roles = _roles_of_users()
    open_until = dict(
        SignInLink.objects.filter(used_at__isnull=True, expires_at__gt=now)
        .order_by("expires_at")
        .values_list("user_id", "expires_at")
    )
    codes, me = who_gives_codes(), reading.viewer.name
    return tuple(
        Somebody(
            u.username, u.get_full_name(), u.email, roles.get(u.pk, "owner" if u.is_superuser else ""), u.last_login,
            u.is_active, u.pk in codes, open_until.get(u.pk), u.username == me,
        )
        for u in User.objects.order_by("-is_active", "username")
    )  # fmt: skip


def roles_page(reading: Reading, on: date) -> RolesPage:
    """What every role sees on a day. Refused without the right."""
    reading.check_right(Right.PEOPLE)
    rule = rules_in_force(on).get(ROLES_RULE)
    table = roles_with(rule.value) if rule else DEFAULTS
    counts = _counts()
    lines = tuple(
        RoleLine(name, _cells(role, DEFAULTS[name]), role.rights, counts.get(name, 0), name == "owner")
        for name, role in table.items()
    )
    return RolesPage(on, lines, rule)


def roles_with_cell(reading: Reading, role: str, column: str, sight: str, on: date) -> dict[str, dict[str, str]]:
    """The rule of the roles on a day with one cell changed, as it is saved; a cell of the default leaves it.

    Refused without the right; WrongUse for a role, a column or a sight that does not exist, and where a table of roles
    is already saved from a later day: from then on it would undo this change.
    """
    reading.check_right(Right.PEOPLE)
    later = sorted(version.from_on for version in rule_versions(ROLES_RULE) if version.from_on > on)
    if later:
        raise WrongUse(
            f"Roles change again on {later[0].isoformat()}, and this change would end then.",
            f"Save it from {later[-1].isoformat()} on, or save that change from today as well.",
        )
    rule = rules_in_force(on).get(ROLES_RULE)
    held: Mapping[str, Mapping[str, str]] = rule.value if rule and isinstance(rule.value, dict) else {}
    if column not in SIGHTS:
        raise WrongUse(f"There is no column {column[:40]!r}.", f"Known: {', '.join(SIGHTS)}.")
    changed = {name: dict(cells) for name, cells in held.items()}
    changed.setdefault(role, {})[column] = sight
    roles_with(changed)
    if getattr(DEFAULTS[role], column) is Sight(sight):
        del changed[role][column]
    return {name: cells for name, cells in changed.items() if cells}


def _cells(role: Role, default: Role) -> tuple[Cell, ...]:
    return tuple(Cell(name, getattr(role, name), getattr(default, name)) for name in SIGHTS)


def _roles_of_users() -> dict[int, str]:
    return dict(Member.objects.values_list("user_id", "role"))


def _counts() -> dict[str, int]:
    counts: dict[str, int] = {}
    for role in Member.objects.filter(user__is_active=True).values_list("role", flat=True):
        counts[role] = counts.get(role, 0) + 1
    return counts
