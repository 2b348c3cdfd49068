"""What the measures of what is handed on, and of what was promised, are for."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

PROMISED: Mapping[str, Purpose] = {
    "handoff_fidelity": Purpose(
        why="Most of what is learned about a customer before the sale is lost where one person hands over to the next.",
        wanted="Givers write down what the next one needs, and hear later what was right and what was missing.",
        risked="Every field is filled with something, and receivers confirm it all to be done with it.",
        symbols="F = mean of cᵢ · aᵢ · (1 − min(1, rᵢ / kᵢ)), over confirmed hand-offs i of kᵢ items",
    ),
    "promises": Purpose(
        why="A customer is disappointed by the distance between what was said and what came.",
        wanted="Only what can be kept is promised, and whoever has to keep it knows of it from the day it is made.",
        risked="Promises are not written down, or are given days so late that nobody can break them.",
        symbols="gap = (broken + late) / due",
    ),
}
