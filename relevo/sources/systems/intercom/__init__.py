"""Intercom: what loaders land of it, and a list of messages as other programs export it."""

from relevo.sources.raw.model import System
from relevo.sources.systems.intercom import exports, loaded

INTERCOM = System(
    "intercom",
    "Intercom",
    (*loaded.TABLES, *exports.TABLES),
    (*loaded.RECIPES, *exports.RECIPES),
    loaded.WITHOUT,
    loaded.IGNORED,
)
