"""House rules in words and in fields: how a value is written for a reader, and read from what somebody typed."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.base.errors import WrongUse
from relevo.base.money import exponent
from relevo.desk.house.known import Kind, Known, Takes
from relevo.web import format as written
from relevo.web.labels import Names

AREAS: Names = {
    "money": gettext_lazy("Money"),
    "goals": gettext_lazy("Goals and owners"),
    "company": gettext_lazy("Company"),
    "relay": gettext_lazy("Hand-offs"),
    "conversations": gettext_lazy("Conversations"),
    "running": gettext_lazy("Running"),
}
RULES: Names = {
    "gross_margin": gettext_lazy("Gross margin"),
    "ltv_horizon_months": gettext_lazy("Horizon of lifetime value"),
    "ltv_discount_per_year": gettext_lazy("Discount a year"),
    "cac_lag_months": gettext_lazy("From spending to the win"),
    "ltv_to_cac_line": gettext_lazy("Line of LTV to CAC"),
    "payback_line_months": gettext_lazy("Line of payback"),
    "commission_months": gettext_lazy("Commission"),
    "commission_deferral_months": gettext_lazy("Commission is due after"),
    "commission_by_cohort": gettext_lazy("Commission counts with the win"),
    "policy": gettext_lazy("Policy of recurring revenue"),
    "hourly_costs": gettext_lazy("Hourly costs"),
    "targets": gettext_lazy("Goals"),
    "north_star": gettext_lazy("North Star"),
    "bridge_owners": gettext_lazy("Owners of the bridge’s lines"),
    "measure_owners": gettext_lazy("Owners of measures"),
    "segments": gettext_lazy("Segments"),
    "business_hours": gettext_lazy("Business hours"),
    "response_promises": gettext_lazy("Promised first answer"),
    "stage_limits": gettext_lazy("Limits of the stages"),
    "early_figures": gettext_lazy("Figures before their stage"),
    "ratings_not_of_persons": gettext_lazy("Ratings that are not of persons"),
    "roles": gettext_lazy("What roles see"),
    "handoff_templates": gettext_lazy("Templates of hand-offs"),
    "fit_questions": gettext_lazy("Questions about fit"),
    "fit_gate": gettext_lazy("Gate of fit"),
    "decline_budget": gettext_lazy("Budget of what is declined"),
    "review_rubric": gettext_lazy("Rubric of reviews"),
    "review_sample": gettext_lazy("Conversations drawn for reviews"),
    "review_pairs": gettext_lazy("Judged blind by two"),
    "review_peers": gettext_lazy("Reviews by colleagues alone"),
    "rating_link_days": gettext_lazy("A link for a rating holds"),
    "survey_pause_days": gettext_lazy("Pause between two surveys"),
    "rating_reasons": gettext_lazy("Reasons of ratings"),
    "publish_every_minutes": gettext_lazy("Publish every"),
    "upload_limit_mb": gettext_lazy("Largest upload"),
    "keep_uploads_days": gettext_lazy("Uploaded files are kept for"),
    "keep_books": gettext_lazy("Books kept"),
    "memory_limit": gettext_lazy("Memory of a build"),
    "threads": gettext_lazy("Threads of a build"),
    "history_starts_on": gettext_lazy("Billing history begins on"),
}
TAKEN: Names = {
    Takes.ANSWER: gettext_lazy("Every answer of a book as of that day or later takes it."),
    Takes.BUILD: gettext_lazy("The next build of that day or later takes it."),
    Takes.RUN: gettext_lazy("The next run takes it."),
    Takes.NOTHING: gettext_lazy("It is kept; no figure of this release reads it yet."),
}


def value_words(known: Known, value: object, currency: str) -> str:
    """The value of a rule for a reader."""
    match known.kind:
        case Kind.FLAG if isinstance(value, bool):
            return written.yes_or_no(value)
        case Kind.NUMBERS | Kind.LINES if isinstance(value, list | tuple):
            return ", ".join(str(each) for each in value) or written.MISSING
        case Kind.PAIRS | Kind.MONEY_PAIRS if isinstance(value, Mapping):
            return "; ".join(f"{k}: {_pair(known, v, currency)}" for k, v in value.items()) or written.MISSING
        case Kind.RUBRIC if isinstance(value, list):
            return "; ".join(_criterion(each) for each in value)
        case Kind.TABLE:
            return _table(value)
    return written.MISSING if value in (None, "") else _plain(value)


def field_text(known: Known, value: object, currency: str) -> str:
    """The value of a rule as it stands in its field."""
    if isinstance(value, Mapping):
        return "\n".join(f"{name}: {_in_field(known, each, currency)}" for name, each in value.items())
    if known.kind is Kind.RUBRIC and isinstance(value, list):
        return "\n".join(_criterion(each) for each in value)
    if known.kind is Kind.LINES and isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)


def value_of(known: Known, text: str, currency: str) -> object:
    """The value that a text in the rule's field means; WrongUse for one that it cannot be."""
    try:
        value = _READERS[known.kind](text.strip(), currency)
    except (ValueError, ArithmeticError, KeyError):
        raise WrongUse(f"{text[:80]!r} was not understood.", f"It must be {known.allowed}.") from None
    known.check(value)
    return value


def _criterion(line: Mapping[str, Any]) -> str:
    """One line of a rubric as it is typed: accuracy: 4, 1, critical."""
    critical = (CRITICAL,) if line.get("critical") else ()
    return f"{line['criterion']}: {', '.join(str(each) for each in (line['points'], line['weight'], *critical))}"


def _pair(known: Known, value: Any, currency: str) -> str:
    return written.money(value, currency) if known.kind is Kind.MONEY_PAIRS else str(value)


def _in_field(known: Known, value: Any, currency: str) -> str:
    if known.kind is not Kind.MONEY_PAIRS:
        return str(value)
    return str(Decimal(value).scaleb(-exponent(currency)))


def _plain(value: object) -> str:
    """A number with the digits that it has; anything else as it stands."""
    if not isinstance(value, int | float):
        return str(value)
    exact = Decimal(f"{value:.12g}")
    return written.number(exact, max(0, -int(exact.normalize().as_tuple().exponent)))


def _table(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name", "")) or _("%(count)s entries") % {"count": len(value)}
    return _("%(count)s entries") % {"count": len(value)} if isinstance(value, list) else str(value)


# The word by which a criterion is marked in the field of a rubric; it is typed, and not translated.
CRITICAL = "critical"

# More than any figure of a company has; longer ones would only keep the machine busy.
_MOST_DIGITS = 18


def _number(text: str, currency: str) -> object:  # noqa: ARG001 - every reader has this shape
    """A number as it was typed: 0,8 is 0.8; 4/5 stays exact; nothing is null."""
    if not text or "/" in text:
        return text or None
    number = Decimal(text.replace(",", "."))
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(text)
    return int(number) if number == number.to_integral_value() else float(number)


def _whole(text: str, currency: str) -> object:  # noqa: ARG001
    return int(text) if text else None


def _numbers(text: str, currency: str) -> object:  # noqa: ARG001
    return [int(each) for each in text.split(",")]


def _lines(text: str, currency: str) -> object:  # noqa: ARG001
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pairs(text: str, currency: str) -> dict[str, str]:  # noqa: ARG001
    named = [line.partition(":") for line in text.splitlines() if line.strip()]
    if not all(colon for _name, colon, _value in named):
        raise ValueError(text)
    return {name.strip(): value.strip() for name, _colon, value in named}


def _rubric(text: str, currency: str) -> list[dict[str, object]]:
    return [_criterion_of(name, told, currency) for name, told in _pairs(text, currency).items()]


def _criterion_of(name: str, told: str, currency: str) -> dict[str, object]:
    """What stands behind a criterion's name: its points, its weight, and the word critical."""
    points, *rest = (each.strip() for each in told.split(","))
    is_critical = rest[-1:] == [CRITICAL]
    weight = rest[:-1] if is_critical else rest
    if len(weight) > 1:
        raise ValueError(told)
    return {
        "criterion": name,
        "points": int(points),
        "weight": _number(weight[0], currency) if weight else 1,
        "critical": is_critical,
    }


def _money_pairs(text: str, currency: str) -> dict[str, int]:
    minor = {k: Decimal(v.replace(",", ".")).scaleb(exponent(currency)) for k, v in _pairs(text, currency).items()}
    if any(n.adjusted() > _MOST_DIGITS or n != n.to_integral_value() for n in minor.values()):
        raise ValueError(text)
    return {name: int(amount) for name, amount in minor.items()}


_READERS: Mapping[Kind, Callable[[str, str], object]] = {
    Kind.NUMBER: _number,
    Kind.WHOLE: _whole,
    Kind.FLAG: lambda text, _currency: {"true": True, "false": False}[text],
    Kind.DAY: lambda text, _currency: text,
    Kind.TEXT: lambda text, _currency: text,
    Kind.MEASURE: lambda text, _currency: text,
    Kind.NUMBERS: _numbers,
    Kind.LINES: _lines,
    Kind.PAIRS: _pairs,
    Kind.MONEY_PAIRS: _money_pairs,
    Kind.RUBRIC: _rubric,
    Kind.TABLE: lambda text, _currency: json.loads(text),
}
