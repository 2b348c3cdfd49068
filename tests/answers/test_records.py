"""What records tell whoever comes next: what is counted, and whose rows are."""

from dataclasses import replace

from relevo.answers.reading import Reading
from relevo.answers.relay.records import records


def test_fields_count_the_rows_of_the_viewers_customers(everything: Reading, anas: Reading) -> None:
    def rows(reading: Reading, table: str) -> int:
        return next(f.rows for f in records(reading).fields if f.need.table == table)

    assert (rows(everything, "customer"), rows(anas, "customer")) == (40, 20)
    assert rows(anas, "deal") < rows(everything, "deal")


def test_who_sees_no_customer_sees_nothing_of_them(everything: Reading) -> None:
    nobody = replace(everything, viewer=replace(everything.viewer, scope=frozenset()))
    found = records(nobody)
    assert (found.mix.n, found.untouched_found, found.sentence.code) == (0, 0, "records.none")
