"""Invitations to rate an answer, the vote that each brought, and every vote that was ever given.

Conversations, messages, customers and contacts are named by their id in the book as text; they may be newer than the
book. Nothing is deleted. `is_new` says that the mirror has yet to take a row into the book.
"""

from django.db import models

from relevo.desk.voices.asking import LONGEST_REASON


class Invitation(models.Model):
    """That a link was made for an answer: three addresses, one for each vote, until `expires_at`.

    `signed_elsewhere` is the hash of a link that the help desk signed itself, '' for one that was made here: such a
    link is known once somebody votes by it, so that it is no invitation that anybody counts.
    """

    conversation_id = models.CharField(max_length=254, db_index=True)
    message_id = models.CharField(max_length=254, blank=True)
    customer_id = models.CharField(max_length=254, blank=True, db_index=True)
    contact_id = models.CharField(max_length=254, blank=True, db_index=True)
    language = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(db_index=True)
    made_by = models.CharField(max_length=254)
    expires_at = models.DateTimeField()
    signed_elsewhere = models.CharField(max_length=64, blank=True)
    is_new = models.BooleanField(default=True, db_index=True)

    class Meta:
        """Newest first; a link that was signed elsewhere is one row, however often it is used at once."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("signed_elsewhere",),
                condition=~models.Q(signed_elsewhere=""),
                name="voices_signed_elsewhere_once",
            ),
        )

    def __str__(self) -> str:
        return f"link {self.pk} for {self.conversation_id}"


class Vote(models.Model):
    """The vote that stands for a link. `at` is when its answer was given, `changed_at` when anything was.

    `how` says whether a button was pressed or the page sent it by itself once somebody moved on it. One that is
    withdrawn does not count: the page was opened for more than one answer at once, as programs do.
    """

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="vote")
    answer = models.CharField(max_length=10)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    comment = models.TextField(blank=True)
    how = models.CharField(max_length=10)
    at = models.DateTimeField(db_index=True)
    changed_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True)
    is_new = models.BooleanField(default=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.answer} by link {self.invitation_id}"


class VoteEvent(models.Model):
    """One entry of a vote's history: what was said, how, and whether it was `given`, `changed` or `withdrawn`."""

    vote = models.ForeignKey(Vote, on_delete=models.PROTECT, related_name="history")
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    answer = models.CharField(max_length=10)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    comment = models.TextField(blank=True)
    how = models.CharField(max_length=10)

    class Meta:
        """In the order in which it happened."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.kind}: {self.answer} by vote {self.vote_id}"
