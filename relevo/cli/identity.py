"""Verbs for who is one customer: what waits for a word, evidence side by side, decisions and what undoes them."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from relevo.base.config import Home
from relevo.cli.data import FormatOption
from relevo.cli.printing import Format, print_csv, print_json, print_some, print_table, say
from relevo.jobs import operator

if TYPE_CHECKING:
    from relevo.answers.customer_joins import CustomerJoins
    from relevo.answers.identity_decisions import DecisionLine
    from relevo.answers.identity_review import CustomerSide, Pair, ReviewQueue
    from relevo.answers.reading import Reading

identity = typer.Typer(help="Review which customers of several systems are one.", no_args_is_help=True)
ReasonOption = Annotated[str, typer.Option(help="Why; it is kept.")]
CustomerArgument = Annotated[str, typer.Argument(help="A customer's id; of a merge, the one that is kept.")]
OtherArgument = Annotated[str, typer.Argument(help="The other's id.")]
_PAIRS = ("candidate_id", "customer_id", "customer", "other_id", "other", "confidence", "mrr_cents", "for", "against")
_DECISIONS = (
    "id", "kind", "customer_id", "other_id", "who", "decided_at", "reason", "undone_by", "undone_at", "undo_reason",
    "in_book",
)  # fmt: skip
_COUNTS = ("source", "customers", "matched", "unmatched", "candidates")
_JOINS = ("source", "external_id", "reason", "confidence", "decided_by", "is_split")
_EVIDENCE = ("kind", "left", "right", "says", "weight")
_FACTS = (
    "customer_id", "name", "domain", "country", "tax_id", "mrr_cents", "since", "first_seen", "contacts",
    "conversations", "systems",
)  # fmt: skip


@identity.command("list")
def list_pairs(
    context: typer.Context,
    order: Annotated[str, typer.Option(help="confidence or money.")] = "confidence",
    decided: Annotated[bool, typer.Option("--decided", help="What was decided, not what waits.")] = False,
    format_: FormatOption = Format.TABLE,
) -> None:
    """List the pairs of customers that may be one, or what was decided."""
    reading = _reading(context.obj, "identity list", {"order": order, "decided": decided})
    if decided:
        from relevo.answers.identity_decisions import decision_lines

        _print_decisions(decision_lines(reading), format_)
        return
    from relevo.answers.identity_review import review_queue

    _print_queue(review_queue(reading, order=order, limit=None), format_)


@identity.command()
def show(
    context: typer.Context,
    one: Annotated[str, typer.Argument(help="A customer, or a pair by the id that list names.")],
    other: Annotated[str | None, typer.Argument(help="Another customer, to see both side by side.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Show two customers side by side, or why rows of other ids count as a customer's."""
    reading = _reading(context.obj, "identity show", {"one": one, "other": other})
    from relevo.answers.identity_book import candidates
    from relevo.answers.identity_review import candidate_pair, pair

    if other is not None:
        _print_pair(pair(reading, one, other), format_)
    elif any(each.candidate_id == one for each in candidates(reading)):
        _print_pair(candidate_pair(reading, one), format_)
    else:
        _show_customer(reading, one, format_)


@identity.command()
def merge(context: typer.Context, customer: CustomerArgument, other: OtherArgument, reason: ReasonOption) -> None:
    """Say that two customers are one: the next book counts the other's rows as the first one's."""
    _decide(context.obj, "merge", customer, other, reason)


@identity.command()
def apart(context: typer.Context, customer: CustomerArgument, other: OtherArgument, reason: ReasonOption) -> None:
    """Say that two customers are not the same, or that what was joined into one is another."""
    _decide(context.obj, "apart", customer, other, reason)


@identity.command()
def undo(
    context: typer.Context,
    decision: Annotated[int, typer.Argument(help="The decision's id; list --decided names it.")],
    reason: ReasonOption,
) -> None:
    """Let a decision hold no more: the next book is as if it had not been made. It stays in the history."""
    from relevo.jobs import identity as job

    home: Home = context.obj
    operator.record(home, "identity undo", {"decision": decision, "reason": reason})
    one, other = job.undo(home, decision, reason)
    say("", f"The decision {decision} about {one} and {other} holds no more.", "Next: relevo build.")


def _decide(home: Home, kind: str, customer: str, other: str, reason: str) -> None:
    from relevo.jobs import identity as job

    operator.record(home, f"identity {kind}", {"customer": customer, "other": other, "reason": reason})
    done = job.decide(home, kind, customer, other, reason)
    told = f"{other} is joined into {customer}" if kind == "merge" else f"{customer} and {other} are not the same"
    before = f" It takes the place of {done.instead_of}." if done.instead_of else ""
    say("", f"Decision {done.id}: {told}.{before}", "The next book holds it: relevo build.")


def _reading(home: Home, verb: str, asked: dict[str, Any]) -> "Reading":
    from relevo.jobs import identity as job
    from relevo.jobs.loading import ensure_home
    from relevo.jobs.opening import operator_reading

    ensure_home(home)
    operator.record(home, verb, {k: v for k, v in asked.items() if v})
    job.ready(home)
    return operator_reading(home)


def _print_queue(queue: "ReviewQueue", format_: Format) -> None:
    rows = [{**asdict(row), "for": _joined(row.kinds), "against": _joined(row.against)} for row in queue.rows]
    counts = [asdict(each) for each in queue.counts]
    if format_ is Format.JSON:
        print_json({"pairs": [asdict(row) for row in queue.rows], "systems": counts, "waiting": queue.waiting})
    elif format_ is Format.CSV:
        print_csv(_PAIRS, rows)
    else:
        print_some("Pairs that may be one customer", _PAIRS, rows)
        if counts:
            print_table("Which systems know whom", _COUNTS, counts)
        say("", f"{queue.found} pairs wait for a word.", "Next: relevo identity show PAIR.")
        _say_waiting(queue.waiting)


def _print_pair(found: "Pair", format_: Format) -> None:
    if format_ is Format.JSON:
        print_json(asdict(found))
        return
    sides = [side for side in (found.one, found.other) if side]
    facts = [{"what": name, **{s.customer_id: _fact(s, name) for s in sides}} for name in _FACTS]
    evidence = [{**asdict(e), "says": "for" if e.is_for else "against"} for e in found.evidence]
    if format_ is Format.CSV:
        print_csv(_EVIDENCE, evidence)
        return
    print_table("Side by side", ("what", *(s.customer_id for s in sides)), facts)
    sure = "" if found.confidence is None else f"the rules are {found.confidence:.0%} sure"
    if evidence:
        print_table("What speaks for it and against it", _EVIDENCE, evidence, sure)
    if found.join:
        say("", f"{found.other_id} counts as {found.one.customer_id}: {found.join.reason}.")
    if found.history:
        print_table("What was decided", _DECISIONS, [asdict(line) for line in found.history])


def _show_customer(reading: "Reading", customer: str, format_: Format) -> None:
    from relevo.answers.customer_joins import customer_joins
    from relevo.answers.identity import current_id

    key = current_id(reading, customer)
    found = customer_joins(reading, key)
    rows = [{**asdict(line), "decided_by": line.decision.who if line.decision else ""} for line in found.joins]
    if format_ is Format.JSON:
        print_json({"customer_id": key, **asdict(found)})
    elif format_ is Format.CSV:
        print_csv(_JOINS, rows)
    else:
        _print_customer(key, found, rows)


def _print_customer(key: str, found: "CustomerJoins", rows: list[dict[str, Any]]) -> None:
    print_table(f"Ids that count as {key}", _JOINS, rows)
    print_some("Customers that may be this one", ("other_id", "other", "confidence"), [
        asdict(each) for each in found.open_pairs])  # fmt: skip
    print_some("What was decided", _DECISIONS, [asdict(line) for line in found.decisions])
    _say_waiting(found.waiting)


def _print_decisions(lines: "tuple[DecisionLine, ...]", format_: Format) -> None:
    rows = [asdict(line) for line in lines]
    if format_ is Format.JSON:
        print_json(rows)
    elif format_ is Format.CSV:
        print_csv(_DECISIONS, rows)
    else:
        print_table("What was decided about who is one customer", _DECISIONS, rows)


def _say_waiting(count: int) -> None:
    if count:
        say("", f"{count} decisions are not in this book yet.", "Next: relevo build.")


def _fact(side: "CustomerSide", name: str) -> object:
    value = getattr(side, name)
    return _joined(value) if isinstance(value, tuple) else value


def _joined(words: tuple[str, ...]) -> str:
    return ", ".join(words)
