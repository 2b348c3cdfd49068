"""What the page of friction says of figures that no small company shows: one stage, certainty, causes left out."""

from typing import cast

import pytest

from relevo.answers.reading import Scope
from relevo.answers.relay.friction import Bar, Cause, Causes, FrictionPage, Part, PartShare, Stage, StageFriction
from relevo.answers.stamp import Stamp
from relevo.web.relay import friction as words

NOBODY = Causes(0, 100, ())


def stage(which: Stage, score: float | None, low: float = 0.0, high: float = 0.0, n: int = 50) -> StageFriction:
    known = score is not None
    parts = tuple(PartShare(part, 0.25, n) if known else PartShare(part, None, n) for part in Part)
    ends = (score, low, high) if known else (None, None, None)
    return StageFriction(which, n, 20.0 if known else None, 18.0, 5.0, parts, *ends)


def page(*stages: StageFriction, causes: Causes = NOBODY) -> FrictionPage:
    return FrictionPage(cast(Stamp, None), stages, causes, (), 0, Scope(None))


def test_stages_that_intervals_tell_apart() -> None:
    told = page(stage(Stage.BUYING, 10, 8, 12), stage(Stage.ADOPTION, 30, 25, 35))
    assert words.sentence(told) == "Customers meet the most friction in this stage: Adoption, 30.0 of 100"
    assert words.map_chart(told).title == "Adoption has a friction of 30.0, Buying one of 10.0"


def test_stages_that_may_be_alike() -> None:
    told = page(stage(Stage.BUYING, 29, 20, 38), stage(Stage.ADOPTION, 30, 25, 35))
    assert words.sentence(told).endswith("Adoption, 30.0 of 100; Buying may have more")
    assert words.map_chart(told).title == "From 29.0 (Buying) to 30.0 (Adoption): it may be chance"


def test_one_stage_is_compared_with_none() -> None:
    told = page(stage(Stage.BUYING, 10, 8, 12), stage(Stage.ADOPTION, None, n=3))
    assert words.sentence(told) == "Buying has a friction of 10.0 of 100; of the other stages too little is known"
    assert words.map_chart(told).title == "Too few stages are known to compare them"
    _, few = words.parts_grid(told).rows
    assert [cell.text for cell in few[1:]] == ["too few (3)", "–", *["too few (3)"] * 5]
    # Of three customers nothing is missing but customers.
    assert words.needs(told) == []


@pytest.mark.parametrize(
    ("bar", "said"),
    [
        (Bar(Cause.NEW_PEOPLE, 120, why_not="people"), "fewer than 5 new people: nothing is told, so that nobody is"),
        (Bar(Cause.NEW_PEOPLE, 12, why_not="few"), "known of too few customers, it needs 100: load who"),
        (Bar(Cause.TRANSFERS, 12, why_not="few"), "load who holds customers (assignment, handoff)"),
        (Bar(Cause.UNEVEN, 12, why_not="few"), "load deal and milestone"),
        (Bar(Cause.UNEVEN, 120, why_not="same"), "it is the same for everybody, or follows from the others"),
        (Bar(Cause.UNEVEN, 120, 2.0, 1.0, 3.0, 0.5, 9.0), "it goes along with another cause so closely"),
        (Bar(Cause.UNEVEN, 120, 2.0, -1.0, 5.0, 0.5, 1.0), "it may be chance"),
        (Bar(Cause.UNEVEN, 120, 2.0, 1.0, 3.0, 0.5, 1.0), ""),
    ],
)
def test_each_cause_says_why_it_is_not_told(bar: Bar, said: str) -> None:
    ((*_, last),) = words.causes_grid(page(causes=Causes(120, 0, (bar,)))).rows
    assert said in last.text
    assert bool(last.text) == bool(said)


def test_the_title_names_the_largest_cause_that_is_no_chance() -> None:
    chance = Bar(Cause.UNEVEN, 120, 4.0, -1.0, 9.0, 0.5, 1.0)
    certain = Bar(Cause.TRANSFERS, 120, 2.0, 1.0, 3.0, 0.8, 1.0)
    less = Bar(Cause.NEW_PEOPLE, 120, -3.0, -4.0, -2.0, 0.2, 1.0)
    told = words.causes_title(page(causes=Causes(120, 0, (chance, less, certain))))
    assert told == "Transfers: friction goes with this the most, +2.0 points"
    lower = words.causes_title(page(causes=Causes(120, 0, (chance, less))))
    assert lower == "Inexperienced people: with more of it there is less friction, −3.0 points"
    none = words.causes_title(page(causes=Causes(120, 0, (chance,))))
    assert none == "Friction goes with none of the three: what differs may be chance"
    assert words.causes_title(page(causes=Causes(99, 1, ()))).startswith("Not enough data: 1 more customer has to")
