"""Stripe: what its exports hold and what loaders land of it."""

from relevo.sources.raw.model import System
from relevo.sources.systems.stripe import exports, loaded

STRIPE = System(
    "stripe",
    "Stripe",
    (*loaded.TABLES, *exports.TABLES),
    (*loaded.RECIPES, *exports.RECIPES),
    loaded.WITHOUT,
    loaded.IGNORED,
)
