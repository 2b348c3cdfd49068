"""The list of customers as a page: chips, forms without a script, views, files, mine and team."""

import html
import io
import re
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from relevo.desk.people.models import AuditEntry
from relevo.desk.work.models import SavedView
from tests.web.conftest import member, signed_in

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def text_of(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return html.unescape(response.content.decode())


def chips(page: str) -> list[str]:
    return re.findall(r'<span class="chip"><span>(.*?)</span>', page)


def headings(page: str) -> list[str]:
    return [re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<thead>.*?</thead>", page, re.S)[0].split("</th>")[:-1]]


def names(page: str) -> list[str]:
    body = re.findall(r"<tbody>(.*?)</tbody>", page, re.S)
    return re.findall(r'href="/customers/(C\d\d)', body[0]) if body else []


def test_filters_are_chips_in_words_with_a_way_to_take_each_away(owner: Client) -> None:
    questions = (
        "f=segment:is:smb,mid&f=held:is:ana,ben&f=mrr:min:50&f=since:before:2025-01&f=renewal:next:90"
        "&f=plan:is:(none)&f=left_on:in:quarter&status=paying"
    )
    page = text_of(owner, f"/customers?{questions}")
    assert chips(page) == [
        "Status is paying",
        "Segment is smb or mid",
        "Held by anyone is Ana or Ben",
        "MRR is at least €\u202f50",
        "Since is before Jan 2025",
        "Renewal is within 90 days",
        "Plan is (none)",
        "Left on is in this quarter",
    ]
    without = re.findall(r'<a class="close" href="([^"]*)" aria-label="Remove: Segment is smb or mid">', page)
    assert len(without) == 1
    rest = chips(text_of(owner, without[0]))
    assert "Segment is smb or mid" not in rest
    assert len(rest) == 7


def test_a_filter_is_added_by_forms_alone(owner: Client) -> None:
    first = text_of(owner, "/customers?f=status:is:paying&adding=segment")
    assert 'name="add" value="segment"' in first
    assert re.search(r'<input type="checkbox" name="value" value="smb"', first)
    added = owner.get("/customers?f=status:is:paying&add=segment&op=is&value=smb&value=mid")
    assert (added.status_code, added["Location"]) == (
        302,
        "/customers?f=status:is:paying&f=segment:is:smb,mid",
    )
    changed = owner.get(added["Location"] + "&add=segment&op=is&value=mid")
    assert changed["Location"] == "/customers?f=status:is:paying&f=segment:is:mid"
    assert chips(text_of(owner, changed["Location"])) == ["Status is paying", "Segment is mid"]


def test_the_form_of_a_filter_comes_as_a_part(owner: Client) -> None:
    part = text_of(owner, "/customers?adding=renewal", HX_Request="true", HX_Target="adding")
    assert "<html" not in part
    assert "<table" not in part
    assert 'type="date"' in part
    assert 'value="quarter"' in part


def test_columns_are_chosen_and_kept_in_the_address(owner: Client) -> None:
    chosen = owner.get("/customers?q=07&choose=1&columns=mrr&columns=held:success&columns=attr:tier")
    assert chosen["Location"] == "/customers?q=07&columns=name,mrr,held:success,attr:tier"
    page = text_of(owner, chosen["Location"])
    assert headings(page) == ["Customer", "MRR", "Held by, success", "tier"]
    assert names(page) == ["C07"]


def test_links_keep_the_question_and_the_scope(owner: Client) -> None:
    lead = signed_in(member("mia", "success_lead"))
    assert "Mine" not in text_of(lead, "/customers")
    ana = signed_in(member("ana", "success_lead"))
    page = text_of(ana, "/customers?scope=mine&f=segment:is:mid")
    assert "scope=mine" in re.findall(r'<a href="(/customers/C.*?)"', page)[0]
    for link in re.findall(r'<th scope="col".*?href="(.*?)"', page):
        assert "segment:is:mid" in link
        assert "scope=mine" in link


def test_more_rows_are_appended(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    part = text_of(owner, "/customers?offset=30&f=name:has:customer", HX_Request="true")
    assert part.lstrip().startswith("<tr>")
    assert part.count("<tr>") == 8


def test_the_last_row_sums_what_was_found(owner: Client) -> None:
    page = text_of(owner, "/customers?q=Customer+05&columns=name,mrr,mrr_before,open_conversations")
    foot = re.sub(r"<.*?>", "|", re.findall(r"<tfoot>(.*?)</tfoot>", page, re.S)[0])
    assert "€\u202f100.64" in foot
    assert text_of(owner, "/customers?q=Customer+05").count("€\u202f100.64") == 3  # row, total, its room


# Saved views ----------------------------------------------------------------------------------------------------


def save(client: Client, name: str, query: str, **more: str) -> str:
    response = client.post("/views/save", {"name": name, "query": query, **more})
    assert response.status_code == 302, response.content
    return str(response["Location"])


def test_a_view_keeps_a_question_and_says_when_it_differs(owner: Client) -> None:
    address = save(owner, "Middle", "f=segment:is:mid&sort=name&offset=20&scope=mine")
    assert SavedView.objects.get().query == "f=segment:is:mid&sort=name"
    page = text_of(owner, address)
    assert chips(page) == ["Segment is mid"]
    assert "Update view" not in page
    key = address.partition("=")[2]
    other = text_of(owner, f"/customers?view={key}&f=segment:is:smb")
    assert "Update view" in other
    assert chips(other) == ["Segment is smb"]
    emptied = text_of(owner, f"/customers?view={key}&q=")
    assert (chips(emptied), "Update view" in emptied) == ([], True)
    owner.post(f"/views/{key}/change", {"query": "f=segment:is:smb"})
    assert chips(text_of(owner, address)) == ["Segment is smb"]
    owner.post(f"/views/{key}/change", {"name": "Small"})
    assert "Small" in text_of(owner, "/customers")
    owner.post(f"/views/{key}/delete")
    assert owner.get(address).status_code == 404


def test_given_views_ask_what_they_say(owner: Client) -> None:
    assert len(names(text_of(owner, "/customers?view=all"))) == 40
    assert len(names(text_of(owner, "/customers?view=paying"))) == len(
        names(text_of(owner, "/customers?status=paying"))
    )
    assert names(text_of(owner, "/customers?view=renewals")) == names(
        text_of(owner, "/customers?f=renewal:next:90&sort=renewal&order=asc&columns=name,renewal")
    )
    assert names(text_of(owner, "/customers?view=left")) == []


def test_a_view_is_its_owners_and_a_shared_one_shows_own_rows(owner: Client, ana: Client) -> None:
    secret = save(owner, "Secret", "q=brisa")
    shared = save(owner, "Events", "f=channel:is:events", shared="1")
    assert ana.get(secret).status_code == 404
    page = text_of(ana, shared)
    assert names(page) == ["C00", "C02"]
    assert "Secret" not in page
    for key in (secret.partition("=")[2], shared.partition("=")[2]):
        assert ana.post(f"/views/{key}/change", {"name": "Mine now"}).status_code == 404
        assert ana.post(f"/views/{key}/delete").status_code == 404
    assert {v.name for v in SavedView.objects.all()} == {"Secret", "Events"}
    assert "Update view" not in text_of(ana, f"{shared}&q=alto")


def test_what_is_no_question_is_not_kept(owner: Client) -> None:
    for query in ("f=shoes:is:big", "sort=shoes", "columns=shoes"):
        assert owner.post("/views/save", {"name": "Shoes", "query": query}).status_code == 400
    assert not SavedView.objects.exists()


# Files ----------------------------------------------------------------------------------------------------------


def sheet(response: Any) -> tuple[list[list[ET.Element]], str]:
    """The rows of cells of a workbook's only sheet, and everything that is written in it."""
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith('.xlsx"')
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        raw = book.read("xl/worksheets/sheet1.xml").decode()
    rows = ET.fromstring(raw).iter(f"{SHEET}row")  # noqa: S314 - written by us a moment ago
    return [list(row.iter(f"{SHEET}c")) for row in rows], raw


def told(cell: ET.Element) -> str:
    return "".join(cell.itertext())


def test_a_workbook_has_typed_cells_and_runs_nothing(owner: Client) -> None:
    rows, raw = sheet(owner.get("/customers.xlsx?sort=name&order=asc"))
    heading = [told(cell) for cell in rows[0]]
    assert heading[:5] == ["Customer id", "Customer", "Domain", "Status", "MRR (EUR)"]
    found = {told(row[0]): row for row in rows[1:]}
    assert len(found) == 40
    assert told(found["C00"][1]) == "'=Alto, Inc"
    assert found["C00"][1].get("t") == "inlineStr"
    assert f"{SHEET}f" not in {e.tag for e in ET.fromstring(raw).iter()}  # noqa: S314
    assert (found["C05"][4].get("t"), float(told(found["C05"][4]))) in (("n", 100.64), (None, 100.64))
    # A day is a number of days since 30 December 1899, shown as a day.
    assert float(told(found["C00"][heading.index("Since")])) == (date(2023, 4, 1) - date(1899, 12, 30)).days


def test_a_workbook_holds_what_was_asked_with_its_columns(owner: Client, ana: Client) -> None:
    rows, _ = sheet(owner.get("/customers.xlsx?f=channel:is:events&columns=name,held,attr:tier&sort=name"))
    assert [told(cell) for cell in rows[0]] == ["Customer id", "Customer", "Held by anyone", "tier"]
    assert len(rows) == 5
    mine, _ = sheet(ana.get("/customers.xlsx"))
    assert {told(row[0]) for row in mine[1:]} == {f"C{i:02}" for i in range(0, 40, 2)}


def test_rows_and_measures_are_workbooks(owner: Client) -> None:
    rows, _ = sheet(owner.get("/rows/mrr.xlsx?month=2026-10"))
    answer = owner.get("/measures/mrr.json?from=2026-10&to=2026-10").json()["rows"][0]
    place = next(i for i, cell in enumerate(rows[0]) if told(cell).endswith("(EUR)"))
    assert round(sum(float(told(row[place])) for row in rows[1:]) * 100) == answer["mrr_cents"]
    measure, _ = sheet(owner.get("/measures/mrr.xlsx?from=2026-10&to=2026-10"))
    assert len(measure) == 2
    assert str(answer["mrr_cents"] / 100) in [told(cell) for cell in measure[1]]


def test_files_leave_a_trail(owner: Client) -> None:
    for address in ("/customers.csv?q=07", "/customers.xlsx", "/rows/mrr.csv", "/measures/mrr.xlsx"):
        assert owner.get(address).status_code == 200
    entries = AuditEntry.objects.filter(action="exported").order_by("id")
    assert [e.about for e in entries] == ["/customers.csv", "/customers.xlsx", "/rows/mrr.csv", "/measures/mrr.xlsx"]
    assert [e.details["rows"] for e in entries][:2] == [1, 40]
    assert {e.who for e in entries} == {"ines"}


def test_chosen_columns_are_those_of_the_csv(owner: Client) -> None:
    text = owner.get(
        "/customers.csv?f=channel:is:events&columns=name,mrr,renewal,auto_renew&sort=name"
    ).content.decode()
    lines = text.splitlines()
    assert lines[0] == "customer_id,name,mrr_cents,renewal,auto_renew,currency"
    assert lines[1] == "C01,<b>Brisa</b>,5591,,,EUR"
    assert 'C00,"\'=Alto, Inc",9998,2026-12-15,,EUR' in lines


# Search and scope -----------------------------------------------------------------------------------------------


def test_search_leads_to_customers_and_says_whose_contact(owner: Client, ana: Client) -> None:
    page = text_of(owner, "/search?q=rosa")
    assert re.search(r'<a href="/customers/C00" data-hit><span>Rosa Gil</span> <small>=Alto, Inc</small>', page)
    assert "f=held:is:ben" in text_of(owner, "/search?q=ben")
    part = text_of(owner, "/search?q=brisa", HX_Request="true")
    assert "<html" not in part
    assert "/customers/C01" in part
    assert "/customers/C01" not in text_of(ana, "/search?q=brisa")


def test_mine_and_team_are_for_who_holds_customers_and_leads(owner: Client, served: None) -> None:
    both = signed_in(member("leo", "sales_lead"))
    assert 'href="/customers?sort=name&scope=mine"' not in text_of(both, "/customers?sort=name")
    analyst = signed_in(member("ana", "analyst"))
    page = text_of(analyst, "/customers?sort=name&offset=0")
    assert 'href="/customers?sort=name&scope=mine"' in page
    narrowed = text_of(analyst, "/customers?scope=mine")
    assert len(names(narrowed)) == 20
    assert re.search(r'<a href="/customers" *>Company</a>', narrowed)
