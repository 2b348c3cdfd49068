"""What the measures of the relay are for: who holds the customer, and what is lost where it is handed on."""

from collections.abc import Mapping

from relevo.answers.purposes.purpose import Purpose

RELAY: Mapping[str, Purpose] = {
    "baton": Purpose(
        why="A customer that everybody looks after is looked after by nobody.",
        wanted="Exactly one person knows that the customer is theirs, and everybody else knows who that is.",
        risked="Names are entered so that no row is empty, and nobody asks the person.",
        symbols="holder = receiver of the last accepted hand-off, else open assignment, else last seller, else nobody",
    ),
    "dropped_batons": Purpose(
        why="What was learned before the sale is lost where nobody hands it on.",
        wanted="Every won deal is handed on in the week in which it closes.",
        risked="Empty hand-offs are given so that the list is short; fidelity tells them from good ones.",
        symbols="won new deals without given ≥ closed − 30 days and without the seller in the next role",
    ),
    "handoff_flow": Purpose(
        why="Every change of hands costs the customer a question that it has answered before.",
        wanted="Few changes, each announced, and nothing comes straight back.",
        risked="Whoever should pass a customer on to somebody better keeps it.",
        symbols="hand-offs = Σ over threads (length of the sequence, neighbours alike as one, − 1)",
    ),
}
