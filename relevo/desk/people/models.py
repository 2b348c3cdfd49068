"""Who may sign in and as what: members with their role, sign-in links, sessions, API keys; and the audit."""

from django.conf import settings
from django.db import models


class Member(models.Model):
    """What Relevo knows of a user beyond the name: the role, and how this person reads pages.

    `language` and `timezone` are empty until somebody chose them; the browser's language and the company's zone hold.
    `morning_mail` says whether this person is written to in the morning about what waits.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    role = models.CharField(max_length=40)
    language = models.CharField(max_length=10, blank=True)
    timezone = models.CharField(max_length=64, blank=True)
    morning_mail = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.user} as {self.role}"


class SignInLink(models.Model):
    """A link that signs one user in, once, until it expires. Only the hash of its token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link of {self.user} until {self.expires_at:%Y-%m-%d %H:%M}"


class FailedTry(models.Model):
    """One try at a door that failed, or is under way; `door` is a stable word.

    `key` is a keyed hash of the address or the name that tried: what somebody typed as a name may be a password.
    """

    door = models.CharField(max_length=20)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        """Looked up by door and key."""

        indexes = (models.Index(fields=("door", "key", "at"), name="people_failed_try"),)

    def __str__(self) -> str:
        return f"{self.door} at {self.at:%Y-%m-%d %H:%M:%S}"


class OpenSession(models.Model):
    """A session of a user, by what a person can tell it apart: through which door, from where, with which browser."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    session_key = models.CharField(max_length=40, unique=True)
    door = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=200, blank=True)
    began_at = models.DateTimeField()
    last_used_at = models.DateTimeField()

    class Meta:
        """The one used last first, as it is read."""

        ordering = ("-last_used_at", "-id")

    def __str__(self) -> str:
        return f"session of {self.user} since {self.began_at:%Y-%m-%d %H:%M}"


class ApiKey(models.Model):
    """A key with which a program asks as one user, until it expires or is revoked. Only its hash is kept.

    `prefix` is the beginning of the key, by which people tell keys apart; `scopes` is a list of what it may ask.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)
    key_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first, as it is read."""

        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…) of {self.user}"


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
