"""What the demo's people have handed on, promised, asked and declined: enough for every page of the relay to show life.

Told through the same actions as a company's, about customers and deals of the demo book, on days before its as-of day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from relevo.base.config import Home
from relevo.book.book import Book
from relevo.desk.ready import prepare
from relevo.desk.relay.fit_questions import questions_with
from relevo.desk.relay.templates import DEFAULTS as TEMPLATES
from relevo.jobs.clock import today
from relevo.jobs.demo_fit import ASKED
from relevo.jobs.demo_follow_ups import follow_up

if TYPE_CHECKING:
    from relevo.desk.relay.actions_items import ItemText

_ALL = {
    "objectives": "{name} wants one plan for all its sites, which everybody reads on Monday at eight.",
    "needs": "{name} plans by mail; changes reach the drivers of {name} a day late.",
    "wanted_solution": "Team plan for {name} with the import of orders, Insights from the second quarter.",
    "expected_value": "Planning at {name} takes 12 hours a week today, and 4 are expected by the third month.",
    "calendar": "{name} starts with the main site, two more follow within 6 weeks, never in a quarter's last week.",
    "value_events": "First plan sent to everybody at {name}; first month without a late order at {name}.",
}
_SAID_BY = ("Operations", "Head of planning", "Managing director")


@dataclass(frozen=True)
class _Scene:
    """A hand-off of the demo: how many days before the as-of day it was begun, given and so on; which items it has."""

    begun: int
    items: tuple[str, ...] = tuple(_ALL)
    given: int = 0
    returned: int = 0
    accepted: int = 0
    confirmed: int = 0
    promises: tuple["_Word", ...] = ()


@dataclass(frozen=True)
class _Word:
    """A promise of the demo. `due` counts days from the as-of day, or from today where it is `soon`; None is open."""

    text: str
    state: str
    due: int | None = None
    soon: bool = False
    refused: str = ""
    kept: int | None = None
    broken: int | None = None
    link: str = ""


_SCENES = (
    _Scene(1, ("objectives", "needs", "wanted_solution", "calendar", "value_events")),
    _Scene(3, ("objectives", "needs"), promises=(_Word("Training in Portuguese for the night shift", "exists"),)),
    _Scene(9, ("objectives", "needs", "wanted_solution", "calendar"), given=8, returned=6),
    _Scene(13, given=12, promises=(_Word("Plans without a network connection", "absent", 60),)),
    _Scene(46, given=45, accepted=43, promises=(
        _Word("Orders from their ERP every hour", "planned", 4, soon=True, link="https://roadmap.norte.example/erp"),
        _Word("A price frozen for five years", "absent", 90, refused="No contract of ours says so."),
    )),
    _Scene(92, ("objectives", "needs", "wanted_solution", "expected_value", "value_events"), given=90, accepted=88,
           confirmed=55, promises=(
        _Word("Data of the old tool imported by us", "exists", -70, kept=75),
        _Word("A report for their auditors", "planned", -60, kept=48),
        _Word("Sign-in with their own directory", "planned", -30, broken=25),
    )),
)  # fmt: skip
_DECLINED = (
    ("Ferro Castings", "no_fit", "They plan furnaces, not routes: we would have to build it first.", 20, 2_400_000),
    ("Casa Lume", "too_small", "Two drivers; the Start plan costs more than it saves them.", 6, None),
)
# Answers to the questions in their order; None was not answered. The second deal stays below the gate.
_ANSWERS = (
    ("yes", "yes", "yes", "no", "yes", "yes"),
    ("yes", "no", "no", "no", "yes", "no"),
    ("yes", "yes", None, None, None, None),
)


@dataclass(frozen=True)
class _Deal:
    deal_id: str
    customer_id: str
    name: str
    at: datetime


@dataclass
class _Stage:
    """Who acts, deals that were won, deals to ask about, and the moment from which days are counted back."""

    people: Mapping[str, str]
    won: list[_Deal]
    asked: Sequence[_Deal]
    end: datetime

    def before(self, days: int) -> datetime:
        """Nine o'clock some days before the end."""
        return self.end - timedelta(days=days)

    def deal_before(self, days: int) -> _Deal | None:
        """The latest won deal that was closed by then and is in no scene yet."""
        found = next((deal for deal in self.won if deal.at < self.before(days)), None)
        if found:
            self.won = [deal for deal in self.won if deal.customer_id != found.customer_id]
        return found


def add_relay(home: Home, people: Mapping[str, str]) -> int:
    """Let the people of the demo, by user name and person id, hand on, promise and decline; how many hand-offs.

    Nothing where the Desk has a hand-off already, or nobody sells or takes over.
    """
    prepare(home)
    from django.db import transaction

    from relevo.desk.relay.handoffs import count_in
    from relevo.desk.relay.states import State

    if count_in(tuple(State)) or not {"seller", "csm"} <= set(people):
        return 0
    stage = _stage(home, people)
    with transaction.atomic():
        done = sum(_play(stage, scene, today(home.config().company.timezone).toordinal()) for scene in _SCENES)
        _ask_about_fit(stage)
        _decline(stage)
    return done


def _stage(home: Home, people: Mapping[str, str]) -> _Stage:
    book = Book.open(home.books)
    try:
        deals, customers = book.tables.deal, book.tables.customer
        named: dict[str, str] = dict(book.run(customers.select("customer_id", "name")).rows)
        mine = deals.filter(deals.person_id == people["seller"])
        rows = book.run(mine.select("deal_id", "customer_id", "opened_at", "closed_at", "outcome", "kind")).rows
        asked = {key for (key,) in book.run(book.tables.fit_answer.select("deal_id").distinct()).rows}
        end = datetime.combine(book.as_of, time(9, tzinfo=UTC))
    finally:
        book.close()
    won = list(_deals(rows, named, "won"))
    unasked = [deal for deal in (*_deals(rows, named, "open"), *won) if deal.deal_id not in asked]
    return _Stage(people, won, unasked, end)


def _deals(rows: Sequence[tuple[Any, ...]], named: Mapping[str, str], outcome: str) -> Iterator[_Deal]:
    """Deals that won a customer, or those that are open; the latest first. Who buys may not be a customer yet."""
    found = [
        _Deal(key, customer or "", named.get(customer) or key, (closed or opened).replace(tzinfo=UTC))
        for key, customer, opened, closed, how, kind in rows
        if how == outcome and (outcome == "open" or (kind == "new" and customer))
    ]
    return iter(sorted(found, key=lambda deal: (deal.at, deal.deal_id), reverse=True))


def _play(stage: _Stage, scene: _Scene, this_day: int) -> int:
    """Let one hand-off happen from its begin to where it stands now; 0 where no deal is left for it."""
    from relevo.desk.relay import actions

    deal, people = stage.deal_before(scene.begun), stage.people
    if deal is None:
        return 0
    begun, template = stage.before(scene.begun), TEMPLATES["sales_to_success"]
    known = {item: _text(deal, item, number, begun) for number, item in enumerate(scene.items)}
    new = actions.NewHandOff(deal.customer_id, template, people["seller"], people["csm"], deal.deal_id, known=known)
    key = actions.draft(new, "seller", begun)
    words = {_promise(stage, deal, key, word, begun, this_day): word for word in scene.promises}
    _hand_on(stage, scene, key, words)
    _end(stage, words)
    return 1


def _hand_on(stage: _Stage, scene: _Scene, key: int, words: Mapping[int, _Word]) -> None:
    """Take a draft as far as the scene says. What is done at each revision is the first to do it."""
    from relevo.desk.relay import actions
    from relevo.desk.relay.handoffs import items_of

    if scene.given:
        actions.give(key, 1, "seller", stage.before(scene.given))
    if scene.returned:
        asked = "What do they expect in numbers, and by which event would we see it?"
        actions.give_back(key, ["expected_value", "value_events"], asked, 2, "csm", stage.before(scene.returned))
    if scene.accepted:
        decided = {n: actions.Decided(not word.refused, word.refused) for n, word in words.items()}
        actions.accept(key, "", decided, 2, "csm", stage.before(scene.accepted))
        until = stage.before(scene.confirmed) if scene.confirmed else None
        follow_up(key, stage.before(scene.accepted), until)
    if scene.confirmed:
        _look_back(key, tuple(items_of(key)), stage.before(scene.confirmed))


def _text(deal: _Deal, item: str, number: int, at: datetime) -> "ItemText":
    from relevo.desk.relay.actions_items import ItemText

    sure = ("certain", "likely", "guess")[number % 3]
    return ItemText(
        _ALL[item].format(name=deal.name), _SAID_BY[number % 3], at.date(), sure, source=f"deal {deal.deal_id}"
    )


def _promise(stage: _Stage, deal: _Deal, key: int, word: _Word, at: datetime, this_day: int) -> int:
    from relevo.desk.relay.actions_promises import NewPromise, make_promise

    first = this_day if word.soon else stage.end.toordinal()
    due = None if word.due is None else datetime.fromordinal(first + word.due).date()
    new = NewPromise(deal.customer_id, word.text, word.state, at, stage.people["seller"], "Managing director", due,
                     deal.deal_id, key, link=word.link)  # fmt: skip
    return make_promise(new, "seller", at)


def _look_back(key: int, items: Sequence[str], at: datetime) -> None:
    """What the receiver found: one item was wrong, and something had to be asked again."""
    from relevo.desk.relay import actions
    from relevo.desk.relay.actions_customer import customer_says, make_link
    from relevo.desk.relay.actions_items import note_reask
    from relevo.desk.relay.handoffs import handoff_with
    from relevo.desk.relay.links import link_of

    customer_says(link_of(make_link(key, "csm", at - timedelta(days=31))), True, "", at - timedelta(days=30))
    note_reask(key, "calendar", "receiver", "By when do the other sites follow?", "csm", at - timedelta(days=25))
    kept = handoff_with(key)
    found = {item: actions.Verdict(item != "value_events", "" if item != "value_events" else "They count invoices.")
             for item in items}  # fmt: skip
    actions.confirm(key, found, True, kept.revision if kept else 0, "csm", at)


def _end(stage: _Stage, words: Mapping[int, _Word]) -> None:
    from relevo.desk.relay.actions_promises import break_promise, keep_promise

    for key, word in words.items():
        if word.kept is not None:
            is_late = word.due is not None and word.kept < -word.due
            keep_promise(key, is_late, "csm", stage.before(word.kept))
        if word.broken is not None:
            break_promise(key, "The connector was put off by a year.", "csm", stage.before(word.broken))


def _ask_about_fit(stage: _Stage) -> None:
    from relevo.desk.relay.actions_fit import answer_all, override_gate
    from relevo.desk.relay.fit_questions import fit_of

    seller, questions = stage.people["seller"], questions_with(ASKED)
    for number, (deal, answers) in enumerate(zip(stage.asked, _ANSWERS, strict=False)):
        given = [(q, answer) for q, answer in zip(questions, answers, strict=True) if answer]
        answer_all(deal.deal_id, deal.customer_id, given, seller, "seller", stage.before(5 - number))
        if number == 1:
            score = fit_of(questions, {q.key: answer for q, answer in given}).score
            why = "They pay for the connector, and know that it comes in spring."
            override_gate(deal.deal_id, deal.customer_id, score, why, "sales_lead", stage.before(2))


def _decline(stage: _Stage) -> None:
    from relevo.desk.relay.actions_fit import NewDecline, decline

    for name, why, reason, days, cents in _DECLINED:
        at = stage.before(days)
        currency = "EUR" if cents is not None else ""
        new = NewDecline(name, why, reason, at.date(), "", "", stage.people["seller"], cents, currency)
        decline(new, "seller", at)
