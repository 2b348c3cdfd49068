"""Whether somebody may decide which customers are one, and of which: asked before anything is written."""

from relevo.answers.customers import customer_card
from relevo.answers.identity import current_id
from relevo.answers.identity_decisions import DecisionLine, decision_lines
from relevo.answers.reading import NotFound, Reading
from relevo.base.errors import WrongUse
from relevo.desk.identity.decided import DecisionKind
from relevo.desk.people.roles import Right


def pair_to_decide(reading: Reading, kind: str, customer_id: str, other_id: str) -> None:
    """Raise unless the viewer may decide this about the two.

    Refused without the right; NotFound for a customer that the book does not have, or that the viewer may not see;
    WrongUse where the book says already what is to be decided, or knows one of them under another id.
    """
    reading.check_right(Right.IDENTITY)
    for each in (customer_id, other_id):
        _check_known(reading, each)
    kept, joined = current_id(reading, customer_id), current_id(reading, other_id)
    if kept != customer_id:
        raise WrongUse(f"{customer_id} was joined into {kept} in the meantime.", f"Decide about {kept}.")
    if kind == DecisionKind.MERGE and joined != other_id:
        told = "They are one customer in this book already." if joined == kept else f"{other_id} is {joined} by now."
        raise WrongUse(told, "Open the page of the customer to see why.")
    if joined not in (other_id, kept):
        raise WrongUse(f"{other_id} was joined into {joined} in the meantime.", f"Decide about {joined}.")


def decision_to_undo(reading: Reading, key: int) -> DecisionLine:
    """The decision that the viewer may undo. Refused without the right, NotFound for none that the viewer may see."""
    reading.check_right(Right.IDENTITY)
    found = next((line for line in decision_lines(reading) if line.id == key), None)
    if found is None:
        raise NotFound(f"There is no decision {key} here.", "Look for it in the list of decisions.")
    return found


def _check_known(reading: Reading, customer_id: str) -> None:
    try:
        customer_card(reading, current_id(reading, customer_id))
    except NotFound:
        raise NotFound(
            f"There is no customer {customer_id[:80]!r} in this book.",
            "It was joined or renamed since; look for it under Customers.",
        ) from None
