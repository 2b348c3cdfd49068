"""What imports cannot show: no file grows past 600 lines, none knows the machine it was written on."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 600
WRITTEN = {".py", ".html", ".css", ".js"}

MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|Users|home/[a-z]\w*|var/folders)/\w")
INDEX = re.compile(r"(?:--(?:extra-)?index-url|--find-links|--trusted-host|index-url\s*=|PIP_INDEX_URL|UV_INDEX)")
HOST = re.compile(r"https?://([^/\s\"'<>)]+)")


def repository_files() -> list[Path]:
    """Files that are tracked or about to be; the test is skipped outside a checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so there is no list of tracked files")
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def readable(path: Path) -> str:
    """The text of a file, or nothing for a picture or other binary file."""
    data = path.read_bytes()
    return "" if b"\0" in data[:8000] else data.decode("utf-8", errors="replace")


def machine_traces(text: str) -> list[str]:
    """Paths of somebody's machine and settings of a private package registry."""
    return MACHINE_PATH.findall(text) + INDEX.findall(text)


def registries(text: str) -> set[str]:
    """Hosts a lock file downloads from; pinned versions and hashes need none."""
    return set(HOST.findall(text))


def is_lock(path: Path) -> bool:
    return path.suffix == ".lock" or path.name.startswith("requirements")


def test_no_file_is_longer_than_600_lines() -> None:
    lengths = {p: len(readable(p).splitlines()) for p in repository_files() if p.suffix in WRITTEN}
    assert [f"{p.relative_to(ROOT)}: {n}" for p, n in lengths.items() if n > LONGEST] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    files = [path for path in repository_files() if path != Path(__file__)]
    traces = {str(path.relative_to(ROOT)): machine_traces(readable(path)) for path in files}
    assert {name: found for name, found in traces.items() if found} == {}


def test_a_lock_file_names_only_the_public_registry() -> None:
    locks = {p.name: registries(readable(p)) for p in repository_files() if is_lock(p)}
    assert {name: hosts for name, hosts in locks.items() if hosts} == {}


# The checkers can fail ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "open('/" + "work/shared/book.yaml')",
        "see /home/ana/relevo",
        "/Users/ana/notes",
        "`/root/x`",
        "pip install --index-url https://mirror.example",
        "index-url = https://mirror.example",
    ],
)
def test_a_trace_of_a_machine_is_noticed(text: str) -> None:
    assert machine_traces(text)


@pytest.mark.parametrize(
    "text", ["relevo/desk/work/actions.py", "../shared/data", "/workshop/x", "https://example.com/home/index"]
)
def test_an_ordinary_path_is_accepted(text: str) -> None:
    assert machine_traces(text) == []


def test_a_registry_in_a_lock_file_is_noticed() -> None:
    lock = 'name = "a"\nurl = "https://mirror.example:8080/b.whl"\n'
    assert registries(lock) == {"mirror.example:8080"}
