"""House rules and the publication log."""

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
