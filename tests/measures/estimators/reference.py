"""The figures of lifelines (tools/reference_survival.py) and the lives they belong to."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "survival_reference"
FIGURES = json.loads((Path(__file__).parent / "lifelines_reference.json").read_text("utf-8"))
SETS: dict[str, Any] = FIGURES["sets"]


@dataclass(frozen=True)
class ReferenceSet:
    """One data set: its rows in columns and what lifelines says of it."""

    columns: dict[str, Sequence[str]]
    said: dict[str, Any]

    def numbers(self, name: str | None) -> NDArray[np.float64] | None:
        """A column as numbers; None where the set has no such column."""
        return None if name is None else np.array([float(v) for v in self.columns[name]])

    @property
    def durations(self) -> NDArray[np.float64]:
        return np.array([float(v) for v in self.columns[self.said["spec"]["duration"]]])

    @property
    def events(self) -> NDArray[np.float64]:
        return np.array([float(v) for v in self.columns[self.said["spec"]["event"]]])

    @property
    def entries(self) -> NDArray[np.float64] | None:
        return self.numbers(self.said["spec"].get("entry"))

    def codes(self, name: str) -> NDArray[np.int64]:
        """A column of words as whole numbers."""
        return np.unique(self.columns[name], return_inverse=True)[1]

    def matrix(self, names: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[float(v) for v in self.columns[n]] for n in names]).T


@lru_cache
def reference_set(name: str) -> ReferenceSet:
    """A set by its name; skips where it belongs to a file that is not beside this checkout."""
    said = SETS[name]
    spec = said["spec"]
    if "rows" in spec:
        rows = spec["rows"]
    elif not FOLDER.exists():
        pytest.skip(f"{spec['file']} of ../shared/data/survival_reference is not beside this checkout")
    else:
        with (FOLDER / spec["file"]).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    named = [spec[k] for k in ("duration", "event", "entry", "group", "strata", "cause") if spec.get(k)]
    kept = [r for r in rows if all(r[c] != "" for c in (*named, *spec["covariates"]))]
    assert len(kept) == said["n"]
    return ReferenceSet({c: [r[c] for r in kept] for c in rows[0]}, said)
