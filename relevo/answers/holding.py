"""What holds on a book's day: who holds a customer then, and which conversations are open.

Each is one expression over rows. `until` is the end of the day: `book.until`, or `END_OF_DAY` in a question about one
customer.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from relevo.answers.reading import Reading

Until: TypeAlias = datetime | ir.TimestampScalar

# An export that names its people by name or address alone gives ids such as hubspot:named:Ana Gil.
_MADE_OF = re.compile("^[a-z_]+:(named|mail):")


def until_of(reading: Reading) -> datetime:
    """The end of the day to which the book looks, as its timestamps have it: UTC without saying so."""
    return reading.company_book.until


def is_held(assignments: ir.Table, until: Until) -> ir.BooleanValue:
    """Where a person holds the customer as the day ends."""
    return _lasts(until, assignments.from_at, assignments.to_at)


def is_open(conversations: ir.Table, until: Until) -> ir.BooleanValue:
    """Where a conversation was opened, and neither solved nor closed, as the day ends."""
    return _lasts(until, conversations.opened_at, conversations.resolved_at, conversations.closed_at)


def _lasts(until: Until, began: ir.Column, *ends: ir.Column) -> ir.BooleanValue:
    """Where something began before a moment, and none of its ends came before it."""
    return ibis.and_(began < until, *(end.isnull() | (end >= until) for end in ends))


def shown_name(names: Mapping[str, str], person_id: str) -> str:
    """How somebody is called: the name in the book, else the name or address of which an export made the id."""
    return names.get(person_id) or _MADE_OF.sub("", person_id)
