"""Where a list stands: its question, the view it came from, and whose customers; all of it is in the address."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlencode

from django.http import HttpRequest
from django.urls import reverse

from relevo.answers.customers_ask import QUESTION, CustomersAsk, Filter
from relevo.answers.reading import Reading
from relevo.answers.saved_views import ViewChoice, Views, views_of
from relevo.web.numbers import offset_of
from relevo.web.reader import MINE

PAGE = "customers"


@dataclass(frozen=True)
class Place:
    """A question to the list with everything else that its address carries."""

    ask: CustomersAsk
    view: ViewChoice | None = None
    is_mine: bool = False

    @property
    def question(self) -> str:
        """The question alone, as a saved view keeps it."""
        return query_text(self.ask.parameters())

    @property
    def differs(self) -> bool:
        """Whether the question is another than that of the view it came from."""
        if self.view is None:
            return False
        kept = ask_of_query(self.view.query)
        return replace(self.ask, offset=0, limit=kept.limit) != kept

    def parameters(self) -> list[tuple[str, str]]:
        """The place as parameters; an empty question to a view is said, or the view would ask its own."""
        question = self.ask.parameters()
        kept = [("view", self.view.key)] if self.view else []
        empty = [("q", "")] if self.view and not question else []
        return [*kept, *empty, *question, *([("scope", MINE)] if self.is_mine else [])]

    def href(self, route: str = "customers", **also: str) -> str:
        """The address of the place, on a page or as a file."""
        parameters = query_text([*self.parameters(), *also.items()])
        return reverse(route) + (f"?{parameters}" if parameters else "")

    def asking(self, ask: CustomersAsk) -> "Place":
        """The same place with another question, from its first row on."""
        return replace(self, ask=replace(ask, offset=0))

    def with_filter(self, one: Filter) -> "Place":
        """The same place with one more filter, in place of one on the same column with the same operator."""
        kept = [f for f in self.ask.filters if (f.column, f.operator) != (one.column, one.operator)]
        return self.asking(replace(self.ask, filters=(*kept, one)))

    def without_filter(self, one: Filter) -> "Place":
        """The same place without a filter."""
        return self.asking(replace(self.ask, filters=tuple(f for f in self.ask.filters if f != one)))


def place_of(request: HttpRequest, reading: Reading) -> tuple[Place, Views]:
    """The place that an address names, and the views to choose from. NotFound for a view that is not there."""
    views = views_of(reading, PAGE)
    view = views.find(request.GET["view"]) if request.GET.get("view") else None
    asks_itself = any(name in request.GET for name in QUESTION)
    if view is not None and not asks_itself:
        asked = ask_of_query(view.query)
    else:
        asked = CustomersAsk.from_parameters(dict(request.GET.lists())).in_filters()
    ask = replace(asked, offset=offset_of(request))
    return Place(ask, view, request.GET.get("scope") == MINE), views


def query_text(parameters: Sequence[tuple[str, str]]) -> str:
    """Parameters as a query string in which filters stay readable: f=segment:is:smb,mid."""
    return urlencode(parameters, safe=":,")


def ask_of_query(query: str) -> CustomersAsk:
    """The question that a query string asks. WrongUse for nonsense."""
    return CustomersAsk.from_parameters(parse_qs(query, keep_blank_values=True)).in_filters()
