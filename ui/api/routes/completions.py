"""The chat for any front end that speaks Chat Completions: models, and answers whole or as a stream."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, StreamingResponse

from agents.ops_chat.state import Reply
from agents.worker.houses import bearer
from agents.worker.machine_chat import Asked, ask
from agents.worker.machines import Machines
from core.domain.errors import DomainError
from core.domain.identity import Principal
from core.domain.permissions import Permission
from tools.spec import Cost
from ui.api.completion_reading import CompletionError, asked_by, texts_of
from ui.api.completion_route import CompletionRoute
from ui.api.completions import (
    DONE,
    MODEL,
    Measured,
    beside,
    error_event,
    model_card,
    new_envelope,
    usage_of,
)
from ui.api.errors import ApiError
from ui.api.plain_words import Unlinked, unlinked
from ui.schemas.completion import CompletionRequest

router = APIRouter(prefix="/v1", tags=["completions"], route_class=CompletionRoute, include_in_schema=False)
PATIENCE = 5.0
"""Seconds in which a stream may still fail as an HTTP error; after them it begins, and fails as an event."""


def the_machines(request: Request) -> Machines:
    """Who lets machines in at the application that serves the request."""
    machines = request.app.state.machines
    assert isinstance(machines, Machines)
    return machines


AtMachines = Annotated[Machines, Depends(the_machines)]


@router.get("/models")
async def list_models(request: Request, machines: AtMachines) -> Response:
    """The one model there is."""
    await _admitted(request, machines, Cost.CHEAP)
    return JSONResponse({"object": "list", "data": [model_card().model_dump(mode="json", exclude_unset=True)]})


@router.get("/models/{model}")
async def show_model(request: Request, machines: AtMachines, model: str) -> Response:
    """That model."""
    await _admitted(request, machines, Cost.CHEAP)
    if model != MODEL:
        raise CompletionError(404, "model_not_found", f"there is no model {model[:80]!r} here", param="model")
    return JSONResponse(model_card().model_dump(mode="json", exclude_unset=True))


@router.post("/chat/completions")
async def complete(request: Request, machines: AtMachines, body: CompletionRequest) -> Response:
    """The answer to the last message of the user."""
    asked = asked_by(body)
    answering: CapacityLimiter = request.app.state.answering
    if answering.available_tokens < 1:
        busy = "as many questions as can be are being answered; ask again shortly"
        raise ApiError(503, "overloaded", busy, headers={"Retry-After": "2"})
    principal = await _admitted(request, machines, Cost.COSTLY)
    if body.stream:
        events = _Streamed(machines, principal, body, asked, answering)
        await events.begin()
        return StreamingResponse(events.events(), media_type="text/event-stream")
    silent = partial(ask, machines, principal, asked, hear=lambda _: None)
    reply = await run_sync(silent, limiter=answering)
    measured = Measured(_limit(body))
    text = measured(unlinked(reply["text"]) + beside(reply))
    whole = new_envelope(time.time).whole(text, measured.finish, usage_of(texts_of(body), text))
    return JSONResponse(whole.model_dump(mode="json", exclude_none=True))


async def _admitted(request: Request, machines: Machines, cost: Cost) -> Principal:
    token = bearer(request)
    principal = await run_in_threadpool(machines.admit, token, Permission.CHAT_USE, cost)
    request.state.recognised = principal, token
    return principal


def _limit(body: CompletionRequest) -> int | None:
    return body.max_completion_tokens or body.max_tokens


class _Streamed:
    """An answer as events: its words come from a thread that answers. Who hangs up does not end the answer; it is kept
    in the conversation."""

    def __init__(
        self,
        machines: Machines,
        principal: Principal,
        body: CompletionRequest,
        asked: Asked,
        answering: CapacityLimiter,
    ) -> None:
        self._body = body
        self._words: asyncio.Queue[str | None] = asyncio.Queue()
        self._started = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        heard = partial(ask, machines, principal, asked, hear=self._hear)
        self._work = asyncio.ensure_future(run_sync(heard, limiter=answering))
        self._work.add_done_callback(self._end)

    async def begin(self) -> None:
        """Come back when there are words, or when they take long; raise where it failed before any."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._started.wait(), PATIENCE)
        if self._work.done():
            self._work.result()

    async def events(self) -> AsyncIterator[str]:
        """The events, to the last."""
        envelope, measured, plain = new_envelope(time.time), Measured(_limit(self._body)), Unlinked()
        said: list[str] = []
        yield envelope.opening()
        while (words := await self._words.get()) is not None:
            if shown := measured(plain(words)):
                said.append(shown)
                yield envelope.words(shown)
        try:
            reply = self._work.result()
        except DomainError as error:
            yield error_event(error.code, error.message)
            return
        if rest := measured(beside(reply)):
            said.append(rest)
            yield envelope.words(rest)
        yield envelope.closing(measured.finish)
        if self._body.stream_options is not None and self._body.stream_options.include_usage:
            yield envelope.counted(usage_of(texts_of(self._body), "".join(said)))
        yield DONE

    def _hear(self, words: object) -> None:
        """Called in the thread that answers; where the server has stopped meanwhile nobody listens."""
        with contextlib.suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._take, str(words))

    def _take(self, words: str | None) -> None:
        self._words.put_nowait(words)
        self._started.set()

    def _end(self, work: asyncio.Future[Reply]) -> None:
        if not work.cancelled():
            work.exception()  # looked at: who hung up does not read it
        self._take(None)
