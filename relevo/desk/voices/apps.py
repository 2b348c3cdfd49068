"""The Django app `voices`."""

from django.apps import AppConfig


class VoicesConfig(AppConfig):
    """Links by which customers rate an answer, and their votes."""

    name = "relevo.desk.voices"
    label = "voices"
