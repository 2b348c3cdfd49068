"""Problems in data are values; problems in use are errors that finish the sentence."""

import pytest

from relevo.base.errors import DataRefused, NotReady, RelevoError, WrongUse
from relevo.base.findings import Finding, Severity, is_critical, worst_first


def finding(severity: str, code: str = "c") -> Finding:
    return Finding(Severity(severity), code, "where", "What is wrong.", "What to do.")


def test_a_finding_prints_every_part() -> None:
    assert finding(Severity.WARNING).as_dict() == {
        "code": "c", "severity": "warning", "where": "where", "message": "What is wrong.", "hint": "What to do.",
    }  # fmt: skip


def test_the_worst_finding_comes_first_then_by_code() -> None:
    mixed = [finding(s, c) for s, c in (("info", "a"), ("critical", "z"), ("warning", "b"), ("warning", "a"))]
    assert [(str(f.severity), f.code) for f in worst_first(mixed)] == [
        ("critical", "z"), ("warning", "a"), ("warning", "b"), ("info", "a"),
    ]  # fmt: skip


def test_only_a_critical_finding_stops() -> None:
    assert not is_critical([])
    assert not is_critical([finding(Severity.WARNING), finding(Severity.INFO)])
    assert is_critical([finding(Severity.WARNING), finding(Severity.CRITICAL)])


@pytest.mark.parametrize(("kind", "code"), [(WrongUse, 2), (NotReady, 2), (DataRefused, 1)])
def test_errors_say_what_and_what_next_and_their_exit_code(kind: type[RelevoError], code: int) -> None:
    error = kind("It is so.", "Do this.")
    assert (str(error), error.message, error.hint, error.exit_code) == (
        "It is so. Do this.",
        "It is so.",
        "Do this.",
        code,
    )
    assert str(kind("It is so.")) == "It is so."
