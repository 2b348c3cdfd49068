"""How every measure is defined, as hashes: two books show by them which measures were computed otherwise."""

import hashlib
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import relevo
from relevo.measures.card import AnyMeasure, Composite
from relevo.measures.catalog import MEASURES

SHARED = ""
_ROOT = Path(relevo.__file__).parent
_FOLDERS = ("measures", "book/rollups")


@lru_cache(maxsize=1)
def definitions() -> Mapping[str, str]:
    """Measure to twelve hexadecimal digits of its card and of the code of its module; under '' all other such code.

    The code counts as it is written, so that a release which only moved lines is told as a change too: better one
    look too many. What all measures share is the roll-ups, the cuts and the rounding; where it changes, all may.
    """
    modules = {name: _modules(measure) for name, measure in MEASURES.items()}
    own = {path for paths in modules.values() for path in paths}
    others = [p for folder in _FOLDERS for p in sorted((_ROOT / folder).rglob("*.py")) if p not in own]
    hashes = {name: _hash(repr(MEASURES[name].card), *map(_code, paths)) for name, paths in modules.items()}
    return {SHARED: _hash(*map(_code, others)), **hashes}


def _modules(measure: AnyMeasure) -> tuple[Path, ...]:
    """The files in which the steps of a measure are written."""
    if isinstance(measure, Composite):
        steps: list[Callable[..., Any]] = [measure.compute]
    else:
        steps = [*measure.expressions.values(), measure.finish]
    return tuple(sorted({_file(step) for step in steps}))


def _file(step: Callable[..., Any]) -> Path:
    function = step.func if isinstance(step, partial) else step
    return _ROOT.parent / (function.__module__.replace(".", "/") + ".py")


@lru_cache(maxsize=256)
def _code(path: Path) -> str:
    return path.read_text("utf-8")


def _hash(*texts: str) -> str:
    return hashlib.sha256("\x00".join(texts).encode()).hexdigest()[:12]
