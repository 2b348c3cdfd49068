"""A program that asks the API of the small company with a key."""

import json
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from relevo.desk.people.actions_keys import NewKey, create_key
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.keys import KeyScope
from relevo.jobs.clock import now
from tests.answers import company

BASE = "/api/v1"
EVERY = tuple(KeyScope)


class Program:
    """Asks with one key; `self.last` is the last response."""

    def __init__(self, token: str | None) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = Client(headers=headers, raise_request_exception=False)
        self.last: HttpResponse

    def get(self, path: str, expect: int = 200, headers: dict[str, str] | None = None, **asked: Any) -> Any:
        self.last = self.client.get(BASE + path, asked, headers=headers or {})
        return self._read(expect)

    def send(self, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
        content = "" if body is None else json.dumps(body)
        self.last = self.client.generic(method, BASE + path, content, content_type="application/json")
        return self._read(expect)

    def all_of(self, path: str, limit: int, **asked: Any) -> list[Any]:
        """The items of every page of a list."""
        page = self.get(path, limit=limit, **asked)
        found: list[Any] = page["items"]
        while page["next"]:
            page = self.get(path, limit=limit, cursor=page["next"], **asked)
            found += page["items"]
        return found

    def _read(self, expect: int) -> Any:
        assert self.last.status_code == expect, (self.last.status_code, self.last.content[:500])
        return json.loads(self.last.content) if self.last.content else None


def member(name: str, role: str, person: str = "") -> User:
    """Somebody of the small company; `person` is who the book knows by this address."""
    new = NewMember(name, f"{person or name}@norte.example", role)
    return ensure_member(new, "operator", company.NOW)


def program(user: User | None, *scopes: str, days: int = 9) -> Program:
    """A program with a key of a user, of every scope unless some are named; without a user it has no key."""
    if user is None:
        return Program(None)
    return Program(create_key(user, NewKey("test", scopes or EVERY, days), now())[1])
