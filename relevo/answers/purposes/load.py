"""What the measures of load are for: who carries the hard work, what it is about, and whether anybody leaves it."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

CARRYING: Mapping[str, Purpose] = {
    "load": Purpose(
        why="Hard work that nobody sees lies on the same few people until they leave.",
        wanted="Hard cases are spread, and those who carry them are relieved and thanked.",
        risked="Cases are called harder than they are, or kept so that the own load looks large.",
        symbols="expected minutes = Σ over cases (own replies ÷ replies) × mean minutes of cases alike at arrival",
    ),
    "work_types": Purpose(
        why="What takes most time is where the product, a page of help or a machine saves most.",
        wanted="The causes of the costliest kinds are taken away, one after the other.",
        risked="Cases are filed under whatever looks best, or under nothing.",
        symbols="share = minutes of the category ÷ minutes of all; rate = conversations ÷ paying customers × 100",
    ),
    "avoidance": Purpose(
        why="Where only ease is rewarded, hard problems are left to whoever is kind, and customers wait the longest.",
        wanted="The reason is looked for first in how the queue is shared, then in a talk.",
        risked="Somebody is judged by it who lacks the language or the right to take a case.",
        symbols="expected share = mean over picks of (easy ones waiting ÷ all waiting)",
    ),
    "support_map": Purpose(
        why="Volume, speed and replies say something together; each alone rewards the wrong work.",
        wanted="Long work on hard cases is seen as what it is.",
        risked="It is sorted by one column, and people hurry through easy cases.",
        symbols="expected = median and mean of the team on cases alike, weighed by the own mix",
    ),
}
