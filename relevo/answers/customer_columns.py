"""The columns of the list of customers: what each one holds, and with which others it is read from the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from relevo.base.errors import WrongUse

ATTRIBUTE = "attr"
HELD = "held"


class Kind(StrEnum):
    """What the cells of a column are; it decides how the column is filtered, sorted and written."""

    TEXT = "text"
    PERSON = "person"
    CUSTOMER = "customer"
    STATUS = "status"
    YES_NO = "yes_no"
    MONEY = "money"
    COUNT = "count"
    MONTHS = "months"
    RATE = "rate"
    DAY = "day"


# Kinds whose cells are words: one or several of them are chosen.
WORDS = frozenset({Kind.TEXT, Kind.PERSON, Kind.CUSTOMER, Kind.STATUS, Kind.YES_NO})


@dataclass(frozen=True)
class Column:
    """One column. `group` names the question that answers it; columns of one group are read together.

    The name of an attribute is `attr:NAME`, that of whoever holds a customer in a role `held:ROLE`.
    """

    name: str
    kind: Kind
    group: str

    @classmethod
    def named(cls, name: str) -> "Column":
        """The column of a name; WrongUse where there is none."""
        if name in COLUMNS:
            return COLUMNS[name]
        prefix, _, rest = name.partition(":")
        if rest and prefix == ATTRIBUTE:
            return cls(name, Kind.TEXT, "attributes")
        if rest and prefix == HELD:
            return cls(name, Kind.PERSON, "holders")
        raise WrongUse(
            f"Customers have no column {name[:80]!r}.",
            f"Known: {', '.join(COLUMNS)}, {ATTRIBUTE}:NAME and {HELD}:ROLE.",
        )


def _named(*columns: Column) -> Mapping[str, Column]:
    return {column.name: column for column in columns}


COLUMNS = _named(
    Column("name", Kind.TEXT, "card"),
    Column("domain", Kind.TEXT, "card"),
    Column("status", Kind.STATUS, "card"),
    Column("mrr", Kind.MONEY, "levels"),
    Column("mrr_before", Kind.MONEY, "levels_before"),
    Column("mrr_change", Kind.MONEY, "change"),
    Column("since", Kind.DAY, "card"),
    Column("tenure", Kind.MONTHS, "card"),
    Column("left_on", Kind.DAY, "card"),
    Column("segment", Kind.TEXT, "card"),
    Column("channel", Kind.TEXT, "card"),
    Column("plan", Kind.TEXT, "card"),
    Column("country", Kind.TEXT, "card"),
    Column("industry", Kind.TEXT, "traits"),
    Column("size_band", Kind.TEXT, "traits"),
    Column("persona", Kind.TEXT, "traits"),
    Column("cohort", Kind.TEXT, "traits"),
    Column("parent", Kind.CUSTOMER, "traits"),
    Column("seller", Kind.PERSON, "traits"),
    Column("owner", Kind.TEXT, "card"),
    Column(HELD, Kind.PERSON, "holders"),
    Column("renewal", Kind.DAY, "terms"),
    Column("auto_renew", Kind.YES_NO, "terms"),
    Column("open_conversations", Kind.COUNT, "talk"),
    Column("last_conversation", Kind.DAY, "talk"),
    Column("last_touch", Kind.DAY, "touches"),
    Column("last_use", Kind.DAY, "use"),
    Column("happiness", Kind.RATE, "voice"),
    Column("ratings", Kind.COUNT, "voice"),
)
DEFAULT_COLUMNS = ("name", "mrr", "since", "segment", "channel", "plan", "country", "owner")
