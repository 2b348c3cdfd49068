"""What the records of a year are about, asked of the book: the mix of its touches by their words."""

from collections import Counter
from datetime import timedelta

import ibis

from relevo.book.book import Book
from relevo.insight.relay.content_mix import Content, ContentMix, classify

DAYS = 365
# Different texts that are classified; a company of any size repeats itself, and what it wrote last says enough.
MOST_TEXTS = 20_000


def mix_of_year(book: Book) -> ContentMix:
    """The mix of the touches within a year before the as-of day, by subject and body.

    Of more than `MOST_TEXTS` different texts those written last count; `n` says how many touches that is.
    """
    touch = book.tables.touch
    recent = touch.filter((touch["at"] >= book.until - timedelta(days=DAYS)) & (touch["at"] < book.until))
    told = recent.mutate(said=recent.subject.fill_null("") + ibis.literal(" ") + recent.body.fill_null(""))
    texts = told.group_by("said").aggregate(n=told.count(), last=told["at"].max())
    found: Counter[Content] = Counter()
    for said, n, _ in book.run(texts.order_by(ibis.desc("last"), "said").limit(MOST_TEXTS)).rows:
        found[classify(said)] += int(n)
    return ContentMix({content: found[content] for content in Content}, found.total())
