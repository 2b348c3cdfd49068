"""The Django app `reviews`."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Peer reviews and coaching."""

    name = "relevo.desk.reviews"
    label = "reviews"
