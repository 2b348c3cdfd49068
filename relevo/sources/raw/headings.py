"""One heading in its many spellings: capitals, blanks, marks, and the notes that exports add."""

import re
import unicodedata
from functools import lru_cache

_NOTE = re.compile(r"\((?:utc|gmt)[^)]*\)|\[(?:list|txt|int|date|bool)\]")
_SIGNS = re.compile(r"[^\w]+")


@lru_cache(maxsize=65_536)
def plain(heading: str) -> str:
    """A heading reduced to what tells it from others: small letters and digits, words parted by one underscore.

    Accents stay, so that two languages stay apart; "(UTC)" goes, because a choice of the exporter is not a name.
    """
    text = unicodedata.normalize("NFKC", heading).strip("\ufeff \"'`").casefold()
    return _SIGNS.sub("_", _NOTE.sub("", text)).strip("_")


def says_utc(heading: str) -> bool:
    """Whether a heading says that its times are UTC."""
    return bool(re.search(r"\b(utc|gmt)\b", heading.casefold()))
