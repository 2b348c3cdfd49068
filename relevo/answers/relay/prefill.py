"""What could stand in each item of a hand-off, from what is known of the customer. Pure.

What was said or written about an item comes first, the latest of it before the rest; then what follows from the deal,
from answers about fit, from milestones and wishes. A line counts for an item where it begins with the item's word in
one of the four languages of the pages, such as "Goal:" or "Puesta en marcha:".
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from relevo.base.words import fold
from relevo.desk.relay.scoring import NOTHING, folded, score
from relevo.desk.relay.templates import DISCOVERY, SUMMARY

MOST = 5
LONGEST = 2_000
_MOST_LINES = 200
# The words by which lines and items of other forms name an item; folded, without hyphens.
WORDS: Mapping[str, frozenset[str]] = {
    "objectives": frozenset({
        "goal", "goals", "objective", "objectives", "aim", "aims", "why now", "objetivo", "objetivos", "meta", "metas",
        "目标", "目的",
    }),
    "needs": frozenset({
        "need", "needs", "requirement", "requirements", "problem", "problems", "data and systems", "current process",
        "necesidad", "necesidades", "requisito", "requisitos", "problema", "problemas", "necessidade", "necessidades",
        "需求", "需要", "问题",
    }),
    "wanted_solution": frozenset({
        "solution", "wanted solution", "scope", "wants", "solucion", "alcance", "solucao", "escopo", "方案", "解决方案",
    }),
    "expected_value": frozenset({
        "value", "expected value", "benefit", "benefits", "result", "results", "roi", "kpi", "metric", "baseline",
        "value in numbers", "valor", "valor esperado", "beneficio", "beneficios", "resultado", "resultados", "retorno",
        "价值", "预期价值", "收益",
    }),
    "calendar": frozenset({
        "calendar", "go live", "golive", "go live date", "launch", "deadline", "timeline", "schedule", "start date",
        "puesta en marcha", "lanzamiento", "plazo", "fecha limite", "calendario", "arranque", "entrada em producao",
        "lancamento", "prazo", "cronograma", "上线", "上线日期", "时间表", "日程", "截止日期",
    }),
    "value_events": frozenset({
        "value event", "value events", "milestone", "milestones", "first value", "hito", "hitos", "evento de valor",
        "eventos de valor", "marco", "marcos", "里程碑", "价值事件",
    }),
}  # fmt: skip
# The steps on which a customer has something of it; the others are of the calendar.
VALUE_STEPS = frozenset({"first_value", "adopted", "renewed", "reference", "story"})
_SAYS_LITTLE = frozenset({"yes", "no", "partly", "si", "sim", "nao", "是", "否"})
_BULLET = re.compile(r"^[\s>*•·#\-–—\d.)]*")


class Kind(StrEnum):
    """Where a candidate comes from."""

    HANDOFF = "handoff"
    NOTE = "note"
    TOUCH = "touch"
    CONVERSATION = "conversation"
    FIT = "fit"
    DEAL = "deal"
    MILESTONE = "milestone"
    ISSUE = "issue"


@dataclass(frozen=True)
class Said:
    """Something that was said or noted: its text, who said it, on which day, and whether it was the customer."""

    kind: Kind
    text: str
    who: str
    on: date
    link: str = ""
    is_of_customer: bool = False


@dataclass(frozen=True)
class Written:
    """An item of an earlier hand-off. `was_right` is what became of it; None where nobody checked."""

    item: str
    text: str
    said_by: str
    on: date | None
    sure: str
    link: str
    handoff: str
    was_right: bool | None


@dataclass(frozen=True)
class FitSaid:
    """An answer to a question about fit."""

    question: str
    answer: str
    on: date | None


@dataclass(frozen=True)
class DealFacts:
    """What was sold: plan, amount in minor units (None where it may not be seen), term, and when it was won."""

    deal_id: str
    name: str
    plan: str | None
    amount_cents: int | None
    currency: str
    term_months: int | None
    closed_on: date | None
    link: str = ""


@dataclass(frozen=True)
class Event:
    """A milestone that is expected on a day."""

    kind: str
    on: date


@dataclass(frozen=True)
class Wish:
    """Something that the customer misses in the product, as it was reported."""

    title: str
    on: date
    link: str = ""


@dataclass(frozen=True)
class Known:
    """All that is known of a customer and may be read by who asks."""

    deal: DealFacts | None = None
    said: tuple[Said, ...] = ()
    earlier: tuple[Written, ...] = ()
    fit: tuple[FitSaid, ...] = ()
    events: tuple[Event, ...] = ()
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """What could stand in an item, with where it is from, who said it when, and how sure it is.

    Where `text` is empty the surface words it, in the reader's language: from `deal` or from `events`. `ref` names the
    deal or hand-off.
    """

    kind: Kind
    text: str = ""
    said_by: str = ""
    said_on: date | None = None
    sure: str = ""
    link: str = ""
    ref: str = ""
    deal: DealFacts | None = None
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class _Ranked:
    """A candidate with its place: what was said of the item before what follows from elsewhere, the latest first."""

    candidate: Candidate
    rank: int
    on: date | None = field(default=None)

    @property
    def place(self) -> tuple[int, int]:
        return self.rank, -(self.on.toordinal() if self.on else 0)


def candidates(known: Known, items: Sequence[str]) -> Mapping[str, tuple[Candidate, ...]]:
    """For each item what could stand in it, the best first; nothing that says nothing, and no text twice."""
    wanted = tuple(DISCOVERY) if SUMMARY in items else tuple(items)
    found = {item: _best(_of_item(known, item)) for item in wanted}
    return {item: each for item, each in found.items() if each}


def item_named(name: str) -> str:
    """The item that a word names, its own name included; '' for none."""
    plain = " ".join(re.sub(r"[-_]", " ", fold(name)).split())
    return next((item for item, words in WORDS.items() if plain in words or plain == item.replace("_", " ")), "")


def lines_about(text: str, item: str) -> tuple[str, ...]:
    """What the lines say that begin with a word for the item."""
    found = (_split(line) for line in text.splitlines()[:_MOST_LINES])
    return tuple(rest[:LONGEST] for head, rest in found if rest and item_named(head) == item)


def _split(line: str) -> tuple[str, str]:
    """The word a line begins with, and what follows its colon or dash; two empty texts where there is neither."""
    bare = _BULLET.sub("", line[: LONGEST * 2])
    places = [(bare.find(sign), len(sign)) for sign in (":", "：", " - ", " – ", " — ") if sign in bare]
    if not places:
        return "", ""
    at, length = min(places)
    return bare[:at].strip(" *_"), bare[at + length :].strip(" *_")


def _of_item(known: Known, item: str) -> Iterable[_Ranked]:
    yield from _earlier(known, item)
    yield from _lines(known, item)
    yield from _fit(known, item)
    if item == "wanted_solution" and known.deal and (known.deal.plan or known.deal.amount_cents is not None):
        yield _Ranked(_of_deal(known.deal), 2)
    yield from _steps(known, item)
    if item == "calendar" and known.deal and known.deal.closed_on and known.deal.term_months:
        yield _Ranked(_of_deal(replace(known.deal, plan=None, amount_cents=None)), 3)
    if item == "needs":
        for wish in known.wishes:
            yield _Ranked(Candidate(Kind.ISSUE, wish.title, said_on=wish.on, sure="likely", link=wish.link), 2, wish.on)


def _earlier(known: Known, item: str) -> Iterable[_Ranked]:
    for each in known.earlier:
        if item in (each.item, item_named(each.item)) and each.was_right is not False:
            sure = "certain" if each.was_right else each.sure or "likely"
            told = Candidate(Kind.HANDOFF, each.text, each.said_by, each.on, sure, each.link, each.handoff)
            yield _Ranked(told, 0, each.on)


def _lines(known: Known, item: str) -> Iterable[_Ranked]:
    for each in known.said:
        for line in lines_about(each.text, item):
            sure = "certain" if each.is_of_customer else "likely"
            who = each.who if each.is_of_customer else ""
            yield _Ranked(Candidate(each.kind, line, who, each.on, sure, each.link), 0, each.on)


def _fit(known: Known, item: str) -> Iterable[_Ranked]:
    """Answers in words; a yes to a question says nothing to whoever does not see the question."""
    for each in known.fit:
        if item_named(each.question) == item and folded(each.answer) not in _SAYS_LITTLE:
            yield _Ranked(Candidate(Kind.FIT, each.answer, said_on=each.on, sure="likely"), 1, each.on)


def _steps(known: Known, item: str) -> Iterable[_Ranked]:
    is_value = {"calendar": False, "value_events": True}.get(item)
    if is_value is None:
        return
    events = tuple(e for e in known.events if (e.kind in VALUE_STEPS) is is_value)
    if events:
        yield _Ranked(Candidate(Kind.MILESTONE, events=events, sure="likely"), 2)


def _of_deal(deal: DealFacts) -> Candidate:
    return Candidate(Kind.DEAL, "", "", deal.closed_on, "certain", deal.link, deal.deal_id, deal)


def _best(ranked: Iterable[_Ranked]) -> tuple[Candidate, ...]:
    found: dict[str, Candidate] = {}
    for each in sorted(ranked, key=lambda r: r.place):
        link = each.candidate.link if each.candidate.link.startswith(("https://", "http://")) else ""
        told = replace(each.candidate, text=each.candidate.text.strip()[:LONGEST], link=link)
        key = folded(told.text) or f"{told.kind} {told.ref}"
        if not told.text or score("", told.text) > NOTHING:
            found.setdefault(key, told)
    return tuple(found.values())[:MOST]
