"""Identity as sentences and tables: what waits for a word, two customers side by side, what was decided."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.identity_book import SourceCount
from relevo.answers.identity_decisions import DecisionLine
from relevo.answers.identity_review import CustomerSide, IdentityNews, Order, Pair, ReviewQueue
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.customer.head import not_for_you
from relevo.web.identity_words import DECISIONS, EVIDENCE, kinds, reason, sure, undone
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head, More
from relevo.web.reader import clock


def pair_address(one: str, other: str) -> str:
    """Where two customers stand side by side."""
    return f"{reverse('identity')}?{urlencode({'one': one, 'other': other})}"


def queue_sentence(queue: ReviewQueue) -> str:
    """What waits, in a sentence."""
    if not queue.found:
        return _("No pair of customers waits for your word")
    told = ngettext("%(n)s pair of customers may be one", "%(n)s pairs of customers may be one", queue.found)
    return told % {"n": written.count(queue.found)}


def waiting_note(waiting: int) -> str:
    """That decisions wait for the next book; nothing where none does."""
    if not waiting:
        return ""
    told = ngettext(
        "%(n)s decision waits for the next book, which the worker makes at its next turn.",
        "%(n)s decisions wait for the next book, which the worker makes at its next turn.",
        waiting,
    )
    return told % {"n": written.count(waiting)}


def news(found: IdentityNews) -> list[str]:
    """What the first pages say: pairs that wait, and customers that one system alone knows."""
    said = []
    if found.open_pairs:
        told = ngettext(
            "%(n)s pair of customers may be one and waits for somebody who knows.",
            "%(n)s pairs of customers may be one and wait for somebody who knows.",
            found.open_pairs,
        )
        said.append(told % {"n": written.count(found.open_pairs)})
    if found.alone:
        named = ", ".join(
            _("%(n)s of %(source)s") % {"n": written.count(c.unmatched), "source": c.source} for c in found.alone
        )
        said.append(_("Customers that one system alone knows: %(named)s.") % {"named": named})
    return said


def queue_grid(queue: ReviewQueue) -> Grid:
    """The pairs that wait; the first cell of each leads to the two side by side."""
    by = {each: f"{reverse('identity')}?order={each}" for each in Order}
    heads = (
        Head(_("Customer")),
        Head(_("May be the same as")),
        Head(_("How sure"), is_number=True, href=by[Order.CONFIDENCE], sort=_sorted(queue, Order.CONFIDENCE)),
        Head(_("MRR of both"), is_number=True, href=by[Order.MONEY], sort=_sorted(queue, Order.MONEY)),
        Head(_("What speaks for it")),
        Head(_("What speaks against it")),
    )
    rows = tuple(
        (
            Cell(row.customer, pair_address(row.customer_id, row.other_id), small=row.customer_id),
            Cell(row.other, small=row.other_id),
            Cell(sure(row.confidence), is_number=True),
            Cell(_money(row.mrr_cents, queue.stamp.currency), is_number=True),
            Cell(kinds(row.kinds)),
            Cell(kinds(row.against)),
        )
        for row in queue.rows
    )
    return Grid(_("Pairs that may be one customer"), heads, rows)


def queue_more(queue: ReviewQueue) -> More | None:
    """The row that leads to the next pairs."""
    if queue.next_offset is None:
        return None
    asked = urlencode({"order": queue.order, "offset": queue.next_offset})
    return More(f"{reverse('identity')}?{asked}", queue.next_offset, queue.found)


def counts_grid(counts: tuple[SourceCount, ...]) -> Grid:
    """Per system, how many of its customers others know too."""
    heads = (
        Head(_("Source system")),
        Head(_("Customers"), is_number=True),
        Head(_("Known to others too"), is_number=True),
        Head(_("Known to it alone"), is_number=True),
        Head(_("Pairs that wait"), is_number=True),
    )
    rows = tuple(
        (Cell(c.source), _count(c.customers), _count(c.matched), _count(c.unmatched), _count(c.candidates))
        for c in counts
    )
    return Grid(_("Which systems know whom"), heads, rows)


def pair_sentence(pair: Pair) -> str:
    """What is asked about two customers, with what the rules think."""
    if pair.other is None:
        return _("%(other)s counts as %(one)s") % {"other": pair.other_id, "one": pair.one.name}
    names = {"one": pair.one.name, "other": pair.other.name}
    if pair.confidence is None:
        return _("Are %(one)s and %(other)s one customer?") % names
    return _("Are %(one)s and %(other)s one customer? The rules are %(sure)s sure") % {
        **names,
        "sure": sure(pair.confidence),
    }


def sides_grid(pair: Pair) -> Grid:
    """What is known of each, a row for each fact."""
    sides = [side for side in (pair.one, pair.other) if side]
    facts = [_facts(side, pair.stamp.currency) for side in sides]
    heads = (Head(_("What is known")), *(Head(side.name) for side in sides))
    return Grid(_("Side by side"), heads, tuple((Cell(name), *(f[name] for f in facts)) for name in facts[0]))


def evidence_grid(pair: Pair) -> Grid:
    """What speaks for it and against it, the weightiest first."""
    heads = (
        Head(_("Evidence")),
        Head(pair.one.name),
        Head(pair.other.name if pair.other else pair.other_id),
        Head(_("Speaks")),
        Head(_("Weight in bits"), is_number=True),
    )
    rows = tuple(
        (
            Cell(label(EVIDENCE, e.kind)),
            Cell(not_for_you() if e.is_hidden else e.left or written.MISSING),
            Cell(not_for_you() if e.is_hidden else e.right or written.MISSING),
            Cell(_("for it") if e.is_for else _("against it")),
            Cell(written.signed(written.number, e.weight, 1), is_number=True),
        )
        for e in sorted(pair.evidence, key=lambda e: -abs(e.weight))
    )
    return Grid(_("What speaks for it and against it"), heads, rows)


def join_sentence(pair: Pair) -> str:
    """Why an id counts as the customer."""
    if pair.join is None:
        return ""
    values = {"source": pair.join.source, "reason": reason(pair.join.reason)}
    told = _("%(source)s names it so; it was joined by: %(reason)s.") % values
    if pair.join.confidence is None:
        return told
    return told + " " + _("The rule is %(sure)s sure.") % {"sure": sure(pair.join.confidence)}


def decisions_grid(lines: tuple[DecisionLine, ...], more: bool = True) -> Grid:
    """Decisions with who, when and why, and what became of them; the first cell leads to the two side by side."""
    heads = (
        Head(_("Customer")),
        Head(_("And")),
        Head(_("Decided")),
        Head(_("By whom")),
        Head(_("When")),
        Head(_("Why")),
        Head(_("State")),
    )
    return Grid(_("Decisions"), heads, tuple(_decision(line, is_linked=more) for line in lines))


def _decision(line: DecisionLine, *, is_linked: bool) -> tuple[Cell, ...]:
    href = pair_address(line.customer_id, line.other_id) if is_linked else ""
    state = undone(line) or _("holds")
    return (
        Cell(line.customer, href, small=_id_of(line.customer_id, line.customer)),
        Cell(line.other, small=_id_of(line.other_id, line.other)),
        Cell(label(DECISIONS, line.kind)),
        Cell(line.who),
        Cell(written.minute(line.decided_at.astimezone(clock()))),
        Cell(line.reason),
        Cell(state, small="" if line.in_book else _("with the next book")),
    )


def _id_of(key: str, name: str) -> str:
    return "" if key == name else key


def _sorted(queue: ReviewQueue, order: Order) -> str:
    return "descending" if queue.order is order else ""


def _facts(side: CustomerSide, currency: str) -> dict[str, Cell]:
    """The facts of one side by their names, in their order."""
    hidden = not_for_you()
    return {
        _("Page"): Cell(side.customer_id, customer_address(side.customer_id)),
        _("Name"): Cell(side.name),
        _("Domain"): Cell(side.domain or written.MISSING),
        _("Country"): Cell(side.country or written.MISSING),
        _("Tax number"): Cell((side.tax_id or written.MISSING) if side.sees_money else hidden),
        _("MRR"): Cell(_money(side.mrr_cents, currency)),
        _("Customer since"): Cell(written.day(side.since)),
        _("First seen"): Cell(written.day(side.first_seen)),
        _("People there"): Cell(written.count(side.contacts)),
        _("Conversations"): Cell(written.count(side.conversations)),
        _("Systems"): Cell(", ".join(side.systems) or written.MISSING),
    }


def _money(cents: int | None, currency: str) -> str:
    return not_for_you() if cents is None else written.money(cents, currency)


def _count(value: int) -> Cell:
    return Cell(written.count(value), is_number=True)
