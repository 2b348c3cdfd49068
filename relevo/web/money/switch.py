"""Switches: the same page shown otherwise, by one parameter of its address; the others stay as they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Choice:
    """One way to show it: its name, its address, and whether it is the one shown."""

    name: str
    href: str
    on: bool


@dataclass(frozen=True)
class Switch:
    """The choices of one parameter. `key` names the part of the page that it changes."""

    key: str
    label: str
    choices: tuple[Choice, ...]


def switch(
    request: HttpRequest, name: str, key: str, label: str, options: Iterable[tuple[str, str]], chosen: str
) -> Switch:
    """The switch of one parameter: `options` are codes with their names, an empty code takes the parameter away."""
    choices = (Choice(words, _address(request, name, code, key), code == chosen) for code, words in options)
    return Switch(key, label, tuple(choices))


def _address(request: HttpRequest, name: str, code: str, key: str) -> str:
    asked = request.GET.copy()
    for gone in (name, "panel"):  # a panel that was closed must not come back
        asked.pop(gone, None)
    if code:
        asked[name] = code
    query = asked.urlencode()
    return f"{request.path}{'?' if query else ''}{query}#{key}"
