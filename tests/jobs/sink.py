"""A mail server that takes everything and keeps it: as much of SMTP as a client needs."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string, policy
from email.message import EmailMessage
from typing import cast


class _Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, refuses: str) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.refuses = refuses
        self.raw: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def mails(self) -> list[EmailMessage]:
        return [cast(EmailMessage, message_from_string(raw, policy=policy.default)) for raw in self.raw]


class _Talk(socketserver.StreamRequestHandler):
    server: _Sink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(maxsplit=1)[0].upper()
            if self.server.refuses and line.upper().startswith(self.server.refuses.upper()):
                self._say("550 not here")
            elif verb == "DATA":
                self._say("354 go on")
                self.server.raw.append(self._body())
                self._say("250 kept")
            else:
                self._say("221 bye" if verb == "QUIT" else "250 fine")

    def _body(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line.removeprefix("."))
        return "".join(lines).replace("\r\n", "\n")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


@contextmanager
def mail_server(refuses: str = "") -> Iterator[_Sink]:
    """A server on a free port of this machine; `refuses` begins the lines that it answers with an error."""
    with _Sink(refuses) as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
