"""What a file is by its first bytes, where that is not what its name says."""

from pathlib import Path

from relevo.sources.files.archives import BROKEN_ZIP, open_archive
from relevo.sources.files.limits import DEFAULT, Budget, TooMuch
from relevo.sources.files.lines import Broken
from relevo.sources.files.opening import open_regular

_START = 1 << 12
_SAVE = "Open it in a spreadsheet program and save it as .xlsx or CSV."
_EXPORT = "Export it again as CSV, Parquet or XLSX."
_ZIP, _PARQUET, _OLD_OFFICE = b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What Office names the one thing in a file that a password protects.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_OFFICE = 1 << 24
_SIGNS = (
    (_PARQUET, "Parquet", "Name it .parquet."),
    (b"\x1f\x8b", "packed with gzip", "Name it .csv.gz, or unpack it."),
    (b"\x28\xb5\x2f\xfd", "packed with Zstandard", "Name it .csv.zst, or unpack it."),
    (b"%PDF", "a PDF document", _EXPORT),
    (b"\x89PNG", "a picture", _EXPORT),
    (b"GIF8", "a picture", _EXPORT),
    (b"\xff\xd8\xff", "a picture", _EXPORT),
    (b"7z\xbc\xaf", "an archive of 7-Zip", "Pack it as ZIP, or unpack it."),
    (b"Rar!", "an archive of RAR", "Pack it as ZIP, or unpack it."),
    (b"BZh", "packed with bzip2", "Unpack it, or pack it with gzip."),
    (b"\xfd7zXZ", "packed with xz", "Unpack it, or pack it with gzip."),
    (b"SQLite format 3", "a database", _EXPORT),
    (b"\x7fELF", "a program", _EXPORT),
    (b"MZ\x90", "a program", _EXPORT),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<?xml", b"<style")


def other_than_text(path: Path) -> Broken | None:
    """What a file is that is named as text; None where it may be text, or cannot be opened, which reading it tells."""
    start = start_of(path)
    if start.startswith(_ZIP):
        is_book, hint = is_workbook(path), "Name it .xlsx, or save it as CSV."
        return _is("an XLSX workbook", hint) if is_book else _is("a ZIP archive", "Name it .zip, or unpack it.")
    return _other(path, start)


def other_than_zip(path: Path, wanted: str) -> Broken | None:
    """What a file is that is named as a workbook or an archive; None where it is packed as those are."""
    start = start_of(path)
    if not start:
        return Broken("the file is empty", "Export or copy it again.")
    if start.startswith((_ZIP, b"PK\x05\x06")):
        return None
    return _other(path, start) or _is(f"not {wanted}", "Name it .csv if it is text; else export or copy it again.")


def other_than_parquet(path: Path) -> Broken | None:
    """What a file is that is named Parquet, where its first bytes tell."""
    start = start_of(path)
    return None if start.startswith(_PARQUET) else other_than_text(path)


def start_of(path: Path) -> bytes:
    """The first bytes of a file; none where it cannot be opened."""
    try:
        with open_regular(path) as file:
            return file.read(_START)
    except OSError:
        return b""


def is_workbook(path: Path) -> bool:
    """Whether an archive is a workbook."""
    try:
        with open_archive(path, Budget(DEFAULT)) as archive:
            return "xl/workbook.xml" in archive.NameToInfo
    except (*BROKEN_ZIP, TooMuch):
        return False


def _other(path: Path, start: bytes) -> Broken | None:
    if start.startswith(_OLD_OFFICE):
        return _old_office(path)
    found = next((_is(what, hint) for sign, what, hint in _SIGNS if start.startswith(sign)), None)
    text = start.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return found or (_is("a web page or XML, not a table", _SAVE) if text.startswith(_MARKUP) else None)


def _old_office(path: Path) -> Broken:
    with open_regular(path) as file:
        is_locked = _LOCKED in file.read(_MOST_OFFICE)
    if is_locked:
        return _is("protected by a password", "Save it without a password.")
    return _is("a workbook of Excel 97 to 2003", _SAVE)


def _is(what: str, hint: str) -> Broken:
    return Broken(f"the file is {what}", hint)
