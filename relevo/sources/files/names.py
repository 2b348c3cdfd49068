"""Names of files and folders: which can be told apart, shown and kept, and how the others are shown."""

import re
import unicodedata

NAME_HINT = "Rename it to letters, digits, blanks and . _ - and load it again."
LONGEST_PATH, DEEPEST = 1_000, 32
# Signs that are not seen, and those that turn the order of what is seen around.
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp", "Co")
# Persian and emoji are written with these two.
_JOINERS = "\u200c\u200d"


def name_problem(file: str) -> str:
    """Why a file cannot go by its name, a path with slashes; empty where it can."""
    if any(_is_unseen(sign) for sign in file):
        return "its name has signs that cannot be seen, or that turn the others around"
    if len(file) > LONGEST_PATH:
        return f"its name with its folders is longer than {LONGEST_PATH} signs"
    return f"it lies deeper than {DEEPEST} folders" if file.count("/") > DEEPEST else ""


def path_problem(file: str) -> str:
    """Why the name of an entry leads out of its archive; empty where it does not."""
    if file.startswith("/") or re.match(r"[A-Za-z]:", file):
        return "its name is a path from the root of a machine"
    return "its name leads out of the archive" if ".." in file.split("/") else ""


def shown(file: str) -> str:
    """A name as one line that hides nothing and is not too long: signs that cannot be seen are written as escapes."""
    seen = "".join(_escaped(sign) if _is_unseen(sign) else sign for sign in file)
    return seen if len(seen) <= LONGEST_PATH else f"{seen[:200]}…{seen[-100:]}"


def is_hidden(file: str) -> bool:
    """Whether a file is none of the company's: what systems keep beside files."""
    return any((part.startswith((".", "~$")) and part != "..") or part == "__MACOSX" for part in file.split("/"))


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape", "backslashreplace").decode("ascii")
