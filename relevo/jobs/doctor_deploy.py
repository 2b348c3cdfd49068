"""`relevo doctor --deploy`: whether a home is safe to be reached by others. It looks, and changes nothing."""

import os
import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from relevo.base.config import Home
from relevo.base.desk_address import FILE as ADDRESS_FILE
from relevo.desk.ready import prepare
from relevo.jobs.doctor import Check, State

# Files of a home that hold a secret; others of the machine may not read them.
SECRETS = ("secret.key", "oidc.secret", "mail.password", "webhook.secrets", ADDRESS_FILE)
_SECRET_WORDS = ("password", "secret", "token", "api_key")
_ANYBODY = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Place:
    """What is looked at: the home and the environment of the process that will serve it."""

    home: Home
    environment: Mapping[str, str]


def examine_deploy(home: Home, environment: Mapping[str, str] = os.environ) -> tuple[Check, ...]:
    """Every check of a home that others will reach, in the order in which a person would mend it."""
    place = Place(home, environment)
    looks: tuple[Callable[[Place], Check], ...] = (
        _debug, _hosts, _origins, _hsts, _home_closed, _secrets_closed, _toml, _openid, _owners, _database,
    )  # fmt: skip
    return tuple(look(place) for look in looks)


def _good(name: str, found: str) -> Check:
    return Check(f"deploy: {name}", State.GOOD, found)


def _bad(name: str, found: str, next_: str) -> Check:
    return Check(f"deploy: {name}", State.BAD, found, next_)


def _odd(name: str, found: str, next_: str) -> Check:
    return Check(f"deploy: {name}", State.ODD, found, next_)


def _listed(place: Place, name: str) -> list[str]:
    return [word.strip() for word in place.environment.get(name, "").split(",") if word.strip()]


def _debug(place: Place) -> Check:
    module = place.environment.get("DJANGO_SETTINGS_MODULE", "relevo.settings")
    if module != "relevo.settings":
        told = f"DJANGO_SETTINGS_MODULE names {module}, whose DEBUG and middleware nobody checks here."
        return _bad("settings", told, "Unset DJANGO_SETTINGS_MODULE.")
    return _good("settings", "Relevo's own; DEBUG is off.")


def _hosts(place: Place) -> Check:
    hosts = _listed(place, "RELEVO_HOSTS")
    open_ = [host for host in hosts if "*" in host or host.startswith(".")]
    next_ = "Set RELEVO_HOSTS to the one name under which Relevo is reached, such as relevo.example.com."
    if open_:
        return _bad("hosts", f"RELEVO_HOSTS takes any name: {', '.join(open_)}.", next_)
    if not hosts:
        return _bad("hosts", "RELEVO_HOSTS is not set: Relevo answers to localhost alone.", next_)
    return _good("hosts", ", ".join(hosts))


def _origins(place: Place) -> Check:
    origins = _listed(place, "RELEVO_ORIGINS")
    plain = [origin for origin in origins if not origin.startswith("https://") or "*" in origin]
    next_ = "Put a proxy that speaks TLS before Relevo and set RELEVO_ORIGINS=https://relevo.example.com."
    if plain:
        return _bad("TLS", f"RELEVO_ORIGINS has what is no single https address: {', '.join(plain)}.", next_)
    if not origins:
        return _bad("TLS", "RELEVO_ORIGINS is not set: cookies travel without TLS.", next_)
    return _good("TLS", f"{', '.join(origins)}; cookies travel by TLS alone.")


def _hsts(place: Place) -> Check:
    days = place.environment.get("RELEVO_HSTS_DAYS", "0")
    if not days.isdecimal() or int(days) == 0:
        return _odd("HSTS", "Browsers are not told to use TLS alone.", "Set RELEVO_HSTS_DAYS=365 once TLS works.")
    return _good("HSTS", f"Browsers keep to TLS for {days} days.")


def _home_closed(place: Place) -> Check:
    mode = stat.S_IMODE(place.home.path.stat().st_mode)
    if mode & _ANYBODY:
        told = f"{place.home.path} is open to other users of this machine (mode {mode:o})."
        return _bad("home", told, f"chmod 700 {place.home.path}")
    return _good("home", "Its owner alone can read it.")


def _secrets_closed(place: Place) -> Check:
    files = [place.home.path / name for name in SECRETS]
    open_ = [file for file in files if file.exists() and stat.S_IMODE(file.stat().st_mode) & _ANYBODY]
    if open_:
        told = f"Other users of this machine can read {', '.join(file.name for file in open_)}."
        return _bad("secrets", told, f"chmod 600 {' '.join(map(str, open_))}, then make those secrets anew.")
    if not files[0].exists():
        return _bad("secrets", "There is no secret.key: sessions end with the process.", "Run relevo init.")
    return _good("secrets", "Their owner alone can read them.")


def _toml(place: Place) -> Check:
    file = place.home.settings_file
    found = _secret_keys(tomllib.loads(file.read_text("utf-8"))) if file.exists() else []
    if found:
        told = f"{file.name} holds {', '.join(found)}, which backups and colleagues then read."
        return _bad("relevo.toml", told, "Put it into the environment or a file of mode 600, and change the secret.")
    return _good("relevo.toml", "It holds no secret.")


def _secret_keys(table: Mapping[str, Any], above: str = "") -> list[str]:
    found = []
    for name, value in table.items():
        place = f"{above}.{name}" if above else name
        if isinstance(value, Mapping):
            found += _secret_keys(value, place)
        elif isinstance(value, str) and value and any(word in name.lower() for word in _SECRET_WORDS):
            found.append(place)
    return found


def _openid(place: Place) -> Check:
    url, client = (place.environment.get(f"RELEVO_OIDC_{name}", "") for name in ("URL", "CLIENT_ID"))
    secret = place.environment.get("RELEVO_OIDC_CLIENT_SECRET") or (place.home.path / "oidc.secret").is_file()
    if not url and not client:
        return _good("OpenID Connect", "Not set up.")
    if not (url and client and secret):
        return _bad(
            "OpenID Connect", "It is half set up, and so it is off.",
            "Set RELEVO_OIDC_URL, RELEVO_OIDC_CLIENT_ID, and RELEVO_OIDC_CLIENT_SECRET or the file oidc.secret.",
        )  # fmt: skip
    if urlsplit(url).scheme != "https":
        told = f"RELEVO_OIDC_URL is {url}: whoever sits between can sign in as anybody."
        return _bad("OpenID Connect", told, "Use the provider's https address.")
    return _good("OpenID Connect", url)


def _owners(place: Place) -> Check:
    """An owner who signs in with a password alone is one guess away from everything; links are made on the machine."""
    prepare(place.home)
    from django.contrib.auth.models import User

    from relevo.desk.people.second import who_gives_codes

    codes = who_gives_codes()
    owners = list(User.objects.filter(is_superuser=True, is_active=True))
    weak = [owner.username for owner in owners if owner.has_usable_password() and owner.pk not in codes]
    if not owners:
        return _bad("owners", "Nobody owns this Relevo.", "Run relevo init --owner name@company.example.")
    if weak:
        told = f"Owners with a password and no one-time codes: {', '.join(weak)}."
        return _bad("owners", told, "They switch codes on under Settings, Me.")
    return _good("owners", f"{len(owners)}, none with a password alone.")


def _database(place: Place) -> Check:
    address = place.home.desk_address(place.environment)
    if address:
        return _good("database", f"The Desk is in {address}.")
    return _good("database", "The Desk is one SQLite file, to which several workers write one after another.")
