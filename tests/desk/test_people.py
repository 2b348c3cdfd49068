"""Users, links and the audit."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import LINK_LASTS, LinkRefused, create_link, ensure_owner, log_audit, redeem_link
from relevo.desk.people.models import AuditEntry, SignInLink

NOON = datetime(2026, 10, 31, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_an_owner_is_made_once_and_has_no_password() -> None:
    first, again = ensure_owner("ines@norte.example", NOON), ensure_owner("ines@norte.example", NOON)
    assert first == again
    assert first.is_superuser
    assert not first.has_usable_password()
    assert AuditEntry.objects.filter(action="user.created").count() == 1


@pytest.mark.django_db
def test_a_link_signs_in_once() -> None:
    owner = ensure_owner("ines@norte.example", NOON)
    token = create_link(owner, NOON)
    assert redeem_link(token, NOON) == owner
    with pytest.raises(LinkRefused):
        redeem_link(token, NOON)
    assert [e.action for e in AuditEntry.objects.order_by("id")] == ["user.created", "link.created", "link.used"]


@pytest.mark.django_db
def test_only_the_hash_of_a_token_is_kept() -> None:
    token = create_link(ensure_owner("ines@norte.example", NOON), NOON)
    assert token not in str(SignInLink.objects.values_list("token_hash"))


@pytest.mark.django_db
@pytest.mark.parametrize("later", [LINK_LASTS, LINK_LASTS + timedelta(days=9)])
def test_a_link_expires(later: timedelta) -> None:
    token = create_link(ensure_owner("ines@norte.example", NOON), NOON)
    with pytest.raises(LinkRefused):
        redeem_link(token, NOON + later)


@pytest.mark.django_db
def test_a_link_of_somebody_who_left_is_refused() -> None:
    owner = ensure_owner("ines@norte.example", NOON)
    token = create_link(owner, NOON)
    owner.is_active = False
    owner.save()
    for attempt in (lambda: redeem_link(token, NOON), lambda: redeem_link("no such token", NOON)):
        with pytest.raises(LinkRefused):
            attempt()
    with pytest.raises(WrongUse):
        create_link(owner, NOON)


MANY_AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from relevo.base.config import Home
from relevo.desk.ready import prepare
prepare(Home(Path(sys.argv[1])))
from django.db import connection
from relevo.desk.people.actions import LinkRefused, create_link, ensure_owner, redeem_link
noon = datetime(2026, 10, 31, 12, tzinfo=UTC)
token = create_link(ensure_owner("ines@norte.example", noon), noon)
def attempt(_number):
    try:
        redeem_link(token, noon)
    except LinkRefused:
        return False
    finally:
        connection.close()
    return True
with ThreadPoolExecutor(6) as pool:
    print(sum(pool.map(attempt, range(24))))
"""


def test_of_many_at_once_one_comes_in(tmp_path: Path) -> None:
    """In a process of its own, on the real file: the in-memory database of other tests locks differently."""
    command = [sys.executable, "-c", MANY_AT_ONCE, str(tmp_path / "home")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert result.stdout.strip() == "1", result.stderr


@pytest.mark.django_db
def test_the_audit_keeps_who_what_and_details() -> None:
    entry = log_audit("ana", "page.seen", "x" * 300, NOON, {"rows": 3})
    assert (entry.who, entry.details, len(entry.about)) == ("ana", {"rows": 3}, 254)
    assert str(entry).startswith("2026-10-31 12:00 ana page.seen")
