"""The shapes of the systems that Airbyte and dlt land, one module per system.

Where each object and path is from: the schemas of Airbyte's sources (airbytehq/airbyte, the folders source-stripe,
source-recurly, source-hubspot, source-zendesk-support and source-intercom; Salesforce describes itself) and dlt's
verified sources (dlt-hub/verified-sources: stripe_analytics, hubspot, zendesk, salesforce). dlt has none for Recurly
and Intercom: there its tables are taken to be called as the end points of the API.
"""

from relevo.sources.warehouse.shape import Shapes
from relevo.sources.warehouse.shapes.hubspot import HUBSPOT
from relevo.sources.warehouse.shapes.intercom import INTERCOM
from relevo.sources.warehouse.shapes.recurly import RECURLY
from relevo.sources.warehouse.shapes.salesforce import SALESFORCE
from relevo.sources.warehouse.shapes.stripe import STRIPE
from relevo.sources.warehouse.shapes.zendesk import ZENDESK

SHAPES: tuple[Shapes, ...] = (HUBSPOT, INTERCOM, RECURLY, SALESFORCE, STRIPE, ZENDESK)
