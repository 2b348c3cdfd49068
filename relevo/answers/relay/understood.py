"""What a customer is shown who comes with a link and does not sign in: of one hand-off, and of nothing else."""

from relevo.answers.reading import Reading
from relevo.desk.relay.customer_sees import Understood, understood_with
from relevo.desk.relay.links import link_of


def understood(reading: Reading, token: str) -> tuple[str, Understood]:
    """The name of the company that asks, '' before its first book, and what it understood.

    The link alone permits it, so that the reading is nobody's and gives no row. LinkVoid for one that does not hold.
    """
    book = reading.published
    return book.company.name if book else "", understood_with(link_of(token))
