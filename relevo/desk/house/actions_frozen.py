"""Everything that writes frozen answers."""

from datetime import datetime

from django.db import transaction

from relevo.desk.house.frozen import Frozen
from relevo.desk.house.models import FrozenAnswer
from relevo.desk.people.actions import log_audit


def freeze(answer: Frozen, who: str, now: datetime) -> bool:
    """Keep an answer as it was given; False where one of that measure, month and length is kept. Audited."""
    with transaction.atomic():
        _, is_new = FrozenAnswer.objects.get_or_create(
            measure=answer.measure,
            month=answer.month,
            months=answer.months,
            defaults={
                "frozen_at": now,
                "book": answer.book,
                "as_of": answer.as_of,
                "policy_hash": answer.policy_hash,
                "rows": list(answer.rows),
                "sha256": answer.sha256,
            },
        )
        if is_new:
            details = {"months": answer.months, "book": answer.book, "sha256": answer.sha256}
            log_audit(who, "answer.frozen", f"{answer.measure} {answer.month}", now, details)
    return is_new
