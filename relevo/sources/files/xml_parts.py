"""The XML inside a workbook, part by part, as calls for the elements that somebody wants.

Expat reads it as it is unpacked. A document type is refused at its first sign: workbooks have none, and entities that
name each other or files of the machine begin there.
"""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from relevo.sources.files.lines import MAX_RECORD_CHARACTERS

Attributes = Mapping[str, str]
_LONGEST_TAG = 1 << 22


class BadWorkbook(Exception):
    """A workbook cannot be read; the text says why."""


def number(text: str, what: str) -> int:
    """A number of an attribute; BadWorkbook where it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise BadWorkbook(f"it has {what} that is no number")
    return int(text)


class Handler:
    """What is done with the elements of a part: `begin` and `end` by name, and the text of those in `wanted`."""

    wanted: frozenset[str] = frozenset()

    def begin(self, name: str, attributes: Attributes) -> None:
        """An element begins; its name is without prefix."""

    def end(self, name: str, text: str) -> None:
        """An element ends; `text` is what it held, where it is one of `wanted`."""


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Tell a handler the elements of a part. BadWorkbook where it is no XML, or XML that no workbook has."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    _Bound(parser, handler)
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                raise BadWorkbook("it has a tag that does not end")
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise BadWorkbook(f"its XML is damaged ({problem})") from None
    except (ValueError, LookupError) as problem:
        # An encoding that Python does not know, or that expat cannot use.
        raise BadWorkbook(f"its XML cannot be read ({str(problem)[:100]})") from None


class _Bound:
    """The calls of expat as those of a handler."""

    def __init__(self, parser: expat.XMLParserType, handler: Handler) -> None:
        self._names = dict[str, str]()
        self._wanted = handler.wanted
        self._begin: Callable[[str, Attributes], None] = handler.begin
        self._end: Callable[[str, str], None] = handler.end
        self._parts: list[str] | None = None
        self._length = 0
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start_element
        parser.EndElementHandler = self._end_element
        parser.CharacterDataHandler = self._characters

    def _refuse(self, *_: object) -> None:
        raise BadWorkbook("its XML declares entities, which no workbook does")

    def _plain(self, name: str) -> str:
        if len(self._names) > 1_000:
            raise BadWorkbook("it has elements that no workbook has")
        return self._names.setdefault(name, name.rpartition(":")[2])

    def _start_element(self, name: str, attributes: Attributes) -> None:
        name = self._names.get(name) or self._plain(name)
        if name in self._wanted:
            self._parts, self._length = [], 0
        self._begin(name, attributes)

    def _characters(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)
            self._length += len(text)
            if self._length > MAX_RECORD_CHARACTERS:
                raise BadWorkbook("it has a text that is longer than can be read")

    def _end_element(self, name: str) -> None:
        name = self._names.get(name) or self._plain(name)
        if name in self._wanted and self._parts is not None:
            text, self._parts = "".join(self._parts), None
            self._end(name, text)
        else:
            self._end(name, "")
