"""From a closed deal to everything: CRM, billing, help desk and survey of one customer, from their exports as they are.

S0-01: "Pick any closed deal: can I reach its tickets, ratings, MRR history in one click, with no second login?"
"""

from pathlib import Path
from textwrap import dedent

import pytest

from relevo.answers.customer import customer_page
from relevo.answers.customer_parts import customer_deals
from relevo.answers.customer_talks import customer_talks
from relevo.answers.customer_timeline import TimelineAsk, customer_timeline
from relevo.answers.identity import current_id
from relevo.answers.reading import Reading
from relevo.base.config import Company, Home, render_config
from relevo.jobs.loading import load
from relevo.jobs.opening import operator_reading
from relevo.jobs.publish import build_book

pytestmark = pytest.mark.django_db
FILES = {
    "companies.csv": """
        Record ID,Company name,Domain,Company owner,Industry,Create Date,Country/Region,Last Activity Date
        9,Acme,acme.example,Ann Ames,Retail,2025-01-31 23:30,,2026-03-01 10:00
        10,Bolt,bolt.example,,,2025-02-01 08:00,,
    """,
    "deals.csv": """
        Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Pipeline,Create Date,Currency,Associated Company,Associated Company IDs
        31,Big,Closed Won,2026-01-15 14:30,Ann Ames,"1,200.50",Sales,2025-12-10 09:00,EUR,Acme,9
    """,  # noqa: E501
    "customers.csv": """
        id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Currency
        cus_1,,billing@acme.example,ACME,2026-01-16 08:00,false,card_1,eur
        cus_2,,billing@bolt.example,Bolt,2026-01-16 08:00,false,card_2,eur
    """,
    "subscriptions.csv": """
        id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Created (UTC),Start (UTC)
        sub_1,cus_1,gold,2,eur,month,50.00,active,2026-01-16 08:00,2026-01-16 08:00
        sub_2,cus_2,tin,1,eur,month,10.00,active,2026-01-16 08:00,2026-01-16 08:00
    """,
    "tickets.csv": """
        Summation column,Id,Requester,Requester id,Requester email,Requester domain,Subject,Status,Via,Created at,Updated at,Organization,Solved at,Satisfaction Score,Replies,First reply time in minutes,Full resolution time in minutes
        1,7,Ann Ames,501,ann@acme.example,acme.example,Printer,Solved,Mail,2026-03-02 09:00,2026-03-02 12:00,Acme,2026-03-02 11:30,Good,2,42,150
    """,  # noqa: E501
    "answers.csv": """
        ID,Score,Comment,Person Email,Company,Survey type,Created at
        s1,9,Quick,ann@acme.example,Acme,NPS,2026-04-01 09:00
    """,
}


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """The published book of six exports that nobody mapped; its Desk is the tests' database."""
    for module in ("closing", "desk", "forecasts", "identity", "opening"):
        monkeypatch.setattr(f"relevo.jobs.{module}.prepare", lambda _home: None)
    raw, home = tmp_path / "raw", Home(tmp_path / "home")
    raw.mkdir()
    for name, text in FILES.items():
        (raw / name).write_text(dedent(text).lstrip())
    home.path.mkdir()
    home.settings_file.write_text(render_config(Company("Norte", "EUR", "Europe/Madrid")))
    done = load(home, raw)
    assert (done.report.asked, done.report.unused, done.report.quarantined) == ((), (), 0)
    home.desk_database.touch()
    assert build_book(home, lambda _step: None).published
    return operator_reading(home)


def test_s0_01_from_a_closed_deal_its_customer_is_one_page(reading: Reading) -> None:
    # The deal is of hubspot:9; Stripe says cus_1, Zendesk and the survey say Acme. One id stands for all of them.
    acme = current_id(reading, "hubspot:9")
    assert {current_id(reading, each) for each in ("stripe:cus_1", "zendesk:named:Acme", "surveys:named:Acme")} == {
        acme
    }
    (deal,) = customer_deals(reading, acme)
    assert (deal.name, deal.outcome, deal.amount_cents) == ("Big", "won", 120_050)
    # Two seats at 50.00 EUR a month.
    assert customer_page(reading, acme).card.mrr_cents == 10_000
    (talk,) = customer_talks(reading, acme).rows
    assert (talk.subject, talk.rating, talk.score) == ("Printer", "csat", talk.best)
    kinds = set(customer_timeline(reading, acme, TimelineAsk()).kinds)
    assert {"conversations", "selling", "voice"} <= kinds, "what three systems know stands in one timeline"
    assert customer_page(reading, current_id(reading, "hubspot:10")).card.mrr_cents == 1_000
