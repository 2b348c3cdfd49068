"""What a load of a warehouse tells: what is not there, what is new, and what a person said of a table."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from relevo.base.config import Config
from relevo.base.errors import WrongUse
from relevo.sources.warehouse.tables import WarehouseFailed
from tests.sources.warehouse.companies import hubspot, salesforce, stripe, zendesk
from tests.sources.warehouse.conftest import NOW, Home
from tests.sources.warehouse.landers import Objects, land_airbyte, land_fivetran


def landed(file: Path, objects: Objects, schema: str = "raw") -> None:
    with duckdb.connect(str(file)) as connection:
        land_fivetran(connection, schema, objects)


def only(objects: Objects, *names: str) -> Objects:
    return {name: objects[name] for name in names}


def without(objects: Objects, *names: str) -> Mapping[str, list[dict[str, object]]]:
    return {name: list(rows) for name, rows in objects.items() if name not in names}


def test_a_wrong_schema_is_told_with_those_there_are(warehouse: Path, home: Callable[[str], Home]) -> None:
    landed(warehouse, only(stripe.FIVETRAN, "customer"), "fivetran_stripe")
    with pytest.raises(WrongUse, match="has no schema 'stripe' with tables; it has fivetran_stripe"):
        home("home").load(warehouse, "stripe=stripe")
    with pytest.raises(WrongUse, match="systems are hubspot, intercom, recurly, salesforce, stripe, zendesk"):
        home("home").load(warehouse, "paypal=fivetran_stripe")


def test_a_table_that_is_needed_is_told_with_what_is_there(warehouse: Path, home: Callable[[str], Home]) -> None:
    landed(warehouse, without(stripe.FIVETRAN, "customer"))
    told = (
        r"has no table customer of Stripe \(looked for customer, customer_history, customers\); its tables are charge"
    )
    with pytest.raises(WrongUse, match=told):
        home("home").load(warehouse, "stripe=raw")
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("CREATE TABLE raw.customers (customer_name TEXT)")
    with pytest.raises(WrongUse, match="has no key in its table customers, which has customer_name"):
        home("home").load(warehouse, "stripe=raw")
    assert not home("home").landing.loads()


def test_tables_that_are_not_there_make_less_known_and_are_told(warehouse: Path, home: Callable[[str], Home]) -> None:
    landed(warehouse, without(stripe.FIVETRAN, "coupon", "invoice", "refund", "dispute", "charge", "product"))
    found = home("home")
    report = found.load(warehouse, "stripe=raw")
    assert {each.table: each.told for each in report.missing} == {
        "plan": "the amount of items stays unknown where no price tells it.",
        "coupon": "amounts are without discounts.",
        "invoice": "no invoice is read from it.",
        "charge": "whose a refund or a dispute is stays unknown.",
        "refund": "no payment is read from it.",
        "dispute": "no payment is read from it.",
    }
    assert any("There is no table coupon" in each.message for each in report.report.findings)
    # 50.00 and 3 * 10.00 a month, no longer less for February.
    assert found.value("SELECT sum(unit_amount_cents * quantity) FROM subscription_span WHERE valid_to IS NULL") == 8000
    assert "invoice" not in found.tables()


def test_only_what_changed_is_loaded(warehouse: Path, home: Callable[[str], Home]) -> None:
    landed(warehouse, only(stripe.FIVETRAN, "customer", "charge", "refund"))
    found = home("home")
    first = found.load(warehouse, "stripe=raw").report
    assert all(each.is_new for each in first.loads)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("UPDATE raw.customer SET _fivetran_synced = '2026-02-02'")
        connection.execute("CREATE TABLE raw.turned AS FROM raw.charge ORDER BY id DESC")
        connection.execute("DROP TABLE raw.charge")
        connection.execute("ALTER TABLE raw.turned RENAME TO charge")
    second = found.load(warehouse, "stripe=raw", now=NOW + timedelta(days=1)).report
    assert not [each.load.file for each in second.loads if each.is_new], "neither marks nor order are rows"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("UPDATE raw.customer SET name = 'Acme Ltd' WHERE id = 'cus_1'")
    third = found.load(warehouse, "stripe=raw", now=NOW + timedelta(days=2)).report
    assert {each.load.file for each in third.loads if each.is_new} == {"raw/customer.parquet"}
    assert found.value("SELECT name FROM customer WHERE customer_id = 'stripe:cus_1'") == "Acme Ltd"
    assert found.value("SELECT count(*) FROM customer") == 2


def test_a_question_is_answered_by_a_reading(warehouse: Path, home: Callable[[str], Home]) -> None:
    deals = [{name: value for name, value in row.items() if name != "currency_iso_code"} for row in
             salesforce.FIVETRAN["opportunity"]]  # fmt: skip
    landed(warehouse, {**only(salesforce.FIVETRAN, "account", "task"), "opportunity": deals})
    found = replace(home("home"), config=Config())
    assert found.load(warehouse, "salesforce=raw").report.asked == ("raw/opportunity.parquet",)
    reading = {"file": "opportunity.parquet", "currency": "EUR"}
    found = replace(found, config=Config(readings=(reading, {"file": "raw/task.*", "is": "nothing"})))
    report = found.load(warehouse, "salesforce=raw").report
    assert not report.asked
    assert found.value("SELECT sum(amount_cents) FROM deal") == 170_000
    assert "raw/task.parquet" not in {each.load.file for each in report.loads}


def test_a_reading_says_which_column_is_a_field(warehouse: Path, home: Callable[[str], Home]) -> None:
    customers = [{"id": row["id"], "created": row["created"], "Firma": row["name"]}
                 for row in stripe.FIVETRAN["customer"]]  # fmt: skip
    landed(warehouse, {"customer": customers})
    reading = {"file": "customer.parquet", "columns": {"name": "Firma"}}
    found = replace(home("home"), config=Config(readings=(reading,)))
    found.load(warehouse, "stripe=raw")
    assert found.value("SELECT string_agg(name, ', ' ORDER BY name) FROM customer") == "Acme, Beta"


def test_two_schemas_of_one_system_are_both_read(warehouse: Path, home: Callable[[str], Home]) -> None:
    others = [{**row, "id": f"other_{row['id']}"} for row in stripe.FIVETRAN["customer"]]
    landed(warehouse, only(stripe.FIVETRAN, "customer"), "spain")
    landed(warehouse, {"customer": others}, "portugal")
    found = home("home")
    found.load(warehouse, "stripe=spain", "stripe=portugal")
    assert found.value("SELECT count(*) FROM customer") == 4


def test_two_systems_of_one_schema_may_have_tables_of_one_name(warehouse: Path, home: Callable[[str], Home]) -> None:
    """Both keep tickets, and the files that they are copied into are not to be taken for each other."""
    objects = {f"hubspot_{name}": rows for name, rows in only(hubspot.AIRBYTE, "companies", "tickets").items()}
    objects |= {f"zendesk_{name}": rows for name, rows in only(zendesk.AIRBYTE, "organizations", "tickets").items()}
    with duckdb.connect(str(warehouse)) as connection:
        land_airbyte(connection, "raw", objects)
    found = home("home")
    files = {each.load.file for each in found.load(warehouse, "hubspot=raw", "zendesk=raw").report.loads}
    assert {"raw/hubspot/ticket.parquet", "raw/zendesk/ticket.parquet"} <= files
    told = "SELECT string_agg(conversation_id, ', ' ORDER BY conversation_id) FROM conversation"
    assert found.value(told) == "hubspot:31, zendesk:1, zendesk:2"
    assert found.value("SELECT count(*) FROM customer") == 3


def test_a_folder_may_be_a_schema_itself(tmp_path: Path, home: Callable[[str], Home]) -> None:
    with duckdb.connect() as connection:
        land_fivetran(connection, "raw", only(stripe.FIVETRAN, "customer"))
        connection.execute(f"COPY raw.customer TO '{tmp_path}/customer.parquet'")
    found = home("home")
    found.load(tmp_path, "stripe=.")
    assert found.value("SELECT count(*) FROM customer") == 2


def test_a_folder_may_have_many_files_for_one_table(tmp_path: Path, home: Callable[[str], Home]) -> None:
    folder = tmp_path / "lake" / "airbyte_stripe"
    with duckdb.connect() as connection:
        streams = only(stripe.AIRBYTE, "customers", "charges")
        land_airbyte(connection, "landed", streams)
        for stream in streams:
            (folder / stream).mkdir(parents=True)
            for n, which in enumerate(("<=", ">")):
                rows = f"FROM landed.{stream} WHERE _airbyte_extracted_at {which} '2026-01-01 12:00:00+00'"
                connection.execute(f"COPY ({rows}) TO '{folder / stream}/{n}.parquet'")
        connection.execute(f"COPY (SELECT 1 AS a) TO '{tmp_path / 'lake'}/loose.parquet'")
    found = home("home")
    found.load(folder.parent, "stripe=airbyte_stripe")
    assert found.value("SELECT string_agg(name, ', ' ORDER BY name) FROM customer") == "Acme, Beta"
    assert found.value("SELECT sum(amount_cents) FROM payment WHERE status = 'succeeded'") == 13_000


def test_structures_are_read_as_json(tmp_path: Path, home: Callable[[str], Home]) -> None:
    """Parquet keeps what is inside an object as structures and lists."""
    folder = tmp_path / "lake" / "stripe"
    folder.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'cus_1' AS id, 'Acme' AS name, 'r1' AS _airbyte_raw_id, "
            f"1704067200 AS created, {{'country': 'ES'}} AS address) TO '{folder}/customers.parquet'"
        )
        connection.execute(f"COPY (SELECT 'sub_1' AS id, 'cus_1' AS customer, 'active' AS status, "
                           f"'r2' AS _airbyte_raw_id, 1704067200 AS created, {{'data': [{{'id': 'si_1', 'quantity': 2, "
                           f"'price': {{'id': 'gold', 'unit_amount': 700, 'currency': 'eur', 'recurring': "
                           f"{{'interval': 'month', 'interval_count': 1}}}}}}]}} AS items) "
                           f"TO '{folder}/subscriptions.parquet'")  # fmt: skip
    found = home("home")
    found.load(folder.parent, "stripe=stripe")
    assert found.value("SELECT country FROM customer") == "ES"
    assert found.value("SELECT unit_amount_cents * quantity FROM subscription_span") == 1400


def test_a_file_that_is_no_database_is_told(tmp_path: Path, home: Callable[[str], Home]) -> None:
    file = tmp_path / "broken.duckdb"
    file.write_bytes(b"this is text, and much of it " * 500)
    with pytest.raises(WarehouseFailed, match="cannot be opened"):
        home("home").load(file, "stripe=raw")
    (tmp_path / "lake" / "raw").mkdir(parents=True)
    (tmp_path / "lake" / "raw" / "customer.parquet").write_bytes(b"PAR1 but no more")
    with pytest.raises(WarehouseFailed, match=r"raw/customer of .* cannot be read"):
        home("home").load(tmp_path / "lake", "stripe=raw")
    assert not list((home("home").landing.path / ".work").iterdir())


def test_the_warehouse_is_not_written(warehouse: Path, home: Callable[[str], Home]) -> None:
    landed(warehouse, only(stripe.FIVETRAN, "customer", "charge"))
    before = warehouse.read_bytes()
    home("home").load(warehouse, "stripe=raw")
    assert warehouse.read_bytes() == before
    assert [file.name for file in warehouse.parent.glob("*.wal")] == []
