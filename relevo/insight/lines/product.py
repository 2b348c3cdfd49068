"""Lines of product use, reported issues and help articles read."""

import ibis
import ibis.expr.types as ir

from relevo.book.book import Tables
from relevo.insight.lines import line, monthly

KIND = "product"


def usage(tables: Tables) -> list[ir.Table]:
    """One line a month: how much was used, and how many features."""
    rows = monthly(tables.usage, "on_date")
    months = rows.group_by("customer_id", "month_start").aggregate(
        events=rows.events.sum(), features=rows.feature.nunique().cast("string")
    )
    return [line(months, "month_start", KIND, "usage.month", what="features", number="events", url=None)]


def issue(tables: Tables) -> list[ir.Table]:
    """Fixes shipped for what the customer had reported."""
    reported = tables.issue_report.select("issue_id", "customer_id").distinct()
    rows = tables.issue.inner_join(reported, "issue_id")
    return [line(rows, "shipped_at", KIND, "issue.shipped", what="title")]


def issue_report(tables: Tables) -> list[ir.Table]:
    """What the customer reported."""
    titles = tables.issue.select("issue_id", "title", issue_kind="kind")
    rows = tables.issue_report.left_join(titles, "issue_id")
    return [line(rows, "at", KIND, "issue.reported", what=ibis.coalesce(rows.title, rows.issue_id))]


def article_view(tables: Tables) -> list[ir.Table]:
    """One line a month: how many help articles were read."""
    rows = monthly(tables.article_view, "at")
    months = rows.group_by("customer_id", "month_start").aggregate(views=rows.count())
    return [line(months, "month_start", KIND, "articles.month", number="views", url=None)]


LINES = {"usage": usage, "issue": issue, "issue_report": issue_report, "article_view": article_view}
