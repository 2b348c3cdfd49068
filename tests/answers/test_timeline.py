"""Everything known of a customer is on its timeline."""

from relevo.answers.reading import Reading
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
