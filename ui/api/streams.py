"""Event streams that can be taken up again: events are kept under numbers, and a client says the last it has."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Annotated

from fastapi import Header, Query
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

LOOK_SECONDS = 0.4
ALIVE_SECONDS = 15.0
USUAL_SECONDS = 600
AT_ONCE = 100
STOPPING = "stopping"
RETRY_MILLISECONDS = 2_000
Wait = Annotated[int, Query(ge=0, le=600, description="Seconds to wait for more; 0: what is there, and no more.")]
LastEvent = Annotated[
    int,
    Header(alias="Last-Event-ID", ge=0, le=2_000_000_000, description="The id of the last event that was received."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event of a stream."""

    number: int
    kind: str
    data: object


Look = Callable[[int], tuple[Sequence[Told], bool]]
"""The events after a number, a hundred at most, and whether nothing comes after them."""


async def followed(look: Look, *, after: int, wait: int, stopping: Event) -> AsyncIterator[ServerSentEvent]:
    """The events after a number, as they come, until the last, or until they were waited for long enough: then the
    client takes the stream up again where it was. The last one of a server that stops says so, and has no number."""
    begun = spoken = monotonic()
    while not stopping.is_set():
        events, over = await run_in_threadpool(look, after)
        for one in events:
            after, spoken = one.number, monotonic()
            yield ServerSentEvent(data=one.data, event=one.kind, id=str(one.number))
        if len(events) < AT_ONCE and (over or monotonic() - begun >= wait):
            return
        if monotonic() - spoken > ALIVE_SECONDS:
            spoken = monotonic()
            yield ServerSentEvent(comment="alive")
        if not events:
            await asyncio.sleep(LOOK_SECONDS)
    yield ServerSentEvent(data={"after": after}, event=STOPPING, retry=RETRY_MILLISECONDS)
