"""Zendesk: what loaders land of Support, and the export of a view."""

from relevo.sources.raw.model import System
from relevo.sources.systems.zendesk import loaded, views

ZENDESK = System(
    "zendesk",
    "Zendesk",
    (*loaded.TABLES, *views.TABLES),
    (*loaded.RECIPES, *views.RECIPES),
    loaded.WITHOUT,
    loaded.IGNORED,
)
