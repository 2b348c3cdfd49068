"""Asking the Desk for the rows of many: thousands of ids go to the database as one value, not as thousands."""

import json
from collections.abc import Collection

from django.db import connection
from django.db.models.expressions import RawSQL

# So few are named one by one.
FEW = 50
_ONE_BY_ONE = {"sqlite": "SELECT value FROM json_each(%s)", "postgresql": "SELECT json_array_elements_text(%s::json)"}


def among(values: Collection[str]) -> list[str] | RawSQL:
    """What to compare a column of text with: `filter(customer_id__in=among(ids))`.

    A database parses a question with thousands of parameters for longer than it needs to answer it, and limits them.
    """
    if len(values) <= FEW:
        return list(values)
    return RawSQL(_ONE_BY_ONE[connection.vendor], (json.dumps(list(values)),))  # noqa: S611 - one parameter, no text
