"""Words compared as a reader compares them: without case and accents."""

import unicodedata


def fold(text: str) -> str:
    """A text without case and accents: 'São Tomé' -> 'sao tome'."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
