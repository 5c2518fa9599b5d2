"""One port for all: which application answers what, begun and ended together, behind one guard."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from threading import Event

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import problem
from ui.api.guard import Guard
from ui.api.request_log import RequestLog

PREFIXES = ("/v1/", "/auth/", "/status/", "/mcp", "/healthz", "/readyz", "/metrics")
"""What the API answers; all else is the console's."""
OPEN_WHILE_STOPPING = ("/healthz", "/readyz")
Hosted = Callable[[], AbstractAsyncContextManager[ASGIApp]]


class Front:
    """The API, and a console beside it if there is one. Once `stopping` is set nothing new is begun; `under_way` says
    how many requests of before are not answered yet."""

    def __init__(self, api: FastAPI, *, console: Hosted | None, stopping: Event, hosts: Sequence[str]) -> None:
        self._api = api
        self._host_console = console
        self._console: ASGIApp | None = None
        self._stopping = stopping
        self.under_way = 0
        self._guarded = RequestLog(Guard(self._dispatch, hosts=hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self._guarded(scope, receive, send)

    async def _dispatch(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope["type"] == "http" and scope["path"].startswith(PREFIXES)
        if self._stopping.is_set():
            await self._turn_away(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._answer(ours, scope, receive, send)
        else:
            self.under_way += 1
            try:
                await self._answer(ours, scope, receive, send)
            finally:
                self.under_way -= 1

    async def _turn_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in OPEN_WHILE_STOPPING:
            await self._api(scope, receive, send)
        else:
            await _stopped(scope, receive, send)

    async def _answer(self, ours: bool, scope: Scope, receive: Receive, send: Send) -> None:
        if ours or self._console is None:
            await self._api(scope, receive, send)
        else:
            scope["served_by"] = "console"
            await self._console(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Begin what the applications need, wait until the server stops, end it in reverse."""
        async with AsyncExitStack() as stack:
            await receive()
            try:
                await stack.enter_async_context(self._api.router.lifespan_context(self._api))
                if self._host_console is not None:
                    self._console = await stack.enter_async_context(self._host_console())
            except Exception as error:
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                raise
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})


async def _stopped(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await send(_CLOSED)
        return
    why = "the server is stopping; another one takes over, or this one comes back"
    await problem(503, "server_stopping", why, headers={"Retry-After": "5"})(scope, receive, send)


_CLOSED: Message = {"type": "websocket.close", "code": 1012}
