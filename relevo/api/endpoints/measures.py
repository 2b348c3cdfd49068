"""Measures: their cards, what they answer, and the rows behind a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Annotated, Any, Literal, get_type_hints

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router

from relevo.answers.definitions import Definition, definition_page, definitions_page
from relevo.answers.measures import MeasureAnswer
from relevo.answers.partners import Paired, Partner, paired
from relevo.answers.reading import NotFound
from relevo.answers.rows import Listing, RowsPage, rows_page
from relevo.answers.stamp import Stamp
from relevo.answers.values import RowsAsk
from relevo.api.callers import reading_of
from relevo.api.paging import Page, Place
from relevo.api.said import said_of_book
from relevo.api.shapes import listed, responses, shape
from relevo.api.trail import note_export, note_person_level, note_read_through

router = Router(tags=["measures"])

MONTH = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"
Month = Annotated[str | None, Field(pattern=MONTH, examples=["2026-03"])]
Name = Annotated[str, Path(max_length=80, examples=["net_revenue_retention"])]

# A card as the definitions answer it, whatever it will hold besides.
Card = shape(get_type_hints(RowsPage)["card"])
Cards = listed(Card, "Cards")
Partners = shape(Partner)
Answered = shape(
    MeasureAnswer,
    "Answered",
    found=int,
    next=str | None,
    partners=list[Partners],  # type: ignore[valid-type]
)


_BY = "Cut by this dimension: one of customers, or one of the measure's own (its card names them)."


class MeasureAsk(Page):
    """How a measure is asked; what is left out is the measure's own default."""

    by: str | None = Field(None, min_length=1, max_length=80, description=_BY, examples=["segment"])
    from_: Month = Field(None, alias="from", description="First month.")
    to: Month = Field(None, description="Last month.")
    months: int | None = Field(None, ge=1, le=600, description="Length of the window.", examples=[12])
    grain: Literal["month", "quarter", "year"] | None = Field(None, description="Length of a period.")
    view: Literal["reported", "restated"] | None = Field(None, description="How closed months are told.")
    where: list[Annotated[str, Field(max_length=300)]] = Field(
        [], max_length=20, description="Keep customers of `dimension=value`; repeatable.", examples=[["segment=smb"]]
    )
    raw: bool = Field(False, description="Without the partners of an efficiency; written down as an export.")

    def parameters(self) -> dict[str, Sequence[str]]:
        """What `relevo show` would be asked."""
        one = {
            "by": self.by, "from": self.from_, "to": self.to, "months": self.months, "grain": self.grain,
            "view": self.view,
        }  # fmt: skip
        told: dict[str, Sequence[str]] = {key: (str(value),) for key, value in one.items() if value is not None}
        return told | ({"where": tuple(self.where)} if self.where else {})


class RowsQuestion(Page):
    """Which rows stand behind a figure."""

    month: Month = Field(None, description="The month of the figure; the last complete one by default.")
    since: Month = Field(None, description="First month, where the figure adds up several.")
    months: int | None = Field(None, ge=1, le=600, description="Length of the window.")
    by: str | None = Field(None, min_length=1, max_length=80, description="The dimension by which the figure was cut.")
    value: str | None = Field(None, max_length=300, description="The slice.")
    kind: str | None = Field(None, max_length=40, description="Kind of movement.", examples=["churn"])
    cohort: Month = Field(None, description="The month in which the cohort began.")
    age: int | None = Field(None, ge=0, le=1200, description="Months since the start.")

    def ask(self, measure: str) -> RowsAsk:
        """The rows asked for."""
        named = {k: v for k, v in self.dict().items() if k not in Page.model_fields}
        return RowsAsk(measure, **named)


RowsSaid = shape(
    Listing, "Rows", ("rows",), stamp=Stamp, ask=RowsAsk, items=list[Mapping[str, Any]], found=int, next=str | None
)


@router.get("/measures", response=responses(Cards), summary="List measures")
def list_measures(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Every measure with its definition, kind, unit, columns and what to read it with; the same for everybody."""
    reading = reading_of(request)
    place = Place(request, page, reading)
    return said_of_book(request, reading, lambda: place.cut(definitions_page(reading).cards))


@router.get("/measures/{name}", response=responses(shape(Definition), 404), summary="Read a measure's definition")
def get_measure(request: HttpRequest, name: Name) -> HttpResponse:
    """The card of one measure, why it is there, the behaviour wanted and risked, its owner and what it reads."""
    reading = reading_of(request)
    return said_of_book(request, reading, lambda: definition_page(reading, name))


@router.get("/measures/{name}/answer", response=responses(Answered, 404), summary="Ask a measure")
def ask_measure(request: HttpRequest, name: Name, ask: Query[MeasureAsk]) -> HttpResponse:
    """What a measure says. A measure of efficiency brings the measures it must be read with in `partners`.

    Figures of the company are the same for everybody; a cut that is not one of the company's, and rows of customers,
    are those of the caller. Rows behind which fewer than five customers stand are withheld and counted in `hidden`.
    """
    reading = reading_of(request)
    _check(name, {card.name for card in definitions_page(reading).cards})
    place, asked = Place(request, ask, reading), ask.parameters()
    found = paired(reading, name, asked, raw=ask.raw)
    answers = (found.answer, *(p.answer for p in found.partners if p.answer))
    note_person_level(request, name, answers, asked)
    told = _answered(place, found)
    if ask.raw:
        note_export(request, f"{name} raw", told["found"])
    elif any(column.name == "customer_id" for column in found.answer.columns):
        note_read_through(request, name, {**told, "items": told["rows"]})
    return said_of_book(request, reading, lambda: told)


@router.get("/measures/{name}/rows", response=responses(RowsSaid, 404), summary="Read the rows behind a figure")
def rows_behind(request: HttpRequest, name: Name, ask: Query[RowsQuestion]) -> HttpResponse:
    """The customers or movements that make a figure, largest first: those whose amounts the caller may see."""
    reading = reading_of(request)
    _check(name, {card.name for card in definitions_page(reading).cards})
    place, asked = Place(request, ask, reading), ask.ask(name)
    page = rows_page(reading, asked, place.limit, place.offset)
    told = _rows(place, page)
    conditions = {"where": (f"{ask.by}=",)} if ask.by else {}
    note_person_level(request, f"{name} rows", (), conditions)
    note_read_through(request, f"{name} rows", told)
    return said_of_book(request, reading, lambda: told)


def _answered(place: Place, found: Paired) -> dict[str, Any]:
    cut = place.cut(found.answer.rows)
    answer = replace(found.answer, rows=tuple(cut["items"]))
    told = {name: getattr(answer, name) for name in MeasureAnswer.__dataclass_fields__}
    return {**told, "found": cut["found"], "next": cut["next"], "partners": found.partners}


def _rows(place: Place, page: RowsPage) -> dict[str, Any]:
    listing = page.listing
    return {
        "stamp": page.stamp,
        "ask": asdict(page.ask),
        "columns": listing.columns,
        "totals": listing.totals,
        "figures": listing.figures,
        **place.page(listing.rows, page.found),
    }


def _check(name: str, known: Any) -> None:
    """NotFound for an address of a measure that is none."""
    if name not in known:
        raise NotFound(f"{name!r} is not a measure.", "GET /api/v1/measures lists them.")
