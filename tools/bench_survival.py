"""Survival and Cox over a million customers: here (aggregate in DuckDB, then fit) beside lifelines over the rows.

Both sides answer from the same draws in one run; seconds are medians, coefficients are printed side by side. lifelines
is not a dependency: `--peer` names a Python that has it, and without one only this side is measured. Its time leaves
out reading the rows, ours counts it.
`python tools/bench_survival.py [--rows 1000000] [--runs 3] [--peer PYTHON] [--json FILE]`
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from relevo.measures.estimators.cox import CoxFit, cox
from relevo.measures.estimators.survival import SurvivalCurve, kaplan_meier, restricted_mean

TERMS = ("mid", "large", "team", "business", "outbound", "partner")
# Segment, plan and channel of a term, with the log hazard ratio that the draws are made with.
LEVELS = {"mid": (0, 1, -0.4), "large": (0, 2, -0.9), "team": (1, 1, 0.1), "business": (1, 2, -0.2),
          "outbound": (2, 1, 0.3), "partner": (2, 2, 0.0)}  # fmt: skip
AGGREGATE = "SELECT {columns}, count(*) AS n FROM read_parquet('{path}') GROUP BY ALL ORDER BY ALL"

PEER = """
import json, statistics, sys, time
import numpy as np, pandas as pd, lifelines
from lifelines import CoxPHFitter, KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
drawn, runs, terms = np.load(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
rows = pd.DataFrame({name: drawn[name] for name in drawn.files})
def timed(act):
    found, seconds = None, []
    for _ in range(runs):
        started = time.perf_counter()
        found = act()
        seconds.append(time.perf_counter() - started)
    return found, statistics.median(seconds)
km, km_s = timed(lambda: KaplanMeierFitter().fit(rows["months"], rows["event"]))
names = ["segment", "plan", "channel"]
model = pd.DataFrame({t: (rows[names[c]] == v).astype(float) for t, (c, v, _) in terms.items()})
model["months"], model["event"] = rows["months"], rows["event"]
fit, cox_s = timed(lambda: CoxPHFitter().fit(model, "months", "event", fit_options={"precision": 1e-9}))
print(json.dumps({
    "lifelines": lifelines.__version__, "km_s": km_s, "cox_s": cox_s,
    "survival": [float(v) for v in km.predict([6, 12, 24, 36])],
    "restricted_mean": float(restricted_mean_survival_time(km, t=36)),
    "coefficients": [float(v) for v in fit.params_], "errors": [float(v) for v in fit.standard_errors_],
    "log_likelihood": float(fit.log_likelihood_),
}))
"""


def drawn(size: int, seed: int = 3) -> dict[str, np.ndarray]:
    """Customers with a segment, a plan, a channel, months to the end and whether they left."""
    draw = np.random.default_rng(seed)
    columns = [draw.choice(3, size, p=p) for p in ([0.6, 0.3, 0.1], [0.4, 0.4, 0.2], [0.5, 0.3, 0.2])]
    score = sum(b * (columns[c] == v) for c, v, b in LEVELS.values())
    left = draw.geometric(0.03 * np.exp(score))
    seen = draw.integers(1, 49, size)
    names = ("segment", "plan", "channel", "months", "event")
    every = (*columns, np.minimum(left, seen), left <= seen)
    return {name: np.asarray(column, dtype=np.int64) for name, column in zip(names, every, strict=True)}


def here(path: Path, runs: int) -> dict[str, Any]:
    """Aggregate and fit, from the Parquet file, with an open connection and two threads."""
    with duckdb.connect(config={"threads": 2}) as connection:

        def cells(columns: str) -> dict[str, np.ndarray]:
            found: dict[str, np.ndarray] = connection.execute(AGGREGATE.format(columns=columns, path=path)).fetchnumpy()
            return found

        curve, km_s = timed(lambda: _curve(cells("months, event")), runs)
        model, cox_s = timed(lambda: _model(cells("segment, plan, channel, months, event")), runs)
        _, aggregate_s = timed(lambda: cells("segment, plan, channel, months, event"), runs)
        size = len(cells("segment, plan, channel, months, event")["n"])
    return {
        "cells": size,
        "aggregate_s": aggregate_s,
        "km_s": km_s,
        "cox_s": cox_s,
        "survival": curve.at([6, 12, 24, 36]).tolist(),
        "restricted_mean": restricted_mean(curve, 36).mean.value,
        "coefficients": [t.coefficient for t in model.terms],
        "errors": [t.standard_error for t in model.terms],
        "log_likelihood": model.log_likelihood,
    }


def _curve(cells: Mapping[str, np.ndarray]) -> SurvivalCurve:
    return kaplan_meier(cells["months"], cells["event"], cells["n"])


def _model(cells: Mapping[str, np.ndarray]) -> CoxFit:
    x = np.column_stack([cells[("segment", "plan", "channel")[c]] == v for c, v, _ in LEVELS.values()])
    return cox(x, cells["months"], cells["event"], cells["n"], names=TERMS)


def timed(act: Callable[[], Any], runs: int) -> tuple[Any, float]:
    """What an action gives and the median of its seconds."""
    found, seconds = None, []
    for _ in range(runs):
        started = time.perf_counter()
        found = act()
        seconds.append(time.perf_counter() - started)
    return found, statistics.median(seconds)


def peer(python: str, path: Path, runs: int) -> dict[str, Any]:
    """The same by lifelines, in the environment that has it."""
    terms = json.dumps(LEVELS)
    done = subprocess.run([python, "-c", PEER, path, str(runs), terms], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"lifelines could not be measured with {python}:\n{done.stderr}")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def told(figures: dict[str, Any]) -> str:
    """The figures as lines."""
    own, other = figures["relevo"], figures.get("lifelines")
    head = f"{figures['rows']:,} rows, {own['cells']:,} cells, medians of {figures['runs']}"
    lines = [f"{head}; aggregating for Cox takes {own['aggregate_s']:.3f} s"]
    for name, label in (("km_s", "Kaplan-Meier"), ("cox_s", "Cox, 6 terms, Efron")):
        beside = f", lifelines {other[name]:.3f} s, {other[name] / own[name]:.1f} times ours" if other else ""
        lines.append(f"{label}: {own[name]:.3f} s{beside}")
    lines += [
        f"{name}: {_digits(own[name])}" + (f"  lifelines {_digits(other[name])}" if other else "")
        for name in ("survival", "restricted_mean", "coefficients", "errors", "log_likelihood")
    ]
    return "\n".join(lines if other else [*lines, "lifelines: not measured; --peer names a Python that has it"])


def _digits(value: Any) -> str:
    return " ".join(f"{v:.6f}" for v in (value if isinstance(value, list) else [value]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer")
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        parquet, arrays = Path(folder) / "lives.parquet", Path(folder) / "lives.npz"
        lives = drawn(asked.rows)
        np.savez(arrays, **lives)
        with duckdb.connect() as connection:
            connection.register("lives", lives)
            connection.execute(f"COPY (SELECT * FROM lives) TO '{parquet}'")
        figures = {"rows": asked.rows, "runs": asked.runs, "relevo": here(parquet, asked.runs)}
        if asked.peer:
            figures["lifelines"] = peer(asked.peer, arrays, asked.runs)
    print(told(figures))
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
