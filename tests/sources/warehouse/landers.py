"""Land objects of an API in a DuckDB file as Airbyte and dlt do, and rows as Fivetran does.

Both of the first append: every object was landed once before, other than it is now, and what it held then is over.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import duckdb

Row = dict[str, Any]
Objects = Mapping[str, Sequence[Row]]
# What says which object it is: an earlier landing of it has the same.
_KEYS = re.compile(r"(.*_)?id|.*_at|.*_?date|timestamp|.*Id|property(_name)?|stage|created|updated")


def land_fivetran(connection: duckdb.DuckDBPyConnection, schema: str, tables: Objects) -> None:
    connection.execute(f'CREATE SCHEMA "{schema}"')
    for table, rows in tables.items():
        write(connection, schema, table, [{**row, "_fivetran_synced": "2026-01-01 00:00:00"} for row in rows])


def land_airbyte(connection: duckdb.DuckDBPyConnection, schema: str, objects: Objects) -> None:
    connection.execute(f'CREATE SCHEMA "{schema}"')
    for stream, rows in objects.items():
        landed = [{**_before(row), "_airbyte_extracted_at": "2026-01-01 00:00:00+00"} for row in rows]
        landed += [{**row, "_airbyte_extracted_at": "2026-01-02 00:00:00+00"} for row in rows]
        for number, row in enumerate(landed):
            row |= {"_airbyte_raw_id": f"{stream}-{number}", "_airbyte_meta": {"changes": []}}
        write(connection, schema, stream, landed)


def land_dlt(connection: duckdb.DuckDBPyConnection, schema: str, objects: Objects) -> None:
    connection.execute(f'CREATE SCHEMA "{schema}"')
    tables: dict[str, list[Row]] = {}
    for resource, rows in objects.items():
        for load, each in (("999.5", map(_before, rows)), ("1000.25", iter(rows))):
            for row in each:
                _lay(snake(resource), row, tables, {"_dlt_load_id": load})
    for table, rows in tables.items():
        write(connection, schema, table, rows)
    write(connection, schema, "_dlt_loads", [{"load_id": "1000.25", "status": 0}])


def _before(row: Row) -> Row:
    """An object as it was landed before: other words, and one element more in each of its lists."""
    return {name: value if _KEYS.fullmatch(name) else _other(value) for name, value in deepcopy(row).items()}


def _other(value: Any) -> Any:
    if isinstance(value, list):
        return [*value, deepcopy(value[0])] if value else value
    if isinstance(value, dict):
        return {name: _other(inner) if isinstance(inner, list) else inner for name, inner in value.items()}
    return "before" if isinstance(value, str) else value


def _lay(table: str, value: Any, tables: dict[str, list[Row]], marks: Row) -> None:
    """One object as a row of its table, its lists as rows of tables below it."""
    number = f"{table}.{len(tables.setdefault(table, []))}"
    row, lists = _flat(value if isinstance(value, dict) else {"value": value}), {}
    for name, inner in list(row.items()):
        if isinstance(inner, list):
            lists[name] = row.pop(name)
    tables[table].append({**row, "_dlt_id": number, **marks})
    for name, inner in lists.items():
        for place, element in enumerate(inner):
            _lay(f"{table}__{name}", element, tables, {"_dlt_parent_id": number, "_dlt_list_idx": place})


def _flat(value: Row) -> Row:
    return dict(_leaves(value, ""))


def _leaves(value: Row, before: str) -> Iterator[tuple[str, Any]]:
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _leaves(inner, f"{before}{snake(name)}__")
        else:
            yield f"{before}{snake(name)}", inner


def snake(name: str) -> str:
    """A name as dlt writes it."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def write(connection: duckdb.DuckDBPyConnection, schema: str, table: str, rows: Sequence[Row]) -> None:
    """Rows as a table; each column has the type of the first value it has."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    kinds = {name: _kind(next((row[name] for row in rows if row.get(name) is not None), None)) for name in names}
    told = ", ".join(f'"{name}" {kind}' for name, kind in kinds.items())
    connection.execute(f'CREATE TABLE "{schema}"."{table}" ({told})')
    one = f"({', '.join('?' * len(names))})"
    values = [json.dumps(v) if isinstance(v := row.get(name), (dict, list)) else v for row in rows for name in names]
    connection.execute(f'INSERT INTO "{schema}"."{table}" VALUES {", ".join([one] * len(rows))}', values)


def _kind(value: Any) -> str:
    kinds = {bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE", dict: "JSON", list: "JSON"}
    return kinds.get(type(value), "VARCHAR")
