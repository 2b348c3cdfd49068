"""The board as words: its sentence, its columns with their cards, and the dropped batons."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.relay.board import Begun, Board, Card, Column
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.labels import label
from relevo.web.reader import MINE, clock
from relevo.web.relay.words import STATES, how_complete, roles


@dataclass(frozen=True)
class CardView:
    """A card as words: what it is called and leads to, from whom to whom, how long, and what is wrong with it."""

    name: str
    href: str
    roles: str
    persons: str
    age: str
    beneath: str
    warnings: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ColumnView:
    """A column as words: how many of each kind, its cards, and where it goes on."""

    state: str
    name: str
    count: str
    cards: tuple[CardView, ...]
    list_href: str
    more_href: str
    left: str


@dataclass(frozen=True)
class DroppedView:
    """A dropped baton as words; `href` begins a hand-off, or leads to the one that is under way."""

    name: str
    customer_href: str
    beneath: str
    days: str
    href: str
    is_begun: bool


def sentence(board: Board) -> str:
    """What the board says first: what nobody took over, as of the book."""
    if not board.dropped_found:
        return _("Every won deal of an active customer was handed on, as of %(day)s") % _day(board)
    told = ngettext(
        "%(n)s won deal of an active customer was handed on to nobody, as of %(day)s",
        "%(n)s won deals of active customers were handed on to nobody, as of %(day)s",
        board.dropped_found,
    )
    return told % {"n": written.count(board.dropped_found), **_day(board)}


def waiting(board: Board) -> str:
    """What waits for a receiver now, of the hand-offs that are kept here."""
    given = next(c for c in board.columns if c.state == "given").here
    if not given:
        return _("Now nothing that was given here waits for its receiver.")
    told = ngettext("Now %(n)s hand-off waits for its receiver", "Now %(n)s hand-offs wait for their receiver", given)
    late = ngettext("%(n)s of them is overdue", "%(n)s of them are overdue", board.overdue)
    end = f"; {late % {'n': written.count(board.overdue)}}." if board.overdue else "."
    return told % {"n": written.count(given)} + end


def column_view(column: Column, mine: bool, shown: int = 0) -> ColumnView:
    """A column in the language in force; `shown` cards were on the pages before."""
    cards = tuple(card_view(card) for card in column.cards)
    left = column.found - shown - len(cards)
    return ColumnView(
        state=column.state,
        name=label(STATES, column.state),
        count=_count(column),
        cards=cards,
        list_href=_list(column.state, mine),
        more_href=_list(column.state, mine, column.next, shown + len(cards)) if column.next else "",
        left=written.count(left),
    )


def card_view(card: Card) -> CardView:
    """A card in the language in force."""
    is_here, nobody = card.key is not None, _("nobody named yet")
    return CardView(
        name=card.customer,
        href=reverse("hand-off", args=[card.key]) if is_here else reverse("loaded-hand-off", args=[card.handoff_id]),
        roles=roles(card.from_role, card.to_role),
        persons=f"{card.giver or written.MISSING} → {card.receiver or nobody}",
        age=_age(card),
        beneath=" · ".join(each for each in (_complete(card), _awaits(card)) if each),
        warnings=_warnings(card),
        source="" if is_here else source_of(card.handoff_id),
    )


def dropped_view(begun: Begun) -> DroppedView:
    """A dropped baton in the language in force."""
    baton = begun.baton
    asked = urlencode({"customer": baton.customer_id, "deal": baton.deal_id})
    new = f"{reverse('new-hand-off')}?{asked}"
    return DroppedView(
        name=baton.customer,
        customer_href=customer_address(baton.customer_id),
        beneath=baton.owner or _("nobody is known to have sold it"),
        days=ngettext("%(n)s day", "%(n)s days", baton.days) % {"n": written.count(baton.days)},
        href=reverse("hand-off", args=[begun.under_way]) if begun.under_way else new,
        is_begun=begun.under_way is not None,
    )


def _day(board: Board) -> dict[str, str]:
    return {"day": written.day(board.as_of)}


def _list(state: str, mine: bool, after: str = "", shown: int = 0) -> str:
    asked = {"state": state, **({"after": after, "shown": str(shown)} if after else {})}
    return f"{reverse('hand-offs-list')}?{urlencode({**asked, **({'scope': MINE} if mine else {})})}"


def _count(column: Column) -> str:
    """Those of the Desk and those of the book are counted apart: the one is now, the other as of the book."""
    if not column.loaded:
        return written.count(column.here)
    return _("%(here)s here, %(loaded)s loaded") % {
        "here": written.count(column.here),
        "loaded": written.count(column.loaded),
    }


def _age(card: Card) -> str:
    if card.age is None:
        return _("without a date")
    told = written.span(card.age)
    return told if card.key is not None else _("%(age)s, as of the book") % {"age": told}


def _complete(card: Card) -> str:
    return how_complete(None if card.completeness is None else float(card.completeness))


def _awaits(card: Card) -> str:
    if card.confirm_from is None:
        return ""
    return _("what was right: from %(day)s on") % {"day": written.day(card.confirm_from.astimezone(clock()))}


def _warnings(card: Card) -> tuple[str, ...]:
    late = _("overdue since %(day)s") % {"day": written.day(card.due_at.astimezone(clock()))} if (
        card.is_overdue and card.due_at
    ) else ""  # fmt: skip
    red = ngettext("%(n)s promise without anything behind it", "%(n)s promises without anything behind them", card.red)
    return tuple(each for each in (late, red % {"n": written.count(card.red)} if card.red else "") if each)


def source_of(handoff_id: str) -> str:
    """The system a hand-off was loaded from, where its id says so."""
    system, colon, _rest = handoff_id.partition(":")
    return _("loaded from %(system)s") % {"system": system} if colon else _("loaded")
