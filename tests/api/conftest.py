from typing import Any

import pytest

from tests.answers import company
from tests.api.asking import Program, member, program


@pytest.fixture
def served(settings: Any, db: None) -> None:
    """The API of the small company."""
    settings.RELEVO_HOME = company.home().path


@pytest.fixture
def owner(served: None) -> Program:
    """A program of the owner, who sees all."""
    return program(member("ines", "owner"))
