"""Evidence about two customers, side by side, as a book keeps it: JSON without anybody's address or number in full."""

import json
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Evidence:
    """One kind of evidence: what each of the two says, its weight in bits, and what it speaks for."""

    kind: str
    left: str
    right: str
    weight: float
    says: Literal["for", "against"]


def read(text: str) -> tuple[Evidence, ...]:
    """The evidence of `identity_candidate.evidence`; none where an erasure has put something else in its place."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return ()
    return tuple(Evidence(e["kind"], e["left"] or "", e["right"] or "", e["weight"], e["says"]) for e in found)
