"""From where a request comes, and with which browser, as far as that can be believed."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

# The order matters: most browsers name others beside themselves.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "CrOS", "Linux")


def address_of(request: HttpRequest) -> str:
    """The address that asks: the one before our own proxies, which alone are believed; '' where it is none."""
    heard = str(request.META.get("REMOTE_ADDR", ""))
    said = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    trusted = settings.RELEVO_PROXIES
    if trusted and said:
        heard = said[-trusted] if len(said) >= trusted else said[0]
    return heard if _is_address(heard) else ""


def browser_of(request: HttpRequest) -> str:
    """The browser in two words, such as 'Firefox, Linux'; the beginning of what it says of itself otherwise."""
    agent = request.headers.get("User-Agent", "")
    name = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}(iOS)?/", agent)), "")
    system = next((each for each in _SYSTEMS if each in agent), "")
    return ", ".join(word for word in (name, system) if word) or agent[:40]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
