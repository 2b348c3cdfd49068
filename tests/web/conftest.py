from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from relevo.desk.people.actions_members import NewMember, ensure_member
from tests.answers import company


@pytest.fixture
def served(settings: Any, db: None) -> None:
    """Pages of the small company."""
    settings.RELEVO_HOME = company.home().path


@pytest.fixture
def owner(served: None) -> Client:
    """A browser in which the owner, who sees all, has signed in."""
    return signed_in(member("ines", "owner"))


@pytest.fixture
def ana(served: None) -> Client:
    """A browser in which Ana, who sees the even customers, has signed in."""
    return signed_in(member("ana", "success_lead"))


def member(name: str, role: str) -> User:
    """Somebody of the small company with a role; who is in its book is known there by this address."""
    return ensure_member(NewMember(name, f"{name}@norte.example", role), "operator", company.NOW)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
