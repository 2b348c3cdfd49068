"""Shapes of what is answered, for the description of the API: made from the answers, so that the two cannot differ."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any, get_type_hints

from ninja import Field, Schema
from pydantic import create_model


class Problem(Schema):
    """What went wrong: a stable code, a sentence, where, and what to do next."""

    code: str = Field(examples=["not_found"])
    message: str = Field(examples=["There is no customer 'C99' here."])
    where: str = Field(examples=["GET /api/v1/customers/C99"])
    hint: str = Field(examples=["Look for it under Customers."])


class Error(Schema):
    """The one shape of every error."""

    error: Problem


def shape(answer: type, name: str = "", without: Collection[str] = (), **other: Any) -> type:
    """The shape of an answer's dataclass, under another name, without fields, or with fields of another type.

    A dataclass that is told as it is is its own shape, wherever it stands.
    """
    if not (name or without or other):
        return answer
    hints = get_type_hints(answer) | other
    named = [*(f.name for f in fields(answer) if f.name not in without), *(n for n in other if n not in _names(answer))]
    parts: dict[str, Any] = {each: (hints[each], ...) for each in named}
    doc = (answer.__doc__ or "").strip()
    made: type[Schema] = create_model(name or answer.__name__, __base__=Schema, __doc__=doc, **parts)
    return made


def _names(answer: type) -> set[str]:
    return {f.name for f in fields(answer)}


def listed(item: Any, name: str) -> type[Schema]:
    """The shape of one page of a list."""
    return create_model(
        name,
        __base__=Schema,
        __doc__="One page of a list: `found` counts the whole of it, `next` is the cursor of the page after, or null.",
        items=(list[item], ...),
        found=(int, ...),
        next=(str | None, ...),
    )


def responses(model: Any, *more: int) -> Mapping[int, Any]:
    """Every status that a question can be answered with: an answer, that it still holds, what all can, and `more`."""
    return {304: None, **done(model, *more)}


def done(model: Any, *more: int, status: int = 200) -> Mapping[int, Any]:
    """Every status that a change can be answered with."""
    errors = (400, 401, 403, 409, 422, *more)
    return {status: model, **dict.fromkeys(sorted(errors), Error)}
