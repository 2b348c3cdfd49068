"""The shape of an expression: the expression without its months and days. One question of two months has one shape.

Ibis takes about a tenth of a second to translate what a measure asks, and a hundredth of that to find its shape. So
SQL text is kept by shape, with a gap for every number that stands for a month or a day, and for every list of such
numbers that a column is compared with. Numbers have a gap when they lie in `FREE`, where the months and days from 1997
to 2057 lie; every other number and every text is part of the shape.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import ibis.expr.operations as ops
from ibis.common.graph import Graph, Node

FREE = range(10_000, 32_000)
# What holds the place of a gap while Ibis translates: numbers as wide as the free ones, and none of them. A number
# between two holders is one that Ibis reckoned with, as it adds 1 to the place of an element.
_HOLDERS = range(32_000, 32_768, 4)
_HOLDER = re.compile(r"(?<![\w.])(32[0-7]\d\d)(?![\w.])")
# Ibis writes a list that is longer than this one number a line.
_WIDTH = 80
# What stands in each gap: one number, or the numbers of a list.
Gaps = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Shape:
    """Expressions with the same `key` have the same SQL text but for what stands in their `gaps`."""

    root: Node
    told: str
    places: dict[Any, int]

    @property
    def key(self) -> str:
        """A hash of everything but the gaps."""
        return hashlib.sha256(self.told.encode()).hexdigest()

    @property
    def gaps(self) -> Gaps:
        """The numbers of this expression."""
        return tuple(_numbers(place) for place in self.places)

    def text(self, translate: Callable[[Node], str]) -> "Text | None":
        """The SQL text of every expression of this shape; None where its gaps cannot be told from its other words.

        A number that is not written at all was either not needed or reckoned with: the text is kept where the number
        made no difference.
        """
        holders = _HOLDERS[: len(self.places)]
        if len(holders) < len(self.places) or _HOLDER.search(self.told):
            return None
        first, *rest = _HOLDER.split(translate(self.root.replace(self._held)))
        written = [int(each) for each in rest[::2]]
        if not {*written} <= {*holders}:
            return None
        made = Text((first, *rest[1::2]), tuple(holders.index(each) for each in written))
        return made if {*written} == {*holders} or made.filled(self.gaps) == translate(self.root) else None

    def _held(self, node: Node, changed: dict[str, Any] | None) -> Node:
        if isinstance(node, ops.InValues) and node.options in self.places:
            value = changed["value"] if changed else node.value
            return ops.InValues(value, (_holder(self.places[node.options], node.options[0]),))
        if node in self.places:
            return _holder(self.places[node], node)
        return node.__recreate__(changed) if changed else node


@dataclass(frozen=True)
class Text:
    """SQL text in pieces; between one and the next lies the gap whose place `order` tells."""

    pieces: tuple[str, ...]
    order: tuple[int, ...]

    def filled(self, gaps: Gaps) -> str:
        """The whole text."""
        text = self.pieces[0]
        for at, piece in zip(self.order, self.pieces[1:], strict=True):
            text += _written(gaps[at], text) + piece
        return text


def shape_of(root: Node) -> Shape:
    """The shape of an expression, in one pass over its nodes from the tables to the root."""
    reading = _Reading()
    told = [reading.node(each) for each in Graph.from_bfs(root).toposort()[0] if not _is_free(each)]
    return Shape(root, repr(told), reading.places)


@dataclass
class _Reading:
    """What was read of an expression: every node by its step, every number with a gap by its place."""

    steps: dict[Node, int] = field(default_factory=dict)
    places: dict[Any, int] = field(default_factory=dict)

    def node(self, node: Node) -> Any:
        """A node whose arguments were read before."""
        if isinstance(node, ops.InValues) and node.options and all(_is_free(each) for each in node.options):
            told = (ops.InValues, self._argument(node.value), "any of", self._place(node.options))
        else:
            told = (type(node), *(self._argument(each) for each in node.__args__))
        self.steps[node] = len(self.steps)
        return told

    def _argument(self, argument: Any) -> Any:
        if isinstance(argument, Node):
            return ("step", self.steps[argument]) if argument in self.steps else self._gap(argument)
        if isinstance(argument, tuple):
            return tuple(self._argument(each) for each in argument)
        if isinstance(argument, dict):
            return tuple((name, self._argument(each)) for name, each in argument.items())
        return argument

    def _gap(self, number: Any) -> Any:
        return ("gap", number.dtype, self._place(number))

    def _place(self, of: Any) -> int:
        return self.places.setdefault(of, len(self.places))


def _is_free(node: Node) -> bool:
    return isinstance(node, ops.Literal) and node.dtype.is_integer() and node.value in FREE


def _holder(place: int, like: Any) -> Node:
    return ops.Literal(_HOLDERS[place], like.dtype)


def _numbers(place: Any) -> tuple[int, ...]:
    return tuple(each.value for each in (place if isinstance(place, tuple) else (place,)))


def _written(numbers: tuple[int, ...], before: str) -> str:
    """Numbers as Ibis writes them after a text: too many for a line stand below each other."""
    line = ", ".join(map(str, numbers))
    if len(line) <= _WIDTH:
        return line
    start = before[before.rfind("\n") + 1 :]
    margin = start[: len(start) - len(start.lstrip())]
    return "".join(f"\n{margin}  {each}," for each in numbers)[:-1] + f"\n{margin}"
