"""The Django app `files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """What was said about files, and what was uploaded."""

    name = "relevo.desk.files"
    label = "files"
