"""Sign-in links and the audit."""

from django.conf import settings
from django.db import models


class SignInLink(models.Model):
    """A link that signs one user in, once, until it expires. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.user} until {self.expires_at:%Y-%m-%d %H:%M}"


class AuditEntry(models.Model):
    """One thing somebody did or looked at. Entries are added, never changed and never removed.

    `who` is a user name or `operator`; `action` a stable code; `about` what it concerned, as text, because the audit
    outlives users and books.
    """

    at = models.DateTimeField(db_index=True)
    who = models.CharField(max_length=254)
    action = models.CharField(max_length=64)
    about = models.CharField(max_length=254, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        """Newest first, as it is read."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who} {self.action} {self.about}".strip()
