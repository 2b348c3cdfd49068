import os
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Company, Home
from relevo.jobs.loading import start_home
from tests.making import span, write_table


@pytest.fixture
def home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> Home:
    """A home that watches the folder `exports` beside it, in which three customers stand."""
    for name in [name for name in os.environ if name.startswith("RELEVO_MAIL_")]:
        monkeypatch.delenv(name)
    home = Home(tmp_path / "home")
    start_home(home, Company("Shop", "EUR", "UTC"))
    settings.RELEVO_HOME = home.path
    monkeypatch.setenv("RELEVO_HOME", str(home.path))
    write_settings(home, f'[watch]\nfolders = ["{tmp_path / "exports"}"]\n')
    put(home, "subscription_span", [span(c, "2025-01-01", None, 1000) for c in "ABC"])
    return home


def write_settings(home: Home, more: str) -> None:
    """Add to relevo.toml."""
    home.settings_file.write_text(home.settings_file.read_text("utf-8") + more, "utf-8")


def put(home: Home, table: str, rows: list[dict[str, Any]], folder: str = "") -> Path:
    """Write a table into the watched folder, as if a minute ago."""
    return settled(write_table(home.path.parent / "exports" / folder, table, rows))


def settled(file: Path, seconds: float = 60) -> Path:
    """A file as if nobody had written to it for so long."""
    found = file.stat()
    os.utime(file, (found.st_atime, found.st_mtime - seconds))
    return file
