"""`relevo links`: rating links for the operator, and the secret of a help desk."""

import stat
from pathlib import Path

import pytest

from relevo.base.config import Home
from relevo.base.errors import NotReady
from relevo.jobs import ratings


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path)
    file, is_new = ratings.ensure_secret(home)
    text = file.read_text("ascii")
    assert is_new
    assert len(text) >= 43
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ratings.ensure_secret(home) == (file, False)
    assert file.read_text("ascii") == text


def test_a_home_without_a_desk_makes_no_links(tmp_path: Path) -> None:
    with pytest.raises(NotReady):
        ratings.rating_paths(Home(tmp_path), "V1")
