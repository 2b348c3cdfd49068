"""Serve the web application of a home from this machine: the pages alone, without what runs by itself.

Run as `python -m relevo.jobs.serving HOME HOST PORT WORKERS THREADS` by whoever minds it.
"""

import importlib
import sys
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from relevo.base.config import Home
from relevo.desk.ready import prepare
from relevo.jobs.supervising import THREADS, USUAL_PORT, WORKERS


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with settings from here instead of a file. The book is opened after the fork, by the first request."""

    def __init__(self, address: str, workers: int, threads: int) -> None:
        self._address, self._workers, self._threads = address, workers, threads
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": self._address,
            "worker_class": "gthread",
            "threads": self._threads,
            "workers": self._workers,
            "proc_name": "relevo",
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for key, value in settings.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)

    def load(self) -> Any:
        return importlib.import_module("relevo.web.wsgi").application


def serve(home: Home, host: str, port: int, workers: int = WORKERS, threads: int = THREADS) -> None:
    """Answer requests on host:port until stopped, with so many processes of so many threads."""
    prepare(home)
    home.served_port.write_text(f"{port}\n", "ascii")
    _Server(f"{host}:{port}", workers, threads).run()


def port_of(home: Home) -> int:
    """The port on which the home was last served; the usual one before that."""
    return int(home.served_port.read_text("ascii")) if home.served_port.exists() else USUAL_PORT


if __name__ == "__main__":
    from relevo.jobs.supervising import end_with_parent

    end_with_parent()
    serve(Home(Path(sys.argv[1])), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
