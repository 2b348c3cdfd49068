"""HubSpot: what loaders land of it, and its exports of companies, contacts, deals and tickets."""

from relevo.sources.raw.model import System
from relevo.sources.systems.hubspot import exports, loaded

HUBSPOT = System(
    "hubspot",
    "HubSpot",
    (*loaded.TABLES, *exports.TABLES),
    (*loaded.RECIPES, *exports.RECIPES),
    loaded.WITHOUT,
    loaded.IGNORED,
)
