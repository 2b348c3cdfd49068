"""The policy that somebody considers: a profile, with single conventions set otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.book.policy import Policy, profile
from relevo.jobs.clock import today
from relevo.jobs.desk import accept_policy, policy_in_force

# A policy that is a profile with something set otherwise is the house's own.
OWN = "house"
_WORDS = {"true": True, "false": False}


def considered(home: Home, profile_name: str | None, settings: Sequence[str]) -> Policy:
    """A profile (the policy in force where none is named) with `convention=value` settings in their place.

    WrongUse for an unknown profile, convention or value.
    """
    base = profile(profile_name) if profile_name else policy_in_force(home, today(home.config().company.timezone))
    if not settings:
        return base
    return replace(base, name=OWN, **dict(_setting(text) for text in settings))


def accept(home: Home, policy: Policy, from_on: date | None, reason: str, who: str = "operator") -> date:
    """Let a policy be the house's from a day on, today by default; the day. WrongUse without a reason."""
    day = from_on or today(home.config().company.timezone)
    accept_policy(home, policy, day, reason, who)
    return day


def _setting(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    kinds = {key: kind for key, kind in get_type_hints(Policy).items() if key != "name"}
    if not equals or name not in kinds:
        raise WrongUse(f"{text!r} sets no convention.", f"Write convention=value; known: {', '.join(kinds)}.")
    return name, _value(name, value, kinds[name])


def _value(name: str, text: str, kind: Any) -> Any:
    if get_origin(kind) is Literal:
        return _one_of(name, text, {str(word): word for word in get_args(kind)})
    if kind is bool:
        return _one_of(name, text, _WORDS)
    if NoneType in get_args(kind) and text == "none":
        return None
    try:
        number = Fraction(text) if kind is Fraction else int(text)
    except (ValueError, ZeroDivisionError):
        raise WrongUse(f"{name} cannot be {text!r}.", "Write a number, or none where there is no limit.") from None
    if number < 0 or (kind is Fraction and not number):
        raise WrongUse(f"{name} cannot be {text!r}.", "Write a number that is not below zero.")
    return number


def _one_of(name: str, text: str, known: dict[str, Any]) -> Any:
    if text not in known:
        raise WrongUse(f"{name} cannot be {text!r}.", f"Write one of {', '.join(known)}.")
    return known[text]
