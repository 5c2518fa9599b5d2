"""The sandbox served over HTTP on loopback by the standard library."""

import hmac
import logging
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from core.connectors.endpoint import Endpoint
from core.connectors.sandbox.mailbox import SandboxMailbox
from core.connectors.sandbox.routes import Reply, Request, SandboxRoutes
from core.connectors.sandbox.trade import SandboxTrade
from core.domain.ids import SupplierCode

LOOPBACK = "127.0.0.1"
SANDBOX_API_KEY = "sandbox"  # guards nothing: it shows that clients send theirs
LARGEST_REQUEST_BYTES = 256 * 1024

_log = logging.getLogger(__name__)


@contextmanager
def running(
    trade: SandboxTrade,
    *,
    mailbox: SandboxMailbox | None = None,
    api_key: str = SANDBOX_API_KEY,
    port: int = 0,
) -> Generator[str]:
    """Serve until the block ends; gives the base address. Port 0 takes a free one."""
    routes = SandboxRoutes(trade, mailbox or SandboxMailbox())
    with _Server(routes, api_key=api_key, port=port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="sandbox", daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_address[1]}"
        finally:
            server.stopping.set()
            server.shutdown()
            thread.join()


def supplier_endpoints(
    trade: SandboxTrade, base_url: str, *, api_key: str = SANDBOX_API_KEY
) -> dict[SupplierCode, Endpoint]:
    """Where each supplier of a served sandbox listens, for HttpSuppliers."""
    return {
        code: Endpoint(
            url=f"{base_url}/suppliers/{quote(code, safe='')}",
            api_key=api_key,
            idempotent=trade.supplier(code).idempotent,
        )
        for code in trade.codes
    }


def mailbox_endpoint(base_url: str, *, api_key: str = SANDBOX_API_KEY) -> Endpoint:
    """Where the mailbox of a served sandbox listens, for HttpMail."""
    return Endpoint(url=f"{base_url}/mailbox", api_key=api_key)


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for requests being answered; drips stop by `stopping`

    def __init__(self, routes: SandboxRoutes, *, api_key: str, port: int) -> None:
        self.routes = routes
        self.api_key = api_key
        self.stopping = threading.Event()
        super().__init__((LOOPBACK, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server for our own name, as http.server would."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = LOOPBACK, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that left is no error here; anything else is logged with its traceback."""
        if not isinstance(sys.exc_info()[1], OSError):
            _log.exception("the sandbox failed to answer a request")


class _Handler(BaseHTTPRequestHandler):
    timeout = 5  # seconds a client may keep a thread waiting

    @property
    def sandbox(self) -> _Server:
        """The server this request came to."""
        assert isinstance(self.server, _Server)
        return self.server

    def do_GET(self) -> None:
        """Every GET."""
        self._respond(b"")

    def do_POST(self) -> None:
        """Every POST."""
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > LARGEST_REQUEST_BYTES:
            self._send(Reply(status=413, content=b'{"detail": "a body of known, moderate length is expected"}'))
            return
        self._respond(self.rfile.read(int(length)))

    def _respond(self, content: bytes) -> None:
        key = self.headers.get("X-API-Key", "")
        if not hmac.compare_digest(key.encode(), self.sandbox.api_key.encode()):
            self._send(Reply(status=401, content=b'{"detail": "X-API-Key is missing or unknown"}'))
            return
        address = urlsplit(self.path)
        request = Request(
            method=self.command,
            path=tuple(unquote(part) for part in address.path.strip("/").split("/")),
            query=dict(parse_qsl(address.query)),
            key=self.headers.get("Idempotency-Key", ""),
            content=content,
        )
        self._send(self.sandbox.routes.reply(request))

    def _send(self, reply: Reply) -> None:
        self.close_connection = True
        if reply.hang_up:
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.content)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if reply.drip_seconds == 0:
            self.wfile.write(reply.content)
            return
        for byte in reply.content:
            self.wfile.write(bytes((byte,)))
            if self.sandbox.stopping.wait(reply.drip_seconds):
                return

    def log_message(self, format: str, *args: Any) -> None:
        """To the log, not to standard error."""
        _log.debug(format, *args)
