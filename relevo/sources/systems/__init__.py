"""The systems that a company's files are recognised as."""

from relevo.sources.raw.model import System
from relevo.sources.systems.chargebee import CHARGEBEE
from relevo.sources.systems.chartmogul import CHARTMOGUL
from relevo.sources.systems.freshdesk import FRESHDESK
from relevo.sources.systems.helpscout import HELPSCOUT
from relevo.sources.systems.hubspot import HUBSPOT
from relevo.sources.systems.intercom import INTERCOM
from relevo.sources.systems.pipedrive import PIPEDRIVE
from relevo.sources.systems.recurly import RECURLY
from relevo.sources.systems.salesforce import SALESFORCE
from relevo.sources.systems.stripe import STRIPE
from relevo.sources.systems.surveys import SURVEYS
from relevo.sources.systems.zendesk import ZENDESK

SYSTEMS: tuple[System, ...] = (
    CHARGEBEE, CHARTMOGUL, FRESHDESK, HELPSCOUT, HUBSPOT, INTERCOM, PIPEDRIVE, RECURLY, SALESFORCE, STRIPE,
    SURVEYS, ZENDESK,
)  # fmt: skip
