"""The page of one customer as a reader meets it: tabs, files, parts, and what is hidden and said."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from relevo.desk.people.models import AuditEntry, Member
from relevo.desk.work.models import Note, Task
from relevo.jobs.clock import now
from relevo.web.customer.tabs import TABS
from tests.answers import company
from tests.web.conftest import member, signed_in

HX = {"HX-Request": "true"}


@pytest.fixture
def finance(served: None) -> Client:
    return signed_in(member("eva", "finance"))


@pytest.fixture
def product(served: None) -> Client:
    return signed_in(member("leo", "product"))


def records(browser: Client, address: str) -> list[dict[str, str]]:
    response = browser.get(address)
    assert response["Content-Type"].startswith("text/csv"), address
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def file(browser: Client, customer: str = "C02", **more: str) -> int:
    told = {"customer": customer, "kind": "call", "text": "They want SSO", "when": "2026-10-30T10:00", **more}
    return browser.post("/notes/file", told).status_code


def test_every_tab_is_a_page_a_part_and_a_file(owner: Client) -> None:
    for tab in TABS:
        address = f"/customers/C00?tab={tab}"
        page = owner.get(address).content.decode()
        assert page.count("<h1>") == 1, tab
        assert f'?tab={tab}" hx-target="#tab" hx-push-url="true" aria-current="page"' in page, tab
        part = owner.get(address, headers={**HX, "HX-Target": "tab"}).content.decode()
        assert "<html" not in part, tab
        assert part.lstrip().startswith('<nav class="tabs"'), tab
        back = owner.get(address, headers={**HX, "HX-History-Restore-Request": "true"}).content.decode()
        assert "<html" in back, tab
        assert records(owner, f"{address}&as=csv") or tab in ("notes", "joins"), tab


def test_a_tab_that_is_none_is_refused(owner: Client) -> None:
    for address in ("/customers/C00?tab=gossip", "/customers/C00?tab=history", "/customers/C00?tab=x&as=csv"):
        assert owner.get(address).status_code == 400


def test_the_history_is_a_file(owner: Client, product: Client) -> None:
    rows = records(owner, "/customers/C00?tab=history&as=csv")
    assert rows[0] == {"month": "2023-04", "mrr_cents": "4999"}
    assert rows[-1] == {"month": "2026-10", "mrr_cents": "9998"}
    assert len(rows) == 43
    assert records(product, "/customers/C00?tab=history&as=csv") == []


def test_lines_come_without_the_page(owner: Client) -> None:
    lines = owner.get("/customers/C00?tab=timeline&kind=voice&kind=money", headers={**HX, "HX-Target": "lines"})
    part = lines.content.decode()
    assert "<nav" not in part
    assert part.count("<li>") == len(records(owner, "/customers/C00?tab=timeline&kind=voice&kind=money&as=csv"))
    empty = owner.get("/customers/C00?tab=timeline&text=zeppelin").content.decode()
    assert "No line matches" in empty


def test_what_is_hidden_is_said(finance: Client, product: Client) -> None:
    page = product.get("/customers/C00").content.decode()
    assert page.count("not for your role") >= 3
    assert "€" not in page
    assert "The money of this customer is not for your role" in product.get("/customers/C00?tab=money").content.decode()
    assert "€" not in product.get("/customers/C00?tab=deals").content.decode()
    assert records(product, "/customers/C00?tab=money&as=csv") == []
    assert {r["amount_cents"] for r in records(product, "/customers/C00?tab=deals&as=csv")} == {""}
    said = finance.get("/customers/C00?tab=conversations").content.decode()
    assert "What was said is not for your role" in said
    assert "Export" not in said
    assert {r["subject"] for r in records(finance, "/customers/C00?tab=conversations&as=csv")} == {""}
    assert finance.get("/customers/C00?tab=timeline&text=Export").content.decode().count("<li>") <= 10


def test_a_note_is_filed_seen_and_withdrawn(owner: Client) -> None:
    assert file(owner) == 302
    note = Note.objects.get()
    assert note.happened_at.isoformat() == "2026-10-30T09:00:00+00:00", "the clock of Madrid"
    for tab in ("notes", "timeline"):
        assert "They want SSO" in owner.get(f"/customers/C02?tab={tab}").content.decode(), tab
    assert "written down" in owner.get("/customers/C02").content.decode()
    assert [r["text"] for r in records(owner, "/customers/C02?tab=notes&as=csv")] == ["They want SSO"]
    assert owner.post(f"/notes/{note.pk}/withdraw")["Location"] == "/customers/C02?tab=notes#tab"
    assert "They want SSO" not in owner.get("/customers/C02").content.decode()
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"note.filed", "note.withdrawn"}


def test_a_reader_s_own_clock_tells_and_takes_the_time(owner: Client) -> None:
    """Ines works from Shanghai, seven hours before Madrid in October's last days: what she writes is by her clock."""
    profile = Member.objects.get(user__username="ines")
    profile.timezone = "Asia/Shanghai"
    profile.save()
    assert file(owner, when="2026-10-30T02:00") == 302
    assert Note.objects.get().happened_at.isoformat() == "2026-10-29T18:00:00+00:00"
    page = owner.get("/customers/C02?tab=notes").content.decode()
    assert 'title="Asia/Shanghai"' in page
    assert "30 Oct 2026, 02:00" in page
    assert records(owner, "/customers/C02?kind=desk&as=csv")[0]["at"].endswith("+08:00")


def test_an_offset_that_was_sent_is_kept(owner: Client) -> None:
    assert file(owner, when="2026-10-30T14:30+05:00") == 302
    assert Note.objects.get().happened_at.isoformat() == "2026-10-30T09:30:00+00:00"


def test_a_note_that_cannot_be_read_is_refused(owner: Client) -> None:
    assert file(owner, kind="rumour") == file(owner, text=" ") == file(owner, when="soon") == 400
    assert file(owner, "C99") == 404
    assert not Note.objects.exists()
    assert file(owner, when="") == 302
    assert now() - Note.objects.get().happened_at < timedelta(minutes=1)


def test_a_formula_in_a_note_is_text_in_the_file(owner: Client) -> None:
    file(owner, text="=1+1", kind="note")
    assert [r["text"] for r in records(owner, "/customers/C02?tab=notes&as=csv")] == ["'=1+1"]


def test_a_customer_of_others_takes_no_note_and_no_task(owner: Client, served: None) -> None:
    ben, due = signed_in(member("ben", "csm")), company.NOW.date().isoformat()
    file(owner)
    note = Note.objects.get().pk
    owner.post("/tasks/add", {"customer": "C02", "title": "Call", "due_on": due, "owner": "ines"})
    task = Task.objects.get().pk
    new = {"customer": "C02", "title": "x", "due_on": due, "owner": "ben"}
    assert file(ben) == 404
    assert ben.post("/tasks/add", new).status_code == 404
    for address in (f"/notes/{note}/withdraw", *(f"/tasks/{task}/{do}" for do in ("finish", "reopen", "move"))):
        assert ben.post(address, {"due_on": due}).status_code == 404, address
        assert ben.get(address).status_code == 405, address
    assert (Note.objects.count(), Task.objects.count()) == (1, 1)
    assert Task.objects.get().done_at is None


def test_nobody_writes_without_signing_in(served: None) -> None:
    for address in ("/notes/file", "/notes/1/withdraw", "/tasks/add", "/tasks/1/finish", "/review/freeze"):
        assert Client().post(address)["Location"].startswith("/sign-in?next=/"), address
        assert Client(enforce_csrf_checks=True).post(address).status_code in (302, 403), address


def test_who_sees_the_customer_reads_its_notes(owner: Client, ana: Client, finance: Client) -> None:
    file(owner)
    assert "They want SSO" in ana.get("/customers/C02?tab=notes").content.decode()
    hidden = finance.get("/customers/C02?tab=notes").content.decode()
    assert "They want SSO" not in hidden
    assert "Notes of others are not for your role" in hidden
    assert records(finance, "/customers/C02?tab=notes&as=csv") == []
    note = Note.objects.get().pk
    assert ana.post(f"/notes/{note}/withdraw").status_code == 403
    assert finance.post(f"/notes/{note}/withdraw").status_code == 404


def test_a_task_goes_from_the_customer_to_the_page_of_today(owner: Client, ana: Client) -> None:
    assert User.objects.filter(username="ana").exists()
    due = (now().date() - timedelta(days=2)).isoformat()
    added = owner.post("/tasks/add", {"customer": "C02", "title": "Send offer", "due_on": due, "owner": "ana"})
    assert added["Location"] == "/customers/C02?tab=notes#tab"
    today = ana.get("/").content.decode()
    assert "Send offer" in today
    assert "overdue" in today
    assert "Send offer" not in owner.get("/").content.decode()
    key = Task.objects.get().pk
    later = (now().date() + timedelta(days=30)).isoformat()
    assert ana.post(f"/tasks/{key}/move", {"due_on": later, "from": "today"})["Location"] == "/#tasks"
    assert Task.objects.get().due_on == date.fromisoformat(later)
    assert "Send offer" not in ana.get("/").content.decode()
    assert ana.post(f"/tasks/{key}/finish")["Location"] == "/customers/C02?tab=notes#tab"
    assert "Reopen" in owner.get("/customers/C02?tab=notes").content.decode()
    assert owner.post(f"/tasks/{key}/reopen", {"from": "https://evil.example"})["Location"].startswith("/customers/")
    assert ana.post(f"/tasks/{key}/move", {"due_on": "soon"}).status_code == 400
    assert owner.post("/tasks/add", {"title": "x", "due_on": due, "owner": "nobody"}).status_code == 400


def test_the_review_is_frozen_by_leads(owner: Client, served: None) -> None:
    support, csm = signed_in(member("ben", "support_lead")), signed_in(member("mia", "csm"))
    assert "Freeze 2026-Q3" not in csm.get("/review").content.decode()
    assert csm.post("/review/freeze", {"quarter": "2026-Q3"}).status_code == 403
    assert "Freeze 2026-Q3" in support.get("/review").content.decode()
    assert support.post("/review/freeze", {"quarter": "2026-Q3"})["Location"] == "/review?quarter=2026-Q3"
    told = support.get("/review.json").json()
    assert told["id"].startswith("2026-Q3-")
    for browser in (owner, csm):
        assert browser.get("/review.json").json() == told
        assert told["id"] in browser.get("/review").content.decode()
    assert owner.get("/review?quarter=x").status_code == 400
    assert AuditEntry.objects.get(action="answer.frozen").who == "ben"


def test_today_says_whose_a_figure_is(owner: Client, ana: Client) -> None:
    assert "your 20 customers" in ana.get("/").content.decode()
    assert "your 20 customers" not in owner.get("/").content.decode()
