"""Ten people of the demo company who can sign in: one per role, each somebody of the book with customers of their own.

A lead leads the one who stands below: the seller's customers are among the sales lead's.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from relevo.base.config import Home
from relevo.book.book import Book
from relevo.desk.ready import prepare
from relevo.jobs.clock import now

OWNER = "owner"
# User name: the roles in the company of which one is chosen, in order of preference.
_ALONE = {
    "owner": ("chief_executive",),
    "finance": ("head_of_finance", "accountant"),
    "product": ("head_of_product", "engineer"),
    "analyst": ("operations", "operations_lead"),
}
# User names of lead and led, and the role of the led.
_PAIRS = (
    ("sales_lead", "seller", "account_executive"),
    ("success_lead", "csm", "success_manager"),
    ("support_lead", "agent", "support_agent"),
)
# Who answers for which line of the bridge and for which figure.
_OWNED = {
    "bridge_owners": {
        "new": "sales_lead", "expansion": "success_lead", "contraction": "success_lead", "churn": "success_lead",
    },
    "measure_owners": {
        "mrr": "owner", "net_revenue_retention": "success_lead", "gross_revenue_retention": "success_lead",
        "logo_churn": "success_lead", "cac": "finance", "ltv": "finance", "win_rate": "sales_lead",
    },
}  # fmt: skip


@dataclass(frozen=True)
class _Colleague:
    person_id: str
    name: str
    email: str
    role: str
    manager_id: str
    customers: int


def add_people(home: Home) -> dict[str, str]:
    """Let the ten people in where they are not yet; the published book says who they are. Person ids by user name."""
    prepare(home)
    from relevo.desk.people.actions_members import NewMember, ensure_member

    book = Book.open(home.books)
    try:
        chosen = _chosen(_colleagues(book))
    finally:
        book.close()
    for username, who in chosen.items():
        ensure_member(NewMember(username, who.email, username, who.name), "operator", now())
    _name_owners(chosen)
    return {username: who.person_id for username, who in chosen.items()}


def _name_owners(chosen: Mapping[str, _Colleague]) -> None:
    """Let lines of the bridge and some figures have owners, as a company would. Nobody owns reactivation yet."""
    from relevo.desk.house.actions import save_rule
    from relevo.desk.house.rules import rules_in_force

    since = date(2024, 1, 1)
    held = rules_in_force(date.max)
    for rule, owners in _OWNED.items():
        value = {what: chosen[who].person_id for what, who in owners.items() if who in chosen}
        if rule not in held and value:
            save_rule(rule, value, since, OWNER, "Agreed when the year was planned.", now())


def _chosen(colleagues: Sequence[_Colleague]) -> dict[str, _Colleague]:
    """Who signs in under which user name. A company too small for a role has nobody under its name."""
    found: dict[str, _Colleague] = {}
    for username, roles in _ALONE.items():
        holders = [c for role in roles for c in colleagues if c.role == role]
        if holders:
            found[username] = holders[0]
    for lead, led, role in _PAIRS:
        found.update(_pair(colleagues, lead, led, role))
    return found


def _pair(colleagues: Sequence[_Colleague], lead: str, led: str, role: str) -> dict[str, _Colleague]:
    """The busiest holder of a role who is led by somebody below the head of the team, and that lead."""
    by_id = {c.person_id: c for c in colleagues}
    holders = sorted((c for c in colleagues if c.role == role), key=lambda c: (-c.customers, c.person_id))
    ranked = sorted(holders, key=lambda c: not _leads_a_group(by_id.get(c.manager_id)))
    if not ranked:
        return {}
    return {led: ranked[0], **({lead: by_id[ranked[0].manager_id]} if ranked[0].manager_id in by_id else {})}


def _leads_a_group(manager: _Colleague | None) -> bool:
    return manager is not None and manager.role.endswith("_lead")


def _colleagues(book: Book) -> list[_Colleague]:
    """Everybody who works there now, with how many customers are theirs."""
    people, held, deals = book.tables.person, book.tables.assignment, book.tables.deal
    mine = _customers_each(
        [
            *book.run(held.filter(held.to_at.isnull()).select("person_id", "customer_id")).rows,
            *book.run(deals.filter(deals.customer_id.notnull()).select("person_id", "customer_id")).rows,
        ]
    )
    here = people.filter(people.ended_on.isnull()).select("person_id", "name", "email", "role", "manager_id")
    rows = sorted(book.run(here).rows)
    return [
        _Colleague(key, name, email or "", role or "", boss or "", mine[key]) for key, name, email, role, boss in rows
    ]


def _customers_each(pairs: Iterable[tuple[str, str]]) -> Counter[str]:
    return Counter(person for person, _ in set(pairs))
