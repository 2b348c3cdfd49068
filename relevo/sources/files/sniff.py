"""How an export is written where nobody says: its encoding and the sign between its fields.

The start of a file tells its delimiter and whether its signs are wider than a byte. Whether it is UTF-8 only the whole
file tells: a letter with an accent may come after a million names without one.
"""

import codecs
from pathlib import Path

from relevo.sources.files.lines import Dialect
from relevo.sources.files.opening import BROKEN, encoding_marked, open_bytes

DELIMITERS = (",", ";", "\t", "|")
_PEEK = 1 << 18
_BLOCK = 1 << 22
# So many bytes in a hundred are zero where signs are wider than one.
_ZEROS = 20


def sniff(path: Path) -> Dialect:
    """The dialect of a CSV file; UTF-8 and commas where it tells nothing."""
    try:
        with open_bytes(path) as stream:
            start = stream.read(_PEEK)
        encoding = encoding_marked(start) or wide_encoding(start) or byte_encoding(path)
    except BROKEN:
        return Dialect()
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(start)
    return Dialect(encoding, delimiter_of(text), is_guessed=True)


def wide_encoding(start: bytes) -> str | None:
    """The encoding of signs of two or four bytes, by where the zeros stand; None where there are few."""
    zeros = [100 * start[place::4].count(0) > _ZEROS * len(start) // 4 for place in range(4)]
    if sum(zeros) == 3 or zeros in ([False, False, True, True], [True, True, False, False]):
        return "utf-32-be" if zeros[0] else "utf-32-le"
    if zeros == [True, False, True, False]:
        return "utf-16-be"
    return "utf-16-le" if zeros == [False, True, False, True] else None


def byte_encoding(path: Path) -> str:
    """UTF-8 or Windows Latin, as most lines beyond ASCII are; the others are told line by line when they are read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open_bytes(path) as stream:
            while block := stream.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252" if _is_mostly_latin(path) else "utf-8"
    return "utf-8"


def _is_mostly_latin(path: Path) -> bool:
    """Whether more lines beyond ASCII are not UTF-8 than are."""
    good = lines = 0
    rest = b""
    with open_bytes(path) as stream:
        while block := stream.read(_BLOCK):
            *whole, rest = (rest + block).splitlines(keepends=True)
            wide = [line for line in whole if not line.isascii()]
            lines += len(wide)
            good += sum(map(_is_utf8, wide))
            rest = rest[-_BLOCK:]
    lines += not rest.isascii()
    good += not rest.isascii() and _is_utf8(rest)
    return lines > 2 * good


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(text: str) -> str:
    """The sign that stands most often, outside of quotes, in the first line that is not blank."""
    line = next((each for each in text.splitlines() if each.strip()), "")
    bare = "".join(line.split('"')[::2])
    counts = {sign: bare.count(sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: counts[sign])
    return best if counts[best] else ","
