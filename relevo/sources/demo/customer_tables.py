"""Tables of customers: customer, customer_attribute, customer_alias, contact."""

import numpy as np

from relevo.sources.demo import customers as words
from relevo.sources.demo.customers import ENTERPRISE, SMB, Customers
from relevo.sources.demo.frame import DAY, NONE, Frame, Ints, known_until
from relevo.sources.demo.names import FAMILY, GIVEN, company_names
from relevo.sources.demo.truths import p11_premium
from relevo.sources.demo.writer import Day, Id, Joined, Lower, Moment, Same, Where, Word, Writer

CONTACTS_MOST = 4
"""Contact numbers of a customer run from its number times this."""

_ALIASES = (("crm", "CRM-", 40_017), ("help_desk", "hd", 9_001), ("billing", "cus_", 700_003))
_TITLES = ("Operations Manager", "Managing Director", "Head of Finance", "IT Manager", "Office Manager",
           "Chief Operating Officer", "Systems Administrator", "Team Coordinator")  # fmt: skip
_ROLES = ("champion", "economic_buyer", "admin", "user")
_COUNTRY_CULTURE = np.array([0, 1, 2, 4, 4, 4, 4, 3, 2, 4, 1, 1, 5, 6, 1, 4])
_TRAITS = ("help_desk_before", "integration", "tier")
_TRAIT_VALUES = ("shared_mailbox", "spreadsheet", "other_software", "accounting", "warehouse", "crm", "none",
                 "standard", "priority")  # fmt: skip


def parents(frame: Frame, customers: Customers) -> Ints:
    """The group each customer belongs to: one in twelve larger customers belongs to an earlier enterprise."""
    rng = frame.stream("parents")
    heads = np.flatnonzero(customers.segment == ENTERPRISE)
    member = (customers.segment != SMB) & (rng.random(customers.size) < 0.085)
    if not len(heads):
        return np.full(customers.size, NONE)
    before = np.searchsorted(heads, customers.number)
    chosen = heads[(rng.random(customers.size) * before).astype(np.int64)]
    is_head = np.isin(customers.number, chosen[member & (before > 0)])
    return np.where(member & (before > 0) & ~is_head, chosen, NONE)


def contact_counts(customers: Customers) -> Ints:
    """How many contacts each customer has: two small, three in the middle, four large."""
    return np.array([2, 3, CONTACTS_MOST])[customers.segment]


def write_customers(frame: Frame, customers: Customers, out: Writer) -> None:
    """Write the four tables about who the customers are."""
    _customer(frame, customers, out)
    _attributes(frame, customers, out)
    _aliases(customers, out)
    _contacts(frame, customers, out)


def _customer(frame: Frame, customers: Customers, out: Writer) -> None:
    rng, number = frame.stream("customer_table"), customers.number
    names = company_names(number)
    root, second = Word(names.root, names.ROOTS), Word(names.second, names.SECOND)
    ending, branch = Word(names.ending, names.ENDINGS), Word(names.branch, names.BRANCHES)
    country = Word(customers.country, words.COUNTRIES)
    ahead = rng.integers(25, 120, customers.size) * DAY
    out.add(
        "customer",
        {
            "customer_id": Id("c", number),
            "name": Joined((root, " ", second, " ", ending, branch)),
            "parent_id": Id("c", parents(frame, customers)),
            "domain": Joined((Lower(Joined((root, second, ending, branch))), ".example")),
            "tax_id": Where(rng.random(customers.size) < 0.9, Joined((country, Id("", number + 10_300_000, 8)))),
            "created_at": Moment(customers.start - customers.trial_days * DAY - ahead),
            "country": country,
            "industry": Word(customers.industry, words.INDUSTRIES),
            "size_band": Word(customers.size_band, words.SIZE_BANDS),
            "segment": Word(customers.segment, words.SEGMENTS),
            "persona": Word(customers.persona, words.PERSONAS),
            "acquisition_channel": Word(customers.channel, words.CHANNELS),
            "timezone": Word(customers.country, words.TIMEZONES),
        },
        customers.size,
    )


def _attributes(frame: Frame, customers: Customers, out: Writer) -> None:
    """What was used before and what is connected, known from the start; the service tier, which may change once."""
    rng, size = frame.stream("attributes"), customers.size
    number, start = customers.number, customers.start
    later = p11_premium.premium_from(frame, customers)
    upgrade = np.flatnonzero(later >= 0)
    later = later[upgrade]
    who = np.concatenate([number, number, number, upgrade])
    name = np.repeat([0, 1, 2, 2], [size, size, size, len(upgrade)])
    value = np.concatenate([rng.integers(0, 3, size), rng.integers(3, 7, size), np.full(size, 7),
                            np.full(len(upgrade), 8)])  # fmt: skip
    out.add(
        "customer_attribute",
        {
            "customer_id": Id("c", who),
            "name": Word(name, _TRAITS),
            "value": Word(value, _TRAIT_VALUES),
            "from_at": Moment(np.concatenate([start, start, start, later])),
        },
        len(who),
    )


def _aliases(customers: Customers, out: Writer) -> None:
    size = customers.size
    for source, prefix, offset in _ALIASES:
        out.add(
            "customer_alias",
            {
                "source": Same(source),
                "external_id": Id(prefix, customers.number * 3 + offset, 8),
                "customer_id": Id("c", customers.number),
            },
            size,
        )


def _contacts(frame: Frame, customers: Customers, out: Writer) -> None:
    """Contacts with their part in the purchase; about one in nine has left the customer since."""
    rng = frame.stream("contacts")
    counts = contact_counts(customers)
    who = np.repeat(customers.number, counts)
    place = np.arange(len(who)) - np.repeat(np.cumsum(counts) - counts, counts)
    culture = _COUNTRY_CULTURE[customers.country[who]]
    given = culture * len(GIVEN[0]) + rng.integers(0, len(GIVEN[0]), len(who))
    family = culture * len(FAMILY[0]) + rng.integers(0, len(FAMILY[0]), len(who))
    first = Word(given, [n for names in GIVEN for n in names])
    last = Word(family, [n for names in FAMILY for n in names])
    left = customers.start_day[who] + rng.integers(60, 1_400, len(who))
    left = np.where(rng.random(len(who)) < 0.22, known_until(left, frame.calendar.end), NONE)
    companies = company_names(who)
    domain = Lower(Joined((Word(companies.root, companies.ROOTS), Word(companies.second, companies.SECOND),
                           Word(companies.ending, companies.ENDINGS),
                           Word(companies.branch, companies.BRANCHES))))  # fmt: skip
    out.add(
        "contact",
        {
            "contact_id": Id("k", who * CONTACTS_MOST + place, 8),
            "customer_id": Id("c", who),
            "name": Joined((first, " ", last)),
            "email": Joined((Lower(Joined((first, ".", last))), "@", domain, ".example")),
            "title": Word(rng.integers(0, len(_TITLES), len(who)), _TITLES),
            "role": Word(place, _ROLES),
            "left_on": Day(left),
        },
        len(who),
    )
