"""From bytes to text: compression, byte order marks, encodings."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

import zstandard

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PEEK = 1 << 16

BROKEN = (OSError, EOFError, zlib.error, zstandard.ZstdError, UnicodeError)
"""What reading a damaged file raises: a finding about the file, not an error of the program."""


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, decompressed where its name ends in .gz or .zst."""
    with path.open("rb") as raw:
        if path.suffix == ".gz":
            yield cast(BinaryIO, gzip.GzipFile(fileobj=raw))
        elif path.suffix == ".zst":
            with zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True) as stream:
                yield cast(BinaryIO, stream)
        else:
            yield raw


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """The text of a file, line ends untouched.

    A byte order mark decides the encoding, else `encoding`. Bytes that do not decode become lone surrogates, which
    no text has, so that the rows they are in can be named. A file that has carriage returns and no line feeds is
    split at those.
    """
    with open_bytes(path) as stream:
        buffered = io.BufferedReader(cast(io.RawIOBase, _Readable(stream)), _PEEK)
        start = buffered.peek(_PEEK)
        found = next((name for mark, name in _MARKS if start.startswith(mark)), encoding)
        line_end = "\r" if b"\r" in start and b"\n" not in start else "\n"
        with io.TextIOWrapper(buffered, encoding=found, errors="surrogateescape", newline=line_end) as text:
            yield text


class _Readable(io.RawIOBase):
    """A decompressor as a raw stream, so that it can be buffered and peeked."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
