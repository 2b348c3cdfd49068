"""Sellers who stay in touch after the signature: some do in the first weeks, few in the third month."""

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.frame import DAY, Frame, Ints, choose
from relevo.sources.demo.owners import Owners
from relevo.sources.demo.people import person_id
from relevo.sources.demo.selling import Deals
from relevo.sources.demo.texts import SELLER_SUBJECTS
from relevo.sources.demo.writer import Id, Moment, Same, Word, Writer

# In each of the first three windows of 30 days after the signature: how many sellers get in touch at all.
SHARES = (0.55, 0.3, 0.18)
# Of the calls in the first window so many introduce who takes over, who is in the same call.
INTRODUCED = 0.5
WINDOW, FIRST_HOUR, LAST_HOUR = 30, 8, 16
_KINDS = ("call", "meeting", "mail")


def write_seller_touches(frame: Frame, cast: Cast, owners: Owners, won: Deals, out: Writer) -> None:
    """Write the touches of the sellers of won new deals, and of who was introduced on the way."""
    rng, size = frame.stream("seller_touches"), len(won.who)
    kept = [np.flatnonzero(rng.random(size) < share) for share in SHARES]
    row = np.concatenate(kept)
    window = np.repeat(np.arange(len(SHARES)), [len(each) for each in kept])
    day = won.closed[row] // DAY + 1 + window * WINDOW + rng.integers(0, WINDOW - 1, len(row))
    at = day * DAY + rng.integers(FIRST_HOUR * 3_600, LAST_HOUR * 3_600, len(row))
    kind, who, seller = choose(rng, [50, 30, 20], len(row)), won.who[row], won.person[row]
    both = (window == 0) & (kind < 2) & (rng.random(len(row)) < INTRODUCED)
    told = np.where(both, len(SELLER_SUBJECTS) - 1, (who + window) % (len(SELLER_SUBJECTS) - 1))
    known = (day < frame.calendar.end) & (day >= frame.calendar.opens) & (day < cast.left[seller])
    for keep, person in ((known, seller), (known & both, owners.at(who, at))):
        _write(person[keep], who[keep], at[keep], kind[keep], told[keep], out)


def _write(person: Ints, who: Ints, at: Ints, kind: Ints, told: Ints, out: Writer) -> None:
    size = len(who)
    out.add(
        "touch",
        {
            "touch_id": Id("t", out.rows.get("touch", 0) + np.arange(size), 8),
            "customer_id": Id("c", who),
            "person_id": person_id(person),
            "contact_id": Same(None),
            "at": Moment(at),
            "kind": Word(kind, _KINDS),
            "minutes": Same(None),
            "subject": Word(told, SELLER_SUBJECTS),
            "body": Same(None),
        },
        size,
    )
