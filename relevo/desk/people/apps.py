"""The Django app `people`."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Users are Django's own; this app adds links and the audit."""

    name = "relevo.desk.people"
    label = "people"
