"""Exports of help desks and surveys: a few rows each, and what they come to by hand."""

import csv
import json
from pathlib import Path

import pytest

from relevo.base.config import Company
from relevo.sources.raw.headings import plain
from tests.sources.systems.exports import (
    EXPORTS,
    FRESHDESK,
    HELPSCOUT_CONVERSATIONS,
    HELPSCOUT_RATINGS,
    INTERCOM,
    SURVEYS,
    ZENDESK_VIEW,
)
from tests.sources.systems.loading import DATA, load, write

MADRID = Company(timezone="Europe/Madrid")
REPLY = """epoch(min("at") FILTER (author_kind = 'human' AND is_public) - min("at")) / 60"""


def test_a_view_of_zendesk(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", view=ZENDESK_VIEW), tmp_path / "landing", company=MADRID)
    loaded.every_file_is_told()
    loaded.every_row_is_told(cuts={})
    # In March Madrid is an hour before UTC, in July two; ticket 9 was deleted. 8 is of nobody but its requester.
    told = "conversation_id, customer_id, contact_id, opened_at, resolved_at, csat_offered"
    assert loaded.rows("conversation", told) == [
        ("zendesk:10", "zendesk:named:Acme", "zendesk:503", "2026-07-01 07:00:00", "2026-07-01 16:00:00", True),
        ("zendesk:7", "zendesk:named:Acme", "zendesk:501", "2026-03-02 08:00:00", "2026-03-02 10:30:00", True),
        ("zendesk:8", "zendesk:mail:bo@bolt.example", "zendesk:502", "2026-03-03 08:00:00", None, False),
    ]
    # Good is 1 of 1, Bad is 0 of 1; nobody was asked about 8.
    assert loaded.rows("rating", "conversation_id, score, scale_max") == [("zendesk:10", 0, 1), ("zendesk:7", 1, 1)]
    assert loaded.rows("contact", "contact_id, email") == [
        ("zendesk:501", "Ann@Acme.example"), ("zendesk:502", "bo@bolt.example"), ("zendesk:503", "cy@acme.example"),
    ]  # fmt: skip
    assert loaded.rows("message", "count(*)") == [(0,)], "42 minutes to a reply are no message"


def test_freshdesk(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", tickets=FRESHDESK), tmp_path / "landing")
    loaded.every_row_is_told(cuts={})
    # 73 is resolved and not closed; 72 has no agent and no company.
    told = "conversation_id, customer_id, assignee_id, resolved_at, closed_at, product_area"
    agent = "freshdesk:named:Ag Ent"
    assert loaded.rows("conversation", told) == [
        ("freshdesk:71", "freshdesk:named:Acme", agent, "2026-03-02 11:30:00", "2026-03-04 11:30:00", "Desk"),
        ("freshdesk:72", "freshdesk:mail:bo@bolt.example", None, None, None, "Desk"),
        ("freshdesk:73", "freshdesk:named:Acme", agent, "2026-03-05 10:00:00", None, "Desk"),
    ]
    # Extremely happy is 1, neutral 0; the words of the answer are no reason.
    rated = [("freshdesk:71", 1, None), ("freshdesk:73", 0, None)]
    assert loaded.rows("rating", "conversation_id, score, reason") == rated
    # Acme is told by two tickets, and is one customer; the first of its domains is its own.
    assert loaded.rows("customer", "customer_id, domain") == [("freshdesk:named:Acme", "acme.example")]
    assert loaded.rows("contact", "contact_id, email") == [
        ("freshdesk:501", "ann@acme.example"),
        ("freshdesk:mail:bo@bolt.example", "Bo@bolt.example"),
    ]


def test_messages_of_intercom(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", messages=INTERCOM), tmp_path / "landing")
    loaded.every_row_is_told(cuts={})
    # Asked at 09:00; a bot at 09:01, a note at 09:03; the first reply of one of us at 09:25: 25 minutes.
    assert loaded.rows("message", f"count(*), {REPLY}", "conversation_id = 'intercom:c1'") == [(4, 25.0)]
    assert loaded.rows("message", "message_id, author_kind, is_public") == [
        ("intercom:m1", "customer", True), ("intercom:m2", "bot", True), ("intercom:m3", "human", False),
        ("intercom:m4", "human", True), ("intercom:m5", "customer", True),
    ]  # fmt: skip
    # c1 is of the first company of who asked, and over at 10:30; c2 is of an address, and open.
    assert loaded.rows("conversation", "conversation_id, customer_id, contact_id, resolved_at") == [
        ("intercom:c1", "intercom:named:Acme", "intercom:u1", "2026-03-02 10:30:00"),
        ("intercom:c2", "intercom:mail:bo@bolt.example", "intercom:u2", None),
    ]


def test_helpscout(tmp_path: Path) -> None:
    folder = write(tmp_path / "raw", conversations=HELPSCOUT_CONVERSATIONS, ratings=HELPSCOUT_RATINGS)
    loaded = load(folder, tmp_path / "landing")
    loaded.every_file_is_told()
    loaded.every_row_is_told(cuts={})
    # 903 is spam.
    assert loaded.rows("conversation", "conversation_id, customer_id, channel, closed_at") == [
        ("helpscout:901", "helpscout:named:Acme", "email", "2026-03-02 11:30:00"),
        ("helpscout:902", "helpscout:mail:bo@bolt.example", "chat", None),
    ]
    # Great is 1, not good -1: happiness is (1 - 1) / 2 = 0. Fine is none of the three words, and is set aside.
    assert loaded.rows("rating", "conversation_id, customer_id, score") == [
        ("helpscout:901", "helpscout:named:Acme", 1),
        ("helpscout:902", "helpscout:mail:bo@bolt.example", -1),
    ]
    assert loaded.counts["ratings.csv", "rating"] == (2, 1, 0)


def test_the_report_of_happiness_of_helpscout(tmp_path: Path) -> None:
    """Its id is that of the conversation, and each rating is of one thread: the reply that was rated."""
    ratings = """
        number,id,type,threadid,threadCreatedAt,ratingId,rating,ratingComments,ratingCreatedAt,ratingCustomerName,ratingUserName
        1,901,email,70,2026-03-02T10:00:00Z,1,great,Thanks,2026-03-02T12:00:00Z,Ann Ames,Ag Ent
        1,901,email,71,2026-03-02T11:00:00Z,3,not_good,,2026-03-02T13:00:00Z,Ann Ames,Bea
    """
    loaded = load(write(tmp_path / "raw", ratings=ratings), tmp_path / "landing")
    loaded.every_row_is_told(cuts={})
    assert loaded.rows("rating", "rating_id, conversation_id, message_id, score, person_id") == [
        ("helpscout:thread:70", "helpscout:901", "helpscout:70", 1, "helpscout:named:Ag Ent"),
        ("helpscout:thread:71", "helpscout:901", "helpscout:71", -1, "helpscout:named:Bea"),
    ]


def test_ratings_of_helpscout_one_by_one(tmp_path: Path) -> None:
    ratings = """
        id,threadId,conversationId,conversationNumber,rating,comments,createdAt
        5,70,901,1,okay,Thanks,2026-03-02T12:00:00Z
    """
    loaded = load(write(tmp_path / "raw", ratings=ratings), tmp_path / "landing")
    assert loaded.rows("rating", "rating_id, conversation_id, message_id, score, comment") == [
        ("helpscout:5", "helpscout:901", "helpscout:70", 0, "Thanks")
    ]


def test_surveys(tmp_path: Path) -> None:
    loaded = load(write(tmp_path / "raw", delighted=SURVEYS), tmp_path / "landing")
    loaded.every_row_is_told(cuts={})
    # 9 and 10 promote, 3 detracts, Cy did not answer: NPS is (2 - 1) / 3 = 33.
    nps = "round(100 * (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6)) / count(*))"
    assert loaded.rows("rating", f"count(*), {nps}, min(scale_max)", "kind = 'nps'") == [(3, 33.0, 10)]
    told = "customer_id, contact_id, score"
    assert loaded.rows("rating", told) == [
        ("surveys:mail:bo@bolt.example", "surveys:mail:bo@bolt.example", 3),
        ("surveys:named:Acme", "surveys:mail:ann@acme.example", 9),
        ("surveys:named:Acme", "surveys:mail:dee@acme.example", 10),
    ]
    # Of four three were asked on a day that is told: one of them did not answer.
    assert loaded.rows("survey_invite", "count(*)") == [(3,)]


@pytest.mark.skipif(not DATA.exists(), reason="the headers of the usual exports lie in ../shared")
@pytest.mark.parametrize(("text", "name"), [each for each in EXPORTS.values() if each[1]])
def test_headings_are_those_that_were_seen(text: str, name: str) -> None:
    told = json.loads((DATA / "header_signatures.json").read_text("utf-8"))[name]
    seen = {plain(each) for key in told if key not in ("conf", "src", "variants") for each in _headings(told[key])}
    line = text.strip().splitlines()[0]
    mine = {plain(each) for each in next(csv.reader([line], delimiter=";" if ";" in line else ","))}
    # ChartMogul's days are in no header that was seen; without them nothing says since when a subscription runs.
    assert mine - seen <= {"start_date", "end_date"}


def _headings(told: str | list[str]) -> list[str]:
    found = next(csv.reader([told])) if isinstance(told, str) else told
    return [each for heading in found for each in heading.split("|")]
