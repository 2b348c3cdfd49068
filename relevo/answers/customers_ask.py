"""What the list of customers can be asked, and the same as text parameters of an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from relevo.answers.customer_columns import DEFAULT_COLUMNS, WORDS, Column, Kind
from relevo.answers.customer_facts import TRAITS, Status
from relevo.answers.customer_filters import Filter
from relevo.base.errors import WrongUse

PAGE = 50
MOST_FILTERS = 40
MOST_COLUMNS = 40
# Parameters of an address that say which customers are asked for, and how they are shown.
QUESTION = ("q", "f", "status", *TRAITS, "columns", "sort", "order")
_LONGEST_TEXT = 200


@dataclass(frozen=True)
class CustomersAsk:
    """Which customers, in which order: `text` is part of a name, domain or id; `filters` hold together.

    `status` and `traits` are short forms of filters. `columns` are those shown, the name first.
    """

    text: str = ""
    status: Status | None = None
    traits: tuple[tuple[str, str], ...] = ()
    sort: str = "mrr"
    descending: bool = True
    limit: int | None = PAGE
    offset: int = 0
    filters: tuple[Filter, ...] = ()
    columns: tuple[str, ...] = DEFAULT_COLUMNS

    @classmethod
    def from_parameters(cls, asked: Mapping[str, Sequence[str]]) -> "CustomersAsk":
        """The question that an address asks; parameters of other things are left alone. WrongUse for nonsense."""
        one = {name: values[-1] for name, values in asked.items() if values}
        sort = one.get("sort") or "mrr"
        order = one.get("order") or ("desc" if _begins_descending(sort) else "asc")
        return cls(
            text=one.get("q", "").strip()[:_LONGEST_TEXT],
            status=_status(one.get("status", "")),
            traits=tuple((name, one[name]) for name in TRAITS if one.get(name)),
            sort=sort,
            descending=order == "desc",
            filters=tuple(Filter.parse(text) for text in asked.get("f", ()) if text),
            columns=_columns(asked.get("columns", ())),
        )

    def parameters(self) -> list[tuple[str, str]]:
        """The question as parameters, in a fixed order, without what goes without saying."""
        named = [
            ("q", self.text),
            ("status", self.status.value if self.status else ""),
            *self.traits,
            *(("f", str(each)) for each in self.filters),
            ("columns", "" if self.columns == DEFAULT_COLUMNS else ",".join(self.columns)),
            ("sort", "" if self.sort == "mrr" else self.sort),
            ("order", "" if self.descending == _begins_descending(self.sort) else _order(self)),
        ]
        return [(name, value) for name, value in named if value]

    @property
    def conditions(self) -> tuple[Filter, ...]:
        """Everything that narrows the list besides the text, as filters."""
        status = (Filter("status", "is", (self.status.value,)),) if self.status else ()
        return (*status, *(Filter(name, "is", (value,)) for name, value in self.traits), *self.filters)

    def in_filters(self) -> "CustomersAsk":
        """The same question without short forms."""
        return replace(self, status=None, traits=(), filters=self.conditions)

    def check(self) -> None:
        """Raise WrongUse for a column, a sort or a filter that does not exist."""
        for name in (self.sort, *self.columns):
            Column.named(name)
        unknown = [name for name, _ in self.traits if name not in TRAITS]
        if unknown:
            raise WrongUse(f"Customers cannot be filtered by {unknown[0]!r}.", f"Filter by one of {', '.join(TRAITS)}.")
        if len(self.filters) > MOST_FILTERS or len(self.columns) > MOST_COLUMNS:
            raise WrongUse("That are too many filters or columns.", f"Choose at most {MOST_COLUMNS} of each.")


def _order(ask: CustomersAsk) -> str:
    return "desc" if ask.descending else "asc"


def _begins_descending(sort: str) -> bool:
    return Column.named(sort).kind not in WORDS


def _status(text: str) -> Status | None:
    if text and text not in set(Status):
        raise WrongUse(f"There is no status {text[:40]!r}.", f"Known: {', '.join(Status)}.")
    return Status(text) if text else None


def _columns(given: Sequence[str]) -> tuple[str, ...]:
    names = [name for text in given for name in text.split(",") if name]
    return tuple(dict.fromkeys(("name", *names))) if names else DEFAULT_COLUMNS


__all__ = ["PAGE", "CustomersAsk", "Filter", "Kind", "Status"]
