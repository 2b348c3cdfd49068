"""What a form of a hand-off holds: the items as they were typed, and whether anybody touched them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from relevo.base.errors import WrongUse
from relevo.base.periods import parse_day
from relevo.desk.relay.actions_items import ItemText
from relevo.desk.relay.handoffs import KeptItem

# How sure somebody is who did not say: it was noted by a person who was there.
USUALLY_SURE = "likely"


@dataclass(frozen=True)
class Fields:
    """The fields of one item as texts: as they stand in the form."""

    text: str = ""
    said_by: str = ""
    said_on: str = ""
    sure: str = ""
    link: str = ""

    @property
    def mark(self) -> str:
        """A short mark by which the form tells whether it was touched."""
        return hashlib.sha256("\x00".join(vars(self).values()).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Typed:
    """An item as it was sent: its fields, the revision and the mark with which the form was shown.

    `conflict` is the revision of the other text beside which it was shown, 0 where there was none.
    """

    item: str
    fields: Fields
    seen: int
    mark: str
    conflict: int

    @property
    def is_touched(self) -> bool:
        """Whether it is another than the form showed."""
        return self.fields.mark != self.mark

    def as_item(self, source: str) -> ItemText:
        """The item as it is kept; WrongUse for a day that is none."""
        told = self.fields
        said_on = parse_day(told.said_on) if told.said_on else None
        return ItemText(told.text, told.said_by, said_on, told.sure, told.link, source if told.text else "")


def fields_of(kept: KeptItem | None, today: date) -> Fields:
    """The fields as the form shows them: what stands, or what is usual where nothing does."""
    if kept is None:
        return Fields(said_on=today.isoformat(), sure=USUALLY_SURE)
    said_on = kept.said_on.isoformat() if kept.said_on else ""
    return Fields(_plain(kept.text), kept.said_by, said_on, kept.sure, kept.link)


def typed_item(asked: Mapping[str, str], item: str) -> Typed | None:
    """An item as a form sent it; None where the form did not have it."""
    if f"text.{item}" not in asked:
        return None
    told = {name: asked.get(f"{name}.{item}", "").strip() for name in Fields.__dataclass_fields__}
    fields = Fields(**{**told, "text": _plain(told["text"]), "said_by": " ".join(told["said_by"].split())})
    return Typed(
        item, fields, number(asked, f"seen.{item}"), asked.get(f"was.{item}", ""), number(asked, f"with.{item}")
    )


def number(asked: Mapping[str, str], name: str) -> int:
    """A number that a form brought back; 0 where it did not."""
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def day_of(asked: Mapping[str, str], name: str) -> date | None:
    """A day of a form; None where it was left empty, WrongUse for what is none."""
    text = asked.get(name, "").strip()
    return parse_day(text) if text else None


def yes_or_no(asked: Mapping[str, str], name: str) -> bool | None:
    """The answer to a question; None where there was none, or nobody knows."""
    return {"yes": True, "no": False}.get(asked.get(name, ""))


def needed(answer: bool | None, what: str) -> bool:
    """An answer that has to be given; WrongUse where it was not."""
    if answer is None:
        raise WrongUse(f"Nothing was said of {what}.", "Say of each whether it is so.")
    return answer


def _plain(text: str) -> str:
    """A text as browsers and the Desk agree on it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
