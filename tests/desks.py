"""Which Desk a run of the tests has: a file in each home, or the one PostgreSQL that RELEVO_DESK names for all."""

import os

import pytest

# Of a home without a Desk, or of several Desks, one can only speak where each home has a file of its own.
only_with_desk_files = pytest.mark.skipif(
    "RELEVO_DESK" in os.environ, reason="the Desk of this run is a PostgreSQL, not a file"
)
