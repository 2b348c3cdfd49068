"""The made company's tables as Fivetran lands them: columns with their types, written to DuckDB and as CSV."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

Rows = Iterable[Mapping[str, Any]]
COLUMNS = {
    "stripe": {
        "customer": "id text, name text, email text, created timestamp, currency text, is_deleted boolean, "
        "livemode boolean",
        "subscription": "id text, customer_id text, status text, created timestamp, start_date timestamp, "
        "trial_start timestamp, trial_end timestamp, canceled_at timestamp, ended_at timestamp, "
        "cancel_at_period_end boolean, current_period_start timestamp, current_period_end timestamp, billing text, "
        "livemode boolean",
        "subscription_item": "id text, subscription_id text, plan_id text, quantity bigint, created timestamp, "
        "current_period_start timestamp, current_period_end timestamp, metadata text",
        "price": "id text, unit_amount bigint, currency text, nickname text, product_id text, "
        "recurring_interval text, recurring_interval_count bigint, recurring_usage_type text, type text, "
        "livemode boolean",
        "coupon": "id text, amount_off bigint, percent_off double, currency text, duration text, "
        "duration_in_months bigint, livemode boolean",
        "subscription_discount": 'id text, coupon_id text, customer_id text, subscription_id text, "start" timestamp, '
        '"end" timestamp',
    },
    "zendesk": {
        "ticket": "id bigint, created_at timestamp, requester_id bigint, assignee_id bigint, organization_id bigint, "
        "subject text, status text, via_channel text",
        "ticket_comment": "id bigint, ticket_id bigint, user_id bigint, created timestamp, public boolean, body text",
        "ticket_field_history": "ticket_id bigint, field_name text, updated timestamp, value text, user_id bigint",
        "user": "id bigint, name text, email text, role text, organization_id bigint, active boolean",
        "organization": "id bigint, name text, created_at timestamp, shared_tickets boolean",
    },
}


def write_duckdb(file: Path, system: str, tables: Mapping[str, Rows]) -> None:
    """Write one system's tables into a schema of its name."""
    with duckdb.connect(str(file)) as connection:
        connection.execute(f"CREATE SCHEMA {system}")
        for name, columns in COLUMNS[system].items():
            connection.execute(f'CREATE TABLE {system}."{name}" ({columns})')
            rows = [tuple(row.values()) for row in tables[name]]
            marks = ", ".join("?" * (columns.count(",") + 1))
            if rows:
                connection.executemany(f'INSERT INTO {system}."{name}" VALUES ({marks})', rows)


def copy_csv(file: Path, folder: Path) -> None:
    """Copy every table of the DuckDB file to `folder/system/table.csv`."""
    with duckdb.connect(str(file), read_only=True) as connection:
        for system, tables in COLUMNS.items():
            (folder / system).mkdir(parents=True)
            for name in tables:
                connection.execute(f"COPY {system}.\"{name}\" TO '{folder / system / name}.csv' (HEADER)")
