"""The Django app `identity`."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Which customers are one, and which are not, by decision."""

    name = "relevo.desk.identity"
    label = "identity"
