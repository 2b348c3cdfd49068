"""One file and how it is read, in words and fields: why it is taken for what, its columns, its questions, its rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.mapping import Answers, MappingPage
from relevo.web import format as written
from relevo.web.parts import Cell, Grid, Head
from relevo.web.said_words import DATES, DECIMALS, history_grid, said_words, table_words

# Offered beside the company's own; any other may be typed.
CURRENCIES = ("EUR", "USD", "GBP", "BRL", "MXN", "CHF", "CNY", "JPY", "INR", "CAD", "AUD")
ZONES = (
    "UTC", "Europe/Madrid", "Europe/Berlin", "Europe/London", "America/New_York", "America/Chicago",
    "America/Los_Angeles", "America/Sao_Paulo", "America/Mexico_City", "Asia/Shanghai", "Asia/Kolkata",
)  # fmt: skip
_EXAMPLES = 3


def mapping_told(page: MappingPage, answers: Answers | None) -> dict[str, Any]:
    """What the page of a file says."""
    guess = page.guess
    if guess is None:
        return {"sentence": _("%(file)s cannot be found any more.") % {"file": page.file}}
    asked = {question.about for question in guess.asks}
    open_now = {question.about for question in guess.questions}
    said = answers.entry if answers else _entry(page)
    return {
        "sentence": _sentence(page),
        "why": _why(page),
        "written": _written(page),
        "tables": _tables(page),
        "is_left": guess.said.is_ == "nothing",
        "choices": [
            _choice(page, about, said, is_open=about in open_now) for about in ("dates", "decimals") if about in asked
        ],
        "asks_currency": "currency" in asked or bool(said.get("currency")),
        "currency_is_open": "currency" in open_now,
        "currency": said.get("currency", ""),
        "currencies": sorted({page.currency, *CURRENCIES}),
        "asks_zone": guess.has_times,
        "zone": said.get("timezone", ""),
        "zone_now": guess.zone,
        "zones": sorted({page.timezone, *ZONES}),
        "columns": [_column(page, place) for place in range(len(guess.columns))] if guess.table else [],
        "before": _before(page),
        "after": [_after(each) for each in guess.after],
        "is_tentative": bool(open_now),
        "history": history_grid(page.history),
        "held_words": said_words(page.held.said) if page.held else "",
    }


def _entry(page: MappingPage) -> Mapping[str, str]:
    """What is kept about the file, as a form shows it."""
    said = page.guess.said if page.guess else None
    if said is None:
        return {}
    return {
        "dates": str(said.order or ""),
        "decimals": str(said.point or ""),
        "timezone": said.timezone,
        "currency": said.currency or "",
    }


def _sentence(page: MappingPage) -> str:
    guess, named = page.guess, {"file": page.file}
    if guess is None or guess.said.is_ == "nothing":
        return _("%(file)s is left alone") % named
    if not guess.table:
        return _("What is %(file)s?") % named
    named["table"] = table_words(guess.table)
    if guess.questions:
        abouts = len({question.about for question in guess.questions})
        told = ngettext(
            "%(file)s is taken for %(table)s and asks %(n)s question",
            "%(file)s is taken for %(table)s and asks %(n)s questions",
            abouts,
        )
        return told % {**named, "n": written.count(abouts)}
    return _("%(file)s is read as %(table)s") % named


def _why(page: MappingPage) -> str:
    """Why a file is taken for its table, or why for none."""
    guess = page.guess
    if guess is None or not guess.table:
        return guess.why.message if guess and guess.why else ""
    values = {"known": written.count(guess.known), "all": written.count(len(guess.columns))}
    told = [_("%(known)s of its %(all)s columns are known there.") % values]
    if guess.is_named:
        told.append(_("Its name says so too."))
    if guess.said.is_:
        told.append(_("Somebody said so."))
    return " ".join(told)


def _written(page: MappingPage) -> str:
    guess = page.guess
    if guess is None or not guess.encoding:
        return ""
    sign = _("tab") if guess.delimiter == "\t" else f"“{guess.delimiter}”"
    return _("Written as %(encoding)s with %(sign)s between its columns.") % {"encoding": guess.encoding, "sign": sign}


def _tables(page: MappingPage) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """What a file can be taken for: the likely ones first, then all, by system."""
    guess = page.guess
    if guess is None:
        return []
    likely = [code for code in dict.fromkeys((guess.table, *guess.others)) if code]
    first = [(code, table_words(code), code == guess.table) for code in likely]
    every = [
        (title, [(code, name.replace("_", " "), False) for code, name in tables if code not in likely])
        for title, tables in page.tables
    ]
    return [(_("Likely"), first), *every] if first else every


def _choice(page: MappingPage, about: str, said: Mapping[str, Any], is_open: bool) -> dict[str, Any]:
    """A question with two answers: each with what it makes of the same values."""
    words = DATES if about == "dates" else DECIMALS
    shown = [each for each in page.guess.shown if each.about == about] if page.guess else []
    title = _("In which order are its dates written?") if about == "dates" else _("What stands before its decimals?")
    return {
        "about": about,
        "title": title,
        "is_open": is_open,
        "answers": [(code, str(told), said.get(about) == code) for code, told in words.items()],
        "rows": [_shown(about, each) for each in shown],
    }


def _shown(about: str, each: Any) -> dict[str, Any]:
    readings = _readings(about, dict(each.readings))
    return {"text": each.text, "field": each.field.replace("_", " "), "readings": readings}


def _readings(about: str, readings: Mapping[str, str | None]) -> list[str]:
    """What each answer makes of a value, in the order of the answers."""
    if about == "dates":
        return [_day(readings.get(code)) for code in DATES]
    return [readings.get(code) or written.MISSING for code in DECIMALS]


def _day(text: str | None) -> str:
    return written.day(date.fromisoformat(text)) if text else written.MISSING


def _column(page: MappingPage, place: int) -> dict[str, Any]:
    guess = page.guess
    assert guess is not None  # noqa: S101 - only asked of a file that was found
    column = guess.columns[place]
    values = [row[place] for row in guess.before if row[place]]
    return {
        "place": place,
        "heading": column.heading,
        "examples": ", ".join(value[:40] for value in dict.fromkeys(map(str, values[:_EXAMPLES]))),
        "fields": [(name, name.replace("_", " "), name == column.field) for name, _kind in page.fields],
        "how": _how(column.kind, str(column.facts.order or ""), str(column.facts.point or "")),
    }


def _how(kind: str, order: str, point: str) -> str:
    if kind in ("time", "day"):
        return str(DATES.get(order, ""))
    return str(DECIMALS.get(point, "")) if kind in ("number", "major", "whole") else ""


def _before(page: MappingPage) -> Grid | None:
    guess = page.guess
    if guess is None or not guess.before:
        return None
    heads = tuple(Head(column.heading or written.MISSING) for column in guess.columns)
    rows = tuple(tuple(Cell((value or "")[:60]) for value in row) for row in guess.before)
    return Grid(_("As they stand in the file"), heads, rows)


def _after(each: Any) -> tuple[str, Grid, bool]:
    """The rows of one table of the book; whether any would be set aside."""
    has_problems = any(each.problems)
    shown = [n for n, _name in enumerate(each.columns) if any(row[n] is not None for row in each.rows)]
    heads = tuple(Head(each.columns[n].replace("_", " ")) for n in shown)
    aside = (Head(_("Put aside for")),) if has_problems else ()
    rows = tuple(
        (*(Cell((row[n] or written.MISSING)[:60]) for n in shown), *((Cell(problem or ""),) if has_problems else ()))
        for row, problem in zip(each.rows, each.problems, strict=True)
    )
    return each.table, Grid(_("As %(table)s of the book") % {"table": each.table}, (*heads, *aside), rows), has_problems
