"""What records tell whoever comes next: how full fields are, what they are about, which sellers stay in touch."""

from dataclasses import dataclass

from relevo.answers.customers import names_of_customers
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading, Scope
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, rate
from relevo.book.remembering import Remembered
from relevo.insight.relay.content_mix import Content, ContentMix
from relevo.insight.relay.field_fill import FieldFill, Rates, field_fill, rates, role_rate
from relevo.insight.relay.presence import Presence, presence
from relevo.insight.relay.touches import mix_of_year

# Roles for which the fill rate of what they need is told.
ROLES = ("sales", "implementation", "success", "support", "finance")
_MOST_UNTOUCHED = 20
_KEPT: Remembered["Records"] = Remembered(32)

__all__ = ["ROLES", "Content", "Records", "UntouchedAccount", "records"]


@dataclass(frozen=True)
class UntouchedAccount:
    """A new account that its seller did not touch within 30 days of the signature, by names."""

    customer_id: str
    customer: str
    person_id: str | None
    seller: str | None
    days: int


@dataclass(frozen=True)
class Records:
    """The records of the viewer's customers. Rates are means over fields, None where the book has none of them.

    `untouched` are the latest won first, cut to twenty of `untouched_found`.
    """

    sentence: Sentence
    rates: Rates
    fields: tuple[FieldFill, ...]
    by_role: tuple[tuple[str, float | None], ...]
    mix: ContentMix
    presence: Presence
    untouched: tuple[UntouchedAccount, ...]
    untouched_found: int
    stamp: Stamp
    scope: Scope


def records(reading: Reading) -> Records:
    """How much the records tell whoever comes next. NotReady before the first book."""
    return _KEPT.get(reading.book, "records", lambda: _made(reading))


def _made(reading: Reading) -> Records:
    book = reading.book
    fields, stayed = field_fill(book), presence(book)
    found = rates(fields)
    customers, people = names_of_customers(reading), names_of_people(reading)
    untouched = tuple(
        UntouchedAccount(
            each.customer_id, customers.get(each.customer_id, each.customer_id), each.person_id,
            people.get(each.person_id or "", each.person_id), (book.until - each.closed_at).days,
        )
        for each in stayed.untouched[:_MOST_UNTOUCHED]
    )  # fmt: skip
    return Records(
        sentence=_sentence(found),
        rates=found,
        fields=fields,
        by_role=tuple((role, role_rate(fields, role)) for role in ROLES),
        mix=mix_of_year(book),
        presence=stayed,
        untouched=untouched,
        untouched_found=len(stayed.untouched),
        stamp=stamp(reading),
        scope=reading.scope,
    )


def _sentence(found: Rates) -> Sentence:
    if found.report is None or found.discovery is None:
        return Sentence("records.none")
    return Sentence("records.rates", {"report": rate(found.report), "discovery": rate(found.discovery)})
