"""Movements of a built book: the roll-up as Relevo makes it beside handwritten DuckDB SQL, pandas and polars.

All start from the run-rate of items, calendar and rates, lying in memory, and end with one row per customer and day:
kind, amount and base amount. Relevo and the handwritten SQL find the cause of each movement too; the two programs
leave it out. The handwritten SQL takes each run-rate as an item's beginning and its end; Relevo's reads off it also
what the item earned before, which building the run-rates has found out on the way. Each side's rows are summed up to
one line, which must be the same.
`python tools/bench_movements.py BOOK [--runs 5] [--peer PYTHON]`
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from relevo.book.book import Book
from relevo.book.engine import connect
from relevo.book.policy import Policy
from relevo.book.rollups.all import expressions_sql

TABLES = ("run_rate", "calendar_day", "fx_day")
SUMMARY = """
    SELECT kind, count(*)::BIGINT, sum(native)::VARCHAR, sum(base)::VARCHAR FROM ({rows}) GROUP BY kind ORDER BY kind"""

HANDWRITTEN = """
WITH step AS (
    SELECT customer_id, day, currency, subscription_id, item_id, sum(delta)::BIGINT AS delta,
           max(start_cause) AS start_cause, max(end_cause) AS end_cause, bool_or(began) AS began,
           bool_or(ended) AS ended, min(interval) AS low, max(interval) AS high
    FROM (
        SELECT customer_id, from_day AS day, currency, subscription_id, item_id, arr_e6 AS delta, start_cause,
               NULL AS end_cause, is_first AS began, false AS ended, interval FROM run_rate
        UNION ALL
        SELECT customer_id, to_day, currency, subscription_id, item_id, -arr_e6, NULL, end_cause, false, is_last,
               interval FROM run_rate WHERE to_day IS NOT NULL)
    GROUP BY ALL
),
rate AS (
    SELECT currency, day, month, rate_e10 FROM calendar_day JOIN fx_day ON day >= from_day AND day < to_day
),
change AS (
    SELECT customer_id, day, month, currency, delta, delta::DECIMAL(38,0) * rate_e10::DECIMAL(38,0) AS base
    FROM (SELECT customer_id, day, currency, sum(delta)::BIGINT AS delta FROM step GROUP BY ALL HAVING sum(delta) <> 0)
    JOIN rate USING (currency, day)
),
net AS (
    SELECT customer_id, day, month, sum(delta)::BIGINT AS native, sum(base)::DECIMAL(38,0) AS base,
           min(currency) AS first_currency, max(currency) AS currency
    FROM change GROUP BY ALL
),
level AS (
    SELECT *, sum(native) OVER (PARTITION BY customer_id ORDER BY day ROWS UNBOUNDED PRECEDING) AS after FROM net
),
known AS (
    SELECT *, after - native AS before,
           coalesce(max(after) OVER (PARTITION BY customer_id ORDER BY day
                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS peak
    FROM level
),
kinds AS (
    SELECT *, CASE WHEN before <= 0 AND after > 0 AND peak <= 0 THEN 'new' WHEN before <= 0 AND after > 0
              THEN 'reactivation' WHEN before > 0 AND after <= 0 THEN 'churn' WHEN before > 0 AND base > 0
              THEN 'expansion' WHEN before > 0 AND base < 0 THEN 'contraction' END AS kind FROM known
),
ranked AS (
    SELECT *, coalesce(start_cause, CASE WHEN delta > 0 AND began THEN 'add_on' ELSE end_cause END) AS label,
           row_number() OVER (PARTITION BY customer_id, day, delta > 0
                              ORDER BY abs(delta) DESC, subscription_id, item_id) AS place
    FROM step
),
why AS (
    SELECT customer_id, day, max(label) FILTER (place = 1 AND delta > 0) AS rise,
           max(label) FILTER (place = 1 AND delta <= 0) AS fall, max(start_cause) FILTER (began) AS stated,
           bool_or(began) AS began, bool_or(ended) AS ended, min(low) = max(high) AS one_interval
    FROM ranked GROUP BY ALL
)
SELECT customer_id, day, month, kind,
       CASE WHEN began AND ended AND kind IN ('expansion', 'contraction')
                THEN coalesce(stated, CASE WHEN one_interval THEN 'plan' ELSE 'billing_period_change' END)
            WHEN kind IN ('new', 'reactivation') THEN CASE WHEN rise <> 'add_on' THEN rise END
            WHEN base > 0 THEN rise ELSE fall END AS cause,
       CASE WHEN first_currency = currency THEN currency END AS currency, native, base
FROM kinds LEFT JOIN why USING (customer_id, day) WHERE kind IS NOT NULL
"""

PEER = r"""
import json, sys, time
folder, runs, which = sys.argv[1], int(sys.argv[2]), sys.argv[3]
def timed(act):
    seconds = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        found = act()
        seconds.append((time.perf_counter() - wall, time.process_time() - cpu))
    return found, seconds
def exact(numbers):
    return sum(map(int, numbers))
def pandas_side():
    import duckdb, pandas as pd, numpy as np
    run, day, fx = (duckdb.read_parquet(f"{folder}/{n}.parquet").df() for n in ("run_rate", "calendar_day", "fx_day"))
    def act():
        ends, named = run[run.to_day.notna()], ["who", "day", "currency", "delta"]
        steps = pd.concat([
            run[["customer_id", "from_day", "currency", "arr_e6"]].set_axis(named, axis=1),
            ends[["customer_id", "to_day", "currency", "arr_e6"]].set_axis(named, axis=1)
                .assign(delta=lambda t: -t.delta)])
        steps["day"] = steps.day.astype("int64")
        change = steps.groupby(["who", "day", "currency"], as_index=False, sort=False).delta.sum()
        change = change[change.delta != 0]
        rate = day.merge(fx, how="cross").query("day >= from_day and day < to_day")[["currency", "day", "rate_e10"]]
        change = change.merge(rate, on=["currency", "day"])
        # Beyond 64 bits numbers are Python objects, which takes very long: two halves of the product instead.
        change["high"] = (change.delta // 10**6) * change.rate_e10
        change["low"] = (change.delta % 10**6) * change.rate_e10
        net = change.groupby(["who", "day"], as_index=False)[["delta", "high", "low"]].sum()
        net = net.sort_values(["who", "day"])
        net["after"] = net.groupby("who").delta.cumsum()
        net["before"] = net.after - net.delta
        net["peak"] = net.groupby("who").after.cummax().groupby(net.who).shift(1).fillna(0)
        sign = net.high + net.low / 10**6
        net["kind"] = np.select(
            [(net.before <= 0) & (net.after > 0) & (net.peak <= 0), (net.before <= 0) & (net.after > 0),
             (net.before > 0) & (net.after <= 0), (net.before > 0) & (sign > 0), (net.before > 0) & (sign < 0)],
            ["new", "reactivation", "churn", "expansion", "contraction"], "")
        return net[net.kind != ""]
    net, seconds = timed(act)
    sums = net.groupby("kind").agg({"after": "size", "delta": exact, "high": exact, "low": exact})
    return [[kind, int(n), str(int(native)), str(int(high) * 10**6 + int(low))]
            for kind, n, native, high, low in sums.itertuples()], seconds
def polars_side():
    import polars as pl
    run, day, fx = (pl.read_parquet(f"{folder}/{n}.parquet") for n in ("run_rate", "calendar_day", "fx_day"))
    def act():
        ends = run.lazy().filter(pl.col("to_day").is_not_null())
        steps = pl.concat([
            run.lazy().select(who="customer_id", day="from_day", currency="currency", delta="arr_e6"),
            ends.select(who="customer_id", day="to_day", currency="currency", delta=-pl.col("arr_e6"))])
        change = steps.group_by("who", "day", "currency").agg(pl.col("delta").sum()).filter(pl.col("delta") != 0)
        within = (pl.col("day") >= pl.col("from_day")) & (pl.col("day") < pl.col("to_day"))
        rate = day.lazy().join(fx.lazy(), how="cross").filter(within).select("currency", "day", "rate_e10")
        change = change.join(rate, on=["currency", "day"]).with_columns(
            base=pl.col("delta").cast(pl.Int128) * pl.col("rate_e10").cast(pl.Int128))
        net = change.group_by("who", "day").agg(pl.col("delta").sum(), pl.col("base").sum()).sort("who", "day")
        net = net.with_columns(after=pl.col("delta").cum_sum().over("who")).with_columns(
            before=pl.col("after") - pl.col("delta"),
            peak=pl.col("after").cum_max().shift(1).over("who").fill_null(0))
        c = pl.col
        kind = (pl.when((c("before") <= 0) & (c("after") > 0) & (c("peak") <= 0)).then(pl.lit("new"))
            .when((c("before") <= 0) & (c("after") > 0)).then(pl.lit("reactivation"))
            .when((c("before") > 0) & (c("after") <= 0)).then(pl.lit("churn"))
            .when((c("before") > 0) & (c("base") > 0)).then(pl.lit("expansion"))
            .when((c("before") > 0) & (c("base") < 0)).then(pl.lit("contraction")))
        return net.with_columns(kind=kind).filter(c("kind").is_not_null()).collect()
    net, seconds = timed(act)
    sums = net.group_by("kind").agg(n=pl.len(), native=pl.col("delta").sum(), base=pl.col("base").sum()).sort("kind")
    return [[k, int(n), str(native), str(base)] for k, n, native, base in sums.iter_rows()], seconds
found, seconds = pandas_side() if which == "pandas" else polars_side()
print(json.dumps({"summary": found, "seconds": seconds}))
"""

Timed = list[tuple[float, float]]


def timed(action: Callable[[], object], runs: int) -> Timed:
    """Wall and CPU seconds of some runs."""
    found = []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        action()
        found.append((time.perf_counter() - wall, time.process_time() - cpu))
    return found


def medians(seconds: Timed) -> dict[str, float]:
    """The medians of wall and CPU seconds."""
    wall, cpu = zip(*seconds, strict=True)
    return {"wall_s": round(statistics.median(wall), 3), "cpu_s": round(statistics.median(cpu), 3)}


def measure(books: Path, runs: int, peer: Path | None) -> dict[str, Any]:
    """Figures of every side over the published book under a folder."""
    with tempfile.TemporaryDirectory() as folder, connect(memory_limit="8GB") as connection:
        _export(books, Path(folder))
        for name in TABLES:
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet('{folder}/{name}.parquet')")
        figures, summary = _sql_sides(connection, runs)
        for which in ("pandas", "polars"):
            figures[which] = _peer(which, folder, runs, peer, summary)
    return figures


def _export(books: Path, folder: Path) -> None:
    book = Book.open(books)
    for name in TABLES:
        book.run_sql(f"COPY (SELECT * FROM {name}) TO '{folder / name}.parquet' (FORMAT parquet)")
    book.close()


def _sql_sides(connection: duckdb.DuckDBPyConnection, runs: int) -> tuple[dict[str, Any], list[Any]]:
    """Relevo's two roll-ups and the handwritten statement, turn by turn, so that both meet the same machine."""
    sql = expressions_sql(Policy())

    def ours() -> None:
        for name in ("mrr_change", "movement"):
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql[name]}")

    def theirs() -> None:
        connection.execute(f"CREATE OR REPLACE TABLE handwritten AS {HANDWRITTEN}")

    ours()
    theirs()
    relevo, handwritten = [], []
    for _ in range(runs):
        relevo += timed(ours, 1)
        handwritten += timed(theirs, 1)
    mine = "SELECT customer_id, day, month, kind, cause, currency, amount_e6, base_e16 FROM movement"
    other = "SELECT * REPLACE (CASE WHEN currency IS NOT NULL THEN native END AS native) FROM handwritten"
    differing = connection.execute(f"SELECT count(*) FROM (({mine} EXCEPT {other}) UNION ALL ({other} EXCEPT {mine}))")
    if rows := differing.fetchall()[0][0]:
        raise SystemExit(f"{rows} movements differ between Relevo and the handwritten SQL.")
    one, two = medians(relevo), medians(handwritten)
    ratios = {key: round(one[key] / two[key], 2) for key in one}
    rows = SUMMARY.format(rows="SELECT kind, native, base FROM handwritten")
    summary = [list(row) for row in connection.execute(rows).fetchall()]
    return {"relevo": one, "handwritten_sql": two, "relevo_to_handwritten": ratios}, summary


def _peer(which: str, folder: str, runs: int, peer: Path | None, summary: list[Any]) -> dict[str, Any]:
    has = [str(peer), "-c", f"import {which}"]
    if peer is None or subprocess.run(has, check=False, capture_output=True).returncode:
        return {"skipped": f"{which} is not installed there; name a Python that has it with --peer"}
    command = [str(peer), "-c", PEER, folder, str(min(runs, 3)), which]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        return {"skipped": f"the {which} program failed: {done.stderr.strip().splitlines()[-1][:200]}"}
    said = json.loads(done.stdout)
    return {**medians(said["seconds"]), "same_rows": said["summary"] == summary}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("book", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peer", type=Path)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.book, asked.runs, asked.peer), indent=1))


if __name__ == "__main__":
    main()
