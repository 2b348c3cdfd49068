"""A fingerprint of what an answer of the book depends on, so that nobody is sent the same answer twice."""

import hashlib
from functools import lru_cache

from relevo import __version__
from relevo.answers.reading import Ids, Reading
from relevo.desk.house.rules import rules_in_force


def fingerprint(reading: Reading, question: str) -> str:
    """Thirty-two hexadecimal digits of the release, book, policy, house rules, sight and question.

    Equal fingerprints mean equal answers, where an answer reads the book and house rules alone.
    """
    book, viewer = reading.published, reading.viewer
    sight = (_digest(viewer.scope), _digest(viewer.money), _digest(viewer.conversations), _digest(viewer.persons))
    read = () if book is None else (book.id, str(book.as_of), book.policy.hash, repr(rules_in_force(book.as_of)))
    return hashlib.sha256("\x00".join((__version__, *read, *sight, question)).encode()).hexdigest()[:32]


@lru_cache(maxsize=256)
def _digest(ids: Ids) -> str:
    """The same for the same ids in every process; made once per set of ids."""
    return "all" if ids is None else hashlib.sha256("\x00".join(sorted(ids)).encode()).hexdigest()
