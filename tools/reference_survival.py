"""Write the figures that tests/measures/estimators compare with: what lifelines says of data sets and made lives.

Run where lifelines and pandas are installed (not in this project's environment):
`python tools/reference_survival.py FOLDER_OF_CSVS`. FOLDER_OF_CSVS holds lifelines' data sets (MIT licence); their rows
are not copied, only the figures are. The made lives are drawn here and written whole, so that a bare clone has them.
"""

import argparse
import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lifelines
import pandas as pd
from lifelines import AalenJohansenFitter, CoxPHFitter, KaplanMeierFitter, NelsonAalenFitter
from lifelines.statistics import multivariate_logrank_test
from lifelines.utils import restricted_mean_survival_time

TARGET = Path(__file__).parents[1] / "tests" / "measures" / "estimators" / "lifelines_reference.json"
# Every so many times of a curve are kept: enough to see any difference, few enough to read.
KEPT_TIMES = 12
Spec = Mapping[str, Any]

FILES: Mapping[str, Spec] = {
    "rossi": {
        "file": "rossi.csv", "duration": "week", "event": "arrest", "group": "fin", "strata": "wexp",
        "covariates": ["fin", "age", "race", "wexp", "mar", "paro", "prio"],
    },
    "lung": {
        "file": "lung.csv", "duration": "time", "event": "status", "group": "sex",
        "covariates": ["age", "sex", "ph.ecog"],
    },
    "larynx": {
        "file": "larynx.csv", "duration": "time", "event": "death", "group": "Stage_IV",
        "covariates": ["age", "Stage_II", "Stage_III", "Stage_IV"],
    },
    "gbsg2": {
        "file": "gbsg2.csv", "duration": "time", "event": "cens", "group": "tgrade", "strata": "menostat",
        "covariates": ["age", "tsize", "pnodes", "progrec", "estrec"],
    },
    "kidney_transplant": {
        "file": "kidney_transplant.csv", "duration": "time", "event": "death", "group": "black_male",
        "covariates": ["age", "black_male", "white_male", "black_female"],
    },
    "waltons": {
        "file": "waltons_dataset.csv", "duration": "T", "event": "E", "group": "group", "covariates": [],
    },
    "stanford_heart": {
        "file": "stanford_heart.csv", "duration": "stop", "event": "event", "entry": "start", "group": None,
        "covariates": ["age", "year", "surgery", "transplant"],
    },
    "regression": {
        "file": "regression.csv", "duration": "T", "event": "E", "group": None, "covariates": ["var1", "var2", "var3"],
        "cause": "var1",
    },
}  # fmt: skip


def made_lives(seed: int, size: int, *, late: bool) -> list[dict[str, float]]:
    """Lives in whole months with ties, two covariates that matter, and late entries where asked."""
    draw = random.Random(seed)  # noqa: S311 - figures to compare, not secrets
    rows: list[dict[str, float]] = []
    while len(rows) < size:
        plan, seats = draw.randrange(3), draw.randrange(4)
        pace = 0.05 * 1.6 ** (plan == 1) * 0.7 ** (plan == 2) * 0.9**seats
        left, seen = 1 + int(draw.expovariate(pace)), draw.randrange(6, 30)
        entry = draw.randrange(1, 9) if late and draw.random() < 0.5 else 0
        row = {
            "months": min(left, seen), "left": int(left <= seen), "entry": entry, "plan": plan,
            "plan_1": int(plan == 1), "plan_2": int(plan == 2), "seats": seats,
        }  # fmt: skip
        rows += [row] if row["months"] > entry else []
    return rows


MADE: Mapping[str, Spec] = {
    "made_months": {
        "rows": made_lives(11, 120, late=False), "duration": "months", "event": "left", "group": "plan",
        "strata": "plan", "covariates": ["plan_1", "plan_2", "seats"],
    },
    "made_late": {
        "rows": made_lives(12, 120, late=True), "duration": "months", "event": "left", "entry": "entry", "group": None,
        "covariates": ["plan_1", "plan_2", "seats"],
    },
}  # fmt: skip


def table_of(spec: Spec, folder: Path) -> pd.DataFrame:
    """The rows of a set that have every column asked of them."""
    rows = pd.DataFrame(spec["rows"]) if "rows" in spec else pd.read_csv(folder / spec["file"])
    wanted = [spec["duration"], spec["event"], *spec["covariates"], spec.get("entry"), spec.get("group")]
    wanted += [spec.get("strata"), spec.get("cause")]
    return rows.dropna(subset=[c for c in dict.fromkeys(wanted) if c]).reset_index(drop=True)


def curve(spec: Spec, rows: pd.DataFrame) -> dict[str, Any]:
    """Kaplan-Meier, its band, its quantiles, Nelson-Aalen and the restricted mean."""
    entry = rows[spec["entry"]] if spec.get("entry") else None
    lasted, left = rows[spec["duration"]], rows[spec["event"]]
    km = KaplanMeierFitter().fit(lasted, left, entry=entry)
    na = NelsonAalenFitter(nelson_aalen_smoothing=False).fit(lasted, left, entry=entry)
    times = [float(t) for t in km.survival_function_.index if t > 0]
    kept = times[:: max(1, len(times) // KEPT_TIMES)]
    low, high = (km.confidence_interval_.iloc[:, i] for i in (0, 1))
    horizon = times[len(times) // 2]
    return {
        "times": kept,
        "survival": [float(km.survival_function_.iloc[:, 0][t]) for t in kept],
        "low": [float(low[t]) for t in kept],
        "high": [float(high[t]) for t in kept],
        "cumulative_hazard": [float(na.cumulative_hazard_.iloc[:, 0][t]) for t in kept],
        "hazard_low": [float(na.confidence_interval_.iloc[:, 0][t]) for t in kept],
        "hazard_high": [float(na.confidence_interval_.iloc[:, 1][t]) for t in kept],
        "median": float(km.median_survival_time_),
        "horizon": horizon,
        "restricted_mean": float(restricted_mean_survival_time(km, t=horizon)),
    }


def comparison(spec: Spec, rows: pd.DataFrame) -> dict[str, float]:
    """The log-rank test between the groups."""
    found = multivariate_logrank_test(rows[spec["duration"]], rows[spec["group"]], rows[spec["event"]])
    return {"statistic": float(found.test_statistic), "p": float(found.p_value)}


def regression(spec: Spec, rows: pd.DataFrame, strata: str | None) -> dict[str, Any]:
    """Cox with Efron's ties, to the last digits the fitter gives."""
    names = [c for c in spec["covariates"] if c != strata and not (strata == "plan" and c.startswith("plan"))]
    columns = [*names, spec["duration"], spec["event"], *filter(None, [spec.get("entry"), strata])]
    fitter = CoxPHFitter()
    fitter.fit(
        rows[columns].astype(dict.fromkeys(names, float)),
        spec["duration"],
        spec["event"],
        entry_col=spec.get("entry"),
        strata=[strata] if strata else None,
        fit_options={"precision": 1e-11, "max_steps": 500},
    )
    summary = fitter.summary
    return {
        "names": names,
        "coefficient": [float(v) for v in summary["coef"]],
        "standard_error": [float(v) for v in summary["se(coef)"]],
        "p": [float(v) for v in summary["p"]],
        "low": [float(v) for v in summary["exp(coef) lower 95%"]],
        "high": [float(v) for v in summary["exp(coef) upper 95%"]],
        "log_likelihood": float(fitter.log_likelihood_),
        "ratio_statistic": float(fitter.log_likelihood_ratio_test().test_statistic),
        "concordance": None if spec.get("entry") or strata else float(fitter.concordance_index_),
    }


def incidence(spec: Spec, rows: pd.DataFrame) -> dict[str, Any]:
    """Aalen-Johansen with the events split into two causes by a covariate's median (no ties, so no jitter)."""
    cause = rows[spec["event"]] * (1 + (rows[spec["cause"]] > rows[spec["cause"]].median()))
    found = {}
    for name in (1, 2):
        fitter = AalenJohansenFitter(calculate_variance=True).fit(rows[spec["duration"]], cause, event_of_interest=name)
        density, variance = fitter.cumulative_density_.iloc[:, 0], fitter.variance_
        times = [float(t) for t in density.index if t > 0]
        kept = times[:: max(1, len(times) // KEPT_TIMES)]
        found[str(name)] = {
            "times": kept,
            "incidence": [float(density[t]) for t in kept],
            "variance": [float(variance[t]) for t in kept],
        }
    return found


def reference(spec: Spec, folder: Path) -> dict[str, Any]:
    """One set with everything lifelines says of it."""
    rows = table_of(spec, folder)
    found: dict[str, Any] = {"spec": dict(spec), "n": len(rows), "curve": curve(spec, rows)}
    if spec["group"]:
        found["log_rank"] = comparison(spec, rows)
    if spec["covariates"]:
        found["cox"] = regression(spec, rows, None)
    if spec.get("strata"):
        found["cox_strata"] = regression(spec, rows, spec["strata"])
    if spec.get("cause"):
        found["incidence"] = incidence(spec, rows)
    return found


def main() -> None:
    """Write the reference file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    sets = {name: reference(spec, folder) for name, spec in {**FILES, **MADE}.items()}
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(said)}" for name, said in sets.items())
    TARGET.write_text(f'{{"lifelines": "{lifelines.__version__}", "sets": {{\n{lines}\n}}}}\n', "utf-8")
    print(f"{len(sets)} sets by lifelines {lifelines.__version__} written to {TARGET.name}.")


if __name__ == "__main__":
    main()
