"""Verbs about mail."""

from typing import Annotated

import typer

from relevo.base.config import Home
from relevo.base.errors import NotReady
from relevo.cli.printing import say
from relevo.jobs import operator
from relevo.jobs.mail import mail_settings, send_test

mail = typer.Typer(help="Mail about failures.", no_args_is_help=True)


@mail.callback()
def verbs() -> None:
    """Mail about failures."""


@mail.command("test")
def send(
    context: typer.Context,
    to: Annotated[str, typer.Argument(help="An address; all owners without it.")] = "",
) -> None:
    """Send a test mail, and say what the server answered."""
    from relevo.jobs.desk import owner_addresses

    home: Home = context.obj
    operator.record(home, "mail test", {"to": to})
    addresses = (to,) if to else owner_addresses(home)
    if not addresses:
        raise NotReady("No owner has an address.", "Name one: relevo mail test name@company.example.")
    for address in addresses:
        send_test(home, address)
        say("", f"{mail_settings(home).host} took a test mail for {address}.")
