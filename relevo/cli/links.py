"""Verbs about links for customers."""

from typing import Annotated

import typer

from relevo.base.config import Home
from relevo.cli.printing import say
from relevo.jobs import operator

links = typer.Typer(help="Links by which customers rate an answer.", no_args_is_help=True)


@links.command("rating")
def rating(
    context: typer.Context,
    conversation: Annotated[str, typer.Option(help="Id of the conversation, as in the book.")],
    message: Annotated[str, typer.Option(help="Id of the reply, where the link is for one.")] = "",
    address: Annotated[str, typer.Option(help="Where customers reach the pages.")] = "",
) -> None:
    """Print three links to put under an answer: great, okay, not good."""
    from relevo.jobs.ratings import rating_paths

    home: Home = context.obj
    operator.record(home, "links rating", {"conversation": conversation, "message": message})
    for answer, path in rating_paths(home, conversation, message).items():
        typer.echo(f"{answer:10}{address.rstrip('/')}{path}")


@links.command("secret")
def secret(context: typer.Context) -> None:
    """Make the secret by which a help desk signs links itself, and say where it stands."""
    from relevo.jobs.ratings import ensure_secret

    home: Home = context.obj
    operator.record(home, "links secret", {})
    file, is_new = ensure_secret(home)
    told = "It was made now; pages that run already read it when they start again." if is_new else "It was there."
    say("", f"The secret stands in {file}.", told)
