"""Who is one customer: pairs that wait for a word, one of them side by side, decisions and what undoes them."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router

from relevo.answers.customer_joins import CustomerJoins, customer_joins
from relevo.answers.identity_book import SourceCount, source_counts
from relevo.answers.identity_deciding import decision_to_undo, pair_to_decide
from relevo.answers.identity_decisions import DecisionLine, decision_lines
from relevo.answers.identity_review import Pair, PairLine, candidate_pair, review_queue
from relevo.answers.reading import Reading
from relevo.api.callers import reading_of
from relevo.api.endpoints.customers import Id
from relevo.api.endpoints.desk import MADE, PRINTABLE, Body
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import done, listed, responses, shape
from relevo.desk.identity.actions import NewDecision, decide, undo
from relevo.desk.people.keys import KeyScope
from relevo.jobs.clock import now

router = Router(tags=["identity"])
Pairs, Decisions = listed(PairLine, "Pairs"), listed(DecisionLine, "Decisions")
KnownTo = listed(SourceCount, "KnownTo")
PairSaid = shape(Pair, "SideBySide")
Decided = shape(DecisionLine)
Candidate = Annotated[str, Path(max_length=254, examples=["k-even"])]
Number = Annotated[int, Path(ge=1, le=2**63 - 1, examples=[1])]


class PairsQuestion(Page):
    """In which order."""

    order: Literal["confidence", "money"] = Field("confidence", description="The surest first, or the most MRR first.")


class DecisionWanted(Body):
    """What is decided about two customers, and why."""

    kind: Literal["merge", "apart"] = Field(
        description="`merge` joins `other_id` into `customer_id`; `apart` keeps or splits them.", examples=["merge"]
    )
    customer_id: str = Field(min_length=1, max_length=254, pattern=PRINTABLE, examples=["C00"])
    other_id: str = Field(min_length=1, max_length=254, pattern=PRINTABLE, examples=["C02"])
    reason: str = Field(min_length=1, max_length=500, pattern=PRINTABLE, examples=["The same tax number."])
    instead_of: int = Field(0, ge=0, le=2**63 - 1, description="The decision about the two that this one replaces.")


class UndoWanted(Body):
    """Why a decision does not hold any more."""

    reason: str = Field(min_length=1, max_length=500, pattern=PRINTABLE, examples=["Two companies after all."])


@router.get("/identity/candidates", response=responses(Pairs), summary="List pairs to review")
def list_candidates(request: HttpRequest, ask: Query[PairsQuestion]) -> HttpResponse:
    """Pairs of customers that may be one and that nobody decided yet."""
    reading = reading_of(request)
    place = Place(request, ask)
    queue = review_queue(reading, place.offset, ask.order, place.limit)
    return said(request, place.page(queue.rows, queue.found))


@router.get("/identity/candidates/{candidate_id}", response=responses(PairSaid, 404), summary="Compare a pair")
def get_candidate(request: HttpRequest, candidate_id: Candidate) -> HttpResponse:
    """A pair side by side, with what speaks for and against it, and what was decided about the two."""
    return said(request, candidate_pair(reading_of(request), candidate_id))


@router.get("/identity/decisions", response=responses(Decisions), summary="List decisions about identity")
def list_decisions(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """All that was ever decided about who is one customer, the latest first; undone ones say so."""
    return said(request, Place(request, page).cut(decision_lines(reading_of(request))))


@router.post("/identity/decisions", response=done(Decided, 404, status=MADE), summary="Decide about a pair")
def make_decision(request: HttpRequest, body: DecisionWanted) -> HttpResponse:
    """Say that two customers are one or are not; the next book holds it.

    409 `already_decided` where another decision about the two holds than `instead_of`, `contradicted` where others say
    the opposite.
    """
    reading = reading_of(request, KeyScope.WRITE_IDENTITY)
    pair_to_decide(reading, body.kind, body.customer_id, body.other_id)
    key = decide(NewDecision(**body.dict()), reading.viewer.name, now())
    return said(request, _line(reading, key), MADE)


@router.post(
    "/identity/decisions/{decision_id}/undo", response=done(Decided, 404, status=MADE), summary="Undo a decision"
)
def undo_decision(request: HttpRequest, decision_id: Number, body: UndoWanted) -> HttpResponse:
    """Let a decision hold no more; it stays in the history. 409 `already_decided` where it was undone before."""
    reading = reading_of(request, KeyScope.WRITE_IDENTITY)
    decision_to_undo(reading, decision_id)
    undo(decision_id, reading.viewer.name, body.reason, now())
    return said(request, _line(reading, decision_id), MADE)


@router.get("/identity/sources", response=responses(KnownTo), summary="Count customers by system")
def list_identity_sources(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Per system, how many customers it names, how many of them others know too, and how many none does."""
    return said(request, Place(request, page).cut(source_counts(reading_of(request))))


@router.get(
    "/customers/{path:customer_id}/joins", response=responses(shape(CustomerJoins, "Joins"), 404),
    summary="Read the joins of a customer",
)  # fmt: skip
def read_joins(request: HttpRequest, customer_id: Id) -> HttpResponse:
    """Why rows of other ids count as this customer's, what people decided, and which pairs of it wait."""
    return said(request, customer_joins(reading_of(request), customer_id))


def _line(reading: Reading, key: int) -> DecisionLine:
    return next(line for line in decision_lines(reading) if line.id == key)
