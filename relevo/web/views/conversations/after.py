"""What support is for: whether customers stay after contact."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.conversations.after import after_contact
from relevo.web.conversations import after as words
from relevo.web.conversations import after_curves as curves
from relevo.web.conversations import after_tiers as tiers
from relevo.web.reader import reading_of


@require_safe
def after(request: HttpRequest) -> HttpResponse:
    """Ratios after contact, the trap beside them, curves, doses, tiers, and what colleagues may see of theirs."""
    page = after_contact(reading_of(request))
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "ratios": words.ratios_chart(page),
        "trap": words.trap_chart(page),
        "curves": curves.curves_chart(page),
        "dose": curves.dose_chart(page),
        "rows": words.experiences_grid(page),
        "few": words.few(),
        "use": curves.use_grid(page.curves),
        "gap": tiers.gap_tile(page),
        "promises": tiers.promises_grid(page),
        "leaving": tiers.leaving_grid(page),
        "helpers": tiers.helpers_grid(page),
        "methods": (*curves.methods(), *tiers.methods()),
    }
    return render(request, "relevo/conversations/after.html", told)
