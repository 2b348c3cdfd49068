"""The table of roles, written here once by hand: it is what the product promises, not what the code says."""

# Role: who it is in the small company, customers and amounts seen (numbers of rows), persons, words of customers.
ALL, ODD, EVEN = 40, 20, 20
ROLES: dict[str, tuple[str, int, int, set[str] | None, bool]] = {
    "owner": ("mia", ALL, ALL, {"leo"}, True),
    "success_lead": ("mia", ALL, ALL, set(), True),
    "sales_lead": ("leo", ALL, ALL, {"leo"}, True),
    "support_lead": ("ben", ODD, ODD, set(), True),
    "seller": ("leo", ALL, ALL, {"leo"}, True),
    "csm": ("ana", EVEN, EVEN, set(), True),
    "agent": ("ben", ODD, ODD, set(), True),
    "finance": ("eva", ALL, ALL, None, False),
    "product": ("eva", ALL, 0, None, True),
    "analyst": ("eva", ALL, ALL, None, False),
}

# What a role sees of who received a customer; who gave and who promised is always leo, as who sold.
RECEIVERS: dict[str, set[str]] = {
    "owner": {"ana", "ben"},
    "success_lead": {"ana", "ben"},
    "sales_lead": set(),
    "support_lead": {"ben"},
    "seller": set(),
    "csm": {"ana"},
    "agent": {"ben"},
}
