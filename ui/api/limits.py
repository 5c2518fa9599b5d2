"""Limits of the whole door: requests at work, the time one may take, the time its body may take to arrive.

Waits and event streams take no place once they have begun to answer.
"""

import asyncio
from dataclasses import dataclass

from anyio import BrokenResourceError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.api.errors import problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many requests may be at work at once, and wait for a place; seconds for a body to come and for an answer to
    begin; event streams open at once."""

    at_once: int = 40
    waiting: int = 24
    body_seconds: float = 15.0
    answer_seconds: float = 30.0
    streams: int = 200


class Limiter:
    """Lets so many requests through; the others are told at once to come again."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits
        self._places = asyncio.Semaphore(limits.at_once)
        self._waiting = 0
        self._streams = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in {"/healthz", "/readyz"}:
            await self._app(scope, receive, send)
            return
        if self._places.locked() and self._waiting >= self._limits.waiting:
            await _busy("the server is at work on as many requests as it can", scope, receive, send)
            return
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1
        await _Passage(self, self._app, self._limits, send).go(scope, receive)

    def leave(self) -> None:
        """A place is free."""
        self._places.release()

    def begin_stream(self) -> bool:
        """Whether one more stream may be open."""
        if self._streams >= self._limits.streams:
            return False
        self._streams += 1
        return True

    def end_stream(self) -> None:
        """A stream has ended."""
        self._streams -= 1


class _Passage:
    """One request on its way through."""

    def __init__(self, limiter: Limiter, app: ASGIApp, limits: Limits, send: Send) -> None:
        self._limiter = limiter
        self._app = app
        self._limits = limits
        self._send = send
        self._inside = True
        self._streaming = False
        self._given_up = False
        self._begun = asyncio.Event()

    async def go(self, scope: Scope, receive: Receive) -> None:
        body = _Body(receive, self._limits.body_seconds)
        work = asyncio.ensure_future(self._app(scope, body.receive, self._forward))
        try:
            await self._watch(work, body, scope, receive)
        finally:
            self._leave()
            if self._streaming:
                self._limiter.end_stream()

    async def _watch(self, work: asyncio.Future[None], body: "_Body", scope: Scope, receive: Receive) -> None:
        begun = asyncio.ensure_future(self._begun.wait())
        try:
            await asyncio.wait({work, begun}, timeout=self._limits.answer_seconds, return_when=asyncio.FIRST_COMPLETED)
            if work.done() or self._begun.is_set():
                await work
                return
            self._given_up = True
            await _busy("the answer takes too long; ask for less, or again later", scope, receive, self._send)
            await _cancelled(work)  # after the answer: what runs in a thread ends when it ends
        except BaseExceptionGroup as failed:
            if failed.split(BrokenResourceError)[1] is not None:
                raise  # else a client hung up while a stream told it that the server lives
        except TooSlowError:
            if not self._begun.is_set():
                answer = problem(408, "body_too_slow", "the body did not arrive in time; send it again")
                await answer(scope, receive, self._send)
        finally:
            begun.cancel()
            if not work.done():
                await _cancelled(work)

    async def _forward(self, message: Message) -> None:
        if self._given_up:
            return  # it was told to come again already
        if message["type"] == "http.response.start":
            self._begun.set()
            kind = dict(message.get("headers", ())).get(b"content-type", b"")
            if kind.startswith(b"text/event-stream") and self._limiter.begin_stream():
                self._streaming = True
                self._leave()
        await self._send(message)

    def _leave(self) -> None:
        if self._inside:
            self._inside = False
            self._limiter.leave()


class TooSlowError(BaseException):
    """A body that did not arrive in time; no handler of errors is to take it for one of its own."""


class _Body:
    """The messages of a request, of which the body's may not take for ever."""

    def __init__(self, receive: Receive, seconds: float) -> None:
        self._receive = receive
        self._left = seconds
        self._whole = False

    async def receive(self) -> Message:
        if self._whole:
            return await self._receive()
        loop = asyncio.get_running_loop()
        before = loop.time()
        try:
            message = await asyncio.wait_for(self._receive(), max(self._left, 0.001))
        except TimeoutError as error:
            raise TooSlowError from error
        self._left -= loop.time() - before
        self._whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message


async def _cancelled(work: asyncio.Future[None]) -> None:
    work.cancel()
    await asyncio.wait({work})


async def _busy(why: str, scope: Scope, receive: Receive, send: Send) -> None:
    await problem(503, "server_overloaded", why, headers={"Retry-After": "1"})(scope, receive, send)
