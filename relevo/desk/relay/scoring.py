"""How much of a hand-off is filled in. Pure.

Rows S1-14 and S1-17: what says nothing scores 0, an expected value without a number a half.
"""

import re
from collections.abc import Collection, Mapping
from fractions import Fraction

from relevo.base.words import fold
from relevo.desk.relay.templates import WITH_NUMBER

NOTHING, HALF, WHOLE = Fraction(0), Fraction(1, 2), Fraction(1)
# Said where nothing is known, in the four languages of the pages; folded, without punctuation.
_SAYS_NOTHING = frozenset({
    "tbd", "tba", "tbc", "todo", "na", "none", "nil", "null", "x", "xx", "xxx", "unknown", "unclear", "same", "see crm",
    "see deal", "see notes", "as discussed", "later", "test", "asap", "nothing", "not known", "not applicable",
    "pendiente", "por definir", "no aplica", "ninguno", "ninguna", "desconocido", "ver crm", "nada",
    "a definir", "nao se aplica", "nenhum", "nenhuma", "desconhecido", "pendente",
    "待定", "无", "暂无", "不适用", "未知",
})  # fmt: skip


def score(item: str, text: str | None, of_others: Collection[str] = ()) -> Fraction:
    """What an item counts: 0, a half or 1. `of_others` are the folded texts of the same item in other hand-offs.

    A text that another customer's hand-off has too was copied and says nothing of this one.
    """
    plain = folded(text)
    if not re.search(r"\w", plain) or plain in _SAYS_NOTHING or plain in of_others:
        return NOTHING
    return HALF if item in WITH_NUMBER and not re.search(r"\d", plain) else WHOLE


def folded(text: str | None) -> str:
    """A text without case, accents, punctuation and repeated spaces, as texts are compared."""
    return " ".join(re.sub(r"[^\w\s]", "", fold(text or "")).split())


def completeness(scores: Mapping[str, Fraction], items: Collection[str]) -> Fraction:
    """The part of the items that is filled in, from 0 to 1; 0 where the template has no item."""
    return sum((scores.get(item, NOTHING) for item in items), NOTHING) / len(items) if items else NOTHING
