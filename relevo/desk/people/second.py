"""Who is asked for a second factor, and what is left of it."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.models import User


@dataclass(frozen=True)
class SecondFactor:
    """A user's second factor: since when codes are asked for (None: they are not), and recovery codes left."""

    since: datetime | None = None
    recovery_left: int = 0


def second_of(user: User) -> SecondFactor:
    """The second factor of a user."""
    kept = {each.type: each for each in Authenticator.objects.filter(user=user)}
    if "totp" not in kept:
        return SecondFactor()
    spare = kept.get("recovery_codes")
    return SecondFactor(kept["totp"].created_at, len(RecoveryCodes(spare).get_unused_codes()) if spare else 0)


def asks_for_codes(user: User) -> bool:
    """Whether this user has to give a code after a password or a link."""
    return bool(Authenticator.objects.filter(user=user, type="totp").exists())


def who_gives_codes() -> frozenset[int]:
    """The keys of all users who are asked for codes."""
    return frozenset(Authenticator.objects.filter(type="totp").values_list("user_id", flat=True))


def fresh_secret() -> str:
    """A secret for a program that makes codes."""
    return str(generate_totp_secret())


def secret_address(user: User, secret: str) -> str:
    """The address by which a program takes the secret over."""
    return str(get_adapter().build_totp_url(user, secret))


def secret_picture(user: User, secret: str) -> str:
    """The same address as a picture, SVG, that a phone reads."""
    return str(get_adapter().build_totp_svg(secret_address(user, secret)))
