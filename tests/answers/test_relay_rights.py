"""Who may see figures of hand-offs and promises: by person, and of few customers."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from relevo.answers.measures import PERSON_COLUMNS, PERSON_DIMENSIONS, show, show_asked
from relevo.answers.reading import Reading, Refused, Viewer
from relevo.base.errors import WrongUse
from relevo.measures.card import Ask

# Each cut by person with all that stands in it; the promise to C00 was made by nobody that is known.
CUTS = {
    ("handoff_fidelity", "from_person"): {"leo"},
    ("handoff_fidelity", "to_person"): {"ana", "ben"},
    ("promises", "person"): {"leo", "(none)"},
}
NOBODY = Viewer("eva@norte.example")


def seen_by(reading: Reading, persons: Iterable[str], **more: object) -> Reading:
    """The same book for somebody who sees the figures of these persons and no customer."""
    return replace(reading, viewer=replace(NOBODY, persons=frozenset(persons), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "by"), CUTS)
def test_figures_of_persons_need_the_right(everything: Reading, anas: Reading, name: str, by: str) -> None:
    for reading in (anas, replace(everything, viewer=NOBODY)):
        for ask in (Ask(by=by), Ask(where=((by, "leo"),)), Ask(by="segment", where=((by, "(none)"),))):
            with pytest.raises(Refused, match="by person"):
                show(reading, name, ask)
        assert show(reading, name, Ask()).rows == show(everything, name, Ask()).rows


@pytest.mark.parametrize(("name", "by"), CUTS)
def test_only_persons_in_sight_are_told_and_their_figure_is_the_companys(
    everything: Reading, name: str, by: str
) -> None:
    whole = {row[by]: row for row in show(everything, name, Ask(by=by)).rows}
    assert set(whole) == CUTS[name, by]
    for person in ("leo", "ana", "mia"):
        rows = show(seen_by(everything, [person]), name, Ask(by=by)).rows
        assert list(rows) == [row for value, row in whole.items() if value == person]
    both = show(seen_by(everything, ["ana", "ben", "leo"]), name, Ask(by=by)).rows
    assert list(both) == [row for value, row in whole.items() if value != "(none)"]


def test_a_foreign_person_is_no_condition(everything: Reading) -> None:
    leos = seen_by(everything, ["leo"])
    own = show(leos, "handoff_fidelity", Ask(where=(("from_person", "leo"),)))
    assert own.rows == show(everything, "handoff_fidelity", Ask(where=(("from_person", "leo"),))).rows
    assert own.hidden == 0
    for where in ((("to_person", "ana"),), (("from_person", "leo"), ("to_person", "ana")), (("from_person", "ana"),)):
        with pytest.raises(Refused):
            show(leos, "handoff_fidelity", Ask(where=where))


def test_six_hand_offs_of_one_customer_are_few(everything: Reading, anas: Reading) -> None:
    """The form `rescue` was used six times, for one customer: what counts is customers, not hand-offs."""
    full = {row["template"]: row for row in show(everything, "handoff_fidelity", Ask(by="template")).rows}
    assert (full["rescue"]["n"], full["sale"]["n"]) == (6, 26)
    shown = show(anas, "handoff_fidelity", Ask(by="template"))
    assert {row["template"]: row["n"] for row in shown.rows} == {"rescue": None, "sale": None}, "one tells the other"
    promised = show(anas, "promises", Ask(by="product_state"))
    assert [row for row in promised.rows if row["product_state"] == "planned"] == [
        {"product_state": "planned", **dict.fromkeys(("made", "due", "kept", "late", "broken", "gap", "n"))}
    ]
    for where in ((("template", "rescue"),), (("template", "sale"), ("segment", "smb"))):
        (row,) = show(anas, "handoff_fidelity", Ask(where=where)).rows
        assert row["n"] is None
        assert show(everything, "handoff_fidelity", Ask(where=where)).rows[0]["n"]


def test_by_segment_and_person_small_cells_are_hidden(everything: Reading) -> None:
    rows = show(seen_by(everything, ["leo"]), "promises", Ask(by="channel", where=(("person", "leo"),))).rows
    full = show(everything, "promises", Ask(by="channel", where=(("person", "leo"),))).rows
    assert [r["channel"] for r in rows] == [r["channel"] for r in full]
    assert all(seen["n"] in (None, whole["n"]) for seen, whole in zip(rows, full, strict=True))
    few = seen_by(everything, ["ana"])
    told = show(few, "handoff_fidelity", Ask(by="segment", where=(("to_person", "ana"),))).rows
    assert {row["segment"] for row in told} == {"smb", "mid"}


def test_a_cut_that_is_not_the_companys_shows_the_viewers_customers(everything: Reading, anas: Reading) -> None:
    assert show(anas, "handoff_fidelity", Ask(by="template")).scope.is_company
    assert not show(anas, "handoff_fidelity", Ask(by="industry")).scope.is_company
    (row,) = show(everything, "handoff_fidelity", Ask(by="industry")).rows
    (mine,) = show(anas, "handoff_fidelity", Ask(by="industry")).rows
    assert mine["n"] < row["n"]


def test_every_dimension_of_persons_is_in_the_trail() -> None:
    assert {"seller", "from_person", "to_person", "person"} == PERSON_DIMENSIONS < PERSON_COLUMNS


def test_the_column_of_a_slice_says_what_it_is(everything: Reading) -> None:
    first = show_asked(everything, "handoff_fidelity", {"by": ["from_person"], "months": ["6"]}).columns[0]
    assert (first.name, first.doc) == ("from_person", "The slice: who gave, as a person_id.")
    assert show(everything, "handoff_fidelity", Ask(by="segment")).columns[0].doc == "The slice."
    with pytest.raises(WrongUse, match="'from_person' is not a dimension"):
        show(everything, "mrr", Ask(by="from_person"))
