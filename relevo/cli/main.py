"""`relevo`: every verb, in the order in which a newcomer needs them.

Exit codes: 0 done, 1 findings that block or rows that were quarantined, 2 wrong use.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from relevo import __version__
from relevo.base.config import find_home
from relevo.base.errors import RelevoError
from relevo.cli import asking, closing, data, erasing, identity, keeping, links, mailing, releasing, serving
from relevo.cli.printing import say

app = typer.Typer(
    help="One customer book for sales, support and customer success.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def settings(
    context: typer.Context,
    home: Annotated[Path | None, typer.Option(help="Folder of the company; RELEVO_HOME by default.")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,  # noqa: ARG001
) -> None:
    """One customer book for sales, support and customer success."""
    context.obj = find_home(home)
    if context.invoked_subcommand not in keeping.ANY_FORMAT:
        keeping.refuse_other_format(context.obj)


for verb in (
    data.init,
    data.load,
    data.check,
    data.build,
    asking.measures,
    asking.show,
    releasing.figures,
    serving.serve,
    serving.worker,
    serving.link,
    serving.demo,
    closing.close,
    closing.reopen,
    closing.closed,
    closing.compare,
    keeping.doctor,
    keeping.backup,
    keeping.export,
    keeping.restore,
    keeping.upgrade,
    erasing.erase,
):
    app.command()(verb)
app.add_typer(closing.policy, name="policy")
app.add_typer(identity.identity, name="identity")
app.add_typer(links.links, name="links")
app.add_typer(mailing.mail, name="mail")
app.add_typer(releasing.release, name="release")


def home_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with `--home DIR` before the verb, wherever it was written."""
    before, after = [], list(arguments)
    for place, word in enumerate(after):
        if word == "--":
            break
        if word == "--home" or word.startswith("--home="):
            width = 2 if word == "--home" else 1
            before = after[place : place + width]
            del after[place : place + width]
            break
    return [*before, *after]


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        app(home_first(sys.argv[1:]))
    except RelevoError as problem:
        say(f"[bold]{type(problem).__name__}[/bold]: ", problem.message, problem.hint)
        sys.exit(problem.exit_code)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
