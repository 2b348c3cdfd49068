"""The page of records says how full they are."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_page_says_how_full_the_records_are(owner: Client) -> None:
    page = owner.get("/hand-offs/records").content.decode()
    assert "Fields for reports are" in page
    assert 'aria-current="page">Records' in page
    assert "deal: value" in page
    assert "A rule of words: of labelled activities it decided 65" in page
