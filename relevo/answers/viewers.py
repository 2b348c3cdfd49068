"""From a member to a viewer: what the role's sights mean in the book that is read."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache

from relevo.answers.identity import ids_now
from relevo.answers.reading import NONE, Ids, Reading, Viewer
from relevo.answers.scope import own_and_led, own_and_team, own_customers, own_persons
from relevo.book.landing_store import OWN_IDS
from relevo.book.remembering import Remembered
from relevo.desk.house.rules import rules_in_force
from relevo.desk.people.keys import KeyScope
from relevo.desk.people.roles import DEFAULTS, NO_ROLE, ROLES_RULE, SIGHTS, Right, Role, Sight, roles_with
from relevo.desk.relay.received import customers_received

# What a key has to name for its holder's sight or right to hold through it.
_SIGHT_SCOPES = {
    "customers": KeyScope.READ,
    "money": KeyScope.READ_MONEY,
    "persons": KeyScope.READ_PERSONS,
    "conversations": KeyScope.READ_CONVERSATIONS,
}
_RIGHT_SCOPES = {
    Right.PEOPLE: KeyScope.ADMIN,
    Right.DATA: KeyScope.ADMIN,
    Right.HOUSE: KeyScope.WRITE_HOUSE,
    Right.HOUSE_MONEY: KeyScope.WRITE_HOUSE,
    Right.IDENTITY: KeyScope.WRITE_IDENTITY,
}
# Who signs in and is nobody of the book is a person of the Desk, under this prefix and the user name.
HERE = OWN_IDS
_LOOKED_UP: Remembered[frozenset[str]] = Remembered(256)


@dataclass(frozen=True)
class Person:
    """A user as far as permissions go: the user name, the address by which the book knows the person, the role."""

    username: str
    email: str
    role: str


def reading_for(reading: Reading, person: Person) -> Reading:
    """The same book as this person may see it. Before the first book nobody's rows are there to be seen."""
    role = _roles(reading).get(person.role, NO_ROLE)
    return replace(reading, viewer=_viewer(reading, person, role))


def narrowed(reading: Reading, scopes: Collection[str]) -> Reading:
    """The same reading through a key with these scopes: never more than its holder sees or may change."""
    viewer = reading.viewer

    def seen(column: str, ids: Ids) -> Ids:
        return ids if _SIGHT_SCOPES[column] in scopes else NONE

    through_key = replace(
        viewer,
        scope=seen("customers", viewer.scope),
        money=seen("money", viewer.money),
        persons=seen("persons", viewer.persons),
        conversations=seen("conversations", viewer.conversations),
        own=viewer.own if KeyScope.READ in scopes else NONE,
        rights=frozenset(right for right in viewer.rights if _RIGHT_SCOPES[right] in scopes),
        acts_for=viewer.acts_for if KeyScope.WRITE_RELAY in scopes else NONE,
        reads_own=KeyScope.READ_CONVERSATIONS in scopes,
    )
    return replace(reading, viewer=through_key)


def sights(reading: Reading, scopes: Collection[str] = tuple(KeyScope)) -> dict[str, Sight]:
    """How far the viewer's role sees per kind of row, through a key with these scopes where one is used."""
    role = _roles(reading).get(reading.viewer.role, NO_ROLE)
    return {name: getattr(role, name) if _SIGHT_SCOPES[name] in scopes else Sight.NONE for name in SIGHTS}


def _roles(reading: Reading) -> Mapping[str, Role]:
    if reading.published is None:
        return DEFAULTS
    rule = rules_in_force(reading.published.as_of).get(ROLES_RULE)
    return roles_with(rule.value) if rule else DEFAULTS


def _viewer(reading: Reading, person: Person, role: Role) -> Viewer:
    me = frozenset({HERE + person.username}) | (_ids(reading, person, Sight.OWN, own_persons, own_and_led) or NONE)
    persons = _ids(reading, person, role.persons, own_persons, own_and_led)

    received = cache(lambda: _received(reading, me | (persons or NONE)))

    def customers(sight: Sight) -> Ids:
        seen = _ids(reading, person, sight, own_customers, own_and_team)
        return seen if seen is None or sight is Sight.NONE else seen | received()

    return Viewer(
        person.username,
        scope=customers(role.customers),
        money=customers(role.money),
        conversations=customers(role.conversations),
        persons=persons,
        own=customers(Sight.OWN) or NONE,
        rights=role.rights,
        role=person.role,
        me=me,
        acts_for=persons if persons is None or role.persons is Sight.NONE else persons | me,
    )


def _received(reading: Reading, persons: frozenset[str]) -> frozenset[str]:
    """Customers that were handed to somebody here and are not theirs in the book yet: whoever takes over sees them."""
    if reading.published is None:
        return NONE
    now = ids_now(reading)
    return frozenset(now.get(each, each) for each in customers_received(persons))


Look = Callable[[Reading, str], frozenset[str]]


def _ids(reading: Reading, person: Person, sight: Sight, own: Look, team: Look) -> Ids:
    """The ids a sight means; looked up once per book and person."""
    if sight is Sight.ALL:
        return None
    book, look = reading.published, team if sight is Sight.TEAM else own
    if sight is Sight.NONE or book is None:
        return NONE
    return _LOOKED_UP.get(book, (person.email, look.__name__), lambda: look(reading, person.email))
