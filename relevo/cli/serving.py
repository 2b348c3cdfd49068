"""Verbs that show the pages. The server and the demo company are imported when they are asked for."""

import socket
from pathlib import Path
from typing import Annotated

import typer

from relevo.base.config import Home
from relevo.base.errors import NotReady
from relevo.cli.printing import errors, say
from relevo.jobs import desk, operator
from relevo.jobs.supervising import THREADS, USUAL_PORT, WORKERS, become_server

HOST = "127.0.0.1"
PortOption = Annotated[int, typer.Option(help="Port on this machine.")]


def serve(
    context: typer.Context,
    port: PortOption = USUAL_PORT,
    with_worker: Annotated[
        bool, typer.Option("--worker/--no-worker", help="Also run what runs by itself: watched folders, publishing.")
    ] = True,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer; each opens the book.")] = WORKERS,
    threads: Annotated[int, typer.Option(min=1, help="Requests that one process answers at once.")] = THREADS,
) -> None:
    """Serve the pages on this machine, and run what runs by itself."""
    home: Home = context.obj
    operator.record(home, "serve", {"port": port, "worker": with_worker})
    _refuse_taken(port)
    say("", f"Serving {home.path} on http://{HOST}:{port}", "Sign in with: relevo link USER. Stop with Ctrl-C.")
    if with_worker:
        become_server(home, HOST, port, workers, threads)
    from relevo.jobs import serving as server

    server.serve(home, HOST, port, workers, threads)


def worker(context: typer.Context) -> None:
    """Run what runs by itself, without pages: watched folders, publishing, mails about failures."""
    from relevo.jobs.worker import work

    home: Home = context.obj
    operator.record(home, "worker", {})
    say("", f"Working for {home.path}.", "Stop with Ctrl-C.")
    work(home)


def link(
    context: typer.Context,
    user: Annotated[str, typer.Argument(help="A user of this home.")],
    port: Annotated[int | None, typer.Option(help="Port of the server; where it was last served.")] = None,
    codes_off: Annotated[bool, typer.Option("--codes-off", help="Ask this user for one-time codes no more.")] = False,
) -> None:
    """Print a link that signs a user in once."""
    from relevo.jobs import serving as server

    home: Home = context.obj
    operator.record(home, "link", {"user": user, "codes_off": codes_off})
    if codes_off:
        desk.codes_off(home, user)
    address = f"http://{HOST}:{port or server.port_of(home)}{desk.sign_in_path(home, user)}"
    typer.echo(f"Signs {user} in once, within 24 hours: {address}")


def demo(
    context: typer.Context,
    customers: Annotated[int | None, typer.Option(min=50, help="How many it has had; 2000, 60 for exports.")] = None,
    port: PortOption = USUAL_PORT,
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it when it is made.")] = True,
    exports: Annotated[Path | None, typer.Option(help="Only write what its systems would export, here.")] = None,
) -> None:
    """Make the demo company, build its book and serve it."""
    from relevo.jobs import demo as demo_job

    home: Home = context.obj
    if exports:
        _write_exports(exports, customers or 60)
        return
    customers = customers or 2000
    if serve_it:
        _refuse_taken(port)
    with errors.status("Making the demo company"):
        made = demo_job.make_demo(home, customers, lambda name, rows: errors.print(f"{name:24} {rows:>12,} rows"))
    operator.record(home, "demo", {"customers": customers, "made": made})
    path = desk.sign_in_path(home, demo_job.OWNER)
    typer.echo(f"Norte Software, seen by its {demo_job.OWNER}. Sign in once: http://{HOST}:{port}{path}")
    if serve_it:
        say("", f"Another link: .venv/bin/relevo --home {home.path} link {demo_job.OWNER}", "Stop with Ctrl-C.")
        become_server(home, HOST, port)


def _write_exports(folder: Path, customers: int) -> None:
    from relevo.jobs import demo as demo_job

    with errors.status("Writing exports of the demo company"):
        written = demo_job.write_exports(folder, customers)
    told = "Next: relevo --home try-home init --owner YOU --timezone Europe/Madrid,"
    say("", f"{written} folders below {folder}, one for each system and way of writing.", told)
    say("", f"then: relevo --home try-home load {folder}/es-ES/stripe")


def _refuse_taken(port: int) -> None:
    """Say at once that a port is taken, before any work is done."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise NotReady(
                f"Port {port} on {HOST} is taken.", "Choose another: --port N, or PORT=N with make."
            ) from None
