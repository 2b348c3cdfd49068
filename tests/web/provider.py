"""A tiny OpenID provider for tests, on a free port: discovery, token and userinfo; it signs with a key of its own."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, CLIENT_SECRET, CODE = "relevo-client", "relevo-secret", "a-code-of-the-provider"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What the provider says of whoever comes; `asked` are the forms that its token address got."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    token_claims: dict[str, Any] = field(default_factory=dict)
    token_status: int = 200
    asked: list[dict[str, str]] = field(default_factory=list)

    def says(self, **claims: Any) -> None:
        self.claims = {"sub": "subject-1", **claims}

    def token(self) -> str:
        told = {"iss": self.address, "aud": CLIENT, "iat": int(time.time()), "exp": int(time.time()) + 60}
        return jwt.encode({**told, "sub": self.claims["sub"], **self.token_claims}, KEY, "RS256", {"kid": "k1"})

    def answer(self, path: str) -> tuple[int, dict[str, Any]]:
        if path == "/.well-known/openid-configuration":
            ways = {
                "authorization_endpoint": "/authorize",
                "token_endpoint": "/token",
                "userinfo_endpoint": "/userinfo",
            }
            urls = {name: self.address + way for name, way in ways.items()}
            return 200, {"issuer": self.address, "jwks_uri": self.address + "/keys", **urls}
        if path == "/token":
            return self.token_status, {"access_token": "at", "token_type": "Bearer", "id_token": self.token()}
        return (200, self.claims) if path == "/userinfo" else (404, {})


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply(urlsplit(self.path).path)

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.asked.append({name: values[0] for name, values in parse_qs(sent).items()})
            self.reply(urlsplit(self.path).path)

        def reply(self, path: str) -> None:
            status, told = provider.answer(path)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
