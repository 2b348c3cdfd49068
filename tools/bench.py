"""Measure what users wait for, and write docs/benchmarks.json and the tables of docs/benchmarks.md.

Two companies: the demo one, and a large made-up one (`bench_company.py`) of which a second build brings one more day.
Each build is a process of its own, so that its memory is its own. Wall seconds are medians of several runs; CPU
seconds of all threads stand beside them, because a busy machine lengthens only the former.
`python tools/bench.py [--demo 20000] [--large 1000000] [--runs 5] [--large-runs 3] [--peer PYTHON]`
"""

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from bench_company import LAST_DAY, write_company, write_next_day

from relevo.base.config import Company, Config, House
from relevo.base.errors import RelevoError
from relevo.book.book import Book
from relevo.book.build import Order, build
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.jobs.clock import now
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES
from relevo.sources.demo import write_demo
from relevo.sources.load import load_path

DOCS = Path(__file__).parents[1] / "docs"
CONFIG = Config(Company("Norte Software", "EUR", "Europe/Madrid"), House())
COUNTED = ("customer", "subscription_span", "fx_rate", "conversation", "usage")
ASKED = (
    "mrr",
    "mrr_movements",
    "net_revenue_retention",
    "logo_churn",
    "arpa_by_tenure",
    "cohort_retention",
    "survival",
)
BEGIN, END = "<!-- figures: written by make bench -->", "<!-- end of figures -->"
# Measures with a row per movement: a question of every month would list five million rows.
LISTS = ("movement_log",)
# Seconds from which a question counts as slow or very slow, and the goal for one over the large company.
SLOW, SLOWEST, GOAL = 5, 25, 2
Figures = dict[str, Any]


def main() -> None:
    """Run what was asked for; without `--step` everything, each step in its own process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large-runs", type=int, default=3)
    parser.add_argument("--peer", type=Path)
    parser.add_argument("--out", type=Path, default=DOCS)
    parser.add_argument("--step", nargs="+", help="measure one step in this process and print JSON")
    asked = parser.parse_args()
    if asked.step:
        print(json.dumps(STEPS[asked.step[0]](*asked.step[1:])))
        return
    with tempfile.TemporaryDirectory() as folder:
        figures: Figures = {"machine": machine(), "at": f"{now():%Y-%m-%d %H:%M} UTC"}
        figures["demo"] = measure_demo(Path(folder) / "demo", asked.demo, asked.runs)
        figures["large"] = measure_large(Path(folder) / "large", asked.large, asked.large_runs, asked.peer)
    (asked.out / "benchmarks.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    write_tables(asked.out / "benchmarks.md", figures)


def machine() -> Figures:
    """What the figures were measured on, and how busy it was."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(), "memory_gb": round(pages * size / 2**30), "python": platform.python_version(),
        "duckdb": duckdb.__version__, "memory_limit": CONFIG.house.memory_limit, "threads": CONFIG.house.threads,
        "load_before": round(os.getloadavg()[0], 1),
    }  # fmt: skip


def measure_demo(home: Path, customers: int, runs: int) -> Figures:
    """The demo company: made, loaded, built from nothing, asked."""
    made = timed(lambda: write_demo(home / "raw", customers=customers, ends_on=LAST_DAY))
    figures: Figures = {"customers": customers, "make": made, "load": timed(lambda: _load(home, "raw"))}
    builds = [step("build", home, f"book-{n}", LAST_DAY) for n in range(runs)]
    figures["build"] = middle(builds)
    figures["build_again"] = step("build", home, "book-0", LAST_DAY)
    return figures | step("answers", home / "book-0", runs)


def measure_large(home: Path, customers: int, runs: int, peer: Path | None) -> Figures:
    """The large company: the same, one more day on top, and movements beside other ways to compute them."""
    made = timed(lambda: write_company(home / "raw", customers))
    figures: Figures = {"customers": customers, "make": made, "load": timed(lambda: _load(home, "raw"))}
    figures["build"] = middle([step("build", home, f"book-{n}", LAST_DAY) for n in range(runs)])
    write_next_day(home / "day", customers)
    figures["load_day"] = timed(lambda: _load(home, "day"))
    days = []
    for n in range(runs):
        shutil.copytree(home / "book-0", home / f"day-{n}", copy_function=os.link)
        days.append(step("build", home, f"day-{n}", LAST_DAY + timedelta(1)))
    figures["build_day"] = middle(days)
    figures |= step("answers", home / "day-0", runs)
    command = [
        "bench_movements.py",
        str(home / "book-0"),
        "--runs",
        str(runs),
        *(["--peer", str(peer)] if peer else []),
    ]
    return figures | {"movements": _python(command)}


def step(name: str, *arguments: object) -> Figures:
    """One step in a process of its own."""
    return _python([Path(__file__).name, "--step", name, *map(str, arguments)])


def build_step(home: str, book: str, as_of: str) -> Figures:
    """Build a book and say how long it took and how much memory the process had at most."""
    order = Order(date.fromisoformat(as_of), now())
    landing, store = Landing(Path(home) / "landing"), Store(Path(home) / book)
    figures = timed(lambda: build(landing, store, CONFIG, order, lambda _step: None))
    manifest = store.manifest()
    steps = {s.name: s.seconds for s in manifest.steps if s.seconds >= 0.1}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = {name: manifest.rows[name] for name in COUNTED}
    return figures | {"peak_mb": round(peak), "rows": rows, "steps": steps, "is_whole": manifest.base is None}


def answers_step(books: str, runs: str) -> Figures:
    """Seconds of every measure's default question and of the same by segment, of lists the last month."""
    book, figures = Book.open(Path(books)), {}
    for name, measure in MEASURES.items():
        for by in (None, *(["segment"] if measure.card.can_slice else [])):
            months = {"first": book.last_complete_month, "last": book.last_complete_month} if name in LISTS else {}
            asked = partial(ask, book, name, Ask(by=by, **months))
            figures[f"{name} by {by}" if by else name] = answer_times(asked, int(runs))
    book.close()
    return {"answers": figures, "slowest_answer_s": max(f.get("wall_s", 0) for f in figures.values())}


def answer_times(asked: Callable[[], object], runs: int) -> Figures:
    """Seconds of a question once it is compiled and its roll-ups of other days or policies are made; `first_s` before.

    A slow one is asked once more and not as often as the others, a very slow one not again.
    """
    try:
        first = timed(asked)
    except RelevoError as problem:
        return {"not_asked": str(problem)[:120]}
    if first["wall_s"] > SLOWEST:
        return first | {"runs": 1}
    again = [timed(asked)]
    if again[0]["wall_s"] < SLOW:
        again += [timed(asked) for _ in range(runs - 1)]
    return middle(again) | {"first_s": first["wall_s"]}


STEPS: Mapping[str, Callable[..., Figures]] = {"build": build_step, "answers": answers_step}


def timed(action: Callable[[], object]) -> Figures:
    """Wall seconds of one call, and CPU seconds of all threads of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    action()
    return {"wall_s": round(time.perf_counter() - wall, 3), "cpu_s": round(time.process_time() - cpu, 3)}


def middle(runs: list[Figures]) -> Figures:
    """The last of several runs with the medians of all in the place of its seconds, and the greatest memory."""
    found = dict(runs[-1], runs=len(runs))
    for key in ("wall_s", "cpu_s"):
        found[key] = round(statistics.median(run[key] for run in runs), 3)
    if "peak_mb" in found:
        found["peak_mb"] = max(run["peak_mb"] for run in runs)
    return found


def _load(home: Path, folder: str) -> None:
    load_path(home / folder, Landing(home / "landing"), CONFIG, now())


def _python(command: list[str]) -> Figures:
    """The JSON that one of these programs prints."""
    run = [sys.executable, str(Path(__file__).with_name(command[0])), *command[1:]]
    done = subprocess.run(run, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    found: Figures = json.loads(done.stdout)
    return found


def write_tables(page: Path, figures: Figures) -> None:
    """Put the tables between the two marks of the page."""
    text = page.read_text("utf-8")
    before, rest = text.split(BEGIN)
    page.write_text(f"{before}{BEGIN}\n\n{tables(figures)}\n{END}{rest.split(END)[1]}", "utf-8")


def tables(figures: Figures) -> str:
    """The figures as Markdown."""
    demo, large, host = figures["demo"], figures["large"], figures["machine"]
    about = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in host.items())
    lines = [
        f"{figures['at']}. {about}. Wall seconds / CPU seconds of all threads, medians of {demo['build']['runs']} and "
        f"{large['build']['runs']} runs.", "",
        f"| | demo, {demo['customers']:,} customers | made up, {large['customers']:,} customers |", "|---|---|---|",
        *(f"| {name} rows | {demo['build']['rows'][name]:,} | {large['build']['rows'][name]:,} |" for name in COUNTED),
    ]  # fmt: skip
    named = {
        "make": "make the company", "load": "load it", "build": "**build from nothing**",
        "build_again": "build again, nothing new", "load_day": "load one more day",
        "build_day": "**build after one more day**",
    }  # fmt: skip
    lines += [f"| {told} | {_told(demo.get(key))} | {_told(large.get(key))} |" for key, told in named.items()]
    peaks = " | ".join(f"{size['build']['peak_mb']:,}" for size in (demo, large))
    lines += [f"| peak memory of a build, MB | {peaks} |"]
    lines += [f"| slowest answer, s | {demo['slowest_answer_s']} | {large['slowest_answer_s']} |", ""]
    lines += ["| answer | demo | by segment | made up | by segment |", "|---|---|---|---|---|"]
    for name in ASKED:
        cells = [_told(size["answers"].get(key)) for size in (demo, large) for key in (name, f"{name} by segment")]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    late = sorted(
        (key for key, found in large["answers"].items() if found.get("wall_s", 0) > GOAL),
        key=lambda key: -large["answers"][key]["wall_s"],
    )
    lines += ["", f"Answers over {GOAL} s at {large['customers']:,} customers, of {len(large['answers'])}: "]
    lines[-1] += ", ".join(f"{key} {_told(large['answers'][key])}" for key in late) + "."
    lines += ["", "| movements from run-rate, made-up company | seconds |", "|---|---|"]
    lines += [f"| {name.replace('_', ' ')} | {_told(found)} |" for name, found in large["movements"].items()]
    return "\n".join(lines) + "\n"


def _told(found: Figures | None) -> str:
    if not found:
        return ""
    if "wall_s" not in found:
        return str(next(iter(found.values())))
    return f"{found['wall_s']:,} / {found['cpu_s']:,}"


if __name__ == "__main__":
    main()
