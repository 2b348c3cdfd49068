"""Settings: one's own doors, people, roles, house rules with their history, the audit."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client

from relevo.desk.house.models import HouseRule
from relevo.desk.people.actions import create_link
from relevo.desk.people.actions_keys import NewKey, create_key
from relevo.desk.people.keys import holder_of
from relevo.desk.people.members import role_of
from relevo.desk.people.models import AuditEntry, OpenSession
from relevo.desk.people.second import second_of
from tests.web.conftest import member, signed_in
from tests.web.test_second_factor import code_at

PHRASE, OTHER = "a long enough phrase", "another long phrase"


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def now() -> datetime:
    return datetime.now(UTC)


def actions(**asked: Any) -> list[str]:
    return list(AuditEntry.objects.filter(**asked).order_by("id").values_list("action", flat=True))


def by_password(username: str = "ana", phrase: str = PHRASE) -> Client:
    browser = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    assert browser.post("/sign-in", {"username": username, "password": phrase}).status_code == 302
    browser.get("/settings")
    return browser


@pytest.fixture
def with_password(served: None) -> User:
    user = member("ana", "success_lead")
    user.set_password(PHRASE)
    user.save()
    return user


def test_my_language_and_time_zone_are_kept(ana: Client) -> None:
    sent = ana.post("/settings/profile", {"language": "es", "timezone": "America/Bogota"})
    assert sent["Location"] == "/settings?done=profile"
    assert '<html lang="es"' in ana.get("/settings").content.decode()
    wrong = ana.post("/settings/profile", {"language": "", "timezone": "Mars/Olympus"})
    assert (wrong.status_code, "Mars/Olympus" in wrong.content.decode()) == (422, True)


def test_a_session_is_listed_and_ended(with_password: User) -> None:
    here, there = by_password(), by_password()
    assert OpenSession.objects.filter(user=with_password, door="password").count() == 2
    page = here.get("/settings/sessions").content.decode()
    assert "Firefox, Linux" in page
    assert "127.0.0.1" in page
    other = OpenSession.objects.exclude(session_key=here.session.session_key).get()
    assert here.post("/settings/sessions/end", {"session": other.pk}).status_code == 302
    assert there.get("/settings").status_code == 302, "it ended at once"
    assert here.get("/settings").status_code == 200


def test_all_other_sessions_end_at_once(with_password: User) -> None:
    here, *others = (by_password() for _ in range(3))
    here.post("/settings/sessions/end", {"session": "others"})
    assert [browser.get("/settings").status_code for browser in (here, *others)] == [200, 302, 302]
    assert OpenSession.objects.count() == Session.objects.count() == 1


def test_a_session_of_another_is_not_mine_to_end(with_password: User, owner: Client) -> None:
    mine = by_password()
    number = OpenSession.objects.get(user=with_password).pk
    assert owner.post("/settings/sessions/end", {"session": number}).status_code == 404
    assert mine.get("/settings").status_code == 200


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(with_password: User) -> None:
    here, there = by_password(), by_password()
    told = {"old": PHRASE, "new": OTHER, "again": OTHER}
    assert here.post("/settings/password", told)["Location"] == "/settings?done=password"
    assert (here.get("/settings").status_code, there.get("/settings").status_code) == (200, 302)
    assert OpenSession.objects.get().session_key == here.session.session_key
    by_password(phrase=OTHER)
    assert "password.changed" in actions(who="ana")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"old": "wrong", "new": OTHER, "again": OTHER}, "not your password"),
        ({"old": PHRASE, "new": OTHER, "again": "else"}, "differ"),
        ({"old": PHRASE, "new": "short", "again": "short"}, "too short"),
    ],
)
def test_a_password_is_not_changed_by_mistake(with_password: User, told: dict[str, str], words: str) -> None:
    page = by_password().post("/settings/password", told)
    assert (page.status_code, words in page.content.decode()) == (422, True)
    by_password()


def test_who_has_no_password_chooses_one(ana: Client) -> None:
    ana.get("/settings")
    assert ana.post("/settings/password", {"new": OTHER, "again": OTHER}).status_code == 302
    assert ana.get("/settings").status_code == 200
    by_password(phrase=OTHER)


def test_codes_are_switched_on_and_off_with_a_code_as_proof(ana: Client) -> None:
    page = ana.get("/settings/codes").content.decode()
    assert "style=" not in ana.get("/settings/codes.svg").content.decode()
    assert ana.get("/settings/codes.svg")["Content-Type"] == "image/svg+xml"
    secret = ana.session["relevo-offered-secret"]
    assert secret[:4] in page
    assert ana.post("/settings/codes", {"do": "on", "code": "000000"}).status_code == 422
    before = now() - timedelta(seconds=30)
    shown = ana.post("/settings/codes", {"do": "on", "code": code_at(before, secret)}).content.decode()
    spare = shown.split("<li><code>")[1].split("<")[0]
    user = User.objects.get(username="ana")
    assert second_of(user).recovery_left == 10
    assert spare not in ana.get("/settings/codes").content.decode(), "shown once"
    assert ana.post("/settings/codes", {"do": "off", "code": "000000"}).status_code == 422
    assert ana.post("/settings/codes", {"do": "off", "code": spare})["Location"] == "/settings?done=codes-off"
    assert second_of(user).since is None


def test_a_key_is_shown_once_and_revoked_it_is_refused(ana: Client) -> None:
    page = ana.post("/settings/keys", {"name": "nightly", "scope": ["read"], "days": "30"}).content.decode()
    token = page.split("<pre>")[1].split("</pre>")[0]
    holder = holder_of(token, now())
    assert holder
    assert (holder.user.username, holder.key.scopes) == ("ana", ("read",))
    assert token not in ana.get("/settings/keys").content.decode()
    assert ana.post("/settings/keys/revoke", {"key": holder.key.id}).status_code == 302
    assert holder_of(token, now()) is None
    assert actions(action__startswith="key.") == ["key.created", "key.revoked"]


def test_a_key_needs_a_name_a_scope_and_an_end(ana: Client) -> None:
    for told in (
        {"name": "x", "days": "30"},
        {"name": "x", "scope": "all", "days": "30"},
        {"name": "x", "scope": "read", "days": "9999"},
    ):
        assert ana.post("/settings/keys", told).status_code == 422
    assert ana.post("/settings/keys/revoke", {"key": "1"}).status_code == 404


def test_a_key_of_another_is_not_mine_to_revoke(ana: Client, owner: Client) -> None:
    key, token = create_key(User.objects.get(username="ana"), NewKey("mine", ["read"]), now())
    assert owner.post("/settings/keys/revoke", {"key": key.id}).status_code == 404
    assert holder_of(token, now())


def test_an_invitation_signs_in_once_for_a_week(owner: Client) -> None:
    told = {"email": "new@norte.example", "name": "Nia New", "role": "seller"}
    page = owner.post("/settings/people", told).content.decode()
    link = page.split("<pre>")[1].split("</pre>")[0]
    assert link.startswith("http://testserver/enter/")
    assert link not in owner.get("/settings/people").content.decode()
    assert "invited until" in owner.get("/settings/people").content.decode()
    browser = Client()
    assert browser.get(link).status_code == 302
    assert "Nia New" in browser.get("/settings").content.decode()
    assert Client().get(link).status_code == 410
    assert role_of(User.objects.get(username="new@norte.example")) == "seller"
    assert actions(who="ines", about="new@norte.example") == ["user.created", "link.created"]


@pytest.mark.parametrize(
    "told",
    [
        {"email": "no address", "role": "seller"},
        {"email": "INES@norte.example", "role": "seller"},
        {"email": "b@c.de", "role": "king"},
    ],
)
def test_an_invitation_that_cannot_be_is_refused(owner: Client, told: dict[str, str]) -> None:
    page = owner.post("/settings/people", told)
    assert page.status_code == 422
    assert told["email"] in page.content.decode()
    assert User.objects.count() == 1


def test_a_deactivated_person_is_outside_at_once(with_password: User, owner: Client) -> None:
    browser, (_, token) = by_password(), create_key(with_password, NewKey("mine", ["read"]), now())
    link = create_link(with_password, now())
    assert owner.post("/settings/people/ana", {"do": "deactivate"}).status_code == 302
    assert browser.get("/settings").status_code == 302
    assert holder_of(token, now()) is None
    assert Client().get(f"/enter/{link}").status_code == 410
    assert Client().post("/sign-in", {"username": "ana", "password": PHRASE}).status_code == 200
    assert owner.post("/settings/people/ana", {"do": "activate"}).status_code == 302
    assert holder_of(token, now()) is None, "a key stays revoked"
    by_password()


def test_the_last_owner_stays(owner: Client) -> None:
    for told in ({"do": "deactivate"}, {"do": "role", "role": "seller"}):
        page = owner.post("/settings/people/ines", told)
        assert (page.status_code, "last owner" in page.content.decode()) == (422, True)
    member("second", "owner")
    assert owner.post("/settings/people/ines", {"do": "role", "role": "seller"}).status_code == 302
    assert owner.get("/settings/people").status_code == 403


def test_a_role_is_changed_and_audited(with_password: User, owner: Client) -> None:
    assert owner.post("/settings/people/ana", {"do": "role", "role": "finance"}).status_code == 302
    assert role_of(User.objects.get(pk=with_password.pk)) == "finance"
    entry = AuditEntry.objects.get(action="user.role_changed")
    assert (entry.who, entry.details) == ("ines", {"from": "success_lead", "to": "finance"})
    assert owner.post("/settings/people/nobody", {"do": "role", "role": "finance"}).status_code == 404


def test_a_change_of_roles_that_a_later_one_would_end_is_refused(owner: Client) -> None:
    """Each version is a whole table: what is saved before it would open again what was closed."""
    told = {"role": "seller", "column": "money", "sight": "none", "reason": "less"}
    assert owner.post("/settings/roles", {**told, "from_on": "2099-01-01"}).status_code == 302
    page = owner.post("/settings/roles", {**told, "role": "csm"})
    assert page.status_code == 422
    assert "Roles change again on 2099-01-01" in page.content.decode()
    assert owner.post("/settings/roles", {**told, "role": "csm", "from_on": "2099-01-01"}).status_code == 302


def test_a_cell_of_the_roles_is_changed_from_a_day_on(owner: Client) -> None:
    told = {"role": "seller", "column": "money", "sight": "none", "from_on": "2026-01-01", "reason": "we try it"}
    assert owner.post("/settings/roles", told).status_code == 302
    leo = signed_in(member("leo", "seller"))
    amounts = {row["mrr_cents"] for row in csv.DictReader(io.StringIO(leo.get("/customers.csv").content.decode()))}
    assert amounts == {""}
    page = owner.get("/settings/roles").content.decode()
    assert "by default own" in page
    assert "we try it" in page
    owner.post("/settings/roles", {**told, "sight": "own", "reason": "enough"})
    assert [r.value for r in HouseRule.objects.order_by("id")] == [{"seller": {"money": "none"}}, {}]


@pytest.mark.parametrize(
    "change", [{"role": "owner"}, {"sight": "much"}, {"column": "rights"}, {"reason": " "}, {"from_on": "soon"}]
)
def test_a_cell_that_cannot_be_changed_is_refused(owner: Client, change: dict[str, str]) -> None:
    told = {"role": "seller", "column": "money", "sight": "none", "from_on": "2026-01-01", "reason": "why", **change}
    assert owner.post("/settings/roles", told).status_code == 422
    assert HouseRule.objects.count() == 0


def test_a_house_rule_has_a_history(owner: Client) -> None:
    for value, day, why in (("0,7", "2026-01-01", "the auditors"), ("3/4", "2030-01-01", "we hope")):
        told = {"value": value, "from_on": day, "reason": why}
        assert owner.post("/settings/house/gross_margin", told).status_code == 302
    page = owner.get("/settings/house/gross_margin").content.decode()
    assert "Gross margin: 0.7" in page
    assert page.index(">we hope<") < page.index(">the auditors<", page.index('id="history"'))
    assert "1 Jan 2030" in page
    assert "changes on 1 Jan 2030" in owner.get("/settings/house").content.decode()
    assert [(r.value, r.saved_by) for r in HouseRule.objects.order_by("id")] == [(0.7, "ines"), ("3/4", "ines")]
    assert owner.get("/measures/ltv.json").json()["rows"][-1]["gross_margin"] == 0.7


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("hourly_costs", "support_agent: 35,50\nseller: 42", {"support_agent": 3550, "seller": 4200}),
        ("business_hours", "mon: 09:00-18:00", {"mon": "09:00-18:00"}),
        ("segments", "SMB\nMid market\n", ["SMB", "Mid market"]),
        ("ratings_not_of_persons", "Price\nan outage", ["Price", "an outage"]),
        ("stage_limits", "4, 15, 90, 200", [4, 15, 90, 200]),
        ("commission_by_cohort", "true", True),
        ("cac_lag_months", "", None),
        ("keep_books", "5", 5),
        ("history_starts_on", "2024-01-31", "2024-01-31"),
        ("north_star", "gross_revenue_retention", "gross_revenue_retention"),
        ("bridge_owners", "new: leo", {"new": "leo"}),
        ("response_promises", "premium: 60\n(none): 480", {"premium": "60", "(none)": "480"}),
    ],
)
def test_rules_are_written_as_people_write(owner: Client, key: str, value: str, kept: object) -> None:
    sent = owner.post(f"/settings/house/{key}", {"value": value, "from_on": "2026-01-01", "reason": "why"})
    assert sent.status_code == 302
    assert HouseRule.objects.get(key=key).value == kept
    assert owner.get(f"/settings/house/{key}").status_code == 200


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("gross_margin", "80"),
        ("gross_margin", "much"),
        ("response_promises", "premium: soon"),
        ("response_promises", "premium"),
        ("hourly_costs", "35"),
        ("hourly_costs", "agent: 1.005"),
        ("hourly_costs", "agent: 1e999999"),
        ("hourly_costs", "agent: inf"),
        ("gross_margin", "1e999999"),
        ("gross_margin", "nan"),
        ("keep_books", "1e999999"),
        ("north_star", "ltv"),
        ("business_hours", "mon: 18:00-09:00"),
        ("business_hours", "someday: 09:00-18:00"),
        ("segments", "A\nA"),
        ("stage_limits", "20, 5, 100, 250"),
        ("commission_by_cohort", "maybe"),
        ("keep_books", "0"),
        ("memory_limit", "lots"),
        ("history_starts_on", "2024-02-31"),
        ("north_star", "cac"),
        ("north_star", "mrr, arr"),
        ("policy", "{}"),
    ],
)
def test_what_is_not_of_the_rule_s_type_is_refused(owner: Client, key: str, value: str) -> None:
    page = owner.post(f"/settings/house/{key}", {"value": value, "from_on": "2026-01-01", "reason": "why"})
    assert (page.status_code, b'role="alert"' in page.content) == (422, True)
    assert HouseRule.objects.count() == 0


def test_a_rule_that_nothing_knows_is_not_there(owner: Client) -> None:
    assert owner.get("/settings/house/made-up").status_code == 404


def test_finance_changes_the_rules_of_money_and_no_other(served: None) -> None:
    finance = signed_in(member("eva", "finance"))
    page = finance.get("/settings/house").content.decode()
    assert "/settings/house/gross_margin" in page
    assert "/settings/house/north_star" not in page
    told = {"value": "0.7", "from_on": "2026-01-01", "reason": "the auditors"}
    assert finance.post("/settings/house/gross_margin", told).status_code == 302
    for key in ("keep_books", "north_star", "roles", "segments"):
        assert finance.get(f"/settings/house/{key}").status_code == 403
        assert finance.post(f"/settings/house/{key}", told).status_code == 403
    assert HouseRule.objects.count() == 1


def test_orphan_targets_are_listed_until_they_are_linked(owner: Client) -> None:
    told = {
        "measure": "demos",
        "value": "500",
        "until": "2026-12",
        "counter": "net_revenue_retention",
        "reason": "plan",
    }
    page = owner.post("/settings/goals", told)
    assert (page.status_code, "orphan" in page.content.decode()) == (422, True)
    orphan = {"measure": "demos", "value": 500, "until": "2026-12", "counter": "net_revenue_retention", "serves": ""}
    HouseRule.objects.create(
        key="targets", value=[orphan], from_on="2026-01-01", saved_at=now(), saved_by="ines", reason="before"
    )
    page = owner.get("/settings/goals").content.decode()
    assert "1 target serves no customer who stays" in page
    assert "demos" in page


def test_goals_set_after_the_day_of_the_book_are_all_kept(owner: Client) -> None:
    """The book is of October, and every day on which this runs is later."""
    told = {"value": "9", "until": "2027-03", "counter": "cac", "serves": "ltv", "reason": "plan"}
    for measure in ("mrr", "logo_churn"):
        assert owner.post("/settings/goals", {**told, "measure": measure}).status_code == 302
    kept = HouseRule.objects.filter(key="targets").last()
    assert kept is not None
    assert [goal["measure"] for goal in kept.value] == ["mrr", "logo_churn"]
    page = owner.get("/settings/goals").content.decode()
    shown = page[: page.index('id="orphans"')]
    assert ("<h2>Goals</h2>" in shown, "logo_churn" in shown, ">mrr" in shown) == (True, True, True)


def test_the_audit_is_filtered_by_the_address_and_taken_out(owner: Client, ana: Client) -> None:
    owner.post("/settings/people/ana", {"do": "link"})
    page = owner.get("/settings/audit?action=link.created").content.decode()
    assert page.count("<tr><th") == 2, "the headings and one entry"
    assert owner.get("/settings/audit?until=2020-01-01").content.decode().count("<tr><th") == 0
    assert owner.get("/settings/audit?since=nonsense").status_code == 400
    rows = list(csv.DictReader(io.StringIO(owner.get("/settings/audit.csv?who=ines").content.decode())))
    assert {row["who"] for row in rows} == {"ines"}
    assert "audit.exported" in actions(who="ines")
    assert ana.get("/settings/audit").status_code == 403


def test_forms_of_settings_are_refused_from_elsewhere(served: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member("ines", "owner"))
    for address in (
        "/settings/profile", "/settings/password", "/settings/codes", "/settings/sessions/end", "/settings/keys",
        "/settings/keys/revoke", "/settings/people", "/settings/people/ines", "/settings/roles",
        "/settings/house/gross_margin", "/settings/goals",
    ):  # fmt: skip
        assert browser.post(address, {"do": "deactivate"}).status_code == 403, address


def test_names_that_look_like_formulas_are_text_in_the_file(owner: Client) -> None:
    AuditEntry.objects.create(at=now(), who='=HYPERLINK("http://evil")', action="x", about="")
    rows = list(csv.DictReader(io.StringIO(owner.get("/settings/audit.csv").content.decode())))
    assert any(row["who"].startswith("'=HYPERLINK") for row in rows)


def test_what_runs_by_itself_is_shown_to_the_owner(owner: Client, ana: Client) -> None:
    page = owner.get("/settings/running").content.decode()
    assert "No mail server is set up: write [mail] in relevo.toml." in page
    assert 'action="/settings/mail/test"' in page
    assert ana.get("/settings/running").status_code == 403
    assert "/settings/running" not in ana.get("/settings").content.decode()
