"""What the lists of voices say of a conversation and its customer, as far as the viewer may see and read it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relevo.answers.customers import CustomerRow, customer_rows
from relevo.answers.holding import shown_name
from relevo.answers.identity import current_id, every_id
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.desk.work.tasks import tasks_about

_ABOUT = ("conversation_id", "customer_id", "category", "subject", "url", "assignee_id", "resolved_at")
# A page of ids is looked for among all conversations there are; the next reader of the page asks for the same ones.
_TALKS: Remembered[Mapping[str, Mapping[str, Any]]] = Remembered(64)


@dataclass(frozen=True)
class About:
    """A customer and a conversation. `customer` is its name; None where no customer is known.

    `mrr_cents` is None where the viewer may not see the amount; `subject` and `url` where it may not read the words.
    `talks_to` is who looks after the customer, else who held the conversation last. `tasks` are open ones about it.
    """

    customer_id: str
    customer: str | None
    mrr_cents: int | None
    conversation_id: str
    category: str | None
    subject: str | None
    url: str | None
    talks_to: str | None
    tasks: int


def conversations_of(reading: Reading, ids: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """What the book knows of some conversations, by id."""
    wanted = tuple(sorted(ids))
    return _TALKS.get(reading.company_book, wanted, lambda: _look_up(reading.company_book, wanted)) if wanted else {}


def _look_up(book: Book, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    rows = book.tables.conversation.filter(lambda t: t.conversation_id.isin(ids) & (t.opened_at < book.until))
    return {row["conversation_id"]: row for row in book.run(rows.select(*_ABOUT)).dicts()}


def is_seen(reading: Reading, customer_id: str) -> bool:
    """Whether the viewer sees the rows of a customer; those of an unknown one are for who sees all."""
    scope = reading.viewer.scope
    return scope is None or customer_id in scope


def reads(reading: Reading, customer_id: str) -> bool:
    """Whether the viewer reads what a customer wrote."""
    return reading.viewer.reads_conversations_of(customer_id)


def abouts(reading: Reading, pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], About]:
    """What to say of each pair of a customer ('' for none) and a conversation; whoever calls this checked the sight."""
    wanted = tuple(dict.fromkeys(pairs))
    talks = conversations_of(reading, {talk for _, talk in wanted})
    cards = {card.customer_id: card for card in customer_rows(reading)}
    tasks = _open_tasks(reading, {customer for customer, _ in wanted if customer})
    names = names_of_people(reading)
    return {
        (customer, talk): _about(reading, customer, talk, talks.get(talk, {}), cards.get(customer), names, tasks)
        for customer, talk in wanted
    }


def _about(
    reading: Reading, customer_id: str, talk_id: str, talk: Mapping[str, Any], card: CustomerRow | None,
    names: Mapping[str, str], tasks: Mapping[str, int],
) -> About:  # fmt: skip
    may_read, assignee = reads(reading, customer_id), talk.get("assignee_id")
    return About(
        customer_id=customer_id,
        customer=card.name if card else customer_id or None,
        mrr_cents=card.mrr_cents if card else None,
        conversation_id=talk_id,
        category=talk.get("category"),
        subject=talk.get("subject") if may_read else None,
        url=talk.get("url") if may_read else None,
        talks_to=(card.owner if card else None) or (shown_name(names, assignee) if assignee else None),
        tasks=tasks.get(customer_id, 0),
    )


def _open_tasks(reading: Reading, customers: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    if customers:
        for task in tasks_about(every_id(reading, customers)):
            if task.done_at is None:
                known = current_id(reading, task.customer_id)
                found[known] = found.get(known, 0) + 1
    return found
