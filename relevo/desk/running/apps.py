"""The Django app `running`."""

from django.apps import AppConfig


class RunningConfig(AppConfig):
    """Schedules, runs, leases and the workers that were seen."""

    name = "relevo.desk.running"
    label = "running"
