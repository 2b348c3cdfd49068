"""By which addresses the people who sign in are known."""

from django.contrib.auth.models import User


def addresses() -> frozenset[str]:
    """The addresses of everybody who may sign in, folded."""
    found = User.objects.filter(is_active=True).exclude(email="").values_list("email", flat=True)
    return frozenset(email.casefold() for email in found)
