"""From an expression over unbound tables to the SQL text of a dialect, translated once per shape."""

import inspect
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.common.graph import Node

from relevo.book.shapes import Shape, Text, shape_of
from relevo.book.texts import TextFiles

# Ten kilobytes each; a company's surfaces ask some hundreds of shapes.
_MOST = 2_000
_KEPT: dict[tuple[str, str], Text | None] = {}
# Where texts outlive the process; a home says so when its book is opened or built.
_files: TextFiles | None = None


def keep_in(folder: Path) -> None:
    """Keep texts in files under a folder from now on, or under the one that RELEVO_SQL_CACHE names."""
    global _files
    _files = TextFiles.under(folder, _TRANSLATOR)


def compile_sql(expression: ir.Table, dialect: str = "duckdb") -> str:
    """The SQL text of an expression in a dialect."""
    root = expression.op()
    shape = shape_of(root)
    key = (dialect, shape.key)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        _KEPT[key] = _found(shape, dialect) or _made(shape, dialect)
    text = _KEPT.get(key)
    return translate(root, dialect) if text is None else text.filled(shape.gaps)


def _found(shape: Shape, dialect: str) -> Text | None:
    return _files.find(dialect, shape.key) if _files else None


def _made(shape: Shape, dialect: str) -> Text | None:
    text = shape.text(lambda held: translate(held, dialect))
    if text and _files:
        _files.keep(dialect, shape.key, text)
    return text


def translate(root: Node, dialect: str) -> str:
    """What Ibis makes of an expression."""
    if dialect == "postgres":
        root = root.replace(_boolean_as_number)
    return str(ibis.to_sql(root.to_expr(), dialect=dialect))


def _boolean_as_number(node: Any, changed: dict[str, Any] | None) -> Any:
    """PostgreSQL casts a boolean to `integer` and to no other number: other casts go through it."""
    made = node.__recreate__(changed) if changed else node
    if isinstance(made, ops.Cast) and made.arg.dtype.is_boolean() and made.to.is_numeric() and made.to != dt.int32:
        return ops.Cast(ops.Cast(made.arg, dt.int32), made.to)
    return made


# What a text depends on beside its expression: this code, and what `TextFiles` adds.
_TRANSLATOR = inspect.getsource(translate) + inspect.getsource(_boolean_as_number)
