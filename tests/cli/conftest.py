import shutil
from datetime import date
from pathlib import Path

import pytest

from relevo.base.config import Home
from relevo.jobs.loading import load
from relevo.jobs.publish import build_book
from tests.cli.running import Runner
from tests.making import span, write_table


@pytest.fixture
def relevo(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Runner:
    return Runner(tmp_path / "home", capsys, monkeypatch)


def write_raw(folder: Path) -> Path:
    """A folder of three customers: one grows, one leaves, one pays in dollars."""
    write_table(folder, "customer", [{"customer_id": c, "name": f"=Firm {c}", "segment": "smb"} for c in "ABC"])
    write_table(
        folder,
        "subscription_span",
        [
            span("A", "2024-01-10", "2025-03-01", 10000),
            span("A", "2025-03-01", None, 10000, quantity=2),
            span("B", "2024-02-01", "2025-02-01", 50000),
            span("C", "2024-03-05", None, 120000, interval_unit="year", currency="USD"),
        ],
    )
    write_table(folder, "fx_rate", [{"currency": "USD", "on_date": "2024-01-01", "rate": "0.9"}])
    return folder


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return write_raw(tmp_path / "raw")


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the three customers are loaded and built, made once for all tests of this folder."""
    folder = tmp_path_factory.mktemp("built")
    home = Home(folder / "home")
    load(home, write_raw(folder / "raw"))
    build_book(home, lambda _step: None, as_of=date(2025, 12, 31))
    return home.path


@pytest.fixture
def built(relevo: Runner, built_once: Path) -> Runner:
    shutil.copytree(built_once, relevo.home)
    return relevo
