"""The Django app `house`."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Rules of the house and which books were published."""

    name = "relevo.desk.house"
    label = "house"
