"""The Desk from the command line: the owner, sign-in links, house rules in force, the log of publications.

Django is started only by these functions, so that loading, building and asking need no Desk database.
"""

from dataclasses import asdict, replace
from datetime import date
from fractions import Fraction
from typing import Any, cast

from relevo.base.config import Config, Home, House
from relevo.base.errors import WrongUse
from relevo.base.findings import Finding, Severity
from relevo.book.manifest import Manifest
from relevo.book.policy import Policy, profile
from relevo.desk.ready import prepare
from relevo.jobs.clock import now

USUAL_PROFILE = "relevo"
# The house rule that holds the policy; its value is every convention by name.
POLICY_RULE = "policy"


def has_ready_desk(home: Home) -> bool:
    """Whether a home has a Desk, which can then be asked."""
    if home.has_desk:
        prepare(home)
    return home.has_desk


def check_address(email: str) -> None:
    """Wrong use for what cannot be an e-mail address; said before anything is written."""
    if "@" not in email:
        raise WrongUse(f"{email!r} is not an e-mail address.", "Give --owner name@company.example.")


def add_owner(home: Home, email: str) -> None:
    """Make sure that the owner with this address exists in the Desk."""
    prepare(home)
    from relevo.desk.people.actions import ensure_owner

    ensure_owner(email, now())


def owner_addresses(home: Home) -> tuple[str, ...]:
    """The addresses of the owners, who are written to when something fails."""
    prepare(home)
    from relevo.desk.people.owners import owners

    return tuple(owner.email for owner in owners())


def sign_in_path(home: Home, username: str) -> str:
    """The path of a link that signs a user in once; wrong use for a user that is unknown."""
    prepare(home)
    from django.contrib.auth.models import User

    from relevo.desk.people.actions import create_link

    user = User.objects.filter(username=username).first()
    if user is None:
        known = ", ".join(User.objects.order_by("username").values_list("username", flat=True)[:10])
        raise WrongUse(f"There is no user {username!r}.", f"Known: {known or 'nobody yet; run relevo init'}.")
    return f"/enter/{create_link(user, now())}"


def codes_off(home: Home, username: str) -> None:
    """Ask a user for one-time codes no more: for an owner who lost the phone and every recovery code. Audited."""
    prepare(home)
    from django.contrib.auth.models import User

    from relevo.desk.people.actions_second import switch_off_codes

    for user in User.objects.filter(username=username):
        switch_off_codes(user, "operator", now())


def note_publication(home: Home, manifest: Manifest) -> None:
    """Write a published book into the Desk's log, where the home has a Desk."""
    if not home.has_desk:
        return
    prepare(home)
    from relevo.desk.house.actions import record_publication

    rows = sum(manifest.rows.values())
    record_publication(manifest.id, manifest.as_of, rows, len(manifest.findings), now())


def config_in_force(home: Home, on: date) -> tuple[Config, tuple[Finding, ...]]:
    """The settings of a day: the file's, with house rules of the Desk in their place and a finding for each."""
    config = home.config()
    if not home.has_desk:
        return config, ()
    prepare(home)
    from relevo.desk.house.rules import rules_in_force

    house, said = config.house, []
    for key, rule in rules_in_force(on).items():
        if key in House.__dataclass_fields__:
            house = replace(house, **{key: _typed(key, rule.value)})
            said.append(_wins(key, rule.value, getattr(config.house, key), rule.saved_by, rule.reason))
    return replace(config, house=house), tuple(said)


def config_with_readings(home: Home) -> Config:
    """The settings of the file, and behind its `[[reading]]` entries what the Desk keeps, which wins over them."""
    config = home.config()
    if not home.has_desk:
        return config
    prepare(home)
    from relevo.desk.files.readings import readings_in_force

    return replace(config, readings=(*config.readings, *(each.entry for each in readings_in_force())))


def policy_in_force(home: Home, on: date) -> Policy:
    """The conventions of a day: those that a house rule of the Desk accepted, else the profile `relevo`."""
    if not home.has_desk:
        return profile(USUAL_PROFILE)
    prepare(home)
    from relevo.desk.house.rules import rules_in_force

    rule = rules_in_force(on).get(POLICY_RULE)
    return Policy.of(cast(dict[str, Any], rule.value)) if rule else profile(USUAL_PROFILE)


def accept_policy(home: Home, policy: Policy, from_on: date, reason: str, who: str) -> None:
    """Let conventions be the house's from a day on; the next build takes them. WrongUse without a reason. Audited."""
    prepare(home)
    from relevo.desk.house.actions import save_rule

    stored = {name: str(value) if isinstance(value, Fraction) else value for name, value in asdict(policy).items()}
    save_rule(POLICY_RULE, stored, from_on, who, reason, now())


def _typed(key: str, value: Any) -> Any:
    return date.fromisoformat(value) if key.endswith("_on") and isinstance(value, str) else value


def _wins(key: str, value: object, in_file: object, who: str, why: str) -> Finding:
    return Finding(
        Severity.INFO, "house_rule", key,
        f"{key} is {value} by a house rule of {who} ({why}); the file says {in_file}.",
        "Rules saved in the Desk win over relevo.toml.",
    )  # fmt: skip
