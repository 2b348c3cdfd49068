"""Notes about customers, tasks, and saved views.

Customers are named by their id as text, resolved through aliases when read; users by their user name, because what
was written outlives the user.
"""

from django.db import models


class Note(models.Model):
    """Something about a customer that no system recorded: a note, a call, a mail that was forwarded, a meeting.

    `happened_at` is when it happened, `created_at` when it was filed. A note that was withdrawn keeps its row.
    """

    customer_id = models.CharField(max_length=254, db_index=True)
    kind = models.CharField(max_length=20)
    text = models.TextField()
    happened_at = models.DateTimeField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first, as it is read."""

        ordering = ("-happened_at", "-id")

    def __str__(self) -> str:
        return f"{self.kind} about {self.customer_id} by {self.created_by}"


class Task(models.Model):
    """Something to do by a day, by one user; `customer_id` is empty where it concerns no customer."""

    customer_id = models.CharField(max_length=254, blank=True, db_index=True)
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    owner = models.CharField(max_length=254, db_index=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=254)
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=254, blank=True)

    class Meta:
        """What is due first stands first."""

        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return f"{self.title} by {self.due_on} for {self.owner}"


class SavedView(models.Model):
    """A question to a list under a name: the list's address without its place in it, as a query string.

    A shared view is everybody's to use and its owner's to change; two views of one owner differ by name.
    """

    owner = models.CharField(max_length=254, db_index=True)
    page = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """By name, as it is listed."""

        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("owner", "page", "name"), name="work_view_named_once"),)

    def __str__(self) -> str:
        return f"{self.name} on {self.page} by {self.owner}"
