"""What was said about files, kept for good, and each upload with what became of it."""

from django.db import models


class KeptReading(models.Model):
    """What somebody said about the files of a name: `said` is a `[[reading]]` entry without its `file`, a glob.

    No row is edited. The latest of a name holds; one that says nothing took back what was said before.
    """

    file = models.CharField(max_length=300)
    said = models.JSONField(default=dict)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=254)

    class Meta:
        """In the order in which they were said."""

        ordering = ("said_at", "id")

    def __str__(self) -> str:
        return f"{self.file}: {self.said or 'taken back'}"


class Upload(models.Model):
    """Files that somebody brought, or a file that is to be read again: what is to be loaded, and what became of it.

    `kind` is new or again; `state` is waiting, loading, done or failed. `files` are their names with sizes, which lie
    in the folder `place` until they are loaded; `refused` the files that were not taken, each with why. `told` says
    how far loading is, then how it ended; `tries` how often it was begun.
    """

    kind = models.CharField(max_length=8)
    state = models.CharField(max_length=8)
    who = models.CharField(max_length=254)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    place = models.CharField(max_length=64, blank=True)
    files = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    told = models.JSONField(default=dict)

    class Meta:
        """Newest first, as it is read."""

        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("state", "at"), name="files_upload_of_state"),)

    def __str__(self) -> str:
        return f"{len(self.files)} files of {self.who}, {self.at:%Y-%m-%d %H:%M}: {self.state}"
