"""The format of a home: one number in a file, so that no release works on a home it does not understand.

1   release 0.1, which wrote no number
2   hashes in the manifests of loads, erasures, the journal of builds
"""

from relevo.base.config import Home
from relevo.base.errors import DataRefused, NotReady

FORMAT = 2
_FIRST = 1
FILE = "format"


def format_of(home: Home) -> int | None:
    """The format of a home; None where there is no home, or nothing but its settings."""
    file = home.path / FILE
    if file.exists():
        return _number(home)
    held = (home.landing / "loads", home.books / "CURRENT", home.desk_database)
    return _FIRST if any(place.exists() for place in held) else None


def mark(home: Home) -> None:
    """Write down that a home has the format of this release."""
    (home.path / FILE).write_text(f"{FORMAT}\n", "ascii")


def check(home: Home) -> None:
    """Raise NotReady for a home of an earlier release, DataRefused for one of a later release."""
    found = format_of(home)
    if found is None or found == FORMAT:
        return
    if found > FORMAT:
        raise DataRefused(
            f"The home {home.path} has format {found}; this release knows formats up to {FORMAT}. Nothing was changed.",
            "Use the release that wrote it, or a later one.",
        )
    raise NotReady(
        f"The home {home.path} was written by an earlier release (format {found}, now {FORMAT}). Nothing was changed.",
        "Run relevo backup FILE, then relevo upgrade.",
    )


def _number(home: Home) -> int:
    text = (home.path / FILE).read_text("ascii").strip()
    if not text.isdigit():
        raise DataRefused(f"{home.path / FILE} should hold a number and holds {text[:20]!r}.", "Restore a backup.")
    return int(text)
