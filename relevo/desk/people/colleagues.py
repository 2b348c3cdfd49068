"""Who can be given something to do."""

from django.contrib.auth.models import User


def colleagues() -> tuple[tuple[str, str], ...]:
    """User name and name of everybody who may sign in, by name; the user name where no name is known."""
    active = User.objects.filter(is_active=True)
    named = ((user.username, user.get_full_name() or user.username) for user in active)
    return tuple(sorted(named, key=lambda pair: pair[1].casefold()))


def is_colleague(username: str) -> bool:
    """Whether this user may sign in."""
    return User.objects.filter(username=username, is_active=True).exists()
