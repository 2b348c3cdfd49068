"""Which fields of hand-offs are filled in and read, and what a template asks for from a day on."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from relevo.answers.relay.item_lines import items_page, rule_with, template_named
from relevo.base.errors import WrongUse
from relevo.desk.house.actions import save_versions
from relevo.desk.relay.templates import RULE, Template
from relevo.jobs.clock import now
from relevo.web.reader import reading_of
from relevo.web.relay import items as words
from relevo.web.views.settings.tabs import company_today, day_of

NOT_UNDERSTOOD = 422


@require_http_methods(["GET", "HEAD", "POST"])
def handoff_items(request: HttpRequest) -> HttpResponse:
    """Every template with the use of its fields; a POST changes one from a day on, with a reason."""
    if request.method != "POST":
        return _page(request)
    reading, asked = reading_of(request), request.POST
    name = asked.get("template", "")
    before = template_named(reading, name, company_today())
    try:
        on = day_of(asked.get("from_on", ""))
        versions = rule_with(reading, _changed(before, asked), on)
        save_versions(RULE, versions, reading.viewer.name, asked.get("reason", ""), now())
    except WrongUse as problem:
        return _page(request, problem)
    return HttpResponseRedirect(f"{reverse('handoff-items')}?done={on.isoformat()}#template-{name}")


def _changed(before: Template, asked: QueryDict) -> Template:
    """The template of the form: without one item from the list of the unread, else as its own form says."""
    if asked.get("drop"):
        return replace(before, items=tuple(item for item in before.items if item != asked["drop"]))
    days = asked.get("days", "")
    if not days.isascii() or not days.isdigit() or len(days) > 4:
        raise WrongUse(f"{days[:40]!r} is no number of days.", "Write 1 to 365.")
    return replace(
        before,
        items=_kept(before.items, asked, "item"),
        checklist=_kept(before.checklist, asked, "line"),
        days=int(days),
    )


def _kept(before: tuple[str, ...], asked: QueryDict, name: str) -> tuple[str, ...]:
    """What stays ticked, in its order, and what is added; words become lower_snake."""
    ticked = set(asked.getlist(name))
    added = "_".join(asked.get(f"new_{name}", "").lower().split())
    return (*(each for each in before if each in ticked), *([added] if added else []))


def _page(request: HttpRequest, problem: WrongUse | None = None) -> HttpResponse:
    page = items_page(reading_of(request), now(), company_today())
    done = request.GET.get("done", "")
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "reads": words.use_chart(page),
        "unread": words.unread_rows(page),
        "templates": [words.template_view(each) for each in page.templates],
        "problem": problem,
        "typed": request.POST,
        "ticked": {"item": request.POST.getlist("item"), "line": request.POST.getlist("line")},
        "today": company_today(),
        "done": day_of(done) if done else None,
    }
    return render(request, "relevo/relay/items.html", told, status=NOT_UNDERSTOOD if problem else 200)
