"""A wall around the application: only requests for this host pass, and no answer is kept by a cache."""

from collections.abc import Sequence

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import problem

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class Guard:
    """Refuses foreign Host headers: a page elsewhere could point its own name at this machine (DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str] = LOCAL_HOSTS) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        host = _without_port(Headers(scope=scope).get("host", ""))
        if host in self._hosts:
            await self._app(scope, receive, send_unkept)
            return
        expected = ", ".join(sorted(self._hosts))
        refusal = problem(400, "wrong_host", f"host {host[:100]!r} is not served here; this server is {expected}")
        await refusal(scope, receive, send_unkept)


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host
