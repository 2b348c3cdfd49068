"""Everything that writes house rules and the publication log."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import JSONField, Value

from relevo.base.errors import WrongUse
from relevo.desk.house.known import check_rule
from relevo.desk.house.models import HouseRule, Publication
from relevo.desk.people.actions import log_audit


def save_rule(key: str, value: object, from_on: date, saved_by: str, reason: str, now: datetime) -> HouseRule:
    """Let a rule have a value from a day on; a reason is required and the change is audited.

    WrongUse for a rule that nothing knows, and for a value that is not of its type.
    """
    check_rule(key, value)
    if not reason.strip():
        raise WrongUse(f"The rule {key} was given no reason.", "Say in a sentence why it changes.")
    stored = Value(None, JSONField()) if value is None else value  # null is a value, not the absence of one
    with transaction.atomic():
        rule = HouseRule.objects.create(
            key=key, value=stored, from_on=from_on, saved_at=now, saved_by=saved_by, reason=reason
        )
        details = {"value": value, "from_on": from_on.isoformat(), "reason": reason}
        log_audit(saved_by, "rule.saved", key, now, details)
    return rule


def save_versions(key: str, versions: Iterable[tuple[date, object]], saved_by: str, reason: str, now: datetime) -> None:
    """Save a rule for several days together, each as `save_rule` does, or for none of them."""
    with transaction.atomic():
        for from_on, value in versions:
            save_rule(key, value, from_on, saved_by, reason, now)


def record_publication(book: str, as_of: date, rows: int, findings: int, now: datetime) -> Publication:
    """Log that a book was published; the same book twice is one entry, the first."""
    publication, _ = Publication.objects.get_or_create(
        book=book, defaults={"as_of": as_of, "published_at": now, "rows": rows, "findings": findings}
    )
    return publication
