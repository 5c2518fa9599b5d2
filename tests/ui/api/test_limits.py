"""Limits of the whole door: who comes when it is full, whose body or answer does not come, and streams that stay."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Scope, Send

from ui.api.limits import Limiter, Limits

Handler = Callable[[Scope, Receive, Send], Awaitable[None]]
TOO_LONG = 0.02


@dataclass
class Call:
    """One request: what the server says to it, and a body that comes or does not."""

    path: str = "/v1/orders"
    body_comes: bool = True
    said: list[Message] = field(default_factory=list)

    @property
    def status(self) -> int:
        (start,) = [one for one in self.said if one["type"] == "http.response.start"]
        return int(start["status"])

    @property
    def again_after(self) -> str | None:
        value = dict(self.said[0]["headers"]).get(b"retry-after")
        return value.decode() if value else None

    async def through(self, limiter: Limiter) -> None:
        scope: Scope = {"type": "http", "method": "POST", "path": self.path, "headers": []}
        await limiter(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        if not self.body_comes:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": b"{}", "more_body": False}

    async def _send(self, message: Message) -> None:
        self.said.append(message)


async def answer(send: Send, *, kind: bytes = b"application/json") -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": b"{}"})


def held_until(free: asyncio.Event) -> Handler:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await free.wait()
        await answer(send)

    return app


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_who_finds_no_place_and_no_seat_is_told_to_come_again() -> None:
    async def story() -> list[Call]:
        free = asyncio.Event()
        limiter = Limiter(held_until(free), Limits(at_once=1, waiting=1))
        calls = [Call(), Call(), Call(), Call(path="/healthz")]
        under_way = []
        for call in calls:
            under_way.append(asyncio.ensure_future(call.through(limiter)))
            await settled()
        refused = [call.said != [] for call in calls]
        free.set()
        await asyncio.gather(*under_way)
        assert refused == [False, False, True, False]
        return calls

    working, waiting, excess, health = asyncio.run(story())

    assert (working.status, waiting.status, health.status) == (200, 200, 200)
    assert (excess.status, excess.again_after) == (503, "1")


def test_a_body_that_does_not_come_ends_the_request_and_frees_its_place() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await answer(send)

    async def story() -> tuple[Call, Call]:
        limiter = Limiter(app, Limits(at_once=1, waiting=0, body_seconds=TOO_LONG))
        slow, next_one = Call(body_comes=False), Call()
        await slow.through(limiter)
        await next_one.through(limiter)
        return slow, next_one

    slow, next_one = asyncio.run(story())

    assert (slow.status, next_one.status) == (408, 200)


def test_an_answer_that_does_not_come_is_given_up_before_its_thread_ends() -> None:
    at_work, free = threading.Event(), threading.Event()
    later: list[Any] = []

    def in_a_thread() -> None:
        at_work.set()
        later.append(free.wait(timeout=30))

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await run_in_threadpool(in_a_thread)
        await answer(send)

    async def story() -> Call:
        call = Call()
        under_way = asyncio.ensure_future(call.through(Limiter(app, Limits(answer_seconds=TOO_LONG))))
        while not call.said:
            await asyncio.sleep(0.001)
        assert at_work.is_set()
        assert later == []
        free.set()
        await under_way
        while not later:
            await asyncio.sleep(0.001)
        return call

    call = asyncio.run(story())

    assert (call.status, call.again_after) == (503, "1")
    assert [one["type"] for one in call.said] == ["http.response.start", "http.response.body"]
    assert later == [True]


def test_what_comes_after_the_giving_up_is_not_sent() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await answer(send)

    async def story() -> Call:
        call = Call()
        await call.through(Limiter(app, Limits(answer_seconds=TOO_LONG)))
        return call

    call = asyncio.run(story())

    assert call.status == 503
    assert len(call.said) == 2


def test_a_stream_takes_no_place_and_no_more_than_so_many_do_so() -> None:
    async def story() -> tuple[list[int], Call]:
        free, begun = asyncio.Event(), asyncio.Event()

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            streaming = scope["path"] == "/v1/runs/events"
            await answer(send, kind=b"text/event-stream" if streaming else b"application/json")
            begun.set()
            if streaming:
                await free.wait()

        limiter = Limiter(app, Limits(at_once=1, waiting=0, streams=1))
        first, beside, second, excess = Call(path="/v1/runs/events"), Call(), Call(path="/v1/runs/events"), Call()
        one = asyncio.ensure_future(first.through(limiter))
        await begun.wait()
        await beside.through(limiter)
        other = asyncio.ensure_future(second.through(limiter))
        await settled()
        await excess.through(limiter)
        free.set()
        await asyncio.gather(one, other)
        return [first.status, beside.status, second.status], excess

    statuses, excess = asyncio.run(story())

    assert statuses == [200, 200, 200]
    assert excess.status == 503
