"""Which conversations the viewer may have reviewed for a reason."""

from relevo.answers.reading import NotFound, Reading
from relevo.answers.reviews.sight import is_mine, leads
from relevo.desk.reviews.actions import NewDraw


def conversation_to_pick(reading: Reading, conversation_id: str, person_id: str) -> NewDraw:
    """A conversation in which a person answered whom the viewer is or leads; NotFound for every other."""
    book = reading.company_book
    rows, said = book.tables.conversation, book.tables.message
    talk = rows.filter(rows.conversation_id == conversation_id).select("customer_id", "channel", "category")
    found = book.run(talk).rows
    answered = said.filter(
        (said.conversation_id == conversation_id) & (said.author_kind == "human") & said.is_public
        & said.author_id.notnull()
    )  # fmt: skip
    authors = frozenset(row[0] for row in book.run(answered.select("author_id").distinct()).rows)
    may = is_mine(reading, person_id) or leads(reading, person_id)
    if not found or person_id not in authors or not may:
        raise NotFound("There is no such conversation in which this person answered.", "Look at its id and the person.")
    customer, channel, category = found[0]
    return NewDraw(conversation_id, person_id, authors, None, customer or "", channel, category or "")
