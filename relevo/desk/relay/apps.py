"""The Django app `relay`."""

from django.apps import AppConfig


class RelayConfig(AppConfig):
    """Hand-offs, promises and fit."""

    name = "relevo.desk.relay"
    label = "relay"
