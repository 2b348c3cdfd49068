"""Fit as words and tables: unqualified wins, open deals at the gate, who was let pass, what was not sold."""

from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.relay.declined import DeclineLine
from relevo.answers.relay.declined_budget import DeclinedThisYear
from relevo.answers.relay.fit import FEWEST, NOT_ALL, NOT_ASKED, FitLine, FitPage, KeptShare
from relevo.answers.relay.fit_deal import FitDealPage
from relevo.answers.values import Sentence, count, day, money
from relevo.desk.relay.fit import Why
from relevo.desk.relay.fit_questions import Fit
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.svg import draw
from relevo.web.customer.head import not_for_you
from relevo.web.labels import STATUSES, Names, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.reader import clock
from relevo.web.sentences import say

WHYS: Names = {
    Why.NO_FIT: gettext_lazy("they do not fit"),
    Why.CANNOT_BE_KEPT: gettext_lazy("we could not keep what they need"),
    Why.TOO_SMALL: gettext_lazy("too small"),
    Why.TOO_COSTLY: gettext_lazy("too costly to serve"),
    Why.OTHER: gettext_lazy("something else"),
}
_BANDS: Names = {
    "80-100": gettext_lazy("score of 80 % or more"),
    "60-79": gettext_lazy("score of 60 to 79 %"),
    "40-59": gettext_lazy("score of 40 to 59 %"),
    "0-39": gettext_lazy("score below 40 %"),
    NOT_ALL: gettext_lazy("some questions answered"),
    NOT_ASKED: gettext_lazy("no question answered"),
}
# The tables of the page, which are files too.
LISTS = ("unqualified", "open", "overrides", "declined")


def fit_sentence(page: FitPage) -> str:
    """How many wins nobody qualified, and for how much: the whole company."""
    figures, currency = page.figures, page.stamp.currency
    if not figures.wins:
        return say(Sentence("fit.no_wins"))
    named = {"unqualified": count(figures.unqualified), "wins": count(figures.wins),
             "amount": money(figures.cents, currency), "day": day(page.stamp.as_of)}  # fmt: skip
    if not figures.unqualified:
        return say(Sentence("fit.all_qualified", named))
    return say(Sentence("fit.unqualified" if figures.cents else "fit.unqualified_unsaid", named))


def figures(page: FitPage, declined: int, year: DeclinedThisYear | None) -> list[tuple[str, str, str]]:
    """The strip: a name, the figure, and what it rests on."""
    found, currency = page.figures, page.stamp.currency
    unknown = ngettext("%(n)s without an amount", "%(n)s without an amount", found.unknown) % {
        "n": written.count(found.unknown)}  # fmt: skip
    between = "" if found.low is None else f"95 %: {written.hundredths(found.low)}–{written.rate(found.high)}"
    return [
        (_("Unqualified wins"), written.count(found.unqualified), _("of %(n)s") % {"n": written.count(found.wins)}),
        (_("Amount of them"), not_for_you() if found.cents is None else written.short_money(found.cents, currency),
         unknown if found.unknown else ""),
        (_("Wins that passed the gate"), written.rate(found.share), between),
        (_("Let pass below the gate"), written.count(len(page.overridden)), _("of the deals you see")),
        (_("Not sold on purpose"), written.count(declined), _("of the deals you see")),
        *([_budget(year, currency)] if year else []),
    ]  # fmt: skip


def _budget(year: DeclinedThisYear, currency: str) -> tuple[str, str, str]:
    """What was declined this year, and the budget of it."""
    unknown = ngettext("%(n)s without an amount", "%(n)s without an amount", year.unknown) % {
        "n": written.count(year.unknown)}  # fmt: skip
    if year.budget_cents is None:
        budget = _("no budget is set (Settings)")
    else:
        values = {"share": written.rate(year.share), "budget": written.short_money(year.budget_cents, currency)}
        budget = _("%(share)s of the budget of %(budget)s") % values
    told = ", ".join(part for part in (budget, unknown if year.unknown else "") if part)
    return _("Declined in %(year)s") % {"year": year.year}, written.short_money(year.cents, currency), told


def unqualified_grid(lines: tuple[FitLine, ...], currency: str) -> Grid:
    """Wins whose questions were not all answered, or below the gate without a reason."""
    names = (_("Deal"), _("Customer"), _("Sold by"), _("Won on"))
    heads = (*(Head(name) for name in names), Head(_("Amount"), is_number=True), Head(_("Answered"), is_number=True),
             Head(_("Score"), is_number=True), Head(_("What is missing")))  # fmt: skip
    rows = tuple(
        (_deal(line), _customer(line), Cell(line.person or written.MISSING), Cell(written.day(line.deal.closed_on)),
         _amount(line, currency), *_fit(line.judged.fit), Cell(state(line)))
        for line in lines
    )  # fmt: skip
    return Grid(_("Unqualified wins"), heads, rows)


def open_grid(lines: tuple[FitLine, ...], currency: str) -> Grid:
    """Open deals and how they stand at the gate."""
    names = (_("Deal"), _("Customer"), _("Sold by"), _("Opened on"))
    heads = (*(Head(name) for name in names), Head(_("Amount"), is_number=True), Head(_("Answered"), is_number=True),
             Head(_("Score"), is_number=True), Head(_("At the gate")))  # fmt: skip
    rows = tuple(
        (_deal(line), _customer(line), Cell(line.person or written.MISSING), Cell(written.day(line.deal.opened_on)),
         _amount(line, currency), *_fit(line.judged.fit), Cell(state(line)))
        for line in lines
    )  # fmt: skip
    return Grid(_("Open deals"), heads, rows)


def overrides_grid(lines: tuple[FitLine, ...]) -> Grid:
    """Deals that somebody let pass below the gate, and why."""
    names = (_("Deal"), _("Sold by"), _("Let pass by"), _("When"), _("Why"))
    heads = (*(Head(name) for name in names), Head(_("Score then"), is_number=True))
    rows = tuple(
        (_deal(line), Cell(line.person or written.MISSING), Cell(line.override_by),
         Cell(written.day(kept.at.astimezone(clock()))), Cell(kept.reason), Cell(_score(kept.score), is_number=True))
        for line in lines if (kept := line.judged.override)
    )  # fmt: skip
    return Grid(_("Let pass below the gate"), heads, rows)


def overrides_by_grid(page: FitPage) -> Grid:
    """By whose deals they were; for who sees the person."""
    heads = (Head(_("Sold by")), Head(_("Deals let pass"), is_number=True))
    rows = tuple((Cell(each.person), Cell(written.count(each.deals), is_number=True)) for each in page.overrides_by)
    return Grid(_("By person"), heads, rows)


def declined_grid(lines: tuple[DeclineLine, ...]) -> Grid:
    """What was not sold on purpose, and what became of the customer."""
    names = (_("What was not sold"), _("Customer"), _("By whom"), _("When"))
    heads = (*(Head(name) for name in names), Head(_("Amount"), is_number=True), Head(_("Why")), Head(_("In words")),
             Head(_("What became of it")))  # fmt: skip
    return Grid(_("Declined deals"), heads, tuple(_declined(line) for line in lines))


def _declined(line: DeclineLine) -> tuple[Cell, ...]:
    amount = written.MISSING if line.amount_cents is None else written.money(line.amount_cents, line.currency)
    where = "" if line.key else _("as the CRM says")
    return (
        Cell(line.name, small=where),
        Cell(line.customer or line.customer_id, customer_address(line.customer_id) if line.customer else ""),
        Cell(line.person or line.created_by),
        Cell(written.day(line.declined_on)),
        Cell(amount, is_number=True),
        Cell(label(WHYS, line.why)),
        Cell(line.reason or written.MISSING),
        Cell(later(line)),
    )


def later(line: DeclineLine) -> str:
    """What became of the customer, as of the book; unknown where it never became one."""
    if line.later is None:
        return written.MISSING
    known = {"since": written.day(line.since), "status": label(STATUSES, line.later), "left": written.day(line.left_on)}
    if line.left_on:
        return _("customer since %(since)s, left on %(left)s") % known
    return _("customer since %(since)s, %(status)s") % known


def kept_chart(kept: tuple[KeptShare, ...]) -> ChartView | None:
    """Who pays a year after the start, by how the first deal had fitted; None where there is nothing to compare."""
    if len(kept) < 2:
        return None
    shown = [
        Share(label(_BANDS, each.group), each.share, each.low or 0.0, each.high or 0.0, each.n)
        for each in kept if each.share is not None
    ]  # fmt: skip
    title = _kept_title(shown)
    heads = (Head(_("How the first deal had fitted")), Head(_("Customers"), is_number=True),
             Head(_("Kept"), is_number=True), Head(_("Share"), is_number=True), Head(_("95 % interval")))  # fmt: skip
    return ChartView(
        key="kept",
        title=title,
        subtitle=_("Share of customers that pay a year after their first month, 95 % interval, n customers"),
        drawing=draw(shares_picture(shown, _("share kept a year later")), title) if shown else None,
        grid=Grid(_("Kept by fit"), heads, tuple(_kept_row(each) for each in kept)),
        foot=_(
            "As of the book, with answers given before the sale. An association: customers who fit differ from the "
            "others in more than their answers."
        ),
    )


def _kept_title(shown: list[Share]) -> str:
    if len(shown) < 2:
        return _("Too few customers to compare by fit")
    best, worst = max(shown, key=lambda s: s.share), min(shown, key=lambda s: s.share)
    named = {"best": best.name, "top": written.rate(best.share, 0), "worst": worst.name,
             "low": written.rate(worst.share, 0)}  # fmt: skip
    if best.low <= worst.high:
        return _("A year later customers of every fit stay alike, as far as can be told")
    return _("A year later %(top)s with %(best)s still pay, and %(low)s with %(worst)s") % named


def _kept_row(each: KeptShare) -> tuple[Cell, ...]:
    name, numbers = Cell(label(_BANDS, each.group)), (Cell(written.count(each.n), is_number=True),
                                                      Cell(written.count(each.kept), is_number=True))  # fmt: skip
    if each.share is None:
        return (name, *numbers, Cell(written.MISSING, is_number=True), Cell(_("fewer than %(n)s") % {"n": FEWEST}))
    between = f"{written.rate(each.low)} – {written.rate(each.high)}"
    return (name, *numbers, Cell(written.rate(each.share), is_number=True), Cell(between))


def deal_sentence(page: FitDealPage) -> str:
    """How one deal stands at the gate."""
    judged = page.line.judged
    named = {
        "deal": judged.deal.name, "score": _score(judged.fit.score), "gate": _score(judged.gate),
        "answered": written.count(judged.fit.answered), "questions": written.count(judged.fit.questions),
    }  # fmt: skip
    if not judged.fit.answered:
        return _("%(deal)s: no question is answered yet") % named
    if not judged.is_complete:
        return _("%(deal)s: %(answered)s of %(questions)s questions are answered") % named
    if judged.fit.passes(judged.gate):
        return _("%(deal)s passes the gate with %(score)s; it needs %(gate)s") % named
    if judged.override:
        return _("%(deal)s was let pass with %(score)s; the gate is %(gate)s") % named
    return _("%(deal)s stays below the gate: %(score)s of the points, and it needs %(gate)s") % named


def state(line: FitLine) -> str:
    """How a deal stands at the gate, in a few words."""
    judged = line.judged
    if not judged.is_complete:
        left = judged.fit.questions - judged.fit.answered
        told = ngettext("%(n)s is not answered", "%(n)s are not answered", left)
        text = told % {"n": written.count(left)}
        passed = _("let pass")
        return f"{text}; {passed}: {judged.override.reason}" if judged.override else text
    if judged.fit.passes(judged.gate):
        return _("passes")
    if judged.override:
        return _("let pass: %(why)s") % {"why": judged.override.reason}
    return _("below the gate of %(gate)s") % {"gate": _score(judged.gate)}


def _deal(line: FitLine) -> Cell:
    return Cell(line.deal.name, reverse("fit-deal", args=[line.deal.deal_id]))


def _customer(line: FitLine) -> Cell:
    key = line.deal.customer_id
    return Cell(line.customer or key or written.MISSING, customer_address(key) if line.customer else "")


def _amount(line: FitLine, currency: str) -> Cell:
    hidden = not line.sees_amount
    return Cell(not_for_you() if hidden else written.money(line.amount_cents, currency), is_number=True)


def _fit(fit: Fit) -> tuple[Cell, Cell]:
    told = _("%(n)s of %(all)s") % {"n": written.count(fit.answered), "all": written.count(fit.questions)}
    return Cell(told, is_number=True), Cell(_score(fit.score), is_number=True)


def _score(score: Fraction | None) -> str:
    return written.MISSING if score is None else written.rate(float(score), 0)
