"""Who may do what with a hand-off or a promise.

A hand-off is seen by who sees its customer, and by giver and receiver and those who lead them. Its giver's side writes,
gives and withdraws it, its receiver's side returns, accepts and confirms it; a side is whoever is that person or leads
it. Where no receiver is named whoever sees the customer may take it. Roles that see no persons only look on.
"""

from relevo.answers.identity import current_id
from relevo.answers.notes import customer_to_write_about
from relevo.answers.people import names_of_people
from relevo.answers.reading import Ids, NotFound, Reading, Refused
from relevo.answers.relay.unread import unread_handoff
from relevo.answers.viewers import HERE
from relevo.desk.people.colleagues import colleagues
from relevo.desk.relay.handoffs import KeptHandOff, handoff_with
from relevo.desk.relay.promises import KeptPromise, promise_with
from relevo.desk.relay.states import RULES, Act, Side, possible


def person_names(reading: Reading) -> dict[str, str]:
    """Names by person id: of everybody in the book, and of users that are nobody of the book."""
    return {HERE + name: told for name, told in colleagues()} | names_of_people(reading)


def my_person(reading: Reading) -> str:
    """The person id under which the viewer hands on: that of the book where there is one."""
    known = sorted(reading.viewer.me, key=lambda each: (each.startswith(HERE), each))
    return known[0] if known else HERE + reading.viewer.name


def acts_for(reading: Reading, person_id: str) -> bool:
    """Whether the viewer is this person or leads it."""
    who: Ids = reading.viewer.acts_for
    return who is None or person_id in who


def takes_part(reading: Reading) -> bool:
    """Whether the viewer gives or takes over anything at all; others look on."""
    who: Ids = reading.viewer.acts_for
    return who is None or bool(who)


def sides(reading: Reading, kept: KeptHandOff) -> frozenset[Side]:
    """The sides of a hand-off on which the viewer acts."""
    found = {Side.GIVER} if acts_for(reading, kept.from_person_id) else set()
    is_named = bool(kept.to_person_id)
    takes = acts_for(reading, kept.to_person_id) if is_named else takes_part(reading)
    return frozenset(found | ({Side.RECEIVER} if takes else set()))


def acts(reading: Reading, kept: KeptHandOff) -> tuple[Act, ...]:
    """What the viewer may do with a hand-off in its present state."""
    mine = sides(reading, kept)
    return tuple(act for act in possible(kept.state) if RULES[act].side in mine)


def sees(reading: Reading, kept: KeptHandOff) -> bool:
    """Whether the viewer may see a hand-off."""
    viewer, customer_id = reading.viewer, current_id(reading, kept.customer_id)
    is_party = any(acts_for(reading, each) for each in (kept.from_person_id, kept.to_person_id) if each)
    return viewer.scope is None or customer_id in viewer.scope or is_party


def reads_words(reading: Reading, kept: KeptHandOff) -> bool:
    """Whether the viewer may read what the customer said: who reads its conversations, and both sides."""
    is_party = any(reads_as(reading, each) for each in (kept.from_person_id, kept.to_person_id) if each)
    return is_party or reading.viewer.reads_conversations_of(current_id(reading, kept.customer_id))


def as_read(reading: Reading, kept: KeptHandOff) -> KeptHandOff:
    """A hand-off without the words that the viewer may not read."""
    return kept if reads_words(reading, kept) else unread_handoff(kept)


def reads_as(reading: Reading, person_id: str) -> bool:
    """Whether the viewer reads words as this person or who leads it; not through a key that reads no words."""
    return reading.viewer.reads_own and acts_for(reading, person_id)


def handoff_seen(reading: Reading, key: int) -> KeptHandOff:
    """A hand-off that the viewer may see; NotFound where there is none, or none that this one may see."""
    kept = handoff_with(key)
    if kept is None or not sees(reading, kept):
        raise NotFound(f"There is no hand-off {key} here.", "Look for it under Hand-offs.")
    return kept


def handoff_to_change(reading: Reading, key: int, act: Act) -> KeptHandOff:
    """A hand-off with which the viewer may do this in some state; Refused where it is another's to do."""
    kept = handoff_seen(reading, key)
    side = RULES[act].side
    if side not in sides(reading, kept):
        names = person_names(reading)
        who = kept.from_person_id if side is Side.GIVER else kept.to_person_id
        raise Refused(f"Only the {side} of this hand-off may do this.", f"Ask {names.get(who, who) or 'its giver'}.")
    return kept


def handoff_taken_part_in(reading: Reading, key: int) -> KeptHandOff:
    """A hand-off beside which the viewer may note something: one that is seen, for a role that sees persons."""
    kept = handoff_seen(reading, key)
    if not takes_part(reading):
        raise Refused("Your role looks on.", "Ask the owner of this Relevo for a role that takes part.")
    return kept


def customer_to_hand_on(reading: Reading, customer_id: str) -> str:
    """The id under which to begin something about a customer; NotFound or Refused where the viewer may not."""
    known = customer_to_write_about(reading, customer_id)
    if not takes_part(reading):
        raise Refused("Your role looks on.", "Ask the owner of this Relevo for a role that takes part.")
    return known


def promise_seen(reading: Reading, key: int) -> KeptPromise:
    """A promise that the viewer may see: of a customer that is seen, or made by the viewer or somebody led."""
    kept = promise_with(key)
    if kept is None or not _sees_promise(reading, kept):
        raise NotFound(f"There is no promise {key} here.", "Look for it under Promises.")
    return kept


def reads_promise(reading: Reading, kept: KeptPromise) -> bool:
    """Whether the viewer may read what was promised: who reads the customer's conversations, and who promised it."""
    reads = reading.viewer.reads_conversations_of(current_id(reading, kept.customer_id))
    return reads or reads_as(reading, kept.person_id)


def promise_to_change(reading: Reading, key: int) -> KeptPromise:
    """A promise about which the viewer may say something: one that is read, for a role that sees persons."""
    kept = promise_seen(reading, key)
    if not takes_part(reading):
        raise Refused("Your role looks on.", "Ask the owner of this Relevo for a role that takes part.")
    if not reads_promise(reading, kept):
        raise Refused("You may not read what was promised.", "Ask somebody who reads what the customer was told.")
    return kept


def _sees_promise(reading: Reading, kept: KeptPromise) -> bool:
    viewer, customer_id = reading.viewer, current_id(reading, kept.customer_id)
    return viewer.scope is None or customer_id in viewer.scope or acts_for(reading, kept.person_id)
