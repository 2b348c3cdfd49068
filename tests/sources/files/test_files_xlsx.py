"""Workbooks: each sheet is a table, its cells the text that a CSV would have, its lines those of the sheet."""

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from relevo.sources.files.cells import number_text, shows, time_text, unescaped
from relevo.sources.files.discover import is_table
from relevo.sources.guess import guess
from relevo.sources.raw.recognise import stem_of
from tests.hardening import hostile


# What each stored number is in Excel, by hand: day 1 is the first of January 1900, and there was no 29 February in it.
@pytest.mark.parametrize(
    ("written", "code", "text"),
    [
        ("45352", "dd/mm/yyyy", "2024-03-01"),
        ("45352.4375", "yyyy-mm-dd hh:mm", "2024-03-01 10:30:00"),
        ("45352.437506", "m/d/yy h:mm", "2024-03-01 10:30:00.518"),
        ("45352.9999999999", "dd/mm/yyyy", "2024-03-02"),
        ("45352", '[$-F800]dddd, mmmm dd, yyyy;@"text"', "2024-03-01"),
        ("61", "d.m.yyyy", "1900-03-01"),
        ("60", "d.m.yyyy", "60"),
        ("2958465", "yyyy", "9999-12-31"),
        ("2958466", "yyyy", "2958466"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("0.375", "hh:mm", "09:00"),
        ("0.375011574", "h:mm:ss AM/PM", "09:00:01"),
        ("1.0625", "[h]:mm", "25:30:00"),
        ("never", "yyyy-mm-dd", "never"),
        ("1200.5", '#,##0.00 "days"', "1200.5"),
        ("0.5", "0%", "0.5"),
        ("45352", "[Red]General", "45352"),
        ("3", "0.00E+00", "3"),
        ("45352", "mmmm", "2024-03-01"),
    ],
)
def test_a_number_is_what_its_format_makes_of_it(written: str, code: str, text: str) -> None:
    kind = shows(164, code)
    assert (time_text(written, kind, is_1904=False) if kind else number_text(written)) == text


def test_built_in_formats_and_the_other_calendar() -> None:
    assert [shows(each, "") for each in (0, 2, 9, 14, 20, 22, 46, 49)] == [
        "",
        "",
        "",
        "ymd",
        "hms",
        "ymdhms",
        "[hms]",
        "",
    ]
    assert time_text("43890", "ymd", is_1904=True) == "2024-03-01"
    assert time_text("0", "ymd", is_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("1.1000000000000001", "1.1"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("12", "12"),
        ("12.0", "12"),
        ("-0", "0"),
        ("007", "7"),
        ("1E3", "1000"),
        ("1.5E-7", "0.00000015"),
        ("12345678901234567890", "12345678901234567890"),
        ("1E+20", "100000000000000000000"),
        ("1e400", "1e400"),
        ("NaN", "NaN"),
        ("1_000", "1_000"),
        ("abc", "abc"),
    ],
)
def test_numbers_have_no_artefacts_and_lose_no_digits(written: str, text: str) -> None:
    assert number_text(written) == text


def test_escapes_of_signs_that_xml_cannot_hold() -> None:
    assert unescaped("a_x000D_b_x005F_c_x00e9_") == "a\rb_cé"
    assert unescaped("_xD83D__xDE00_") == "😀"
    assert unescaped("_xD83D_") == "\ud83d"
    assert unescaped("_x12_ x_y") == "_x12_ x_y"


def workbook(folder: Path, name: str = "customer.xlsx") -> Path:
    """Two title rows, a blank one, a header in column B, rows, and a hidden sheet."""
    path = folder / name
    with xlsxwriter.Workbook(path) as book:
        day, instant = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "d.m.yy hh:mm"})
        sheet = book.add_worksheet("customer")
        sheet.write_row(0, 1, ["Customers of Example"])
        sheet.write_row(1, 1, ["made on", "1.4.2024"])
        sheet.write_row(3, 1, ["customer_id", "name", "created_at", "country"])
        sheet.write_row(4, 1, [7, "Ada & <Co>"])
        sheet.write_datetime(4, 3, datetime(2024, 3, 1, 10, 30), instant)  # noqa: DTZ001
        sheet.write_string(4, 4, "ES")
        sheet.write_string(5, 1, "c2")
        sheet.write_formula(5, 2, '="B"&"eta"', None, "Beta")
        sheet.write_datetime(5, 3, datetime(2024, 3, 2), day)  # noqa: DTZ001
        sheet.write_row(7, 1, ["c3", "two\nlines"])
        sheet.write_row(8, 1, ["c4", "", "", "", "too far"])
        sheet.write_boolean(9, 2, True)
        other = book.add_worksheet("headcount")
        other.write_row(0, 0, ["on_date", "employees"])
        other.write_datetime(1, 0, datetime(2024, 1, 31), day)  # noqa: DTZ001
        other.write_number(1, 1, 5.0)
        other.hide()
        book.add_worksheet("empty")
    return path


def test_each_sheet_is_a_table_with_the_lines_of_the_sheet(company) -> None:
    workbook(company.folder)
    report = company.load()
    assert company.counts() == {"customer.xlsx#customer": (5, 3, 2), "customer.xlsx#headcount": (1, 1, 0)}
    assert company.kept("customer", "_line, customer_id, name, CAST(created_at AS VARCHAR), country") == [
        (5, "7", "Ada & <Co>", "2024-03-01 10:30:00", "ES"),
        (6, "c2", "Beta", "2024-03-02 00:00:00", None),
        (8, "c3", "two\nlines", None, None),
    ]
    assert company.kept("headcount", "on_date::VARCHAR, employees") == [("2024-01-31", 5)]
    far, nameless = sorted(company.bad(), key=lambda row: row.line)
    assert (far.line, far.reason, far.value) == (
        9, "it has a value in column F, where the header has none", "c4 | too far"
    )  # fmt: skip
    assert (nameless.line, nameless.column) == (10, "customer_id")
    assert report.unused == ()


def test_the_same_values_saved_again_change_nothing(company) -> None:
    path = workbook(company.folder)
    company.load()
    with ZipFile(path, "a") as opened:
        opened.writestr("docProps/more.xml", "<x/>")
    assert [each.is_new for each in company.load().loads] == [False, False]


def test_a_workbook_alone_is_a_path_and_one_sheet_goes_by_the_name_of_the_book(company) -> None:
    path = company.folder / "headcount.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, ["on_date", "employees"])
        book.worksheets()[0].write_row(1, 0, ["2024-01-31", 7])
    company.load(path=path)
    assert company.counts() == {"headcount.xlsx#Sheet1": (1, 1, 0)}


def test_a_mapping_means_a_sheet_by_its_name_or_by_that_of_its_workbook(company) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        with xlsxwriter.Workbook(company.folder / name) as book:
            sheet = book.add_worksheet("Cuentas")
            sheet.write_row(0, 0, ["Id", "Nombre"])
            sheet.write_row(1, 0, [name, "Acme"])
    entry = '[[source.table]]\nfile = "{}"\ntable = "customer"\ncolumns = {{ customer_id = "Id", name = "Nombre" }}\n'
    company.settings('[[source]]\nname = "crm"\n' + entry.format("a.xlsx#Cuentas") + entry.format("b.xlsx"))
    report = company.load()
    assert (report.unmatched, company.kept("customer", "customer_id")) == ((), [("a.xlsx",), ("b.xlsx",)])


def test_an_export_in_a_workbook_is_recognised(company) -> None:
    headings = ["id", "Description", "Email", "Name", "Created (UTC)", "Delinquent", "Currency", "Card ID", "Plan"]
    with xlsxwriter.Workbook(company.folder / "unified.xlsx") as book:
        sheet = book.add_worksheet("Export")
        sheet.write_row(0, 0, headings)
        sheet.write_row(1, 0, ["cus_1", "", "a@example.com", "Acme", "2024-01-01 10:00", False, "eur"])
    (guessed,) = guess(company.folder, company.config, ())
    assert (guessed.file, guessed.table) == ("unified.xlsx#Export", "stripe.customers_export")
    assert guessed.before[0][:1] == ("cus_1",)
    company.load()
    assert company.kept("customer", "customer_id, name") == [("stripe:cus_1", "Acme")]


def test_strict_prefixes_rich_texts_and_spoken_ones(company) -> None:
    """What other programs write: prefixed elements, no places of cells, texts in runs, how a text is spoken."""
    sheet = (
        f'<x:worksheet xmlns:x="{hostile.MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>'
        '<x:c t="s"><x:v>1</x:v></x:c></x:row><x:row><x:c t="str"><x:v>c1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    shared = (
        f'<sst xmlns="{hostile.MAIN}"><si><t>customer_id</t></si><si><t>name</t></si>'
        "<si><r><t>To</t></r><r><t>kyo</t></r><rPh><t>spoken</t></rPh></si></sst>"
    )
    company.write("customer.xlsx", hostile.zipped(hostile.parts(sheet, {"xl/sharedStrings.xml": shared})))
    company.load()
    assert company.kept("customer", "_line, customer_id, name") == [(2, "c1", "Tokyo")]


@pytest.mark.parametrize(
    ("file", "stem"),
    [
        ("a/book.xlsx#account", "account"),
        ("a/account.xlsx#Sheet1", "account"),
        ("a/account.xlsx#Hoja 2", "account"),
        ("account.csv", "account"),
        ("acc#ount.csv", "acc_ount"),
    ],
)
def test_the_stem_of_a_sheet(file: str, stem: str) -> None:
    assert stem_of(file) == stem
    assert is_table(file)
