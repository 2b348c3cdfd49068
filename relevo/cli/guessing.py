"""What `relevo load --guess` prints: what each file would be taken for, before anything is loaded."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.cli.printing import Format, print_json, print_table, say
from relevo.jobs import loading

_COLUMNS = ("heading", "field", "kind", "dates", "decimals")
_QUESTIONS = ("about", "field", "examples", "choices")


def print_guess(home: Home, path: Path, format_: Format) -> None:
    """Print the proposed mapping of every file at a path that no mapping names; WrongUse for --format csv."""
    if format_ is Format.CSV:
        raise WrongUse("A guess is no table.", "Ask for --format table or json.")
    currency = home.config().company.currency
    found = [loading.guess_as_dict(each, currency) for each in loading.guessed(home, path)]
    if format_ is Format.JSON:
        print_json({"files": found})
        return
    for each in found:
        _print_one(each)
    if not found:
        say("", "Every file here is a table of the book or is mapped in relevo.toml.", "Load it: relevo load PATH.")


def _print_one(found: Mapping[str, Any]) -> None:
    sys.stdout.write("\n".join(_head(found)) + "\n")
    if found["columns"]:
        print_table("Columns", _COLUMNS, found["columns"])
    if found["questions"]:
        print_table("What it leaves open", _QUESTIONS, [_listed(each) for each in found["questions"]])
    if found["before"]:
        _print_rows("Rows before", [column["heading"] for column in found["columns"]], found["before"])
    for each in found["after"]:
        rows = [[*row, problem] for row, problem in zip(each["rows"], each["problems"], strict=True)]
        _print_rows(f"Rows after, in {each['table']}", [*each["columns"], "put aside for"], rows)
    if found["answer"]:
        hint = "To answer, say it on the Data page, or add this to relevo.toml with what is true of the file:"
        sys.stdout.write("\n".join([hint, loading.answer_text(found["answer"])]) + "\n")


def _head(found: Mapping[str, Any]) -> list[str]:
    """What a file is taken for and how it is written, in lines."""
    told = [f"{found['file']}: {found['is'] or 'not known'}"]
    if found["others"]:
        told.append(f"It may also be {', '.join(found['others'])}.")
    if found["why"]:
        told.append(found["why"])
    if found["columns"]:
        zone = found["timezone"] or "-"
        told.append(f"Encoding {found['encoding']}, delimiter {found['delimiter']!r}, times in {zone}.")
    return told


def _listed(question: Mapping[str, Any]) -> dict[str, str]:
    return {name: ", ".join(each) if isinstance(each, list) else each for name, each in question.items()}


def _print_rows(title: str, heads: list[str], rows: list[list[str | None]]) -> None:
    """Rows whose headings may be the same."""
    names = [f"{head} ({heads[:n].count(head) + 1})" if head in heads[:n] else head for n, head in enumerate(heads)]
    print_table(title, names, [dict(zip(names, row, strict=False)) for row in rows])
