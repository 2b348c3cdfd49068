"""What evidence weighs that two customers are one, in bits: one bit doubles the odds.

The method is that of Fellegi and Sunter (1969): each agreement adds log2(m/u), m the share of true pairs that agree
and u that of others, each contradiction takes away. The points are stated, not learned: no company has labelled pairs
when it connects its second system. Two customers that share a rare value begin at 1 : 1,024, since what shares one is
as often a relative (a subsidiary, a franchise, a reseller's other customer) as it is the same. The confidence that is
shown is the odds as a probability; it is a statement about pairs with this evidence, not a frequency measured here.
"""

from dataclasses import dataclass

from relevo.book.engine import quoted

# Where any pair begins.
START = -10.0
# From here on two customers are joined by themselves, where nothing contradicts: 63 : 1 before rounding.
JOIN = 6.0
# By so much a customer has to be ahead of the next one of the same system.
LEAD = 3.0
# From here on a pair is shown for review: of two systems, and of one, where most pairs are known to be two.
REVIEW, REVIEW_ALIKE = -2.0, 3.0
# A value that more customers of one source have tells nothing about who one of them is.
MOST_DOMAINS, MOST_ADDRESSES, MOST_NUMBERS = 5, 2, 2
# More customers than these behind one value are not compared with each other.
LARGEST_BLOCK = 50


@dataclass(frozen=True)
class Points:
    """Bits of one kind of evidence by how it turned out; what is not named weighs nothing."""

    kind: str
    bits: dict[str, float]
    forbids: tuple[str, ...] = ()


# `shared` is the same value, which others of the same source have too. What `forbids` is left to people.
POINTS = (
    # The same apart from accents, legal form and spacing; the same, where one source has others of that name, of whom
    # a domain of its own tells it apart; one typing error in a longer word; two names that share a word, as those of
    # a parent and its subsidiary do; two names.
    Points(
        "name",
        {"same": 9, "namesakes": 7.5, "shared": 5, "typo": 8, "related": -3, "other": -7},
        ("related", "other"),
    ),
    # Of the customer itself or of its people. Many firms have two domains, so another one forbids nothing.
    Points("domain", {"same": 8, "shared": 7, "other": -6, "of_people": -1}),
    Points("email", {"same": 7, "shared": 3}),
    Points("tax_id", {"same": 11, "shared": 9, "other": -14}, ("other",)),
    # Two offices of one firm in two countries are two customers, and so are two legal forms of one name. A country is
    # telling where a source has several customers of that name.
    Points("country", {"same": 1, "telling": 4, "other": -12}, ("other",)),
    Points("legal_form", {"same": 1.5, "other": -10}, ("other",)),
    Points("parent", {"other": -20}, ("other",)),
)
KINDS = tuple(points.kind for points in POINTS)
# What names a customer; two of these have to agree before anything is joined: the name or the number and another, or,
# where a name is missing or written in another script, a person and a domain that nobody else has.
NAMING = ("name", "domain", "email", "tax_id")


def confidence_sql(score: str) -> str:
    """A score in bits as the probability that it stands for, four decimals."""
    return f"round(1 / (1 + pow(2, -({score}))), 4)"


def weight_sql(points: Points) -> str:
    """The bits of one kind of evidence, of a column that says how it turned out."""
    cases = " ".join(f"WHEN '{how}' THEN {bits}" for how, bits in points.bits.items())
    return f"CASE {points.kind} {cases} ELSE 0 END"


def score_sql() -> str:
    """All bits of a pair."""
    return f"{START} + " + " + ".join(weight_sql(points) for points in POINTS)


def joins_sql() -> str:
    """Whether a scored pair is joined without a person: sure enough, by two kinds of evidence, and not forbidden."""
    forbidden = " OR ".join(_is(points.kind, points.forbids) for points in POINTS if points.forbids)
    agree = " + ".join(f"CAST({_is(kind, _AGREES)} AS INTEGER)" for kind in NAMING)
    named = " OR ".join(_is(kind, _AGREES) for kind in ("name", "tax_id"))
    person = " AND ".join(_is(kind, ("same",)) for kind in ("domain", "email"))
    return f"score >= {JOIN} AND NOT ({forbidden}) AND {agree} >= 2 AND ({named} OR {person})"


def agreeing_sql() -> str:
    """The kinds of evidence that name a customer and agree, as text."""
    agreeing = ", ".join(f"CASE WHEN {_is(kind, _AGREES)} THEN '{kind}' END" for kind in NAMING)
    return f"concat_ws(', ', {agreeing})"


_AGREES = ("same", "shared", "namesakes", "typo")


def _is(kind: str, ways: tuple[str, ...]) -> str:
    return f"coalesce({kind} IN ({', '.join(map(quoted, ways))}), false)"
