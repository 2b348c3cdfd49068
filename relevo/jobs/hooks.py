"""Webhooks as relevo.toml names them, their secrets, and sending one message: signed, once, without following it.

A hook is a section `[[webhook]]` with `name`, `address` and, where it does not want all, `events`. Its secret is in the
environment as RELEVO_WEBHOOK_NAME_SECRET, else a line `name = secret` of the file `webhook.secrets` of the home.
"""

import hashlib
import hmac
import http.client
import json
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from relevo.base.config import Home
from relevo.base.errors import RelevoError, WrongUse
from relevo.desk.relay.outbox import ALL_EVENTS, Message

# A receiver that says nothing for so long has not taken it.
TIMEOUT_S = 10
_NAME = re.compile("[a-z][a-z0-9_]{0,39}")
_HERE = ("127.0.0.1", "localhost", "::1")


class NotTaken(RelevoError):
    """A receiver did not take a message. `is_away` where it could not be reached, or is not well."""

    exit_code = 1

    def __init__(self, message: str, hint: str, *, is_away: bool) -> None:
        super().__init__(message, hint)
        self.is_away = is_away


@dataclass(frozen=True)
class Hook:
    """Whom to tell which events, with what they are signed."""

    name: str
    address: str
    events: frozenset[str]
    secret: str = field(repr=False)


def hooks_of(home: Home, environment: Mapping[str, str] = os.environ) -> tuple[Hook, ...]:
    """The webhooks of a home. WrongUse for one that is senseless or has no secret, and for a file that others read."""
    told = home.config().webhooks
    kept = _kept_secrets(home) if told else {}
    found = tuple(_hook(each, kept, environment) for each in told)
    if len({each.name for each in found}) != len(found):
        raise WrongUse("Two webhooks of relevo.toml have one name.", "Give each a name of its own.")
    return found


def body_of(message: Message, address: str) -> bytes:
    """What is sent: the event, its key, what is told, and a link where this Relevo's address is known."""
    told: dict[str, Any] = {"id": message.key, "event": message.event, **message.payload}
    if address and "path" in told:
        told["url"] = address.rstrip("/") + told["path"]
    return json.dumps(told, ensure_ascii=False, sort_keys=True).encode()


def signature(secret: str, moment: str, body: bytes) -> str:
    """HMAC-SHA256 over the time, a full stop, and the body: who knows the secret sees that nobody changed either."""
    return "sha256=" + hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def post(hook: Hook, message: Message, body: bytes, at: datetime) -> str:
    """Send one message and return what the receiver answered; NotTaken unless that is 2xx. No redirect is followed."""
    moment = str(int(at.timestamp()))
    headers = {
        "Content-Type": "application/json", "User-Agent": "relevo-webhook", "Relevo-Event": message.event,
        "Relevo-Delivery": message.key.encode("ascii", "replace").decode(), "Relevo-Timestamp": moment,
        "Relevo-Signature": signature(hook.secret, moment, body),
    }  # fmt: skip
    place = urlsplit(hook.address)
    connection = _connection(place)
    try:
        connection.request("POST", (place.path or "/") + (f"?{place.query}" if place.query else ""), body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as problem:
        told = f"{place.hostname} could not be reached: {type(problem).__name__}."
        raise NotTaken(told, "Look whether it runs, and whether a firewall is between.", is_away=True) from problem
    finally:
        connection.close()
    if not 200 <= status < 300:
        told = f"{place.hostname} answered {status}."
        raise NotTaken(told, "Look into its log; it has to answer 2xx.", is_away=status >= 500)
    return str(status)


def _connection(place: SplitResult) -> http.client.HTTPConnection:
    host = place.hostname or ""
    if place.scheme == "https":
        return http.client.HTTPSConnection(host, place.port, timeout=TIMEOUT_S)
    return http.client.HTTPConnection(host, place.port, timeout=TIMEOUT_S)


def _hook(told: Mapping[str, Any], kept: Mapping[str, str], environment: Mapping[str, str]) -> Hook:
    name, address, events = told.get("name"), told.get("address"), told.get("events", list(ALL_EVENTS))
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        raise WrongUse(f"A webhook of relevo.toml has the name {name!r}.", "Write a lower_snake word such as crm.")
    if unknown := set(told) - {"name", "address", "events"}:
        raise WrongUse(f"The webhook {name} has the unknown setting {min(unknown)!r}.", "It has name, address, events.")
    if not isinstance(address, str) or not _is_address(address):
        raise WrongUse(f"The address of the webhook {name} is {address!r}.", "Write one that begins with https://.")
    if not isinstance(events, list) or not events or not set(map(str, events)) <= set(ALL_EVENTS):
        raise WrongUse(f"The events of the webhook {name} are {events!r}.", f"Known: {', '.join(ALL_EVENTS)}.")
    secret = environment.get(f"RELEVO_WEBHOOK_{name.upper()}_SECRET") or kept.get(name, "")
    if not secret:
        raise WrongUse(f"The webhook {name} has no secret.", f"Write {name} = SECRET into webhook.secrets of the home.")
    return Hook(name, address, frozenset(events), secret)


def _is_address(text: str) -> bool:
    """Encrypted, or on this machine; a password in an address would be told to whoever reads relevo.toml."""
    try:
        place = urlsplit(text)
        is_safe = place.scheme == "https" or (place.scheme == "http" and place.hostname in _HERE)
        return bool(place.hostname) and "@" not in place.netloc and is_safe and (place.port or 1) > 0
    except ValueError:  # a port that is no number
        return False


def _kept_secrets(home: Home) -> Mapping[str, str]:
    file = home.webhook_secrets
    if not file.exists():
        return {}
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise WrongUse(f"Others may read {file}.", f"Close it: chmod 600 {file}.")
    pairs = (line.partition("=") for line in file.read_text("utf-8").splitlines() if "=" in line)
    return {name.strip(): secret.strip() for name, _sign, secret in pairs}
