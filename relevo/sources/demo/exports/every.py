"""All exports of the demo company."""

from relevo.sources.demo.exports.billing import (
    CHARGEBEE_EXPORTS,
    CHARGEBEE_NAMED,
    CHARTMOGUL_EXPORTS,
    RECURLY_LOADED,
    RECURLY_REDUCED,
)
from relevo.sources.demo.exports.crm import (
    HUBSPOT_EXPORTS,
    HUBSPOT_LOADED,
    PIPEDRIVE_EXPORTS,
    SALESFORCE_LOADED,
    SALESFORCE_REPORT,
)
from relevo.sources.demo.exports.desk import (
    FRESHDESK_EXPORT,
    HELPSCOUT_EXPORT,
    HUBSPOT_TICKETS,
    INTERCOM_EXPORT,
    INTERCOM_LOADED,
    ZENDESK_LOADED,
    ZENDESK_VIEW,
)
from relevo.sources.demo.exports.model import Export
from relevo.sources.demo.exports.stripe import STRIPE_EXPORTS, STRIPE_LOADED, STRIPE_REDUCED
from relevo.sources.demo.exports.surveys import DELIGHTED

BILLING: tuple[Export, ...] = (
    STRIPE_EXPORTS, STRIPE_LOADED, CHARGEBEE_EXPORTS, CHARGEBEE_NAMED, CHARTMOGUL_EXPORTS, RECURLY_LOADED,
)  # fmt: skip
# The same, with discounts; only these tell them.
REDUCED: tuple[Export, ...] = (STRIPE_REDUCED, RECURLY_REDUCED)
SELLING: tuple[Export, ...] = (
    HUBSPOT_EXPORTS, HUBSPOT_LOADED, SALESFORCE_REPORT, SALESFORCE_LOADED, PIPEDRIVE_EXPORTS,
)  # fmt: skip
SERVICE: tuple[Export, ...] = (
    ZENDESK_VIEW, ZENDESK_LOADED, INTERCOM_EXPORT, INTERCOM_LOADED, HELPSCOUT_EXPORT, FRESHDESK_EXPORT,
    HUBSPOT_TICKETS, DELIGHTED,
)  # fmt: skip
EXPORTS = (*BILLING, *REDUCED, *SELLING, *SERVICE)
