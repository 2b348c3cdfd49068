"""The first answers of a process, made before anybody asks: compiling a question takes longer than answering it."""

import logging

from relevo.answers.customer import customer_page
from relevo.answers.customers import CustomersAsk, customer_rows, customers_page
from relevo.answers.money import money_page
from relevo.answers.reading import OPERATOR, Reading
from relevo.answers.today import today_page
from relevo.base.errors import RelevoError
from relevo.web.reader import shelf
from relevo.web.views.money import charts

logger = logging.getLogger(__name__)


def warm() -> None:
    """Make the answers of Today, Money, Customers and one customer; nothing before the first book."""
    reading = Reading(shelf().book(), OPERATOR)
    if reading.published is None:
        return
    try:
        today_page(reading)
        charts(reading, money_page(reading))
        customers_page(reading, CustomersAsk())
        for row in customer_rows(reading)[:1]:
            customer_page(reading, row.customer_id)
    except RelevoError as problem:
        # A reader who opens the page is told the same; serving goes on.
        logger.warning("Some pages could not be prepared: %s", problem)
