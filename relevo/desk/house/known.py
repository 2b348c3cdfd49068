"""Every rule of the house that something knows: its type, unit and default, where that comes from, who may change it.

Pure: no clock, no database. A rule that is not listed here, or whose value is not of its type, is not saved.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import Any

from relevo.base.config import House
from relevo.base.errors import WrongUse
from relevo.desk.people.roles import ROLES_RULE, Right, roles_with
from relevo.desk.relay import decline_budget, fit_questions
from relevo.desk.relay.templates import RULE as TEMPLATES_RULE
from relevo.desk.relay.templates import templates_with
from relevo.desk.reviews import drawing
from relevo.desk.voices import asking
from relevo.measures import rubric
from relevo.measures.assumptions import RULES, Assumptions
from relevo.measures.headlines import HEADLINES
from relevo.planning.stages import LIMITS

NORTH_STAR = "north_star"
# The rule that holds the policy; it is accepted after a preview: docs/how-to.
POLICY = "policy"
TARGETS = "targets"


class Kind(StrEnum):
    """How a rule is written: a number, a whole number, a truth, a day, text, a choice, lines of text, pairs, a rubric.

    A table is written elsewhere than in a field: the policy after its preview, roles cell by cell, targets one by one.
    """

    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    DAY = "day"
    TEXT = "text"
    MEASURE = "measure"
    NUMBERS = "numbers"
    LINES = "lines"
    PAIRS = "pairs"
    MONEY_PAIRS = "money_pairs"
    RUBRIC = "rubric"
    TABLE = "table"


class Takes(StrEnum):
    """What takes a changed rule: the next answer of a book of that day, the next build, the next run; nothing yet."""

    ANSWER = "answer"
    BUILD = "build"
    RUN = "run"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Known:
    """One rule. `allowed` says which values there are, `read` refuses every other with ValueError.

    `source` says where the default comes from; it is a default, never a law.
    """

    key: str
    area: str
    kind: Kind
    unit: str
    default: object
    meaning: str
    source: str
    allowed: str
    takes: Takes
    right: Right
    read: Callable[[Any], object]

    def check(self, value: object) -> None:
        """Raise WrongUse for a value that this rule cannot have."""
        try:
            self.read(value)
        except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError):
            raise WrongUse(f"{self.key} cannot be {_short(value)}.", f"It must be {self.allowed}.") from None


def known_rule(key: str) -> Known:
    """The rule with this key; WrongUse where there is none."""
    if key not in KNOWN:
        raise WrongUse(f"There is no house rule {key[:80]!r}.", f"Known: {', '.join(sorted(KNOWN))}.")
    return KNOWN[key]


def check_rule(key: str, value: object) -> None:
    """Raise WrongUse for a rule that nothing knows, or a value that is not of its type."""
    known_rule(key).check(value)


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _whole(low: int, high: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(value)
        return value

    return read


def _day(value: Any) -> date:
    return date.fromisoformat(value)


def _memory(value: Any) -> str:
    if not re.fullmatch(r"[1-9]\d{0,5}(\.\d+)? ?(MB|GB)", value):
        raise ValueError(value)
    return str(value)


def _lines(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or len(set(value)) != len(value):
        raise ValueError(value)
    return tuple(_text(each) for each in value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200:
        raise ValueError(value)
    return value


def _pairs(of: Callable[[Any], object]) -> Callable[[Any], object]:
    def read(value: Any) -> object:
        if not isinstance(value, Mapping):
            raise TypeError(value)
        return {_text(name): of(each) for name, each in value.items()}

    return read


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)")


def _hours(value: Any) -> object:
    """Days of the week with their hours, each from before until."""
    for day, text in value.items():
        if day not in DAYS or not _HOURS.fullmatch(text) or text[:5] >= text[6:]:
            raise ValueError(value)
    return value


def _star(value: Any) -> str:
    if value not in HEADLINES:
        raise ValueError(value)
    return str(value)


def _goals(value: Any) -> object:
    if not isinstance(value, list):
        raise TypeError(value)
    for each in value:
        if not _text(each["measure"]) or isinstance(each["value"], bool) or not isfinite(each["value"]):
            raise ValueError(value)
    return value


def _policy(value: Any) -> object:
    from relevo.book.policy import Policy

    return Policy.of(value)


def _checked_by(read: Callable[[Any], object]) -> Callable[[Any], object]:
    """A reader that says with WrongUse what it refuses, as one that says it with ValueError."""

    def checked(value: Any) -> object:
        try:
            read(value)
        except WrongUse as problem:
            raise ValueError(value) from problem
        return value

    return checked


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _share(value: Any) -> float:
    if isinstance(value, bool) or not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)


_ASSUMED: Mapping[str, tuple[Kind, str, str, str]] = {
    "gross_margin": (
        Kind.NUMBER, "share of revenue",
        "What is left of revenue after the cost of serving it, where no cost of revenue is loaded.",
        "Usual for software as a service: 70 to 85 %; yours is in the books.",
    ),
    "ltv_horizon_months": (
        Kind.WHOLE, "months", "How far ahead a customer's lifetime value looks.",
        "Five years: beyond it hardly anything was seen.",
    ),
    "ltv_discount_per_year": (
        Kind.NUMBER, "rate a year", "By how much money of next year is worth less.",
        "A usual cost of capital of a young company.",
    ),
    "cac_lag_months": (
        Kind.WHOLE, "months", "How long before the win its cost is spent; empty is measured from the deals.",
        "Measured.",
    ),
    "ltv_to_cac_line": (
        Kind.NUMBER, "ratio", "The line in the picture of lifetime value to cost of winning.",
        "A rule of thumb of investors, 3 to 1.",
    ),
    "payback_line_months": (
        Kind.WHOLE, "months", "The line in the picture of payback.", "A rule of thumb, 12 months."
    ),
    "commission_months": (
        Kind.NUMBER, "months of first MRR", "The commission on a new customer.", "None unless you say so."
    ),
    "commission_deferral_months": (
        Kind.WHOLE, "months", "How long after the win a commission is due.", "At once."
    ),
    "commission_by_cohort": (
        Kind.FLAG, "", "Whether a commission counts in the month of the win, not in that of its payment.",
        "When it is paid.",
    ),
}  # fmt: skip


def _assumed(key: str) -> Known:
    kind, unit, meaning, source = _ASSUMED[key]
    rule = RULES[key]
    default = getattr(Assumptions(), rule.field)
    shown = default if isinstance(default, bool | int | None) else float(default)
    return Known(
        key, "money", kind, unit, shown, meaning, source, rule.allowed, Takes.ANSWER, Right.HOUSE_MONEY, rule.accepts
    )


def _running(key: str, kind: Kind, unit: str, meaning: str, allowed: str, read: Callable[[Any], object]) -> Known:
    default = getattr(House(), key, 15)
    return Known(
        key,
        "running",
        kind,
        unit,
        default,
        meaning,
        "The default of this release.",
        allowed,
        Takes.BUILD,
        Right.HOUSE,
        read,
    )


_OWN = "Yours; there is no usual one."
_LISTED = (
    *(_assumed(key) for key in _ASSUMED),
    Known(
        POLICY, "money", Kind.TABLE, "conventions", "relevo", "What counts as recurring revenue and how it is told.",
        "Decision records 5 and 9.", "the conventions of a policy", Takes.BUILD, Right.HOUSE_MONEY, _policy,
    ),
    Known(
        "hourly_costs", "money", Kind.MONEY_PAIRS, "an hour, by role", {}, "What an hour of a role costs the company.",
        _OWN, "a role and an amount in each line", Takes.NOTHING, Right.HOUSE_MONEY,
        _pairs(_whole(0, 10_000_000)),
    ),
    Known(
        TARGETS, "goals", Kind.TABLE, "goals", [], "What the company set out to reach, and which retention it serves.",
        _OWN, "a list of goals", Takes.ANSWER, Right.HOUSE, _goals,
    ),
    Known(
        NORTH_STAR, "goals", Kind.MEASURE, "", "net_revenue_retention",
        "The one measure that everybody reads first. There is one at a time.",
        "A talk on world-class experience: retention is the star.", "a measure with one figure a month",
        Takes.ANSWER, Right.HOUSE, _star,
    ),
    Known(
        "bridge_owners", "goals", Kind.PAIRS, "person, by line", {}, "Who answers for each line of the bridge.",
        _OWN, "a line of the bridge and who answers for it in each line", Takes.ANSWER, Right.HOUSE, _pairs(_text),
    ),
    Known(
        "measure_owners", "goals", Kind.PAIRS, "person, by measure", {}, "Who answers for a measure.",
        _OWN, "a measure and who answers for it in each line", Takes.ANSWER, Right.HOUSE, _pairs(_text),
    ),
    Known(
        "segments", "company", Kind.LINES, "names, smallest first", [], "The segments in their order.",
        _OWN, "one name in each line, none twice", Takes.NOTHING, Right.HOUSE, _lines,
    ),
    Known(
        "business_hours", "company", Kind.PAIRS, "from-until, by day", {},
        "When somebody is there, in the company's time zone.", _OWN,
        "a day from mon to sun and hours such as 09:00-18:00 in each line", Takes.NOTHING, Right.HOUSE, _hours,
    ),
    Known(
        "response_promises", "company", Kind.PAIRS, "minutes of open hours, by tier", {},
        "In what time customers of a support tier were promised a first answer.", _OWN,
        RULES["response_promises"].allowed, Takes.ANSWER, Right.HOUSE, RULES["response_promises"].accepts,
    ),
    Known(
        "stage_limits", "company", Kind.NUMBERS, "people", list(LIMITS),
        "The last headcount of stages 1 to 4; above the last one is stage 5.",
        "An article on customer success by company size.",
        RULES["stage_limits"].allowed, Takes.ANSWER, Right.HOUSE, RULES["stage_limits"].accepts,
    ),
    Known(
        "early_figures", "company", Kind.TEXT, "a reason, or empty", "",
        "Why figures of teams and persons are shown before the company has their stage; empty waits for it.",
        "Waiting is the default: small teams know each other.", RULES["early_figures"].allowed, Takes.ANSWER,
        Right.HOUSE, RULES["early_figures"].accepts,
    ),
    Known(
        "ratings_not_of_persons", "company", Kind.LINES, "reasons, as ratings name them",
        list(Assumptions().ratings_not_of_persons),
        "Ratings with such a reason are in no person's figure and stay in the team's.",
        "Three that nobody who answers decides.", RULES["ratings_not_of_persons"].allowed, Takes.ANSWER, Right.HOUSE,
        RULES["ratings_not_of_persons"].accepts,
    ),
    Known(
        ROLES_RULE, "company", Kind.TABLE, "sights, by role", {}, "What a role sees otherwise than by default.",
        "Decision record 16.", "cells of the table of roles", Takes.ANSWER, Right.PEOPLE, _checked_by(roles_with),
    ),
    Known(
        TEMPLATES_RULE, "relay", Kind.TABLE, "items, days and checklist, by template", {},
        "What is asked at a hand-over from one role to the next.",
        "Six discovery items of an article on friction between teams (rows S1-14 to S1-19).",
        "a table of templates", Takes.RUN, Right.HOUSE, _checked_by(templates_with),
    ),
    Known(
        fit_questions.RULE, "relay", Kind.TABLE, "questions with points", [], "What is asked before a sale about fit.",
        "Five questions of our own; yours are better.", "a list of questions with the points of their answers",
        Takes.RUN, Right.HOUSE, _checked_by(fit_questions.questions_with),
    ),
    Known(
        fit_questions.GATE_RULE, "relay", Kind.NUMBER, "share of the points", fit_questions.GATE,
        "The share of the points that a deal needs; below it somebody says why it is sold all the same.",
        "A default of ours, never a law.", "a number from 0 to 1", Takes.RUN, Right.HOUSE, _share,
    ),
    Known(
        decline_budget.RULE, "relay", Kind.MONEY_PAIRS, "a calendar year", {},
        "How much revenue may be declined on purpose in a year.", _OWN,
        "a year such as 2026 and an amount in each line", Takes.ANSWER, Right.HOUSE_MONEY,
        _checked_by(decline_budget.budgets_with),
    ),
    Known(
        drawing.RUBRIC_RULE, "conversations", Kind.RUBRIC, "points, weight, critical",
        rubric.rubric_as_rule(rubric.DEFAULT),
        "What a review judges: each criterion with its points and weight; below half of a critical one all is failed.",
        "A default of ours; weights and critical criteria as in Zendesk QA. Nothing about pay can stand in it.",
        "one criterion in each line, such as accuracy: 4, 1, critical", Takes.ANSWER, Right.HOUSE,
        _checked_by(rubric.rubric_of),
    ),
    Known(
        drawing.SAMPLE_RULE, "conversations", Kind.WHOLE, "conversations a week and person", drawing.SAMPLE,
        "How many solved conversations of each person are drawn at random for a review every week; 0 draws none.",
        "A default of ours: 62 reviews make 5 points to each side at a spread of 20.", "a whole number from 0 to 50",
        Takes.RUN, Right.HOUSE, _whole(0, 50),
    ),
    Known(
        drawing.PAIRS_RULE, "conversations", Kind.NUMBER, "share of those drawn", drawing.PAIRS,
        "How many of them two colleagues judge blind, so that agreement is known.",
        "5 to 10 % is usual for calibration.", "a number from 0 to 1", Takes.RUN, Right.HOUSE, _share,
    ),
    Known(
        drawing.PEERS_RULE, "conversations", Kind.FLAG, "", drawing.PEERS,
        "Whether reviews are made by colleagues alone: nobody is given the conversations of somebody they lead.",
        "Peer review at Wistia: two peers, no managers, no pay (row S2-36).", "true or false", Takes.RUN, Right.HOUSE,
        _flag,
    ),
    Known(
        asking.LINK_DAYS, "conversations", Kind.WHOLE, "days", asking.AskingRules().lasts.days,
        "How long a link for a rating holds, and its vote may be changed.", "A default of ours, never a law.",
        "a whole number of days from 1 to 365", Takes.RUN, Right.HOUSE, _whole(1, 365),
    ),
    Known(
        asking.PAUSE_DAYS, "conversations", Kind.WHOLE, "days", asking.AskingRules().pause.days,
        "For how long nobody is asked for a rating of another conversation; 0 is no pause.",
        "A default of ours: who is asked too often stops answering.",
        "a whole number of days from 0 to 365", Takes.RUN, Right.HOUSE, _whole(0, 365),
    ),
    Known(
        asking.REASONS, "conversations", Kind.LINES, "names", list(asking.USUAL_REASONS),
        "The reasons from which a customer chooses; ratings_not_of_persons says which of them leave views of persons.",
        "A reference on fair measures of support.", "one name in each line, none twice", Takes.RUN, Right.HOUSE, _lines,
    ),
    _running(
        "publish_every_minutes", Kind.WHOLE, "minutes",
        "How often watched folders are looked at and a book is published; 0 is never.",
        "a whole number of minutes from 0 to 10080", _whole(0, 10_080),
    ),
    _running(
        "upload_limit_mb", Kind.WHOLE, "megabytes",
        "How large one upload on the Data page may be; 0 lets nobody upload.",
        "a whole number of megabytes from 0 to 102400", _whole(0, 102_400),
    ),
    _running(
        "keep_uploads_days", Kind.WHOLE, "days",
        "How long after the last upload uploaded files are kept; 0 keeps them for good.",
        "a whole number of days from 0 to 3650", _whole(0, 3_650),
    ),
    _running("keep_books", Kind.WHOLE, "books", "How many books are kept.", "a whole number from 1 to 1000",
             _whole(1, 1000)),
    _running("memory_limit", Kind.TEXT, "", "How much memory a build may take.", "a size such as 2GB", _memory),
    _running("threads", Kind.WHOLE, "threads", "How many threads a build may take.", "a whole number from 1 to 256",
             _whole(1, 256)),
    _running("history_starts_on", Kind.DAY, "",
             "The day on which the billing import begins: whoever paid before entered late.",
             "a day such as 2024-01-31", _day),
)  # fmt: skip
KNOWN: Mapping[str, Known] = {rule.key: rule for rule in _LISTED}
AREAS = ("money", "goals", "company", "relay", "conversations", "running")
