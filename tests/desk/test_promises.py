"""Promises, fit and what customers say through their link, as the Desk keeps them."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core import signing

from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions import NewHandOff, draft, give, give_back
from relevo.desk.relay.actions_customer import customer_says, make_link
from relevo.desk.relay.actions_fit import (
    NewDecline,
    answer_all,
    answer_fit,
    decline,
    override_gate,
    withdraw_decline,
)
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.relay.actions_promises import (
    NewPromise,
    break_promise,
    change_promise,
    decide_promise,
    keep_promise,
    make_promise,
    withdraw_promise,
)
from relevo.desk.relay.fit import answers_of, declined, overrides_by_deal
from relevo.desk.relay.fit_questions import DEFAULTS
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.links import CustomerLink, LinkVoid, link_of, token_of
from relevo.desk.relay.models import DeclinedDeal, FitAnswer, FitOverride, Promise
from relevo.desk.relay.promises import (
    EndedHow,
    KeptPromise,
    Standing,
    history_of_promise,
    is_standing,
    not_withdrawn,
    overdue,
    promise_with,
    promises_of,
)
from relevo.desk.relay.templates import DEFAULTS as TEMPLATES

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
JUNE = date(2026, 6, 30)


def promised(customer: str = "C1", due: date | None = JUNE, state: str = "absent", **more: object) -> int:
    new = NewPromise(customer, "SSO by June", state, NOON, "sam", due_on=due, **more)  # type: ignore[arg-type]
    return make_promise(new, "sam", NOON)


def kept(key: int) -> KeptPromise:
    found = promise_with(key)
    assert found is not None
    return found


def test_a_promise_is_red_while_nothing_stands_behind_it() -> None:
    key = promised()
    assert kept(key).is_red
    change_promise(key, "SSO by June", "absent", JUNE, "j17", "", kept(key).revision, "pia", NOON)
    assert not kept(key).is_red
    assert not kept(promised(state="planned")).is_red
    assert [e.kind for e in history_of_promise(key)] == ["promised", "promise.changed"]


@pytest.mark.parametrize(
    ("day", "standing"), [(JUNE, Standing.OPEN), (JUNE + DAY, Standing.BROKEN)]
)  # fmt: skip
def test_its_own_day_is_over_with_the_end_of_it(day: date, standing: Standing) -> None:
    key = promised()
    assert kept(key).standing(day) is standing
    assert found(standing, day) == {key}


def found(standing: Standing, day: date) -> set[int]:
    """The promises that stand so for the database."""
    return set(not_withdrawn().filter(is_standing(standing, day)).values_list("pk", flat=True))


def test_standings_for_the_database_are_those_of_the_value() -> None:
    keys = [promised(due=due) for due in (JUNE, None, JUNE - 20 * DAY)]
    keep_promise(promised(), False, "pia", NOON)
    keep_promise(promised(), True, "pia", NOON)
    broken = promised(due=None)
    break_promise(broken, "Not built", "pia", NOON)
    late = promised()
    break_promise(late, "", "relevo", NOON, EndedHow.DATE, NOON + 30 * DAY)
    keep_promise(late, False, "pia", NOON + 31 * DAY)
    for day in (JUNE - 25 * DAY, JUNE, JUNE + DAY):
        for standing in Standing:
            assert found(standing, day) == {p.pk for p in Promise.objects.all() if kept(p.pk).standing(day) is standing}
    assert kept(late).standing(JUNE) is Standing.LATE
    assert {p.id for p in overdue(JUNE + DAY)} == {keys[0], keys[2]}


def test_it_is_decided_once_and_refused_for_a_reason() -> None:
    key = promised()
    with pytest.raises(WrongUse, match="refused for a reason"):
        decide_promise(key, False, " ", "pia", NOON)
    decide_promise(key, False, "Not on the roadmap", "pia", NOON)
    with pytest.raises(WrongUse, match="pia decided this promise before"):
        decide_promise(key, True, "", "tom", NOON)
    with pytest.raises(WrongUse, match="not rewritten"):
        change_promise(key, "SSO", "absent", None, "", "", kept(key).revision, "sam", NOON)
    with pytest.raises(WrongUse, match="What was decided, kept or broken stays"):
        withdraw_promise(key, "mistake", "sam", NOON)
    assert (kept(key).decided_by, kept(key).decided_why, kept(key).refused_at) == ("pia", "Not on the roadmap", NOON)


def test_it_is_kept_or_broken_once() -> None:
    key = promised()
    keep_promise(key, False, "pia", NOON)
    with pytest.raises(WrongUse, match="kept before"):
        keep_promise(key, False, "pia", NOON)
    with pytest.raises(WrongUse, match="kept, or broken, before"):
        break_promise(key, "Not built", "pia", NOON)
    with pytest.raises(WrongUse, match="broken for a reason"):
        break_promise(promised(), " ", "pia", NOON)


def test_two_who_change_it_do_not_overwrite_each_other() -> None:
    key = promised()
    seen = kept(key).revision
    change_promise(key, "SSO by July", "planned", None, "", "https://issues.example/1", seen, "sam", NOON)
    with pytest.raises(Overtaken):
        change_promise(key, "SSO by May", "absent", None, "", "", seen, "pia", NOON)
    assert kept(key).text == "SSO by July"


def test_what_was_written_by_mistake_is_taken_back_and_stays_in_the_history() -> None:
    key = promised()
    with pytest.raises(WrongUse, match="for a reason"):
        withdraw_promise(key, "", "sam", NOON)
    withdraw_promise(key, "Said of another customer", "sam", NOON)
    assert promise_with(key) is None
    assert [e.text for e in history_of_promise(key)] == ["SSO by June", "Said of another customer"]
    with pytest.raises(WrongUse, match="no promise"):
        keep_promise(key, False, "pia", NOON)
    assert str(Promise.objects.get(pk=key)) == f"promise {key} to C1"


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        (NewPromise("C1", " ", "absent", NOON), "text of 1"),
        (NewPromise("C1", "SSO", "maybe", NOON), "cannot be 'maybe'"),
        (NewPromise("C1", "SSO", "absent", NOON + DAY), "in the past"),
        (NewPromise("C1", "SSO", "absent", NOON, link="file:///etc"), "no link"),
        (NewPromise("C1", "SSO", "absent", NOON, link="https://" + "x" * 1000), "1008 characters"),
    ],
)
def test_a_promise_that_cannot_be_kept_here_is_refused(new: NewPromise, complaint: str) -> None:
    with pytest.raises(WrongUse, match=complaint):
        make_promise(new, "sam", NOON)


def given_handoff() -> int:
    key = draft(NewHandOff("C1", TEMPLATES["sales_to_success"], "sam", "cleo"), "sam", NOON)
    give(key, 1, "sam", NOON)
    return key


def test_promises_go_with_their_hand_off() -> None:
    key = given_handoff()
    mine = promised(handoff_id=key)
    promised()
    assert [p.id for p in promises_of(key)] == [mine]


def test_a_customer_confirms_by_a_link_and_a_new_link_voids_the_old() -> None:
    key = given_handoff()
    old = link_of(make_link(key, "sam", NOON))
    new = link_of(make_link(key, "sam", NOON))
    with pytest.raises(LinkVoid):
        customer_says(old, True, "", NOON)
    customer_says(new, False, "The date is wrong.", NOON)
    found = handoff_with(key)
    assert found is not None
    assert (found.customer_confirmed_at, found.customer_says) == (None, "The date is wrong.")
    customer_says(new, True, "", NOON + DAY)
    found = handoff_with(key)
    assert found is not None
    assert (found.customer_confirmed_at, found.customer_says) == (NOON + DAY, "")
    with pytest.raises(WrongUse, match="Nothing was said"):
        customer_says(new, False, " ", NOON)


def test_the_link_of_what_was_returned_is_void() -> None:
    key = given_handoff()
    link = link_of(make_link(key, "sam", NOON))
    found = handoff_with(key)
    assert found is not None
    give_back(key, ["needs"], "", found.revision, "cleo", NOON)
    with pytest.raises(LinkVoid):
        customer_says(link, True, "", NOON)
    with pytest.raises(WrongUse, match="confirms what was given"):
        make_link(key, "sam", NOON)


def test_a_link_that_was_not_made_here_is_void() -> None:
    for token in ("", "x", "1:2:3", signing.dumps([1, 1], salt="other"), signing.dumps("x")):
        with pytest.raises(LinkVoid, match="does not hold"):
            link_of(token)


def test_a_link_says_which_hand_off_it_opens() -> None:
    assert link_of(token_of(CustomerLink(7, 2))) == CustomerLink(7, 2)


def test_the_latest_answer_about_fit_holds() -> None:
    question = DEFAULTS[2]
    answer_fit("D1", "C1", question, " YES", "sam", "sam", NOON)
    answer_fit("D1", "C1", question, "partly", "sam", "pia", NOON + DAY)
    (found,) = answers_of(["D1", "D2"])["D1"].values()
    assert (found.question, found.answer, found.answered_by) == (question.key, "partly", "pia")
    with pytest.raises(WrongUse, match="'maybe' is no answer"):
        answer_fit("D1", "C1", question, "maybe", "sam", "sam", NOON)
    with pytest.raises(WrongUse, match="is no answer"):
        answer_all("D2", "C1", [(DEFAULTS[0], "yes"), (DEFAULTS[1], "maybe")], "sam", "sam", NOON)
    assert answers_of(["D2"]) == {}
    assert AuditEntry.objects.filter(action="fit.answered").count() == 2
    assert str(FitAnswer.objects.get()) == "owner_named of D1"


def test_the_gate_is_passed_for_a_reason() -> None:
    with pytest.raises(WrongUse, match="for a reason"):
        override_gate("D1", "C1", None, "", "sam", NOON)
    override_gate("D1", "C1", Fraction(2, 5), "A reference in a new market", "sam", NOON)
    override_gate("D2", "C2", None, "Asked by the founder", "sam", NOON + DAY)
    assert {o.deal_id: o.score for o in overrides_by_deal().values()} == {"D2": None, "D1": Fraction(2, 5)}
    assert str(FitOverride.objects.last()) == "override of D1 by sam"


def test_what_was_not_sold_is_kept_with_why() -> None:
    key = decline(NewDecline("Acme", "no_fit", "They need on-premise", JUNE - 40 * DAY, amount_cents=9_000_00,
                             currency="EUR"), "sam", NOON)  # fmt: skip
    (found,) = declined(10)
    assert (found.id, found.amount_cents, found.why) == (key, 900_000, "no_fit")
    withdraw_decline(key, "Sold after all", "sam", NOON)
    assert declined(10) == ()
    with pytest.raises(WrongUse, match="no declined deal"):
        withdraw_decline(key, "again", "sam", NOON)
    assert str(DeclinedDeal.objects.get()) == "Acme declined by sam"


@pytest.mark.parametrize(
    ("new", "complaint"),
    [
        (NewDecline("", "no_fit", "x", JUNE), "a name and a reason"),
        (NewDecline("Acme", "weather", "x", JUNE), "'weather' is no cause"),
        (NewDecline("Acme", "no_fit", "x", JUNE), "in the past"),
        (NewDecline("Acme", "no_fit", "x", NOON.date(), amount_cents=5), "number of cents"),
        (NewDecline("Acme", "no_fit", "x", NOON.date(), amount_cents=-5, currency="EUR"), "number of cents"),
    ],
)
def test_a_decline_that_says_too_little_is_refused(new: NewDecline, complaint: str) -> None:
    with pytest.raises(WrongUse, match=complaint):
        decline(new, "sam", NOON)
