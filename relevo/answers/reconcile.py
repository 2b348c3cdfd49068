"""Reconciliation for a finance team: another tool's MRR beside ours, bridged cause by cause, down to customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.reading import Reading, Scope
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, money, text
from relevo.base.errors import WrongUse
from relevo.base.money import exponent
from relevo.base.periods import month_text, parse_month
from relevo.book.policy import LEVEL_FIELDS, PROFILES, profile
from relevo.book.remembering import Remembered
from relevo.measures.card import Ask
from relevo.measures.revenue.reconcile import OURS, THEIRS, UNEXPLAINED, CustomerStep, customers_behind

MEASURE = "reconcile"
CAUSES = (THEIRS, UNEXPLAINED, *LEVEL_FIELDS, OURS)
MONTHS_SHOWN = 24
_STEPS: Remembered[list[CustomerStep]] = Remembered(32)


@dataclass(frozen=True)
class CustomerRow:
    """One customer behind a cause: its MRR before and after the convention was taken over, in minor units."""

    customer_id: str
    name: str
    before_cents: int
    after_cents: int
    amount_cents: int


@dataclass(frozen=True)
class CustomersBehind:
    """The customers behind one cause in one month: those this viewer may see, the largest change first."""

    cause: str
    month: str
    currency: str
    scope: Scope
    rows: tuple[CustomerRow, ...]


@dataclass(frozen=True)
class Convention:
    """One convention in which a tool and this book differ; values as the policy writes them, `None` is no limit."""

    cause: str
    theirs: str
    ours: str


@dataclass(frozen=True)
class ReconcilePage:
    """One month of a tool's figure beside ours. `answer` is None where there is no complete month yet.

    `stated` is what the tool's own screen says, in minor units, where somebody typed it in.
    """

    stamp: Stamp
    tool: str
    tools: tuple[str, ...]
    month: str
    months: tuple[str, ...]
    stated: int | None
    title: Sentence
    second: Sentence | None
    answer: MeasureAnswer | None
    behind: CustomersBehind | None
    conventions: tuple[Convention, ...] = ()


def reconcile(
    reading: Reading, tool: str | None, first: int | None, last: int | None, stated: Mapping[int, int]
) -> MeasureAnswer:
    """The bridge from a tool's MRR to ours; the last complete month where none is asked.

    `stated` holds what the tool's own screen says, in minor units by month. WrongUse where the tool is not known, or
    where a figure is given for a month that was not asked.
    """
    if tool is None:
        known = ", ".join(name for name in PROFILES if name != reading.company_book.policy.name)
        raise WrongUse("Whose figure is to be reconciled is missing.", f"Add --policy TOOL, one of: {known}.")
    theirs = profile(tool)
    end = reading.company_book.last_complete_month if last is None else last
    begin = end if first is None else first
    missed = sorted(month for month in stated if not begin <= month <= end)
    if missed:
        raise WrongUse(
            f"A figure is given for {month_text(missed[0])}, which is not asked.", "Ask with --from and --to."
        )
    return show(reading, MEASURE, Ask(first=begin, last=end, theirs=theirs, stated=tuple(sorted(stated.items()))))


def stated_cents(reading: Reading, typed: str) -> int:
    """An amount as somebody types it, in major units of the book's currency, as minor units; WrongUse otherwise.

    The last point or comma is the decimal sign where one or two digits follow it; blanks and other signs group.
    """
    currency = reading.company_book.company.currency
    digits = exponent(currency)
    plain = "".join(c for c in typed.strip() if not c.isspace()).replace("’", "").replace("'", "")
    place = max(plain.rfind("."), plain.rfind(","))
    if place >= 0 and 1 <= len(plain) - place - 1 <= max(digits, 2) and len(plain) - place - 1 != 3:
        plain = plain[:place].replace(",", "").replace(".", "") + "." + plain[place + 1 :]
    else:
        plain = plain.replace(",", "").replace(".", "")
    try:
        cents = Decimal(plain) * 10**digits
    except InvalidOperation as unread:
        raise WrongUse(f"{typed[:40]!r} is not an amount of {currency}.", "Write it as 12345.67.") from unread
    if not cents.is_finite() or cents != cents.to_integral_value() or abs(cents) >= 10**18:
        raise WrongUse(f"{typed[:40]!r} is not an amount of {currency} in whole minor units.", "Write it as 12345.67.")
    return int(cents)


def reconcile_page(
    reading: Reading, tool: str = "stripe", month: str | None = None, typed: str = "", cause: str | None = None
) -> ReconcilePage:
    """The page: one tool, one month, and the customers behind one cause where it is asked. NotReady without a book."""
    book = reading.company_book
    last = book.last_complete_month
    asked = parse_month(month) if month else last
    tools = tuple(name for name in PROFILES if name != book.policy.name)
    stated = stated_cents(reading, typed) if typed.strip() else None
    paid = show(reading, "mrr", Ask(first=last - MONTHS_SHOWN + 1, last=last)).rows
    if not any(row["mrr_cents"] for row in paid):
        empty = Sentence("reconcile.too_early")
        return ReconcilePage(stamp(reading), tool, tools, month_text(asked), (), stated, empty, None, None, None)
    answer = reconcile(reading, tool, asked, asked, {} if stated is None else {asked: stated})
    return ReconcilePage(
        stamp=stamp(reading),
        tool=tool,
        tools=tools,
        month=month_text(asked),
        months=tuple(row["month"] for row in reversed(paid)),
        stated=stated,
        title=_title(answer, tool),
        second=_second(answer) if stated is not None else None,
        answer=answer,
        behind=behind(reading, tool, month_text(asked), cause) if cause else None,
        conventions=_conventions(reading, tool),
    )


def behind(reading: Reading, tool: str, month: str, cause: str) -> CustomersBehind:
    """The customers whose MRR a convention changes, as far as this viewer may see them. WrongUse for no such cause."""
    if cause not in CAUSES:
        raise WrongUse(f"{cause[:40]!r} is not a cause.", f"Known: {', '.join(CAUSES)}.")
    book, theirs, at = reading.money_book, profile(tool), parse_month(month)
    steps = _STEPS.get(book, (theirs, at, cause), lambda: customers_behind(book, theirs, at, cause))
    names = _names(reading, [step.customer_id for step in steps])
    rows = tuple(CustomerRow(name=names.get(step.customer_id, step.customer_id), **vars(step)) for step in steps)
    return CustomersBehind(cause, month, book.company.currency, reading.money_scope, rows)


def _conventions(reading: Reading, tool: str) -> tuple[Convention, ...]:
    theirs, ours = profile(tool), reading.company_book.policy
    pairs = [(name, str(getattr(theirs, name)), str(getattr(ours, name))) for name in LEVEL_FIELDS]
    return tuple(Convention(*pair) for pair in pairs if pair[1] != pair[2])


def _names(reading: Reading, customers: Sequence[str]) -> dict[str, str]:
    book = reading.money_book
    table = book.tables.customer
    found = book.run(table.select("customer_id", "name")).rows if customers else ()
    return {key: name for key, name in found if name}


def _title(answer: MeasureAnswer, tool: str) -> Sentence:
    """How far the two figures are apart, and which convention does most of it."""
    theirs, ours = answer.rows[0]["amount_cents"], answer.rows[-1]["amount_cents"]
    values = {
        "tool": text(tool),
        "gap": money(abs(theirs - ours), answer.currency),
        "ours": money(ours, answer.currency),
    }
    steps = [row for row in answer.rows[1:-1] if row["amount_cents"]]
    if theirs == ours or not steps:
        return Sentence("reconcile.same", values)
    most = max(steps, key=lambda row: abs(row["amount_cents"]))
    more = "reconcile.more" if theirs > ours else "reconcile.less"
    return Sentence(more, {**values, "cause": text(most["cause"])})


def _second(answer: MeasureAnswer) -> Sentence:
    """How much of a typed figure the conventions do not explain."""
    rest = next(row["amount_cents"] for row in answer.rows if row["cause"] == UNEXPLAINED)
    if rest == 0:
        return Sentence("reconcile.all_explained")
    return Sentence("reconcile.not_explained", {"rest": money(abs(rest), answer.currency)})
