"""Take people out of reviews: what was written of the forgotten goes, marks and times stay."""

from collections.abc import Collection

from relevo.desk.relay.actions_erasing import Whom
from relevo.desk.reviews.models import Draw, Reply, Review


def erase_from_reviews(whom: Whom, people: Collection[str] = ()) -> int:
    """Blank what was written in reviews of the forgotten's conversations, of their own work, and where one is named.

    `people` are colleagues by their id. How many rows changed. It comes before names are replaced.
    """
    draws = [
        row.pk for row in Draw.objects.iterator()
        if whom.is_customer(row.customer_id) or whom.is_conversation(row.conversation_id)
        or row.person_id in people or whom.names(row.why)
    ]  # fmt: skip
    theirs = set(draws)
    reviews = [row.pk for row in Review.objects.iterator() if row.draw_id in theirs or whom.names(row.note)]
    replies = [row.pk for row in Reply.objects.select_related("review").iterator()
               if row.review.draw_id in theirs or whom.names(row.text)]  # fmt: skip
    changed = Draw.objects.filter(pk__in=draws).exclude(why="").update(why="")
    changed += Review.objects.filter(pk__in=reviews).exclude(note="").update(note="")
    return changed + Reply.objects.filter(pk__in=replies).exclude(text="").update(text="")
