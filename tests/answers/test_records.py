"""What records tell whoever comes next: what is counted, and whose rows are."""

from dataclasses import replace

from relevo.answers.reading import Reading
from relevo.answers.relay.records import records
from relevo.insight.relay.content_mix import Content


def test_fields_count_the_rows_of_the_viewers_customers(everything: Reading, anas: Reading) -> None:
    def rows(reading: Reading, table: str) -> int:
        return next(f.rows for f in records(reading).fields if f.need.table == table)

    assert (rows(everything, "customer"), rows(anas, "customer")) == (40, 20)
    assert rows(anas, "deal") < rows(everything, "deal")


def test_the_mix_tells_of_every_touch_of_the_year(everything: Reading) -> None:
    mix = records(everything).mix
    assert sum(mix.counts.values()) == mix.n
    assert mix.n > 0
    assert set(mix.counts) == set(Content)


def test_who_sees_no_customer_sees_nothing_of_them(everything: Reading) -> None:
    nobody = replace(everything, viewer=replace(everything.viewer, scope=frozenset()))
    found = records(nobody)
    assert (found.mix.n, found.untouched_found, found.sentence.code) == (0, 0, "records.none")
