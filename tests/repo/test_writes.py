"""Only the actions of the Desk write to its database."""

import ast
from pathlib import Path

import pytest

RELEVO = Path(__file__).parents[2] / "relevo"
KNOWS_DJANGO = ("desk", "answers", "jobs", "web", "api", "cli")
WRITERS = {
    "save",
    "create",
    "delete",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "create_user",
    "create_superuser",
}


def may_write(path: Path) -> bool:
    """Whether a file is an action module or a migration of the Desk."""
    parts = path.relative_to(RELEVO).parts
    is_action = any(part.startswith("actions") for part in parts)
    return parts[0] == "desk" and (is_action or "migrations" in parts)


def writes(source: str) -> list[int]:
    """Lines that call a writing method of a Django model, manager or query set."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if is_write(call)]


def is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if names_in(call.func.value) == {"router"}:
        return False  # the API declares an address that is asked by DELETE
    if name.startswith("a") and name[1:] in WRITERS:
        name = name[1:]
    if name == "update" and "objects" not in names_in(call.func.value):
        # A query set is updated with named fields alone; a dict, a hash or a progress bar is not.
        return bool(call.keywords) and not call.args
    return name in WRITERS and "super" not in names_in(call.func.value)


def names_in(node: ast.expr) -> set[str]:
    parts = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return parts | {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


FILES = [path for layer in KNOWS_DJANGO for path in (RELEVO / layer).rglob("*.py") if not may_write(path)]


def test_only_actions_write() -> None:
    found = [f"{path.relative_to(RELEVO)}:{line}" for path in FILES for line in writes(path.read_text("utf-8"))]
    assert found == [], "write through an action of the Desk"


@pytest.mark.parametrize(
    "line",
    [
        "user.save()",
        "user.delete()",
        "User.objects.create(email='ana@example.com')",
        "User.objects.filter(pk=1).update(email='')",
        "rows.update(email='')",
        "await User.objects.acreate(email='')",
        "User.objects.bulk_create([])",
        "User.objects.get_or_create(email='')",
        "User.objects.update_or_create(email='')",
    ],
)
def test_a_write_is_noticed(line: str) -> None:
    text = line if not line.startswith("await") else f"async def f():\n    {line}"
    assert len(writes(text)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "digest.update(b'')",
        "found.update({'a': 1})",
        "bar.update(task, total=3)",
        "User.objects.filter(pk=1).first()",
        "create(1)",
    ],
)
def test_reading_is_not_a_write(line: str) -> None:
    assert writes(line) == []


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("desk/people/actions.py", True),
        ("desk/work/actions/give.py", True),
        ("desk/people/migrations/0001_initial.py", True),
        ("desk/people/models.py", False),
        ("web/actions.py", False),
    ],
)
def test_where_writing_is_allowed(name: str, allowed: bool) -> None:
    assert may_write(RELEVO / name) is allowed
