"""Fit: wins that nobody qualified, open deals, overrides, declined deals; each list a file too."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from relevo.answers.notes import customer_to_write_about
from relevo.answers.relay.acting import my_person
from relevo.answers.relay.declined import DeclineLine, check_may_decline, decline_to_withdraw, declined_deals
from relevo.answers.relay.declined_budget import declined_this_year
from relevo.answers.relay.fit import PAGE, FitLine, FitPage, fit_page
from relevo.answers.values import Unit
from relevo.base.errors import WrongUse
from relevo.base.money import exponent
from relevo.desk.relay.actions_fit import NewDecline, decline, withdraw_decline
from relevo.desk.relay.fit import Why
from relevo.jobs.clock import now
from relevo.web.downloads import csv_file
from relevo.web.labels import label
from relevo.web.numbers import offset_of
from relevo.web.parts import Grid, More
from relevo.web.reader import reading_of
from relevo.web.relay import fit_words as words
from relevo.web.spreadsheets import SheetColumn, xlsx_file
from relevo.web.trail import note_export, note_person_level
from relevo.web.views.settings.tabs import company_today, day_of

NOT_UNDERSTOOD = 422
_MOST_DIGITS = 15
_DEAL_COLUMNS: dict[str, Unit] = {
    "deal_id": Unit.TEXT, "name": Unit.TEXT, "customer_id": Unit.TEXT, "customer": Unit.TEXT, "person_id": Unit.TEXT,
    "person": Unit.TEXT, "outcome": Unit.TEXT, "opened_on": Unit.DATE, "closed_on": Unit.DATE,
    "amount_cents": Unit.MONEY, "answered": Unit.COUNT, "questions": Unit.COUNT, "score": Unit.RATE,
    "gate": Unit.RATE, "override": Unit.TEXT,
}  # fmt: skip
_DECLINED_COLUMNS: dict[str, Unit] = {
    "deal_id": Unit.TEXT, "name": Unit.TEXT, "customer_id": Unit.TEXT, "customer": Unit.TEXT, "person_id": Unit.TEXT,
    "person": Unit.TEXT, "declined_on": Unit.DATE, "amount": Unit.TEXT, "currency": Unit.TEXT, "why": Unit.TEXT,
    "reason": Unit.TEXT, "created_by": Unit.TEXT, "later": Unit.TEXT, "since": Unit.DATE, "left_on": Unit.DATE,
}  # fmt: skip


@require_safe
def fit(request: HttpRequest) -> HttpResponse:
    """Fit of deals; `?list=` and `?offset=` bring the next rows of one of its lists."""
    if request.headers.get("HX-Request") and request.GET.get("list"):
        return _next_rows(request)
    return _page(request)


@require_safe
def fit_file(request: HttpRequest, form: str) -> HttpResponse:
    """One of the lists whole, as CSV or XLSX."""
    name = _list(request)
    columns = _DECLINED_COLUMNS if name == "declined" else _DEAL_COLUMNS
    page = fit_page(reading_of(request), company_today())
    rows = _declined_rows(request) if name == "declined" else list(_rows(page, name))
    note_export(request, len(rows))
    if form == "csv":
        return csv_file(f"fit-{name}", list(columns), rows)
    sheet = [SheetColumn(key, key.replace("_", " "), unit) for key, unit in columns.items()]
    return xlsx_file(f"fit-{name}", sheet, rows, page.stamp.currency)


@require_POST
def add_decline(request: HttpRequest) -> HttpResponse:
    """Write down what was not sold on purpose and no CRM knows."""
    check_may_decline(reading_of(request))
    try:
        decline(_new_decline(request), request.user.get_username(), now())
    except WrongUse as problem:
        return _page(request, problem)
    return HttpResponseRedirect(f"{reverse('fit')}?done=declined#declined")


@require_POST
def take_back_decline(request: HttpRequest, key: int) -> HttpResponse:
    """Take back what was written down by mistake, or was sold after all."""
    decline_to_withdraw(reading_of(request), key)
    try:
        withdraw_decline(key, request.POST.get("reason", ""), request.user.get_username(), now())
    except WrongUse as problem:
        return _page(request, problem)
    return HttpResponseRedirect(f"{reverse('fit')}?done=taken_back#declined")


def _page(request: HttpRequest, problem: WrongUse | None = None) -> HttpResponse:
    reading = reading_of(request)
    page, declined = fit_page(reading, company_today()), declined_deals(reading)
    year = declined_this_year(reading, declined, company_today())
    if page.overrides_by:
        note_person_level(request, ["person_id"])
    grids = {name: _grid(page, declined, name, 0) for name in words.LISTS}
    told: dict[str, Any] = {
        "page": page,
        "sentence": words.fit_sentence(page),
        "figures": words.figures(page, len(declined), year),
        "kept": words.kept_chart(page.kept),
        "grids": grids,
        "more": {name: _more(page, declined, name, 0) for name in words.LISTS},
        "by_person": words.overrides_by_grid(page),
        "files": {name: [(form, _file(name, form)) for form in ("csv", "xlsx")] for name in words.LISTS},
        "mine": [line for line in declined if line.is_mine and line.key][:PAGE],
        "whys": [(str(code), label(words.WHYS, code)) for code in Why],
        "today": company_today().isoformat(),
        "problem": problem,
        "typed": request.POST,
        "done": request.GET.get("done", ""),
    }
    return render(request, "relevo/relay/fit.html", told, status=NOT_UNDERSTOOD if problem else 200)


def _next_rows(request: HttpRequest) -> HttpResponse:
    name, offset, reading = _list(request), offset_of(request), reading_of(request)
    page, declined = fit_page(reading, company_today()), declined_deals(reading)
    told = {"grid": _grid(page, declined, name, offset), "more": _more(page, declined, name, offset)}
    return render(request, "relevo/parts/grid_rows.html", told)


def _list(request: HttpRequest) -> str:
    name = request.GET.get("list", words.LISTS[0])
    if name not in words.LISTS:
        raise WrongUse(f"Fit has no list {name[:40]!r}.", f"Known: {', '.join(words.LISTS)}.")
    return name


def _grid(page: FitPage, declined: tuple[DeclineLine, ...], name: str, offset: int) -> Grid:
    end, currency = offset + PAGE, page.stamp.currency
    if name == "unqualified":
        return words.unqualified_grid(page.unqualified[offset:end], currency)
    if name == "open":
        return words.open_grid(page.open[offset:end], currency)
    if name == "overrides":
        return words.overrides_grid(page.overridden[offset:end])
    return words.declined_grid(declined[offset:end])


def _more(page: FitPage, declined: tuple[DeclineLine, ...], name: str, offset: int) -> More | None:
    lists = {"unqualified": page.unqualified, "open": page.open, "overrides": page.overridden, "declined": declined}
    found, end = len(lists[name]), offset + PAGE
    if end >= found:
        return None
    return More(f"{reverse('fit')}?{urlencode({'list': name, 'offset': end})}", end, found)


def _file(name: str, form: str) -> str:
    return f"{reverse(f'fit-{form}')}?{urlencode({'list': name})}"


def _rows(page: FitPage, name: str) -> Iterator[Mapping[str, Any]]:
    lists: Mapping[str, Iterable[FitLine]] = {
        "unqualified": page.unqualified, "open": page.open, "overrides": page.overridden,
    }  # fmt: skip
    for line in lists[name]:
        judged, deal = line.judged, line.deal
        same = ("deal_id", "name", "customer_id", "person_id", "outcome", "opened_on", "closed_on")
        score = judged.fit.score
        yield {
            **{key: getattr(deal, key) for key in same}, "customer": line.customer, "person": line.person,
            "amount_cents": line.amount_cents, "answered": judged.fit.answered, "questions": judged.fit.questions,
            "score": None if score is None else round(float(score), 6), "gate": round(float(judged.gate), 6),
            "override": judged.override.reason if judged.override else None,
        }  # fmt: skip


def _declined_rows(request: HttpRequest) -> list[Mapping[str, Any]]:
    return [_declined_row(line) for line in declined_deals(reading_of(request))]


def _declined_row(line: DeclineLine) -> Mapping[str, Any]:
    """The amount is a decimal here: each has a currency of its own."""
    cents, same = line.amount_cents, {key: getattr(line, key, None) for key in _DECLINED_COLUMNS}
    amount = None if cents is None else str(Decimal(cents).scaleb(-exponent(line.currency)))
    return {**same, "amount": amount, "later": str(line.later) if line.later else None}


def _new_decline(request: HttpRequest) -> NewDecline:
    asked, reading = request.POST, reading_of(request)
    currency = reading.company_book.company.currency
    customer_id = asked.get("customer", "").strip()
    return NewDecline(
        asked.get("name", ""), asked.get("why", ""), asked.get("reason", ""), day_of(asked.get("declined_on", "")),
        customer_id=customer_to_write_about(reading, customer_id) if customer_id else "",
        person_id=my_person(reading), amount_cents=minor_of(asked.get("amount", ""), currency), currency=currency,
    )  # fmt: skip


def minor_of(text: str, currency: str) -> int | None:
    """An amount as it was typed in minor units; None where nothing was. WrongUse for what is no amount."""
    plain = text.strip().replace(" ", "").replace(",", ".")
    if not plain:
        return None
    try:
        exact = Decimal(plain).scaleb(exponent(currency))
        if exact.adjusted() > _MOST_DIGITS or exact != exact.to_integral_value():
            raise ValueError(text)
        return int(exact)
    except (InvalidOperation, ValueError, OverflowError):
        raise WrongUse(f"{text[:40]!r} is no amount in {currency}.", "Write it as 1200 or 1200.50.") from None
