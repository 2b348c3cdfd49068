"""Everything known of a customer is on its timeline."""

from dataclasses import replace

import pytest

from relevo.answers.customer_timeline import TimelineAsk, customer_timeline
from relevo.answers.reading import Reading, Viewer
from relevo.book.tables import TABLES
from relevo.insight.timeline import ENTRIES, NOT_LINES, timeline
from relevo.web.happenings import TEXTS


def test_every_table_gives_lines_or_says_why_not() -> None:
    assert set(ENTRIES) | set(NOT_LINES) == set(TABLES)
    assert not set(ENTRIES) & set(NOT_LINES)


def test_every_table_that_gives_lines_gave_one(everything: Reading) -> None:
    codes = {h.code for h in timeline(everything.company_book, "C00")}
    expected = {
        "customer.created", "attribute.set", "contact.left", "lead.created", "lead.converted", "deal.opened",
        "deal.won", "deal.stage", "fit.answered", "span.began", "invoice.issued", "invoice.paid", "payment.failed",
        "cancellation", "conversation.opened", "conversation.resolved", "conversation.escalated",
        "rating.happiness", "survey.sent", "usage.month", "issue.shipped", "issue.reported", "articles.month",
        "assignment.began", "touch.call", "work.month", "milestone.reached", "handoff.given", "promise.made",
    }  # fmt: skip
    assert expected <= codes
    assert codes <= set(TEXTS)


def test_newest_first_and_nothing_of_others(everything: Reading) -> None:
    lines = timeline(everything.company_book, "C00")
    assert [h.at for h in lines] == sorted((h.at for h in lines), reverse=True)
    assert timeline(everything.company_book, "C99") == ()
    assert timeline(everything.company_book, "' OR 1=1 --") == ()


@pytest.mark.django_db
def test_words_of_customers_are_hidden_wherever_they_stand(everything: Reading) -> None:
    """Finance sees that a customer cancelled, was called and was promised something, not the words."""
    finance = replace(everything, viewer=Viewer("fin", scope=None, money=None, role="finance"))
    said = {"cancellation", "touch.call", "promise.made", "fit.answered", "rating.happiness", "conversation.opened"}
    told = {
        name: {
            x.happening.code: x.happening.what for x in customer_timeline(reading, "C00", TimelineAsk(limit=None)).lines
        }
        for name, reading in (("all", everything), ("fin", finance))
    }
    assert said <= set(told["all"])
    assert set(told["all"]) == set(told["fin"])
    assert all(told["all"][code] for code in said)
    assert {code for code in told["fin"] if told["fin"][code] != told["all"][code]} >= said
    assert not any(told["fin"][code] for code in said)
