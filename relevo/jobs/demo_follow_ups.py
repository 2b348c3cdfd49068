"""What became of what the demo's people handed on: a line of each item, told where the hand-off was confirmed."""

from datetime import datetime, timedelta
from decimal import Decimal


def follow_up(key: int, at: datetime, until: datetime | None) -> None:
    """Let the receiver follow a hand-off up that was accepted `at`, and say what became of it where it is `until`."""
    from relevo.desk.relay.actions_follow_ups import LineText, Word, say_of_line, take_over
    from relevo.desk.relay.following import DATES, EVENTS, NEEDS, VALUES, WISHES, watch_of

    def day(days: int) -> datetime:
        return at + timedelta(days=days)

    hours = LineText("Planning takes 4 hours a week in place of 12", "", day(90).date(), "Planning", "hours a week",
                     Decimal(12), Decimal(4))  # fmt: skip
    first = LineText("First month without a late order", due_on=day(60).date(), evidence="their own list of orders",
                     watch=watch_of("milestone:first_value"))  # fmt: skip
    lines = {
        NEEDS: (LineText("Changes reach the drivers on the same day", "must"), Word("delivered", day(20).date())),
        WISHES: (LineText("Insights from the second quarter"), Word("planned")),
        VALUES: (hours, Word("open", day(30).date(), actual=Decimal(9))),
        DATES: (LineText("The main site goes live", due_on=day(21).date()), Word("reached", day(20).date())),
        EVENTS: (first, None),
    }
    for item, (line, word) in lines.items():
        planned = day(14).date() if item == DATES else None
        number = take_over(key, item, line, "csm", at, first_due_on=planned)
        if until is not None and word is not None:
            say_of_line(number, word, 1, "csm", until, until.date())
