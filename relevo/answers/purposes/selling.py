"""What the conventional measures of selling are for; none of them says what became of the customers."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

SELLING: Mapping[str, Purpose] = {
    "win_rate": Purpose(
        why="It shows how much of the work on deals comes to a signature.",
        wanted="Deals that do not fit are declined early, and the others are worked on.",
        risked="Whoever signs is sold to, with promises that somebody else has to keep.",
        symbols="win rate = won / (won + lost)",
    ),
    "time_to_close": Purpose(
        why="Plans for people and cash need to know how long a sale takes.",
        wanted="Buyers get what they need to decide, without waiting for us.",
        risked="Deals are hurried over the line before anybody asked whether they fit.",
        symbols="days = closed − opened, of deals won",
    ),
    "pipeline_velocity": Purpose(
        why="It puts number, rate, size and speed of deals into money per day.",
        wanted="The step that holds deals up is found and mended.",
        risked="The pipeline is filled with deals that nobody should win.",
        symbols="velocity = opportunities × win rate × value / days to close",
    ),
}
