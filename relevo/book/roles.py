"""The published synonym table of role words: one meaning, the words that companies use for it.

Systems say `ae`, `seller` or `account executive` for the person who sold. While loading, such a word is replaced by
the word of that meaning which the column declares: `sold_by` in deal_role, `sales` in assignment. A word that the
table does not know is kept as it is.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sales": (
            "sold_by",
            "seller",
            "ae",
            "account_executive",
            "sales_rep",
            "sales_representative",
            "salesperson",
            "closer",
            "deal_owner",
        ),
        "sourced_by": (
            "sourcer",
            "sdr",
            "bdr",
            "sales_development",
            "business_development",
            "opener",
            "setter",
        ),
        "presales": ("pre_sales", "se", "solution_engineer", "solutions_engineer", "sales_engineer"),
        "implementation": ("implementer", "onboarding", "onboarding_manager", "implementation_manager"),
        "success": ("csm", "cs", "customer_success", "customer_success_manager", "success_manager"),
        "support": ("customer_support", "support_agent", "help_desk", "helpdesk", "service_desk"),
        "account_manager": ("am", "account_management", "key_account_manager", "kam"),
        "overlay": ("specialist", "overlay_specialist", "product_specialist"),
        "manager": ("team_lead", "lead", "sales_manager"),
    }
)

ROLE_COLUMNS = frozenset(
    {
        ("deal_role", "role"),
        ("assignment", "role"),
        ("person", "team"),
        ("person_role", "team"),
        ("handoff", "from_role"),
        ("handoff", "to_role"),
    }
)


def canonical_role(word: str, words: Iterable[str] = ()) -> str:
    """The word for a role that Relevo uses: one of `words` where they have one of that meaning.

    Capitals, blanks and hyphens do not matter: 'Account Executive' is account_executive is sales. An unknown word
    comes back as it was written.
    """
    declared = tuple(words)
    plain = plain_word(word)
    if plain in declared:
        return plain
    for name, others in SYNONYMS.items():
        if plain == name or plain in others:
            return next((each for each in (name, *others) if each in declared), name)
    return word


def plain_word(word: str) -> str:
    """A word in lower_snake, as the table writes it."""
    return "_".join(word.strip().lower().replace("-", " ").replace("_", " ").split())


def canonical_role_sql(expression: str, words: Iterable[str] = ()) -> str:
    """`canonical_role` as a DuckDB expression over a text expression."""
    declared = tuple(words)
    known = {*declared, *SYNONYMS, *(word for others in SYNONYMS.values() for word in others)}
    plain = f"trim(regexp_replace(lower({expression}), '[\\s_-]+', '_', 'g'), '_')"
    cases = " ".join(f"WHEN '{word}' THEN '{canonical_role(word, declared)}'" for word in sorted(known))
    return f"CASE {plain} {cases} ELSE {expression} END"
