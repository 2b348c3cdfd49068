"""The packages' side: run the real dbt over the landed tables and read what it made."""

import subprocess
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb

MODELS = ("stripe__subscription_item_mrr_report", "int_zendesk__ticket_reply_times_calendar")
_PROJECT = """
name: side_by_side
version: 1.0.0
profile: side_by_side
packages-install-path: {packages}
flags: {{send_anonymous_usage_stats: false}}
vars:
  stripe_schema: stripe
  stripe_database: landed
  stripe__using_subscription_history: false
  stripe__using_price: true
  zendesk_schema: zendesk
  zendesk_database: landed
  using_schedules: false
  using_user_tags: false
  using_audit_log: false
  using_ticket_chat: false
"""
_PROFILE = """
side_by_side:
  target: duckdb
  outputs:
    duckdb: {{type: duckdb, path: "{file}", schema: made, threads: 2}}
"""
_HUB = """
packages:
  - {package: fivetran/stripe, version: [">=1.0.0", "<2.0.0"]}
  - {package: fivetran/zendesk, version: [">=1.0.0", "<2.0.0"]}
"""


def run(dbt: Path, project: Path, file: Path, packages: Path | None) -> None:
    """Make the models in the DuckDB file. Without a folder of packages they are fetched from the hub of dbt.

    Raises subprocess.CalledProcessError where dbt does not succeed; what it says is in `project/logs`.
    """
    project.mkdir(parents=True)
    installed = packages.resolve() if packages else project / "dbt_packages"
    (project / "dbt_project.yml").write_text(_PROJECT.format(packages=installed), encoding="utf-8")
    (project / "profiles.yml").write_text(_PROFILE.format(file=file.resolve()), encoding="utf-8")
    if packages is None:
        (project / "packages.yml").write_text(_HUB, encoding="utf-8")
        _dbt(dbt, project, "deps")
    _dbt(dbt, project, "run", "--select", *(f"+{model}" for model in MODELS))


def _dbt(dbt: Path, project: Path, *words: str) -> None:
    subprocess.run([str(dbt), *words, "--profiles-dir", "."], cwd=project, check=True)


def _rows(file: Path, model: str, columns: str) -> list[tuple[Any, ...]]:
    """Columns of a model, in whichever schema the package put it."""
    with duckdb.connect(str(file), read_only=True) as connection:
        found = "SELECT table_schema FROM information_schema.tables WHERE table_name = ?"
        (schema,) = connection.execute(found, [model]).fetchone() or ("nowhere",)
        return connection.execute(f'SELECT {columns} FROM "{schema}"."{model}"').fetchall()


def mrr_by_item(file: Path) -> dict[tuple[str, date], Fraction]:
    """Minor units a month of each item and month that the package has a row for; no amount is 0."""
    rows = _rows(file, MODELS[0], "subscription_item_id, subscription_month, month_billed_mrr")
    return {(str(item), month): Fraction(amount or 0) for item, month, amount in rows}


def replies(file: Path) -> dict[int, tuple[int | None, ...]]:
    """Seconds to the first reply of each ticket, and seconds waited in all."""
    both = "round(first_reply_time_calendar_minutes * 60), round(total_reply_time_calendar_minutes * 60)"
    rows = _rows(file, MODELS[1], f"ticket_id, {both}")
    return {int(row[0]): tuple(None if cell is None else int(cell) for cell in row[1:]) for row in rows}
