"""People whom an export names without an id are called by that name."""

import pytest

from relevo.answers.holding import shown_name


@pytest.mark.parametrize(
    ("person_id", "shown"),
    [
        ("hubspot:named:Ana: Gil", "Ana: Gil"),
        ("zendesk:mail:ana@norte.example", "ana@norte.example"),
        ("hubspot:7", "hubspot:7"),
        ("p1", "Bea"),
        ("crm:named:Bo", "Boris"),
    ],
)
def test_who_has_no_row_is_called_as_the_export_says(person_id, shown):
    assert shown_name({"p1": "Bea", "crm:named:Bo": "Boris"}, person_id) == shown
