"""The Django app `web`: templates, static files and catalogs."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """No models; what people record lives in the Desk."""

    name = "relevo.web"
    label = "web"
