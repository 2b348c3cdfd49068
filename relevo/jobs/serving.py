"""Serve the web application of a home from this machine."""

import importlib
from typing import Any

from gunicorn.app.base import BaseApplication

from relevo.base.config import Home
from relevo.desk.ready import prepare

THREADS = 8
USUAL_PORT = 8000


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with settings from here instead of a file. The book is opened after the fork, by the first request."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def load_config(self) -> None:
        settings = {
            "bind": self._address,
            "worker_class": "gthread",
            "threads": THREADS,
            "workers": 1,
            "proc_name": "relevo",
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        for key, value in settings.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)

    def load(self) -> Any:
        return importlib.import_module("relevo.web.wsgi").application


def serve(home: Home, host: str, port: int) -> None:
    """Answer requests on host:port until stopped."""
    prepare(home)
    home.served_port.write_text(f"{port}\n", "ascii")
    _Server(f"{host}:{port}").run()


def port_of(home: Home) -> int:
    """The port on which the home was last served; the usual one before that."""
    return int(home.served_port.read_text("ascii")) if home.served_port.exists() else USUAL_PORT
