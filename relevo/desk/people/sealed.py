"""Secrets of second factors are sealed with the home's key: the database alone does not give them away."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings


class Sealed(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth keeps of a second factor, sealed; the name in the person's program is that of this Relevo."""

    def encrypt(self, text: str) -> str:
        """The text, readable with the home's key alone."""
        return _box().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """The text again."""
        return _box().decrypt(encrypted_text.encode("ascii")).decode()

    def get_totp_issuer(self) -> str:
        """The name under which a program for codes lists the account."""
        return "Relevo"


def _box() -> Fernet:
    digest = hashlib.sha256(b"second factor\n" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
