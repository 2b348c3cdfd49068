"""What people decided about who is one customer. It is on the Desk; a build is told of it.

Of two decisions about the same two customers the later one holds. A merge joins `other_id` into `customer_id`, which is
kept. `apart` says that the two are never joined by a rule, and undoes a merge of the two that was decided before.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal


@dataclass(frozen=True)
class Decision:
    """One decision about two customers; `decided_at` is aware, ids are those of the book that was looked at."""

    kind: Literal["merge", "apart"]
    customer_id: str
    other_id: str
    decided_at: datetime
    reason: str = ""

    @property
    def pair(self) -> frozenset[str]:
        """The two customers, in no order."""
        return frozenset((self.customer_id, self.other_id))


def in_force(decisions: Iterable[Decision], known_at: datetime | None = None) -> tuple[Decision, ...]:
    """The last decision about each two customers, of those made by a moment, in the order of their time."""
    limit = known_at if known_at is None or known_at.tzinfo else known_at.replace(tzinfo=UTC)
    known = sorted((d for d in decisions if limit is None or d.decided_at <= limit), key=_placed)
    last = {decision.pair: decision for decision in known if len(decision.pair) == 2}
    return tuple(sorted(last.values(), key=_placed))


def settled(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """The merges that hold and the pairs that are apart, of decisions in force; no merge joins two that are apart.

    Merges form chains. An apart that was decided later undoes those that lead from one to the other: first the ones of
    its `other_id`, who leaves. A merge that was decided later is stronger than an apart. Into whom somebody was merged
    last, holds.
    """
    apart = [d for d in decisions if d.kind == "apart"]
    merges = {d.other_id: d for d in decisions if d.kind == "merge"}
    leavers = {d.other_id for d in apart}
    groups: dict[str, frozenset[str]] = {}
    kept = []
    for merge in sorted(merges.values(), key=lambda d: (bool(d.pair & leavers), *_placed(d))):
        joined = _group(groups, merge.customer_id) | _group(groups, merge.other_id)
        if any(d.pair <= joined and d.decided_at > merge.decided_at for d in apart):
            continue
        kept.append(merge)
        groups.update(dict.fromkeys(joined, joined))
    return tuple(sorted(kept, key=_placed)), tuple(d for d in apart if not d.pair <= _group(groups, d.customer_id))


def _group(groups: dict[str, frozenset[str]], customer_id: str) -> frozenset[str]:
    return groups.get(customer_id, frozenset((customer_id,)))


def fingerprint(decisions: Iterable[Decision]) -> str:
    """What a book depends on of decisions, as 64 hex digits; '' where there is none. Reasons are not among it."""
    lines = (f"{d.kind} {d.customer_id}\x1f{d.other_id} {d.decided_at.astimezone(UTC).isoformat()}" for d in decisions)
    text = "\n".join(sorted(lines))
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def _placed(decision: Decision) -> tuple[datetime, str, str, str]:
    return decision.decided_at, decision.kind, decision.customer_id, decision.other_id
