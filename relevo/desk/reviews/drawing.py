"""Who reviews what was drawn: colleagues in turn, never the author, and no manager where the house says peers. Pure."""

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

RUBRIC_RULE, SAMPLE_RULE, PAIRS_RULE, PEERS_RULE = "review_rubric", "review_sample", "review_pairs", "review_peers"
# Conversations a week and person, the share of them judged blind by two, and whether colleagues alone review.
SAMPLE, PAIRS, PEERS = 2, 0.1, True


@dataclass(frozen=True)
class Reviewer:
    """Somebody who can review, and the team."""

    person_id: str
    team: str


@dataclass(frozen=True)
class ToReview:
    """What waits for reviewers: whose answers, everybody who answered in it, and how many reviewers it needs."""

    key: int
    person_id: str
    authors: frozenset[str]
    needs: int = 1
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Among:
    """The people among whom reviewers are found: who can review, the team of everybody, and who leads whom."""

    reviewers: tuple[Reviewer, ...]
    teams: Mapping[str, str]
    leads_of: Mapping[str, frozenset[str]]
    is_peers: bool = PEERS

    def may_review(self, reviewer_id: str, wanted: ToReview) -> bool:
        """Whether somebody may review this: not an author, not who has it, and no manager of the person among peers."""
        is_party = reviewer_id == wanted.person_id or reviewer_id in wanted.authors or reviewer_id in wanted.taken
        return not is_party and not (self.is_peers and reviewer_id in self.leads_of.get(wanted.person_id, frozenset()))

    def possible(self, wanted: ToReview) -> list[str]:
        """Who may review it: of the person's team where anybody of it may, else of every team."""
        may = [each for each in self.reviewers if self.may_review(each.person_id, wanted)]
        team = self.teams.get(wanted.person_id, "")
        near = [each for each in may if each.team == team]
        return sorted(each.person_id for each in near or may)


def rotated(
    wanted: Sequence[ToReview], among: Among, load: Mapping[str, int], last: Mapping[str, Collection[str]], seed: int
) -> dict[int, tuple[str, ...]]:
    """The reviewers of each: who has the fewest, of those not the last ones of the same person, ties by the seed.

    `load` is how many each was given lately, `last` who reviewed each person last. One for whom nobody is possible has
    none: it waits until somebody takes it.
    """
    draw = random.Random(seed)  # noqa: S311 - a recorded seed, so that it can be done again
    given, before = Counter(load), {person: set(each) for person, each in last.items()}
    found: dict[int, tuple[str, ...]] = {}
    for each in sorted(wanted, key=lambda one: one.key):
        possible = among.possible(each)
        draw.shuffle(possible)
        known = before.setdefault(each.person_id, set())
        possible.sort(key=lambda name: (given[name], name in known))
        chosen = tuple(possible[: max(each.needs - len(each.taken), 0)])
        given.update(chosen)
        if chosen:
            before[each.person_id] = set(chosen)
        found[each.key] = chosen
    return found


def paired(keys: Sequence[int], share: float, seed: int) -> frozenset[int]:
    """Those that two judge blind: a share of them drawn at random, so that its part is right in the long run."""
    draw = random.Random(seed + 1)  # noqa: S311 - as above
    return frozenset(key for key in sorted(keys) if draw.random() < share)


def leads_of(managers: Iterable[tuple[str, str | None]]) -> dict[str, frozenset[str]]:
    """Everybody above each person, however far up, from pairs of person and manager; a loop of managers ends."""
    above = {person: manager for person, manager in managers if manager}
    return {person: frozenset(_above(person, above)) for person in above}


def _above(person: str, above: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    at = above.get(person)
    while at and at not in found and at != person:
        found.append(at)
        at = above.get(at)
    return found
