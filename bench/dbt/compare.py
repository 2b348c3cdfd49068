"""Relevo side by side with Fivetran's dbt packages for Stripe and Zendesk, row by row, on one made-up company.

`python -m bench.dbt.compare --dbt PATH/TO/dbt [--packages FOLDER] [--customers 600] [--tickets 1500] [--seed 5]`
prints the tables of bench/dbt/README.md and exits with 1 where a difference stays unexplained.
"""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.dbt import landed, made_stripe, made_zendesk, mrr, package_side, relevo_side, replies
from bench.dbt.walk import Step, Table, Verdict, judge, tabled
from relevo.book.book import Book

NEAR = Fraction(1, 10_000)  # of a minor unit: the package reckons in binary fractions
ItemMonths = Mapping[tuple[str, date], Fraction]
Subscriptions = Sequence[made_stripe.Subscription]
Tickets = Sequence[made_zendesk.Ticket]
ToldReply = Callable[[made_zendesk.Ticket, frozenset[str]], int | None]
REPLIES = (("First reply", replies.told), ("Waited in all", replies.told_in_all))


def write(
    folder: Path, subscriptions: Sequence[made_stripe.Subscription], tickets: Sequence[made_zendesk.Ticket]
) -> Path:
    """Land the company: `landed.duckdb`, and the same tables as CSV below `csv`. The DuckDB file."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "landed.duckdb"
    landed.write_duckdb(file, "stripe", made_stripe.tables(tuple(subscriptions)))
    landed.write_duckdb(file, "zendesk", made_zendesk.tables(tuple(tickets)))
    landed.copy_csv(file, folder / "csv")
    return file


def near(one: Fraction, other: Fraction) -> bool:
    """Whether two amounts are the same but for binary fractions."""
    return abs(one - other) <= NEAR


def compare_mrr(subscriptions: Subscriptions, ours: ItemMonths, theirs: ItemMonths) -> list[tuple[mrr.Row, Verdict]]:
    """A verdict on every item and month of which a side has a row."""
    items = {item.id: (each, item) for each in subscriptions for item in each.items}
    rows = [mrr.Row(*items[item], month) for item, month in sorted({*ours, *theirs})]
    return [(row, _of_month(row, ours, theirs)) for row in rows]


def _of_month(row: mrr.Row, ours: ItemMonths, theirs: ItemMonths) -> Verdict:
    key = row.item.id, row.month
    amounts = ours.get(key, Fraction(0)), theirs.get(key, Fraction(0))
    return judge(*amounts, lambda taken: mrr.told(row, taken), mrr.STEPS, near)


def compare_replies(
    tickets: Tickets, told: ToldReply, ours: Mapping[int, int | None], theirs: Mapping[int, int | None]
) -> list[tuple[made_zendesk.Ticket, Verdict]]:
    """A verdict on every ticket; one that a side does not have has no reply there."""
    return [(each, _of_ticket(each, told, ours.get(each.id), theirs.get(each.id))) for each in tickets]


def _of_ticket(ticket: made_zendesk.Ticket, told: ToldReply, ours: int | None, theirs: int | None) -> Verdict:
    return judge(ours, theirs, lambda taken: told(ticket, taken), replies.STEPS, lambda a, b: a == b)


def bridge(subscriptions: Subscriptions, month: date) -> list[tuple[str, Fraction]]:
    """MRR of a month from Relevo's to the package's: the first and the last line, and what each convention moves."""
    rows = [mrr.Row(each, item, month) for each in subscriptions for item in each.items]
    names = [step.name for step in mrr.STEPS]
    sums = [sum((worth(row.item.price.currency) * mrr.told(row, frozenset(names[:taken])) for row in rows), Fraction(0))
            for taken in range(len(names) + 1)]  # fmt: skip
    moved = [(name, now - was) for name, was, now in zip(names, sums, sums[1:], strict=False) if now != was]
    return [("Relevo", sums[0]), *moved, ("the package", sums[-1])]


def worth(currency: str) -> Fraction:
    """What a unit of a currency is in the company's."""
    return Fraction(relevo_side.RATES.get(currency.upper(), "1"))


def totals_differ(ours: ItemMonths, totals: Mapping[str, int], currencies: Mapping[str, str]) -> list[str]:
    """Months in which the rows compared do not add up to the measure `mrr`."""
    sums: dict[str, Fraction] = {}
    for (item, month), amount in ours.items():
        name = f"{month:%Y-%m}"
        sums[name] = sums.get(name, Fraction(0)) + amount * worth(currencies[item])
    return [
        f"{month}: rows {float(sums.get(month, 0)):.2f}, mrr {total}"
        for month, total in totals.items()
        if abs(sums.get(month, Fraction(0)) - total) > Fraction(51, 100)
    ]


def spelled(title: str, unit: str, table: Table, steps: Sequence[Step]) -> str:
    """One comparison as Markdown: what each convention has to do with how many rows, and what it is."""
    equal = f"{table.equal:,} equal ({table.empty:,} of them with nothing on either side)"
    differ = f"{sum(count for _, count, _ in table.reasons):,} explained, {len(table.unexplained):,} unexplained"
    lines = [f"### {title}", "", f"{table.rows:,} {unit}: {equal}, {differ}.", ""]
    lines += ["| convention | in rows | alone | for example | Relevo | the package |", "|---|---|---|---|---|---|"]
    moving = (step for step in steps if any(step.name in reasons for reasons, *_ in table.reasons))
    return "\n".join([*lines, *(_line(step, table) for step in moving), ""])


def _line(step: Step, table: Table) -> str:
    having = sorted((row for row in table.reasons if step.name in row[0]), key=lambda row: len(row[0]))
    alone = sum(count for reasons, count, _ in having if len(reasons) == 1)
    numbers = f"{sum(count for _, count, _ in having):,} | {alone:,} | {having[0][2]}"
    return f"| {step.name} | {numbers} | {step.ours} | {step.theirs} |"


def bridged(lines: Sequence[tuple[str, Fraction]], month: date) -> str:
    """The bridge as Markdown, in the company's currency."""
    rows = [f"| {name} | {float(amount) / 100:,.2f} |" for name, amount in lines]
    return "\n".join([f"| MRR of {month:%Y-%m} | EUR |", "|---|---|", *rows, ""])


def main(arguments: Sequence[str]) -> int:
    """Make, run both sides, compare, print. 1 where a row is unexplained or the rows do not add up to the measure."""
    asked = _parsed(arguments)
    subscriptions = made_stripe.made(asked.customers, asked.seed)
    tickets = made_zendesk.made(asked.tickets, asked.seed)
    with TemporaryDirectory() as temporary:
        folder = Path(asked.work or temporary)
        file = write(folder, subscriptions, tickets)
        book = relevo_side.built(folder / "home", folder / "csv")
        package_side.run(asked.dbt, folder / "project", file, asked.packages)
        wrong = [*_side_by_side_mrr(subscriptions, book, file), *_side_by_side_replies(tickets, book, file)]
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


def _side_by_side_mrr(subscriptions: Subscriptions, book: Book, file: Path) -> list[str]:
    """Print the comparison of MRR; what is wrong with it."""
    ours = relevo_side.mrr_by_item(book)
    table = tabled(compare_mrr(subscriptions, ours, package_side.mrr_by_item(file)))
    print(spelled("MRR by month, dbt_stripe", "items and months", table, mrr.STEPS))
    month = mrr.first_of(made_stripe.NOW)
    print(bridged(bridge(subscriptions, month), month))
    currencies = {item.id: item.price.currency for each in subscriptions for item in each.items}
    return [*table.unexplained, *totals_differ(ours, relevo_side.totals(book), currencies)]


def _side_by_side_replies(tickets: Tickets, book: Book, file: Path) -> list[str]:
    """Print the comparisons of replies; what is wrong with them."""
    ours, theirs, wrong = relevo_side.replies(book), package_side.replies(file), []
    for place, (title, told) in enumerate(REPLIES):
        sides = ({ticket: cells[place] for ticket, cells in side.items()} for side in (ours, theirs))
        table = tabled(compare_replies(tickets, told, *sides))
        print(spelled(f"{title}, dbt_zendesk", "tickets", table, replies.STEPS))
        wrong += table.unexplained
    return wrong


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dbt", type=Path, required=True, help="the dbt of an environment with dbt-duckdb")
    parser.add_argument("--packages", type=Path, help="a folder of packages side by side, as dbt deps makes it")
    parser.add_argument("--work", type=Path, help="a new folder in which everything made is kept")
    parser.add_argument("--customers", type=int, default=600)
    parser.add_argument("--tickets", type=int, default=1_500)
    parser.add_argument("--seed", type=int, default=5)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
