"""Search from anywhere: customers, contacts, deals, colleagues and measures, each a few and the nearest first.

Customers, contacts and deals come from the book of the viewer's own customers, so that nothing of others can be found.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, islice

import ibis.expr.types as ir

from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.base.words import fold
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.measures.catalog import MEASURES

MOST = 8
LONGEST = 100
_INDEXES: Remembered["Index"] = Remembered(32)
# What stands before the words of each entry, and before each of its names.
_ENTRY, _GAP = "\x01", "\n"


@dataclass(frozen=True)
class Hit:
    """Something that was found: what it is called, what stands beside it, and the id to which it leads.

    A contact and a deal lead to their customer.
    """

    key: str
    name: str
    beside: str = ""


@dataclass(frozen=True)
class Found:
    """What was found of each kind, at most `MOST` each."""

    text: str
    customers: tuple[Hit, ...] = ()
    contacts: tuple[Hit, ...] = ()
    deals: tuple[Hit, ...] = ()
    people: tuple[Hit, ...] = ()
    measures: tuple[Hit, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (self.customers or self.contacts or self.deals or self.people or self.measures)


Entry = tuple[str, Hit]


@dataclass(frozen=True)
class Listed:
    """Hits under their folded words, in order. All words stand in one `text`, where finding costs next to nothing.

    `starts` says where in it the words of each hit begin, and last where it ends.
    """

    hits: tuple[Hit, ...]
    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Listed":
        """Entries of words and hits in the order of their words."""
        listed = sorted(entries, key=lambda entry: (entry[0], entry[1].key))
        told = [_ENTRY + words for words, _ in listed]
        return cls(tuple(hit for _, hit in listed), "".join(told), tuple(accumulate(map(len, told), initial=0)))

    def with_words(self, sought: str, words: Sequence[str] = ()) -> Iterator[Hit]:
        """The hits whose words contain a text, and besides it all of some words."""
        at = self.text.find(sought)
        while at >= 0:
            place = bisect_right(self.starts, at) - 1
            begin, end = self.starts[place], self.starts[place + 1]
            if all(self.text.find(word, begin, end) >= 0 for word in words):
                yield self.hits[place]
            at = self.text.find(sought, end)


@dataclass(frozen=True)
class Index:
    """What is found of the viewer's customers."""

    customers: Listed
    contacts: Listed
    deals: Listed


def search(reading: Reading, text: str, titles: Mapping[str, str] | None = None) -> Found:
    """What this viewer may find under a text, whatever its case and accents; nothing for an empty one.

    `titles` are the names of measures in the reader's language, by measure.
    """
    words = fold(text[:LONGEST]).split()
    if not words:
        return Found(text)
    measures = _nearest(_measures(titles or {}), words)
    if reading.published is None:
        return Found(text, measures=measures)
    index = _index(reading)
    return Found(
        text=text,
        customers=_nearest(index.customers, words),
        contacts=_nearest(index.contacts, words),
        deals=_nearest(index.deals, words),
        people=_nearest(_people(reading), words),
        measures=measures,
    )


def _nearest(listed: Listed, words: Sequence[str]) -> tuple[Hit, ...]:
    """The first few: those that begin with the text, then those with a word that does, then any with all its words."""
    text = " ".join(words)
    passes = (
        listed.with_words(_ENTRY + _GAP + text),
        listed.with_words(_GAP + text),
        listed.with_words(" " + text),
        listed.with_words(max(words, key=len), words),
    )
    return tuple(islice(_once(chain.from_iterable(passes)), MOST))


def _once(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Each hit at its first place."""
    seen = set()
    for hit in hits:
        if hit not in seen:
            seen.add(hit)
            yield hit


def _index(reading: Reading) -> Index:
    """The words of the viewer's customers, kept in memory per book and scope."""
    book = reading.book
    return _INDEXES.get(book, "search", lambda: Index(_customers(book), _contacts(book), _deals(book)))


def _customers(book: Book) -> Listed:
    """By name, domain, id, and the ids that other systems use."""
    others: dict[str, list[str]] = {}
    for key, external in book.run(book.tables.customer_alias.select("customer_id", "external_id")).rows:
        others.setdefault(key, []).append(external)
    rows = book.run(book.tables.customer.select("customer_id", "name", "domain")).rows
    return Listed.of(
        (_told(name or key, domain, key, *others.get(key, ())), Hit(key, name or key, domain or ""))
        for key, name, domain in rows
    )


def _contacts(book: Book) -> Listed:
    contacts = _with_customer(book.tables.contact, book)
    rows = book.run(contacts.select("customer_id", "name", "email", "customer")).rows
    return Listed.of(
        (_told(name, email), Hit(key, name or email, customer or key))
        for key, name, email, customer in rows
        if name or email
    )


def _deals(book: Book) -> Listed:
    deals = book.tables.deal.filter(lambda t: t.customer_id.notnull() & t.name.notnull())
    rows = book.run(_with_customer(deals, book).select("customer_id", "name", "customer")).rows
    return Listed.of((_told(name), Hit(key, name, customer or key)) for key, name, customer in rows)


def _with_customer(rows: ir.Table, book: Book) -> ir.Table:
    return rows.left_join(book.tables.customer.select("customer_id", customer="name"), "customer_id")


def _people(reading: Reading) -> Listed:
    """Colleagues, who are known to everybody in the company."""
    return Listed.of((_told(name, key), Hit(key, name)) for key, name in names_of_people(reading).items())


def _measures(titles: Mapping[str, str]) -> Listed:
    named = ((name, titles.get(name, measure.card.title), measure.card) for name, measure in MEASURES.items())
    return Listed.of(
        (_told(shown, card.title, name, name.replace("_", " ")), Hit(name, shown)) for name, shown, card in named
    )


def _told(*parts: str | None) -> str:
    return "".join(_GAP + fold(part) for part in parts if part)
