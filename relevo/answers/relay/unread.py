"""Hand-offs and promises without the words that a viewer may not read: texts, who said them, remarks, reasons.

What is left out is empty, as if nothing had been written; the answer says beside it that the words are not read.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from relevo.desk.relay.handoffs import KeptEvent, KeptHandOff, KeptItem, KeptReAsk
from relevo.desk.relay.promises import KeptPromise

# What the history tells beside a text and that is nobody's words.
_PLAIN = frozenset({
    "gaps", "completeness", "scores", "accuracy", "wrong", "unwritten", "template", "to", "from", "by", "asked", "at",
    "told_by", "was_filled", "promise", "product_state", "due_on", "how", "is_late",
})  # fmt: skip


def unread_handoff(kept: KeptHandOff) -> KeptHandOff:
    """Without the customer's own word and the reason of a second change."""
    return replace(kept, customer_says="", override_reason="")


def unread_item(kept: KeptItem) -> KeptItem:
    """Without what was written, who said it when and how sure, and the remark; whether it was right stays."""
    return replace(kept, text="", said_by="", said_on=None, sure="", link="", source="", remark="")


def unread_reask(kept: KeptReAsk) -> KeptReAsk:
    """Without what was asked; which item it was stays."""
    return replace(kept, note="")


def unread_event(kept: KeptEvent) -> KeptEvent:
    """Without its text, and without what it tells of words beside it."""
    return replace(kept, text="", details=plain_details(kept.details))


def unread_promise(kept: KeptPromise) -> KeptPromise:
    """Without what was promised to whom, its link, and why it was decided so."""
    return replace(kept, text="", to_whom="", link="", decided_why="")


def plain_details(details: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an entry of the history tells that is nobody's words."""
    return {name: value for name, value in details.items() if name in _PLAIN}
