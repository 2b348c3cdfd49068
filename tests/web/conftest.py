from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.answers import company


@pytest.fixture
def served(settings: Any, db: None) -> None:
    """Pages of the small company."""
    settings.RELEVO_HOME = company.home().path


@pytest.fixture
def owner(served: None) -> Client:
    """A browser in which the owner, who sees all, has signed in."""
    return signed_in(User.objects.create_user("ines", "ines@norte.example", is_superuser=True))


@pytest.fixture
def ana(served: None) -> Client:
    """A browser in which Ana, who sees the even customers, has signed in."""
    return signed_in(User.objects.create_user("ana", "ana@norte.example"))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
