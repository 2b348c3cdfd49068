"""What the measures of waiting and of cover are for; speed is a promise to the customer and never a quota."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

SUPPORT: Mapping[str, Purpose] = {
    "waits": Purpose(
        why="It shows how long customers are left alone with a question, and whether a promise of an answer was kept.",
        wanted="Enough people are there when customers ask, and a promise is only made where it can be kept.",
        risked="Empty first replies stop the clock, easy questions are picked, and hard ones are left to colleagues.",
        symbols="wait = first public reply of a human − first unanswered message; median by Kaplan-Meier",
    ),
    "retention_after_contact": Purpose(
        why="It shows whether customers stay after contact, which is what support is for.",
        wanted="Fix what brings the contacts after which customers leave, and call those who were left unhappy.",
        risked="Contact is taken for the cause of what brought it, or ever is compared with never, which flatters it.",
        symbols="ratio = customers lost / expected of others like them without contact, by months at risk",
    ),
    "cover": Purpose(
        why="It shows when customers need us and find nobody, before anybody is asked to be faster.",
        wanted="Hours and shifts are moved to where the questions are, or a promise says when somebody answers.",
        risked="People are put on nights for a few questions that could wait until the morning.",
        symbols="uncovered = waits begun while nobody was there / waits begun",
    ),
    "waits_compat": Purpose(
        why="Whoever moves from another tool sees why its number differs, and need not choose whom to believe.",
        wanted="A difference is traced to its reason before anybody is asked to explain it.",
        risked="The convention that looks best is picked for a report.",
        symbols="theirs by the tool’s convention, ours as in waits, and the reasons between",
    ),
}
