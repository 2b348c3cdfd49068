"""What runs by itself: the schedule of each job, its last runs, the lease of what is being worked on, the workers."""

from django.db import models


class Schedule(models.Model):
    """When one job runs and how it went last. One row per job, made by the clock.

    `next_at` is null while the job is switched off; `task` is the queued task of the last time it was due. The last
    run is told by a result (`ok`, `failed`, `put_off`), a stable code, words, and a hint. `failing_since` is the
    start of the first of the failures in a row, `told_at` when somebody was told by mail; `kept` is what the job
    wants to know again next time.
    """

    name = models.CharField(max_length=64, unique=True)
    every_minutes = models.IntegerField()
    next_at = models.DateTimeField(null=True)
    task = models.CharField(max_length=64, blank=True)
    last_started_at = models.DateTimeField(null=True)
    last_ended_at = models.DateTimeField(null=True)
    last_result = models.CharField(max_length=16, blank=True)
    last_code = models.CharField(max_length=32, blank=True)
    last_text = models.TextField(blank=True)
    last_hint = models.TextField(blank=True)
    failures_in_row = models.IntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    kept = models.JSONField(default=dict)

    class Meta:
        """By name."""

        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} every {self.every_minutes} minutes"


class Run(models.Model):
    """One run of a job: begun when, ended when and how. `ended_at` is null while it runs."""

    name = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=16, blank=True)
    code = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    hint = models.TextField(blank=True)

    class Meta:
        """Newest first, as it is read."""

        ordering = ("-started_at", "-id")
        indexes = (models.Index(fields=("name", "-started_at"), name="running_run_of_job"),)

    def __str__(self) -> str:
        return f"{self.name} of {self.started_at:%Y-%m-%d %H:%M}: {self.result or 'runs'}"


class JobLease(models.Model):
    """The hold of a worker on one queued task; it ends with the task, or when the worker no longer renews it."""

    task = models.CharField(max_length=64, unique=True)
    worker = models.CharField(max_length=64)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.task} held by {self.worker}"


class Worker(models.Model):
    """A worker process: since when it works, and when it last said that it does."""

    name = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.name}, seen {self.beat_at:%Y-%m-%d %H:%M:%S}"
