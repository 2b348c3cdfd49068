"""From bytes to text: compression, byte order marks, encodings, lines of any length."""

import codecs
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO, cast

import zstandard

from relevo.sources.files.limits import DEFAULT, Budget, Limits, TooMuch

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_PEEK = 1 << 16
_MARK_BAD = "relevo.mark_bad"

BROKEN = (OSError, EOFError, zlib.error, zstandard.ZstdError, UnicodeError, TooMuch)
"""What reading a damaged file raises: a finding about the file, not an error of the program."""


def _mark_bad(problem: UnicodeError) -> tuple[str | bytes, int]:
    """Bytes that are no text become lone surrogates; a text that ends within a sign was cut, which is told."""
    if not isinstance(problem, UnicodeDecodeError) or "truncated" in problem.reason:
        raise problem
    return "\udcff", problem.end


codecs.register_error(_MARK_BAD, _mark_bad)


def open_regular(path: Path) -> io.BufferedReader:
    """The bytes of a file as they are. OSError for what is no file: a pipe would be waited for, a device has no end."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("it is not a file")
    return io.BufferedReader(io.FileIO(handle, "rb"), _PEEK)


@contextmanager
def open_bytes(path: Path, limits: Limits | None = None) -> Iterator[BinaryIO]:
    """The bytes of a file, decompressed where its name ends in .gz or .zst; TooMuch where those pass the limits."""
    with open_regular(path) as raw:
        if path.suffix == ".gz":
            yield _measured(cast(BinaryIO, gzip.GzipFile(fileobj=raw)), raw, limits)
        elif path.suffix == ".zst":
            yield _measured(cast(BinaryIO, _Zstandard(raw)), raw, limits)
        else:
            yield raw


def _measured(stream: BinaryIO, raw: BinaryIO, limits: Limits | None) -> BinaryIO:
    size = os.fstat(raw.fileno()).st_size
    return cast(BinaryIO, io.BufferedReader(_Unpacked(stream, size, Budget(limits or DEFAULT)), _PEEK))


class _Zstandard:
    """Frames of Zstandard one after another. The reader of the library takes a file that was cut off for whole."""

    # So little at a time, because a few bytes may stand for a hundred thousand.
    _TAKEN = 1 << 11

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self._frame = zstandard.ZstdDecompressor().decompressobj()
        self._ready = memoryview(b"")
        self._is_within = False

    def read(self, size: int) -> bytes:
        """The next bytes, at most so many; none at the end. EOFError where the file ends within a frame."""
        while not self._ready:
            packed = self._frame.unused_data or self._raw.read(self._TAKEN)
            if self._frame.eof:
                self._frame, self._is_within = zstandard.ZstdDecompressor().decompressobj(), False
            if not packed:
                if self._is_within:
                    raise EOFError("it ends before its end")
                return b""
            self._ready = memoryview(self._frame.decompress(packed))
            self._is_within = not self._frame.eof
        taken, self._ready = self._ready[:size], self._ready[size:]
        return bytes(taken)


class _Unpacked(io.RawIOBase):
    """What comes out of a decompressor, as a raw stream that counts."""

    def __init__(self, stream: BinaryIO, packed: int, budget: Budget) -> None:
        self._stream = stream
        self._packed = packed
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._budget.spend(len(data), self._budget.spent + len(data), self._packed)
        buffer[: len(data)] = data
        return len(data)


def encoding_marked(start: bytes) -> str | None:
    """The encoding that a byte order mark at the start of a file tells; None where there is no mark."""
    return next((name for mark, name in _MARKS if start.startswith(mark)), None)


class Lines:
    """The lines of a text in blocks, each with its end; the end is a line feed, or a carriage return where that is."""

    def __init__(self, text: TextIO, end: str) -> None:
        self._text = text
        self._end = end
        self._rest = ""

    def block(self, size: int, longest: int) -> list[str]:
        """The next lines, of about `size` characters; none at the end. A line stops after `longest` and one more."""
        while text := self._text.read(size):
            first, *others = text.split(self._end)
            if not others:
                self._rest = (self._rest + first)[: longest + 1]
                continue
            lines = [self._rest + first, *others]
            self._rest = lines.pop()[: longest + 1]
            end = self._end
            return [line + end if len(line) <= longest else line[: longest + 1] + end for line in lines]
        last, self._rest = self._rest, ""
        return [last] if last else []


@contextmanager
def open_lines(path: Path, encoding: str, limits: Limits | None = None) -> Iterator[Lines]:
    """The lines of a file.

    A byte order mark decides the encoding, else `encoding`. Bytes that do not decode become lone surrogates, which
    no text has, so that the rows they are in can be named. A file that has carriage returns and no line feeds is
    split at those.
    """
    with open_bytes(path, limits) as stream:
        buffered = cast(io.BufferedReader, stream)
        start = buffered.peek(_PEEK)
        found = encoding_marked(start) or encoding
        line_end = "\r" if b"\r" in start and b"\n" not in start else "\n"
        is_wide = codecs.lookup(found).name.startswith(("utf-16", "utf-32"))
        errors = _MARK_BAD if is_wide else "surrogateescape"
        with io.TextIOWrapper(buffered, encoding=found, errors=errors, newline=line_end) as text:
            yield Lines(text, line_end)
