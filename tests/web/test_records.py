"""The page of records says how full they are."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_page_says_how_full_the_records_are(owner: Client) -> None:
    page = owner.get("/hand-offs/records").content.decode()
    assert "Fields for reports are" in page
    assert 'aria-current="page">Records' in page
    assert "deal: value" in page
    assert "A rule of words: of labelled activities it decided 65" in page


def test_how_much_fuller_deals_are_for_reports(owner: Client) -> None:
    """Leo sold every deal of the small company, so that his line is everybody's."""
    gap = owner.get("/hand-offs/records?by=seller").content.decode().split('<section id="gap">')[1]
    table = gap.split("<tbody>")[1].split("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>([^<]*)", row) for row in table.split("</tr>")[:-1]]
    told = {row[0]: row[1:] for row in rows}
    assert list(told) == ["All deals", "Leo"]
    assert told["All deals"] == told["Leo"]
    assert "Intervals that overlap do not tell sellers apart" in gap
    assert "Intervals that overlap" not in owner.get("/hand-offs/records").content.decode()
