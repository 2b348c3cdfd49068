"""Settings, house rules: what holds, its history, and a value from a day on."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from relevo.answers.north_star import possible_stars
from relevo.answers.people import names_of_people
from relevo.answers.settings_house import RuleLine, RulePage, house_page, rule_page
from relevo.base.errors import WrongUse
from relevo.desk.house.actions import save_rule
from relevo.desk.house.known import Kind, Known
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import home, reading_of
from relevo.web.rule_words import AREAS, RULES, TAKEN, field_text, value_of, value_words
from relevo.web.views.settings.tabs import company_today, day_of, settings_page

# Rules that are not written in a field: where they are changed instead.
ELSEWHERE = {
    "policy": "closing",
    "roles": "roles",
    "targets": "goals",
    "fit_questions": "fit-questions",
    "handoff_templates": "handoff-items",
}
_OWNERS = ("bridge_owners", "measure_owners")


@require_safe
def house(request: HttpRequest) -> HttpResponse:
    """Every rule that I may change, by area, and the facts of the company."""
    page = house_page(reading_of(request), home(), company_today())
    told = {
        "page": page,
        "areas": [(label(AREAS, area), _grid(request, label(AREAS, area), lines)) for area, lines in page.areas],
    }
    return settings_page(request, "house", told)


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, key: str) -> HttpResponse:
    """One rule with its history; a POST lets it have another value from a day on."""
    reading = reading_of(request)
    page = rule_page(reading, home(), key, company_today())
    if request.method == "GET":
        return _page(request, page)
    asked, known = request.POST, page.line.known
    try:
        if known.kind is Kind.TABLE:
            raise WrongUse(f"{key} is not changed here.", "Follow the link of the page.")
        day = day_of(asked.get("from_on", ""))
        value = value_of(known, asked.get("value", ""), _currency())
        save_rule(key, value, day, reading.viewer.name, asked.get("reason", ""), now())
    except WrongUse as problem:
        return _page(request, page, problem)
    return HttpResponseRedirect(f"{reverse('rule', args=[key])}?done=saved&from={day.isoformat()}")


def _page(request: HttpRequest, page: RulePage, problem: WrongUse | None = None) -> HttpResponse:
    line, known, currency = page.line, page.line.known, _currency()
    told: dict[str, Any] = {
        "line": line,
        "known": known,
        "name": label(RULES, known.key),
        "meaning": _(known.meaning),
        "source": _(known.source),
        "unit": _(known.unit) if known.unit else "",
        "allowed": _(known.allowed),
        "value": _words(request, known, line.value),
        "default": _words(request, known, known.default),
        "takes": str(TAKEN[known.takes]),
        "elsewhere": reverse(ELSEWHERE[known.key]) if known.key in ELSEWHERE else "",
        "is_long": known.kind in (Kind.LINES, Kind.PAIRS, Kind.MONEY_PAIRS, Kind.RUBRIC),
        "field": request.POST.get("value", field_text(known, line.value, currency)),
        "choices": _choices(request, line),
        "history": _history(request, page),
        "today": company_today(),
        "from_on": request.GET.get("from", ""),
    }
    return settings_page(request, "house", told, "rule", problem)


def _choices(request: HttpRequest, line: RuleLine) -> list[tuple[str, str, bool]]:
    """What a field offers to choose from; empty where it is typed."""
    if line.known.kind is Kind.FLAG:
        names = [("true", written.yes_or_no(True)), ("false", written.yes_or_no(False))]
    elif line.known.kind is Kind.MEASURE:
        names = [(name, _(title)) for name, title in possible_stars(reading_of(request))]
    else:
        return []
    chosen = request.POST.get("value", field_text(line.known, line.value, ""))
    return [(value, name, value == chosen) for value, name in names]


def _grid(request: HttpRequest, caption: str, lines: tuple[RuleLine, ...]) -> Grid:
    heads = tuple(
        Head(name) for name in (_("Rule"), _("Value"), _("Holds since"), _("By whom"), _("Why, or the source"))
    )
    return Grid(caption, heads, tuple(_row(request, line) for line in lines))


def _row(request: HttpRequest, line: RuleLine) -> tuple[Cell, ...]:
    known, rule = line.known, line.rule
    ahead = _("changes on %(day)s") % {"day": written.day(line.next_from)} if line.next_from else ""
    return (
        Cell(label(RULES, known.key), reverse("rule", args=[known.key])),
        Cell(_words(request, known, line.value), small=_(known.unit) if known.unit else ""),
        Cell(written.day(rule.from_on) if rule else _("by default"), small=ahead),
        Cell(rule.saved_by if rule else "relevo.toml" if line.is_of_file else written.MISSING),
        Cell(rule.reason if rule else _(known.source)),
    )


def _history(request: HttpRequest, page: RulePage) -> Grid:
    heads = tuple(Head(name) for name in (_("From"), _("Value"), _("By whom"), _("Saved"), _("Why")))
    rows = tuple(
        (
            Cell(written.day(v.from_on)),
            Cell(_words(request, page.line.known, v.value)),
            Cell(v.saved_by),
            Cell(written.moment(v.saved_at)),
            Cell(v.reason),
        )
        for v in page.versions
    )
    return Grid(_("History"), heads, rows)


def _currency() -> str:
    return home().config().company.currency


def _words(request: HttpRequest, known: Known, value: object) -> str:
    """The value of a rule for a reader; a measure by its title, an owner by the name."""
    reading = reading_of(request)
    if known.key in _OWNERS and isinstance(value, Mapping) and reading.published:
        names = names_of_people(reading)
        value = {what: names.get(who, who) for what, who in value.items()}
    if known.kind is Kind.MEASURE:
        return str(_(dict(possible_stars(reading)).get(str(value), str(value))))
    return value_words(known, value, _currency())
