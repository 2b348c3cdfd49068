"""Take people out of reviews: what was written of the forgotten goes, marks and times stay."""

from relevo.desk.relay.actions_erasing import Whom
from relevo.desk.reviews.models import Draw, Reply, Review


def erase_from_reviews(whom: Whom) -> int:
    """Blank what was written in reviews of the forgotten's conversations, of their own work, and where one is named.

    How many rows changed. It comes before names and ids are replaced.
    """
    draws = [
        row.pk for row in Draw.objects.iterator()
        if whom.is_customer(row.customer_id) or whom.clean(row.person_id) != row.person_id or whom.names(row.why)
    ]  # fmt: skip
    theirs = set(draws)
    reviews = [row.pk for row in Review.objects.iterator() if row.draw_id in theirs or whom.names(row.note)]
    replies = [row.pk for row in Reply.objects.select_related("review").iterator()
               if row.review.draw_id in theirs or whom.names(row.text)]  # fmt: skip
    changed = Draw.objects.filter(pk__in=draws).exclude(why="").update(why="")
    changed += Review.objects.filter(pk__in=reviews).exclude(note="").update(note="")
    return changed + Reply.objects.filter(pk__in=replies).exclude(text="").update(text="")
