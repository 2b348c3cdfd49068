"""Every page renders, says its sentence first, and holds nothing that the strict policy forbids."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.desk.people.models import AuditEntry
from relevo.measures.catalog import MEASURES
from relevo.web.customer.tabs import TABS
from tests.answers.company import LAST
from tests.web import addresses

PAGES = (
    "/",
    "/money",
    "/money?by=segment",
    "/money?method=movement&cells=count&survival_by=segment",
    "/money/unit-economics",
    "/money/unit-economics?by=channel",
    "/money/ahead",
    "/customers",
    "/customers?q=customer&sort=name",
    "/customers?f=segment:is:smb,mid&f=mrr:min:50&columns=name,mrr,mrr_change,held,happiness,attr:tier&adding=segment",
    "/customers?q=nobody+at+all&adding=renewal",
    "/customers?view=renewals&adding=mrr",
    "/search",
    "/search?q=rosa",
    "/customers/C00",
    "/customers/C39",
    *(
        f"/customers/C00?tab={tab}"
        for tab in ("notes", "contacts", "deals", "conversations", "usage", "money", "traits")
    ),
    "/review",
    "/data",
    "/data/loads",
    "/data/aside",
    "/data/compare?now=1",
    *(f"/settings{name}" for name in ("", "/password", "/codes", "/sessions", "/keys", "/people", "/people/ines")),
    *(
        f"/settings{name}"
        for name in ("/roles?role=seller&column=money", "/house", "/house/segments", "/goals", "/audit")
    ),
    "/definitions",
    "/definitions/mrr",
    "/kit",
    "/definitions?q=retention&kind=outcome",
    "/definitions/net_revenue_retention",
    "/rows/mrr",
    f"/rows/mrr_movements?month={LAST}&since=2025-11&kind=churn",
)
VOID = {"meta", "link", "input", "path", "use", "br", "line", "circle", "rect", "img"}


class Page(HTMLParser):
    """What a page holds: headings by level, ids, addresses, and whatever the policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.forbidden: list[str] = []
        self.unnamed: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.ids += [str(named["id"])] if "id" in named else []
        self.hrefs += [str(named["href"])] if named.get("href") else []
        self.forbidden += [f"{tag} {name}" for name in named if name == "style" or name.startswith("on")]
        if tag in ("script", "style") and not named.get("src"):
            self.forbidden.append(tag)
        if tag == "svg" and not (named.get("aria-label") or named.get("aria-hidden")):
            self.unnamed.append(tag)
        if tag == "th" and "scope" not in named:
            self.unnamed.append(tag)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole(owner: Client, address: str) -> None:
    response = owner.get(address)
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert page.headings.count(1) == 1
    assert page.headings[0] == 1
    assert page.forbidden == []
    assert page.unnamed == []
    assert len(page.ids) == len(set(page.ids))
    # Records in their own systems are linked to, and nothing else outside.
    assert {h for h in page.hrefs if h.startswith("http")} <= {"https://desk.example/1"}


@pytest.mark.parametrize("language", ["es", "pt-br", "zh-hans"])
def test_pages_speak_every_language(owner: Client, language: str) -> None:
    owner.cookies["relevo-language"] = language
    for address in ("/", "/money", "/customers/C00"):
        page = owner.get(address).content.decode()
        assert f'<html lang="{language}"' in page
        assert "read with" not in page
        assert "%(" not in page


def test_every_link_of_the_money_page_answers(owner: Client) -> None:
    page = Page(owner.get("/money").content.decode())
    rows = sorted({h for h in page.hrefs if h.startswith("/rows/")})
    assert len(rows) > 100
    for address in rows[:: max(1, len(rows) // 40)]:
        assert owner.get(address).status_code == 200, address


def test_every_measure_of_a_picture_is_a_file_cut_as_it_is_shown(owner: Client) -> None:
    kept = owner.get("/money").content.decode()
    for measure in ("net_revenue_retention", "gross_revenue_retention"):
        assert f'href="/measures/{measure}.csv"' in kept
    assert ".csv?by=channel" in owner.get("/money/unit-economics?by=channel").content.decode()


def test_the_text_of_a_picture_is_its_finding(owner: Client) -> None:
    page = owner.get("/money").content.decode()
    for key in ("bridge", "retention", "tenure", "survival"):
        figure = page[page.index(f'<figure id="{key}">') :]
        title = re.search(r"<h2>(.*?)</h2>", figure)
        label = re.search(r'aria-label="(.*?)"', figure)
        assert title
        assert label
        assert title[1] == label[1]
        assert 'role="img"' in figure[: figure.index("</figure>")]


def test_names_are_written_and_not_run(owner: Client) -> None:
    page = owner.get("/customers").content.decode()
    assert "&lt;b&gt;Brisa&lt;/b&gt;" in page
    assert "<b>Brisa</b>" not in page


def test_more_rows_come_as_a_part(owner: Client) -> None:
    part = owner.get("/rows/mrr?offset=10", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<tr>")
    assert "<html" not in part


def test_a_filter_replaces_the_list_and_its_sentence(owner: Client) -> None:
    part = owner.get("/customers?q=07", headers={"HX-Request": "true"}).content.decode()
    assert 'id="lead" hx-swap-oob="true"' in part
    assert part.count("<tr>") == 3  # heading, one customer, sum
    assert "<html" not in part


def test_a_cut_of_the_money_page_comes_as_a_part(owner: Client) -> None:
    part = owner.get("/money?by=plan", headers={"HX-Request": "true"}).content.decode()
    assert "<table>" in part
    assert "<figure" not in part


def records(response: Any) -> list[dict[str, str]]:
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_list_as_csv_holds_everything_found_and_runs_nothing(owner: Client) -> None:
    rows = {r["customer_id"]: r for r in records(owner.get("/customers.csv"))}
    assert len(rows) == 40
    assert rows["C00"]["name"] == "'=Alto, Inc"
    assert rows["C02"]["country"] == "NA"
    assert len(records(owner.get("/customers.csv?q=07"))) == 1


def test_rows_as_csv_add_up_to_the_measure(owner: Client) -> None:
    rows = records(owner.get(f"/rows/mrr.csv?month={LAST}"))
    answer = owner.get(f"/measures/mrr.json?from={LAST}&to={LAST}").json()
    assert sum(int(r["mrr_cents"]) for r in rows) == answer["rows"][0]["mrr_cents"]


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_a_file(owner: Client, name: str) -> None:
    answer = json.loads(owner.get(f"/measures/{name}.json").content)
    keys = "measure question unit kind read_with as_of book policy policy_hash view scope definition rows"
    assert set(answer) == set(keys.split())
    rows = records(owner.get(f"/measures/{name}.csv"))
    assert len(rows) == len(answer["rows"])
    if rows:
        assert set(rows[0]) == set(answer["rows"][0])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nope", 404),
        ("/customers/C99", 404),
        ("/definitions/nothing", 404),
        ("/rows/nothing", 400),
        ("/rows/mrr?month=May", 400),
        ("/rows/mrr?offset=-1", 400),
        ("/money?by=shoes", 400),
        ("/customers?sort=shoes", 400),
        ("/customers?f=shoes:is:big", 400),
        ("/customers?f=segment", 400),
        ("/customers?columns=name,shoes", 400),
        ("/customers?status=lost", 400),
        ("/customers?view=999", 404),
        ("/customers?add=mrr&op=min&value=much", 400),
        ("/customers?adding=shoes", 400),
        ("/measures/mrr.csv?months=12", 400),
        ("/measures/mrr.xml", 404),
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_problems_are_pages_that_say_what_next(owner: Client, address: str, status: int) -> None:
    response = owner.get(address)
    assert response.status_code == status
    page = Page(response.content.decode())
    assert page.headings == [1]
    assert "/" in page.hrefs


def test_a_fault_of_ours_needs_nothing_to_be_said(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("relevo.web.views.definitions.definitions_page", broken)
    owner.raise_request_exception = False
    response = owner.get("/definitions")
    assert response.status_code == 500
    assert b"A fault of ours" in response.content


def test_before_the_first_book_pages_say_what_to_do(owner: Client, settings: Any, tmp_path: Path) -> None:
    settings.RELEVO_HOME = tmp_path
    for address in ("/", "/money", "/customers", "/customers/C00", "/rows/mrr", "/data"):
        response = owner.get(address)
        assert response.status_code == 200
        assert b"relevo load FOLDER" in response.content
    assert owner.get("/definitions").status_code == 200


def test_a_viewer_sees_own_customers_and_company_figures(owner: Client, ana: Client) -> None:
    assert ana.get("/customers/C02").status_code == 200
    assert ana.get("/customers/C01").status_code == 404
    assert len(records(ana.get("/customers.csv"))) == 20
    assert b"leo" not in ana.get("/money?by=seller").content
    mine, whole = (browser.get("/measures/mrr.json").json() for browser in (ana, owner))
    assert mine == whole
    assert "Your 20 customers" in ana.get("/money").content.decode()


def test_somebody_unknown_to_the_book_sees_no_customer(served: None) -> None:
    from django.contrib.auth.models import User

    from tests.web.conftest import signed_in

    stranger = signed_in(User.objects.create_user("zoe", "zoe@elsewhere.example"))
    page = stranger.get("/customers")
    assert page.status_code == 200
    assert b"yours to see" in page.content
    assert records(stranger.get("/customers.csv")) == []
    assert stranger.get("/").status_code == 200


def test_whoever_takes_a_file_away_is_written_down(owner: Client) -> None:
    """Every address that answers with a file, and the file of every tab of a customer, whichever they are."""
    tabs = [f"{addresses.address('customer')}?tab={tab}&as=csv" for tab in TABS]
    files = 0
    for place in (*addresses.readable(), *tabs):
        before = AuditEntry.objects.filter(action__endswith="exported").count()
        response = owner.get(place)
        is_file = response.get("Content-Disposition", "").startswith("attachment")
        files += is_file
        assert AuditEntry.objects.filter(action__endswith="exported").count() == before + is_file, place
    assert files >= len(tabs) + 8


def test_looking_at_persons_leaves_a_trail(owner: Client) -> None:
    owner.get("/money?by=channel")
    assert not AuditEntry.objects.filter(action="person_level.seen").exists()
    for address in ("/money?by=seller", "/measures/mrr.csv?by=seller", "/rows/mrr?by=seller&value=leo"):
        assert owner.get(address).status_code == 200
    entries = AuditEntry.objects.filter(action="person_level.seen")
    assert {e.about for e in entries} == {"/money", "/measures/mrr.csv", "/rows/mrr"}
    assert {e.who for e in entries} == {"ines"}
