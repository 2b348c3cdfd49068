"""What the measures of peer reviews and of coaching are for: learning, and never pay."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

_LEARN = "Colleagues tell each other what was good and what would have been better, and speak about it."
REVIEWING: Mapping[str, Purpose] = {
    "reviews": Purpose(
        why="A customer’s rating tells how it felt, and a colleague sees whether the answer was right.",
        wanted=_LEARN,
        risked="Colleagues mark each other high so that nobody is hurt; spread and agreement show it.",
        symbols="score = Σ sᵢ / pᵢ ÷ Σ 1 / pᵢ, pᵢ the chance of being drawn; adjusted: sᵢ − the reviewer’s effect",
    ),
    "review_scores": Purpose(
        why="Good answers on average are not enough: what a customer meets on a bad day counts as well.",
        wanted="Every answer is as good as the best, whoever gives it and wherever it is asked for.",
        risked="Easy conversations are picked to be reviewed; what was picked is in no score.",
        symbols="score = Σ sᵢ / pᵢ ÷ Σ 1 / pᵢ; worst = the mean of the lowest tenth by weight",
    ),
    "review_trend": Purpose(
        why="Whether practice helps is seen over months, not from one week to the next.",
        wanted="What reviews find is changed, and the next months show it.",
        risked="A change by chance is celebrated or blamed; the intervals say how much that is.",
        symbols="score of the reviews made in a month, as review_scores",
    ),
    "review_accuracy": Purpose(
        why="A wrong answer costs more than a slow one, and may be wrong in one channel alone.",
        wanted="Where answers are wrong, articles, tools or time are mended before a person is blamed.",
        risked="Wrong answers are not corrected any more, because a correction counts.",
        symbols="accuracy = Σ aᵢ / pᵢ ÷ Σ 1 / pᵢ, aᵢ = 0 where a colleague corrected the answer later",
    ),
    "review_agreement": Purpose(
        why="Where two colleagues mark the same answer differently, a score says little of the answer.",
        wanted="Those who review talk about where they differ, until they mean the same by a mark.",
        risked="Everybody gives the usual mark: agreement rises, and nobody learns anything.",
        symbols="κ = 1 − observed ÷ expected disagreement; α by Krippendorff; p = share of the usual mark",
    ),
    "review_severity": Purpose(
        why="Whom chance gives to a harsh reviewer looks worse than the work is.",
        wanted="Scores are read without it, and reviewers know how they mark.",
        risked="Harsh reviewers are asked to be kind, where they may be the ones who look closely.",
        symbols="sᵢ = level of the person + effect of the reviewer + chance; Σ effects = 0",
    ),
    "coaching": Purpose(
        why="A score without a talk changes nothing.",
        wanted="Everybody is coached at least once a month, and leads carry most of it.",
        risked="Talks are written down that were none, for what was said is not kept.",
        symbols="covered = the last talk is less than 30 days old",
    ),
}
