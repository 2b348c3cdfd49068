"""The catalogs of every language are complete, whole, and compiled."""

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message

TOOLS = str(Path(__file__).parents[2] / "tools")
LOCALES = ("es", "pt_BR", "zh_Hans")
PLACES = re.compile(r"%\((\w+)\)s|%%|%")


@pytest.fixture(scope="module")
def catalogs() -> Iterator[ModuleType]:
    sys.path.insert(0, TOOLS)
    import catalogs

    yield catalogs
    sys.path.remove(TOOLS)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_string_is_translated(catalogs: ModuleType, locale: str) -> None:
    assert catalogs.missing(locale) == [], "python tools/catalogs.py collect, translate, then compile"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_string_is_left_over_or_guessed(catalogs: ModuleType, locale: str) -> None:
    wanted = {(c, w if isinstance(w, str) else w[0]) for c, w, _ in catalogs.strings()}
    entries = [m for m in catalogs.read_catalog(locale) if m.id]
    assert {(m.context, m.id if isinstance(m.id, str) else m.id[0]) for m in entries} == wanted
    assert not any(m.fuzzy for m in entries)


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_the_same(catalogs: ModuleType, locale: str) -> None:
    for message in catalogs.read_catalog(locale):
        for original, translated in pairs(message):
            assert sorted(PLACES.findall(original)) == sorted(PLACES.findall(translated)), translated


def test_texts_of_insights_that_pages_translate_are_collected(catalogs: ModuleType) -> None:
    """They are constants of other packages, of which a collector that reads calls sees the name alone."""
    web = Path(__file__).parents[2] / "relevo" / "web"
    told = set()
    for path in web.rglob("*.py"):
        module = ".".join(("relevo", "web", *path.relative_to(web).with_suffix("").parts))
        for name in re.findall(r"\b_\((\w*(?:METHOD|CAVEAT))\)", path.read_text("utf-8")):
            told.add(getattr(import_module(module), name))
    assert len(told) >= 10
    assert told <= {words for _, words, _ in catalogs.strings()}


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        forms = message.id if len(message.string) == 2 else (message.id[-1],) * len(message.string)
        yield from zip(forms, message.string, strict=True)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_compiled_is_what_is_written(catalogs: ModuleType, locale: str) -> None:
    compiled = catalogs.po_file(locale).with_suffix(".mo").read_bytes()
    assert compiled == catalogs.compiled(locale), "python tools/catalogs.py compile"


def test_every_column_of_a_measure_has_a_heading() -> None:
    from relevo.measures.catalog import MEASURES
    from relevo.web.headings import COLUMNS

    names = {column.name for measure in MEASURES.values() for column in measure.card.columns}
    assert names - set(COLUMNS) == set()


def test_every_wording_takes_the_values_it_is_given() -> None:
    from relevo.web.sentences import WORDINGS

    for code, wording in WORDINGS.items():
        assert set(PLACES.findall(wording.several or wording.text)) >= {wording.plural} - {""}, code
