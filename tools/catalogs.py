"""Catalogs of the pages' words: collect them, and compile what was translated.

    python tools/catalogs.py collect   every string of code, templates and measure cards into the three .po files
    python tools/catalogs.py compile   .po to .mo, which is what the pages read
    python tools/catalogs.py missing   strings that still lack a translation; exit code 1 if there are any

Collecting keeps translations, drops strings that are gone, and never guesses: there are no fuzzy entries.
"""

import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parents[1] / "relevo" / "web"
# What mails say is written where they are sent.
MAILS = tuple(WEB.parent / "jobs" / name for name in ("mail_words.py", "notice_words.py"))
LOCALES = ("es", "pt_BR", "zh_Hans")
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_now": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "ngettext_noop": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Contexts come first in these.
WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext"}
Found = tuple[str | None, str | tuple[str, str], str]


def main(arguments: list[str]) -> int:
    """Run one of the three commands; 2 for any other."""
    commands = {"collect": collect, "compile": compile_all, "missing": say_missing}
    if len(arguments) != 1 or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]]()


def collect() -> int:
    """Bring the .po files up to date with the strings in use."""
    for locale in LOCALES:
        known = read_catalog(locale) if po_file(locale).exists() else Catalog(locale)
        write_catalog(locale, merged(locale, known))
    return 0


def merged(locale: str, known: Catalog) -> Catalog:
    """The strings in use with the translations that are known."""
    fresh = Catalog(locale, project="Relevo", charset="utf-8", fuzzy=False)
    for context, words, place in sorted(strings(), key=lambda found: (found[2], str(found[1]))):
        old = known.get(words if isinstance(words, str) else words[0], context)
        translated = old.string if old and _has_same_shape(old, words) else None
        flags = {"python-format"} if "%(" in str(words) else set()
        fresh.add(words, translated, locations=[(place, 0)], context=context, flags=flags)
    return fresh


def _has_same_shape(old: Message, words: str | tuple[str, str]) -> bool:
    return (old.id == words) or (isinstance(words, tuple) and tuple(old.id) == words)


def compile_all() -> int:
    """Write the .mo beside each .po."""
    for locale in LOCALES:
        po_file(locale).with_suffix(".mo").write_bytes(compiled(locale))
    return 0


def compiled(locale: str) -> bytes:
    """The .mo of a .po."""
    out = io.BytesIO()
    write_mo(out, read_catalog(locale))
    return out.getvalue()


def say_missing() -> int:
    """Print what lacks a translation."""
    lacking = {locale: missing(locale) for locale in LOCALES}
    for locale, words in lacking.items():
        for word in words:
            print(f"{locale}: {word!r}")
    return int(any(lacking.values()))


def missing(locale: str) -> list[str]:
    """Strings in use that the catalog lacks or leaves empty."""
    known = read_catalog(locale)
    lacking = []
    for context, words, _place in strings():
        entry = known.get(words if isinstance(words, str) else words[0], context)
        texts = () if entry is None else entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        if not texts or not all(texts) or entry is None or entry.fuzzy:
            lacking.append(str(words))
    return lacking


def strings() -> list[Found]:
    """Every string in use, once: context, words (a pair where there is a plural) and the file it stands in."""
    found: dict[tuple[str | None, str | tuple[str, str]], str] = {}
    for context, words, place in (*_of_python(), *_of_templates(), *_of_cards(), *_of_rules(), *_of_insights()):
        found.setdefault((context, words), place)
    return [(context, words, place) for (context, words), place in found.items()]


def _of_python() -> Iterator[Found]:
    for path in sorted(WEB.rglob("*.py")):
        yield from _extracted(path.read_bytes(), path.relative_to(WEB).as_posix())
    for path in MAILS:
        yield from _extracted(path.read_bytes(), path.relative_to(WEB.parent).as_posix())


def _of_templates() -> Iterator[Found]:
    from django.utils.translation.template import templatize

    for path in sorted(WEB.rglob("*.html")):
        place = path.relative_to(WEB).as_posix()
        yield from _extracted(templatize(path.read_text("utf-8"), origin=place).encode(), place)


def _of_cards() -> Iterator[Found]:
    """Titles, questions, purposes and reasons of measures: plain English in code, translated where they are shown."""
    from relevo.answers.purposes import PURPOSES
    from relevo.measures.catalog import MEASURES
    from relevo.measures.support.compat import REASONS

    for name, measure in MEASURES.items():
        yield None, measure.card.title, f"measures/{name}"
        yield None, measure.card.question, f"measures/{name}"
        purpose = PURPOSES[name]
        for words in (purpose.why, purpose.wanted, purpose.risked):
            yield None, words, f"purposes/{name}"
    for words in REASONS.values():
        yield None, words, "measures/waits_compat"


def _of_rules() -> Iterator[Found]:
    """What house rules mean, their units, sources and allowed values: plain English in code, translated where shown."""
    from relevo.desk.house.known import KNOWN

    for key, rule in KNOWN.items():
        for words in (rule.meaning, rule.source, rule.unit, rule.allowed):
            if words:
                yield None, words, f"house/{key}"


def _of_insights() -> Iterator[Found]:
    """How insights were found and what they do not prove: plain English in code, translated where it is shown."""
    from relevo.insight.people import happiness_people
    from relevo.insight.relay import field_fill_sellers, first_year, friction, friction_causes, lost_items
    from relevo.insight.talks import after_help, dose, helped_by, tiers

    about_friction = (friction.METHOD, friction_causes.METHOD, friction_causes.CAVEAT)
    for words in (first_year.METHOD, field_fill_sellers.METHOD, *about_friction, *lost_items.TEXTS):
        yield None, words, "insight/relay"
    for part in (after_help, dose, tiers, helped_by, happiness_people):
        yield None, part.METHOD, "insight/talks"
    yield None, happiness_people.CAVEAT, "insight/talks"


def _extracted(source: bytes, place: str) -> Iterator[Found]:
    for _line, function, messages, _comments in extract_python(io.BytesIO(source), KEYWORDS, (), {"encoding": "utf-8"}):
        texts = [m for m in (messages if isinstance(messages, tuple | list) else (messages,)) if m]
        if not texts or function not in KEYWORDS:
            continue
        context = texts.pop(0) if function in WITH_CONTEXT else None
        is_plural = str(function).startswith("n") and len(texts) > 1
        yield context, (texts[0], texts[1]) if is_plural else texts[0], place


def po_file(locale: str) -> Path:
    """Where a language's catalog stands."""
    return WEB / "locale" / locale / "LC_MESSAGES" / "django.po"


def read_catalog(locale: str) -> Catalog:
    """The catalog of a language."""
    with po_file(locale).open("rb") as file:
        return read_po(file, locale=locale)


def write_catalog(locale: str, catalog: Catalog) -> None:
    """Write a catalog without dates or line numbers, so that only words make a difference."""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    po_file(locale).parent.mkdir(parents=True, exist_ok=True)
    with po_file(locale).open("wb") as file:
        write_po(file, catalog, omit_header=False, sort_output=False, width=110, include_lineno=False)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relevo.settings")
    sys.exit(main(sys.argv[1:]))
