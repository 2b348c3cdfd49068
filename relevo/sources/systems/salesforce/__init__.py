"""Salesforce: tables that loaders land, the weekly data export, and reports."""

from relevo.sources.raw.model import System
from relevo.sources.systems.salesforce import loaded, reports

SALESFORCE = System(
    "salesforce",
    "Salesforce",
    (*loaded.TABLES, *reports.TABLES),
    (*loaded.RECIPES, *reports.RECIPES),
    loaded.WITHOUT,
    loaded.IGNORED,
)
