"""Find Ibis idioms that engines read differently, in functions that build expressions.

Each was seen to give another answer than on DuckDB, or an error, on PostgreSQL or Spark
(docs/decisions/0010-engines.md).
A function builds expressions if its signature names `ir.` or `Tables`. Where an idiom is safe for a reason that the
code cannot show, the line says so: `# portable: the division is exact`.

`python tools/portable_lint.py [paths]`; leaves with 1 where something is found.
"""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PLACES = ("relevo/measures", "relevo/book/rollups", "relevo/insight")
# Handwritten DuckDB SQL, which stays there.
EXCEPT = ("relevo/book/rollups/prepared.py",)
EXCUSE = re.compile(r"#\s*portable:\s*\S")
_BUILDS = re.compile(r"\bir\.|\bTables\b")

METHODS = {
    "first": "takes any row, and ordered it fails on Spark; rank with row_number() and keep place 0",
    "last": "ignores include_null on DuckDB and PostgreSQL, and takes any row; use intervals or row_number()",
    "nth": "has no order of its own; rank with row_number()",
    "arbitrary": "takes another row on each engine; use min() or max()",
    "collect": "has no order on Spark; finish in Python from ordered rows",
    "group_concat": "has no order on Spark; finish in Python from ordered rows",
    "mode": "fails on Spark and breaks ties differently; count and rank",
    "median": "fails over a window on PostgreSQL and interpolates differently; finish in Python",
    "quantile": "interpolates differently; finish in Python",
    "hexdigest": "fails on PostgreSQL; hash in Python",
    "hash": "gives another number on each engine; hash in Python",
    "sample": "ignores its seed on Spark; choose in Python",
    "like": "reads escapes differently; use startswith, endswith or contains",
    "ilike": "reads escapes and letters differently; use lower() with startswith, endswith or contains",
    "re_search": "has another syntax on each engine; use contains",
    "strftime": "has another format on each engine; format in Python",
    "approx_nunique": "estimates differently; use nunique()",
    "approx_median": "estimates differently; finish in Python",
    "approx_quantile": "estimates differently; finish in Python",
    "sql": "is text of one dialect; write an expression",
}
FUNCTIONS = {
    "ibis.uuid": "fails on Spark; make identifiers in Python",
    "ibis.random": "gives other numbers on each engine; draw in Python",
    "ibis.now": "reads the engine's clock; time is an argument",
    "ibis.today": "reads the engine's clock; time is an argument",
}
_INEXACT = frozenset({"mean", "std", "var", "log", "ln", "log2", "log10", "exp", "sqrt", "corr", "cov"})


@dataclass(frozen=True)
class Found:
    """One idiom at one line of a file."""

    path: str
    line: int
    told: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.told}"


def findings(text: str, path: str) -> list[Found]:
    """The idioms in the text of a module, without those whose line says why they are safe."""
    lines = text.splitlines()
    found = {(node.lineno, told) for node, told in _told(ast.parse(text, path))}
    return [Found(path, line, told) for line, told in sorted(found) if not EXCUSE.search(lines[line - 1])]


def _told(tree: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and _BUILDS.search(_signature(function)):
            for node in ast.walk(function):
                if isinstance(node, ast.expr):
                    yield from ((node, told) for rule in _RULES for told in rule(node))


def _signature(function: ast.FunctionDef) -> str:
    given = function.args
    noted = [a.annotation for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return " ".join(ast.unparse(note) for note in (*noted, function.returns) if note)


def _method(node: ast.expr) -> str:
    """The name of the method that a node calls; empty where it calls none."""
    return node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""


def _receiver(node: ast.expr) -> ast.expr:
    """What the method of a call is called on."""
    assert isinstance(node, ast.Call)  # noqa: S101 - callers asked `_method` first
    assert isinstance(node.func, ast.Attribute)  # noqa: S101
    return node.func.value


def _named_method(node: ast.expr) -> Iterator[str]:
    name = _method(node)
    if name and ast.unparse(_receiver(node)) == "ibis":
        if f"ibis.{name}" in FUNCTIONS:
            yield f"ibis.{name}() {FUNCTIONS[f'ibis.{name}']}."
    elif name in METHODS:
        yield f".{name}() {METHODS[name]}."


def _floor_division(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        yield "// is the floor of a float division; take the remainder off, divide, round(), cast."


def _division(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and not _is_never_zero(node.right):
        yield "/ by 0 is an error on PostgreSQL and Spark; divide in Python, or by x.nullif(0)."


def _is_never_zero(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return bool(node.value)
    return _method(node) == "nullif" or (isinstance(node, ast.Name) and node.id.isupper())


def _rounding(node: ast.expr) -> Iterator[str]:
    if _method(node) == "round" and not _is_python_number(_receiver(node)):
        yield ".round() rounds halves differently on PostgreSQL; round in Python, or divide exactly and say so."


def _is_python_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) or ast.unparse(node) in ("np", "math")


def _inexact_cast(node: ast.expr) -> Iterator[str]:
    if _method(node) != "cast" or not _names_integer(node):
        return
    inner = _receiver(node)
    divides = isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Div)
    if divides or _method(inner) in _INEXACT:
        yield "a float cast to an integer is cut off on Spark and rounded on DuckDB; round() it first."


def _names_integer(node: ast.expr) -> bool:
    assert isinstance(node, ast.Call)  # noqa: S101 - callers asked `_method` first
    return bool(node.args) and re.match(r"'u?int", ast.unparse(node.args[0])) is not None


def _time_zone_cast(node: ast.expr) -> Iterator[str]:
    if _method(node) == "cast" and "timestamp(" in ast.unparse(node):
        yield "a cast to a time zone moves the clock on Spark and not on DuckDB; use the days of prepared tables."


def _delta(node: ast.expr) -> Iterator[str]:
    if _method(node) == "delta" and "'day'" not in ast.unparse(node):
        yield ".delta() counts months and weeks differently; subtract month indexes or day numbers."


def _correlation(node: ast.expr) -> Iterator[str]:
    if _method(node) in ("corr", "cov") and "how='pop'" not in ast.unparse(node):
        yield f".{_method(node)}() of a sample is not on every engine; say how='pop'."


def _range(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "ibis.range" and len(node.args) < 3:
        yield "ibis.range() needs a start, an end and a step, inside `lambda t:`."


def _unordered_limit(node: ast.expr) -> Iterator[str]:
    if _method(node) in ("limit", "head") and _method(_receiver(node)) != "order_by":
        yield f".{_method(node)}() without order_by() takes other rows on each engine; order first."


_RULES: tuple[Callable[[ast.expr], Iterator[str]], ...] = (
    _named_method, _floor_division, _division, _rounding, _inexact_cast, _time_zone_cast, _delta, _correlation,
    _range, _unordered_limit,
)  # fmt: skip


def files(places: list[str]) -> list[Path]:
    """The modules below some places."""
    found = (file for place in places for file in sorted(Path(place).rglob("*.py")))
    return [file for file in found if file.as_posix() not in EXCEPT]


def main(places: list[str]) -> int:
    """Print what is found; 1 where something is."""
    found = [each for file in files(places) for each in findings(file.read_text("utf-8"), file.as_posix())]
    for each in found:
        print(each)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(PLACES)))
