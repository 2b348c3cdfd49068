"""Mappings: what relevo.toml may say, how it is refused where it is wrong, and what each setting does."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from relevo.base.config import parse_config
from relevo.base.errors import WrongUse
from relevo.sources.files.mapping import read_mappings

from .conftest import NOW

HOW_TO = Path(__file__).resolve().parents[3] / "docs" / "how-to"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (HOW_TO / page).read_text("utf-8"), re.DOTALL)


def test_the_first_mapping_of_the_how_to_does_what_it_says(company):
    toml, lookup = blocks("map-your-own-files.md", "toml")
    company.settings(toml)
    company.write("accounts_2024.csv", blocks("map-your-own-files.md", "")[0].encode("cp1252"))
    company.load()
    assert company.status().findings == ()
    assert company.kept("customer", "customer_id, name, country, created_at") == [
        ("A-1", "Café Sol", "ES", datetime(2024, 3, 30, 23))  # noqa: DTZ001
    ]
    assert read_mappings(
        parse_config(
            table_mapping("invoice", INVOICE.replace('currency = "Cur"', lookup) + 'amount_cents = "A"'), "x"
        ).sources
    )


def test_what_the_stripe_how_to_adds_is_a_valid_mapping():
    (more,) = blocks("fivetran-stripe.md", "toml")
    toml = (HOW_TO / "fivetran-stripe.toml").read_text("utf-8")
    spans = toml.index('table = "subscription_span"')
    at = toml.index("[source.table.columns]\n", spans) + len("[source.table.columns]\n")
    found = read_mappings(parse_config(toml[:at] + more + toml[at:], "x").sources)
    assert {"valid_to", "collection"} <= {c.name for m in found if m.table == "subscription_span" for c in m.columns}


def customer_mapping(columns: str, source: str = "", file: str = "*.csv") -> str:
    return table_mapping("customer", f'customer_id = "Id"\n{columns}', source, file)


def table_mapping(table: str, columns: str, source: str = "", file: str = "*.csv") -> str:
    return (
        f'[[source]]\nname = "crm"\n{source}\n'
        f'[[source.table]]\nfile = "{file}"\ntable = "{table}"\n[source.table.columns]\n{columns}\n'
    )


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[[source]]\ntable = []", "'number 1' has no name"),
        ('[[source]]\nname = "crm"', "'crm' has no table"),
        ('[[source]]\nname = "crm"\ncolour = 1', "has the unknown setting 'colour'. Allowed here: name, timezone"),
        ('[[source]]\nname = 7', "name of [[source]] 7 is 7. Write text"),
        ('[[source]]\nname = "crm"\ntable = ["x"]', "Write a table with file, table, columns"),
        (customer_mapping('name = "N"') * 2, "stands twice"),
        (table_mapping("custmer", 'name = "N"'), "names no table of the book. Did you mean customer?"),
        (table_mapping("zzz", 'name = "N"'), "names no table of the book. Known are"),
        (customer_mapping('name = "N"\nnmae = "X"'), "fills 'nmae', which customer does not have. Did you mean name?"),
        (customer_mapping('country = "C"'), "does not fill name, which customer requires"),
        (customer_mapping("name = 7"), "name in [[source.table]] 'customer' of [[source]] 'crm' is 7"),
        (customer_mapping("name = { upper = true }"), "does not say where it comes from. Give one of column"),
        (customer_mapping('name = { column = "N", constant = "x" }'), "does not say where it comes from"),
        (customer_mapping('name = { column = "N", lower = "yes" }'), "lower of name"),
        (customer_mapping('name = { column = "N", colour = 1 }'), "has the unknown setting 'colour'"),
        (customer_mapping("name = { constant = 1.5 }"), "has the value 1.5. Write it as text"),
        (customer_mapping('name = { column = "N", unit = "major" }'), "has unit = 'major'. Amounts (*_cents)"),
        (customer_mapping('name = { column = "N", dates = "%d" }'), "has dates, but holds no date"),
        (customer_mapping('name = { column = "N", as_day = true }'), "has as_day, but is not a date"),
        (customer_mapping('name = { column = "N", currency = "ABC" }'), "has currency = 'ABC'"),
        (customer_mapping('name = { lookup = { file = "x.csv", match = "id", on = "Id" } }'), "has no take"),
        (customer_mapping('name = "N"\ncreated_at = { column = "C", dates = "dd/mm" }'), "date format 'dd/mm'"),
        (customer_mapping('name = "N"\ncreated_at = { column = "C", dates = ["%d", "%z"] }'), "with and without %z"),
        (customer_mapping('name = "N"', 'timezone = "Madrid"'), "timezone of"),
        (customer_mapping('name = "N"', 'encoding = "klingon"'), "encoding of"),
        (customer_mapping('name = "N"', 'delimiter = ";;"'), "delimiter of"),
        (customer_mapping('name = "N"', 'delimiter = "a"'), "delimiter of"),
        (customer_mapping('name = "N"', 'thousands = "."'), "thousands of"),
        (customer_mapping('name = "N"', 'thousands = ","\ndecimal_comma = true'), "thousands of"),
        (
            table_mapping(
                "invoice_line",
                'invoice_id = "I"\nline_id = "L"\nkind = "K"\namount_cents = { column = "A", unit = "major" }',
            ),
            "nothing says of which currency",
        ),
    ],
)  # fmt: skip
def test_a_wrong_mapping_names_the_entry_and_what_is_allowed(toml, told):
    with pytest.raises(WrongUse) as refused:
        read_mappings(parse_config(toml, "relevo.toml").sources)
    assert told in str(refused.value)
    assert refused.value.hint


def test_a_file_is_mapped_column_by_column(company):
    company.settings(
        customer_mapping(
            'name = "Name"\n'
            'country = { column = "Land", upper = true, values = { ES = "ES", UK = "GB" }, nulls = ["-"] }\n'
            'segment = { column = "Size", lower = true, default = "unknown" }\n'
            "industry = { constant = true }\nsize_band = { constant = 2026-01-01 }\ndomain = { constant = 7 }\n",
            'delimiter = ";"\nencoding = "cp1252"\nnulls = "n/a"',
        )
    )
    content = 'Id;Name;Land;Size;Other\nc1;Café "Sol";es;BIG;x\nc2;"A;B";UK;n/a;\nc3;Cora;-;;\n'
    company.write("accounts.csv", content.encode("cp1252"))
    company.load()
    assert company.status().findings == ()
    columns = "customer_id, name, country, segment, industry, size_band, domain, source"
    assert company.kept("customer", columns) == [
        ("c1", 'Café "Sol"', "ES", "big", "true", "2026-01-01", "7", "crm"),
        ("c2", "A;B", "GB", "unknown", "true", "2026-01-01", "7", "crm"),
        ("c3", "Cora", None, "unknown", "true", "2026-01-01", "7", "crm"),
    ]


def test_one_file_feeds_several_tables(company):
    company.settings(
        customer_mapping('name = "Name"')
        + '[[source.table]]\nfile = "*.csv"\ntable = "contact"\n'
        + 'columns = { contact_id = "Mail", customer_id = "Id", email = "Mail" }\n'
    )
    company.write("accounts.csv", "Id,Name,Mail\nc1,Acme,a@acme.com\nc2,Beta,\n")
    company.load()
    assert [(t.table, t.rows_in, t.kept, t.quarantined) for t in company.status().tables] == [
        ("customer", 2, 2, 0),
        ("contact", 2, 1, 1),
    ]
    assert [(row.table, row.column) for row in company.bad()] == [("contact", "contact_id")]
    assert company.bad("customer") == ()


INVOICE = 'invoice_id = "Id"\ncustomer_id = "C"\nissued_on = "Day"\ncurrency = "Cur"\n'


def test_money_in_units_is_converted_exactly_or_quarantined(company):
    company.settings(table_mapping("invoice", INVOICE + 'amount_cents = { column = "Amount", unit = "major" }'))
    rows = {
        "12.5": ("EUR", 1250),
        "12.50000": ("EUR", 1250),
        "12": ("EUR", 1200),
        "-0.05": ("EUR", -5),
        "100": ("JPY", 100),
        "100.000": ("JPY", 100),
        "1.234": ("KWD", 1234),
        "1.2345": ("CLF", 12345),
        "90071992547409.93": ("USD", 9007199254740993),
        "12.505": ("EUR", "it has more decimals than its currency"),
        "0.5": ("JPY", "it has more decimals than its currency"),
        "1e3": ("EUR", "it is not a number"),
        '"1,234.50"': ("EUR", "it is not a number"),
        "999999999999999999": ("EUR", "it is not a whole number"),
        "": ("EUR", "it is empty but required"),
        "7": ("", "it is an amount without a currency"),
    }
    lines = [f"i{n},c,2024-01-01,{cur},{amount}" for n, (amount, (cur, _)) in enumerate(rows.items())]
    company.write("invoices.csv", "Id,C,Day,Cur,Amount\n" + "\n".join(lines) + "\n")
    company.load()
    expected = [value for _, value in rows.values()]
    assert [c for (c,) in company.kept("invoice", "amount_cents")] == [v for v in expected if isinstance(v, int)]
    assert [row.reason for row in company.bad()] == [v for v in expected if isinstance(v, str)]
    assert all(row.column == "amount_cents" and row.hint for row in company.bad())


def test_money_of_a_table_without_currency_takes_the_one_of_the_mapping(company):
    company.settings(
        table_mapping(
            "invoice_line",
            'invoice_id = "I"\nline_id = "L"\nkind = { constant = "recurring" }\n'
            'amount_cents = { column = "A", unit = "major", currency = "JPY" }',
        )
    )
    company.write("lines.csv", "I,L,A\ni1,1,250\n")
    company.load()
    assert company.kept("invoice_line", "amount_cents, kind") == [(250, "recurring")]


@pytest.mark.parametrize(
    ("source", "text", "cents"),
    [
        ("decimal_comma = true", "1234,5", 123450),
        ("decimal_comma = true", "1.234,50", None),
        ("decimal_comma = true", "12.5", None),
        ('decimal_comma = true\nthousands = "."', "1.234,50", 123450),
        ('decimal_comma = true\nthousands = "."', "1.23,50", None),
        ('decimal_comma = true\nthousands = "."', "1.234", 123400),
        ('thousands = ","', '"1,234,567.89"', 123456789),
        ('thousands = ","', '"1,23"', None),
        ('thousands = "\'"', "1'234", 123400),
        ('thousands = " "', "-1 234", -123400),
    ],
)
def test_numbers_are_read_as_the_source_writes_them(company, source, text, cents):
    company.settings(
        table_mapping(
            "invoice", INVOICE + 'amount_cents = { column = "Amount", unit = "major" }', source + '\ndelimiter = ";"'
        )
    )
    company.write("invoices.csv", f"Id;C;Day;Cur;Amount\ni;c;2024-01-01;EUR;{text}\n")
    company.load()
    assert company.kept("invoice", "amount_cents") == ([] if cents is None else [(cents,)])
    if cents is None:
        assert [row.reason for row in company.bad()] == ["it is not a number as the source writes numbers"]


def lead(company, source: str, column: str, *texts: str) -> None:
    company.settings(table_mapping("lead", f'lead_id = "Id"\ncreated_at = {column}', source))
    company.write("leads.csv", "Id,At\n" + "".join(f"{n},{text}\n" for n, text in enumerate(texts)))
    company.load()


def instants(company) -> list[str]:
    return [f"{at:%m-%d %H:%M}" for (at,) in company.kept("lead", "created_at")]


def test_local_times_become_utc_and_those_that_do_not_exist_are_said(company):
    lead(
        company,
        'timezone = "Europe/Madrid"',
        '"At"',
        "2024-07-01 12:00",
        "2024-01-01T12:00:00",
        "2024-07-01T12:00:00Z",
        "2024-07-01T12:00:00-05:00",
        "2024-03-31 02:30",
        "2024-10-27 02:30",
        "2024-07-01",
    )
    assert instants(company) == [
        "07-01 10:00",
        "01-01 11:00",
        "07-01 12:00",
        "07-01 17:00",
        "10-27 01:30",
        "06-30 22:00",
    ]
    (row,) = company.bad()
    assert (row.value, row.reason) == ("2024-03-31 02:30", "this local time does not exist in Europe/Madrid")


def test_date_formats_are_the_only_ones_read(company):
    lead(
        company,
        'timezone = "Europe/Madrid"\ndates = ["%d/%m/%Y %H:%M", "%d/%m/%Y"]',
        '"At"',
        "01/07/2024 12:00",
        "01/07/2024",
        "31/02/2024",
        "2024-07-01",
    )
    assert instants(company) == ["07-01 10:00", "06-30 22:00"]
    assert [row.reason for row in company.bad()] == ["it is not a date in the format of the mapping"] * 2
    assert "%d/%m/%Y %H:%M or %d/%m/%Y" in company.bad()[0].hint


def test_a_format_with_an_offset_wins_over_the_time_zone(company):
    column = '{ column = "At", dates = "%d/%m/%Y %H:%M %z" }'
    lead(company, 'timezone = "Europe/Madrid"', column, "01/07/2024 12:00 +0000", "01/07/2024 12:00 -0500")
    assert instants(company) == ["07-01 12:00", "07-01 17:00"]


@pytest.mark.parametrize(
    ("column", "text", "day"),
    [
        ('"Day"', "2024-03-31", date(2024, 3, 31)),
        ('"Day"', "2024-03-31 10:00:00", None),
        ('{ column = "Day", as_day = true }', "2024-03-31 10:00:00", date(2024, 3, 31)),
        ('{ column = "Day", as_day = true }', "2024-03-31T23:00:00Z", date(2024, 4, 1)),
        ('{ column = "Day", as_day = true }', "2024-03-31", date(2024, 3, 31)),
        ('{ column = "Day", as_day = true }', "soon", None),
        ('{ column = "Day", dates = "%d.%m.%Y" }', "31.3.2024", date(2024, 3, 31)),
        ('{ column = "Day", dates = "%d.%m.%Y %H:%M" }', "31.3.2024 00:00", date(2024, 3, 31)),
        ('{ column = "Day", dates = "%d.%m.%Y %H:%M" }', "31.3.2024 10:00", None),
        ('{ column = "Day", dates = "%d.%m.%Y %H:%M", as_day = true }', "31.3.2024 10:00", date(2024, 3, 31)),
        ('{ column = "Day", dates = "%d.%m.%Y %H:%M %z", as_day = true }', "31.3.2024 23:00 +0000", date(2024, 4, 1)),
    ],
)
def test_days_are_days_unless_the_mapping_takes_them_from_instants(company, column, text, day):
    company.settings(table_mapping("headcount", f'on_date = {column}\nemployees = "N"', 'timezone = "Europe/Madrid"'))
    company.write("people.csv", f"Day,N\n{text},5\n")
    company.load()
    assert company.kept("headcount", "on_date") == ([] if day is None else [(day,)])
    assert len(company.bad()) == (day is None)


DEAL = (
    'deal_id = "Id"\nkind = { constant = "new" }\nopened_at = "At"\n'
    'outcome = { constant = "won" }\ncurrency = { constant = "EUR" }\n'
)


def test_a_deals_monthly_amount_comes_from_amount_and_term_or_is_counted(company):
    company.settings(table_mapping("deal", DEAL + 'amount_cents = "A"\nterm_months = "T"'))
    company.write(
        "deals.csv",
        "Id,At,A,T\n1,2024-01-01,1000,12\n2,2024-01-01,-90,12\n3,2024-01-01,1000,\n4,2024-01-01,,12\n5,2024-01-01,6,12\n",
    )
    company.load()
    assert [c for (c,) in company.kept("deal", "mrr_cents")] == [83, -8, None, None, 1]
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity)) == ("mrr_unknown", "info")
    assert finding.message.startswith("2 deals have no mrr_cents")


def test_a_deals_monthly_amount_is_unknown_where_the_term_is_not_mapped(company):
    company.settings(table_mapping("deal", DEAL + 'amount_cents = "A"'))
    company.write("deals.csv", "Id,At,A\n1,2024-01-01,1000\n")
    company.load()
    assert company.kept("deal", "mrr_cents") == [(None,)]
    assert [f.code for f in company.status().findings] == ["mrr_unknown"]


def test_a_mapped_monthly_amount_is_taken_as_it_is(company):
    company.settings(table_mapping("deal", DEAL + 'mrr_cents = "M"\namount_cents = "A"\nterm_months = "T"'))
    company.write("deals.csv", "Id,At,M,A,T\n1,2024-01-01,,1000,12\n")
    company.load()
    assert company.kept("deal", "mrr_cents") == [(None,)]
    assert company.status().findings == ()


LOOKUP = 'lookup = { file = "names.csv", match = "id", on = "Id", take = "name" }'


def test_a_lookup_takes_a_value_from_another_file(company):
    company.settings(customer_mapping(f"name = {{ {LOOKUP}, upper = true }}", file="accounts.csv"))
    company.write("accounts.csv", "Id\nc1\nc2\nc3\n")
    company.write("names.csv", "id,name\nc1,Acme\nc1,Acme\nc2,Beta\nc2,Bravo\n,Nobody\n")
    report = company.load()
    assert company.kept("customer", "name") == [("ACME",)]
    assert [(row.column, row.value, row.reason) for row in company.bad()] == [
        ("name", "Beta", "names.csv has more than one name where id is the Id of the row"),
        ("name", "c3", "names.csv has no row where id is the Id of the row"),
    ]
    assert report.unused == ()


def test_a_lookup_that_finds_nothing_is_counted_where_the_column_may_be_empty(company):
    company.settings(customer_mapping(f'name = "Id"\ncountry = {{ {LOOKUP} }}', file="accounts.csv"))
    company.write("sub/accounts.csv", "Id\nc1\nc2\n")
    company.write("names.csv", "id,name\nc1,ES\n")
    company.load()
    assert company.kept("customer", "country") == [("ES",), (None,)]
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity)) == ("lookup_missed", "info")
    assert finding.message.startswith("1 rows have no country")


def test_a_changed_lookup_file_makes_the_load_new(company):
    company.settings(customer_mapping(f"name = {{ {LOOKUP} }}", file="accounts.csv"))
    company.write("accounts.csv", "Id\nc1\n")
    company.write("names.csv", "id,name\nc1,Acme\n")
    company.load()
    company.write("names.csv", "id,name\nc1,Acme Ltd\n")
    assert [each.is_new for each in company.load().loads] == [True]
    assert company.kept("customer", "name") == [("Acme Ltd",)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "names.csv, from which name is looked up, is not there"),
        ("id,title\nc1,Acme\n", "names.csv cannot be read: names.csv has not exactly one column name"),
        ("", "names.csv cannot be read: the file is empty"),
    ],
)
def test_a_lookup_file_that_cannot_be_used_is_critical(company, content, told):
    company.settings(customer_mapping(f"name = {{ {LOOKUP} }}", file="accounts.csv"))
    company.write("accounts.csv", "Id\nc1\nc2\n" if content is None else 'Id\nc1\n"c2\n')
    if content is not None:
        company.write("names.csv", content)
    company.load()
    assert company.counts() == {"accounts.csv": (2, 0, 2)}
    critical = [f for f in company.status().findings if str(f.severity) == "critical"]
    assert [told in f.message for f in critical] == [True]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("Key,Name", "the header has no column 'Id', which the mapping names"),
        ("Id,Name,Name", "names 'Name' twice"),
        ("", "empty"),
    ],
)
def test_a_header_that_does_not_fit_the_mapping_is_critical(company, header, told):
    company.settings(customer_mapping('name = "Name"', file="accounts.csv"))
    company.write("accounts.csv", f"{header}\n" + ("c1,Acme,x\n" if header else ""))
    company.load()
    (finding,) = [f for f in company.status().findings if str(f.severity) == "critical"]
    assert told in finding.message


def test_columns_nobody_maps_may_share_a_name(company):
    company.settings(customer_mapping('name = "Name"', file="accounts.csv"))
    company.write("accounts.csv", "Id,Name,note,note\nc1,Acme,,\n")
    company.load()
    assert company.counts() == {"accounts.csv": (1, 1, 0)}


def test_copies_for_other_warehouses_are_left_out_by_a_glob_but_not_by_name(company):
    company.settings(customer_mapping('name = "Name"', file="accounts*.csv"))
    for name in ("accounts.csv", "accounts_snowflake.csv", "accounts_old.csv", "orphan_postgres.csv"):
        company.write(name, f"Id,Name\n{name},Acme\n")
    report = company.load()
    assert [each.load.file for each in report.loads] == ["accounts.csv", "accounts_old.csv"]
    assert (report.unused, report.asked) == (("accounts_snowflake.csv",), ("orphan_postgres.csv",))
    codes = {f.where: f.code for f in company.status().findings}
    assert codes == {"accounts_snowflake.csv": "other_warehouse", "orphan_postgres.csv": "asked_file"}
    company.settings(customer_mapping('name = "Name"', file="accounts_snowflake.csv"))
    assert [each.load.file for each in company.load().loads] == ["accounts_snowflake.csv"]


def test_an_entry_that_no_file_matches_is_said(company):
    company.settings(customer_mapping('name = "Name"', file="accounts.csv"))
    assert company.load().unmatched == ("customer of [[source]] 'crm' (file = 'accounts.csv')",)


def test_a_mapping_reads_parquet_too(company):
    company.settings(
        table_mapping("invoice", INVOICE + 'amount_cents = { column = "Amount", unit = "major" }', file="*.parquet")
    )
    company.parquet(
        "invoices.parquet", "SELECT 1 AS Id, 'c' AS C, DATE '2024-01-01' AS Day, 'EUR' AS Cur, 12.5 AS Amount"
    )
    company.load()
    assert company.kept("invoice", "invoice_id, issued_on, amount_cents") == [("1", date(2024, 1, 1), 1250)]


def test_recorded_at_may_be_mapped(company):
    company.settings(customer_mapping('name = "Name"\nrecorded_at = "Synced"\nurl = "Link"', file="accounts.csv"))
    company.write(
        "accounts.csv", "Id,Name,Synced,Link\nc1,New,2024-02-01 00:00:00,https://crm/c1\nc1,Old,2024-01-01 00:00:00,\n"
    )
    company.load()
    assert company.kept("customer", "name, recorded_at, url") == [
        ("New", datetime(2024, 2, 1), "https://crm/c1")  # noqa: DTZ001
    ]


def test_a_corrected_mapping_replaces_the_earlier_reading_of_the_file(company):
    """Rows that a wrong mapping filed under wrong keys do not stay behind, and the earlier reading can be repeated."""
    company.settings(table_mapping("customer", 'customer_id = "Name"\nname = "Id"'))
    company.write("accounts.csv", "Id,Name\nc1,Acme\nc2,Beta\n")
    company.load()
    company.settings(table_mapping("customer", 'customer_id = "Id"\nname = "Name"'))
    later = NOW + timedelta(days=1)
    assert [each.is_new for each in company.load(later).loads] == [True]
    assert company.kept("customer", "customer_id") == [("c1",), ("c2",)]
    assert company.kept("customer", "customer_id", known_at=NOW) == [("Acme",), ("Beta",)]
    assert company.kept("customer", "customer_id", known_at=later) == [("c1",), ("c2",)]
    assert [(t.rows_in, t.kept, t.quarantined) for t in company.status().tables] == [(2, 0, 2), (2, 2, 0)]
    assert {row.reason for row in company.bad()} == {"superseded: the file was read again with another mapping"}
    assert len(company.bad()) == 2
    company.settings(table_mapping("customer", 'customer_id = "Name"\nname = "Id"'))
    assert [each.is_new for each in company.load(later + timedelta(days=1)).loads] == [True]
    assert company.kept("customer", "customer_id") == [("Acme",), ("Beta",)]


def test_two_readings_of_one_file_into_one_table_live_side_by_side(company):
    entry = (
        '[[source.table]]\nfile = "*.csv"\ntable = "contact"\ncolumns = {{ contact_id = "{0}", customer_id = "Id" }}\n'
    )
    company.settings('[[source]]\nname = "crm"\n' + entry.format("Buyer") + entry.format("Admin"))
    company.write("accounts.csv", "Id,Buyer,Admin\nc1,b@acme.com,a@acme.com\n")
    company.load()
    assert [each.is_new for each in company.load().loads] == [False, False]
    assert company.kept("contact", "contact_id") == [("b@acme.com",), ("a@acme.com",)]
    company.settings('[[source]]\nname = "crm"\n' + entry.format("Buyer") + entry.format("Id"))
    company.load(NOW + timedelta(days=1))
    assert company.kept("contact", "contact_id") == [("b@acme.com",), ("c1",)]
