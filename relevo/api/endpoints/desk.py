"""What people keep on the Desk: members, keys, saved views, goals, the audit."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema
from pydantic import StrictBool

from relevo.answers.desk_lists import AuditLine, audit, member_list, my_keys, my_views
from relevo.answers.goals import GOALS_RULE, Goal, GoalsPage, goals_page, lists_with_goal
from relevo.answers.reading import Reading
from relevo.api.callers import caller_of, reading_of
from relevo.api.paging import Page, Place
from relevo.api.said import nothing, said
from relevo.api.shapes import done, listed, responses, shape
from relevo.desk.house.actions import save_versions
from relevo.desk.people.actions_keys import MOST_DAYS, USUAL_DAYS, NewKey, create_key, revoke_key
from relevo.desk.people.keys import Key, KeyScope
from relevo.desk.people.members import MemberLine
from relevo.desk.work.actions_views import ViewChange, change_view, delete_view, save_view
from relevo.desk.work.views import View
from relevo.jobs.clock import now, today

router = Router(tags=["desk"])
Number = Annotated[int, Path(ge=1, le=2**63 - 1, examples=[1])]
PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
MADE = 201

Members, Keys = listed(shape(MemberLine, "Member"), "Members"), listed(shape(Key), "Keys")
Views, Audit = listed(shape(View), "Views"), listed(shape(AuditLine), "Audit")


class Body(Schema, extra="forbid"):
    """What is sent; a field that is not described is refused."""


class KeyWanted(Body):
    """A key to be made."""

    name: str = Field(min_length=1, max_length=100, examples=["nightly report"])
    scopes: list[KeyScope] = Field(min_length=1, max_length=20, examples=[["read", "read:money"]])
    days: int = Field(USUAL_DAYS, ge=1, le=MOST_DAYS, description="For how many days it holds.")


class KeyMade(Schema):
    """A new key; `token` is told here and never again."""

    key: Key
    token: str


class ViewWanted(Body):
    """A question to keep under a name."""

    page: str = Field(pattern=r"^[a-z][a-z_-]{0,39}$", examples=["customers"])
    name: str = Field(min_length=1, max_length=80, examples=["Large ones"])
    query: str = Field("", max_length=4000, description="What stands behind the ? of the list's address.")
    is_shared: StrictBool = Field(False, description="Whether others may use it.")


class ViewChanged(Body):
    """What becomes of a view; what is left out stays."""

    name: str | None = Field(None, min_length=1, max_length=80)
    query: str | None = Field(None, max_length=4000)
    is_shared: StrictBool | None = None


class GoalWanted(Body):
    """A goal to set: what a measure is to be, what to watch beside it, which retention it serves, and why."""

    measure: str = Field(min_length=1, max_length=80, pattern=PRINTABLE, examples=["mrr"])
    value: float = Field(ge=-1e15, le=1e15, description="In the measure's own unit.", examples=[500000])
    until: str = Field(pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2027-03"])
    counter: str = Field("", max_length=80, description="A measure of another kind.", examples=["cac"])
    serves: str = Field("", max_length=80, description="The measure of retention.", examples=["logo_churn"])
    from_on: date | None = Field(None, description="From which day; today by default.", examples=["2026-11-01"])
    reason: str = Field(min_length=1, max_length=500, pattern=PRINTABLE, examples=["Board of October."])


class ViewsQuestion(Page):
    """Whose views."""

    page: str | None = Field(None, max_length=40, description="Keep views of this list.", examples=["customers"])


class AuditQuestion(Page):
    """Which entries."""

    who: str | None = Field(None, max_length=254, description="Of this user.", examples=["owner"])
    action: str | None = Field(None, max_length=64, description="Of this kind.", examples=["export"])


@router.get("/members", response=responses(Members), summary="List members")
def list_members(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Everybody who may sign in, with the role; for who may change people."""
    return said(request, Place(request, page).cut(member_list(reading_of(request, KeyScope.ADMIN))))


@router.get("/keys", response=responses(Keys), summary="List my keys")
def list_keys(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """The caller's own keys by their prefix, newest first; the keys themselves are kept nowhere."""
    return said(request, Place(request, page).cut(my_keys(reading_of(request))))


@router.post("/keys", response=done(KeyMade, status=MADE), summary="Make a key")
def make_key(request: HttpRequest, body: KeyWanted) -> HttpResponse:
    """A key of the caller. A key that makes another one gives it no more than it may itself, and no longer life."""
    reading_of(request, KeyScope.ADMIN)
    caller = caller_of(request)
    wanted = NewKey(body.name, body.scopes, body.days)
    key, token = create_key(caller.user, wanted, now(), caller.key)
    return said(request, {"key": key, "token": token}, MADE)


@router.delete("/keys/{key_id}", response=done(shape(Key), 404), summary="Revoke a key")
def end_key(request: HttpRequest, key_id: Number) -> HttpResponse:
    """End one of the caller's keys at once."""
    reading_of(request, KeyScope.ADMIN)
    return said(request, revoke_key(caller_of(request).user, key_id, now()))


@router.get("/views", response=responses(Views), summary="List saved views")
def list_views(request: HttpRequest, ask: Query[ViewsQuestion]) -> HttpResponse:
    """The caller's own views and those that others share, by name."""
    return said(request, Place(request, ask).cut(my_views(reading_of(request), ask.page)))


@router.post("/views", response=done(shape(View), status=MADE), summary="Save a view")
def make_view(request: HttpRequest, body: ViewWanted) -> HttpResponse:
    """Keep a question to a list under a name; 409 where the caller has one of that name there."""
    owner = reading_of(request, KeyScope.WRITE_VIEWS).viewer.name
    made = save_view(owner, body.page, body.name, body.query, now(), is_shared=body.is_shared)
    return said(request, made, MADE)


@router.patch("/views/{view_id}", response=done(shape(View), 404), summary="Change a saved view")
def update_view(request: HttpRequest, view_id: Number, body: ViewChanged) -> HttpResponse:
    """Give one of the caller's own views another name, question or circle."""
    owner = reading_of(request, KeyScope.WRITE_VIEWS).viewer.name
    return said(request, change_view(owner, view_id, ViewChange(**body.dict()), now()))


@router.delete("/views/{view_id}", response=done(None, 404, status=204), summary="Delete a saved view")
def remove_view(request: HttpRequest, view_id: Number) -> HttpResponse:
    """Remove one of the caller's own views."""
    delete_view(reading_of(request, KeyScope.WRITE_VIEWS).viewer.name, view_id, now())
    return nothing()


@router.get("/goals", response=responses(shape(GoalsPage, "Goals")), summary="List goals")
def list_goals(request: HttpRequest) -> HttpResponse:
    """Goals in force today, each with its counter-measure and the retention it serves, and targets that serve none."""
    reading = reading_of(request)
    return said(request, goals_page(reading, _company_today(reading)))


@router.post("/goals", response=done(shape(GoalsPage, "Goals"), status=MADE), summary="Set a goal")
def set_goal(request: HttpRequest, body: GoalWanted) -> HttpResponse:
    """Set a goal from a day on; it takes the place of one on the same measure and month.

    The answer is the list of that day, of today where that day is past.

    409 `single_metric` without a counter-measure of another kind: one number alone is reached at the cost of all
    others. 409 `orphan_target` where it serves no measure of retention.
    """
    reading = reading_of(request, KeyScope.WRITE_HOUSE)
    goal = Goal(body.measure, body.value, body.until, body.counter, body.serves)
    this_day = _company_today(reading)
    on = body.from_on or this_day
    save_versions(GOALS_RULE, lists_with_goal(reading, goal, on), reading.viewer.name, body.reason, now())
    return said(request, goals_page(reading, max(on, this_day)), MADE)


def _company_today(reading: Reading) -> date:
    """The day it is where the company is."""
    return today(reading.company_book.company.timezone)


@router.get("/audit", response=responses(Audit), summary="Read the audit")
def read_audit(request: HttpRequest, ask: Query[AuditQuestion]) -> HttpResponse:
    """Who did and saw what, newest first; for who may change people."""
    reading = reading_of(request, KeyScope.ADMIN)
    place = Place(request, ask)
    page = audit(reading, place.limit, place.offset or None, ask.who, ask.action)
    following = place.cursor(page.lines[-1].id) if page.has_more else None
    return said(request, {"items": page.lines, "found": page.found, "next": following})
