"""A provider of logins on loopback that says whatever a test wants said, true or not; what it is sent is kept."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt import algorithms as jwa

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
CLIENT, AUDIENCE = "expediter", "expediter-api"


@cache
def rsa_key(name: str = "first", bits: int = 2048) -> rsa.RSAPrivateKey:
    """The same key for the same name: they take a while to make."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def public(key: Any, kid: str, **more: str) -> dict[str, Any]:
    """The public half as a key set holds it."""
    half: dict[str, Any]
    if isinstance(key, rsa.RSAPrivateKey):
        half = jwa.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    else:
        half = jwa.ECAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**half, "kid": kid, "use": "sig", **more}


@dataclass
class Said:
    """An answer out of the ordinary."""

    status: int
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Provider:
    """What it says: edit it. `answers` replace the ordinary ones by path."""

    url: str = ""
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public(rsa_key(), "k1")])
    discovery: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Said | Callable[[], Said]] = field(default_factory=dict)
    id_token: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "end_session_endpoint": f"{self.url}/out",
            **self.discovery,
        }

    def claims(self, **changed: Any) -> dict[str, Any]:
        """Those of a good ID token; None takes one out."""
        now = int(NOON.timestamp())
        claims = {"iss": self.url, "sub": "u-17", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": "nonce-1"}
        return {name: value for name, value in {**claims, **changed}.items() if value is not None}

    def count(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for one, _ in self.asked if one == path)

    def form(self) -> dict[str, str]:
        """The last form that was sent."""
        return {name: values[0] for name, values in parse_qs(self.asked[-1][1]).items()}

    def answer(self, path: str) -> Said:
        """The answer to a request."""
        changed = self.answers.get(path)
        if changed is not None:
            return changed() if callable(changed) else changed
        values: dict[str, Any] = {
            "/.well-known/openid-configuration": self.document(),
            "/keys": {"keys": self.keys},
            "/token": {"access_token": "opaque", "token_type": "Bearer", "id_token": self.id_token},
        }
        return Said(200, json.dumps(values[path]).encode()) if path in values else Said(404, b"{}")


def signed(claims: dict[str, Any], *, key: Any = None, alg: str = "RS256", kid: str | None = "k1", **more: Any) -> str:
    """A token; by the first key unless another is given."""
    headers = {**({} if kid is None else {"kid": kid}), **more}
    return jwt.encode(claims, rsa_key() if key is None else key, algorithm=alg, headers=headers)


def challenge(verifier: str) -> str:
    """The S256 of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@contextmanager
def providing() -> Generator[Provider]:
    """The provider while the block lasts."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer("")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _answer(self, body: str) -> None:
            path = urlsplit(self.path).path
            provider.asked.append((path, body))
            provider.headers.append(dict(self.headers))
            said = provider.answer(path)
            self.send_response(said.status)
            for name, value in said.headers or (("Content-Type", "application/json"),):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
