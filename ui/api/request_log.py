"""A line of the log for each request: what was asked by whom, how it was answered and how long that took; never what
was sent."""

import logging
import re
from collections.abc import Mapping
from time import perf_counter
from typing import Any
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from core.domain.identity import ApiKey, Principal

HEADER = "X-Request-Id"
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked every few seconds by machines that watch; only what goes wrong there is news."""
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_log = structlog.get_logger()


class RequestLog:
    """Names each request, by the name it came with if that is one, and tells its line when it is answered. What is
    logged meanwhile carries the name, and so does the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name, begun, answer = _name(Headers(scope=scope)), perf_counter(), _Answer(send)
        scope.setdefault("state", {})
        with bound_contextvars(request_id=name):
            try:
                await self._app(scope, receive, answer.named(name))
            finally:
                milliseconds = round((perf_counter() - begun) * 1000, 1)
                _log.log(_level(scope, answer.status), "request", **_told(scope, answer.status), ms=milliseconds)


class _Answer:
    """Lets an answer out under the name of its request, and keeps how it began."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None

    def named(self, name: str) -> Send:
        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                MutableHeaders(scope=message)[HEADER] = name
            await self._send(message)

        return send


def _name(headers: Headers) -> str:
    given = headers.get(HEADER, "")
    return given if _SANE.fullmatch(given) else uuid4().hex


def _told(scope: Scope, status: int | None) -> dict[str, Any]:
    """Status is None for who hung up before there was an answer."""
    return {"method": scope["method"][:10], "route": _route(scope), "status": status, **_visitor(scope["state"])}


def _route(scope: Scope) -> str:
    """The route as it is declared, with the names of its parameters in place of what they were."""
    route = scope.get("route")
    return getattr(route, "path_format", None) or getattr(route, "path", None) or scope.get("served_by") or "none"


def _visitor(state: Mapping[str, Any]) -> dict[str, str]:
    match state.get("recognised"):
        case (Principal() as principal, _):
            key = principal.key
            named = {"user": str(principal.name), "by": principal.means.value}
        case _:
            key = state.get("key")
            named = {"user": str(key.owner), "by": "key"} if isinstance(key, ApiKey) else {}
    return {**named, "key": str(key.id)} if isinstance(key, ApiKey) else named


def _level(scope: Scope, status: int | None) -> int:
    if status is not None and status >= 500:
        return logging.WARNING if status == 503 else logging.ERROR
    return logging.DEBUG if scope["path"] in QUIET or scope.get("served_by") else logging.INFO
