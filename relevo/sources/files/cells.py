"""The values of a workbook's cells as the text that a CSV of them would have.

Days are ISO 8601, whole numbers have no point, and a number has no more digits than it needs: 1.1, not
1.1000000000000001. What is stored is read, whatever the cell shows of it: 0.5 for 50 %.
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite

_BUILT_IN = {**dict.fromkeys((14, 15, 16, 17), "ymd"), **dict.fromkeys((18, 19, 20, 21, 45, 47), "hms"), 22: "ymdhms",
             46: "[hms]", **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "ymd"),
             **dict.fromkeys((32, 33, 34, 35), "hms")}  # fmt: skip
# What stands in quotes or after a backslash is shown, not meant; brackets hold colours, conditions and languages.
_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile(r"-?[0-9]{1,40}")
_SIMPLE = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{0,14}[1-9])?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001
# The first of January 10000, less a millisecond that rounding could add.
_LAST_SERIAL = 2_958_465.999_999
_LONGEST_CODE = 255


@lru_cache(maxsize=4_096)
def shows(number_format: int, code: str) -> str:
    """What a number format makes of a number: '' for a number, 'ymd', 'hms', 'ymdhms', or '[hms]' for a length."""
    if not code:
        return _BUILT_IN.get(number_format, "")
    bare = _SHOWN.sub("", code[:_LONGEST_CODE].split(";")[0]).lower()
    if _ELAPSED.search(bare):
        return "[hms]"
    has_day, has_time = bool(re.search("[yd]", bare)), bool(re.search("[hs]", bare))
    if not has_day and not has_time:
        return "ymd" if re.fullmatch(r"m+", bare.strip()) else ""
    return ("ymd" if has_day else "") + ("hms" if has_time else "")


def number_text(written: str) -> str:
    """A number as text. One that no number can be is left as it is written, for the column to refuse."""
    if _SIMPLE.fullmatch(written) and written != "-0":
        return written
    if _WHOLE.fullmatch(written):
        return str(int(written))
    try:
        value = float(written)
    except ValueError:
        return written
    if not isfinite(value) or "_" in written:
        return written
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def time_text(written: str, kind: str, is_1904: bool) -> str:
    """A serial number of days as what its format shows: a day, an instant, a time of day or a length of time."""
    try:
        serial = float(written)
    except ValueError:
        return written
    if kind == "[hms]" and 0 <= serial < _LAST_SERIAL:
        return _clock(round(serial * 86_400))
    if kind == "hms" and 0 <= serial < 1:
        return _clock(round(serial * 86_400), pad=2)
    # In the first sixty days of Excel's calendar 1900 was a leap year, and nobody's customers are from then.
    if not (0 if is_1904 else 61) <= serial < _LAST_SERIAL - (1_462 if is_1904 else 0):
        return number_text(written)
    # The other calendar of Excel begins 1,462 days later, and ends with the same day.
    at = _EPOCH + timedelta(milliseconds=round((serial + (1_462 if is_1904 else 0)) * 86_400_000))
    if at.time() == datetime.min.time():
        return at.date().isoformat()
    return at.isoformat(" ", "milliseconds" if at.microsecond else "seconds")


def unescaped(text: str) -> str:
    """A text of a workbook, with the signs that XML cannot hold: _x000D_ is a carriage return."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    try:
        # A sign beyond the first plane is written as two escapes.
        return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return plain


def _clock(seconds: int, pad: int = 1) -> str:
    hours, rest = divmod(seconds, 3_600)
    return f"{hours:0{pad}}:{rest // 60:02}" + (f":{rest % 60:02}" if rest % 60 or pad == 1 else "")
