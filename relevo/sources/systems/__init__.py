"""The systems that a company's files are recognised as."""

from relevo.sources.raw.model import System
from relevo.sources.systems.hubspot import HUBSPOT
from relevo.sources.systems.intercom import INTERCOM
from relevo.sources.systems.recurly import RECURLY
from relevo.sources.systems.salesforce import SALESFORCE
from relevo.sources.systems.stripe import STRIPE
from relevo.sources.systems.zendesk import ZENDESK

SYSTEMS: tuple[System, ...] = (HUBSPOT, INTERCOM, RECURLY, SALESFORCE, STRIPE, ZENDESK)
