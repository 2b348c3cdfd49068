"""What was drawn for a review, who reviews it with what result, what the reviewed person says, and coaching.

Conversations, customers and persons are named by their id in the book as text; who wrote by the user name. Nothing is
deleted. `is_new` says that the mirror has yet to take a row into the book. Nothing here can be tied to pay: a review
has one purpose, which the database holds, and a talk has no text.
"""

from django.db import models

from relevo.desk.reviews import lengths

LONGEST_NOTE, LONGEST_WHY = lengths.LONGEST_NOTE, lengths.LONGEST_WHY
LEARNING = "learning"


class Sample(models.Model):
    """One week's random sample: the seed and the book by which it can be drawn again, and how many it chose among.

    `per_person` is how many were drawn of each person at most.
    """

    week_on = models.DateField(unique=True)
    seed = models.BigIntegerField()
    per_person = models.PositiveIntegerField()
    book = models.CharField(max_length=40)
    among = models.PositiveIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=254)

    class Meta:
        """Newest first."""

        ordering = ("-week_on",)

    def __str__(self) -> str:
        return f"sample of the week of {self.week_on}"


class Draw(models.Model):
    """One conversation of one person that is to be reviewed: drawn at random, or picked for a reason.

    `chance` is that with which it could be drawn, in billionths; null for a picked one. `needs` is by how many it is
    reviewed: two judge blind.
    """

    sample = models.ForeignKey(Sample, null=True, on_delete=models.PROTECT, related_name="draws")
    conversation_id = models.CharField(max_length=254)
    customer_id = models.CharField(max_length=254, blank=True)
    person_id = models.CharField(max_length=254, db_index=True)
    authors = models.JSONField(default=list)
    channel = models.CharField(max_length=254, blank=True)
    category = models.CharField(max_length=254, blank=True)
    band = models.CharField(max_length=10, blank=True)
    sampling = models.CharField(max_length=10)
    chance = models.PositiveBigIntegerField(null=True)
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    needs = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=10, default=LEARNING)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)

    class Meta:
        """Newest first. Of one person's work in a conversation there is one of each kind, and it is for learning."""

        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("conversation_id", "person_id", "sampling"), name="reviews_drawn_once"),
            models.CheckConstraint(condition=models.Q(purpose=LEARNING), name="reviews_never_for_pay"),
            models.CheckConstraint(
                condition=models.Q(sampling="random", chance__isnull=False, chance__gt=0)
                | models.Q(sampling="targeted", chance__isnull=True),
                name="reviews_chance_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sampling} {self.conversation_id} of {self.person_id}"


class Review(models.Model):
    """What one reviewer found: points by criterion (null where it does not apply) under the rubric of that day.

    `score` is in millionths of a point, from 0 to 100. `was_hard` is what the reviewer thinks of the case, whoever
    answered it. One that was given back waits for somebody else. `landed_revision` is the one that the book was given.
    """

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="reviews")
    reviewer_id = models.CharField(max_length=254, db_index=True)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=254)
    given_back_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    rubric = models.JSONField(default=list)
    marks = models.JSONField(default=dict)
    score = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    was_hard = models.BooleanField(null=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    is_new = models.BooleanField(default=False, db_index=True)
    landed_revision = models.PositiveIntegerField(default=0)

    class Meta:
        """In the order in which they were given; each reviewer once."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("draw", "reviewer_id"), name="reviews_reviewer_once"),)
        indexes = (models.Index(fields=("done_at",), name="reviews_review_done"),)

    def __str__(self) -> str:
        return f"review of {self.draw_id} by {self.reviewer_id}"


class Reply(models.Model):
    """What the reviewed person, or the reviewer, says to a review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="replies")
    text = models.TextField()
    at = models.DateTimeField()
    who = models.CharField(max_length=254)
    person_id = models.CharField(max_length=254)

    class Meta:
        """In order."""

        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"reply to {self.review_id}"


class CoachingTalk(models.Model):
    """That somebody was coached and when. What was said has no place here."""

    person_id = models.CharField(max_length=254, db_index=True)
    coach_id = models.CharField(max_length=254)
    at = models.DateTimeField()
    review = models.ForeignKey(Review, null=True, on_delete=models.PROTECT, related_name="talks")
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    withdrawn_at = models.DateTimeField(null=True)
    is_new = models.BooleanField(default=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.person_id} coached on {self.at:%Y-%m-%d}"
