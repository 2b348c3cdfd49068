"""Making a home's Desk ready, in a process of its own as the commands do."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.desk.ready import ensure_secret_key, prepare
from tests.desks import only_with_desk_files

PREPARE = """
import sys
from pathlib import Path
from typing import Any
from relevo.base.config import Home
from relevo.desk.ready import prepare
for name in sys.argv[1:]:
    prepare(Home(Path(name)))
from django.conf import settings
from relevo.desk.people.models import AuditEntry
print(AuditEntry.objects.count(), settings.SECRET_KEY)
"""


def run(*homes: Path, cwd: Path = Path(__file__).parents[2]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", PREPARE, *map(str, homes)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


@only_with_desk_files
def test_a_home_gets_its_database_and_key_once(tmp_path: Path) -> None:
    first, second = run(tmp_path / "home"), run(tmp_path / "home")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    key = tmp_path / "home" / "secret.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text("ascii") in first.stdout
    assert (tmp_path / "home" / "desk.sqlite3").read_bytes()[18:20] == b"\x02\x02", "journal mode WAL"


def test_a_home_may_be_named_from_where_one_is(tmp_path: Path) -> None:
    result = run(Path("home"), Path("home"), cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "home" / "secret.key").exists()


def test_one_process_serves_one_home(tmp_path: Path) -> None:
    result = run(tmp_path / "one", tmp_path / "two")
    assert result.returncode == 1
    assert "already works for the home" in result.stderr


def test_a_key_is_kept(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = ensure_secret_key(home).read_text("ascii")
    assert len(first) > 40
    assert ensure_secret_key(home).read_text("ascii") == first


@pytest.mark.django_db
def test_another_home_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.RELEVO_HOME = tmp_path / "mine"
    with pytest.raises(WrongUse):
        prepare(Home(tmp_path / "other"))


def test_the_migrations_are_complete() -> None:
    command = [
        sys.executable,
        "-m",
        "django",
        "makemigrations",
        "--check",
        "--dry-run",
        "--settings",
        "relevo.settings",
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert result.returncode == 0, result.stdout + result.stderr
