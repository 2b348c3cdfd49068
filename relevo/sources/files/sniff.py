"""How an export is written where nobody says: its encoding and the sign between its fields."""

from pathlib import Path

from relevo.sources.files.lines import Dialect
from relevo.sources.files.opening import BROKEN, open_bytes

DELIMITERS = (",", ";", "\t", "|")
_PEEK = 1 << 18
_MARKED = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(path: Path) -> Dialect:
    """The dialect of a CSV file, from its first quarter of a megabyte; UTF-8 and commas where that tells nothing."""
    try:
        with open_bytes(path) as stream:
            start = stream.read(_PEEK)
    except BROKEN:
        return Dialect()
    encoding = encoding_of(start)
    text = start.decode("utf-16" if start[:2] in (b"\xff\xfe", b"\xfe\xff") else encoding, errors="replace")
    return Dialect(encoding, delimiter_of(text))


def encoding_of(start: bytes) -> str:
    """The encoding of bytes: a mark decides when the file is opened; else UTF-8 if it is that, else Windows Latin."""
    if start.startswith(_MARKED):
        return "utf-8"
    odd, even = start[1::2].count(0), start[0::2].count(0)
    if start and max(odd, even) > len(start) // 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    try:
        # A sign may be cut in two at the end of what was read.
        start[: start.rfind(b"\n") + 1 or None].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The sign that stands most often, outside of quotes, in the first line that is not blank."""
    line = next((each for each in text.splitlines() if each.strip()), "")
    bare = "".join(line.split('"')[::2])
    counts = {sign: bare.count(sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: counts[sign])
    return best if counts[best] else ","
