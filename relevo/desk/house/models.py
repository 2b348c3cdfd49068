"""House rules, the publication log, which months are closed, and answers that were frozen when they were given."""

from django.db import models


class HouseRule(models.Model):
    """The value of a rule from a day on. A later row for the same key takes over on its day; none is edited."""

    key = models.CharField(max_length=100)
    value = models.JSONField()
    from_on = models.DateField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=254)
    reason = models.TextField()

    class Meta:
        """In the order in which rules take over from each other."""

        ordering = ("key", "from_on", "saved_at", "id")

    def __str__(self) -> str:
        return f"{self.key} = {self.value!r} from {self.from_on}"


class Publication(models.Model):
    """One book that was published: which, as of when, how many rows it holds and how many findings it carries."""

    book = models.CharField(max_length=100, unique=True)
    as_of = models.DateField()
    published_at = models.DateTimeField(db_index=True)
    rows = models.BigIntegerField()
    findings = models.IntegerField()

    class Meta:
        """Newest first, as it is read."""

        ordering = ("-published_at", "-id")

    def __str__(self) -> str:
        return f"{self.book} as of {self.as_of}"


class PeriodClose(models.Model):
    """One closing of a month: who closed it from which book under which policy, and the file that is its evidence.

    `figures` are the month's bridge as reported, in minor units, and the paying customers. A month that is reopened
    keeps its row and says so; closing it again is another row.
    """

    month = models.CharField(max_length=7)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=254)
    reason = models.TextField(blank=True)
    book = models.CharField(max_length=100)
    policy = models.CharField(max_length=40)
    policy_hash = models.CharField(max_length=12)
    file = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    figures = models.JSONField()
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.CharField(max_length=254, blank=True)
    reopen_reason = models.TextField(blank=True)

    class Meta:
        """In the order of the months; a month is closed once at a time."""

        ordering = ("month", "closed_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("month",), condition=models.Q(reopened_at__isnull=True), name="house_month_closed_once"
            ),
        )

    def __str__(self) -> str:
        state = f"reopened by {self.reopened_by}" if self.reopened_at else "closed"
        return f"{self.month} {state}, closed by {self.closed_by} from {self.book}"


class FrozenAnswer(models.Model):
    """An answer as it was given: a forecast of a month, kept to be scored later. Added once and never changed.

    `month` is the last complete one the answer looks back to, `months` how far ahead it looks; `sha256` covers
    everything but the moment of freezing.
    """

    measure = models.CharField(max_length=100)
    month = models.CharField(max_length=7)
    months = models.IntegerField()
    frozen_at = models.DateTimeField()
    book = models.CharField(max_length=100)
    as_of = models.DateField()
    policy_hash = models.CharField(max_length=12)
    rows = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        """Oldest first; one answer per measure, month and length, the first that was given."""

        ordering = ("measure", "month", "months")
        constraints = (models.UniqueConstraint(fields=("measure", "month", "months"), name="house_answer_frozen_once"),)

    def __str__(self) -> str:
        return f"{self.measure} of {self.month} for {self.months} months, from {self.book}"
