"""Definitions: the list, and one page per measure."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.definitions import Definition, DefinitionsPage, definition_page, definitions_page
from relevo.answers.values import Sentence, count
from relevo.web.labels import MEASURE_KINDS, PAGE_NAMES, UNITS, label
from relevo.web.panel import in_panel
from relevo.web.parts import column_name
from relevo.web.reader import reading_of
from relevo.web.sentences import say


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every measure with its question and what it must be read with; `?q=` and `?kind=` narrow the list."""
    page = definitions_page(reading_of(request))
    typed, kind = request.GET.get("q", "").strip()[:100], request.GET.get("kind", "")
    cards = [card_view(each) for each in page.definitions]
    found = [card for card in cards if _matches(card, typed, kind)]
    told = {
        "page": page,
        "cards": found,
        "typed": typed,
        "kinds": [{"code": k, "name": name, "on": k == kind} for k, name in MEASURE_KINDS.items()],
        "sentence": say(_sentence(page, found)),
        "is_filtered": bool(typed or kind),
    }
    part = request.headers.get("HX-Request")
    return render(request, "relevo/parts/definition_list.html" if part else "relevo/definitions.html", told)


@require_safe
def definition(request: HttpRequest, name: str) -> HttpResponse:
    """One measure: its formula, why it is measured, what it may bring people to do, and what it stands on."""
    found = definition_page(reading_of(request), name)
    columns = [(c.name, column_name(c.name), label(UNITS, str(c.unit)), c.doc) for c in found.card.columns]
    card = card_view(found) | {"columns": columns}
    told = {"c": card, "title": card["title"], "page_href": reverse("definition", args=[name])}
    return render(request, f"relevo/{'parts/panel_' if in_panel(request) else ''}definition.html", told)


def card_view(each: Definition) -> dict[str, Any]:
    """A definition in the language in force, ready for a template."""
    card, purpose = each.card, each.purpose
    return {
        "card": card,
        "name": card.name,
        "title": _(card.title),
        "question": _(card.question),
        "kind": label(MEASURE_KINDS, str(card.kind)),
        "kind_code": str(card.kind),
        "unit": label(UNITS, str(card.unit)),
        "symbols": purpose.symbols,
        "why": _(purpose.why),
        "wanted": _(purpose.wanted),
        "risked": _(purpose.risked),
        "partners": [{"name": other.name, "title": _(other.title)} for other in each.partners],
        "owner": each.owner,
        "version": each.version,
        "policy": each.policy,
        "reads": each.reads,
        "shown_on": _places(each.shown_on),
    }


def _places(routes: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": label(PAGE_NAMES, route), "href": _address(route)} for route in routes]


def _address(route: str) -> str:
    """Where a page is; empty for one that needs an argument, such as a customer's."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _matches(card: dict[str, Any], typed: str, kind: str) -> bool:
    words = " ".join((card["name"], card["title"], card["question"])).casefold()
    return (not kind or card["kind_code"] == kind) and all(w in words for w in typed.casefold().split())


def _sentence(page: DefinitionsPage, found: Sequence[dict[str, Any]]) -> Sentence:
    if len(found) < page.of:
        return Sentence("definitions.found", {"found": count(len(found)), "of": count(page.of)})
    return Sentence("definitions.all", {"of": count(page.of), "unowned": count(page.without_owner)})
