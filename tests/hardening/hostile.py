"""Files that nobody sends by accident, made anew for each test: archives, workbooks, texts and folders."""

import io
import os
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEADER = "customer_id,name,created_at\n"
Make = Callable[[Path, str], object]


@dataclass(frozen=True)
class Case:
    """A file or folder made by `make(folder, key)`, and what has to become of it.

    `file` is the name that is told, below the folder of the case. `said` is a part of why it or a row of it is not
    read; empty where nothing is wrong. `kept` counts rows that are read from it, and `beside` those of other files.
    """

    name: str
    file: str
    make: Make
    said: str = ""
    kept: int = 0
    aside: int = 0
    beside: int = 0


def good(key: str) -> str:
    """A file of one customer."""
    return f"{HEADER}{key},Acme,2024-01-01\n"


def text(name: str, content: Callable[[str], str | bytes]) -> Make:
    """A file with this content, made from a key that no other case has."""

    def make(folder: Path, key: str) -> None:
        written = content(key)
        (folder / name).write_bytes(written.encode() if isinstance(written, str) else written)

    return make


def archive(name: str, fill: Callable[[ZipFile, str], object]) -> Make:
    """A ZIP with a good file and what `fill` adds."""

    def make(folder: Path, key: str) -> None:
        with ZipFile(folder / name, "w", ZIP_DEFLATED) as opened:
            opened.writestr("fine/customer.csv", good(f"{key}-fine"))
            fill(opened, key)

    return make


def entry(name: str, mode: int = 0o100644, content: str = "x") -> Callable[[ZipFile, str], object]:
    """An entry under any name and of any kind."""

    def fill(opened: ZipFile, _key: str) -> None:
        told = ZipInfo(name)
        told.create_system, told.external_attr = 3, mode << 16
        opened.writestr(told, content)

    return fill


def packed(method: int) -> Callable[[ZipFile, str], object]:
    """A table packed in another way than ZIPs usually are."""
    return lambda opened, key: opened.writestr("customer.csv", good(key), compress_type=method)


def patched(name: str, find: Callable[[bytes], int], put: bytes) -> Make:
    """A ZIP of two files, the bytes at a place replaced."""

    def make(folder: Path, key: str) -> None:
        whole = bytearray(zipped({"fine/customer.csv": good(f"{key}-fine"), "customer.csv": good(key)}))
        at = find(bytes(whole))
        whole[at : at + len(put)] = put
        (folder / name).write_bytes(whole)

    return make


def second_entry(content: bytes) -> int:
    """Where the directory of a ZIP of two files tells of the second."""
    return content.rfind(b"PK\x01\x02")


def second_file(content: bytes) -> int:
    """Where the second file of a ZIP begins."""
    return content.rfind(b"PK\x03\x04")


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A ZIP as bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return out.getvalue()


def flat_bomb(opened: ZipFile, _key: str) -> None:
    """Forty megabytes of one sign in forty kilobytes."""
    with opened.open("customer.csv", "w") as out:
        out.write(HEADER.encode())
        for _ in range(40):
            out.write(b"0" * 999_999 + b"\n")


def overlapping(opened: ZipFile, key: str) -> None:
    """Two entries that are the same bytes."""
    opened.writestr("customer.csv", good(key))
    twin = ZipInfo("again/customer.csv")
    for field in ("header_offset", "compress_size", "file_size", "CRC", "compress_type"):
        setattr(twin, field, getattr(opened.filelist[-1], field))
    opened.filelist.append(twin)
    opened.NameToInfo[twin.filename] = twin


def twice(opened: ZipFile, key: str) -> None:
    """Two entries of one name."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        opened.writestr("customer.csv", good(key))
        opened.writestr("customer.csv", good(f"{key}-other"))


def many(opened: ZipFile, _key: str) -> None:
    """More entries than anybody packs."""
    for place in range(10_001):
        opened.writestr(ZipInfo(f"{place}"), "")


def in_itself(folder: Path, key: str) -> None:
    """An archive in an archive in an archive, each of the same name."""
    content = zipped({"fine/customer.csv": good(f"{key}-fine")})
    for _ in range(3):
        content = zipped({"r.zip": content, "fine/customer.csv": good(f"{key}-fine")})
    (folder / "r.zip").write_bytes(content)


def sheet_xml(*rows: str) -> str:
    """The part of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def row(line: int, *values: str) -> str:
    """A row of texts."""
    cells = (f'<c t="inlineStr"><is><t>{value}</t></is></c>' for value in values)
    return f'<row r="{line}">{"".join(cells)}</row>'


def parts(sheet: str, more: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of a workbook with a sheet `customer`."""
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="customer" sheetId="1" r:id="r1"/></sheets>'
    links = f'<Relationship Id="r1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
    links += f'<Relationship Id="r2" Type="{LINKS}/sharedStrings" Target="sharedStrings.xml"/>'
    links += f'<Relationship Id="r3" Type="{LINKS}/styles" Target="/xl/styles.xml"/>'
    main = f'<Relationship Id="a" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{main}</Relationships>',
        "xl/workbook.xml": f"{book}</workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **(more or {}),
    }


def book(sheet: Callable[[str], str], more: Mapping[str, str | bytes] | None = None) -> Make:
    """A workbook customer.xlsx whose sheet is made from the key."""
    return text("customer.xlsx", lambda key: zipped(parts(sheet(key), more)))


def table(*rows: str) -> Callable[[str], str]:
    """A sheet with the header of customers, one good row and these."""
    head = row(1, "customer_id", "name", "created_at")
    return lambda key: sheet_xml(head, row(2, key, "Acme", "2024-01-01"), *rows)


def laughs(name: str) -> str:
    """A text part that names itself a billion times over."""
    lines = [f'<!ENTITY a{n} "{"&a" + str(n - 1) + ";" * 1}{("&a" + str(n - 1) + ";") * 9}">' for n in range(1, 10)]
    return f'<!DOCTYPE x [<!ENTITY a0 "ha">{"".join(lines)}]><{name}><si><t>&a9;</t></si></{name}>'


def office(name: str = "") -> bytes:
    """The beginning of a file of the old Office, with the name of one stream."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1_528 + name.encode("utf-16-le") + b"\0" * 2_000


def long_list(folder: Path, key: str) -> None:
    """An archive that says its list of entries takes two gigabytes."""
    content = bytearray(zipped({"customer.csv": good(key)}))
    content[content.rfind(b"PK\x05\x06") + 12 :][:4] = b""
    at = content.rfind(b"PK\x05\x06") + 12
    content[at : at + 4] = struct.pack("<L", 2_000_000_000)
    (folder / "all.zip").write_bytes(content)


def pipe(folder: Path, _key: str) -> None:
    """A pipe into which nobody writes."""
    os.mkfifo(folder / "customer.csv")


def listening(folder: Path, _key: str) -> None:
    """A socket."""
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("customer.csv")
    finally:
        os.chdir(here)


def link(target: str) -> Make:
    """A symbolic link."""
    return lambda folder, _key: (folder / "customer.csv").symlink_to(target)


def linked_out(folder: Path, key: str) -> None:
    """A link to a file beside the folder that is loaded."""
    outside = folder.parent.parent / "outside.csv"
    outside.write_text(good(key))
    (folder / "customer.csv").symlink_to(outside)


def folder_out(folder: Path, key: str) -> None:
    """A link to a folder beside the one that is loaded."""
    outside = folder.parent.parent / "outside"
    outside.mkdir()
    (outside / "customer.csv").write_text(good(key))
    (folder / "more").symlink_to(outside)


def in_a_folder(name: str | bytes) -> Make:
    """A good file under any name."""

    def make(folder: Path, key: str) -> None:
        path = os.path.join(os.fsencode(folder), os.fsencode(name))  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "wb") as out:  # noqa: PTH123
            out.write(good(key).encode())

    return make
