"""Bytes that nobody wrote: tables of odd pieces, and containers with bytes of theirs turned, cut or doubled.

Loading must answer each: every row of it counted, nothing raised, the file beside it read.
"""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from relevo.base.config import Config, House
from relevo.book.landing_store import Landing
from relevo.sources.load import load_path
from tests.hardening import hostile

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LIMITS = Config(house=House(unpack_limit_mb=20, unpack_entries=50))
PIECES = st.sampled_from([
    b"customer_id", b"name", b"created_at", b",", b";", b"\t", b'"', b'""', b"\n", b"\r\n", b"\r", b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe", b"\xfe\xff", b"\xc3\xa9", b"\xe9", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"c1", b"2024-01-01", b"-0",
    b"1e400", b"NaN", b"=1+1", b"\xe2\x80\xae", b" ", b"\x1a", b"\x85", b"\xe2\x80\xa8", b"customer_id,name\n",
    b"c2,B\n",
])  # fmt: skip
TABLES = st.one_of(
    st.binary(max_size=300),
    st.lists(PIECES, max_size=40).map(b"".join),
    st.lists(PIECES, max_size=40).map(lambda found: b"customer_id,name\n" + b"".join(found)),
    st.lists(PIECES, max_size=20).map(lambda found: b"id,Email,Name,Created (UTC),Description\n" + b"".join(found)),
)
_BOOK = hostile.zipped(
    hostile.parts(
        hostile.table(hostile.row(3, "c3", "Beta", "2024-01-01"), '<row r="4"><c r="A4" s="0"><v>45352</v></c></row>')(
            "c2"
        ),
        {
            "xl/styles.xml": f'<styleSheet xmlns="{hostile.MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{hostile.MAIN}"><si><t>x</t></si></sst>',
        },
    )
)
_ZIP = hostile.zipped({"a/customer.csv": hostile.good("z1"), "b/customer.csv": hostile.good("z2")})


def turned(whole: bytes, changes: list[tuple[int, int, int]]) -> bytes:
    """A file with changes, each of a kind and at a place: a byte replaced, bytes left out or doubled, the end cut."""
    found = bytearray(whole)
    for kind, place, value in changes:
        at = place % max(len(found), 1)
        if kind == 0:
            found[at : at + 1] = bytes([value])
        elif kind == 1:
            del found[at : at + value % 16]
        elif kind == 2:
            found[at:at] = found[at : at + value]
        else:
            del found[at:]
    return bytes(found)


CHANGES = st.lists(
    st.tuples(st.sampled_from([0, 0, 0, 1, 2, 3]), st.integers(0, 10_000), st.integers(0, 255)), max_size=6
)
BOOKS = CHANGES.map(lambda changes: turned(_BOOK, changes))
ZIPS = CHANGES.map(lambda changes: turned(_ZIP, changes))
XML = st.lists(
    st.sampled_from([
        "<row>", "</row>", '<row r="2">', '<row r="x">', "<c>", "</c>", '<c t="s">', '<c r="B2" t="b">',
        '<c t="inlineStr">', "<is>", "</is>", "<t>", "</t>", "<v>", "</v>", "<f>", "</f>", "1", "-1", "c1", "&amp;",
        "&#0;", "_x0000_", "<!--", "-->", "<![CDATA[", "]]>", "<rPh>", "</rPh>", "</sheetData>",
    ]),
    max_size=40,
)  # fmt: skip
SHEETS = XML.map(
    lambda found: hostile.zipped(hostile.parts(hostile.sheet_xml(hostile.row(1, "customer_id", "name"), *found)))
)


def loads_whatever_it_is(name: str, content: bytes) -> None:
    """Load a file beside a good one: all its rows are counted, and the good one is read."""
    with TemporaryDirectory() as folder:
        export, landing = Path(folder) / "export", Landing(Path(folder) / "landing")
        export.mkdir()
        (export / name).write_bytes(content)
        (export / "headcount.csv").write_text("on_date,employees\n2024-01-31,5\n")
        report = load_path(export, landing, LIMITS, NOW)
        loads = {each.load.file: each.load for each in report.loads}
        assert loads["headcount.csv"].kept == 1
        assert all(load.rows_in == load.kept + load.quarantined + load.left_out for load in loads.values())
        told = {*report.unused, *report.asked, *report.looked_up, *loads}
        assert any(each == name or each.startswith((f"{name}/", f"{name}#")) for each in told) or _is_empty(name)
        assert all(finding.hint for load in landing.loads() for finding in load.findings)


def _is_empty(name: str) -> bool:
    """Whether nothing may be told of a file: an archive whose entries are all folders or hidden."""
    return name.endswith(".zip")
