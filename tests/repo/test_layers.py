"""The architecture that pyproject.toml draws is held, and what is pure works without Django."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LAYERS = {folder.parent.name for folder in (ROOT / "relevo").glob("*/__init__.py")}
PURE = sorted(LAYERS & {"base", "book", "sources", "measures", "insight", "incentives", "planning"})
SURFACES = sorted(LAYERS & {"web", "api", "cli"})
HIDDEN = sorted(set(PURE) - {"base"})

LINT = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(no_cache=True, no_logo=True))
"""

WITHOUT_DJANGO = """
import importlib, pkgutil, sys
sys.modules["django"] = None
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.walk_packages(package.__path__, name + "."):
        importlib.import_module(module.name)
"""


def run(code: str, *arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    result = run(LINT)
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_breach_of_any_contract_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "relevo", tmp_path / "relevo", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    breaches = {
        "relevo/base/breach.py": "import relevo.book.table\n",
        "relevo/book/breach.py": "import django\n",
        "relevo/web/breach.py": "import relevo.measures.catalog\nimport relevo.desk.people.models\n",
        "relevo/measures/success/__init__.py": "import relevo.measures.revenue\n",
        "relevo/drawer/__init__.py": "",
    }
    for name, text in breaches.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    result = run(LINT, folder=tmp_path)
    assert result.returncode == 1
    for broken in (
        "relevo.base is not allowed to import relevo.book",
        "relevo.book is not allowed to import django",
        "relevo.web is not allowed to import relevo.measures",
        "relevo.web is not allowed to import relevo.desk.people.models",
        "relevo.measures.success is not allowed to import relevo.measures.revenue",
        "relevo.drawer",
    ):
        assert broken in result.stdout


def contract(name: str) -> dict[str, list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (found,) = [c for c in settings["contracts"] if c["name"] == name]
    return found


def modules(names: list[str]) -> list[str]:
    return [f"relevo.{name}" for name in names]


def test_every_layer_is_in_the_contracts_it_belongs_to() -> None:
    assert sorted(contract("What is pure does not know Django")["source_modules"]) == modules(PURE)
    surfaces = contract("Surfaces ask answers, write through actions and start jobs")
    assert sorted(surfaces["source_modules"]) == modules(SURFACES)
    assert set(surfaces["forbidden_modules"]) == {*modules(HIDDEN), "relevo.desk.*.models"}
    folders = {f.parent.name for f in (ROOT / "relevo/measures").glob("*/__init__.py")}
    packages = folders - {"estimators"}  # mathematics that every package of measures may use
    listed = contract("The packages of measures do not know each other")["modules"]
    assert sorted(listed) == [f"relevo.measures.{name}" for name in sorted(packages)]
    assert contract("Estimators know no book")["source_modules"] == ["relevo.measures.estimators"]


def test_every_folder_with_code_is_a_package() -> None:
    folders = {file.parent for file in (ROOT / "relevo").rglob("*.py")}
    missing = [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()]
    assert missing == [], "without __init__.py the contracts do not see a folder"


def test_what_is_pure_works_without_django() -> None:
    result = run(WITHOUT_DJANGO, *modules(PURE))
    assert result.returncode == 0, result.stderr


def test_what_needs_django_fails_without_it() -> None:
    result = run(WITHOUT_DJANGO, "relevo.desk")
    assert result.returncode == 1
    assert "django" in result.stderr
