"""`relevo doctor --deploy` refuses what is too weak to be reached by others."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from relevo.base.config import Home
from relevo.jobs import doctor_deploy
from relevo.jobs.doctor import Check, State

SOUND = {
    "RELEVO_HOSTS": "relevo.example.com",
    "RELEVO_ORIGINS": "https://relevo.example.com",
    "RELEVO_HSTS_DAYS": "365",
}


@pytest.fixture
def home(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home that is safe, with an owner who signs in by links."""
    monkeypatch.setattr(doctor_deploy, "prepare", lambda home: None)
    path = tmp_path / "home"
    path.mkdir(mode=0o700)
    (path / "secret.key").write_text("k" * 64)
    (path / "secret.key").chmod(0o600)
    owner = User(username="ines", is_superuser=True)
    owner.set_unusable_password()
    owner.save()
    return Home(path)


def looked(home: Home, **environment: str) -> dict[str, Check]:
    found = doctor_deploy.examine_deploy(home, {**SOUND, **environment})
    return {check.name.removeprefix("deploy: "): check for check in found}


def test_a_safe_home_is_good(home: Home) -> None:
    assert {name: check.found for name, check in looked(home).items() if check.state is not State.GOOD} == {}


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"RELEVO_HOSTS": "*"}, "hosts"),
        ({"RELEVO_HOSTS": ".example.com"}, "hosts"),
        ({"RELEVO_HOSTS": ""}, "hosts"),
        ({"RELEVO_ORIGINS": ""}, "TLS"),
        ({"RELEVO_ORIGINS": "http://relevo.example.com"}, "TLS"),
        ({"RELEVO_ORIGINS": "https://*.example.com"}, "TLS"),
        ({"DJANGO_SETTINGS_MODULE": "my.settings"}, "settings"),
        ({"RELEVO_OIDC_URL": "https://id.example.com"}, "OpenID Connect"),
        (
            {"RELEVO_OIDC_URL": "http://id", "RELEVO_OIDC_CLIENT_ID": "a", "RELEVO_OIDC_CLIENT_SECRET": "b"},
            "OpenID Connect",
        ),
    ],
)
def test_a_weak_setting_is_refused(home: Home, environment: dict[str, str], name: str) -> None:
    check = looked(home, **environment)[name]
    assert check.state is State.BAD
    assert check.next


def test_what_is_not_a_danger_is_odd(home: Home) -> None:
    assert looked(home, RELEVO_HSTS_DAYS="0")["HSTS"].state is State.ODD


def test_where_the_desk_is_is_told_without_its_password(home: Home) -> None:
    """WEB_CONCURRENCY says nothing: relevo serve --workers does."""
    told = looked(home, WEB_CONCURRENCY="4")["database"]
    assert (told.state, "one SQLite file" in told.found) == (State.GOOD, True)
    told = looked(home, RELEVO_DESK="postgresql://relevo:geheim@db.example.com/relevo")["database"]
    assert (told.state, told.found) == (State.GOOD, "The Desk is in postgresql://db.example.com/relevo.")


def test_files_that_others_can_read_are_refused(home: Home) -> None:
    (home.path / "secret.key").chmod(0o640)
    home.path.chmod(0o755)
    found = looked(home)
    assert (found["secrets"].state, found["home"].state) == (State.BAD, State.BAD)
    assert "chmod 600" in found["secrets"].next


@pytest.mark.parametrize("name", ["secret.key", "oidc.secret", "mail.password", "desk.address"])
def test_every_file_with_a_secret_is_looked_at(home: Home, name: str) -> None:
    (home.path / name).write_text("postgresql://relevo:geheim@db.example.com/relevo")
    (home.path / name).chmod(0o640)
    check = looked(home)["secrets"]
    assert (check.state, check.found) == (State.BAD, f"Other users of this machine can read {name}.")


def test_a_secret_in_the_settings_file_is_refused(home: Home) -> None:
    home.settings_file.write_text('[mail]\nhost = "mail"\npassword = "open"\n')
    check = looked(home)["relevo.toml"]
    assert (check.state, "mail.password" in check.found, "open" in check.found) == (State.BAD, True, False)


def test_an_owner_with_a_password_alone_is_refused(home: Home) -> None:
    owner = User.objects.get(username="ines")
    owner.set_password("a long enough phrase")
    owner.save()
    assert looked(home)["owners"].state is State.BAD
    User.objects.update(is_active=False)
    assert looked(home)["owners"].found == "Nobody owns this Relevo."


def test_the_command_says_where_and_leaves_with_1(tmp_path: Path) -> None:
    home = tmp_path / "home"
    told = [sys.executable, "-c", "from relevo.cli.main import main; main()", "--home", str(home)]
    root = Path(__file__).parents[2]
    subprocess.run([*told, "init", "--owner", "ines@norte.example"], check=True, capture_output=True, cwd=root)
    plain = subprocess.run([*told, "doctor"], capture_output=True, text=True, check=False, cwd=root)
    deploy = subprocess.run([*told, "doctor", "--deploy"], capture_output=True, text=True, check=False, cwd=root)
    assert (plain.returncode, deploy.returncode) == (0, 1)
    assert "deploy: hosts" in deploy.stdout
