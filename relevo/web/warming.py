"""The first answers of a process, made before anybody asks: compiling a question takes longer than answering it."""

import logging
from collections.abc import Callable

from django.db import connections

from relevo.answers.ahead import ahead_page
from relevo.answers.assumptions import with_house_rules
from relevo.answers.benefit import benefit
from relevo.answers.conversations.after import after_contact
from relevo.answers.conversations.channels import channels_page
from relevo.answers.conversations.load import load_page
from relevo.answers.conversations.overview import overview
from relevo.answers.conversations.people import people_page
from relevo.answers.conversations.types import types_page
from relevo.answers.conversations.waits import waits_page
from relevo.answers.customer import customer_page
from relevo.answers.customer_offers import columns_offered
from relevo.answers.customer_timeline import customer_timeline
from relevo.answers.customers import CustomersAsk, customer_rows, customers_page
from relevo.answers.definitions import definitions_page
from relevo.answers.forecasts import scored_forecasts
from relevo.answers.money import money_page
from relevo.answers.north_star import star_figure
from relevo.answers.reading import OPERATOR, Reading
from relevo.answers.reconcile import reconcile_page
from relevo.answers.relay.dropped import dropped_batons
from relevo.answers.relay.fidelity import fidelity
from relevo.answers.relay.fill_gap import fill_gap
from relevo.answers.relay.fit import fit_page
from relevo.answers.relay.friction import friction
from relevo.answers.relay.process import process
from relevo.answers.relay.promise_gaps import kept_after_promises, promise_counts, promise_gaps
from relevo.answers.relay.promises import PromisesAsk, promises_page
from relevo.answers.review import review_page
from relevo.answers.rows import rows_page
from relevo.answers.search import search
from relevo.answers.selling import selling_table
from relevo.answers.today import today_page
from relevo.answers.unit_economics import economics_page
from relevo.answers.values import RowsAsk
from relevo.base.errors import RelevoError
from relevo.jobs.clock import today
from relevo.jobs.served import prepare_books_with, shelf
from relevo.web.relay.fit_words import kept_chart
from relevo.web.relay.promise_gap import cost_chart, gap_chart
from relevo.web.views.ahead import ahead_chart
from relevo.web.views.conversations.channels import demand_picture
from relevo.web.views.conversations.load import hard_picture, weeks_picture
from relevo.web.views.conversations.overview import map_picture
from relevo.web.views.conversations.people import against_picture_of, funnel_picture_of
from relevo.web.views.conversations.types import time_picture, volume_picture, work_pictures
from relevo.web.views.conversations.waits import months_picture
from relevo.web.views.economics import economics_charts
from relevo.web.views.money import charts

logger = logging.getLogger(__name__)

# Today and Customers, whose rows every page names, then what is asked from there.
_QUESTIONS: tuple[Callable[[Reading], object], ...] = (
    star_figure,
    today_page,
    benefit,
    lambda reading: customers_page(reading, CustomersAsk()),
    columns_offered,
    lambda reading: search(reading, "a"),
    money_page,
    economics_page,
    selling_table,
    ahead_page,
    scored_forecasts,
    definitions_page,
    reconcile_page,
    dropped_batons,
    fidelity,
    process,
    friction,
    fill_gap,
    after_contact,
    lambda reading: rows_page(reading, RowsAsk("mrr")),
)


def warm(reading: Reading) -> None:
    """Make the answers with which the pages of a book open, and keep them; other cuts are made when they are asked."""
    asked = with_house_rules(reading)
    for question in (*_QUESTIONS, _one_customer, _pictures, _promises_and_fit, review_page, _conversations):
        try:
            question(asked)
        except RelevoError as problem:
            # A reader who opens the page is told the same; serving goes on.
            logger.warning("A page could not be prepared: %s", problem)


def warm_alone(reading: Reading) -> None:
    """Prepare a book in a thread that ends then, with its connections to the Desk; nothing before the first book."""
    try:
        if reading.published:
            warm(reading)
    finally:
        connections.close_all()


def keep_warm() -> None:
    """Prepare the book that is read now, and from now on each new one before readers get it."""
    prepare_books_with(warm_alone)
    warm_alone(Reading(shelf().book(), OPERATOR))


def _one_customer(reading: Reading) -> None:
    """The page of any customer compiles the questions of every other."""
    for row in customer_rows(reading)[:1]:
        customer_page(reading, row.customer_id)
        customer_timeline(reading, row.customer_id)


def _promises_and_fit(reading: Reading) -> None:
    """The columns of loaded promises, the deals that fit looks at, and their pictures."""
    day = today(reading.company_book.company.timezone)
    promises_page(reading, PromisesAsk(), day)
    promise_counts(reading)
    gap_chart(promise_gaps(reading))
    cost_chart(kept_after_promises(reading))
    kept_chart(fit_page(reading, day).kept)


def _conversations(reading: Reading) -> None:
    """The pages of Conversations with their pictures; the first one makes the ledger."""
    page = overview(reading)
    if page.map.told.answer:
        map_picture(reading, page.map)
    months_picture(reading, waits_page(reading))
    carried = load_page(reading)
    if carried.rows:
        hard_picture(reading, carried)
    weeks_picture(reading, carried)
    people = people_page(reading)
    if people.persons:
        against_picture_of(reading, people)
        funnel_picture_of(reading, people)
    types = types_page(reading)
    if types.types:
        time_picture(reading, types)
    work_pictures(reading, types)
    if types.volume:
        volume_picture(reading, types.volume)
    if audit := channels_page(reading).audit:
        demand_picture(reading, audit)


def _pictures(reading: Reading) -> None:
    charts(reading, money_page(reading))
    economics_charts(reading, economics_page(reading))
    ahead_chart(reading, ahead_page(reading))
