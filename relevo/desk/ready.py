"""Make a home's Desk ready: its folder, secret key and database tables.

Commands that need the Desk (init, serve, demo, link) call `prepare` before they import anything of Django's models.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from relevo.base.config import Home
from relevo.base.errors import WrongUse

# The homes that this process has made ready, with the number of their database file.
_DONE: set[tuple[Path, int]] = set()


def prepare(home: Home) -> None:
    """Create what is missing in the home, point Django at it, and bring its tables up to date.

    What this process did before for a database that is still there is not done again. One process serves one home:
    WrongUse if Django already runs for another.
    """
    if _identity(home) in _DONE:
        return
    home.path.mkdir(parents=True, exist_ok=True)
    ensure_secret_key(home)
    start_django(home)
    from django.core.management import call_command  # after set-up, and only for commands that use the Desk

    with _alone(home):
        call_command("migrate", interactive=False, verbosity=0)
    _close_connections()  # whoever forks after this must not share one
    _DONE.update(filter(None, [_identity(home)]))


def _identity(home: Home) -> tuple[Path, int] | None:
    """A home and the file that is its database now; None where there is none."""
    file = home.desk_database
    return (home.path, file.stat().st_ino) if file.exists() else None


def ensure_secret_key(home: Home) -> Path:
    """The file with the home's secret key, made on first use and readable by its owner alone."""
    file = home.path / "secret.key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(48))
    return file


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """One process at a time: the web server and the worker begin together, and both want the tables."""
    with (home.path / ".desk-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start_django(home: Home) -> None:
    """Let Django work for this home without touching its tables; WrongUse if it already runs for another."""
    os.environ["RELEVO_HOME"] = str(home.path)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relevo.settings")
    import django
    from django.conf import settings

    django.setup()
    if Path(settings.RELEVO_HOME) != home.path.resolve():
        raise WrongUse(
            f"This process already works for the home {settings.RELEVO_HOME}.",
            f"Start another process for {home.path}.",
        )


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
