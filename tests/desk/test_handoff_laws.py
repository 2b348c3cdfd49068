"""Laws of hand-offs: whatever people do in whatever order, one holder, no text lost, a whole history."""

import itertools
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relevo.base.errors import WrongUse
from relevo.desk.relay.actions import NewHandOff, Verdict, accept, confirm, draft, give, give_back, withdraw
from relevo.desk.relay.actions_items import ItemText, note_reask, save_item, tick
from relevo.desk.relay.handoffs import KeptHandOff, handoff_with, handoffs_about, history_of, items_of
from relevo.desk.relay.mirrored import news
from relevo.desk.relay.states import RULES, Act, State
from relevo.desk.relay.templates import DEFAULTS
from relevo.insight.relay.holders import Fact, strip
from tests.desks import only_with_desk_files

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEMPLATES = ("sales_to_implementation", "implementation_to_success", "sales_to_success", "success_to_success")
PEOPLE = ("sam", "ida", "cleo", "")
ACTS = ("draft", "save", "give", "return", "accept", "confirm", "withdraw", "reask", "tick")
# One step of a story: what, on which hand-off, by whom, how stale the revision is that the person saw, days later.
STEP = st.tuples(
    st.sampled_from(ACTS), st.integers(0, 3), st.sampled_from(PEOPLE[:3]), st.integers(0, 2), st.integers(0, 40)
)
PATH = {rule.target: rule.sources for act, rule in RULES.items() if rule.target}
EVENT_OF = {State.GIVEN: "given", State.RETURNED: "returned", State.ACCEPTED: "accepted",
            State.CONFIRMED: "confirmed", State.WITHDRAWN: "withdrawn"}  # fmt: skip


class Story:
    """People at one customer; it remembers every text that anybody wrote."""

    def __init__(self) -> None:
        self.now, self.words, self.keys, self.count = BEGIN, set[str](), list[int](), itertools.count()

    def do(self, act: str, which: int, who: str, stale: int, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)
        try:
            if act == "draft" or not self.keys:
                self._draft(which, who)
            else:
                self._act(act, self.keys[which % len(self.keys)], who, stale)
        except WrongUse:
            pass  # refused: nothing may have changed, which the laws show

    def _draft(self, which: int, who: str) -> None:
        new = NewHandOff("C1", DEFAULTS[TEMPLATES[which]], who, PEOPLE[which], override_reason="planned")
        self.keys.append(draft(new, who, self.now))

    def _act(self, act: str, key: int, who: str, stale: int) -> None:
        kept = handoff_with(key)
        assert kept is not None
        seen = max(1, kept.revision - stale)
        acts: dict[str, Callable[[], object]] = {
            "save": lambda: self._save(key, who, stale),
            "give": lambda: give(key, seen, who, self.now),
            "return": lambda: give_back(key, ["needs"], self._word(), seen, who, self.now),
            "accept": lambda: accept(key, who, {}, seen, who, self.now),
            "confirm": lambda: self._confirm(key, seen, who),
            "withdraw": lambda: withdraw(key, self._word(), seen, who, self.now),
            "reask": lambda: note_reask(key, "needs", "agent", "", who, self.now),
            "tick": lambda: tick(key, "introduced", True, who, self.now),
        }
        acts[act]()

    def _save(self, key: int, who: str, stale: int) -> None:
        held = items_of(key).get("needs")
        seen = max(0, (held.revision if held else 0) - stale)
        save_item(key, "needs", ItemText(self._word()), seen, who, self.now)

    def _confirm(self, key: int, seen: int, who: str) -> None:
        confirm(key, {item: Verdict(True, self._word()) for item in items_of(key)}, None, seen, who, self.now)

    def _word(self) -> str:
        word = f"word {next(self.count)}"
        self.words.add(word)
        return word


def told(key: int) -> set[str]:
    """Every text that a hand-off still shows somewhere: in its history, its items, what was found of them."""
    texts = {line for event in history_of(key) for line in event.text.splitlines()}
    return texts | {part for item in items_of(key).values() for part in (item.text, item.remark)}


def check_holders(story: Story, handoffs: tuple[KeptHandOff, ...]) -> None:
    """By the rule of the book, on the rows that it gets: one holder at any instant, in the end the last receiver."""
    sold = Fact("deal", "D1", "sales", "sam", BEGIN, None)
    taken = [row for row in news("EUR").rows["handoff"] if row["accepted_at"]]
    until = story.now + timedelta(days=1)
    held = list(strip([sold, *(_accepted(row) for row in taken)], BEGIN, until))
    ends = [each.to_at for each in held]
    assert [each.from_at for each in held] == [BEGIN, *ends[:-1]]
    assert ends[-1] is None
    assert all(each.person_id for each in held)
    assert held[-1].person_id == _last_receiver(handoffs)


def _last_receiver(handoffs: tuple[KeptHandOff, ...]) -> str:
    """Who accepted last; of two at one instant the one whose id comes first as text; the seller where nobody did."""
    moments = [each.accepted_at for each in handoffs if each.accepted_at]
    if not moments:
        return "sam"
    last = [each for each in handoffs if each.accepted_at == max(moments)]
    return min(last, key=lambda each: f"relevo:{each.id}").to_person_id


def _accepted(row: Mapping[str, Any]) -> Fact:
    return Fact("handoff", row["handoff_id"], row["to_role"], row["to_person_id"], row["accepted_at"], None)


def check_history(kept: KeptHandOff) -> None:
    state = State.DRAFT
    events = [e.kind for e in history_of(kept.id)]
    assert events[0] == "drafted"
    for kind in events[1:]:
        target = next((s for s, name in EVENT_OF.items() if name == kind), None)
        if target:
            assert state in PATH[target], f"{state} became {target}"
            state = target
    assert state is kept.state


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=4, max_size=40))
def test_any_story_keeps_one_holder_every_text_and_a_whole_history(steps: list[tuple[str, int, str, int, int]]) -> None:
    with transaction.atomic():  # hypothesis tells many stories in one test
        point = transaction.savepoint()
        tell(steps)
        transaction.savepoint_rollback(point)


def tell(steps: list[tuple[str, int, str, int, int]]) -> None:
    story = Story()
    for step in steps:
        story.do(*step)
    handoffs = handoffs_about(["C1"])
    check_holders(story, handoffs)
    for kept in handoffs:
        check_history(kept)
    assert story.words <= set().union(*(told(key) for key in story.keys))


def test_every_state_but_the_first_is_reached_by_an_act() -> None:
    assert {rule.target for rule in RULES.values()} - {None} == set(State) - {State.DRAFT}
    assert set(RULES) == set(Act)


AT_ONCE = """
import random, sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from relevo.base.config import Home
from relevo.desk.ready import prepare
prepare(Home(Path(sys.argv[1])))
from django.db import connection
from tests.desk.test_handoff_laws import Story, check_history, check_holders, told
from relevo.desk.relay.handoffs import handoffs_about
story = Story()
story.do("draft", 0, "sam", 0, 0)
story.do("draft", 1, "ida", 0, 0)
def person(number):
    chance = random.Random(number)
    try:
        for _ in range(40):
            act = chance.choice(("save", "save", "give", "return", "accept", "confirm", "reask", "tick"))
            story.do(act, chance.randrange(2), chance.choice(("sam", "ida", "cleo")), chance.randrange(2), 0)
            if chance.random() < 0.1:
                story.now += timedelta(days=31)
    finally:
        connection.close()
with ThreadPoolExecutor(6) as pool:
    list(pool.map(person, range(6)))
handoffs = handoffs_about(["C1"])
check_holders(story, handoffs)
for kept in handoffs:
    check_history(kept)
lost = story.words - set().union(*(told(key) for key in story.keys))
print(len(story.words) > 60, len(lost), sorted(str(kept.state) for kept in handoffs))
"""


@only_with_desk_files
def test_people_at_once_keep_one_holder_every_text_and_a_whole_history(tmp_path: Path) -> None:
    """In a process of its own, on the real file: the in-memory database of other tests locks differently."""
    command = [sys.executable, "-c", AT_ONCE, str(tmp_path / "home")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert result.stdout.startswith("True 0 ["), result.stdout + result.stderr


def test_stories_reach_every_state() -> None:
    """Were the laws only ever tried on drafts, they would say nothing."""
    chance, reached = random.Random(7), set[State]()  # noqa: S311 - stories, no secrets
    for _ in range(30):
        steps = [(chance.choice(ACTS), chance.randrange(4), "sam", 0, chance.randrange(40)) for _ in range(40)]
        with transaction.atomic():
            point = transaction.savepoint()
            story = Story()
            for step in steps:
                story.do(*step)
            reached |= {kept.state for kept in handoffs_about(["C1"])}
            transaction.savepoint_rollback(point)
    assert reached == set(State)
