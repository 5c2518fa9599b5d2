"""A wall around the applications: only requests for this host pass, no answer of the API is kept, none is without a
code, and no page of another site opens a socket here."""

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import problem

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Refuses foreign Host headers: a page elsewhere could point its own name at this machine (DNS rebinding). A socket
    is opened by pages of the same host alone: browsers send their cookies along with those of any page."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str] = LOCAL_HOSTS) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._request(scope, receive, send)
        elif scope["type"] != "websocket" or self._may_open(Headers(scope=scope)):
            await self._app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer(scope, receive, send)
        host = without_port(Headers(scope=scope).get("host", ""))
        if host in self._hosts:
            await self._app(scope, receive, answer.send)
            return
        expected = ", ".join(sorted(self._hosts))
        await answer.refuse(400, "wrong_host", f"host {host[:100]!r} is not served here; this server is {expected}")

    def _may_open(self, headers: Headers) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        return without_port(host) in self._hosts and (origin is None or origin.partition("://")[2] == host)


class _Answer:
    """Lets an answer out with the headers every answer has, and puts Starlette's plain 413 into our words."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self._replaced = False

    async def send(self, message: Message) -> None:
        if self._replaced:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if message["status"] == 413 and headers.get("content-type", "").startswith("text/plain"):
                await self.refuse(413, "body_too_large", "the body is larger than this server takes; send less")
                self._replaced = True
                return
            headers.setdefault("Cache-Control", "no-store")
            headers["X-Content-Type-Options"] = "nosniff"
        await self._send(message)

    async def refuse(self, status: int, code: str, detail: str) -> None:
        await problem(status, code, detail)(self._scope, self._receive, self.send)


def without_port(host: str) -> str:
    """The name in a Host header."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
