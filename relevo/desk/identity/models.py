"""Decisions about identity: two customers are one, or are not.

Customers are named by their id as text, as it was when somebody decided; who decided by the user name.
"""

from django.db import models
from django.db.models.functions import Greatest, Least

LONGEST_REASON = 500


class IdentityDecision(models.Model):
    """One decision about two customers: `merge` joins `other_id` into `customer_id`, `apart` keeps the two apart.

    It holds from `decided_at` until `undone_at`; an undone one keeps its row. Deciding a pair anew undoes what was said
    of it before.
    """

    kind = models.CharField(max_length=10)
    customer_id = models.CharField(max_length=254, db_index=True)
    other_id = models.CharField(max_length=254, db_index=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=254)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=254, blank=True)
    undo_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        """Newest first; of a pair one decision holds at a time, whichever of the two was named first."""

        ordering = ("-decided_at", "-id")
        constraints = (
            models.UniqueConstraint(
                Least("customer_id", "other_id"),
                Greatest("customer_id", "other_id"),
                condition=models.Q(undone_at__isnull=True),
                name="identity_pair_decided_once",
            ),
        )

    def __str__(self) -> str:
        state = f", undone by {self.undone_by}" if self.undone_at else ""
        return f"{self.kind} {self.customer_id} {self.other_id} by {self.decided_by}{state}"
