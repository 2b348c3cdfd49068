"""Change one operator or constant of the measures at a time, and see whether a test notices.

    python tools/mutate.py [--mutants 40] [--seed 1] [--tests tests/measures/... ...] [--files relevo/... ...]

A mutant is the code with one comparison, arithmetic or boolean operator, number or method changed. It is tried in a
child process, in memory, so the checkout stays as it is. Words for people, types and cards are not mutated.
Prints each mutant and the test that noticed it; the exit code is 1 if one survives that is not in tools/equivalent.txt,
2 if the tests are red without any.
"""

import argparse
import ast
import copy
import importlib
import os
import pkgutil
import random
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent.txt")
NAMES = (
    "retention", "movements", "snapshot", "cohorts", "survival", "renewals", "upgrades", "overlaps", "bridges",
    "opening_cohorts",
)  # fmt: skip
FILES = (
    *(f"relevo/measures/revenue/{name}.py" for name in NAMES),
    "relevo/book/rollups/movements.py",
    "relevo/book/rollups/run_rate.py",
)
TESTS = (
    "tests/measures/test_mutants.py",
    "tests/measures/test_causes.py",
    "tests/measures/test_rounding.py",
    "tests/measures/test_survival_curve.py",
    "tests/measures/test_cases_revenue.py",
    "tests/measures/test_cases_tools.py",
    "tests/measures/test_scaling_overlaps.py",
    "tests/measures/test_asking.py",
    "tests/measures/test_survival_measures.py",
    "tests/book/test_rollups.py",
)
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
COMPUTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
METHODS = {"min": "max", "max": "min", "notnull": "isnull", "isnull": "notnull", "lag": "lead", "lead": "lag"}
# The golden SQL is left out on purpose: it tells any change of an expression from any other, right or wrong.
LIBRARIES = ("duckdb", "hypothesis", "ibis", "numpy", "pytest", "sqlglot", "sqlglot.optimizer", "django")
# Seconds after which a mutant that never ends counts as killed.
LONGEST = 900
# Calls whose arguments are words for people or declarations of shape, and no computation.
DECLARED = {"Card", "Column", "columns", "card", "WrongUse", "DataRefused", "NotReady", "cast"}

# A number alone says little: it is told with the comparison, sum, call or named argument that it stands in.
_HOLDERS = (ast.UnaryOp, ast.BinOp, ast.Compare, ast.Call, ast.keyword)


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the line, what stood there and what stands there now, and the whole new source."""

    file: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.before}  ->  {self.after}"


def mutants(file: str, source: str) -> Iterator[Mutant]:
    """Every mutant of one file."""
    tree = ast.parse(source)
    around = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for place in list(_places(tree)):
        told = _told(place, around)
        for change in _changes(place):
            fresh = copy.deepcopy(tree)
            before = ast.unparse(told)
            change(_same(fresh, place))
            after = ast.unparse(_same(fresh, told))
            if before != after:
                yield Mutant(file, place.lineno, _short(before), _short(after), ast.unparse(fresh))


def _told(place: ast.AST, around: dict[int, ast.AST]) -> ast.AST:
    """What is printed of a place: the node itself, and of a number or truth value what it stands in."""
    outer = around.get(id(place))
    is_told = isinstance(place, ast.Constant) and isinstance(outer, _HOLDERS)
    return outer if is_told else place


def _short(text: str) -> str:
    return text if len(text) < 90 else text[:87] + "..."


def _places(node: ast.AST) -> Iterator[ast.AST]:
    """Nodes of computations: docstrings, annotations, imports and declared words are left out."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr):
        return
    if isinstance(node, ast.Call) and _called(node) in DECLARED:
        return
    if isinstance(node, ast.Compare | ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.Call | ast.Constant):
        yield node
    for child in _children(node):
        yield from _places(child)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list"):
            children = value if isinstance(value, list) else [value]
            yield from (c for c in children if isinstance(c, ast.AST) and not _is_docstring(c))


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _changes(node: ast.AST) -> list:
    """What can be changed about a node, as functions that change a copy of it."""
    match node:
        case ast.Compare(ops=[first, *_]) if type(first) in COMPARED:
            return [lambda n: n.ops.__setitem__(0, COMPARED[type(n.ops[0])]())]
        case ast.BinOp(op=op) if type(op) in COMPUTED:
            return [lambda n: setattr(n, "op", COMPUTED[type(n.op)]())]
        case ast.BoolOp():
            return [lambda n: setattr(n, "op", ast.Or() if isinstance(n.op, ast.And) else ast.And())]
        case ast.UnaryOp(op=ast.USub()):
            return [lambda n: setattr(n, "op", ast.UAdd())]
        case ast.Call(func=ast.Attribute(attr=name)) if name in METHODS:
            return [lambda n: setattr(n.func, "attr", METHODS[n.func.attr])]
        case ast.Constant(value=bool()):
            return [lambda n: setattr(n, "value", not n.value)]
        case ast.Constant(value=int()):
            return [lambda n: setattr(n, "value", n.value + 1)]
    return []


def _same(tree: ast.AST, place: ast.AST) -> ast.AST:
    """The node of a copied tree that stands where another one does."""
    spot = (type(place), place.lineno, place.col_offset, place.end_lineno, place.end_col_offset)
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            there = (type(node), node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
            if there == spot:
                return node
    raise LookupError(spot)


def first_failure(tests: list[str], mutant: Mutant | None = None) -> str | None:
    """The test that fails first, with a mutant in place where one is given; None where all pass. No file is changed.

    A forked child runs them: libraries and Relevo are imported once, here, and the child takes the mutant's objects
    in place of the ones it imported.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os._exit(_run_tests(tests, mutant, writing))
    os.close(writing)
    with os.fdopen(reading) as told:
        failed = told.readline().strip()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGALRM:
        return f"no end after {LONGEST} s"
    return None if code == 0 else failed or f"exit code {code}"


class _Reporter:
    """Tells the parent which test failed first."""

    def __init__(self, writing: int) -> None:
        self._writing = writing

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed:
            os.write(self._writing, f"{report.nodeid}\n".encode())


def _run_tests(tests: list[str], mutant: Mutant | None, writing: int) -> int:
    """In the child: silent, and ended after a while."""
    import pytest

    signal.alarm(LONGEST)
    with Path(os.devnull).open("w") as nothing:
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)
    os.chdir(ROOT)
    if mutant:
        put_in_place(mutant)
    quiet = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
    arguments = ["-q", "-x", *quiet, "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    return int(pytest.main(arguments, plugins=[_Reporter(writing)]))


def put_in_place(mutant: Mutant) -> None:
    """Run the mutant's source in its module, and give everybody who imported from it the new objects."""
    name = mutant.file.removesuffix(".py").replace("/", ".")
    module = importlib.import_module(name)
    old = {key: value for key, value in vars(module).items() if not key.startswith("__")}
    exec(compile(mutant.source, mutant.file, "exec"), vars(module))  # noqa: S102 - our own source, changed by one node
    fresh = {id(value): vars(module)[key] for key, value in old.items() if vars(module).get(key) is not value}
    for other in [m for key, m in sys.modules.items() if key.startswith("relevo.")]:
        for key, value in list(vars(other).items()):
            vars(other)[key] = _exchanged(value, fresh)


def _exchanged(value: object, fresh: dict[int, object]) -> object:
    """A value with the old objects in it exchanged, one level deep."""
    if id(value) in fresh:
        return fresh[id(value)]
    if type(value) is dict:
        for key, each in list(value.items()):
            value[key] = fresh.get(id(each), each)
    if type(value) in (tuple, list) and any(id(each) in fresh for each in value):
        return type(value)(fresh.get(id(each), each) for each in value)
    return value


def _import_everything() -> None:
    """The libraries of the tests, and every module that may hold on to an object of a mutated one."""
    for name in LIBRARIES:
        importlib.import_module(name)
    for package in ("relevo.measures", "relevo.book"):
        found = importlib.import_module(package)
        for module in pkgutil.walk_packages(found.__path__, package + "."):
            importlib.import_module(module.name)


def equivalent() -> set[str]:
    """Mutants that cannot be told from the code, by file and change; the file says why of each."""
    if not EQUIVALENT.exists():
        return set()
    lines = EQUIVALENT.read_text("utf-8").splitlines()
    return {line.split("  #")[0].strip() for line in lines if line and not line.startswith("#")}


def main() -> int:
    """Try a sample of mutants; 1 where one survives that is not known to be equivalent, 2 where the tests are red."""
    options = argparse.ArgumentParser()
    options.add_argument("--mutants", type=int, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--files", nargs="*", default=list(FILES))
    options.add_argument("--tests", nargs="*", default=[test for test in TESTS if (ROOT / test).exists()])
    asked = options.parse_args()
    every = [m for file in asked.files for m in mutants(file, (ROOT / file).read_text("utf-8"))]
    sample = random.Random(asked.seed).sample(every, min(asked.mutants, len(every)))  # noqa: S311
    sys.path.insert(0, str(ROOT))
    _import_everything()
    if failed := first_failure(asked.tests):
        print(f"{failed} fails: the tests are red before anything is changed; nothing can be said of mutants.")
        return 2
    survivors = [mutant for mutant in sample if _tried(mutant, asked.tests)]
    known = equivalent()
    unknown = [m for m in survivors if f"{m.file}: {m.before} -> {m.after}" not in known]
    print(f"{len(sample)} of {len(every)} mutants tried, {len(sample) - len(survivors)} killed, "
          f"{len(survivors) - len(unknown)} equivalent, {len(unknown)} survived")  # fmt: skip
    return 1 if unknown else 0


def _tried(mutant: Mutant, tests: list[str]) -> bool:
    killer = first_failure(tests, mutant)
    print(f"killed    {mutant}\n          by {killer}" if killer else f"survived  {mutant}", flush=True)
    return killer is None


if __name__ == "__main__":
    sys.exit(main())
