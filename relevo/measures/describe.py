"""The cards of all measures as one page of Markdown: `docs/measures.md`, which a test keeps equal to it."""

from relevo.measures.card import Card, Direction, why_not_payable
from relevo.measures.catalog import MEASURES

_INTRODUCTION = """# Measures

<!-- Generated from the cards in relevo/measures by `make fix`. Change the card, not this page. -->

Each measure answers one question: `relevo show NAME`. The pages show the same figures, from the same code.

- Months are YYYY-MM in the company's time zone. Money is in minor units of the book's currency.
- Rates and shares are fractions with six digits. What is undefined is null, which is not 0.
- `n`, `low` and `high` (95 %) stand wherever a figure is an estimate.
- *Read with* names what must be seen beside it; a measure of efficiency never stands without an outcome.
- `--by DIMENSION` slices; a customer has one value per dimension and window, taken when the window opens.
"""

_BETTER = {
    Direction.UP: "higher is better",
    Direction.DOWN: "lower is better",
    Direction.NONE: "neither way is better",
}


def measures_markdown() -> str:
    """The whole page: conventions, an overview, then every card with its columns, in the catalog's order."""
    cards = [measure.card for measure in MEASURES.values()]
    return "\n".join([_INTRODUCTION, _overview(cards), *(_card(card) for card in cards)])


def _overview(cards: list[Card]) -> str:
    lines = ["| measure | question |", "|---|---|"]
    lines += [f"| [{card.name}](#{card.name}) | {card.question} |" for card in cards]
    return "\n".join(lines) + "\n"


def _card(card: Card) -> str:
    facts = [
        f"- Unit: {card.unit}; {_BETTER[card.direction]}; kind: {card.kind}.",
        f"- Grain: {card.grain}. {_window(card)}",
        *([_own(card)] if card.own_dimensions else []),
        f"- Read with: {_links(card.read_with)}.",
        *([] if card.payable else [f"- Never an input of pay. {why_not_payable(card.name)}"]),
        f"- Version {card.version} of the definition. Source: {card.source}",
    ]
    head = f"## {card.name}\n\n**{card.title}.** {card.question}\n\n{card.definition}\n"
    return "\n".join([head, *facts, "", _columns(card)])


def _window(card: Card) -> str:
    slices = "Can be sliced." if card.can_slice else "Cannot be sliced."
    if card.months is None:
        return f"No window. {slices}"
    default = f"{card.months} months" if card.months else "all of history"
    return f"Window: {default} unless `--months` says otherwise. {slices}"


def _own(card: Card) -> str:
    return "- Dimensions of its own: " + "; ".join(f"`{each.name}`: {each.doc}" for each in card.own_dimensions)


def _links(names: tuple[str, ...]) -> str:
    return ", ".join(f"[{name}](#{name})" for name in names) or "nothing else"


def _columns(card: Card) -> str:
    lines = ["| column | unit | meaning |", "|---|---|---|"]
    lines += [f"| `{column.name}` | {column.unit} | {column.doc} |" for column in card.columns]
    return "\n".join(lines) + "\n"
