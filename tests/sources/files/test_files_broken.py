"""Bad input: every kind of broken row and file is reported with a hint, none is lost, none is silently changed."""

from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Case:
    """One broken row in an otherwise good file: what the row is, its line, and what is said about it."""

    name: str
    table: str
    header: str
    row: bytes
    column: str | None
    reason: str
    good: str


SPAN = (
    "subscription_id,item_id,customer_id,valid_from,valid_to,unit_amount_cents,quantity,"
    "interval_unit,interval_count,currency,status,usage"
)
GOOD_SPAN = "s1,i1,c1,2024-01-01T00:00:00Z,,1000,1,month,1,EUR,active,licensed"


def span(**changes: str) -> bytes:
    values = dict(zip(SPAN.split(","), GOOD_SPAN.split(","), strict=True)) | {"item_id": "i2"} | changes
    return ",".join(values.values()).encode()


def in_span(name: str, column: str, value: str, reason: str) -> Case:
    return Case(name, "subscription_span", SPAN, span(**{column: value}), column, reason, GOOD_SPAN)


def customer(name: str, row: bytes, column: str | None, reason: str) -> Case:
    return Case(name, "customer", "customer_id,name,created_at", row, column, reason, "c1,Acme,2024-01-01")


CASES = [
    in_span("thousands sign", "unit_amount_cents", '"1,234"', "it is not a whole number"),
    in_span("exponent", "unit_amount_cents", "1e3", "it is not a whole number"),
    in_span("decimals in cents", "unit_amount_cents", "12.5", "it is not a whole number"),
    in_span("blank before a number", "unit_amount_cents", " 12", "it is not a whole number"),
    in_span("number too large", "unit_amount_cents", "9223372036854775808", "it is not a whole number"),
    in_span("empty amount is not 0", "unit_amount_cents", "", "it is empty but required"),
    in_span("decimal comma", "quantity", '"1,5"', "it is not a decimal number"),
    in_span("nineteen decimals", "quantity", "0.1234567890123456789", "it is not a decimal number"),
    in_span("not a number", "quantity", "NaN", "it is not a decimal number"),
    in_span("unknown currency", "currency", "XXQ", "it is not an ISO 4217 currency code"),
    in_span("currency in small letters", "currency", "eur", "it is not an ISO 4217 currency code"),
    in_span("undeclared word", "status", "frozen", "it is not one of the declared words"),
    in_span("capitals in a word", "interval_unit", "Month", "it is not one of the declared words"),
    in_span("end before start", "valid_to", "2023-12-31", "it is before valid_from"),
    in_span("open end as 9999", "valid_to", "9999-12-31", "the year is outside 1970 to 2200"),
    in_span("start in 1900", "valid_from", "1900-01-01", "the year is outside 1970 to 2200"),
    customer("day that does not exist", b"c2,Beta,2024-02-30", "created_at", "it is not an ISO 8601 instant"),
    customer("day first", b"c2,Beta,31/03/2024", "created_at", "it is not an ISO 8601 instant"),
    customer("hour 24", b"c2,Beta,2024-01-01T24:00:00", "created_at", "it is not an ISO 8601 instant"),
    customer("word for a time", b"c2,Beta,epoch", "created_at", "it is not an ISO 8601 instant"),
    customer("nanoseconds", b"c2,Beta,2024-01-01T10:00:00.1234567", "created_at", "it is not an ISO 8601 instant"),
    customer("key missing", b",Beta,", "customer_id", "it is empty but required"),
    customer("name of blanks", b"c2,   ,", "name", "it is empty but required"),
    customer("too few fields", b"c2,Beta", None, "2 fields where the header has 3"),
    customer("too many fields", b"c2,Beta,2024-01-01,x", None, "4 fields where the header has 3"),
    customer("quote never closed", b'c2,"Beta,2024-01-01', None, "the quotes do not match"),
    customer("text after a quote", b'c2,"Be"ta,2024-01-01', None, "the quotes do not match"),
    customer("Latin-1 bytes", b"c2,Caf\xe9,", None, "it holds bytes that are not text in this encoding"),
    customer("NUL byte", b"c2,Be\0ta,", None, "it holds a NUL byte"),
    customer("duplicate key", b"c1,Beta,", "customer_id", "duplicate key, first seen in line 2"),
    Case("not a day", "headcount", "on_date,employees", b"2024-01-31T00:00:00,5", "on_date",
         "it is not a day as YYYY-MM-DD", "2024-01-01,5"),
    Case("day without zeros", "headcount", "on_date,employees", b"2024-1-31,5", "on_date",
         "it is not a day as YYYY-MM-DD", "2024-01-01,5"),
    Case("below the least value", "headcount", "on_date,employees", b"2024-01-31,-5", "employees",
         "it is below 0", "2024-01-01,5"),
    Case("neither true nor false", "lead", "lead_id,created_at,qualified", b"l2,2024-01-01,maybe", "qualified",
         "it is neither true nor false", "l1,2024-01-01,true"),
    Case("share in per cent", "deal_role", "deal_id,role,person_id,share", b"d1,sold_by,p2,50", "share",
         "it is not between 0 and 1", "d1,sold_by,p1,0.5"),
    Case("time of day", "schedule", "schedule_id,timezone,weekday,opens,closes", b"s,UTC,mon,9:00,17:00", "opens",
         "it is not a time as HH:MM", "s,UTC,tue,09:00,17:00"),
    Case("shift ends before it begins", "shift", "person_id,from_at,to_at", b"p1,2024-01-02,2024-01-01", "to_at",
         "it is before from_at", "p1,2024-01-01,2024-01-02"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_broken_row_is_quarantined_with_its_reason_and_the_good_one_kept(company, case):
    content = f"{case.header}\n{case.good}\n".encode() + case.row + b"\n"
    company.write(f"{case.table}.csv", content)
    company.load()
    assert company.counts() == {f"{case.table}.csv": (2, 1, 1)}
    (bad,) = company.bad()
    assert (bad.table, bad.file, bad.line, bad.column) == (case.table, f"{case.table}.csv", 3, case.column)
    assert bad.reason == case.reason
    assert bad.hint
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity)) == ("quarantined_rows", "warning")
    assert "1 row quarantined" in finding.message
    assert finding.hint == bad.hint


FILES = {
    "empty": (b"", "the file is empty", 0),
    "only blank lines": (b"\n \n\n", "the file is empty", 0),
    "no required column": (b"customer_id,title\nc1,Acme\nc2,Beta\n", "the header has no column name", 2),
    "column twice": (b"customer_id,name,name\nc1,a,b\n", "the header names 'name' twice", 1),
    "semicolons": (b"customer_id;name\nc1;Acme\n", "the header has no column customer_id, name", 1),
    "binary": (b"\x00\x01\xff\xfe\n\x02\n", "the header line cannot be read: it holds a NUL byte", 1),
    "header in Latin-1": (b"customer_id,n\xe4me\nc1,Acme\n", "the header line cannot be read: it holds bytes", 1),
    "header with an open quote": (b'customer_id,"name\nc1,Acme\n', "the header line cannot be read: the quotes", 1),
    "nothing decodes": (b"customer_id,name\nc1,\xe9\nc2,\xe8\n", "no row can be decoded", 2),
    "UTF-16 cut in half": ("customer_id,name\nc1,Acme\n".encode("utf-16")[:-1], "the file is damaged", 0),
}


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_a_critical_finding_and_its_rows_are_counted(company, name):
    content, reason, rows = FILES[name]
    company.write("customer.csv", content)
    company.load()
    assert company.counts() == {"customer.csv": (rows, 0, rows)}
    critical = [f for f in company.status().findings if f.severity == "critical"]
    assert [f.code for f in critical] == ["unreadable_file"]
    assert reason in critical[0].message
    assert critical[0].hint
    assert len(company.bad()) == rows
    assert all(row.hint for row in company.bad())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("customer.csv.gz", b"not gzip"),
        ("customer.csv.zst", b"not zstd"),
        ("customer.parquet", b"PAR1 not parquet PAR1"),
        ("customer.parquet.gz", b"not gzip"),
        ("customer.parquet.zst", b"not zstd"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_critical(company, name, content):
    company.write(name, content)
    company.load()
    assert company.counts() == {name: (0, 0, 0)}
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity)) == ("unreadable_file", "critical")
    assert str(company.folder) not in finding.message


def test_a_folder_with_everything_broken_at_once_loses_nothing(company):
    """Each table's cases in one file, and the broken files beside: the counts add up, good rows are as written."""
    tables = {}
    for case in CASES:
        _, good, rows = tables.setdefault(case.table, (case.header, case.good, []))
        rows.append(case.row)
    # One header per table: the cases of a table share it.
    for table, (header, good, rows) in tables.items():
        company.write(f"{table}.csv", f"{header}\n{good}\n".encode() + b"\n".join(rows) + b"\n")
    for place, (content, _, _) in enumerate(FILES.values()):
        company.write(f"sub{place}/customer.csv", content)
    company.write("notes.xlsx", b"PK")
    company.load()
    counts = company.counts()
    for table, (_, _, rows) in tables.items():
        assert counts[f"{table}.csv"] == (len(rows) + 1, 1, len(rows))
    assert all(rows_in == kept + quarantined for rows_in, kept, quarantined in counts.values())
    assert sum(quarantined for _, _, quarantined in counts.values()) == len(company.bad())
    assert company.status().unused == ("notes.xlsx",)
    assert all(row.hint and row.reason for row in company.bad())
    assert company.kept("subscription_span", "unit_amount_cents, currency, valid_to") == [(1000, "EUR", None)]


def test_what_looks_missing_is_kept_as_it_is(company):
    """NA is Namibia, null is the name of somebody, and leading zeros belong to an identifier."""
    company.write("customer.csv", "customer_id,name,country,industry\n007,Null,NA,None\n8,N/A,,\n")
    company.load()
    assert company.kept("customer", "customer_id, name, country, industry") == [
        ("007", "Null", "NA", "None"),
        ("8", "N/A", None, None),
    ]


def test_unknown_columns_are_named_and_do_not_stop_the_rows(company):
    company.write("customer.csv", "customer_id,name,colour,mood\nc1,Acme,red,good\n")
    company.load()
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity)) == ("unknown_columns", "warning")
    assert "'colour', 'mood'" in finding.message
    assert company.counts() == {"customer.csv": (1, 1, 0)}


def test_the_hint_for_a_foreign_delimiter_names_it(company):
    company.write("customer.csv", "customer_id;name\nc1;Acme\n")
    company.load()
    (finding,) = [f for f in company.status().findings if f.severity == "critical"]
    assert "delimiter = ';'" in finding.hint
