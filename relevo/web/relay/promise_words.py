"""Promises as words and tables: the ledger, what comes first, one promise with its history."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from relevo.answers.relay.promise_gaps import PromiseCounts
from relevo.answers.relay.promise_lines import PromiseLine
from relevo.answers.relay.promise_one import PromiseEvent, PromiseOne
from relevo.answers.relay.promises import Breaches, PromisesPage
from relevo.answers.values import Sentence, count, day, rate
from relevo.desk.relay.promises import EndedHow, ProductState, Standing
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.customer.head import not_for_you
from relevo.web.labels import Names, label
from relevo.web.parts import Cell, Grid, Head, More
from relevo.web.reader import clock
from relevo.web.sentences import say

STANDINGS: Names = {
    Standing.OPEN: pgettext_lazy("promise", "open"),
    Standing.KEPT: pgettext_lazy("promise", "kept"),
    Standing.LATE: pgettext_lazy("promise", "kept late"),
    Standing.BROKEN: pgettext_lazy("promise", "broken"),
}
STATES: Names = {
    ProductState.EXISTS: gettext_lazy("the product can do it"),
    ProductState.PLANNED: gettext_lazy("it is planned"),
    ProductState.ABSENT: gettext_lazy("the product cannot do it"),
}
ENDED: Names = {
    EndedHow.PERSON: gettext_lazy("somebody said so"),
    EndedHow.DATE: gettext_lazy("its day is over"),
    EndedHow.ISSUE: gettext_lazy("its issue shipped"),
}
EVENTS: Names = {
    "promised": gettext_lazy("written down"),
    "promise.changed": gettext_lazy("changed"),
    "promise.accepted": gettext_lazy("accepted"),
    "promise.refused": gettext_lazy("refused"),
    "promise.kept": pgettext_lazy("promise", "kept"),
    "promise.broken": pgettext_lazy("promise", "broken"),
    "promise.withdrawn": gettext_lazy("taken back"),
    "set_aside": gettext_lazy("not taken: somebody else had changed it"),
}


def counts_sentence(counts: PromiseCounts, page: PromisesPage) -> str:
    """How many are due, kept and broken: the whole company, as of the book."""
    named = {name: count(getattr(counts, name)) for name in ("made", "due", "kept", "late", "broken")}
    code = "promises.due" if counts.due else "promises.none_due" if counts.made else "promises.none"
    return say(Sentence(code, {**named, "gap": rate(counts.gap), "day": day(page.stamp.as_of)}))


def breaches_grid(lines: tuple[PromiseLine, ...], caption: str) -> Grid:
    """What is broken, or red and due soon."""
    heads = (Head(_("Promise")), Head(_("Customer")), Head(_("Promised by")), Head(_("Due")), Head(_("What is known")),
             Head(_("Where")))  # fmt: skip
    rows = tuple(
        (_said(line), _customer(line), Cell(line.person), Cell(written.day(line.due_on)), _standing(line), _where(line))
        for line in lines
    )
    return Grid(caption, heads, rows)


def ledger_grid(page: PromisesPage) -> Grid:
    """A page of the ledger, newest first."""
    names = (_("Promise"), _("Customer"), _("Promised by"), _("Promised on"), _("Could the product do it?"), _("Due"),
             _("What became of it"), _("Where"))  # fmt: skip
    return Grid(_("Promises"), tuple(Head(name) for name in names), tuple(_row(line) for line in page.rows))


def ledger_more(page: PromisesPage) -> More | None:
    """The row that leads to the next promises."""
    if page.next_offset is None:
        return None
    asked = urlencode([*page.ask.parameters(), ("offset", page.next_offset)])
    return More(f"{reverse('promises')}?{asked}", page.next_offset, page.found)


def address(page: PromisesPage, route: str = "promises") -> str:
    """The address of the question, as a page or as a file."""
    asked = urlencode(page.ask.parameters())
    return reverse(route) + (f"?{asked}" if asked else "")


def found_words(page: PromisesPage) -> str:
    """How many were found, and as of when each part of them stands."""
    days = written.day(page.today), written.day(page.stamp.as_of)
    here = _("%(n)s written down here, as of %(day)s") % {"n": written.count(page.found_here), "day": days[0]}
    book = _("%(n)s loaded, as of %(day)s") % {"n": written.count(page.found_loaded), "day": days[1]}
    return f"{here}; {book}"


def broken_more(found: Breaches) -> str:
    """How many more were broken than are shown; nothing where all are."""
    left = found.found - len(found.broken)
    if left <= 0:
        return ""
    told = ngettext("%(n)s more is broken or past its day", "%(n)s more are broken or past their day", left)
    return told % {"n": written.count(left)}


def one_sentence(one: PromiseOne) -> str:
    """How one promise stands."""
    line = one.line
    named = {"person": line.person or _("somebody"), "customer": line.customer or line.customer_id,
             "day": written.day(line.due_on)}  # fmt: skip
    if line.standing is Standing.OPEN:
        text = _("%(person)s’s promise to %(customer)s is open, due on %(day)s")
        return (text if line.due_on else _("%(person)s’s promise to %(customer)s is open, without a day")) % named
    told = {
        Standing.KEPT: _("%(person)s’s promise to %(customer)s was kept"),
        Standing.LATE: _("%(person)s’s promise to %(customer)s was kept late"),
        Standing.BROKEN: _("%(person)s’s promise to %(customer)s is broken"),
    }
    return told[line.standing] % named


def facts(one: PromiseOne) -> list[tuple[str, str, str]]:
    """What is known of one promise: a name, its words, and where they lead."""
    line, kept = one.line, one.kept
    hidden = line.text is None
    issue = f"{one.issue.title} ({one.issue.status})" if one.issue else kept.issue_id
    return [
        (_("Customer"), line.customer or line.customer_id, customer_address(line.customer_id) if line.customer else ""),
        (_("Promised by"), line.person or written.MISSING, ""),
        (_("To whom"), not_for_you() if hidden else line.to_whom or written.MISSING, ""),
        (_("Promised on"), written.day(line.made_at.astimezone(clock())), ""),
        (_("Due"), written.day(line.due_on), ""),
        (_("Could the product do it?"), label(STATES, line.product_state), ""),
        (_("Issue that would keep it"), issue or written.MISSING, ""),
        (_("Link"), not_for_you() if hidden else line.link or written.MISSING, line.link),
        (_("Deal"), line.deal_id or written.MISSING, ""),
        (_("Decided"), _decided(one), ""),
        (_("What became of it"), _became(one), ""),
        (_("Written down by"), one.written_by, ""),
    ]


def history_grid(one: PromiseOne) -> Grid:
    """Everything that happened to a promise, in order."""
    heads = (Head(_("When")), Head(_("What")), Head(_("Who")), Head(_("Words")))
    rows = tuple(
        (Cell(written.minute(e.at.astimezone(clock()))), Cell(label(EVENTS, e.kind)), Cell(_doer(e)), Cell(_words(e)))
        for e in one.events
    )
    return Grid(_("History"), heads, rows)


def is_red(line: PromiseLine) -> bool:
    """Whether a promise is shown red: open with nothing behind it, or broken."""
    return line.standing is Standing.BROKEN or (line.standing is Standing.OPEN and line.is_red)


def _doer(event: PromiseEvent) -> str:
    return _("by itself") if event.who == "relevo" else event.who


def _words(event: PromiseEvent) -> str:
    if event.text is None:
        return not_for_you()
    how = event.details.get("how")
    return event.text or (label(ENDED, str(how)) if how else "")


def _decided(one: PromiseOne) -> str:
    line = one.line
    if not line.accepted_at and not line.refused_at:
        return _("nobody accepted or refused it yet")
    told = _("accepted by %(who)s") if line.accepted_at else _("refused by %(who)s: %(why)s")
    return told % {"who": one.decided_by, "why": not_for_you() if line.text is None else one.kept.decided_why}


def _became(one: PromiseOne) -> str:
    how = one.kept.ended_how
    return label(STANDINGS, one.line.standing) + (f" · {label(ENDED, how)}" if how else "")


def _row(line: PromiseLine) -> tuple[Cell, ...]:
    return (
        _said(line),
        _customer(line),
        Cell(line.person),
        Cell(written.day(line.made_at.astimezone(clock()))),
        Cell(label(STATES, line.product_state)),
        Cell(written.day(line.due_on)),
        _standing(line),
        _where(line),
    )


def _said(line: PromiseLine) -> Cell:
    words = not_for_you() if line.text is None else line.text
    return Cell(words, reverse("promise", args=[line.key]) if line.key else "")


def _customer(line: PromiseLine) -> Cell:
    if line.customer is None:
        return Cell(line.customer_id)
    return Cell(line.customer, customer_address(line.customer_id))


def _standing(line: PromiseLine) -> Cell:
    told = label(STANDINGS, line.standing)
    if line.refused_at and line.standing is Standing.OPEN:
        return Cell(told, small=_("refused by those who would keep it"))
    if line.is_red and line.standing is Standing.OPEN:
        return Cell(told, small=_("red: nothing stands behind it"))
    return Cell(told)


def _where(line: PromiseLine) -> Cell:
    if line.key:
        return Cell(_("here"))
    return Cell(_("loaded"), small=_("as of %(day)s") % {"day": written.day(line.as_of)})
