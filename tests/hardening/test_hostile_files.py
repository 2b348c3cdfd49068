"""Hostile and damaged files, all in one load: each is refused or set aside with what, where and what to do.

Whatever lies beside one of them is read, and what is kept is what was written. What each case is for stands in its
name; `said` is the reason it must be told by, not any reason.
"""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_LZMA

import duckdb
import pytest
import zstandard

from relevo.base.config import Config
from relevo.base.findings import Finding
from relevo.book.engine import connect
from relevo.book.landing import Landing, LandingStatus, QuarantinedRow, kept_sql, quarantined_rows, status
from relevo.sources.load import load_path
from tests.hardening import hostile
from tests.hardening.hostile import HEADER, Case, archive, book, entry, good, row, table, text
from tests.hardening.test_damaged_input import parquet

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
STRIPE = "id,Description,Email,Name,Created (UTC),Delinquent,Currency,Card ID,Plan,Status\n"
CSV, XLSX, ZIP, SHEET = "customer.csv", "customer.xlsx", "all.zip", "customer.xlsx#customer"


def stripe(key: str, name: str) -> str:
    """A customer as Stripe exports one."""
    return f"cus_{key},,a@example.com,{name},2024-01-01 10:00,false,eur,,,\n"


def late_latin(key: str) -> bytes:
    """Three hundred kilobytes of ASCII, then one name in UTF-8 and one in Latin-1."""
    plain = "".join(stripe(f"{key}{n}", "Acme") for n in range(5_000))
    return (STRIPE + plain + stripe(f"{key}u", "Müller")).encode() + stripe(f"{key}l", "Müller").encode("cp1252")


def early_latin(key: str) -> bytes:
    """Latin-1 throughout, but for one line in UTF-8."""
    latin = (STRIPE + "".join(stripe(f"{key}{n}", "Müller") for n in range(9))).encode("cp1252")
    return latin + stripe(f"{key}u", "Müller").encode()


def all_latin(key: str) -> bytes:
    """Latin-1, of which the first three hundred kilobytes are ASCII."""
    plain = "".join(stripe(f"{key}{n}", "Acme") for n in range(5_000))
    return (STRIPE + plain + stripe(f"{key}l", "Müller")).encode("cp1252")


def wide(key: str, columns: int) -> str:
    """A customer with many columns that the table does not have."""
    names = ",".join(f"x{n}" for n in range(columns))
    return f"customer_id,name,{names}\n{key},Acme,{',' * (columns - 1)}\n"


def headcount(value: str) -> hostile.Make:
    """A headcount that is written like this."""
    return text("headcount.csv", lambda _: f"on_date,employees\n2024-01-31,{value}\n")


def bad_parquet(value: str) -> hostile.Make:
    """A headcount as a floating point number in Parquet."""

    def make(folder: Path, _key: str) -> None:
        with connect() as connection:
            rows = f"SELECT DATE '2024-01-31' AS on_date, {value}::DOUBLE AS employees"
            connection.execute(f"COPY ({rows}) TO '{folder / 'headcount.parquet'}' (FORMAT parquet)")

    return make


def cut_parquet(folder: Path, _key: str) -> None:
    """Parquet without the length of its footer."""
    content = parquet()
    (folder / "customer.parquet").write_bytes(content[:-12] + content[-8:])


def deep(folder: Path, key: str) -> None:
    """Forty folders in one another."""
    inner = folder.joinpath(*["d"] * 40)
    inner.mkdir(parents=True)
    (inner / CSV).write_text(good(key))


def twins(folder: Path, key: str) -> None:
    """Two names that differ in their capitals alone."""
    (folder / CSV).write_text(good(key))
    (folder / "CUSTOMER.csv").write_text(good(f"{key}-twin"))


def far(key: str) -> str:
    """Two cells in opposite corners of a sheet."""
    return hostile.sheet_xml(
        row(1, "customer_id", "name"), row(2, key, "Acme"), '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


ARCHIVES = (
    Case("a bomb in one entry", f"{ZIP}/customer.csv", archive(ZIP, hostile.flat_bomb), "more than 250 times",
         beside=1),
    Case("archives in an archive in themselves", "r.zip/r.zip", hostile.in_itself, "an archive in an archive",
         beside=1),
    Case("entries that share their bytes", f"{ZIP}/again/customer.csv", archive(ZIP, hostile.overlapping),
         "shares its bytes with another entry", beside=1),
    Case("a size below the real one", f"{ZIP}/customer.csv",
         hostile.patched(ZIP, lambda b: hostile.second_entry(b) + 24, b"\x05\0\0\0"), "damaged in the archive",
         beside=1),
    Case("a size above the real one", f"{ZIP}/customer.csv",
         hostile.patched(ZIP, lambda b: hostile.second_entry(b) + 24, b"\xff\xff\xff\x7f"), "shorter than the archive",
         beside=1),
    Case("a wrong sum", f"{ZIP}/customer.csv",
         hostile.patched(ZIP, lambda b: hostile.second_entry(b) + 16, b"\1\2\3\4"), "Bad CRC-32", beside=1),
    Case("damaged bytes", f"{ZIP}/customer.csv",
         hostile.patched(ZIP, lambda b: hostile.second_file(b) + 44, b"\xff\xff\xff\xff"), "damaged in the archive",
         beside=1),
    Case("a password", f"{ZIP}/customer.csv",
         hostile.patched(ZIP, lambda b: hostile.second_entry(b) + 8, b"\1\0"), "protected by a password", beside=1),
    Case("bzip2, of which a page makes gigabytes", f"{ZIP}/customer.csv", archive(ZIP, hostile.packed(ZIP_BZIP2)),
         "packed in a way that is not read (method 12)", beside=1),
    Case("LZMA", f"{ZIP}/customer.csv", archive(ZIP, hostile.packed(ZIP_LZMA)), "(method 14)", beside=1),
    Case("ten thousand entries", ZIP, archive(ZIP, hostile.many), "more than 10000 entries"),
    Case("a list of two gigabytes", ZIP, hostile.long_list, "more than 10000 entries"),
    Case("a path from the root", f"{ZIP}//etc/customer.csv", archive(ZIP, entry("/etc/customer.csv")),
         "a path from the root", beside=1),
    Case("a path from a drive", f"{ZIP}/C:/customer.csv", archive(ZIP, entry("C:\\customer.csv")),
         "a path from the root", beside=1),
    Case("a way out", f"{ZIP}/../../customer.csv", archive(ZIP, entry("../../customer.csv")), "leads out", beside=1),
    Case("a way out for Windows", f"{ZIP}/a/../../customer.csv", archive(ZIP, entry("a\\..\\..\\customer.csv")),
         "leads out", beside=1),
    Case("a link in an archive", f"{ZIP}/customer.csv", archive(ZIP, entry("customer.csv", 0o120777, "/etc/passwd")),
         "it is a link", beside=1),
    Case("a device in an archive", f"{ZIP}/customer.csv", archive(ZIP, entry("customer.csv", 0o020666)),
         "it is a device", beside=1),
    Case("one name twice", f"{ZIP}/customer.csv", archive(ZIP, hostile.twice), "2 entries of this name", beside=1),
    Case("a name with a line break", f"{ZIP}/a\\nb.csv", archive(ZIP, entry("a\nb.csv")), "cannot be seen", beside=1),
    Case("a name that turns around", f"{ZIP}/\\u202evsc.exe", archive(ZIP, entry("\u202evsc.exe")), "turn the others",
         beside=1),
    Case("folders without end", f"{ZIP}/{'d/' * 40}customer.csv", archive(ZIP, entry("d/" * 40 + "customer.csv")),
         "deeper than 32 folders", beside=1),
    Case("what a Mac keeps beside files", f"{ZIP}/fine/customer.csv", archive(ZIP, entry("__MACOSX/._customer.csv")),
         kept=1),
    Case("an archive cut off", ZIP, text(ZIP, lambda key: hostile.zipped({CSV: good(key)})[:-30]), "no ZIP archive"),
    Case("text named ZIP", ZIP, text(ZIP, good), "the file is not a ZIP archive"),
    Case("an empty archive file", ZIP, text(ZIP, lambda _: b""), "the file is empty"),
    Case("a workbook named ZIP", ZIP, text(ZIP, lambda key: hostile.zipped(hostile.parts(table()(key)))),
         "it is an XLSX workbook"),
)  # fmt: skip
WORKBOOKS = (
    Case("a formula as text", SHEET, book(table(row(3, "=cmd|'/c calc'!A0", "=1+1", "2024-01-01"))), kept=2),
    Case("a formula without a value", SHEET,
         book(table('<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="B3"><f>A3</f></c></row>')),
         "a formula has no value kept", 1, 1),
    Case("cells in opposite corners", SHEET, book(far), "a value in column XFD", 1, 1),
    Case("a row beyond the last", SHEET, book(table('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>')),
         "sheets end at row 1048576"),
    Case("a column beyond the last", SHEET, book(table('<row r="3"><c r="ZZZ3"><v>1</v></c></row>')),
         "more than 16384 columns"),
    Case("a place that is none", SHEET, book(table('<row r="3"><c r="&#65;&#66;!3"><v>1</v></c></row>')),
         "whose place is none"),
    Case("a text that is not there", SHEET, book(table('<row r="3"><c r="A3" t="s"><v>-1</v></c></row>')),
         "a cell names a text", 1, 1),
    Case("an error of a formula", SHEET,
         book(table('<row r="3"><c t="inlineStr"><is><t>e</t></is></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>'
                    '<c t="e"><f>NA()</f><v>#N/A</v></c></row>')), "not an ISO 8601 instant", 1, 1),
    Case("a billion laughs", XLSX, book(table(), {"xl/sharedStrings.xml": hostile.laughs("sst")}), "declares entities"),
    Case("a file of the machine as an entity", SHEET,
         book(lambda key: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
              + table(row(3, f"{key}-e", "&e;"))(key)), "declares entities"),
    Case("a tag that does not end", SHEET,
         book(lambda key: f'<worksheet xmlns="{hostile.MAIN}"><sheetData><row r="' + "1" * 9_000_000),
         "a tag that does not end"),
    Case("a workbook that is a bomb", SHEET,
         book(lambda key: hostile.sheet_xml(row(1, "customer_id", "name"), " " * 24_000_000)), "more than 250 times"),
    Case("XML cut off", SHEET, book(lambda key: table()(key)[:-20]), "its XML is damaged"),
    Case("an encoding nobody knows", SHEET, book(lambda key: '<?xml version="1.0" encoding="x-none"?>' + table()(key)),
         "its XML"),
    Case("a part that is not there", SHEET,
         text(XLSX, lambda key: hostile.zipped({name: content for name, content in hostile.parts("").items()
                                                if "sheet1" not in name})), "it has no part"),
    Case("no sheet with rows", XLSX, book(lambda key: hostile.sheet_xml()), "No sheet of it has rows"),
    Case("a text with half a sign", SHEET, book(table(row(3, "_xD83D_", "Half", "2024-01-01"))), "not text", 1, 1),
    Case("a NUL in a text", SHEET, book(table(row(3, "_x0000_", "Nul", "2024-01-01"))), "a NUL byte", 1, 1),
    Case("a day out of range", SHEET, book(table(row(3, "d", "Late", "9999-12-31"))), "the year is outside", 1, 1),
    Case("the header again", SHEET, book(table(row(3, "customer_id", "name", "created_at"))),
         "repeats the header", 1, 1),
    Case("a workbook cut off", XLSX, text(XLSX, lambda key: hostile.zipped(hostile.parts(table()(key)))[:-40]),
         "no XLSX workbook"),
    Case("text named XLSX", XLSX, text(XLSX, good), "the file is not an XLSX workbook"),
    Case("an archive named XLSX", XLSX, text(XLSX, lambda key: hostile.zipped({CSV: good(key)})), "it has no part"),
    Case("a workbook with a password", XLSX, text(XLSX, lambda _: hostile.office("EncryptedPackage")),
         "protected by a password"),
    Case("a workbook of 2003", "customer.xls", text("customer.xls", lambda _: hostile.office("Workbook")),
         "a workbook of Excel 97 to 2003"),
    Case("a web page named .xls", "customer.xls", text("customer.xls", lambda _: "<html><table><tr><td>1</td></tr>"),
         "a web page or XML"),
    Case("a workbook of OpenDocument", "customer.ods", text("customer.ods", lambda _: b"PK\3\4"), "OpenDocument"),
)  # fmt: skip
TEXTS = (
    Case("a picture named CSV", CSV, text(CSV, lambda _: b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "the file is a picture"),
    Case("a PDF named CSV", CSV, text(CSV, lambda _: b"%PDF-1.7\n1 0 obj\n"), "a PDF document"),
    Case("a workbook named CSV", CSV, text(CSV, lambda key: hostile.zipped(hostile.parts(table()(key)))),
         "an XLSX workbook"),
    Case("an archive named CSV", CSV, text(CSV, lambda key: hostile.zipped({CSV: good(key)})), "a ZIP archive"),
    Case("Parquet named CSV", CSV, text(CSV, lambda _: parquet()), "the file is Parquet"),
    Case("gzip named CSV", CSV, text(CSV, lambda _: b"\x1f\x8b\x08\0\0"), "packed with gzip"),
    Case("a web page named CSV", CSV, text(CSV, lambda _: "\n <!DOCTYPE html><html>"), "a web page or XML"),
    Case("CSV named Parquet", "customer.parquet", text("customer.parquet", good), "not readable Parquet"),
    Case("a picture named Parquet", "customer.parquet", text("customer.parquet", lambda _: b"\x89PNG\r\n"),
         "a picture"),
    Case("Parquet whose footer is cut", "customer.parquet", cut_parquet, "not readable Parquet"),
    Case("Zstandard cut off", "customer.csv.zst",
         text("customer.csv.zst", lambda key: zstandard.compress(good(key).encode() * 99)[:-9]), "damaged"),
    Case("a bomb of gzip", "customer.csv.gz",
         text("customer.csv.gz", lambda _: gzip.compress(HEADER.encode() + b"0" * 40_000_000)),
         "more than 250 times"),
    Case("Latin-1 late in UTF-8", "customers.csv", text("customers.csv", late_latin),
         "not text in this encoding", 5_001, 1),
    Case("UTF-8 late in Latin-1", "customers.csv", text("customers.csv", early_latin), "it is written in UTF-8", 9, 1),
    Case("Latin-1 that begins as ASCII", "customers.csv", text("customers.csv", all_latin), kept=5_001),
    Case("UTF-16 without a mark", "customers.csv",
         text("customers.csv", lambda key: (STRIPE + stripe(key, "Ñandú")).encode("utf-16-le")), kept=1),
    Case("UTF-16 the other way round", "customers.csv",
         text("customers.csv", lambda key: (STRIPE + stripe(key, "Ñandú")).encode("utf-16-be")), kept=1),
    Case("UTF-32 without a mark", "customers.csv",
         text("customers.csv", lambda key: (STRIPE + stripe(key, "Ñandú")).encode("utf-32-be")), kept=1),
    Case("UTF-32 with a mark", "customers.csv",
         text("customers.csv", lambda key: (STRIPE + stripe(key, "Ñandú")).encode("utf-32")), kept=1),
    Case("half a sign in UTF-16", CSV,
         text(CSV, lambda key: (good(key) + "x,A\ud83d,\n").encode("utf-16", "surrogatepass")), "not text", 1, 1),
    Case("half a sign in UTF-8", CSV,
         text(CSV, lambda key: (good(key) + "x,A\ud83d,\n").encode("utf-8", "surrogatepass")), "not text", 1, 1),
    Case("two files in one, with their marks", CSV,
         text(CSV, lambda key: f"\ufeff{good(key)}\ufeff{good(f'{key}-two')}"), "it repeats the header", 2, 1),
    Case("a mark before a row", CSV, text(CSV, lambda key: good(key) + "\ufeffx,Beta,\n"), "the byte order mark", 1, 1),
    Case("NUL bytes from a disk that was full", CSV, text(CSV, lambda key: good(key) + "\0" * 9_999),
         "a NUL byte", 1, 1),
    Case("nothing but NUL bytes", CSV, text(CSV, lambda _: b"\0" * 9_999), "a NUL byte"),
    Case("an empty file", CSV, text(CSV, lambda _: b""), "the file is empty"),
    Case("an empty file of nobody", "notes.csv", text("notes.csv", lambda _: b""), "the file is empty"),
    Case("a header alone", CSV, text(CSV, lambda _: HEADER)),
    Case("one heading twice", CSV, text(CSV, lambda key: f"customer_id,name,name\n{key},a,b\n"), "'name' twice", 0, 1),
    Case("twenty thousand columns", CSV, text(CSV, lambda key: wide(key, 20_000)),
         "Columns that customer does not have",
         1),

            Case("a quote that is never closed", CSV, text(CSV, lambda key: good(key) + f'x,"Beta,\n{key}2,Gamma,\n'),
         "the quotes do not match", 2, 1),
    Case("carriage returns alone", CSV, text(CSV, lambda key: good(key).replace("\n", "\r")), kept=1),
    Case("line ends of all kinds", CSV, text(CSV, lambda key: good(key) + f"{key}2,B,\r\nx,C\rD,\n"),
         "a carriage return stands in the middle", 2, 1),
    Case("a field of five megabytes", CSV, text(CSV, lambda key: good(key) + f"x,{'y' * 5_000_000},\n"),
         "the row is longer than can be read", 1, 1),
    Case("a quoted field of five megabytes", CSV, text(CSV, lambda key: good(key) + f'x,"{"y" * 5_000_000}",\n'),
         "the row is longer than can be read", 1, 1),
    Case("a formula", CSV, text(CSV, lambda key: good(key) + f"{key}2,\"=cmd|'/c calc'!A0\",\n"), kept=2),
    Case("right to left", CSV, text(CSV, lambda key: good(key) + f"{key}2,\u202eשלום,\n"), kept=2),
    Case("a day that is none", CSV, text(CSV, lambda key: good(key) + "x,B,0000-00-00\n"),
         "not an ISO 8601 instant", 1, 1),
    Case("a year beyond all", CSV, text(CSV, lambda key: good(key) + "x,B,99999-01-01\n"),
         "not an ISO 8601 instant", 1, 1),
    Case("a number too large", "headcount.csv", headcount("1e400"), "not a whole number", 0, 1),
    Case("a number of forty digits", "headcount.csv", headcount("9" * 40), "not a whole number", 0, 1),
    Case("no number", "headcount.csv", headcount("NaN"), "not a whole number", 0, 1),
    Case("infinity", "headcount.csv", headcount("-inf"), "not a whole number", 0, 1),
    Case("per cent", "headcount.csv", headcount("50%"), "not a whole number", 0, 1),
    Case("infinity in Parquet", "headcount.parquet", bad_parquet("'inf'"), "not a whole number", 0, 1),
    Case("no number in Parquet", "headcount.parquet", bad_parquet("'nan'"), "not a whole number", 0, 1),
    Case("a minus before nothing", "headcount.csv", headcount("-0"), kept=1),
)  # fmt: skip
FOLDERS = (
    Case("a pipe", CSV, hostile.pipe, "a pipe, a socket or a device"),
    Case("a socket", CSV, hostile.listening, "a pipe, a socket or a device"),
    Case("a link to a device", CSV, hostile.link("/dev/zero"), "leads out of the folder"),
    Case("a link out", CSV, hostile.linked_out, "leads out of the folder"),
    Case("a link to a folder outside", "more", hostile.folder_out, "leads out of the folder"),
    Case("a link to itself", CSV, hostile.link(CSV), "cannot be read"),
    Case("a link to nothing", CSV, hostile.link("none.csv"), "cannot be read"),
    Case("a line break in a name", "a\\nb", hostile.in_a_folder("a\nb/customer.csv"), "cannot be seen"),
    Case("a name that clears the screen", "\\x1b[2J", hostile.in_a_folder("\x1b[2J/customer.csv"),
         "cannot be seen"),
    Case("a name that hides its ending", "\\u202evsc.csv", hostile.in_a_folder("\u202evsc.csv"), "turn the others"),
    Case("a name that is no text", "caf\\udce9.csv", hostile.in_a_folder(b"caf\xe9.csv"), "cannot be seen"),
    Case("a name of 255 bytes", f"{'n' * 251}.csv/customer.csv", hostile.in_a_folder(f"{'n' * 251}.csv/customer.csv"),
         kept=1),
    Case("folders in folders", "/".join(["d"] * 32), deep, "deeper than 32 folders"),
    Case("names that differ in capitals", CSV, twins, kept=1),
    Case("a name from right to left", "לקוחות/customer.csv", hostile.in_a_folder("לקוחות/customer.csv"), kept=1),
)  # fmt: skip
CASES = (*ARCHIVES, *WORKBOOKS, *TEXTS, *FOLDERS)


@dataclass(frozen=True)
class Read:
    """Everything loaded at once."""

    landing: Landing
    connection: duckdb.DuckDBPyConnection
    found: LandingStatus
    aside: tuple[QuarantinedRow, ...]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    folder = tmp_path_factory.mktemp("hostile")
    for place, case in enumerate(CASES):
        own = folder / "export" / f"{place:03}"
        own.mkdir(parents=True)
        case.make(own, f"k{place}")
    landing = Landing(folder / "landing")
    load_path(folder / "export", landing, Config(), NOW)
    with connect() as connection:
        yield Read(landing, connection, status(landing, connection), quarantined_rows(landing, connection, 10_000))


def findings_of(read: Read, name: str) -> list[Finding]:
    """What was found in one file."""
    return [
        f
        for f in read.found.findings
        if f.where == name or f.where.endswith(f" in {name}") or f" in {name}," in f.where
    ]


def test_there_are_many_cases() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 100


@pytest.mark.parametrize("place", range(len(CASES)), ids=[case.name for case in CASES])
def test_a_hostile_file_is_told_and_what_lies_beside_it_is_read(read: Read, place: int) -> None:
    case, name = CASES[place], f"{place:03}/{CASES[place].file}"
    counts = [count for count in read.found.tables if count.file == name and count.table != "contact"]
    assert sum(count.kept for count in counts) == case.kept
    assert sum(count.quarantined for count in counts) == case.aside
    others = [c for c in read.found.tables if c.file.startswith(f"{place:03}/") and c.file != name]
    assert sum(count.kept for count in others) == case.beside
    findings = findings_of(read, name)
    rows = [each for each in read.aside if each.file == name]
    told = " ".join([*(each.reason for each in rows), *(f.message for f in findings if f.severity != "info")])
    assert case.said in told if case.said else not told
    assert all(each.hint for each in (*findings, *rows))


def test_nothing_is_told_by_a_path_of_the_machine(read: Read, tmp_path_factory: pytest.TempPathFactory) -> None:
    base = str(tmp_path_factory.getbasetemp())
    assert not [f for f in read.found.findings if base in f.message or base in f.where or base in f.hint]


def test_what_is_kept_is_as_it_was_written(read: Read) -> None:
    names = read.connection.execute(f"SELECT DISTINCT name FROM ({kept_sql(read.landing, 'customer')})").fetchall()
    assert {name for (name,) in names} == {
        "Acme", "B", "Gamma", "Müller", "Ñandú", "=1+1", "=cmd|'/c calc'!A0", "\u202eשלום"
    }  # fmt: skip


def test_nothing_is_left_of_what_was_unpacked(read: Read) -> None:
    assert list((read.landing.path / ".work").iterdir()) == []
