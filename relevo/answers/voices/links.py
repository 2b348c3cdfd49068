"""Who may ask a customer for a rating, and what is known of the conversation it is about."""

from dataclasses import replace
from datetime import UTC, datetime

from relevo.answers.notes import customer_to_write_about
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.viewers import sights
from relevo.desk.people.roles import Sight
from relevo.desk.voices.actions import NewInvitation


def invitation_to_make(reading: Reading, wanted: NewInvitation) -> NewInvitation:
    """What is wanted, with the customer, contact and language that the book knows of the conversation.

    NotFound for a conversation of a customer that the viewer does not see, and for a contact of one. Of a conversation
    that is newer than the book the customer is named by who asks; who sees every customer may leave it out. Refused for
    a role that looks on.
    """
    if sights(reading)["persons"] is Sight.NONE:
        raise Refused("Your role looks on.", "Ask the owner of this Relevo for a role that takes part.")
    known = _known(reading, wanted.conversation_id)
    if known is None:
        _check_contact(reading, wanted.contact_id)
        found = replace(wanted, customer_id=_named(reading, wanted.customer_id))
    else:
        customer_id, contact_id, language = known
        _check_sight(reading, customer_id, wanted.conversation_id)
        _check_contact(reading, wanted.contact_id)
        found = replace(
            wanted, customer_id=customer_id, contact_id=contact_id or wanted.contact_id,
            language=wanted.language or language,
        )  # fmt: skip
    return replace(found, asked_before=_asked_before(reading, found))


def _known(reading: Reading, conversation_id: str) -> tuple[str, str, str] | None:
    """Customer, contact and language of a conversation, each '' where it is not known; None where it is in no book."""
    book = reading.company_book
    rows = book.tables.conversation.filter(lambda t: t.conversation_id == conversation_id)
    found = book.run(rows.select("customer_id", "contact_id", "language")).rows
    return tuple(each or "" for each in found[0]) if found else None  # type: ignore[return-value]


def _check_sight(reading: Reading, customer_id: str, conversation_id: str) -> None:
    scope = reading.viewer.scope
    if scope is not None and customer_id not in scope:
        raise NotFound(f"There is no conversation {conversation_id!r} here.", "Look on the page of its customer.")


def _check_contact(reading: Reading, contact_id: str) -> None:
    """Who is asked when is nobody's to learn, or to delay, who does not see the contact's customer."""
    scope, book = reading.viewer.scope, reading.company_book
    if scope is None or not contact_id:
        return
    rows = book.tables.contact.filter(lambda t: t.contact_id == contact_id).select("customer_id")
    if any(customer_id not in scope for (customer_id,) in book.run(rows).rows):
        raise NotFound(
            f"There is no contact {contact_id!r} here.", "Leave contact_id out, or name one of the customer."
        )


def _named(reading: Reading, customer_id: str) -> str:
    """The customer of a conversation that is in no book yet."""
    if customer_id:
        return customer_to_write_about(reading, customer_id)
    if reading.viewer.scope is not None:
        raise NotFound("This conversation is in no book yet.", "Name its customer: customer_id.")
    return ""


def _asked_before(reading: Reading, found: NewInvitation) -> datetime | None:
    """When the contact, or the customer where none is known, was last asked about something else, by the book."""
    column, key = ("contact_id", found.contact_id) if found.contact_id else ("customer_id", found.customer_id)
    if not key:
        return None
    book = reading.company_book
    asked = book.tables.survey_invite
    is_other = asked.conversation_id.isnull() | (asked.conversation_id != found.conversation_id)
    mine = asked.filter((asked[column] == key) & is_other & (asked["at"] < book.until))
    at = book.run(mine.aggregate(last=mine["at"].max())).rows[0][0]
    return None if at is None else at.replace(tzinfo=UTC)
