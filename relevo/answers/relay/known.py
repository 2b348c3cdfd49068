"""What is known of a customer when it is handed on: deals, what was said and written, earlier hand-offs, milestones."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from relevo.answers.customer_parts import customer_deals
from relevo.answers.holding import shown_name
from relevo.answers.identity import former_ids
from relevo.answers.notes import customer_notes
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import reads_words
from relevo.answers.relay.prefill import DealFacts, Event, FitSaid, Kind, Known, Said, Wish, Written
from relevo.base.periods import day_in
from relevo.book.book import Tables
from relevo.desk.relay.fit import answers_of
from relevo.desk.relay.handoffs import handoffs_about, items_of
from relevo.insight.one_customer import END_OF_DAY, ask_about, of_customer

_MOST_MESSAGES = 400
_WISHES = ("request", "limitation")


def known_of(reading: Reading, customer_id: str, deal_id: str = "", besides: int = 0) -> Known:
    """What may be read of a customer by this viewer, for the items of a hand-off other than `besides`.

    Who may not read its conversations is told no words of it, who may not see its amounts no amounts.
    """
    reads = reading.viewer.reads_conversations_of(customer_id)
    return Known(
        deal=_deal(reading, customer_id, deal_id),
        said=(*_notes(reading, customer_id), *(_touches(reading, customer_id) if reads else ()),
              *(_messages(reading, customer_id) if reads else ())),
        earlier=(*_earlier(reading, customer_id, besides), *(_loaded(reading, customer_id) if reads else ())),
        fit=tuple(_fit(reading, customer_id, deal_id)) if reads else (),
        events=tuple(_milestones(reading, customer_id)),
        wishes=tuple(_wishes(reading, customer_id)) if reads else (),
    )  # fmt: skip


def _deal(reading: Reading, customer_id: str, deal_id: str) -> DealFacts | None:
    """The deal that is handed on, else the one won last."""
    deals = customer_deals(reading, customer_id)
    won = [d for d in deals if d.outcome == "won"]
    found = next((d for d in deals if d.deal_id == deal_id), None) or max(
        won, key=lambda d: d.closed_at or d.opened_at, default=None
    )
    if found is None:
        return None
    terms = dict(_rows(reading, customer_id, _terms))
    closed = _day(reading, found.closed_at) if found.closed_at else None
    return DealFacts(
        found.deal_id, found.name, found.plan, found.amount_cents, found.currency, terms.get(found.deal_id), closed,
        found.url or "",
    )  # fmt: skip


def _notes(reading: Reading, customer_id: str) -> list[Said]:
    notes = customer_notes(reading, customer_id)
    return [Said(Kind.NOTE, n.text, n.author, n.happened_at.astimezone(_zone(reading)).date()) for n in notes]


def _touches(reading: Reading, customer_id: str) -> list[Said]:
    rows = _rows(reading, customer_id, _touched)
    return [Said(Kind.TOUCH, body, who or "", _day(reading, at), is_of_customer=bool(who)) for body, at, who in rows]


def _messages(reading: Reading, customer_id: str) -> list[Said]:
    rows, names = _rows(reading, customer_id, _written), names_of_people(reading)
    return [
        Said(
            Kind.CONVERSATION, body, contact or shown_name(names, author or ""), _day(reading, at), url or "",
            is_of_customer=kind == "customer",
        )
        for body, at, kind, author, contact, url in rows
    ]  # fmt: skip


def _earlier(reading: Reading, customer_id: str, besides: int) -> list[Written]:
    kept = [h for h in handoffs_about(former_ids(reading, customer_id)) if h.id != besides and reads_words(reading, h)]
    return [
        Written(each.item, each.text, each.said_by, each.said_on or _day(reading, each.changed_at), each.sure,
                each.link, str(h.id), each.was_right)
        for h in kept
        for each in items_of(h.id).values()
        if each.text
    ]  # fmt: skip


def _loaded(reading: Reading, customer_id: str) -> list[Written]:
    contacts = dict(_rows(reading, customer_id, _contacts))
    rows = _rows(reading, customer_id, _items)
    return [
        Written(item, value, contacts.get(by) or by or "", _day(reading, at) if at else None, "", "", key, right)
        for item, value, by, at, right, key in rows
    ]  # fmt: skip


def _fit(reading: Reading, customer_id: str, deal_id: str) -> list[FitSaid]:
    """Answers that an export brought, then those given here, which are later."""
    rows = [r for r in _rows(reading, customer_id, _fit_answers) if not deal_id or r[0] == deal_id]
    found = [FitSaid(question, answer, _day(reading, at) if at else None) for _, question, answer, at in rows]
    here = answers_of([deal_id]).get(deal_id, {}) if deal_id else {}
    return found + [FitSaid(a.question, a.answer, _day(reading, a.answered_at)) for a in here.values()]


def _milestones(reading: Reading, customer_id: str) -> list[Event]:
    return [Event(kind, on) for kind, on in _rows(reading, customer_id, _expected)]


def _wishes(reading: Reading, customer_id: str) -> list[Wish]:
    rows = _rows(reading, customer_id, _reported)
    return [Wish(title, _day(reading, at), url or "") for title, at, url in rows]


def _rows(reading: Reading, customer_id: str, question: Any) -> tuple[tuple[Any, ...], ...]:
    return ask_about(reading.company_book, customer_id, question).rows


def _zone(reading: Reading) -> ZoneInfo:
    return ZoneInfo(reading.company_book.company.timezone)


def _day(reading: Reading, at: datetime) -> date:
    """The day of an instant where the company is; those of a book are UTC without saying so."""
    return day_in(at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at, reading.company_book.company.timezone)


def _terms(tables: Tables) -> ir.Table:
    return of_customer(tables.deal).select("deal_id", "term_months")


def _touched(tables: Tables) -> ir.Table:
    """What was noted of calls and meetings, with the contact's name."""
    mine = of_customer(tables.touch).filter(lambda t: t.body.notnull() & (t["at"] < END_OF_DAY))
    people = tables.contact.select(who="contact_id", contact="name")
    both = mine.left_join(people, mine.contact_id == people.who)
    return both.order_by(ibis.desc("at"), "touch_id").limit(_MOST_MESSAGES).select("body", "at", "contact")


def _written(tables: Tables) -> ir.Table:
    """What stands in conversations, the latest first."""
    talks = of_customer(tables.conversation).select("conversation_id", "url")
    said = tables.message.filter(lambda t: t.body.notnull() & (t["at"] < END_OF_DAY)).inner_join(
        talks, "conversation_id"
    )
    people = tables.contact.select(who="contact_id", contact="name")
    both = said.left_join(people, said.author_id == people.who)
    latest = both.order_by(ibis.desc("at"), "message_id").limit(_MOST_MESSAGES)
    return latest.select("body", "at", "author_kind", "author_id", "contact", "url")


def _contacts(tables: Tables) -> ir.Table:
    return of_customer(tables.contact).select("contact_id", "name")


def _items(tables: Tables) -> ir.Table:
    """What was written in loaded hand-offs; those of the Desk are asked there."""
    mine = (
        of_customer(tables.handoff)
        .filter(lambda t: ~t.handoff_id.startswith("relevo:"))
        .select("handoff_id", "given_at")
    )
    held = tables.handoff_item.inner_join(mine, "handoff_id").filter(lambda t: t.value.notnull())
    told = held.mutate(at=ibis.coalesce(held["at"], held.given_at))
    kept = told.filter(told["at"].isnull() | (told["at"] < END_OF_DAY))
    return kept.select("item", "value", "said_by", "at", "confirmed", "handoff_id").order_by("handoff_id", "item")


def _fit_answers(tables: Tables) -> ir.Table:
    deals = of_customer(tables.deal).select("deal_id")
    rows = tables.fit_answer.inner_join(deals, "deal_id").filter(lambda t: t.answer.notnull())
    return rows.select("deal_id", "question", "answer", "answered_at").order_by("deal_id", "question")


def _expected(tables: Tables) -> ir.Table:
    """Milestones that are expected and were not reached."""
    mine = of_customer(tables.milestone).filter(lambda t: t.expected_on.notnull() & t.reached_at.isnull())
    return mine.select("kind", "expected_on").order_by("expected_on", "kind")


def _reported(tables: Tables) -> ir.Table:
    """Wishes and limits of the product that the customer reported and that are not shipped."""
    mine = of_customer(tables.issue_report).select("issue_id", reported="at")
    issues = tables.issue.filter(tables.issue.kind.isin(_WISHES) & tables.issue.shipped_at.isnull())
    both = mine.filter(mine.reported < END_OF_DAY).inner_join(issues, "issue_id")
    return both.select("title", "reported", "url").order_by(ibis.desc("reported"), "title")
