"""The Django app `work`."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """Notes, tasks and saved views."""

    name = "relevo.desk.work"
    label = "work"
