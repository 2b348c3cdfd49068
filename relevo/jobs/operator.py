"""The operator's trail: whoever runs commands on this machine sees all rows, and what was asked is written down."""

import getpass
import json
from collections.abc import Mapping

from relevo.base.config import Home
from relevo.jobs.clock import now


def record(home: Home, verb: str, details: Mapping[str, object]) -> None:
    """Append one line to the home's audit log: when, which operating-system user, what was asked.

    A home that does not exist yet has nothing that could have been seen, and is not created for this.
    """
    if not home.path.exists():
        return
    line = {"at": now().isoformat(timespec="seconds"), "who": _user(), "what": verb, **details}
    with home.audit_log.open("a", encoding="utf-8") as log:
        log.write(json.dumps(line, default=str, ensure_ascii=False) + "\n")


def _user() -> str:
    """The operating-system user; a number where the machine has no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
